//! A line of a metric's past, small enough to stand in a row.

use super::line;
use super::palette::{MUTED, PANEL, SERIES};
use super::scale::{Axis, extent, plain};
use super::state::State;
use super::svg::{Paint, Stroke, Svg};

/// As many points as are drawn.
const MOST: usize = 60;

/// Draws values, oldest first and evenly spaced, into the box `(x, y, width, height)`. A missing
/// one is a gap, a lone one a dot; the newest is marked in its state's colour.
pub(super) fn draw(
    svg: &mut Svg,
    values: &[Option<f64>],
    goal: Option<f64>,
    state: State,
    (x, y, w, h): (f64, f64, f64, f64),
) {
    let goal = plain(goal);
    let Some(found) = extent(values.iter().copied()) else {
        return;
    };
    let found = extent([Some(found.0), Some(found.1), goal]).unwrap_or(found);
    let axis = Axis::new(Some(found), 0.08, (y, y + h));
    let last = f64::from(u32::try_from(values.len().saturating_sub(1)).unwrap_or(u32::MAX));
    let place = |index: u32| {
        if last > 0.0 {
            x + w * f64::from(index) / last
        } else {
            x + w
        }
    };
    if let Some(goal) = goal {
        let stroke = Stroke {
            colour: MUTED,
            width: 1.5,
            dash: Some((4.0, 5.0)),
        };
        let level = axis.at(goal);
        svg.line((x, level), (x + w, level), stroke);
    }
    let points: Vec<Option<(f64, f64)>> = (0..)
        .zip(values)
        .map(|(index, value)| Some((place(index), axis.at(plain(*value)?))))
        .collect();
    let stroke = Stroke {
        colour: SERIES,
        width: 3.0,
        dash: None,
    };
    let newest = points.iter().rev().find_map(|point| *point);
    line::draw(svg, thinned(points), stroke);
    if let Some(point) = newest {
        svg.circle(point, 5.5, Paint::fill(state.colour()).joined(PANEL, 2.0));
    }
}

/// What can be told apart: of more points than there is room for the highest and the lowest of each
/// few, in their order.
fn thinned(points: Vec<Option<(f64, f64)>>) -> Vec<Option<(f64, f64)>> {
    if points.len() <= MOST {
        return points;
    }
    let few = points.len().div_ceil(MOST / 2);
    let extremes = |few: &[Option<(f64, f64)>]| {
        let by_height = |one: &&(f64, f64), other: &&(f64, f64)| one.1.total_cmp(&other.1);
        let highest = few.iter().flatten().min_by(by_height).copied();
        let lowest = few.iter().flatten().max_by(by_height).copied();
        match (highest, lowest) {
            (Some(one), Some(other)) if one.0 > other.0 => [Some(other), Some(one)],
            (one, other) => [one, other],
        }
    };
    points.chunks(few).flat_map(extremes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_past_keeps_its_peaks_and_its_gaps() {
        let mut points: Vec<Option<(f64, f64)>> = (0..300_u32)
            .map(|index| Some((f64::from(index), 5.0)))
            .collect();
        points[100] = Some((100.0, 9.0));
        points[102] = Some((102.0, 1.0));
        points[200..220].fill(None);
        let thinned = thinned(points);
        assert!(thinned.len() <= MOST);
        let at = |height: f64| thinned.iter().flatten().position(|point| point.1 == height);
        assert!(at(9.0) < at(1.0), "in their order");
        assert!(thinned.contains(&None));
    }
}
