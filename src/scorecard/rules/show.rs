//! Values as people read them: by unit, with one sensible rounding and thousands apart.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::value::{Value, rounded};
use super::{Band, Side, Unit};
use crate::time::{Kind, Period};

/// "82 %", "78 % (7 of 9)", "1,250", "4.5 h", "90 days", "15 points", "€1,250,500", "CHF 980".
#[must_use]
pub fn value(value: &Value, unit: Unit) -> String {
    let plain = brief(value, unit);
    let Some((numerator, denominator)) = value.fraction else {
        return plain;
    };
    let (part, whole) = (grouped(numerator), grouped(denominator));
    if unit == Unit::Percent {
        format!("{plain} ({part} of {whole})")
    } else {
        format!("{plain} ({part} / {whole})")
    }
}

/// The value without the parts that it was made of: "78 %".
#[must_use]
pub fn brief(value: &Value, unit: Unit) -> String {
    if value.fraction.is_none() || unit != Unit::Percent {
        return number(value.number, unit);
    }
    let decimals = u32::from(value.number.abs() < Decimal::TEN);
    format!("{} %", grouped(rounded(value.number, decimals)))
}

/// A period where room is short: "W42 2026", "Oct 2026", "Q4 2026".
#[must_use]
pub fn period(period: &Period) -> String {
    let start = period.start();
    match period.kind() {
        Kind::Week => {
            let week = start.iso_week();
            format!("W{} {}", week.week(), week.year())
        }
        Kind::Month => start.format("%b %Y").to_string(),
        _ => period.label(),
    }
}

/// What is good, where room is short: "target 85 %", "≥ 80 %", "≤ 8 h", "50 % – 70 %"; empty when
/// that is not known.
#[must_use]
pub fn goal(target: Option<Decimal>, band: Option<&Band>, unit: Unit) -> String {
    if let Some(target) = target {
        return format!("target {}", number(target, unit));
    }
    let edge = |side: Side| number(side.green, unit);
    match band.map(|band| (band.low().map(edge), band.high().map(edge))) {
        Some((Some(low), Some(high))) => format!("{low} – {high}"),
        Some((Some(low), None)) => format!("≥ {low}"),
        Some((None, Some(high))) => format!("≤ {high}"),
        Some((None, None)) | None => String::new(),
    }
}

/// A number in its unit.
#[must_use]
pub fn number(number: Decimal, unit: Unit) -> String {
    let text = grouped(rounded(number.abs(), decimals(number, unit)));
    let text = match unit {
        Unit::Percent => format!("{text} %"),
        Unit::Hours => format!("{text} h"),
        Unit::Days => counted(&text, "day"),
        Unit::Points => counted(&text, "point"),
        Unit::Count | Unit::Ratio | Unit::OneToFive => text,
        Unit::Currency(_) => money(&text, unit),
    };
    signed(number, &text)
}

/// A number in its unit where room is short: "€1.3m", "12k", "82 %".
#[must_use]
pub fn short(number: Decimal, unit: Unit) -> String {
    let steps = [(1_000_000_000_i64, "bn"), (1_000_000, "m"), (10_000, "k")];
    let size = number.abs();
    let text = steps
        .into_iter()
        .find(|(from, _)| size >= Decimal::from(*from))
        .map_or_else(
            || grouped(rounded(size, decimals(size, unit).min(2))),
            |(from, letter)| {
                let by = if letter == "k" { 1_000 } else { from };
                format!("{}{letter}", rounded(size / Decimal::from(by), 1))
            },
        );
    let text = match unit {
        Unit::Percent => format!("{text} %"),
        Unit::Hours => format!("{text} h"),
        Unit::Days => format!("{text} d"),
        Unit::Currency(_) => money(&text, unit),
        Unit::Count | Unit::Ratio | Unit::Points | Unit::OneToFive => text,
    };
    signed(number, &text)
}

/// A difference with its sign: "+3 points" between percentages, "−1.5 h", "±0".
#[must_use]
pub fn change(difference: Decimal, unit: Unit) -> String {
    let unit = match unit {
        Unit::Percent => Unit::Points,
        unit => unit,
    };
    if rounded(difference, decimals(difference, unit)).is_zero() {
        return "±0".to_owned();
    }
    let text = number(difference, unit);
    if difference.is_sign_negative() {
        text
    } else {
        format!("+{text}")
    }
}

/// The number with commas between thousands, as exact as it is.
#[must_use]
pub fn grouped(number: Decimal) -> String {
    let text = number.abs().normalize().to_string();
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text.as_str(), None),
    };
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    signed(number, &out)
}

/// How many decimals are shown.
fn decimals(number: Decimal, unit: Unit) -> u32 {
    match unit {
        Unit::Count => 0,
        Unit::Percent | Unit::Hours | Unit::Days | Unit::Points => 1,
        Unit::Ratio | Unit::OneToFive => 2,
        Unit::Currency(_) if number.abs() >= Decimal::ONE_THOUSAND => 0,
        Unit::Currency(_) => 2,
    }
}

fn counted(text: &str, noun: &str) -> String {
    let plural = if text == "1" { "" } else { "s" };
    format!("{text} {noun}{plural}")
}

fn money(text: &str, unit: Unit) -> String {
    match unit.currency().unwrap_or_default() {
        "EUR" => format!("€{text}"),
        "GBP" => format!("£{text}"),
        "USD" => format!("${text}"),
        "JPY" => format!("¥{text}"),
        "INR" => format!("₹{text}"),
        code => format!("{code} {text}"),
    }
}

/// With a true minus sign, unless nothing but zeros is left of it.
fn signed(number: Decimal, text: &str) -> String {
    if number.is_sign_negative() && text.bytes().any(|c| (b'1'..=b'9').contains(&c)) {
        format!("−{text}")
    } else {
        text.to_owned()
    }
}
