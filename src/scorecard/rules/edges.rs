//! Reads the red and the green edge as people type them.
//!
//! A number each ("60", "80 %"); two each for a range ("35..85" red, "50..70" green); a share of the
//! period's target each ("85% of target"); or "baseline", for edges that follow from the first two
//! periods.

use rust_decimal::Decimal;

use super::value::{self, Measure, ValueError};
use super::{Band, BandError, Better, Edges, Unit};

/// Why edges cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgesError {
    /// One is there and the other is not.
    Half,
    /// One is a share of the target and the other is not, or one is a baseline and the other is not.
    Mixed,
    /// One of them is no number of the metric.
    Value(ValueError),
    /// They make no band.
    Band(BandError),
}

impl From<ValueError> for EdgesError {
    fn from(why: ValueError) -> Self {
        Self::Value(why)
    }
}

impl From<BandError> for EdgesError {
    fn from(why: BandError) -> Self {
        Self::Band(why)
    }
}

/// An edge as typed, by its form.
enum Edge<'a> {
    Baseline,
    Share(&'a str),
    Plain(&'a str),
}

impl<'a> Edge<'a> {
    fn of(typed: &'a str) -> Self {
        let typed = typed.trim();
        if typed.eq_ignore_ascii_case("baseline") {
            return Self::Baseline;
        }
        match typed.strip_suffix("of target") {
            Some(share) => Self::Share(share.trim_end()),
            None => Self::Plain(typed),
        }
    }
}

/// The edges that are meant; nothing typed leaves them unset.
///
/// # Errors
/// [`EdgesError`].
pub fn read(red: &str, green: &str, better: Better, measure: Measure) -> Result<Edges, EdgesError> {
    if red.trim().is_empty() && green.trim().is_empty() {
        return Ok(Edges::Unset);
    }
    if [red, green].iter().any(|typed| typed.trim().is_empty()) {
        let is_baseline = |typed: &str| typed.trim().eq_ignore_ascii_case("baseline");
        if is_baseline(red) || is_baseline(green) {
            return Ok(Edges::Baseline);
        }
        return Err(EdgesError::Half);
    }
    match (Edge::of(red), Edge::of(green)) {
        (Edge::Baseline, Edge::Baseline) => Ok(Edges::Baseline),
        (Edge::Share(red), Edge::Share(green)) => {
            let percent = Measure {
                unit: Unit::Percent,
                ceiling: None,
            };
            Ok(Edges::OfTarget(band(red, green, better, percent)?))
        }
        (Edge::Plain(red), Edge::Plain(green)) => {
            Ok(Edges::Fixed(band(red, green, better, measure)?))
        }
        _ => Err(EdgesError::Mixed),
    }
}

fn band(red: &str, green: &str, better: Better, measure: Measure) -> Result<Band, EdgesError> {
    let one =
        |typed: &str| -> Result<Decimal, ValueError> { Ok(value::read(typed, measure)?.number) };
    Ok(match better {
        Better::Higher => Band::higher(one(red)?, one(green)?)?,
        Better::Lower => Band::lower(one(red)?, one(green)?)?,
        Better::Range => {
            let two = |typed: &str| -> Result<(Decimal, Decimal), EdgesError> {
                let (low, high) = typed.split_once("..").ok_or(BandError::Range)?;
                Ok((one(low)?, one(high)?))
            };
            Band::range(two(red)?, two(green)?)?
        }
    })
}

/// The red and the green edge as they can be typed again.
#[must_use]
pub fn written(edges: &Edges) -> (String, String) {
    let (band, suffix) = match edges {
        Edges::Unset => return (String::new(), String::new()),
        Edges::Baseline => return ("baseline".to_owned(), "baseline".to_owned()),
        Edges::Fixed(band) => (band, ""),
        Edges::OfTarget(band) => (band, "% of target"),
    };
    let text = |number: Decimal| value::canonical(number);
    let (red, green) = match (band.low(), band.high()) {
        (Some(low), Some(high)) => (
            format!("{}..{}", text(low.red), text(high.red)),
            format!("{}..{}", text(low.green), text(high.green)),
        ),
        (Some(side), None) | (None, Some(side)) => (text(side.red), text(side.green)),
        (None, None) => return (String::new(), String::new()),
    };
    (format!("{red}{suffix}"), format!("{green}{suffix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(red: &str, green: &str, better: Better) -> Result<Edges, EdgesError> {
        let measure = Measure {
            unit: Unit::Hours,
            ceiling: None,
        };
        read(red, green, better, measure)
    }

    #[test]
    fn edges_are_written_as_they_are_read() {
        for (red, green, better) in [
            ("24", "8", Better::Lower),
            ("2", "4.5", Better::Higher),
            ("35..85", "50..70", Better::Range),
            ("85% of target", "100% of target", Better::Higher),
            ("baseline", "baseline", Better::Higher),
            ("", "", Better::Higher),
        ] {
            let edges = hours(red, green, better).unwrap();
            assert_eq!(written(&edges), (red.to_owned(), green.to_owned()));
        }
    }

    #[test]
    fn edges_that_make_no_band_are_told_apart() {
        let refused = |red, green, better| hours(red, green, better).unwrap_err();
        assert_eq!(refused("24", "", Better::Lower), EdgesError::Half);
        assert_eq!(refused("24", "baseline", Better::Lower), EdgesError::Mixed);
        assert_eq!(
            refused("8", "24", Better::Lower),
            EdgesError::Band(BandError::Lower)
        );
        assert_eq!(
            refused("8", "24", Better::Range),
            EdgesError::Band(BandError::Range)
        );
        assert!(matches!(
            refused("much", "24", Better::Higher),
            EdgesError::Value(_)
        ));
        assert_eq!(hours("baseline", "", Better::Lower), Ok(Edges::Baseline));
    }
}
