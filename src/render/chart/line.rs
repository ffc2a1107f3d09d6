//! A series of positions as a line with gaps.

use super::svg::{Paint, Path, Stroke, Svg};

/// Draws positions in their order. A missing one is a gap, one without neighbours a dot.
pub(super) fn draw(
    svg: &mut Svg,
    positions: impl IntoIterator<Item = Option<(f64, f64)>>,
    stroke: Stroke,
) {
    let mut path = Path::default();
    let mut alone = Vec::new();
    let mut run: Vec<(f64, f64)> = Vec::new();
    for position in positions.into_iter().chain([None]) {
        if let Some(position) = position {
            run.push(position);
            continue;
        }
        match run.as_slice() {
            [point] => alone.push(*point),
            points => {
                for (x, y) in points {
                    path.to(*x, *y);
                }
                path.lift();
            }
        }
        run.clear();
    }
    svg.path(&path, Paint::stroked(stroke));
    for point in alone {
        svg.circle(point, stroke.width, Paint::fill(stroke.colour));
    }
}
