//! The card as a picture.

use std::iter;

use super::super::words::unit_of;
use super::{change, name, position, state};
use crate::render::chart::{self, State};
use crate::scorecard::rules::card::{Guarded, Score};
use crate::scorecard::rules::history::{Freshness, Lens};
use crate::scorecard::rules::{Cadence, show};
use crate::scorecard::service::{Card, Line, Side};
use crate::time::Period;

/// The card to be drawn: the active metrics, and the others that have a reading.
#[must_use]
pub fn card_drawn(card: &Card) -> chart::Card {
    let subtitle = match card.period {
        Some(period) if period.contains(card.today) => format!("{}, so far", period.label()),
        Some(period) => period.label(),
        None => "the latest of each metric".to_owned(),
    };
    chart::Card {
        title: (card.team.as_ref())
            .map_or_else(|| "The whole server".to_owned(), |team| team.name.clone()),
        subtitle,
        score: Some(verdict(&card.score)),
        perspectives: card.sides.iter().map(perspective).collect(),
        footer: format!(
            "Scores go from 0 to 10. As of {}.",
            card.today.format("%-d %B %Y")
        ),
    }
}

fn verdict(score: &Score) -> chart::Verdict {
    if score.of == 0 {
        return chart::Verdict {
            text: "no active metrics".to_owned(),
            level: None,
            confidence: String::new(),
            state: State::Grey,
        };
    }
    chart::Verdict {
        text: score.figure(),
        level: score.value.and_then(position),
        confidence: score.confidence(),
        state: state(score.colour(), Guarded::Plain),
    }
}

fn perspective(side: &Side) -> chart::Perspective {
    let shown = (side.lines.iter())
        .filter(|line| line.metric.definition.is_active || line.judged.point.is_some());
    chart::Perspective {
        name: side.perspective.title().to_owned(),
        score: Some(verdict(&side.score)),
        metrics: shown.map(metric).collect(),
    }
}

fn metric(line: &Line) -> chart::Metric {
    let judged = &line.judged;
    let unit = unit_of(&line.metric, &line.history, judged, Lens::OfItsTime);
    let band = judged.verdict.band.as_ref().ok();
    let goal = show::goal(judged.target, band, unit);
    let green = band.map(|band| (band.low(), band.high()));
    let level = match (judged.target, green) {
        (Some(target), _) => Some(target),
        // A range has two edges, and no line would stand for both.
        (None, Some((Some(side), None) | (None, Some(side)))) => Some(side.green),
        (None, _) => None,
    };
    chart::Metric {
        name: name(&line.metric),
        state: state(judged.verdict.colour, line.guarded),
        value: (judged.point).map_or_else(String::new, |point| show::brief(&point.value, unit)),
        goal: match (line.metric.definition.is_active, goal.is_empty()) {
            (true, _) => goal,
            (false, true) => "not counted".to_owned(),
            (false, false) => format!("not counted · {goal}"),
        },
        change: judged.change.as_ref().map(|one| change(one, unit)),
        is_stale: judged.freshness == Freshness::Stale,
        past: past(line),
        level: level.and_then(position),
    }
}

/// How many periods a spark holds: half a year of weeks, a year and a month, two years of quarters.
const fn span(cadence: Cadence) -> usize {
    match cadence {
        Cadence::Week => 26,
        Cadence::Month => 13,
        Cadence::Quarter => 8,
    }
}

/// The values up to the one that is shown, oldest first, from the first one that there is. What was
/// in another unit is a gap.
fn past(line: &Line) -> Vec<Option<f64>> {
    let judged = &line.judged;
    let last = judged.point.map_or(judged.period, |point| point.period);
    let unit = unit_of(&line.metric, &line.history, judged, Lens::OfItsTime);
    let is_same_unit = |period: &Period| {
        (line.history.definition(period, Lens::OfItsTime))
            .is_some_and(|definition| definition.unit == unit)
    };
    let mut past: Vec<Option<f64>> = iter::successors(Some(last), Period::previous)
        .take(span(line.metric.definition.cadence))
        .map(|period| {
            let point = line.history.point(&period)?;
            position(point.value.number).filter(|_| is_same_unit(&period))
        })
        .collect();
    let first = past.iter().rposition(Option::is_some);
    past.truncate(first.map_or(0, |first| first + 1));
    past.reverse();
    past
}
