//! The plot of a trend: ranges, axes, target, lines and labels.

use super::super::line;
use super::super::palette::{INK, MUTED, PANEL, RULE, SERIES};
use super::super::scale::{Axis, plain};
use super::super::svg::{Anchor, Paint, Path, Stroke, Svg, Type};
use super::draw::{FORECAST_LINE, OTHER_LINE, SERIES_LINE, TARGET_LINE, badge};
use super::label::Labels;
use super::{Band, Mark, Trend};

const HEIGHT: f64 = 290.0;
/// Room for the numbers of marks.
const BADGES: f64 = 34.0;
/// Room for the shapes that name the ranges.
const SHAPES: f64 = 34.0;
const SMALL: f64 = 20.0;

/// Where the plot is, and how its points are spread.
struct Plot<'a> {
    trend: &'a Trend,
    axis: Axis,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Draws the plot from `left` to `right` below `top`; returns where its labels end.
pub(super) fn draw(
    svg: &mut Svg,
    trend: &Trend,
    marks: &[&Mark],
    (left, top, right): (f64, f64, f64),
) -> f64 {
    let top = if marks.is_empty() {
        top + 8.0
    } else {
        top + BADGES
    };
    let bottom = top + HEIGHT;
    let look = Type::regular(SMALL, MUTED);
    let ticks = trend.ticks.iter().map(|tick| look.width(&tick.text));
    let ticks = ticks.fold(0.0, f64::max).min(120.0);
    let plot = Plot {
        trend,
        axis: Axis::new(trend.extent(), 0.1, (top, bottom)),
        left: if ticks > 0.0 {
            left + ticks + 12.0
        } else {
            left
        },
        right: if trend.bands.is_empty() {
            right
        } else {
            right - SHAPES
        },
        top,
        bottom,
    };
    svg.rect(
        (plot.left, top, plot.right - plot.left, HEIGHT),
        8.0,
        Paint::fill(PANEL),
    );
    for band in &trend.bands {
        plot.band(svg, band);
    }
    plot.grid(svg, ticks, left);
    plot.marks(svg, marks);
    plot.target(svg);
    plot.lines(svg);
    plot.labels(svg);
    plot.periods(svg, right);
    bottom + 36.0
}

