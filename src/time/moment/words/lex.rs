//! The words of a time: weekdays, months, numbers, clocks and dates.

use chrono::{NaiveTime, Weekday};

use super::super::error::MomentError;
use super::super::resolve;
use super::Unit;

/// A word that means something in a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Clock(NaiveTime),
    /// "1.12", which is a date or a time.
    Pair(u32, u32),
    Number(u32),
    /// 1 to 31.
    Ordinal(u32),
    Weekday(Weekday),
    Month(u32),
    Date {
        day: u32,
        month: u32,
        year: Option<i32>,
    },
    Unit(Unit),
    Yesterday,
    Today,
    Tomorrow,
    This,
    Next,
    Last,
    In,
    At,
    End,
}

impl Word {
    pub(super) const fn is_a_day(self) -> bool {
        matches!(
            self,
            Self::Weekday(_)
                | Self::Month(_)
                | Self::Date { .. }
                | Self::Yesterday
                | Self::Today
                | Self::Tomorrow
                | Self::Ordinal(_)
        )
    }
}

/// The words of a text; `None` when one of them means nothing here.
pub(super) fn words(typed: &str) -> Result<Option<Vec<Word>>, MomentError> {
    let text = typed
        .to_lowercase()
        .replace(',', " ")
        .replace('@', " at ")
        .replace("a.m.", "am")
        .replace("p.m.", "pm");
    let mut tokens: Vec<String> = Vec::new();
    for token in text.split_whitespace() {
        match tokens.last_mut() {
            // "10 am" is one word.
            Some(before) if matches!(token, "am" | "pm") => before.push_str(token),
            _ => tokens.push(token.to_owned()),
        }
    }
    let mut words = Vec::with_capacity(tokens.len());
    for token in &tokens {
        if matches!(
            token.as_str(),
            "on" | "the" | "of" | "every" | "each" | "o'clock"
        ) {
            continue;
        }
        if let Some((date, clock)) = iso_with_clock(token) {
            let (Some(date), Some(clock)) = (date_word(date)?, clock_word(clock)?) else {
                return Ok(None);
            };
            words.extend([date, clock]);
        } else if let Some((number, unit)) = number_with_unit(token) {
            words.extend([number, unit]);
        } else if let Some((end, unit)) = end_of(token) {
            words.extend([end, Word::Unit(unit)]);
        } else if let Some(word) = word(token)? {
            words.push(word);
        } else {
            return Ok(None);
        }
    }
    Ok(Some(words))
}

fn word(token: &str) -> Result<Option<Word>, MomentError> {
    let plain = match token {
        "yesterday" => Some(Word::Yesterday),
        "today" | "tonight" => Some(Word::Today),
        "tomorrow" | "tmr" | "tmrw" | "tomorow" => Some(Word::Tomorrow),
        "this" => Some(Word::This),
        "next" => Some(Word::Next),
        "last" => Some(Word::Last),
        "in" => Some(Word::In),
        "at" => Some(Word::At),
        "end" => Some(Word::End),
        "noon" | "midday" => NaiveTime::from_hms_opt(12, 0, 0).map(Word::Clock),
        "a" | "an" | "one" => Some(Word::Number(1)),
        "two" => Some(Word::Number(2)),
        "three" => Some(Word::Number(3)),
        "four" => Some(Word::Number(4)),
        "five" => Some(Word::Number(5)),
        "six" => Some(Word::Number(6)),
        "first" => Some(Word::Ordinal(1)),
        "second" => Some(Word::Ordinal(2)),
        "third" => Some(Word::Ordinal(3)),
        "fourth" => Some(Word::Ordinal(4)),
        "fifth" => Some(Word::Ordinal(5)),
        _ => None,
    };
    let plain = plain
        .or_else(|| weekday(token).map(Word::Weekday))
        .or_else(|| resolve::month(token.trim_end_matches('.')).map(Word::Month))
        .or_else(|| unit(token).map(Word::Unit))
        .or_else(|| number(token).map(Word::Number))
        .or_else(|| ordinal(token).map(Word::Ordinal));
    match plain {
        Some(word) => Ok(Some(word)),
        None => match clock_word(token)? {
            Some(clock) => Ok(Some(clock)),
            None => date_word(token),
        },
    }
}

