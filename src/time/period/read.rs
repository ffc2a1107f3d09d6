//! Reads the periods that people type, and the keys and labels that the bot writes.
//!
//! Accepted, in any case and with any of space, "-", "/" or nothing between the parts:
//!
//! ```text
//! period   = one [ (".." | "–" | " - " | "to" | "until") one ]     both ends included
//! one      = "all" | "all time" | "ever" | "today" | "yesterday" | "tomorrow"
//!          | ["this" | "last" | "previous" | "next"] ("day" | "week" | "month" | "quarter" | "year")
//!          | ("last" | "past") number ("days" | "weeks" | "months" | "quarters" | "years")
//!          | year | year "-" month | month-name [year] | year month-name | month "/" year
//!          | [year] ("q" | "quarter") 1–4 [["of"] year]
//!          | [year] ("w" | "week") 1–53 [["of"] year]
//!          | year "-" month "-" day | day month-name [year] | month-name day [year]
//! ```
//!
//! What names no year means the latest that has begun: on 2 February "october" is last year's.
//! "Last 30 days" end today, today included.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::super::quotable;
use super::{Kind, Period, YEARS};

/// Why a text names no period; says what was understood and what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Nothing that reads as a period.
    #[error(
        "I read no period in “{typed}”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”."
    )]
    Unknown {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// A year outside [`YEARS`].
    #[error("The year {year} is out of reach. Use one from {} to {}.", YEARS.start(), YEARS.end())]
    Year {
        /// The year as understood.
        year: i64,
    },
    /// A month, quarter, week or day that the calendar does not have.
    #[error("I understood {understood}, which does not exist: {instead}.")]
    NotInCalendar {
        /// "week 60 of 2026".
        understood: String,
        /// "2026 has weeks 1 to 53".
        instead: String,
    },
    /// The second end of a range lies before the first.
    #[error(
        "I understood {from} until {to}, which ends before it begins. Put the earlier one first."
    )]
    Backwards {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
    /// A number of days, weeks, and so on that is zero or reaches too far back.
    #[error("I cannot go {count} {unit} back. Try “last 30 days” or “all”.")]
    Span {
        /// The number as understood.
        count: u64,
        /// "days".
        unit: &'static str,
    },
}

impl Period {
    /// Reads what people type; the module's text lists it. `today` is the civil date where they
    /// are.
    ///
    /// # Errors
    /// See [`PeriodError`].
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, PeriodError> {
        let unknown = || PeriodError::Unknown {
            typed: quotable(text),
        };
        let lower = text.trim().to_lowercase();
        // A week's label carries its days in brackets, for the reader.
        let bare = lower.split('(').next().unwrap_or_default();
        if let Some((from, to)) = ends_of_range(bare) {
            let to = tokens(to);
            let mut from = tokens(from);
            borrow_from_the_later_end(&mut from, &to);
            let first = one(&from, today).unwrap_or_else(|| Err(unknown()))?;
            let last = one(&to, today).unwrap_or_else(|| Err(unknown()))?;
            if first.kind() == Kind::All || last.kind() == Kind::All {
                return Err(unknown());
            }
            let (from, to) = (first.start(), last.last_day());
            return Self::between(from, to).ok_or(PeriodError::Backwards { from, to });
        }
        one(&tokens(bare), today).unwrap_or_else(|| Err(unknown()))
    }
}

/// A part of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A number and how many digits it was typed with.
    Number(u64, usize),
    Word(String),
}

/// The two ends, where the text has two.
fn ends_of_range(text: &str) -> Option<(&str, &str)> {
    ["..", "–", "—", " - ", " to ", " until "]
        .iter()
        .find_map(|mark| text.split_once(mark))
}

/// Words and numbers; "2026q3" is three of them.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same_sort: fn(char) -> bool = if first.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if first.is_alphabetic() {
            char::is_alphabetic
        } else {
            rest = rest.strip_prefix(first).unwrap_or_default();
            continue;
        };
        let length = rest.find(|c| !same_sort(c)).unwrap_or(rest.len());
        let (token, after) = rest.split_at(length);
        rest = after;
        tokens.push(match token.parse() {
            Ok(number) => Token::Number(number, length),
            // Also a number beyond all reach, which then is no word of a period either.
            Err(_) => Token::Word(token.to_owned()),
        });
    }
    tokens.retain(|token| !matches!(token, Token::Word(word) if word == "of" || word == "the"));
    tokens
}

