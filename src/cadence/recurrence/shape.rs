//! The shapes that a rule can have, as RFC 5545 text and as words.

use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};

use super::Every;
use crate::time::{Named, Nth};

/// What repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A weekday each so many weeks; never [`Every::Month`].
    Weeks(Every, Weekday),
    /// A weekday of each month.
    NthWeekday(Nth, Weekday),
    /// A day of each month, 1 to 31; the last day of a month without it.
    MonthDay(u32),
    /// The last day of each month.
    LastDay,
}

/// The shortest month has this many days.
const SHORTEST_MONTH: u32 = 28;

const DAYS: [(Weekday, &str, &str); 7] = [
    (Weekday::Mon, "MO", "Monday"),
    (Weekday::Tue, "TU", "Tuesday"),
    (Weekday::Wed, "WE", "Wednesday"),
    (Weekday::Thu, "TH", "Thursday"),
    (Weekday::Fri, "FR", "Friday"),
    (Weekday::Sat, "SA", "Saturday"),
    (Weekday::Sun, "SU", "Sunday"),
];

const NTHS: [(Nth, i16, &str); 5] = [
    (Nth::First, 1, "1st"),
    (Nth::Second, 2, "2nd"),
    (Nth::Third, 3, "3rd"),
    (Nth::Fourth, 4, "4th"),
    (Nth::Last, -1, "last"),
];

impl Shape {
    pub(super) fn of(every: Every, first: NaiveDate, named: Named) -> Self {
        match (every, named) {
            (Every::Month, Named::Weekday(weekday)) => Self::NthWeekday(Nth::of(first), weekday),
            (Every::Month, Named::Nth(nth, weekday)) => Self::NthWeekday(nth, weekday),
            (Every::Month, Named::LastDay) => Self::LastDay,
            (Every::Month, Named::MonthDay(day)) => Self::MonthDay(day.clamp(1, 31)),
            (Every::Month, _) => Self::MonthDay(first.day()),
            (weeks, _) => Self::Weeks(weeks, first.weekday()),
        }
    }

    pub(super) const fn every(self) -> Every {
        match self {
            Self::Weeks(every, _) => every,
            Self::NthWeekday(..) | Self::MonthDay(_) | Self::LastDay => Every::Month,
        }
    }

    /// Reads exactly what `Display` gives.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let weekday = |code: &str| {
            DAYS.iter()
                .find(|(_, known, _)| *known == code)
                .map(|(weekday, ..)| *weekday)
        };
        let shape = if let Some(parts) = text.strip_prefix("FREQ=WEEKLY;") {
            let code = parts.rsplit('=').next()?;
            Every::ALL
                .into_iter()
                .filter(|every| every.weeks().is_some())
                .map(|every| Some(Self::Weeks(every, weekday(code)?)))
                .find(|shape| shape.is_some_and(|shape| shape.to_string() == text))??
        } else if let Some(day) = text.strip_prefix("FREQ=MONTHLY;BYDAY=") {
            let (number, code) = day.split_at_checked(day.len().checked_sub(2)?)?;
            let number: i16 = number.parse().ok()?;
            let (nth, ..) = NTHS.iter().find(|(_, known, _)| *known == number)?;
            Self::NthWeekday(*nth, weekday(code)?)
        } else {
            let days = text.strip_prefix("FREQ=MONTHLY;BYMONTHDAY=")?;
            let listed = days.strip_suffix(";BYSETPOS=-1").unwrap_or(days);
            match listed.rsplit(',').next()? {
                "-1" => Self::LastDay,
                day => Self::MonthDay(day.parse().ok().filter(|day| (1..=31).contains(day))?),
            }
        };
        (shape.to_string() == text).then_some(shape)
    }

    /// "every 2 weeks on Tuesday", "every month on the 31st, or the last day,".
    pub(super) fn words(self) -> String {
        match self {
            Self::Weeks(every, weekday) => format!("every {} on {}", every.words(), long(weekday)),
            Self::NthWeekday(nth, weekday) => {
                format!("every month on the {} {}", nth_words(nth), long(weekday))
            }
            Self::MonthDay(day) if day > SHORTEST_MONTH => {
                format!("every month on the {}, or the last day,", ordinal(day))
            }
            Self::MonthDay(day) => format!("every month on the {}", ordinal(day)),
            Self::LastDay => "every month on the last day".to_owned(),
        }
    }

    /// The days of the month among which the last that exists is meant.
    pub(super) fn month_days(self) -> Vec<i8> {
        let day = |day: u32| i8::try_from(day).unwrap_or_default();
        match self {
            Self::MonthDay(last) => (last.min(SHORTEST_MONTH)..=last).map(day).collect(),
            Self::LastDay => vec![-1],
            Self::Weeks(..) | Self::NthWeekday(..) => Vec::new(),
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Weeks(every, weekday) => {
                f.write_str("FREQ=WEEKLY;")?;
                if let Some(weeks @ 2..) = every.weeks() {
                    write!(f, "INTERVAL={weeks};")?;
                }
                write!(f, "BYDAY={}", code(weekday))
            }
            Self::NthWeekday(nth, weekday) => {
                write!(f, "FREQ=MONTHLY;BYDAY={}{}", number(nth), code(weekday))
            }
            Self::MonthDay(_) | Self::LastDay => {
                let days = self.month_days();
                let listed: Vec<String> = days.iter().map(ToString::to_string).collect();
                write!(f, "FREQ=MONTHLY;BYMONTHDAY={}", listed.join(","))?;
                if days.len() > 1 {
                    f.write_str(";BYSETPOS=-1")?;
                }
                Ok(())
            }
        }
    }
}

/// 1 to 4, or -1 for the last.
pub(super) fn number(nth: Nth) -> i16 {
    NTHS.iter()
        .find(|(known, ..)| *known == nth)
        .map_or(-1, |(_, number, _)| *number)
}

fn nth_words(nth: Nth) -> &'static str {
    NTHS.iter()
        .find(|(known, ..)| *known == nth)
        .map_or("last", |(.., words)| *words)
}

fn code(weekday: Weekday) -> &'static str {
    DAYS.iter()
        .find(|(known, ..)| *known == weekday)
        .map_or("MO", |(_, code, _)| *code)
}

fn long(weekday: Weekday) -> &'static str {
    DAYS.iter()
        .find(|(known, ..)| *known == weekday)
        .map_or("Monday", |(.., name)| *name)
}

fn ordinal(day: u32) -> String {
    let ending = match (day % 10, day % 100) {
        (1, day) if day != 11 => "st",
        (2, day) if day != 12 => "nd",
        (3, day) if day != 13 => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}
