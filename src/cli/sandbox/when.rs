//! How far the clock is pushed: pure.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// The furthest push: a year.
const FURTHEST: TimeDelta = TimeDelta::days(366);

/// How far, or until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    By(TimeDelta),
    /// The next time that it is this day and time of day.
    At(Day, NaiveTime),
}

/// A day as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// Today, or tomorrow if that time of day is over.
    Next,
    Tomorrow,
    /// The next one after today.
    Weekday(Weekday),
    Date(NaiveDate),
}

/// Why the clock is not moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoTime {
    #[error(
        "I cannot move time by “{0}”. Type +1 hour, +1 day, +2 weeks, or to next Monday 09:00."
    )]
    Span(String),
    #[error(
        "I cannot move time to “{0}”. Type to tomorrow 09:00, to next Monday 09:00, or to \
         2026-12-01 14:30."
    )]
    Instant(String),
    #[error("Time only moves ahead here, at most a year at once.")]
    Back,
}

impl When {
    /// Reads what follows a plus sign: "1 day", "90 min", "2w".
    pub(super) fn read_span(text: &str) -> Result<Self, NoTime> {
        let typed = text.trim();
        let wrong = || NoTime::Span(typed.to_owned());
        let digits = typed
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(typed.len());
        let (count, unit) = typed.split_at_checked(digits).ok_or_else(wrong)?;
        let count: i64 = count.parse().map_err(|_| wrong())?;
        let unit = match unit.trim().to_lowercase().as_str() {
            "m" | "min" | "mins" | "minute" | "minutes" => TimeDelta::minutes(1),
            "h" | "hour" | "hours" => TimeDelta::hours(1),
            "d" | "day" | "days" => TimeDelta::days(1),
            "w" | "week" | "weeks" => TimeDelta::weeks(1),
            _ => return Err(wrong()),
        };
        let by = i32::try_from(count)
            .ok()
            .and_then(|count| unit.checked_mul(count));
        let by = by.filter(|by| *by <= FURTHEST).ok_or(NoTime::Back)?;
        Ok(Self::By(by))
    }

    /// Reads what follows "to": "next Monday 09:00", "tomorrow", "2026-12-01 14:30", "17:00".
    /// Without a time of day it is nine in the morning.
    pub(super) fn read_instant(text: &str) -> Result<Self, NoTime> {
        let wrong = || NoTime::Instant(text.trim().to_owned());
        let lower = text.to_lowercase();
        let mut words: Vec<&str> = lower.split_whitespace().collect();
        words.retain(|word| !matches!(*word, "next" | "at" | "on"));
        let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default();
        let time = |word: &str| NaiveTime::parse_from_str(word, "%H:%M").ok();
        let (day, at) = match words.as_slice() {
            [one] => match time(one) {
                Some(at) => (Day::Next, at),
                None => (day(one).ok_or_else(wrong)?, nine),
            },
            [one, at] => (day(one).ok_or_else(wrong)?, time(at).ok_or_else(wrong)?),
            _ => return Err(wrong()),
        };
        Ok(Self::At(day, at))
    }

    /// How far that is from `now`, on the wall clocks of `zone`.
    pub(super) fn from(self, now: DateTime<Utc>, zone: Tz) -> Result<TimeDelta, NoTime> {
        let (day, at) = match self {
            Self::By(by) => return Ok(by),
            Self::At(day, at) => (day, at),
        };
        let here = now.with_timezone(&zone);
        let today = here.date_naive();
        let after = |days: u64| today.checked_add_days(Days::new(days));
        let date = match day {
            Day::Next if at > here.time() => Some(today),
            Day::Next | Day::Tomorrow => after(1),
            Day::Weekday(weekday) => {
                let until = weekday.days_since(today.weekday());
                after(u64::from(if until == 0 { 7 } else { until }))
            }
            Day::Date(date) => Some(date),
        };
        let local = date.map(|date| zone.from_local_datetime(&date.and_time(at)));
        let instant = local
            .and_then(|local| local.earliest())
            .ok_or(NoTime::Back)?;
        let by = instant.with_timezone(&Utc) - now;
        if by < TimeDelta::zero() || by > FURTHEST {
            return Err(NoTime::Back);
        }
        Ok(by)
    }
}

fn day(word: &str) -> Option<Day> {
    if word == "tomorrow" {
        return Some(Day::Tomorrow);
    }
    if let Ok(weekday) = word.parse() {
        return Some(Day::Weekday(weekday));
    }
    NaiveDate::parse_from_str(word, "%Y-%m-%d")
        .ok()
        .map(Day::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Tuesday afternoon in Zurich.
    fn after(typed: &str) -> Result<String, NoTime> {
        let now = "2026-11-24T14:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let zone = Tz::Europe__Zurich;
        let when = match typed.strip_prefix('+') {
            Some(span) => When::read_span(span)?,
            None => When::read_instant(typed)?,
        };
        let then = now + when.from(now, zone)?;
        Ok(then
            .with_timezone(&zone)
            .format("%a %Y-%m-%d %H:%M")
            .to_string())
    }

    #[test]
    fn time_moves_by_a_span_or_to_a_day() {
        for (typed, then) in [
            ("+1 hour", "Tue 2026-11-24 16:00"),
            ("+90 min", "Tue 2026-11-24 16:30"),
            ("+1 day", "Wed 2026-11-25 15:00"),
            ("+2w", "Tue 2026-12-08 15:00"),
            ("next Monday 09:00", "Mon 2026-11-30 09:00"),
            ("monday", "Mon 2026-11-30 09:00"),
            ("tue 16:00", "Tue 2026-12-01 16:00"),
            ("tomorrow", "Wed 2026-11-25 09:00"),
            ("tomorrow at 8:30", "Wed 2026-11-25 08:30"),
            ("17:00", "Tue 2026-11-24 17:00"),
            ("09:00", "Wed 2026-11-25 09:00"),
            ("2026-12-01 14:30", "Tue 2026-12-01 14:30"),
        ] {
            assert_eq!(after(typed).as_deref(), Ok(then), "{typed}");
        }
    }

    #[test]
    fn time_never_moves_back_and_words_that_are_no_time_are_refused() {
        for typed in ["2026-11-23", "2031-01-01", "+400 days", "+99999999999 w"] {
            assert!(after(typed).is_err(), "{typed}");
        }
        for typed in [
            "+",
            "+ day",
            "+1",
            "+-1 day",
            "someday",
            "monday soon",
            "25:00",
            "",
        ] {
            let said = after(typed).unwrap_err().to_string();
            assert!(said.contains("next Monday 09:00"), "{typed}: {said}");
        }
    }
}