/// "1–20 Oct 2026" and "25 Oct – 23 Nov 2026" name what both ends share only once.
fn borrow_from_the_later_end(from: &mut Vec<Token>, to: &[Token]) {
    let [Token::Number(..), month @ Token::Word(name), year @ ..] = to else {
        return;
    };
    if month_named(name).is_none() {
        return;
    }
    match from.as_slice() {
        [Token::Number(..)] => {
            from.push(month.clone());
            from.extend_from_slice(year);
        }
        [Token::Number(..), Token::Word(name)] if month_named(name).is_some() => {
            from.extend_from_slice(year);
        }
        _ => {}
    }
}

/// One period; `None` when the tokens are not one.
fn one(tokens: &[Token], today: NaiveDate) -> Option<Result<Period, PeriodError>> {
    use Token::{Number, Word};
    let words: Vec<&str> = tokens
        .iter()
        .filter_map(|token| {
            if let Word(word) = token {
                Some(word.as_str())
            } else {
                None
            }
        })
        .collect();
    if words.len() == tokens.len()
        && let Some(found) = in_words(&words, today)
    {
        return Some(found);
    }
    Some(match tokens {
        [Number(year, 3..)] => year_of(*year),
        [Number(year, 4), Number(month, 1 | 2)] | [Number(month, 1 | 2), Number(year, 4)] => {
            month_of(*year, *month)
        }
        [Number(year, 4), Number(month, 1 | 2), Number(day, 1 | 2)] => day_of(*year, *month, *day),
        [Word(word), Number(count, _), Word(unit)] if matches!(word.as_str(), "last" | "past") => {
            span(*count, unit_named(unit)?, today)
        }
        [Word(name)] => month_of_some_year(month_named(name)?, today),
        [Word(name), Number(year, 3..)] | [Number(year, 3..), Word(name)] => {
            month_of(*year, month_named(name)?)
        }
        [Word(name), Number(number, 1 | 2)] => match mark_named(name) {
            Some(kind) => numbered_of_some_year(kind, *number, today),
            None => day_of_some_year(month_named(name)?, *number, today),
        },
        [Number(day, 1 | 2), Word(name)] => day_of_some_year(month_named(name)?, *day, today),
        [Word(name), Number(number, 1 | 2), Number(year, 4)]
        | [Number(year, 4), Word(name), Number(number, 1 | 2)] => match mark_named(name) {
            Some(kind) => numbered(kind, *number, *year),
            None => day_of(*year, month_named(name)?, *number),
        },
        [Number(day, 1 | 2), Word(name), Number(year, 4)] => {
            day_of(*year, month_named(name)?, *day)
        }
        _ => return None,
    })
}

fn in_words(words: &[&str], today: NaiveDate) -> Option<Result<Period, PeriodError>> {
    let (step, kind) = match words {
        ["all" | "ever" | "always" | "everything"] | ["all", "time"] => {
            return Some(Ok(Period::ALL));
        }
        ["today"] => (0, Kind::Day),
        ["yesterday"] => (-1, Kind::Day),
        ["tomorrow"] => (1, Kind::Day),
        ["this" | "current", unit] => (0, unit_named(unit)?),
        ["last" | "previous", unit] => (-1, unit_named(unit)?),
        ["next" | "coming", unit] => (1, unit_named(unit)?),
        [unit] => (0, unit_named(unit)?),
        _ => return None,
    };
    let out_of_reach = PeriodError::Year {
        year: i64::from(today.year()),
    };
    let now = Period::holding(kind, today);
    let found = now.and_then(|now| match step {
        0 => Some(now),
        1 => now.next(),
        _ => now.previous(),
    });
    Some(found.ok_or(out_of_reach))
}

/// The run of whole units that ends today, today included.
fn span(count: u64, kind: Kind, today: NaiveDate) -> Result<Period, PeriodError> {
    let (unit, days, months) = match kind {
        Kind::Week => ("weeks", 7, 0),
        Kind::Month => ("months", 0, 1),
        Kind::Quarter => ("quarters", 0, 3),
        Kind::Year => ("years", 0, 12),
        Kind::Day | Kind::Range | Kind::All => ("days", 1, 0),
    };
    let refused = PeriodError::Span { count, unit };
    let first = (|| {
        let months = Months::new(u32::try_from(count).ok()?.checked_mul(months)?);
        let days = Days::new(count.checked_mul(days)?);
        today
            .succ_opt()?
            .checked_sub_months(months)?
            .checked_sub_days(days)
    })();
    let first = first
        .filter(|first| count > 0 && *first <= today)
        .ok_or(refused.clone())?;
    Period::between(first, today).ok_or(refused)
}

fn checked_year(year: u64) -> Result<i32, PeriodError> {
    i32::try_from(year)
        .ok()
        .filter(|year| YEARS.contains(year))
        .ok_or(PeriodError::Year {
            year: i64::try_from(year).unwrap_or(i64::MAX),
        })
}

