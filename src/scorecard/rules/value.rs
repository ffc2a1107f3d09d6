//! Reads values as people type them, by the metric's unit, into exact decimals.
//!
//! ```text
//! value    = [sign] [currency] number [multiplier] [unit] [currency]  |  fraction
//! fraction = number ("/" | "of" | "out of") number ["%"]              "7/9" of a % is 77.777778
//! number   = digits, with "," "." " " "'" as thousands or decimal mark
//! multiplier = "k" | "thousand" | "m" | "mn" | "million" | "b" | "bn" | "billion"
//! ```
//!
//! One mark before exactly three digits ("1,250") has two meanings. The unit decides where only one is
//! possible (a count has no fraction, a mark from 1 to 5 no thousands); else it is refused with both.
//! A value has at most fifteen digits before the decimal point and six after it; of a fraction the
//! quotient is rounded to six, and both its numbers are kept as they are.

mod error;
mod number;
#[cfg(test)]
mod tests;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Unit;
pub use error::ValueError;
use error::{quoted, written};
use number::{Shape, numbers};

/// The most decimals that a value has.
pub const DECIMALS: u32 = 6;

/// What a value is a value of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What it counts.
    pub unit: Unit,
    /// What it cannot exceed; such a value is not negative either.
    pub ceiling: Option<Decimal>,
}

impl Measure {
    /// A unit without a ceiling.
    #[must_use]
    pub const fn of(unit: Unit) -> Self {
        Self {
            unit,
            ceiling: None,
        }
    }
}

/// A value as it was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// The number, without trailing zeros.
    pub number: Decimal,
    /// Of what it is the quotient, if it was given as a fraction.
    pub fraction: Option<(Decimal, Decimal)>,
}

impl Value {
    /// A plain number.
    #[must_use]
    pub fn plain(number: Decimal) -> Self {
        Self {
            number: number.normalize(),
            fraction: None,
        }
    }

    /// The quotient of two counts, in the unit: of a percentage in per cent. `None` for a
    /// denominator of 0 and beyond what a decimal holds.
    #[must_use]
    pub fn quotient(unit: Unit, numerator: Decimal, denominator: Decimal) -> Option<Self> {
        let scaled = match unit {
            Unit::Percent => numerator.checked_mul(Decimal::ONE_HUNDRED)?,
            _ => numerator,
        };
        let number = scaled.checked_div(denominator)?;
        Some(Self {
            number: rounded(number, DECIMALS),
            fraction: Some((numerator.normalize(), denominator.normalize())),
        })
    }
}

/// A number of at most so many decimals, halves away from zero, without trailing zeros.
#[must_use]
pub fn rounded(number: Decimal, decimals: u32) -> Decimal {
    number
        .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
        .normalize()
}

/// The number as it is kept: "82", "-0.5", "1250000".
#[must_use]
pub fn canonical(number: Decimal) -> String {
    number.normalize().to_string()
}

/// The value as a file carries it, so that [`read`] understands it as the same: a fraction as
/// "7 of 9" (a spreadsheet would make a date of "7/9"), per cents with their sign, and a fourth
/// decimal where three could be thousands.
#[must_use]
pub fn portable(value: &Value, unit: Unit) -> String {
    match (value.fraction, unit) {
        (Some((numerator, denominator)), _) => {
            format!("{} of {}", exact(numerator), exact(denominator))
        }
        (None, Unit::Percent) => exact(value.number) + "%",
        (None, _) => exact(value.number),
    }
}

/// The number so that it has one meaning only.
#[must_use]
pub fn exact(number: Decimal) -> String {
    let text = canonical(number);
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => text + "0",
        _ => text,
    }
}

/// The number behind a [`canonical`] text.
#[must_use]
pub fn from_canonical(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).ok()
}

