//! The parts of a typed value, and the numbers that its digits can mean.

use rust_decimal::Decimal;

use super::super::Unit;
use super::error::ValueError;

/// Currency symbols, and the codes that each may stand for.
const SYMBOLS: [(&str, &[&str]); 5] = [
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("¥", &["JPY", "CNY"]),
    ("₹", &["INR"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"]),
];

/// A typed value in its parts, in lower case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape<'a> {
    is_negative: bool,
    /// What stands before the digits.
    prefix: &'a str,
    /// Digits and marks.
    pub(super) number: &'a str,
    /// What stands after them.
    suffix: &'a str,
}

impl<'a> Shape<'a> {
    /// The parts; `None` if there are no digits, or digits in two places.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let (mut is_negative, mut rest) = sign(text);
        let begins = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let start = rest.find(begins)?;
        let (mut prefix, tail) = rest.split_at_checked(start)?;
        if !is_negative {
            // "€-5"
            let trimmed = prefix.trim_end();
            if let Some(before) = trimmed.strip_suffix('-') {
                (is_negative, prefix) = (true, before);
            }
        }
        let is_number = |c: char| c.is_ascii_digit() || ".,' _".contains(c);
        let end = tail.find(|c| !is_number(c)).unwrap_or(tail.len());
        let (number, suffix) = tail.split_at_checked(end)?;
        rest = suffix.trim();
        if rest.chars().any(char::is_numeric) {
            return None;
        }
        Some(Self {
            is_negative,
            prefix: prefix.trim(),
            number: number.trim(),
            suffix: rest,
        })
    }

    /// Whether a unit or a multiplier stands there.
    pub(super) const fn has_unit(&self) -> bool {
        !self.suffix.is_empty()
    }

    /// The number with its sign.
    pub(super) fn signed(&self, number: Decimal) -> Decimal {
        if self.is_negative { -number } else { number }
    }

    /// By what the number is to be multiplied and divided, once the unit is seen to be the metric's.
    pub(super) fn factor(
        &self,
        typed: &str,
        unit: Unit,
    ) -> Result<(Decimal, Option<Decimal>), ValueError> {
        let unknown = || super::unknown(typed);
        let mut words = self.suffix;
        for word in [self.prefix, currency_at_end(words)] {
            if word.is_empty() {
                continue;
            }
            currency(word, unit).ok_or_else(unknown)??;
        }
        words = words
            .strip_suffix(currency_at_end(words))
            .unwrap_or(words)
            .trim();
        let (multiplier, word) = multiplier(words, unit);
        match (word, unit) {
            ("", _) => Ok((multiplier, None)),
            ("%" | "percent" | "per cent" | "pct", Unit::Percent)
            | ("h" | "hr" | "hrs" | "hour" | "hours", Unit::Hours)
            | ("d" | "day" | "days", Unit::Days)
            | ("x" | "times", Unit::Ratio)
            | ("p" | "pt" | "pts" | "pp" | "point" | "points", Unit::Points) => {
                Ok((multiplier, None))
            }
            ("min" | "mins" | "minute" | "minutes", Unit::Hours) => {
                Ok((multiplier, Some(Decimal::from(60))))
            }
            (word, unit) => {
                let understood = named(word).ok_or_else(unknown)?;
                Err(ValueError::OtherUnit {
                    understood: understood.to_owned(),
                    wanted: wanted(unit),
                })
            }
        }
    }
}

fn sign(text: &str) -> (bool, &str) {
    match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) => (true, rest.trim_start()),
        (_, Some(rest)) => (false, rest.trim_start()),
        (None, None) => (false, text),
    }
}

/// A currency's symbol or code at the end, or nothing.
fn currency_at_end(words: &str) -> &str {
    if let Some((symbol, _)) = SYMBOLS.iter().find(|(symbol, _)| words.ends_with(symbol)) {
        return symbol;
    }
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_code = last.len() == 3 && last.bytes().all(|c| c.is_ascii_lowercase());
    if is_code && !matches!(last, "min" | "hrs" | "day" | "pct" | "pts") {
        last
    } else {
        ""
    }
}

/// Whether the word is the metric's currency; `None` if it is no currency at all.
fn currency(word: &str, unit: Unit) -> Option<Result<(), ValueError>> {
    let symbol = SYMBOLS.iter().find(|(symbol, _)| *symbol == word);
    let is_code = word.len() == 3 && word.bytes().all(|c| c.is_ascii_lowercase());
    if symbol.is_none() && !is_code {
        return None;
    }
    let is_same = unit.currency().is_some_and(|code| match symbol {
        Some((_, codes)) => codes.contains(&code),
        None => code.eq_ignore_ascii_case(word),
    });
    Some(if is_same {
        Ok(())
    } else {
        Err(ValueError::OtherUnit {
            understood: word.to_uppercase(),
            wanted: wanted(unit),
        })
    })
}

