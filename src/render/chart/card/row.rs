//! One metric's row: its state, name and goal, its past, its value and change.

use super::super::palette::{AMBER, INK, MUTED};
use super::super::spark;
use super::super::svg::{Anchor, Svg, Type};
use super::draw::{LEFT, RIGHT};
use super::{Change, Figure, Metric};

pub(super) const HEIGHT: f64 = 78.0;

const NAME: f64 = LEFT + 30.0;
const SPARK: f64 = 420.0;
const SPARK_WIDTH: f64 = 90.0;
/// The room of value and change.
const FIGURE: f64 = 164.0;
/// Where the figures that others are compared with end, and their room.
pub(super) const OTHER: f64 = RIGHT - FIGURE - 16.0;
const OTHER_ROOM: f64 = 110.0;

/// Draws a row whose upper edge is at `top`; compared with others it shows those instead of its past.
pub(super) fn draw(svg: &mut Svg, metric: &Metric, is_compared: bool, top: f64) {
    let (first, second) = (top + 33.0, top + 62.0);
    metric.state.draw(svg, (LEFT + 10.0, first - 8.0), 20.0);
    let room = if is_compared {
        OTHER - OTHER_ROOM - NAME - 36.0
    } else if metric.past.iter().any(Option::is_some) {
        SPARK - NAME - 12.0
    } else {
        RIGHT - FIGURE - NAME - 16.0
    };
    let name = Type::bold(22.5, INK);
    let shown = name.fit(&metric.name, room);
    svg.text((NAME, first), Anchor::Start, name, &shown);
    judgement(svg, metric, second, room);
    if is_compared {
        let look = Type::regular(24.0, MUTED);
        other(svg, metric.other.as_ref(), look, first);
        if let Some(figure) = &metric.other {
            let word = Type::regular(20.0, figure.state.colour());
            let shown = word.fit(figure.state.word(), OTHER_ROOM + 30.0);
            svg.text((OTHER, second), Anchor::End, word, &shown);
        }
    } else {
        spark::draw(
            svg,
            &metric.past,
            metric.level,
            metric.state,
            (SPARK, top + 18.0, SPARK_WIDTH, 42.0),
        );
    }
    value(svg, &metric.value, first);
    change(svg, metric.change.as_ref(), second);
}

/// The state's word, whether it is stale, and the goal.
fn judgement(svg: &mut Svg, metric: &Metric, base: f64, room: f64) {
    let quiet = Type::regular(20.0, MUTED);
    let state = Type::bold(20.0, metric.state.colour());
    let mut parts = vec![(state, metric.state.word())];
    if metric.is_stale {
        parts.push((Type::bold(20.0, AMBER), "stale"));
    }
    if !metric.goal.is_empty() {
        parts.push((quiet, metric.goal.as_str()));
    }
    let mut x = NAME;
    for (index, (look, text)) in parts.into_iter().enumerate() {
        let start = if index == 0 { x } else { x + 20.0 };
        let shown = look.fit(text, NAME + room - start);
        if shown.chars().count() < 3 && shown.ends_with('…') {
            break;
        }
        if index > 0 {
            svg.text((x + 10.0, base), Anchor::Middle, quiet, "·");
        }
        svg.text((start, base), Anchor::Start, look, &shown);
        x = start + look.width(&shown);
    }
}

/// A figure that others are compared with, with its state's shape; returns where it begins.
pub(super) fn other(svg: &mut Svg, figure: Option<&Figure>, look: Type, base: f64) -> f64 {
    let text = figure.map_or("", |figure| figure.text.as_str());
    let text = if text.is_empty() { "–" } else { text };
    // A longer one is set smaller before it is cut.
    let look = if look.width(text) > OTHER_ROOM {
        Type { size: 19.0, ..look }
    } else {
        look
    };
    let shown = look.fit(text, OTHER_ROOM);
    svg.text((OTHER, base), Anchor::End, look, &shown);
    let from = OTHER - look.width(&shown) - look.size * 0.4 - 9.0;
    if let Some(figure) = figure {
        let at = (from, base - look.size * 0.36);
        figure.state.draw(svg, at, look.size * 0.78);
    }
    from - look.size * 0.5
}

fn value(svg: &mut Svg, value: &str, base: f64) {
    let (look, text) = if value.is_empty() {
        (Type::bold(26.0, MUTED), "–")
    } else {
        (Type::bold(26.0, INK), value)
    };
    // A longer value is set smaller before it is cut.
    let look = if look.width(text) > FIGURE {
        Type { size: 21.0, ..look }
    } else {
        look
    };
    let shown = look.fit(text, FIGURE);
    svg.text((RIGHT, base), Anchor::End, look, &shown);
}

fn change(svg: &mut Svg, change: Option<&Change>, base: f64) {
    let Some(change) = change else {
        return;
    };
    let look = Type::regular(20.0, change.tone.colour());
    let shown = look.fit(&change.words(), FIGURE);
    svg.text((RIGHT, base), Anchor::End, look, &shown);
}
