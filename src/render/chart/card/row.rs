//! One metric's row: its state, name and goal, its past, its value and change.

use super::super::palette::{AMBER, INK, MUTED};
use super::super::spark;
use super::super::svg::{Anchor, Svg, Type};
use super::draw::{LEFT, RIGHT};
use super::{Change, Metric};

pub(super) const HEIGHT: f64 = 78.0;

const NAME: f64 = LEFT + 30.0;
const SPARK: f64 = 420.0;
const SPARK_WIDTH: f64 = 90.0;
/// The room of value and change.
const FIGURE: f64 = 164.0;

/// Draws a row whose upper edge is at `top`.
pub(super) fn draw(svg: &mut Svg, metric: &Metric, top: f64) {
    let (first, second) = (top + 33.0, top + 62.0);
    metric.state.draw(svg, (LEFT + 10.0, first - 8.0), 20.0);
    let room = if metric.past.iter().any(Option::is_some) {
        SPARK - NAME - 12.0
    } else {
        RIGHT - FIGURE - NAME - 16.0
    };
    let name = Type::bold(22.5, INK);
    let shown = name.fit(&metric.name, room);
    svg.text((NAME, first), Anchor::Start, name, &shown);
    judgement(svg, metric, second, room);
    spark::draw(
        svg,
        &metric.past,
        metric.level,
        metric.state,
        (SPARK, top + 18.0, SPARK_WIDTH, 42.0),
    );
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
