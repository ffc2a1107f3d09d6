//! Splits what people type into a day and a time of day, or says why it has not exactly one of each.
//!
//! ```text
//! time    = [day] clock | clock [day]                       "on", "the", "of", commas are passed over
//! clock   = h ":" mm ["am" | "pm"] | h "." mm | h ("am" | "pm") | "at" h | "noon"
//! day     = "yesterday" | "today" | "tomorrow" | [weekday] date | ["in"] number unit
//!         | ["this" | "next"] weekday | ("1st" … "4th" | "last") weekday
//!         | "1st" … "31st" | "last day" | ("end" | "next") ("week" | "month" | "year")
//! date    = y "-" m "-" d | y "/" m "/" d | d "." m "." [y] | d "/" m ["/" y] | m "/" d ["/" y]
//!         | d month [y] | month d [y]
//! ```

mod lex;

use chrono::{DateTime, NaiveTime, Utc, Weekday};

use super::Nth;
use super::error::{MomentError, quoted};
use lex::{Word, hour};

pub(super) use lex::number_of_day;
pub(in crate::time) use lex::{clock_of_stretch, weekday};

/// A unit of what is ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// As `interim` reads it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Minute => "minutes",
            Self::Hour => "hours",
            Self::Day => "days",
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Year => "years",
        }
    }
}

/// Which of the weeks a weekday is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Week {
    /// The next such day, whichever week it is in.
    Coming,
    /// This week's, from Monday to Sunday.
    This,
    /// Next week's.
    Next,
}

/// A day as it was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    Unsaid,
    Yesterday,
    Today,
    Tomorrow,
    Weekday(Week, Weekday),
    Nth(Nth, Weekday),
    OfMonth(u32),
    LastOfMonth,
    Calendar {
        day: u32,
        month: u32,
        year: Option<i32>,
        weekday: Option<Weekday>,
    },
    Ahead(u32, Unit),
    /// The end of this week, month or year.
    End(Unit),
    /// The whole of the next week, month or year.
    Next(Unit),
}

impl Day {
    /// Whether it names more than one day, or the end of more than one.
    pub(super) const fn is_a_stretch(self) -> bool {
        matches!(self, Self::End(_) | Self::Next(_))
    }
}

/// What was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) day: Day,
    pub(super) clock: Option<NaiveTime>,
}

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 100;

/// A timestamp as Discord copies it: "<t:1796130000>", "<t:1796130000:F>".
pub(super) fn stamp(typed: &str) -> Option<DateTime<Utc>> {
    let inside = typed.trim().strip_prefix("<t:")?.strip_suffix('>')?;
    let seconds = inside
        .split_once(':')
        .map_or(inside, |(seconds, _)| seconds);
    DateTime::from_timestamp(seconds.parse().ok()?, 0)
}

/// Reads a time: a day, a time of day, or both.
pub(super) fn understand(typed: &str) -> Result<Said, MomentError> {
    if typed.trim().is_empty() {
        return Err(MomentError::Empty);
    }
    if typed.len() > LONGEST {
        return Err(MomentError::not_a_time(typed));
    }
    let mut words = lex::words(typed)?.ok_or_else(|| MomentError::not_a_time(typed))?;
    let clock = take_clock(&mut words, typed)?;
    if let Some(day) = day(&words)? {
        if day == Day::Unsaid && clock.is_none() {
            return Err(MomentError::not_a_time(typed));
        }
        return Ok(Said { day, clock });
    }
    // "tue 10": what is left over behind a day is an hour.
    if clock.is_none()
        && let Some((Word::Number(number), rest)) = words.split_last()
        && !rest.is_empty()
        && let Some(day) = day(rest)?
    {
        let clock = Some(hour(*number)?);
        return Ok(Said { day, clock });
    }
    let days = words.iter().filter(|word| word.is_a_day()).count();
    Err(if days > 1 {
        MomentError::TwoDays {
            typed: quoted(typed),
        }
    } else {
        MomentError::not_a_time(typed)
    })
}

/// Reads a day; a time of day beside it is passed over.
pub(super) fn understand_day(typed: &str) -> Result<Said, MomentError> {
    let not_a_day = || MomentError::NotADay {
        typed: quoted(typed),
    };
    if typed.trim().is_empty() {
        return Err(not_a_day());
    }
    let lower = typed.trim().to_lowercase();
    let plain = ["by ", "due ", "until ", "before the ", "till "]
        .iter()
        .fold(lower.as_str(), |text, ahead| {
            text.strip_prefix(ahead).unwrap_or(text).trim_start()
        });
    let said = understand(plain).map_err(|error| match error {
        MomentError::NotATime { .. } | MomentError::Empty => not_a_day(),
        other => other,
    })?;
    if said.day == Day::Unsaid {
        return Err(not_a_day());
    }
    Ok(said)
}

