//! Times, days and absences in plain words: "tue 10:00", "by friday", "24 dec - 2 jan".
//!
//! Dates are read by `interim`. Before it stands a thin layer (`words`) that splits the text into a
//! day and a time of day, since `interim` passes over what follows a date, takes the hour of
//! "1 dec 14:30" for a year, and knows neither "2nd tuesday" nor "31st"; and that refuses what has
//! two meanings. What `interim` gets is the day in one strict form.
//!
//! Rules of reading, in the zone of the person:
//! - A weekday alone is the next such day: today if the time is still ahead, else in a week.
//!   "Next tuesday" is the Tuesday of next week (weeks start on Monday), "this tuesday" this week's.
//! - A time alone is the next time that the clock shows it.
//! - "2nd tuesday", "last friday", "31st" and "last day" are of this month if still ahead, else of
//!   the next month that has such a day.
//! - A date without a year is the next one. "1.12." and "1.12.2026" name the day first. With slashes
//!   a date is refused where it could be read in two ways.
//! - An hour alone from 1 to 6 is refused ("at 5": morning or afternoon?); 7 to 23 are as on a
//!   24-hour clock.
//! - A time that the clocks skip moves forward by the gap, of one that comes twice the first is meant
//!   ([`Zone::instant_of`]).

mod error;
mod resolve;
mod span;
mod words;

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use chrono::{NaiveTime, Weekday};

use super::Zone;
use words::{Day, Unit};

pub use error::MomentError;
pub(in crate::time) use error::quoted;
pub use span::{Span, read_span};
pub(in crate::time) use words::{clock_of_stretch, weekday};

/// Nothing is planned further ahead than this many months.
pub const HORIZON_MONTHS: u32 = 24;

/// Which of the weekdays of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nth {
    /// The first.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The last: the fourth or the fifth.
    Last,
}

impl Nth {
    /// Which one a date is among the same weekdays of its month; a fifth is the last.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        match date.day0() / 7 {
            0 => Self::First,
            1 => Self::Second,
            2 => Self::Third,
            3 => Self::Fourth,
            _ => Self::Last,
        }
    }

    /// The date in a month; `None` outside the calendar.
    #[must_use]
    pub fn date(self, year: i32, month: u32, weekday: Weekday) -> Option<NaiveDate> {
        let nth = |n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
        match self {
            Self::First => nth(1),
            Self::Second => nth(2),
            Self::Third => nth(3),
            Self::Fourth => nth(4),
            Self::Last => nth(5).or_else(|| nth(4)),
        }
    }
}

/// How the day of a [`Read`] was named: what "every month" turns into a rule by weekday or by day of
/// the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    /// "tue", "next friday".
    Weekday(Weekday),
    /// "2nd tuesday", "last friday".
    Nth(Nth, Weekday),
    /// "31st"; 1 to 31.
    MonthDay(u32),
    /// "last day".
    LastDay,
    /// A date: "2026-12-01", "1 dec".
    Date,
    /// "today", or a time alone that is still ahead today.
    Today,
    /// "tomorrow", or a time alone that is over for today.
    Tomorrow,
    /// "in 3 days", "in 2 hours".
    Relative,
}

/// A time as it was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The instant, on a whole minute; later than the `now` it was read at.
    pub at: DateTime<Utc>,
    /// The wall-clock time as it was meant, in the zone it was read in. Where the clocks skip it, the
    /// wall shows something later at `at`.
    pub civil: NaiveDateTime,
    /// How the day was named.
    pub named: Named,
}

impl Read {
    /// The wall-clock time as text that [`read`] understands on any day before it: "2026-12-01
    /// 14:30".
    #[must_use]
    pub fn canonical(&self) -> String {
        self.civil.format("%Y-%m-%d %H:%M").to_string()
    }
}

