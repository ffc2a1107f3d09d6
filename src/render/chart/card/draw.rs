//! Where everything of a card stands.

use super::super::flow::{self, Icon, Item};
use super::super::palette::{CARD, EDGE, INK, MUTED, PANEL, RULE};
use super::super::svg::{Anchor, Paint, Stroke, Svg, Type};
use super::{Beside, Card, Perspective, Verdict, counts, row};

pub(super) const WIDTH: f64 = 720.0;
const MARGIN: f64 = 16.0;
/// Where content begins and ends.
pub(super) const LEFT: f64 = 34.0;
pub(super) const RIGHT: f64 = WIDTH - LEFT;
const HEADER: f64 = 82.0;
/// The heads of two columns of figures.
const HEADS: f64 = 30.0;
/// More rows than a picture that somebody looks at; the others are counted at its end.
const MOST_ROWS: usize = 60;

/// The card as SVG.
pub(super) fn svg(card: &Card) -> String {
    let mut svg = Svg::new(WIDTH);
    let plan = plan(card);
    let height = height(card, &plan);
    svg.rect(
        (1.0, 1.0, WIDTH - 2.0, height - 2.0),
        26.0,
        Paint::fill(CARD).joined(EDGE, 2.0),
    );
    let mut y = top(&mut svg, card);
    for (perspective, rows) in card.perspectives.iter().zip(&plan) {
        y = panel(&mut svg, perspective, card.beside.as_ref(), *rows, y);
    }
    end(&mut svg, card, &plan, y);
    svg.finish(height)
}

/// How many rows of each perspective are drawn.
fn plan(card: &Card) -> Vec<usize> {
    let mut left = MOST_ROWS;
    card.perspectives
        .iter()
        .map(|perspective| {
            let rows = perspective.metrics.len().min(left);
            left -= rows;
            rows
        })
        .collect()
}

fn header(beside: Option<&Beside>) -> f64 {
    HEADER + beside.map_or(0.0, |_| HEADS)
}

fn panel_height(beside: Option<&Beside>, rows: usize) -> f64 {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    header(beside) + f64::from(rows) * row::HEIGHT + 6.0
}

fn height(card: &Card, plan: &[usize]) -> f64 {
    let mut scratch = Svg::new(WIDTH);
    let panels = plan
        .iter()
        .map(|rows| panel_height(card.beside.as_ref(), *rows) + 14.0);
    let panels: f64 = panels.sum();
    let start = top(&mut scratch, card) + panels;
    end(&mut scratch, card, plan, start) + MARGIN
}

/// Title, score and counts; returns where the panels begin.
fn top(svg: &mut Svg, card: &Card) -> f64 {
    let mut score_from = RIGHT;
    let mut confidence_from = RIGHT;
    if let Some(score) = &card.score {
        (score_from, confidence_from) = verdict(svg, score, 66.0, 44.0, 102.0);
    }
    if let Some(beside) = &card.beside {
        let look = Type::bold(30.0, MUTED);
        score_from = score_from.min(row::other(svg, beside.score.as_ref(), look, 66.0));
    }
    let title = Type::bold(34.0, INK);
    let shown = title.fit(&card.title, score_from - LEFT - 20.0);
    svg.text((LEFT, 64.0), Anchor::Start, title, &shown);
    let subtitle = Type::regular(22.0, MUTED);
    let shown = subtitle.fit(&card.subtitle, confidence_from - LEFT - 20.0);
    svg.text((LEFT, 102.0), Anchor::Start, subtitle, &shown);
    let items: Vec<Item> = counts(card)
        .into_iter()
        .map(|(state, count)| Item {
            icon: Icon::State(state),
            text: format!("{count} {}", state.word()),
        })
        .collect();
    flow::draw(svg, &items, (LEFT, RIGHT), 118.0) + 14.0
}

