//! When somebody is not to be disturbed: "20:00-07:00, weekends".
//!
//! Quiet is what the wall clock of their zone shows: hours of every day, whole days, or both. Where
//! clocks jump, the wall counts: hours that are shown twice are quiet twice, hours that are skipped
//! are not waited for.

mod read;

use std::fmt;

use chrono::{DateTime, Datelike, Days, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};

use super::Zone;

pub use read::QuietError;

/// Hours of every day, and whole days, at which somebody is not to be disturbed. Never all the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct QuietHours {
    hours: Option<Hours>,
    days: WholeDays,
}

/// Hours of every day, `[from, until)`; over midnight when `until` is the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Hours {
    from: NaiveTime,
    until: NaiveTime,
}

/// Days that are quiet from midnight to midnight, by their number from Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
struct WholeDays([bool; 7]);

impl WholeDays {
    fn hold(self, day: Weekday) -> bool {
        WEEK.iter()
            .zip(self.0)
            .any(|(held, quiet)| *held == day && quiet)
    }

    fn add(&mut self, day: Weekday) {
        for (held, quiet) in WEEK.iter().zip(&mut self.0) {
            *quiet |= *held == day;
        }
    }
}

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

impl QuietHours {
    /// Never quiet.
    pub const OFF: Self = Self {
        hours: None,
        days: WholeDays([false; 7]),
    };

    /// Whether it is never quiet.
    #[must_use]
    pub fn is_off(&self) -> bool {
        *self == Self::OFF
    }

    /// Whether it is quiet at `at`, by the wall clock of `zone`.
    #[must_use]
    pub fn is_quiet(&self, at: DateTime<Utc>, zone: Zone) -> bool {
        self.is_quiet_on_the_wall(zone.civil(at))
    }

    /// The first instant from `at` on that is not quiet, by the wall clock of `zone`: `at` itself
    /// when it is not quiet. At most eight days later.
    #[must_use]
    pub fn end_of(&self, at: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
        let mut at = at;
        // Each round ends at the end of the quiet or at a change of the clocks.
        for _ in 0..CHANGES {
            let offset = zone.offset(at);
            let wall = zone.civil(at);
            let Some(end) = self
                .end_on_the_wall(wall)
                .and_then(|end| at.checked_add_signed(end - wall))
            else {
                return at;
            };
            if zone.offset(end) == offset {
                return end;
            }
            at = change_between(at, end, zone);
        }
        at
    }

    fn is_quiet_on_the_wall(&self, wall: NaiveDateTime) -> bool {
        self.days.hold(wall.weekday()) || self.hours.is_some_and(|hours| hours.hold(wall.time()))
    }

    /// The first time on a wall whose clock never changes that is not quiet.
    fn end_on_the_wall(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let mut wall = wall;
        // Each round passes a whole day or a night; no more than a week of them is quiet.
        for _ in 0..16 {
            let tomorrow = wall.date().checked_add_days(Days::new(1))?;
            match self.hours {
                _ if self.days.hold(wall.weekday()) => wall = tomorrow.and_time(NaiveTime::MIN),
                Some(hours) if hours.hold(wall.time()) => {
                    let date = if wall.time() < hours.until {
                        wall.date()
                    } else {
                        tomorrow
                    };
                    wall = date.and_time(hours.until);
                }
                _ => return Some(wall),
            }
        }
        Some(wall)
    }
}

/// More changes of the clocks than eight days can have.
const CHANGES: u32 = 8;

impl Hours {
    fn hold(self, time: NaiveTime) -> bool {
        if self.from < self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }
}

/// The first second at which the offset is no longer that of `from`; it is another at `until`.
fn change_between(from: DateTime<Utc>, until: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    let offset = zone.offset(from);
    let (mut before, mut after) = (from.timestamp(), until.timestamp());
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        let changed =
            DateTime::from_timestamp(middle, 0).is_none_or(|middle| zone.offset(middle) != offset);
        if changed {
            after = middle;
        } else {
            before = middle;
        }
    }
    DateTime::from_timestamp(after, 0).unwrap_or(until)
}

/// The stored form, which reads back: "20:00-07:00, sat sun", "sat sun", "off".
impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_off() {
            return f.write_str("off");
        }
        let days: Vec<String> = WEEK
            .iter()
            .filter(|day| self.days.hold(**day))
            .map(|day| day.to_string().to_lowercase())
            .collect();
        if let Some(Hours { from, until }) = self.hours {
            let comma = if days.is_empty() { "" } else { ", " };
            write!(
                f,
                "{}-{}{comma}",
                from.format("%H:%M"),
                until.format("%H:%M")
            )?;
        }
        f.write_str(&days.join(" "))
    }
}

/// The least time of each day that hours of every day leave.
const AWAKE: TimeDelta = TimeDelta::hours(1);

#[cfg(test)]
mod tests;
