//! A moment that comes once a week at a wall-clock time: "monday 09:00".

use std::fmt;

use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc, Weekday};

use super::moment::{clock_of_stretch, weekday};
use super::{Zone, quotable};

/// A weekday and a minute of the day; shown as "Monday 09:00".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weekly {
    day: Weekday,
    minute: u16,
}

/// One coming of a [`Weekly`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming {
    /// Its civil date.
    pub date: NaiveDate,
    /// Its instant.
    pub at: DateTime<Utc>,
}

/// A text that is no weekday with a time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "I can't read “{typed}” as a weekday and a time. Type for example `monday 09:00`, `fri 4pm` or `off`."
)]
pub struct NotWeekly {
    /// What was typed, fit to be shown.
    pub typed: String,
}

impl Weekly {
    /// A weekday with a minute of the day, counted from 0; `None` beyond 23:59.
    #[must_use]
    pub fn new(day: Weekday, minute: u16) -> Option<Self> {
        (minute < 24 * 60).then_some(Self { day, minute })
    }

    /// Reads what people type: a weekday ("monday", "fri", "thursdays") and a time ("09:00", "9am",
    /// "16.30", "4:30 pm", "noon"), in either order, with or without "at" and "every".
    ///
    /// # Errors
    /// [`NotWeekly`] for everything else, a weekday or a time alone included.
    pub fn parse(text: &str) -> Result<Self, NotWeekly> {
        read(text).ok_or_else(|| NotWeekly {
            typed: quotable(text),
        })
    }

    /// The weekday's name in lower case, as it is stored.
    #[must_use]
    pub fn day_name(self) -> &'static str {
        match self.day {
            Weekday::Mon => "monday",
            Weekday::Tue => "tuesday",
            Weekday::Wed => "wednesday",
            Weekday::Thu => "thursday",
            Weekday::Fri => "friday",
            Weekday::Sat => "saturday",
            Weekday::Sun => "sunday",
        }
    }

    /// The minute of the day, from 0.
    #[must_use]
    pub const fn minute(self) -> u16 {
        self.minute
    }

    /// The latest coming at or before `now` by the wall clock of `zone`. A time that the clocks skip
    /// comes as much later as they skip, one that they repeat comes the first time.
    #[must_use]
    pub fn latest(self, now: DateTime<Utc>, zone: Zone) -> Option<Coming> {
        let today = zone.civil_date(now);
        let back = u64::from(today.weekday().days_since(self.day));
        [back, back + 7]
            .into_iter()
            .filter_map(|days| self.on(today.checked_sub_days(Days::new(days))?, zone))
            .find(|coming| coming.at <= now)
    }

    /// The first coming after `now`.
    #[must_use]
    pub fn next(self, now: DateTime<Utc>, zone: Zone) -> Option<Coming> {
        let today = zone.civil_date(now);
        let ahead = u64::from(self.day.days_since(today.weekday()));
        [ahead, ahead + 7]
            .into_iter()
            .filter_map(|days| self.on(today.checked_add_days(Days::new(days))?, zone))
            .find(|coming| coming.at > now)
    }

    /// The coming of the week before.
    #[must_use]
    pub fn before(self, coming: Coming, zone: Zone) -> Option<Coming> {
        self.on(coming.date.checked_sub_days(Days::new(7))?, zone)
    }

    fn on(self, date: NaiveDate, zone: Zone) -> Option<Coming> {
        let (hour, minute) = (u32::from(self.minute / 60), u32::from(self.minute % 60));
        let wall = date.and_hms_opt(hour, minute, 0)?;
        let at = zone.instant_of(wall);
        Some(Coming { date, at })
    }
}

impl Coming {
    /// The ISO week of its date, "2026-W48"; later weeks are greater as text.
    #[must_use]
    pub fn week(&self) -> String {
        let week = self.date.iso_week();
        format!("{:04}-W{:02}", week.year(), week.week())
    }
}

impl fmt::Display for Weekly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = self.day_name().chars();
        let first = name.next().map(|c| c.to_ascii_uppercase());
        let (hour, minute) = (self.minute / 60, self.minute % 60);
        if let Some(first) = first {
            write!(f, "{first}{} ", name.as_str())?;
        }
        write!(f, "{hour:02}:{minute:02}")
    }
}

