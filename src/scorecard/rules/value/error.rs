//! Why a text is no value, in words that say what was understood.

use rust_decimal::Decimal;

use super::super::show::grouped;

/// Why a text is no value of a metric. Each text stands alone and carries no markup.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Nothing was typed.
    #[error("There is no value. Type a number, such as “82%”, “1.2k” or “7/9”.")]
    Empty,
    /// Nothing that reads as a number.
    #[error("I read no number in “{typed}”. Type one such as “82%”, “1.2k”, “1250.50” or “7/9”.")]
    Unknown {
        /// As typed, fit to be shown.
        typed: String,
    },
    /// It has two meanings.
    #[error("“{typed}” could mean {one} or {other}. Type “{}” or “{other}”.", one.replace(',', ""))]
    Ambiguous {
        /// As typed, fit to be shown.
        typed: String,
        /// One meaning.
        one: String,
        /// The other.
        other: String,
    },
    /// A bare number below 1 where per cents are wanted.
    #[error("I cannot tell whether that is {small} % or {large} %. Type “{small}%” or “{large}%”.")]
    Share {
        /// As typed.
        small: String,
        /// A hundred times that.
        large: String,
    },
    /// More than fifteen digits before the decimal point.
    #[error("That number is too long. Values go up to 15 digits before the decimal point.")]
    TooLong,
    /// More than six decimals.
    #[error("That number is too fine. Values have up to six decimals: round it.")]
    TooFine,
    /// Something divided by nothing.
    #[error(
        "I understood {numerator} of 0, and nothing can be divided by 0. If there was nothing to \
         count, leave the period without a reading."
    )]
    OverZero {
        /// What was to be divided.
        numerator: String,
    },
    /// A share of more than the whole.
    #[error(
        "I understood {numerator} of {denominator}, which is more than all of them. Check which number comes first."
    )]
    MoreThanWhole {
        /// The part.
        numerator: String,
        /// The whole.
        denominator: String,
    },
    /// A fraction where whole things are counted.
    #[error("This metric counts whole things. Type one number, such as “12”.")]
    FractionOfCount,
    /// A count with decimals.
    #[error(
        "I understood {value}, and this metric counts whole things. Type a number without decimals."
    )]
    NotWhole {
        /// As understood.
        value: String,
    },
    /// Below 0 where that cannot be.
    #[error("I understood {value}, and this metric cannot be below 0.")]
    Negative {
        /// As understood.
        value: String,
    },
    /// Above what is possible.
    #[error("I understood {value}, and this metric cannot exceed {ceiling}.")]
    AboveCeiling {
        /// As understood.
        value: String,
        /// The most there can be.
        ceiling: String,
    },
    /// Not on the scale.
    #[error("I understood {value}, and this metric goes from 1 to 5. Type one such as “4.2”.")]
    NotOneToFive {
        /// As understood.
        value: String,
    },
    /// Another unit than the metric's.
    #[error(
        "I understood {understood}, and this metric is measured in {wanted}. Type it in {wanted}."
    )]
    OtherUnit {
        /// "hours".
        understood: String,
        /// "days".
        wanted: String,
    },
}

/// What was typed, fit to stand inside a sentence: no markup, no mention, at most 30 characters.
pub(super) fn quoted(typed: &str) -> String {
    let kept = typed
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| c.is_alphanumeric() || " %€$£¥.,/-+'".contains(*c));
    kept.take(30).collect::<String>().trim().to_owned()
}

/// A number in a sentence, with its thousands apart.
pub(super) fn written(number: Decimal) -> String {
    grouped(number)
}
