//! Why a text is no time, no day or no absence; each says what to type instead.

use chrono::{NaiveDate, Weekday};

/// Why a text was not understood as a time, a day or an absence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    /// Nothing was typed.
    #[error("Say when, for example “tue 10:00”, “tomorrow 9am” or “1 dec 14:30”.")]
    Empty,
    /// Nothing that reads as a time.
    #[error(
        "I cannot read “{typed}” as a time. Type it like “tue 10:00”, “tomorrow 9am” or “1 dec 14:30”."
    )]
    NotATime {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// Nothing that reads as a day.
    #[error(
        "I cannot read “{typed}” as a day. Type it like “friday”, “in 2 weeks”, “1 dec” or “end of month”."
    )]
    NotADay {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// Nothing that reads as an absence.
    #[error(
        "I cannot read “{typed}” as days away. Type it like “until friday”, “24 dec - 2 jan”, “for 3 days” or “off”."
    )]
    NotASpan {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// A day without a time of day.
    #[error("At what time? Add it to the day: “{typed} 10:00”.")]
    NoTime {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// A date with slashes that has two readings.
    #[error("“{typed}” can be {first} or {second}. Say which: “{first}” or “{second}”.")]
    AmbiguousDate {
        /// The part of the text, fit to be shown.
        typed: String,
        /// With the day first: "3 april".
        first: String,
        /// With the month first: "4 march".
        second: String,
    },
    /// An hour that may be of the morning or of the afternoon.
    #[error("Is that {hour} in the morning or in the afternoon? Say “{hour}am” or “{hour}pm”.")]
    AmbiguousHour {
        /// The hour, 1 to 6.
        hour: u32,
    },
    /// More than one day.
    #[error("“{typed}” names more than one day. Name one, for example “tue 10:00”.")]
    TwoDays {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// More than one time of day.
    #[error("“{typed}” names more than one time of day. Name one, for example “tue 10:00”.")]
    TwoTimes {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// A time of day that no clock shows.
    #[error("No clock shows “{typed}”. Type a time like “14:30” or “2:30pm”.")]
    NoSuchTime {
        /// The part of the text, fit to be shown.
        typed: String,
    },
    /// A date that the calendar does not have.
    #[error(
        "The calendar has no “{typed}”. Type a date like “1 dec”, or “last day” for a month's end."
    )]
    NoSuchDate {
        /// The part of the text, fit to be shown.
        typed: String,
    },
    /// A fifth weekday, which not every month has.
    #[error("Not every month has a fifth {}. Say “last {}”.", long(*.weekday), long(*.weekday).to_lowercase())]
    Fifth {
        /// The weekday.
        weekday: Weekday,
    },
    /// A date on another weekday than the one named with it.
    #[error(
        "{} is a {}, not a {}. Name the day or the date alone.",
        .date.format("%-d %B %Y"), .date.format("%A"), long(*.named)
    )]
    WrongWeekday {
        /// The date.
        date: NaiveDate,
        /// The weekday that was named.
        named: Weekday,
    },
    /// Not after now.
    #[error("“{typed}” is over. Name a time that is still ahead, for example “tomorrow 9am”.")]
    Past {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// Before today.
    #[error("“{typed}” is over. Name today or a day ahead, for example “friday” or “in 2 weeks”.")]
    PastDay {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// Too far ahead.
    #[error("“{typed}” is more than two years ahead. Name a nearer one, for example “in 2 weeks”.")]
    TooFar {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// An absence that ends before it begins, or lasts longer than a year.
    #[error(
        "I understood {} until {}. Put the first day first, with at most a year between: “24 dec - 2 jan”.",
        .first.format("%-d %b %Y"), .last.format("%-d %b %Y")
    )]
    OddSpan {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
}

impl MomentError {
    pub(super) fn not_a_time(typed: &str) -> Self {
        Self::NotATime {
            typed: quoted(typed),
        }
    }

    pub(super) fn no_time(typed: &str) -> Self {
        Self::NoTime {
            typed: quoted(typed),
        }
    }

    pub(super) fn past(typed: &str) -> Self {
        Self::Past {
            typed: quoted(typed),
        }
    }

    pub(super) fn past_day(typed: &str) -> Self {
        Self::PastDay {
            typed: quoted(typed),
        }
    }

    pub(super) fn too_far(typed: &str) -> Self {
        Self::TooFar {
            typed: quoted(typed),
        }
    }

    pub(super) fn no_such_date(typed: &str) -> Self {
        Self::NoSuchDate {
            typed: quoted(typed),
        }
    }

    pub(super) fn no_such_time(typed: &str) -> Self {
        Self::NoSuchTime {
            typed: quoted(typed),
        }
    }
}

/// What was typed, fit to stand inside a sentence: letters, digits and the marks of dates only, a
/// colon only after a digit, at most 40 characters.
pub(in crate::time) fn quoted(typed: &str) -> String {
    let mut kept = String::new();
    let mut digit = false;
    for c in typed.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c.is_alphanumeric() || " +-/.,".contains(c) || (c == ':' && digit) {
            kept.push(c);
        }
        digit = c.is_ascii_digit();
    }
    let short: String = kept.chars().take(40).collect();
    short.trim().to_owned()
}

/// "Tuesday".
pub(super) const fn long(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
