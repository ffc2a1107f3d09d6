//! Absences in words: "until friday", "24 dec - 2 jan", "for 3 days", "off".

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};

use super::error::{MomentError, quoted};
use super::words::{Day, Unit, number_of_day};
use super::{HORIZON_MONTHS, resolve, words};
use crate::time::Zone;

/// The longest absence, in days.
const LONGEST: i64 = 366;
/// How long ago an absence without a year may have begun.
const BEGUN: TimeDelta = TimeDelta::days(60);

/// An absence as it was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Not away.
    Off,
    /// Away on these civil days, both included; none before today.
    Days {
        /// The first day.
        first: NaiveDate,
        /// The last day; at most a year after the first.
        last: NaiveDate,
    },
}

/// Reads the days that somebody is away, in their zone: "until friday" (from today), "tomorrow",
/// "next week" (Monday to Sunday), "for 3 days" (from today), "2026-12-24 to 2027-01-02",
/// "24 dec - 2 jan", "24-28 dec"; "off" or "back" ends it. The last day is included. What has begun
/// counts from today.
///
/// # Errors
/// [`MomentError`] for everything that is no day or days, lies before today, ends before it begins,
/// lasts longer than a year or begins more than [`HORIZON_MONTHS`] ahead.
pub fn read_span(typed: &str, now: DateTime<Utc>, zone: Zone) -> Result<Span, MomentError> {
    let today = zone.civil_date(now);
    let lower = typed.trim().to_lowercase();
    let text = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(
        text.as_str(),
        "off" | "back" | "none" | "no" | "clear" | "i'm back" | "here"
    ) {
        return Ok(Span::Off);
    }
    let text = text.strip_prefix("from ").unwrap_or(&text);
    let (first, last) = days(text, today).map_err(|error| match error {
        MomentError::NotATime { .. } | MomentError::NotADay { .. } | MomentError::Empty => {
            MomentError::NotASpan {
                typed: quoted(typed),
            }
        }
        other => other,
    })?;
    if last < today {
        return Err(MomentError::past_day(typed));
    }
    let first = first.max(today);
    if last < first || last - first > TimeDelta::days(LONGEST) {
        return Err(MomentError::OddSpan { first, last });
    }
    match today.checked_add_months(Months::new(HORIZON_MONTHS)) {
        Some(horizon) if first <= horizon => Ok(Span::Days { first, last }),
        _ => Err(MomentError::too_far(typed)),
    }
}

fn days(text: &str, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), MomentError> {
    for ahead in ["until ", "till ", "til ", "through ", "to ", "by "] {
        if let Some(end) = text.strip_prefix(ahead) {
            return Ok((today, one(end, today)?.1));
        }
    }
    if let Some(length) = text.strip_prefix("for ") {
        return lasting(length, today);
    }
    for between in [
        " until ",
        " till ",
        " through ",
        " to ",
        " - ",
        " – ",
        " — ",
        "–",
        "..",
    ] {
        if let Some((from, to)) = text.split_once(between) {
            return range(from.trim(), to.trim(), today);
        }
    }
    if let Some((from, to)) = text.split_once('-')
        && number_of_day(from).is_some()
        && to.contains(' ')
    {
        return range(from, to, today);
    }
    one(text, today)
}

/// One day, or a whole week, month or year.
fn one(text: &str, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), MomentError> {
    let missing = || MomentError::no_such_date(text);
    let day = words::understand_day(text)?.day;
    let unit = match day {
        Day::End(unit) | Day::Next(unit) => unit,
        Day::Ahead(_, Unit::Hour | Unit::Minute) => {
            return Err(MomentError::NotADay {
                typed: quoted(text),
            });
        }
        _ => {
            let date = resolve::day(day, today, text)?;
            return Ok((date, date));
        }
    };
    let next = resolve::next_start(unit, today).ok_or_else(missing)?;
    let (first, after) = match day {
        Day::Next(_) => (next, resolve::next_start(unit, next).ok_or_else(missing)?),
        _ => (today, next),
    };
    Ok((first, after.pred_opt().ok_or_else(missing)?))
}

/// "3 days", "a week", from today.
fn lasting(text: &str, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), MomentError> {
    let day = words::understand_day(text)?.day;
    match day {
        Day::Ahead(_, Unit::Hour | Unit::Minute) => Err(MomentError::NotADay {
            typed: quoted(text),
        }),
        Day::Ahead(..) => {
            let after = resolve::day(day, today, text)?;
            Ok((today, after.pred_opt().unwrap_or(after).max(today)))
        }
        _ => one(text, today),
    }
}

fn range(from: &str, to: &str, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), MomentError> {
    // "24 - 28 dec": the month of the second holds for the first.
    if let Some(day) = number_of_day(from) {
        let (_, last) = one(to, today)?;
        let first = chrono::Datelike::with_day(&last, day)
            .ok_or_else(|| MomentError::no_such_date(from))?;
        return Ok((first, last));
    }
    if let Some(length) = to.strip_prefix("for ") {
        let (first, _) = one(from, today)?;
        return lasting(length, first);
    }
    let (first, _) = one(from, today)?;
    let without_year = matches!(
        words::understand_day(from)?.day,
        Day::Calendar { year: None, .. }
    );
    if without_year
        && let Some(begun) = first.checked_sub_months(Months::new(12))
        && let Ok((_, last)) = one(to, today)
        && last < first
        && begun <= today
        && last - begun <= BEGUN
    {
        return Ok((today, last));
    }
    // A weekday or a date without a year is the next one after the first.
    let (_, last) = one(to, first)?;
    Ok((first, last))
}

/// The first and last day as stored text: "2026-12-24..2027-01-02"; reads back with [`read_span`]
/// until it is over.
impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Off => f.write_str("off"),
            Self::Days { first, last } => write!(f, "{first}..{last}"),
        }
    }
}

impl Span {
    /// Whether `date` is a day away.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        match self {
            Self::Off => false,
            Self::Days { first, last } => *first <= date && date <= *last,
        }
    }

    /// The instant at which it is over in `zone`: the start of the day after the last; `None` when
    /// not away.
    #[must_use]
    pub fn end(&self, zone: Zone) -> Option<DateTime<Utc>> {
        match self {
            Self::Off => None,
            Self::Days { last, .. } => {
                let after = last.checked_add_days(Days::new(1))?;
                Some(zone.start_of_day(after))
            }
        }
    }
}