/// A weekday by at least its first three letters, also in the plural.
pub(in crate::time) fn weekday(token: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("mondays", Weekday::Mon),
        ("tuesdays", Weekday::Tue),
        ("wednesdays", Weekday::Wed),
        ("thursdays", Weekday::Thu),
        ("fridays", Weekday::Fri),
        ("saturdays", Weekday::Sat),
        ("sundays", Weekday::Sun),
    ];
    let token = token.trim_end_matches('.');
    NAMES
        .iter()
        .find(|(name, _)| token.len() >= 3 && name.starts_with(token))
        .map(|(_, weekday)| *weekday)
}

fn unit(token: &str) -> Option<Unit> {
    Some(match token {
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hour,
        "d" | "day" | "days" => Unit::Day,
        "w" | "wk" | "wks" | "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "y" | "year" | "years" => Unit::Year,
        _ => return None,
    })
}

/// At most four digits.
fn number(token: &str) -> Option<u32> {
    let sound = (1..=4).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_digit());
    sound.then(|| token.parse().ok()).flatten()
}

fn ordinal(token: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| token.strip_suffix(ending))?;
    number(digits).filter(|day| (1..=31).contains(day))
}

/// "24", "24th" or "24.": a day of a month.
pub(in crate::time::moment) fn number_of_day(token: &str) -> Option<u32> {
    let token = token.trim_end_matches('.');
    number(token)
        .or_else(|| ordinal(token))
        .filter(|day| (1..=31).contains(day))
}

/// "2h", "90min", "3d".
fn number_with_unit(token: &str) -> Option<(Word, Word)> {
    let letters = token.find(|c: char| c.is_alphabetic())?;
    let (digits, rest) = token.split_at_checked(letters)?;
    Some((Word::Number(number(digits)?), Word::Unit(unit(rest)?)))
}

fn end_of(token: &str) -> Option<(Word, Unit)> {
    let unit = match token {
        "eod" => Unit::Day,
        "eow" => Unit::Week,
        "eom" => Unit::Month,
        "eoy" => Unit::Year,
        _ => return None,
    };
    Some((Word::End, unit))
}

/// "2026-12-01t14:30".
fn iso_with_clock(token: &str) -> Option<(&str, &str)> {
    let (date, clock) = token.split_once('t')?;
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    (digits(date) && date.contains('-') && digits(clock)).then_some((date, clock))
}

/// A time of day: "14:30", "14:30:00", "2:30pm", "2.30pm", "9am"; or "1.12", which may be one.
pub(super) fn clock_word(token: &str) -> Result<Option<Word>, MomentError> {
    let half = ["am", "pm"].iter().find(|half| token.ends_with(*half));
    let digits = token.trim_end_matches("am").trim_end_matches("pm");
    let parts: Vec<&str> = digits.split([':', '.']).collect();
    let numbers: Option<Vec<u32>> = parts
        .iter()
        .map(|part| number(part).filter(|_| part.len() <= 2))
        .collect();
    let Some(numbers) = numbers else {
        return Ok(None);
    };
    let colon = digits.contains(':');
    if colon && digits.contains('.') {
        return Ok(None);
    }
    let (hours, minutes) = match (numbers.as_slice(), half) {
        ([hours], Some(_)) => (*hours, 0),
        ([hours, minutes], Some(_)) => (*hours, *minutes),
        ([hours, minutes], None) if colon => (*hours, *minutes),
        ([hours, minutes, seconds], _) if colon && *seconds < 60 => (*hours, *minutes),
        ([one, other], None) => return Ok(Some(Word::Pair(*one, *other))),
        _ => return Ok(None),
    };
    let hours = match half {
        None => Some(hours),
        Some(_) if !(1..=12).contains(&hours) => None,
        Some(half) => Some(hours % 12 + if *half == "pm" { 12 } else { 0 }),
    };
    hours
        .and_then(|hours| NaiveTime::from_hms_opt(hours, minutes, 0))
        .map(|clock| Some(Word::Clock(clock)))
        .ok_or_else(|| MomentError::no_such_time(token))
}

