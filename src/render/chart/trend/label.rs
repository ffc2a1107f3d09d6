//! Values written beside their points, so that none covers another or a point.

use super::super::palette::PANEL;
use super::super::svg::{Anchor, Paint, Svg, Type};

/// `(left, top, right, bottom)`.
pub(super) type Frame = (f64, f64, f64, f64);

/// Places labels within a frame.
pub(super) struct Labels {
    frame: Frame,
    taken: Vec<Frame>,
}

impl Labels {
    pub(super) fn within(frame: Frame) -> Self {
        Self {
            frame,
            taken: Vec::new(),
        }
    }

    /// Keeps a place free.
    pub(super) fn avoid(&mut self, (x, y): (f64, f64), radius: f64) {
        self.taken
            .push((x - radius, y - radius, x + radius, y + radius));
    }

    /// Writes a text near a point: where it covers least, and otherwise as near as can be.
    pub(super) fn put(&mut self, svg: &mut Svg, point: (f64, f64), look: Type, text: &str) {
        let (left, top, right, bottom) = self.frame;
        let text = look.fit(text, right - left - 16.0);
        if text.is_empty() {
            return;
        }
        let half = look.width(&text) / 2.0 + 6.0;
        let tall = look.size * 1.25;
        let place = |(across, down): (f64, f64)| {
            let x = (point.0 + across).max(left + half).min(right - half);
            let y = (point.1 + down)
                .max(top + tall / 2.0)
                .min(bottom - tall / 2.0);
            (x - half, y - tall / 2.0, x + half, y + tall / 2.0)
        };
        let cost = |place: &Frame| -> f64 {
            let covered: f64 = self.taken.iter().map(|other| shared(*place, *other)).sum();
            let away = (f64::midpoint(place.0, place.2) - point.0).abs()
                + (f64::midpoint(place.1, place.3) - point.1).abs();
            4.0 * covered + away
        };
        let gap = tall / 2.0 + 13.0;
        let best = [
            -gap,
            gap,
            -gap - tall,
            gap + tall,
            -gap - 2.0 * tall,
            gap + 2.0 * tall,
        ]
        .into_iter()
        .flat_map(|down| [0.0, -half, half].map(|across| (across, down)))
        .chain([(-half - 15.0, 0.0), (half + 15.0, 0.0)])
        .map(place)
        .min_by(|one, other| cost(one).total_cmp(&cost(other)));
        let Some((l, t, r, b)) = best else {
            return;
        };
        self.taken.push((l, t, r, b));
        svg.rect((l, t, r - l, b - t), 6.0, Paint::fill(PANEL).faded(0.8));
        let base = f64::midpoint(t, b) + look.size * 0.36;
        svg.text((f64::midpoint(l, r), base), Anchor::Middle, look, &text);
    }
}

/// The area that two frames share.
fn shared(one: Frame, other: Frame) -> f64 {
    let wide = one.2.min(other.2) - one.0.max(other.0);
    let tall = one.3.min(other.3) - one.1.max(other.1);
    wide.max(0.0) * tall.max(0.0)
}
