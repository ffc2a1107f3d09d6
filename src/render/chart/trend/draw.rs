//! Where everything of a trend stands: its heading, the plot, its legend and what happened.

use super::super::flow::{self, Icon, Item};
use super::super::palette::{CARD, EDGE, INK, MUTED, OTHER, SERIES};
use super::super::state::State;
use super::super::svg::{Anchor, Paint, Stroke, Svg, Type};
use super::{Mark, Trend, plot};

const WIDTH: f64 = 720.0;
const LEFT: f64 = 30.0;
const RIGHT: f64 = WIDTH - LEFT;
/// More marks than can be told apart.
const MOST_MARKS: usize = 8;

pub(super) const SERIES_LINE: Stroke = Stroke {
    colour: SERIES,
    width: 4.0,
    dash: None,
};
pub(super) const FORECAST_LINE: Stroke = Stroke {
    colour: SERIES,
    width: 4.0,
    dash: Some((1.0, 9.0)),
};
pub(super) const OTHER_LINE: Stroke = Stroke {
    colour: OTHER,
    width: 3.5,
    dash: Some((12.0, 9.0)),
};
pub(super) const TARGET_LINE: Stroke = Stroke {
    colour: INK,
    width: 2.5,
    dash: None,
};

/// The trend as SVG.
pub(super) fn svg(trend: &Trend) -> String {
    // Once to find the height, once on the card of that height.
    let height = content(&mut Svg::new(WIDTH), trend);
    let mut svg = Svg::new(WIDTH);
    svg.rect(
        (1.0, 1.0, WIDTH - 2.0, height - 2.0),
        26.0,
        Paint::fill(CARD).joined(EDGE, 2.0),
    );
    content(&mut svg, trend);
    svg.finish(height)
}

/// Draws all but the card; returns the height.
fn content(svg: &mut Svg, trend: &Trend) -> f64 {
    let marks: Vec<&Mark> = trend
        .marks
        .iter()
        .filter(|mark| mark.at < trend.points.len())
        .take(MOST_MARKS)
        .collect();
    let mut y = heading(svg, trend);
    y = plot::draw(svg, trend, &marks, (LEFT, y, RIGHT));
    y = flow::draw(svg, &legend(trend), (LEFT, RIGHT), y + 8.0);
    if !marks.is_empty() {
        y += 8.0;
    }
    for (index, mark) in marks.iter().enumerate() {
        let label = trend.points.get(mark.at).map(|point| point.label.as_str());
        badge(svg, index, (LEFT + 13.0, y + 16.0));
        let look = Type::regular(20.0, MUTED);
        let text = format!("{} · {}", label.unwrap_or_default(), mark.text);
        let shown = look.fit(&text, RIGHT - LEFT - 38.0);
        svg.text((LEFT + 38.0, y + 23.0), Anchor::Start, look, &shown);
        y += 34.0;
    }
    y + 20.0
}

/// The name, the latest value with its judgement, and the period; returns where they end.
fn heading(svg: &mut Svg, trend: &Trend) -> f64 {
    let look = Type::bold(30.0, INK);
    let shown = look.fit(&trend.title, RIGHT - LEFT);
    svg.text((LEFT, 56.0), Anchor::Start, look, &shown);
    trend.state.draw(svg, (LEFT + 12.0, 90.0), 25.0);
    let mut x = LEFT + 36.0;
    let parts = [
        (Type::bold(28.0, INK), trend.latest.as_str()),
        (Type::bold(22.0, trend.state.colour()), trend.state.word()),
        (Type::regular(22.0, MUTED), trend.goal.as_str()),
    ];
    for (look, text) in parts {
        let shown = look.fit(text, RIGHT - x);
        if shown.is_empty() || (shown == "…" && text != "…") {
            continue;
        }
        svg.text((x, 99.0), Anchor::Start, look, &shown);
        x += look.width(&shown) + 14.0;
    }
    if trend.subtitle.is_empty() {
        return 112.0;
    }
    let look = Type::regular(20.0, MUTED);
    let shown = look.fit(&trend.subtitle, RIGHT - LEFT);
    svg.text((LEFT, 132.0), Anchor::Start, look, &shown);
    146.0
}

fn legend(trend: &Trend) -> Vec<Item> {
    let mut items = Vec::new();
    let mut line = |stroke, text: &str| {
        items.push(Item {
            icon: Icon::Line(stroke),
            text: text.to_owned(),
        });
    };
    if let Some(series) = &trend.compare {
        line(SERIES_LINE, &trend.name);
        line(OTHER_LINE, &series.name);
    }
    if trend.points.iter().any(|point| point.target.is_some()) {
        line(TARGET_LINE, "target");
    }
    if trend.has_forecast() {
        line(FORECAST_LINE, "forecast");
    }
    for state in State::ALL {
        if trend.bands.iter().any(|band| band.state == state) {
            items.push(Item {
                icon: Icon::State(state),
                text: state.word().to_owned(),
            });
        }
    }
    items
}

/// The number of a mark.
pub(super) fn badge(svg: &mut Svg, index: usize, (x, y): (f64, f64)) {
    svg.circle((x, y), 13.0, Paint::fill(INK));
    let look = Type::bold(18.0, CARD);
    let number = (index + 1).to_string();
    svg.text((x, y + 6.5), Anchor::Middle, look, &number);
}