/// A time of day of a daily stretch: as a clock shows it, an hour alone on the 24-hour clock, or 24:00.
pub(in crate::time) fn clock_of_stretch(token: &str) -> Option<NaiveTime> {
    if token == "24:00" || token == "24" || token == "midnight" {
        return Some(NaiveTime::MIN);
    }
    if let Some(hour) = number(token) {
        return NaiveTime::from_hms_opt(hour, 0, 0);
    }
    match word(token).ok().flatten()? {
        Word::Clock(clock) => Some(clock),
        Word::Pair(hour, minute) => NaiveTime::from_hms_opt(hour, minute, 0),
        _ => None,
    }
}

/// An hour without minutes and without am or pm.
pub(super) fn hour(hour: u32) -> Result<NaiveTime, MomentError> {
    if (1..=6).contains(&hour) {
        return Err(MomentError::AmbiguousHour { hour });
    }
    NaiveTime::from_hms_opt(hour, 0, 0).ok_or_else(|| MomentError::no_such_time(&hour.to_string()))
}

/// A date in digits, if there is such a day in any year.
pub(super) fn calendar(day: u32, month: u32, year: Option<i32>) -> Option<Word> {
    chrono::NaiveDate::from_ymd_opt(year.unwrap_or(2024), month, day)?;
    Some(Word::Date { day, month, year })
}

fn date_word(token: &str) -> Result<Option<Word>, MomentError> {
    let missing = || MomentError::no_such_date(token);
    let parts = |mark: char| -> Option<Vec<(u32, usize)>> {
        let trimmed = if mark == '.' {
            token.trim_end_matches('.')
        } else {
            token
        };
        (token.contains(mark))
            .then(|| {
                trimmed
                    .split(mark)
                    .map(|part| Some((number(part)?, part.len())))
                    .collect()
            })
            .flatten()
    };
    let whole = |year: u32, length: usize| match length {
        4 => i32::try_from(year).ok(),
        2 => i32::try_from(2000 + year).ok(),
        _ => None,
    };
    for mark in ['-', '/'] {
        if let Some([(year, 4), (month, ..), (day, ..)]) = parts(mark).as_deref() {
            return calendar(*day, *month, whole(*year, 4))
                .map(Some)
                .ok_or_else(missing);
        }
    }
    match parts('.').as_deref() {
        Some([(day, 1 | 2), (month, 1 | 2)]) => {
            return calendar(*day, *month, None).map(Some).ok_or_else(missing);
        }
        Some([(day, 1 | 2), (month, 1 | 2), (year, length)]) => {
            let year = whole(*year, *length).ok_or_else(missing)?;
            return calendar(*day, *month, Some(year))
                .map(Some)
                .ok_or_else(missing);
        }
        _ => {}
    }
    let (one, other, year) = match parts('/').as_deref() {
        Some([(one, 1 | 2), (other, 1 | 2)]) => (*one, *other, None),
        Some([(one, 1 | 2), (other, 1 | 2), (year, length)]) => {
            let year = whole(*year, *length).ok_or_else(missing)?;
            (*one, *other, Some(year))
        }
        _ => return Ok(None),
    };
    match (calendar(one, other, year), calendar(other, one, year)) {
        (Some(_), Some(_)) if one != other => {
            let said = |day: u32, month: u32| {
                let year = year.map(|year| format!(" {year}")).unwrap_or_default();
                format!("{day} {}{year}", resolve::month_name(month))
            };
            Err(MomentError::AmbiguousDate {
                typed: super::super::error::quoted(token),
                first: said(one, other),
                second: said(other, one),
            })
        }
        (Some(date), _) | (None, Some(date)) => Ok(Some(date)),
        (None, None) => Err(missing()),
    }
}