fn held(kind: Kind, date: Option<NaiveDate>, year: i32) -> Result<Period, PeriodError> {
    date.and_then(|date| Period::holding(kind, date))
        .ok_or(PeriodError::Year {
            year: i64::from(year),
        })
}

fn year_of(year: u64) -> Result<Period, PeriodError> {
    let year = checked_year(year)?;
    held(Kind::Year, NaiveDate::from_ymd_opt(year, 1, 1), year)
}

fn month_of(year: u64, month: u64) -> Result<Period, PeriodError> {
    let year = checked_year(year)?;
    let number = u32::try_from(month)
        .ok()
        .filter(|month| (1..=12).contains(month));
    let month = number.ok_or_else(|| PeriodError::NotInCalendar {
        understood: format!("month {month} of {year}"),
        instead: "a year has months 1 to 12".to_owned(),
    })?;
    held(Kind::Month, NaiveDate::from_ymd_opt(year, month, 1), year)
}

fn day_of(year: u64, month: u64, day: u64) -> Result<Period, PeriodError> {
    let of_month = month_of(year, month)?;
    let date = u32::try_from(day)
        .ok()
        .and_then(|day| of_month.start().with_day(day));
    let date = date.ok_or_else(|| PeriodError::NotInCalendar {
        understood: format!("day {day} of {}", of_month.label()),
        instead: format!("it has days 1 to {}", of_month.last_day().day()),
    })?;
    held(Kind::Day, Some(date), date.year())
}

fn numbered(kind: Kind, number: u64, year: u64) -> Result<Period, PeriodError> {
    let year = checked_year(year)?;
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    if kind == Kind::Quarter {
        let month = number
            .checked_sub(1)
            .and_then(|before| before.checked_mul(3));
        let start = month.and_then(|before| NaiveDate::from_ymd_opt(year, before + 1, 1));
        let start = start.ok_or_else(|| PeriodError::NotInCalendar {
            understood: format!("quarter {number} of {year}"),
            instead: "a year has quarters 1 to 4".to_owned(),
        })?;
        return held(kind, Some(start), year);
    }
    let start = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon);
    let start = start.ok_or_else(|| {
        let fifty_three = NaiveDate::from_isoywd_opt(year, 53, Weekday::Mon).is_some();
        PeriodError::NotInCalendar {
            understood: format!("week {number} of {year}"),
            instead: format!(
                "{year} has weeks 1 to {}",
                if fifty_three { 53 } else { 52 }
            ),
        }
    })?;
    held(kind, Some(start), year)
}

/// Tries this year, then earlier ones, for the latest that has begun; leap days and 53rd weeks can
/// be years back.
fn latest_begun(
    today: NaiveDate,
    of_year: impl Fn(u64) -> Result<Period, PeriodError>,
) -> Result<Period, PeriodError> {
    let this_year = u64::try_from(today.year()).unwrap_or_default();
    let refused = of_year(this_year);
    (0..=8)
        // An ISO week-year can be one ahead of the calendar's in the last days of December.
        .filter_map(|back| (this_year + 1).checked_sub(back))
        .filter_map(|year| of_year(year).ok())
        .find(|period| period.start() <= today)
        .map_or(refused, Ok)
}

fn month_of_some_year(month: u64, today: NaiveDate) -> Result<Period, PeriodError> {
    latest_begun(today, |year| month_of(year, month))
}

fn day_of_some_year(month: u64, day: u64, today: NaiveDate) -> Result<Period, PeriodError> {
    latest_begun(today, |year| day_of(year, month, day))
}

fn numbered_of_some_year(kind: Kind, number: u64, today: NaiveDate) -> Result<Period, PeriodError> {
    latest_begun(today, |year| numbered(kind, number, year))
}

fn unit_named(word: &str) -> Option<Kind> {
    Some(match word {
        "day" | "days" => Kind::Day,
        "week" | "weeks" => Kind::Week,
        "month" | "months" => Kind::Month,
        "quarter" | "quarters" => Kind::Quarter,
        "year" | "years" => Kind::Year,
        _ => return None,
    })
}

/// What a number can count within a year.
fn mark_named(word: &str) -> Option<Kind> {
    match word {
        "q" | "quarter" => Some(Kind::Quarter),
        "w" | "wk" | "cw" | "kw" | "week" => Some(Kind::Week),
        _ => None,
    }
}

/// A month's number by its English name or at least three letters of it.
fn month_named(word: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let found = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && month.starts_with(word))?;
    u64::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests;
