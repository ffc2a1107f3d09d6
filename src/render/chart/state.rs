//! How a value is judged: never by colour alone.

use super::palette::{AMBER, Colour, GREEN, GREY, RED};
use super::svg::{Paint, Path, Stroke, Svg};

/// A judgement. Each has a shape and a word of its own besides its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// On its green edge or better.
    Green,
    /// The same, while the metric that guards it is red.
    Guarded,
    /// Between the edges.
    Amber,
    /// Worse than its red edge.
    Red,
    /// No reading, or nothing to judge it by.
    Grey,
}

impl State {
    /// All of them, best first, as they are counted and explained.
    pub const ALL: [Self; 5] = [
        Self::Green,
        Self::Guarded,
        Self::Amber,
        Self::Red,
        Self::Grey,
    ];

    /// The word beside the shape.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Guarded => "green, in doubt",
            Self::Amber => "amber",
            Self::Red => "red",
            Self::Grey => "grey",
        }
    }

    /// The same shape as a character, for text.
    #[must_use]
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Green => "●",
            Self::Guarded => "◐",
            Self::Amber => "◆",
            Self::Red => "▼",
            Self::Grey => "○",
        }
    }

    pub(super) fn colour(self) -> Colour {
        match self {
            Self::Green | Self::Guarded => GREEN,
            Self::Amber => AMBER,
            Self::Red => RED,
            Self::Grey => GREY,
        }
    }

    /// Draws the shape around a point, as high as capital letters of text of this size.
    pub(super) fn draw(self, svg: &mut Svg, (x, y): (f64, f64), size: f64) {
        let colour = self.colour();
        let radius = size * 0.44;
        match self {
            Self::Green => svg.circle((x, y), radius, Paint::fill(colour)),
            Self::Guarded => {
                let ring = radius - size * 0.05;
                svg.circle((x, y), ring, Paint::stroke(colour, size * 0.11));
                let mut half = Path::default();
                half.to(x, y - ring);
                half.arc(ring, x, y + ring);
                half.close();
                svg.path(&half, Paint::fill(colour));
            }
            Self::Amber => {
                let mut diamond = Path::default();
                let reach = radius * 1.12;
                diamond.to(x, y - reach);
                diamond.to(x + reach, y);
                diamond.to(x, y + reach);
                diamond.to(x - reach, y);
                diamond.close();
                svg.path(&diamond, Paint::fill(colour).joined(colour, size * 0.08));
            }
            Self::Red => {
                let mut triangle = Path::default();
                triangle.to(x, y + radius * 1.05);
                triangle.to(x + radius * 1.12, y - radius * 0.9);
                triangle.to(x - radius * 1.12, y - radius * 0.9);
                triangle.close();
                svg.path(&triangle, Paint::fill(colour).joined(colour, size * 0.1));
            }
            Self::Grey => {
                let stroke = Stroke {
                    colour,
                    width: size * 0.11,
                    dash: None,
                };
                svg.circle((x, y), radius - size * 0.05, Paint::stroked(stroke));
            }
        }
    }
}

/// Whether a change is one for the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// For the better.
    Better,
    /// For the worse.
    Worse,
    /// Neither.
    Same,
}

impl Tone {
    /// The word behind a change, empty for [`Tone::Same`].
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "",
        }
    }

    pub(super) fn colour(self) -> Colour {
        match self {
            Self::Better => GREEN,
            Self::Worse => RED,
            Self::Same => super::palette::MUTED,
        }
    }
}
