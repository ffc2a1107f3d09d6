//! A whole scorecard as one picture: the perspectives in one column, as a phone shows it.

mod draw;
mod row;
mod words;

use super::Sketch;
use super::state::{State, Tone};

/// A scorecard, in the words that are shown.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// Whose it is.
    pub title: String,
    /// Its period, and whether it has closed.
    pub subtitle: String,
    /// The whole card's score; `None` shows none.
    pub score: Option<Verdict>,
    /// The perspectives in their order.
    pub perspectives: Vec<Perspective>,
    /// What it is compared with; then each metric shows that instead of its past.
    pub beside: Option<Beside>,
    /// A line at the end, such as when it was drawn up.
    pub footer: String,
}

/// What a card is compared with: the heads of the two columns of figures.
#[derive(Clone, Debug)]
pub struct Beside {
    /// What the card's own figures are called: "Q3 2026".
    pub own: String,
    /// What the others are called: "Q2 2026".
    pub other: String,
    /// The other card's score.
    pub score: Option<Figure>,
}

/// A figure that stands beside another.
#[derive(Clone, Debug)]
pub struct Figure {
    /// "82 %"; empty when there is none.
    pub text: String,
    /// How it is judged.
    pub state: State,
}

/// A score with what it rests on.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// "6.9", or "no score".
    pub text: String,
    /// The score from 0 to 10 as a position; `None` without a score.
    pub level: Option<f64>,
    /// "from 5 of 7, one stale".
    pub confidence: String,
    /// How it is judged.
    pub state: State,
}

/// A perspective and its metrics.
#[derive(Clone, Debug)]
pub struct Perspective {
    /// Its name.
    pub name: String,
    /// Its score; `None` shows none.
    pub score: Option<Verdict>,
    /// The score that it is compared with.
    pub other: Option<Figure>,
    /// Its metrics in their order.
    pub metrics: Vec<Metric>,
}

/// A metric's row.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// How its value is judged.
    pub state: State,
    /// "82 %"; empty when there is no reading.
    pub value: String,
    /// Its target or range: "≥ 85 %".
    pub goal: String,
    /// Against the period before, or against `other`.
    pub change: Option<Change>,
    /// What it is compared with.
    pub other: Option<Figure>,
    /// Whether its reading is older than it should be.
    pub is_stale: bool,
    /// Its past as positions, oldest first, evenly spaced; `None` is a gap.
    pub past: Vec<Option<f64>>,
    /// Its target as a position among them.
    pub level: Option<f64>,
}

/// A change against an earlier value.
#[derive(Clone, Debug)]
pub struct Change {
    /// With its sign: "+4 pts".
    pub text: String,
    /// Whether it is for the better; its word is added.
    pub tone: Tone,
}

impl Change {
    /// "+4 pts better".
    fn words(&self) -> String {
        format!("{} {}", self.text, self.tone.word())
            .trim_end()
            .to_owned()
    }
}

/// How many metrics of each state a card has, best first, without those of which there is none.
fn counts(card: &Card) -> Vec<(State, usize)> {
    let of = |state: State| {
        card.perspectives
            .iter()
            .flat_map(|perspective| &perspective.metrics)
            .filter(|metric| metric.state == state)
            .count()
    };
    State::ALL
        .into_iter()
        .map(|state| (state, of(state)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// Lays a card out.
pub(super) fn sketch(card: &Card) -> Sketch {
    Sketch {
        svg: draw::svg(card),
        alt: words::alt(card),
    }
}
