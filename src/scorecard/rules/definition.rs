//! What a metric means: its unit, its edges, its weight, and the four questions.

use std::fmt;

use rust_decimal::Decimal;

use super::{Better, Cadence, Perspective, Timing};
use crate::ids::MetricId;

/// What a value counts. Percentages are kept as per cent: 82 is 82 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Per cent.
    Percent,
    /// Whole things.
    Count,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// So many times as much.
    Ratio,
    /// Points, also percentage points.
    Points,
    /// A mark from 1 to 5.
    OneToFive,
    /// Money, by its ISO 4217 code in capitals.
    Currency([u8; 3]),
}

impl Unit {
    /// The word in the database, in files and templates; a currency's code stands beside it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Count => "count",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Ratio => "ratio",
            Self::Points => "points",
            Self::OneToFive => "1-5",
            Self::Currency(_) => "currency",
        }
    }

    /// What the word means; a currency needs its code, in any case.
    #[must_use]
    pub fn from_word(word: &str, currency: Option<&str>) -> Option<Self> {
        Some(match word {
            "%" => Self::Percent,
            "count" => Self::Count,
            "hours" => Self::Hours,
            "days" => Self::Days,
            "ratio" => Self::Ratio,
            "points" => Self::Points,
            "1-5" => Self::OneToFive,
            "currency" => {
                let code: [u8; 3] = currency?.as_bytes().try_into().ok()?;
                code.iter().all(u8::is_ascii_alphabetic).then_some(())?;
                Self::Currency(code.map(|c| c.to_ascii_uppercase()))
            }
            _ => return None,
        })
    }

    /// The currency's code: "EUR".
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        match self {
            Self::Currency(code) => std::str::from_utf8(code).ok(),
            _ => None,
        }
    }
}

/// The red and the green edge on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Beyond it is red; on it amber.
    pub red: Decimal,
    /// From it on, it is green.
    pub green: Decimal,
}

/// The edges between which a value is judged: of one side, or of both for a range. On the low side
/// red lies below green, on the high side above, and a range's greens do not cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    low: Option<Side>,
    high: Option<Side>,
}

/// Why edges make no band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BandError {
    /// Higher is better, and red is not below green.
    #[error("Higher is better here, so the red edge has to be below the green one")]
    Higher,
    /// Lower is better, and red is not above green.
    #[error("Lower is better here, so the red edge has to be above the green one")]
    Lower,
    /// A range whose four edges do not ascend.
    #[error(
        "A range needs four edges in ascending order: low red, low green, high green, high red"
    )]
    Range,
}

impl Band {
    /// Higher is better.
    ///
    /// # Errors
    /// [`BandError::Higher`].
    pub fn higher(red: Decimal, green: Decimal) -> Result<Self, BandError> {
        let low = Some(Side { red, green });
        (red < green)
            .then_some(Self { low, high: None })
            .ok_or(BandError::Higher)
    }

    /// Lower is better.
    ///
    /// # Errors
    /// [`BandError::Lower`].
    pub fn lower(red: Decimal, green: Decimal) -> Result<Self, BandError> {
        let high = Some(Side { red, green });
        (red > green)
            .then_some(Self { low: None, high })
            .ok_or(BandError::Lower)
    }

    /// Best between `green.0` and `green.1`; red below `red.0` and above `red.1`.
    ///
    /// # Errors
    /// [`BandError::Range`].
    pub fn range(red: (Decimal, Decimal), green: (Decimal, Decimal)) -> Result<Self, BandError> {
        let ascends = red.0 < green.0 && green.0 <= green.1 && green.1 < red.1;
        let side = |red, green| Some(Side { red, green });
        ascends
            .then_some(Self {
                low: side(red.0, green.0),
                high: side(red.1, green.1),
            })
            .ok_or(BandError::Range)
    }

    /// The edges below the green, unless lower is better.
    #[must_use]
    pub const fn low(&self) -> Option<Side> {
        self.low
    }

    /// The edges above the green, unless higher is better.
    #[must_use]
    pub const fn high(&self) -> Option<Side> {
        self.high
    }

    /// Which way is better.
    #[must_use]
    pub const fn better(&self) -> Better {
        match (self.low, self.high) {
            (Some(_), Some(_)) => Better::Range,
            (None, Some(_)) => Better::Lower,
            (_, None) => Better::Higher,
        }
    }