/// Reads a value of a metric.
///
/// # Errors
/// See [`ValueError`]; its text says what was understood and what to type instead.
pub fn read(typed: &str, measure: Measure) -> Result<Value, ValueError> {
    let text = tidy(typed);
    if text.is_empty() {
        return Err(ValueError::Empty);
    }
    if text.chars().count() > 60 {
        return Err(unknown(typed));
    }
    if let Some((numerator, denominator)) = halves(&text) {
        return fraction(typed, numerator, denominator, measure);
    }
    let shape = Shape::of(&text).ok_or_else(|| unknown(typed))?;
    let (times, over) = shape.factor(typed, measure.unit)?;
    let meant = numbers(shape.number).ok_or_else(|| unknown(typed))?;
    // A bare 0.82 in per cent is as likely to be 82 %.
    if let (Unit::Percent, [only], false) = (measure.unit, meant.as_slice(), shape.has_unit())
        && !only.is_zero()
        && only.abs() < Decimal::ONE
    {
        let tenfold = (*only * Decimal::ONE_HUNDRED).normalize();
        return Err(ValueError::Share {
            small: written(shape.signed(*only)),
            large: written(shape.signed(tenfold)),
        });
    }
    let mut possible = Vec::new();
    let mut refused = None;
    for number in meant {
        let scaled = shape
            .signed(number)
            .checked_mul(times)
            .and_then(|scaled| match over {
                Some(over) => Some(rounded(scaled.checked_div(over)?, DECIMALS)),
                None => Some(scaled),
            })
            .ok_or(ValueError::TooLong)
            .and_then(|scaled| fitting(scaled, measure));
        match scaled {
            Ok(number) => possible.push(number),
            Err(why) => refused = refused.or(Some(why)),
        }
    }
    match (possible.as_slice(), refused) {
        ([only], _) => Ok(Value::plain(*only)),
        ([one, other, ..], _) => Err(ValueError::Ambiguous {
            typed: quoted(typed),
            one: written(*one),
            other: exact(*other),
        }),
        ([], Some(why)) => Err(why),
        ([], None) => Err(unknown(typed)),
    }
}

/// A value that need not be typed, such as a measured one, checked the same way.
///
/// # Errors
/// The bounds of the unit and the ceiling.
pub fn fitting(number: Decimal, measure: Measure) -> Result<Decimal, ValueError> {
    let number = number.normalize();
    let most = Decimal::from(1_000_000_000_000_000_i64);
    if number.abs() >= most {
        return Err(ValueError::TooLong);
    }
    if number.scale() > DECIMALS {
        return Err(ValueError::TooFine);
    }
    let value = written(number);
    match measure.unit {
        Unit::OneToFive if number < Decimal::ONE || number > Decimal::from(5) => {
            return Err(ValueError::NotOneToFive { value });
        }
        Unit::Count if !number.is_integer() => return Err(ValueError::NotWhole { value }),
        Unit::Count | Unit::Hours | Unit::Days
            if number.is_sign_negative() && !number.is_zero() =>
        {
            return Err(ValueError::Negative { value });
        }
        _ => {}
    }
    if let Some(ceiling) = measure.ceiling {
        if number > ceiling {
            return Err(ValueError::AboveCeiling {
                value,
                ceiling: written(ceiling),
            });
        }
        if number < Decimal::ZERO {
            return Err(ValueError::Negative { value });
        }
    }
    Ok(number)
}

fn fraction(
    typed: &str,
    numerator: &str,
    denominator: &str,
    measure: Measure,
) -> Result<Value, ValueError> {
    let one = |text: &str| match numbers(text.trim()).as_deref() {
        Some([only]) => Ok(*only),
        Some([one, other, ..]) => Err(ValueError::Ambiguous {
            typed: quoted(text),
            one: written(*one),
            other: exact(*other),
        }),
        _ => Err(unknown(typed)),
    };
    let denominator = denominator.trim_end_matches('%');
    let (numerator, denominator) = (one(numerator)?, one(denominator)?);
    if measure.unit == Unit::Count {
        return Err(ValueError::FractionOfCount);
    }
    if denominator.is_zero() {
        return Err(ValueError::OverZero {
            numerator: written(numerator),
        });
    }
    let (most, one_to_five) = (
        Decimal::from(1_000_000_000_000_000_i64),
        measure.unit == Unit::OneToFive,
    );
    if numerator >= most || denominator >= most {
        return Err(ValueError::TooLong);
    }
    if one_to_five && denominator == Decimal::from(5) && numerator <= denominator {
        // "4.2/5" is a mark of 4.2 out of five; "5/5" may be five marks of 1, too.
        if numerator == denominator {
            return Err(ValueError::Ambiguous {
                typed: quoted(typed),
                one: "5".to_owned(),
                other: "1".to_owned(),
            });
        }
        return Ok(Value::plain(fitting(numerator, measure)?));
    }
    if measure.unit == Unit::Percent && measure.ceiling.is_some() && numerator > denominator {
        return Err(ValueError::MoreThanWhole {
            numerator: written(numerator),
            denominator: written(denominator),
        });
    }
    let value = Value::quotient(measure.unit, numerator, denominator).ok_or(ValueError::TooLong)?;
    fitting(value.number, measure)?;
    Ok(value)
}

fn unknown(typed: &str) -> ValueError {
    ValueError::Unknown {
        typed: quoted(typed),
    }
}

/// Lower case, one kind of space, minus and apostrophe.
fn tidy(typed: &str) -> String {
    let plain = typed.chars().map(|c| match c {
        '\u{2212}' | '\u{2013}' => '-',
        '\u{2019}' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    plain.collect::<String>().trim().to_lowercase()
}

fn halves(text: &str) -> Option<(&str, &str)> {
    [" out of ", " of ", "/"]
        .into_iter()
        .find_map(|mark| text.split_once(mark))
}