fn read(text: &str) -> Option<Weekly> {
    let plain = text.trim().to_lowercase();
    let words = plain.split(|c: char| c.is_whitespace() || c == ',');
    let (mut day, mut time) = (None, String::new());
    for word in words.filter(|word| !matches!(*word, "" | "at" | "on" | "every")) {
        match weekday(word) {
            Some(_) if day.is_some() => return None,
            Some(found) => day = Some(found),
            None => time.push_str(word),
        }
    }
    Weekly::new(day?, minute_of_day(&time)?)
}

/// A time of day; an hour alone is one only where "h", "am" or "pm" says so.
fn minute_of_day(typed: &str) -> Option<u16> {
    let clock = typed.replacen('h', ":", 1);
    let (_, behind) = clock.split_once([':', '.']).unwrap_or((&clock, "00"));
    let minutes = behind.bytes().take_while(u8::is_ascii_digit).count();
    let is_bare = clock.bytes().all(|byte| byte.is_ascii_digit());
    if is_bare || minutes == 1 || clock.starts_with("24") {
        return None;
    }
    let clock = clock_of_stretch(clock.trim_end_matches(':'))?;
    u16::try_from(clock.num_seconds_from_midnight() / 60).ok()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::parse(name).unwrap()
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekday_and_a_time_are_read_as_people_type_them() {
        for (typed, shown) in [
            ("monday 09:00", "Monday 09:00"),
            ("Fri 16:00", "Friday 16:00"),
            ("every friday at 4pm", "Friday 16:00"),
            ("4:30 PM, thurs", "Thursday 16:30"),
            ("tues 12am", "Tuesday 00:00"),
            ("wed 12pm", "Wednesday 12:00"),
            ("sundays 7.05", "Sunday 07:05"),
            ("sat noon", "Saturday 12:00"),
            ("mon 9h", "Monday 09:00"),
        ] {
            assert_eq!(Weekly::parse(typed).unwrap().to_string(), shown, "{typed}");
        }
    }

    #[test]
    fn what_is_unclear_is_refused_with_examples() {
        for typed in [
            "",
            "monday",
            "09:00",
            "mon 9",
            "mon 25:00",
            "mon 9:60",
            "mon 13pm",
            "mon tue 9am",
            "mon 0pm",
            "mon 9:5",
            "someday 9am",
            "mon 09:00 sharp",
        ] {
            assert!(Weekly::parse(typed).is_err(), "{typed}");
        }
        insta::assert_snapshot!(
            Weekly::parse("@everyone **someday**").unwrap_err(),
            @"I can't read “everyone someday” as a weekday and a time. Type for example `monday 09:00`, `fri 4pm` or `off`."
        );
    }

    #[test]
    fn it_comes_once_a_week_by_the_wall_clock_whatever_the_clocks_do() {
        for (zone_name, typed) in [
            ("Europe/Berlin", "sunday 02:30"),
            ("America/New_York", "sunday 02:30"),
            ("America/Santiago", "sunday 00:00"),
            ("Australia/Lord_Howe", "sunday 02:15"),
            ("Asia/Kolkata", "monday 09:00"),
            ("Pacific/Apia", "friday 09:00"),
        ] {
            let (zone, weekly) = (zone(zone_name), Weekly::parse(typed).unwrap());
            let mut now = utc("2026-01-01T00:00:00Z");
            let mut weeks = Vec::new();
            while now < utc("2027-01-01T00:00:00Z") {
                let coming = weekly.latest(now, zone).unwrap();
                assert!(coming.at <= now && now < weekly.next(now, zone).unwrap().at);
                assert_eq!(zone.civil_date(coming.at), coming.date, "{zone_name}");
                if weeks.last() != Some(&coming.week()) {
                    weeks.push(coming.week());
                }
                now += TimeDelta::hours(7);
            }
            assert!(weeks.is_sorted(), "{zone_name}: {weeks:?}");
            assert!((53..=54).contains(&weeks.len()), "{zone_name}: {weeks:?}");
        }
    }

    #[test]
    fn a_time_that_is_skipped_comes_later_and_one_that_is_repeated_the_first_time() {
        let berlin = zone("Europe/Berlin");
        let weekly = Weekly::parse("sunday 02:30").unwrap();
        let skipped = weekly.latest(utc("2026-03-29T12:00:00Z"), berlin).unwrap();
        assert_eq!(skipped.at, utc("2026-03-29T01:30:00Z"));
        let repeated = weekly.latest(utc("2026-10-25T12:00:00Z"), berlin).unwrap();
        assert_eq!(repeated.at, utc("2026-10-25T00:30:00Z"));
        let before = weekly.before(repeated, berlin).unwrap();
        assert_eq!(before.at, utc("2026-10-18T00:30:00Z"));
    }
}