    /// The band of a share: each edge so many per cent of `target`; `None` if that makes no band,
    /// as of a target of 0 or below.
    #[must_use]
    pub fn of_target(&self, target: Decimal) -> Option<Self> {
        let of = |edge: Decimal| Some(edge.checked_mul(target)? / Decimal::ONE_HUNDRED);
        match (self.low, self.high) {
            (Some(low), Some(high)) => Self::range(
                (of(low.red)?, of(high.red)?),
                (of(low.green)?, of(high.green)?),
            )
            .ok(),
            (Some(low), None) => Self::higher(of(low.red)?, of(low.green)?).ok(),
            (None, Some(high)) => Self::lower(of(high.red)?, of(high.green)?).ok(),
            (None, None) => None,
        }
    }
}

/// Where the edges come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edges {
    /// They are not known yet; such a metric cannot be active.
    Unset,
    /// They are these.
    Fixed(Band),
    /// They follow from the first two periods; see [`super::scoring::baseline`].
    Baseline,
    /// They are these per cents of the period's target.
    OfTarget(Band),
}

impl Edges {
    /// The word in the database.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Unset => "unset",
            Self::Fixed(_) => "fixed",
            Self::Baseline => "baseline",
            Self::OfTarget(_) => "target",
        }
    }

    /// The band as it was given, if one was.
    #[must_use]
    pub const fn band(&self) -> Option<Band> {
        match self {
            Self::Fixed(band) | Self::OfTarget(band) => Some(*band),
            Self::Unset | Self::Baseline => None,
        }
    }
}

/// What a metric means from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name for people.
    pub name: String,
    /// Where it stands on the card.
    pub perspective: Perspective,
    /// What its values count.
    pub unit: Unit,
    /// What a value cannot exceed; such a value is not negative either.
    pub ceiling: Option<Decimal>,
    /// Which way is better.
    pub better: Better,
    /// Its good and bad range; a band in it goes the way of `better`.
    pub edges: Edges,
    /// Its weight in its perspective; above 0.
    pub weight: Decimal,
    /// Leading or lagging.
    pub timing: Timing,
    /// How often it is measured.
    pub cadence: Cadence,
    /// Whether a reading is the sum since the period's beginning, so that it grows to its end.
    pub is_cumulative: bool,
    /// Why it is measured.
    pub why: Option<String>,
    /// What is done about the result.
    pub action: Option<String>,
    /// What behaviour it might wrongly drive.
    pub may_drive: Option<String>,
    /// The metric that must not be red for a plain green.
    pub guard: Option<MetricId>,
    /// Whether it counts in scores.
    pub is_active: bool,
}

/// One of the four questions that has no answer yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Why do we measure it?
    Why,
    /// What is a good and a bad range?
    Range,
    /// What do we do about the result?
    Action,
    /// What behaviour might it drive?
    MayDrive,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Why => "why we measure it",
            Self::Range => "its good and its bad range",
            Self::Action => "what we do about the result",
            Self::MayDrive => "what behaviour it might drive",
        })
    }
}

impl Definition {
    /// The questions without an answer. It can be active when there are none.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let answered =
            |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        [
            (answered(&self.why), Missing::Why),
            (self.edges != Edges::Unset, Missing::Range),
            (answered(&self.action), Missing::Action),
            (answered(&self.may_drive), Missing::MayDrive),
        ]
        .into_iter()
        .filter_map(|(is_there, question)| (!is_there).then_some(question))
        .collect()
    }

    /// The same metric in another unit, or better another way. Edges that were meant otherwise do
    /// not come along, so that it is not active until they are set again; nor does a ceiling in
    /// another unit.
    #[must_use]
    pub fn measured_in(self, unit: Unit, better: Better) -> Self {
        let is_same = self.unit == unit;
        let edges = match self.edges {
            edges if is_same && self.better == better => edges,
            Edges::Baseline if is_same && better != Better::Range => Edges::Baseline,
            _ => Edges::Unset,
        };
        Self {
            is_active: self.is_active && edges != Edges::Unset,
            ceiling: self.ceiling.filter(|_| is_same),
            unit,
            better,
            edges,
            ..self
        }
    }

    /// Whether its values are shares of a whole, from 0 to the ceiling.
    #[must_use]
    pub const fn is_share(&self) -> bool {
        self.ceiling.is_some()
    }
}
