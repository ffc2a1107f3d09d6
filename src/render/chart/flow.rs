//! Small items in a row that goes on in the next: counts and legends.

use super::palette::MUTED;
use super::state::State;
use super::svg::{Anchor, Stroke, Svg, Type};

/// What stands before an item's words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Icon {
    State(State),
    Line(Stroke),
}

/// An item: what stands before it, and its words.
pub(super) struct Item {
    pub(super) icon: Icon,
    pub(super) text: String,
}

const SIZE: f64 = 20.0;
const ROW: f64 = 32.0;
const GAP: f64 = 24.0;

/// Draws the items from `left` to `right` below `top`; returns where they end.
pub(super) fn draw(svg: &mut Svg, items: &[Item], (left, right): (f64, f64), top: f64) -> f64 {
    let look = Type::regular(SIZE, MUTED);
    let (mut x, mut y) = (left, top);
    for item in items {
        let lead = match item.icon {
            Icon::State(_) => 27.0,
            Icon::Line(_) => 44.0,
        };
        let text = look.fit(&item.text, right - left - lead);
        let width = lead + look.width(&text);
        if x > left && x + width > right {
            (x, y) = (left, y + ROW);
        }
        let middle = y + ROW / 2.0;
        match item.icon {
            Icon::State(state) => state.draw(svg, (x + 9.0, middle), 19.0),
            Icon::Line(stroke) => svg.line((x + 2.0, middle), (x + 34.0, middle), stroke),
        }
        svg.text((x + lead, middle + 7.0), Anchor::Start, look, &text);
        x += width + GAP;
    }
    if items.is_empty() { top } else { y + ROW }
}