/// Takes the time of day out of the words.
fn take_clock(words: &mut Vec<Word>, typed: &str) -> Result<Option<NaiveTime>, MomentError> {
    let two = || MomentError::TwoTimes {
        typed: quoted(typed),
    };
    let mut clocks = Vec::new();
    let mut rest: Vec<Word> = Vec::with_capacity(words.len());
    for word in words.drain(..) {
        match word {
            Word::Clock(clock) => {
                if rest.last() == Some(&Word::At) {
                    rest.pop();
                }
                clocks.push(clock);
            }
            Word::Number(number) if rest.last() == Some(&Word::At) => {
                rest.pop();
                clocks.push(hour(number)?);
            }
            other => rest.push(other),
        }
    }
    // "1.12" is a date beside a time of day, and else a time itself.
    for word in &mut rest {
        if let Word::Pair(one, other) = *word {
            if clocks.is_empty() {
                clocks.push(
                    NaiveTime::from_hms_opt(one, other, 0)
                        .ok_or_else(|| MomentError::no_such_time(typed))?,
                );
                *word = Word::At;
            } else {
                *word = lex::calendar(one, other, None)
                    .ok_or_else(|| MomentError::no_such_date(typed))?;
            }
        }
    }
    rest.retain(|word| *word != Word::At);
    *words = rest;
    match clocks.as_slice() {
        [] => Ok(None),
        [clock] => Ok(Some(*clock)),
        _ => Err(two()),
    }
}

/// The day that the words name, if they name one and nothing else.
fn day(words: &[Word]) -> Result<Option<Day>, MomentError> {
    let day = match *words {
        [] => Day::Unsaid,
        [Word::Yesterday] => Day::Yesterday,
        [Word::Today] => Day::Today,
        [Word::Tomorrow] => Day::Tomorrow,
        [Word::Weekday(day)] => Day::Weekday(Week::Coming, day),
        [Word::This, Word::Weekday(day)] => Day::Weekday(Week::This, day),
        [Word::Next, Word::Weekday(day)] => Day::Weekday(Week::Next, day),
        [Word::Ordinal(n), Word::Weekday(weekday)]
        | [
            Word::Ordinal(n),
            Word::Weekday(weekday),
            Word::Unit(Unit::Month),
        ] => Day::Nth(nth(n, weekday)?, weekday),
        [Word::Last, Word::Weekday(weekday)]
        | [Word::Last, Word::Weekday(weekday), Word::Unit(Unit::Month)] => {
            Day::Nth(Nth::Last, weekday)
        }
        [Word::Ordinal(day)] | [Word::Ordinal(day), Word::Unit(Unit::Month)] => Day::OfMonth(day),
        [Word::Last, Word::Unit(Unit::Day)]
        | [Word::Last, Word::Unit(Unit::Day), Word::Unit(Unit::Month)] => Day::LastOfMonth,
        [Word::In, Word::Number(count), Word::Unit(unit)]
        | [Word::Number(count), Word::Unit(unit)] => Day::Ahead(count, unit),
        [Word::End, Word::Unit(unit)] | [Word::End, Word::This, Word::Unit(unit)] => Day::End(unit),
        [
            Word::This,
            Word::Unit(unit @ (Unit::Week | Unit::Month | Unit::Year)),
        ] => Day::End(unit),
        [Word::Next, Word::Unit(unit)] | [Word::End, Word::Next, Word::Unit(unit)] => {
            Day::Next(unit)
        }
        [Word::Weekday(weekday), ref date @ ..] => match calendar(date) {
            Some((day, month, year)) => Day::Calendar {
                day,
                month,
                year,
                weekday: Some(weekday),
            },
            None => return Ok(None),
        },
        _ => match calendar(words) {
            Some((day, month, year)) => Day::Calendar {
                day,
                month,
                year,
                weekday: None,
            },
            None => return Ok(None),
        },
    };
    Ok(Some(day))
}

/// Day, month and year of a date.
fn calendar(words: &[Word]) -> Option<(u32, u32, Option<i32>)> {
    let year = |year: u32| {
        (1000..=9999)
            .contains(&year)
            .then(|| i32::try_from(year).ok())
    };
    match *words {
        [Word::Date { day, month, year }] => Some((day, month, year)),
        [Word::Number(day) | Word::Ordinal(day), Word::Month(month)]
        | [Word::Month(month), Word::Number(day) | Word::Ordinal(day)] => {
            (1..=31).contains(&day).then_some((day, month, None))
        }
        [
            Word::Number(day) | Word::Ordinal(day),
            Word::Month(month),
            Word::Number(said),
        ]
        | [
            Word::Month(month),
            Word::Number(day) | Word::Ordinal(day),
            Word::Number(said),
        ] => Some((day, month, year(said)?)),
        _ => None,
    }
}

fn nth(n: u32, weekday: Weekday) -> Result<Nth, MomentError> {
    match n {
        1 => Ok(Nth::First),
        2 => Ok(Nth::Second),
        3 => Ok(Nth::Third),
        4 => Ok(Nth::Fourth),
        _ => Err(MomentError::Fifth { weekday }),
    }
}