/// Reads a time that somebody typed, in their zone: "tue 10:00", "tomorrow 9am", "1 dec 14:30",
/// "in 3 days 10:00", "in 2 hours", "noon", "2nd tuesday 10:00", "last day 10:00", or a Discord
/// timestamp ("<t:1796130000>"). See the module for what is meant by each.
///
/// # Errors
/// [`MomentError`] for everything that is no time, has no time of day, can be read in two ways, is
/// not after `now`, or is further than [`HORIZON_MONTHS`] ahead. Never [`MomentError::NotADay`],
/// [`MomentError::PastDay`] or those of absences.
pub fn read(typed: &str, now: DateTime<Utc>, zone: Zone) -> Result<Read, MomentError> {
    let soonest = |civil| zone.instant_of(civil) > now;
    let (at, civil, named) = if let Some(at) = words::stamp(typed) {
        let at = whole_minute(at);
        (at, zone.civil(at), Named::Date)
    } else {
        let said = words::understand(typed)?;
        if let (Day::Ahead(count, unit @ (Unit::Hour | Unit::Minute)), clock) =
            (said.day, said.clock)
        {
            if clock.is_some() {
                return Err(MomentError::not_a_time(typed));
            }
            let at = whole_minute(resolve::later(now, count, unit)?);
            (at, zone.civil(at), Named::Relative)
        } else {
            if said.day.is_a_stretch() {
                return Err(MomentError::not_a_time(typed));
            }
            let clock = said.clock.ok_or_else(|| MomentError::no_time(typed))?;
            let civil = resolve::civil(said.day, clock, zone.civil(now), &soonest, typed)?;
            let named = named(said.day, civil.date(), zone.civil_date(now));
            (zone.instant_of(civil), civil, named)
        }
    };
    if at <= now {
        return Err(MomentError::past(typed));
    }
    if at > horizon(now) {
        return Err(MomentError::too_far(typed));
    }
    Ok(Read { at, civil, named })
}

/// Reads a day that somebody typed, in their zone, for what is due on it: "friday", "by friday",
/// "tomorrow", "2026-12-01", "in 2 weeks", "end of month", "eow". A time of day is passed over. Today
/// counts as ahead. The end of a week is its Friday (on a Saturday or Sunday that of the week that
/// comes), "next week" and "next month" are due at their end.
///
/// # Errors
/// [`MomentError`] for everything that is no day, can be read in two ways, is before today, or is
/// further than [`HORIZON_MONTHS`] ahead.
pub fn read_day(typed: &str, now: DateTime<Utc>, zone: Zone) -> Result<NaiveDate, MomentError> {
    let today = zone.civil_date(now);
    let date = if let Some(at) = words::stamp(typed) {
        zone.civil_date(at)
    } else {
        match words::understand_day(typed)?.day {
            Day::Ahead(count, unit @ (Unit::Hour | Unit::Minute)) => {
                zone.civil_date(resolve::later(now, count, unit)?)
            }
            day => resolve::day(day, today, typed)?,
        }
    };
    if date < today {
        return Err(MomentError::past_day(typed));
    }
    if date > zone.civil_date(horizon(now)) {
        return Err(MomentError::too_far(typed));
    }
    Ok(date)
}

fn horizon(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_add_months(Months::new(HORIZON_MONTHS))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn named(day: Day, date: NaiveDate, today: NaiveDate) -> Named {
    match day {
        Day::Weekday(_, weekday) => Named::Weekday(weekday),
        Day::Nth(nth, weekday) => Named::Nth(nth, weekday),
        Day::OfMonth(day) => Named::MonthDay(day),
        Day::LastOfMonth => Named::LastDay,
        Day::Calendar { .. } | Day::Yesterday => Named::Date,
        Day::Today => Named::Today,
        Day::Tomorrow => Named::Tomorrow,
        Day::Unsaid if date == today => Named::Today,
        Day::Unsaid => Named::Tomorrow,
        Day::Ahead(..) | Day::End(_) | Day::Next(_) => Named::Relative,
    }
}

fn whole_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    let over = TimeDelta::seconds(i64::from(at.second()))
        + TimeDelta::nanoseconds(i64::from(at.nanosecond()));
    at.checked_sub_signed(over).unwrap_or(at)
}

/// The first moment of a day.
const MIDNIGHT: NaiveTime = NaiveTime::MIN;

#[cfg(test)]
mod tests;
