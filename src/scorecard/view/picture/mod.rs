//! What the pictures say: the same words as the text below them, and where things stand.

mod card;
mod trend;

pub use card::card_drawn;
pub use trend::metric_drawn;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::render::chart::{self, Picture, State, Tone, is_drawable};
use crate::render::{File, Message};
use crate::scorecard::rules::card::Guarded;
use crate::scorecard::rules::history::Change;
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::rules::trend::Course;
use crate::scorecard::rules::{Unit, show};
use crate::scorecard::store::metrics::Metric;

/// The message with the picture above its text, if one could be drawn. `name` is what the file is
/// called; what a file may not be called is left out of it.
#[must_use]
pub fn illustrated(message: Message, name: &str, picture: Option<Picture>) -> Message {
    let Some(picture) = picture else {
        return message;
    };
    let mut name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    if name.is_empty() {
        name.push_str("metric");
    }
    message.file(File {
        name: format!("{name}.png"),
        alt: Some(picture.alt),
        bytes: picture.png,
    })
}

/// Where a number stands; `None` for none that a picture could show.
fn position(number: Decimal) -> Option<f64> {
    number.to_f64()
}

/// A metric's name as the fonts have it; else its key.
fn name(metric: &Metric) -> String {
    let name = &metric.definition.name;
    if is_drawable(name) || !is_drawable(&metric.key) {
        name.clone()
    } else {
        metric.key.clone()
    }
}

const fn state(colour: Colour, guarded: Guarded) -> State {
    match (colour, guarded) {
        (Colour::Green, Guarded::InDoubt) => State::Guarded,
        (Colour::Green, Guarded::Plain) => State::Green,
        (Colour::Amber, _) => State::Amber,
        (Colour::Red, _) => State::Red,
        (Colour::Grey, _) => State::Grey,
    }
}

fn change(change: &Change, unit: Unit) -> chart::Change {
    chart::Change {
        text: show::change(change.by, unit),
        tone: match change.course {
            Course::Better => Tone::Better,
            Course::Worse => Tone::Worse,
            Course::Same => Tone::Same,
        },
    }
}