/// The multiplier that the words begin with, and the rest.
fn multiplier(words: &str, unit: Unit) -> (Decimal, &str) {
    let known: [(&str, i64); 9] = [
        ("thousand", 1_000),
        ("million", 1_000_000),
        ("billion", 1_000_000_000),
        ("mio", 1_000_000),
        ("mn", 1_000_000),
        ("bn", 1_000_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
        ("b", 1_000_000_000),
    ];
    // "90 m" of hours is as likely to be minutes.
    let is_time = matches!(unit, Unit::Hours | Unit::Days);
    for (name, times) in known {
        let Some(rest) = words.strip_prefix(name) else {
            continue;
        };
        if rest.starts_with(|c: char| c.is_alphabetic() && !(name == "k" && is_time)) {
            continue;
        }
        if name == "m" && is_time {
            continue;
        }
        return (Decimal::from(times), rest.trim());
    }
    (Decimal::ONE, words)
}

/// The unit that a word names.
fn named(word: &str) -> Option<&'static str> {
    Some(match word {
        "%" | "percent" | "per cent" | "pct" => "per cent",
        "h" | "hr" | "hrs" | "hour" | "hours" => "hours",
        "min" | "mins" | "minute" | "minutes" => "minutes",
        "d" | "day" | "days" => "days",
        "w" | "week" | "weeks" => "weeks",
        "x" | "times" => "a ratio",
        "p" | "pt" | "pts" | "pp" | "point" | "points" => "points",
        _ => return None,
    })
}

/// A unit as it stands in a refusal.
fn wanted(unit: Unit) -> String {
    match unit {
        Unit::Percent => "per cent",
        Unit::Count => "whole numbers",
        Unit::Hours => "hours",
        Unit::Days => "days",
        Unit::Ratio => "plain numbers",
        Unit::Points => "points",
        Unit::OneToFive => "marks from 1 to 5",
        Unit::Currency(_) => return unit.currency().unwrap_or_default().to_owned(),
    }
    .to_owned()
}

/// The numbers that digits and marks can mean: one, or two that differ in what a single mark before
/// three digits is, thousands first. `None` if they mean none.
pub(super) fn numbers(text: &str) -> Option<Vec<Decimal>> {
    let bytes = text.as_bytes();
    let is_sound = |c: &u8| c.is_ascii_digit() || b".,' _".contains(c);
    if !bytes.iter().all(is_sound) || !bytes.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let marks: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| !c.is_ascii_digit())
        .collect();
    let Some(&(last_at, last)) = marks.last() else {
        return Some(vec![decimal(text, "")?]);
    };
    let (whole, tail) = text.split_at_checked(last_at)?;
    let decimals = tail.get(1..)?;
    let thousands = |groups: &str| {
        let mark = groups.chars().find(|c| !c.is_ascii_digit());
        match mark {
            None => decimal(groups, ""),
            Some(mark) => is_grouped(groups, mark)
                .then(|| decimal(&groups.replace(mark, ""), ""))
                .flatten(),
        }
    };
    let may_be_decimal = last == '.' || last == ',';
    let is_once = marks.iter().filter(|(_, mark)| *mark == last).count() == 1;
    if !may_be_decimal || !is_once {
        return Some(vec![thousands(text)?]);
    }
    let whole_number = if whole.is_empty() {
        String::from("0")
    } else {
        thousands(whole)?.to_string()
    };
    let with_decimals = decimal(&whole_number, decimals);
    let is_alone = marks.len() == 1;
    if is_alone && decimals.len() == 3 && is_grouped(text, last) {
        return Some(vec![thousands(text)?, with_decimals?]);
    }
    Some(vec![with_decimals?])
}

/// Whether the digits stand in groups of three behind a first one of one to three, not "0".
fn is_grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let is_digits = |group: &str| group.bytes().all(|c| c.is_ascii_digit());
    groups.next().is_some_and(|first| {
        (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0')
    }) && groups.all(|group| group.len() == 3 && is_digits(group))
}

fn decimal(whole: &str, decimals: &str) -> Option<Decimal> {
    let is_digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    if !is_digits(whole) || !is_digits(decimals) || whole.len() > 24 || decimals.len() > 20 {
        return None;
    }
    let text = if decimals.is_empty() {
        whole.to_owned()
    } else {
        format!("{whole}.{decimals}")
    };
    Decimal::from_str_exact(&text).ok()
}
