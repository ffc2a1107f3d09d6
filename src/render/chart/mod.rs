//! Pictures of numbers: values in, PNG bytes out.
//!
//! [`Card`] is a whole scorecard, [`Trend`] one metric over time. Both are laid out as SVG
//! (`svg`), which resvg draws at `raster::SCALE` with the fonts that ship inside the binary
//! (`font`); nothing of the machine's own fonts is read, so the same values give the same bytes.
//! A picture is an opaque card of its own colours, so that it looks the same in a dark and a light
//! client, and no colour carries a meaning alone: each [`State`] has a shape and a word.
//!
//! Nothing here knows what a metric is for: what is read arrives as text that the domain made, and
//! numbers are positions only. A number that is not finite counts as missing. [`Charts`] draws off
//! the async threads and keeps what it drew; [`card`] and [`trend`] draw here and now.

mod cache;
mod card;
mod flow;
mod font;
mod indexed;
mod line;
mod palette;
mod raster;
mod scale;
mod spark;
mod state;
mod svg;
mod trend;

#[cfg(test)]
mod tests;

pub use cache::Charts;
pub use card::{Beside, Card, Change, Figure, Metric, Perspective, Verdict};
pub use font::is_drawable;
pub use state::{State, Tone};
pub use trend::{Band, Mark, Point, Series, Tick, Trend};

use super::limits::{FILE_ALT, length};

/// A drawn picture and what it shows in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A PNG file.
    pub png: Vec<u8>,
    /// The same values as text, at most 1,024 code points, not escaped.
    pub alt: String,
}

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum Undrawable {
    /// What was laid out is no SVG that can be drawn.
    #[error("the layout is not drawable: {0}")]
    Layout(String),
    /// It would be larger than memory allows.
    #[error("a picture of {width} by {height} pixels is too large")]
    Size {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// It could not be written as PNG.
    #[error("the picture could not be encoded: {0}")]
    Encoding(#[from] png::EncodingError),
    /// The thread that drew it ended before it was done.
    #[error("drawing was interrupted: {0}")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// What will be drawn, and its words.
#[derive(Clone, Debug)]
struct Sketch {
    svg: String,
    alt: String,
}

impl Sketch {
    fn drawn(self) -> Result<Picture, Undrawable> {
        Ok(Picture {
            png: raster::draw(&self.svg)?,
            alt: self.alt,
        })
    }
}

/// Draws a scorecard.
///
/// # Errors
/// When the rasteriser refuses, which no input is known to cause.
pub fn card(card: &Card) -> Result<Picture, Undrawable> {
    card::sketch(card).drawn()
}

/// Draws one metric over time.
///
/// # Errors
/// When the rasteriser refuses, which no input is known to cause.
pub fn trend(trend: &Trend) -> Result<Picture, Undrawable> {
    trend::sketch(trend).drawn()
}

/// Sentences joined for as long as they fit an alternative text, most important first.
fn in_words(sentences: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for sentence in sentences {
        let start = if text.is_empty() { "" } else { " " };
        let next = format!("{start}{sentence}");
        if length(&text) + length(&next) <= FILE_ALT {
            text.push_str(&next);
        } else {
            let room = FILE_ALT.saturating_sub(length(&text));
            text.push_str(&super::cut(&next, room));
            break;
        }
    }
    text
}