impl Plot<'_> {
    /// The position of a point across.
    fn x(&self, index: usize) -> f64 {
        let last = self.trend.points.len().saturating_sub(1);
        if last == 0 {
            return f64::midpoint(self.left, self.right);
        }
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        self.left + 18.0 + (self.right - self.left - 36.0) * number(index) / number(last)
    }

    /// Half the way between two points.
    fn half(&self) -> f64 {
        (self.x(1) - self.x(0)).abs() / 2.0
    }

    fn band(&self, svg: &mut Svg, band: &Band) {
        let low = plain(band.from).map_or(self.bottom, |from| self.axis.at(from));
        let high = plain(band.to).map_or(self.top, |to| self.axis.at(to));
        let last = self.trend.points.len().saturating_sub(1);
        let (first, until) = band.points.unwrap_or((0, last));
        let from = match first {
            0 => self.left,
            first => (self.x(first) - self.half()).min(self.right),
        };
        let to = if until >= last {
            self.right
        } else {
            self.x(until) + self.half()
        };
        let (top, bottom) = (low.min(high), low.max(high));
        svg.rect(
            (from, top, to - from, bottom - top),
            0.0,
            Paint::fill(band.state.colour()).faded(0.17),
        );
        let room = bottom - top;
        if until >= last && room >= 14.0 {
            let at = (self.right + SHAPES / 2.0 + 3.0, f64::midpoint(top, bottom));
            band.state.draw(svg, at, 20.0);
        }
    }

    fn grid(&self, svg: &mut Svg, ticks: f64, left: f64) {
        let look = Type::regular(SMALL, MUTED);
        let stroke = Stroke {
            colour: RULE,
            width: 1.5,
            dash: None,
        };
        let within = self
            .trend
            .ticks
            .iter()
            .filter(|tick| plain(Some(tick.value)).is_some_and(|value| self.axis.holds(value)));
        for tick in within {
            let y = self.axis.at(tick.value);
            svg.line((self.left, y), (self.right, y), stroke);
            let shown = look.fit(&tick.text, ticks);
            svg.text((left + ticks, y + 7.0), Anchor::End, look, &shown);
        }
    }

    fn marks(&self, svg: &mut Svg, marks: &[&Mark]) {
        let stroke = Stroke {
            colour: MUTED,
            width: 2.0,
            dash: Some((3.0, 6.0)),
        };
        let mut free_from = self.left;
        for (index, mark) in marks.iter().enumerate() {
            let x = self.x(mark.at);
            let badge_x = x.max(free_from + 13.0);
            svg.line((x, self.top), (x, self.bottom), stroke);
            badge(svg, index, (badge_x, self.top - 16.0));
            free_from = badge_x + 15.0;
        }
    }

    /// The target as a line that steps half-way between two points.
    fn target(&self, svg: &mut Svg) {
        let half = self.half().max(18.0);
        let mut path = Path::default();
        for (index, point) in self.trend.points.iter().enumerate() {
            if let Some(target) = plain(point.target) {
                let (x, y) = (self.x(index), self.axis.at(target));
                path.to((x - half).max(self.left), y);
                path.to((x + half).min(self.right), y);
            } else {
                path.lift();
            }
        }
        svg.path(&path, Paint::stroked(TARGET_LINE));
    }

    fn position(&self, index: usize, value: Option<f64>) -> Option<(f64, f64)> {
        Some((self.x(index), self.axis.at(plain(value)?)))
    }

    fn lines(&self, svg: &mut Svg) {
        let points = &self.trend.points;
        if let Some(series) = &self.trend.compare {
            let values = series.values.iter().take(points.len()).enumerate();
            let positions = values.map(|(index, value)| self.position(index, *value));
            line::draw(svg, positions, OTHER_LINE);
        }
        let newest = self.trend.newest().map(|(index, _)| index);
        let expected = points.iter().enumerate().map(|(index, point)| {
            let is_expected = point.is_forecast || newest == Some(index);
            self.position(index, point.value.filter(|_| is_expected))
        });
        if self.trend.has_forecast() {
            line::draw(svg, expected, FORECAST_LINE);
        }
        let read = |index: usize| {
            let point = points.get(index)?;
            self.position(index, point.value.filter(|_| !point.is_forecast))
        };
        let width = if self.half() < 4.0 {
            2.5
        } else {
            SERIES_LINE.width
        };
        let stroke = Stroke {
            width,
            ..SERIES_LINE
        };
        line::draw(svg, (0..points.len()).map(read), stroke);
        // Every reading is a dot where there is room for them.
        if self.half() >= 8.0 {
            for position in (0..points.len()).filter_map(read) {
                svg.circle(position, 5.0, Paint::fill(SERIES));
            }
            for (index, point) in points.iter().enumerate().filter(|(_, p)| p.is_forecast) {
                if let Some(position) = self.position(index, point.value) {
                    svg.circle(position, 5.0, Paint::fill(PANEL).joined(SERIES, 3.0));
                }
            }
        }
        if let Some(position) = newest.and_then(read) {
            let colour = self.trend.state.colour();
            svg.circle(position, 9.0, Paint::fill(colour).joined(PANEL, 3.0));
        }
    }

    /// Keeps labels off a line: off its points and some places between them.
    fn avoid(&self, labels: &mut Labels, values: impl Iterator<Item = Option<f64>>) {
        let mut before: Option<(f64, f64)> = None;
        for (index, value) in values.take(self.trend.points.len()).enumerate() {
            let here = self.position(index, value);
            if let (Some(from), Some(to)) = (before, here) {
                for share in [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875] {
                    let between = |from: f64, to: f64| from + (to - from) * share;
                    labels.avoid((between(from.0, to.0), between(from.1, to.1)), 6.0);
                }
            }
            if let Some(point) = here {
                labels.avoid(point, 9.0);
            }
            before = here;
        }
    }

    fn labels(&self, svg: &mut Svg) {
        let frame = (self.left, self.top, self.right, self.bottom);
        let mut labels = Labels::within(frame);
        let points = &self.trend.points;
        let compared = self.trend.compare.iter().flat_map(|series| &series.values);
        self.avoid(&mut labels, points.iter().map(|point| point.value));
        self.avoid(&mut labels, points.iter().map(|point| point.target));
        self.avoid(&mut labels, compared.copied());
        let Some((index, newest)) = self.trend.newest() else {
            if !self.trend.has_forecast() {
                let middle = f64::midpoint(self.top, self.bottom);
                let at = (f64::midpoint(self.left, self.right), middle + 7.0);
                let look = Type::regular(22.0, MUTED);
                svg.text(at, Anchor::Middle, look, "no readings yet");
            }
            return;
        };
        if let Some(position) = self.position(index, newest.value) {
            labels.avoid(position, 12.0);
            labels.put(svg, position, Type::bold(22.0, INK), &newest.shown);
        }
        let expected = points.iter().enumerate().rev().find(|(_, p)| p.is_forecast);
        if let Some((index, point)) = expected
            && let Some(position) = self.position(index, point.value)
        {
            let text = format!("forecast {}", point.shown);
            labels.put(svg, position, Type::bold(20.0, SERIES), &text);
        }
    }

    /// The periods below, as many as there is room for, the newest always.
    fn periods(&self, svg: &mut Svg, right: f64) {
        let look = Type::regular(SMALL, MUTED);
        let mut free_to = right;
        for (index, point) in self.trend.points.iter().enumerate().rev() {
            let shown = look.fit(&point.label, 160.0);
            let half = look.width(&shown) / 2.0;
            let x = self.x(index).min(right - half).max(self.left + half - 18.0);
            if shown.is_empty() || x + half > free_to {
                continue;
            }
            svg.text((x, self.bottom + 28.0), Anchor::Middle, look, &shown);
            free_to = x - half - 22.0;
        }
    }
}
