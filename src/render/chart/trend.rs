//! One metric over time as a picture.

mod draw;
mod label;
mod plot;
mod words;

use super::Sketch;
use super::scale::{extent, plain, round_between};
use super::state::State;

/// A metric over time, in the words that are shown. Positions are in its unit.
#[derive(Clone, Debug)]
pub struct Trend {
    /// The metric's name.
    pub title: String,
    /// The period and how fresh its reading is.
    pub subtitle: String,
    /// The latest value: "78 % (7 of 9)"; empty when there is none.
    pub latest: String,
    /// How it is judged.
    pub state: State,
    /// Its target or range: "≥ 85 %".
    pub goal: String,
    /// The periods, oldest first and evenly spaced; those without a reading stand among them.
    pub points: Vec<Point>,
    /// The ranges; those given later lie above.
    pub bands: Vec<Band>,
    /// What happened.
    pub marks: Vec<Mark>,
    /// What the points are called beside what they are compared with.
    pub name: String,
    /// What they are compared with.
    pub compare: Option<Series>,
    /// The labels of the axis; see [`Trend::with_ticks`].
    pub ticks: Vec<Tick>,
}

/// A period.
#[derive(Clone, Debug)]
pub struct Point {
    /// The period as it is shown: "Q3" or "W42".
    pub label: String,
    /// Its value as a position; `None` is a gap.
    pub value: Option<f64>,
    /// Its value in words: "82 %".
    pub shown: String,
    /// Its target as a position. The line steps where it changes.
    pub target: Option<f64>,
    /// Whether the value is expected and not read.
    pub is_forecast: bool,
}

/// A range of values that are judged alike.
#[derive(Clone, Debug)]
pub struct Band {
    /// How values in it are judged.
    pub state: State,
    /// Its lower edge; `None` has none.
    pub from: Option<f64>,
    /// Its upper edge; `None` has none.
    pub to: Option<f64>,
    /// The first and the last point it holds for; `None` holds for all.
    pub points: Option<(usize, usize)>,
}

/// Something that happened, numbered in the chart and told below it.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The index of its point.
    pub at: usize,
    /// What happened.
    pub text: String,
}

/// Another series.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its values as positions, one for each point.
    pub values: Vec<Option<f64>>,
}

/// A labelled value of the axis.
#[derive(Clone, Debug)]
pub struct Tick {
    /// Its position.
    pub value: f64,
    /// In words: "80 %".
    pub text: String,
}

impl Trend {
    /// With round values on its axis, put in words by the caller.
    #[must_use]
    pub fn with_ticks(mut self, shown: impl Fn(f64) -> String) -> Self {
        if let Some((low, high)) = self.extent() {
            self.ticks = round_between(low, high, 5)
                .into_iter()
                .map(|value| Tick {
                    value,
                    text: shown(value),
                })
                .collect();
        }
        self
    }

    /// What the axis has to hold: all values and targets, and the edges that are near them.
    fn extent(&self) -> Option<(f64, f64)> {
        let points = self.points.iter();
        let compared = self.compare.iter().flat_map(|series| &series.values);
        let (low, high) = extent(
            points
                .flat_map(|point| [point.value, point.target])
                .chain(compared.copied()),
        )?;
        let reach = high - low;
        let edges = self.bands.iter().flat_map(|band| [band.from, band.to]);
        let near = edges.map(plain).filter(|edge| {
            edge.is_some_and(|edge| reach == 0.0 || (low - reach..=high + reach).contains(&edge))
        });
        extent([Some(low), Some(high)].into_iter().chain(near))
    }

    /// The newest value that was read.
    fn newest(&self) -> Option<(usize, &Point)> {
        self.points
            .iter()
            .enumerate()
            .rev()
            .find(|(_, point)| !point.is_forecast && plain(point.value).is_some())
    }

    fn has_forecast(&self) -> bool {
        self.points
            .iter()
            .any(|point| point.is_forecast && plain(point.value).is_some())
    }
}

/// Lays a trend out.
pub(super) fn sketch(trend: &Trend) -> Sketch {
    Sketch {
        svg: draw::svg(trend),
        alt: words::alt(trend),
    }
}