/// A score and its confidence below it, at the right; returns where both begin.
fn verdict(svg: &mut Svg, score: &Verdict, base: f64, size: f64, below: f64) -> (f64, f64) {
    let look = if score.level.is_some() {
        Type::bold(size, INK)
    } else {
        Type::bold(22.0, MUTED)
    };
    let text = look.fit(&score.text, 260.0);
    svg.text((RIGHT, base), Anchor::End, look, &text);
    let mut from = RIGHT - look.width(&text);
    from -= look.size * 0.5 + 8.0;
    score
        .state
        .draw(svg, (from, base - look.size * 0.36), look.size * 0.82);
    from -= look.size * 0.5;
    let small = Type::regular(20.0, MUTED);
    let text = small.fit(&score.confidence, 400.0);
    svg.text((RIGHT, below), Anchor::End, small, &text);
    (from, RIGHT - small.width(&text))
}

fn panel(
    svg: &mut Svg,
    perspective: &Perspective,
    beside: Option<&Beside>,
    rows: usize,
    y: f64,
) -> f64 {
    let height = panel_height(beside, rows);
    svg.rect(
        (MARGIN, y, WIDTH - 2.0 * MARGIN, height),
        18.0,
        Paint::fill(PANEL),
    );
    let mut name_to = RIGHT;
    if let Some(score) = &perspective.score {
        let (score_from, confidence_from) = verdict(svg, score, y + 38.0, 28.0, y + 68.0);
        level(svg, score, (LEFT, confidence_from - 24.0), y + 61.0);
        name_to = score_from;
    }
    if let Some(beside) = beside {
        let look = Type::bold(24.0, MUTED);
        name_to = name_to.min(row::other(svg, perspective.other.as_ref(), look, y + 38.0));
        heads(svg, beside, y + 98.0);
    }
    let look = Type::bold(26.0, INK);
    let shown = look.fit(&perspective.name, name_to - LEFT - 20.0);
    svg.text((LEFT, y + 38.0), Anchor::Start, look, &shown);
    let mut row_top = y + header(beside);
    for metric in perspective.metrics.iter().take(rows) {
        svg.line(
            (LEFT, row_top),
            (RIGHT, row_top),
            Stroke {
                colour: RULE,
                width: 1.5,
                dash: None,
            },
        );
        row::draw(svg, metric, beside.is_some(), row_top);
        row_top += row::HEIGHT;
    }
    y + height + 14.0
}

/// The heads of the two columns.
fn heads(svg: &mut Svg, beside: &Beside, base: f64) {
    for (head, at, room) in [
        (&beside.other, row::OTHER, 330.0),
        (&beside.own, RIGHT, 164.0),
    ] {
        let look = Type::bold(20.0, MUTED);
        let shown = look.fit(head, room);
        svg.text((at, base), Anchor::End, look, &shown);
    }
}

/// The score from 0 to 10 as a bar, with the two edges between its thirds.
fn level(svg: &mut Svg, score: &Verdict, (from, to): (f64, f64), middle: f64) {
    let width = to - from;
    svg.rect((from, middle - 5.0, width, 10.0), 5.0, Paint::fill(RULE));
    if let Some(level) = score.level.filter(|level| level.is_finite()) {
        let filled = (width * (level / 10.0).clamp(0.0, 1.0)).max(10.0);
        svg.rect(
            (from, middle - 5.0, filled, 10.0),
            5.0,
            Paint::fill(score.state.colour()),
        );
    }
    for third in [1.0, 2.0] {
        let x = from + width * third / 3.0;
        svg.rect((x - 1.5, middle - 5.0, 3.0, 10.0), 0.0, Paint::fill(PANEL));
    }
}

/// What is left out, and the footer; returns where they end.
fn end(svg: &mut Svg, card: &Card, plan: &[usize], mut y: f64) -> f64 {
    let all: usize = card
        .perspectives
        .iter()
        .map(|perspective| perspective.metrics.len())
        .sum();
    let left_out = all - plan.iter().sum::<usize>();
    let mut lines = Vec::new();
    if left_out > 0 {
        lines.push(format!("and {left_out} more metrics"));
    }
    lines.push(card.footer.clone());
    let look = Type::regular(20.0, MUTED);
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let shown = look.fit(line, RIGHT - LEFT);
        svg.text((LEFT, y + 22.0), Anchor::Start, look, &shown);
        y += 32.0;
    }
    y
}
