//! The card as a picture.

use std::iter;

use super::super::card::CardSheet;
use super::super::words::{difference, unit_of};
use super::{change, name, position, state};
use crate::render::chart::{self, Beside, Figure, State};
use crate::scorecard::rules::card::{Guarded, Score};
use crate::scorecard::rules::history::{Freshness, Lens};
use crate::scorecard::rules::{Cadence, show};
use crate::scorecard::service::{Card, Line, Side};
use crate::time::Period;

/// The card to be drawn: the active metrics, and the others that have a reading.
#[must_use]
pub fn card_drawn(sheet: &CardSheet<'_>) -> chart::Card {
    let card = sheet.card;
    let subtitle = match card.period {
        Some(period) if period.contains(card.today) => format!("{}, so far", period.label()),
        Some(period) => period.label(),
        None => "the latest of each metric".to_owned(),
    };
    let other = sheet.against.map(|against| &against.what);
    chart::Card {
        title: (card.team.as_ref())
            .map_or_else(|| "The whole server".to_owned(), |team| team.name.clone()),
        subtitle,
        score: Some(verdict(&card.score)),
        perspectives: (card.sides.iter())
            .map(|side| perspective(side, other))
            .collect(),
        beside: sheet.heads().map(|(own, theirs)| Beside {
            own,
            other: theirs,
            score: other.map(|card| figure(&card.score)),
        }),
        footer: format!(
            "Scores go from 0 to 10. As of {}.",
            card.today.format("%-d %B %Y")
        ),
    }
}

fn figure(score: &Score) -> Figure {
    Figure {
        text: score.value.map_or_else(String::new, |_| score.figure()),
        state: state(score.colour(), Guarded::Plain),
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

fn perspective(side: &Side, other: Option<&Card>) -> chart::Perspective {
    let shown = (side.lines.iter())
        .filter(|line| line.metric.definition.is_active || line.judged.point.is_some());
    chart::Perspective {
        name: side.perspective.title().to_owned(),
        score: Some(verdict(&side.score)),
        other: other
            .and_then(|card| {
                card.sides
                    .iter()
                    .find(|one| one.perspective == side.perspective)
            })
            .map(|side| figure(&side.score)),
        metrics: shown
            .map(|line| match other {
                Some(card) => compared(line, card.of_kin(line)),
                None => metric(line),
            })
            .collect(),
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
        other: None,
        is_stale: judged.freshness == Freshness::Stale,
        past: past(line),
        level: level.and_then(position),
    }
}

/// A metric beside what it is compared with.
fn compared(line: &Line, other: Option<&Line>) -> chart::Metric {
    let of = |line: &Line| unit_of(&line.metric, &line.history, &line.judged, Lens::OfItsTime);
    let unit = of(line);
    let better = line.metric.definition.better;
    let by = other
        .and_then(|other| difference((&line.judged, unit), (&other.judged, of(other)), better));
    chart::Metric {
        change: by.map(|by| change(&by, unit)),
        other: other.map(|other| Figure {
            text: (other.judged.point)
                .map_or_else(String::new, |point| show::brief(&point.value, of(other))),
            state: state(other.judged.verdict.colour, other.guarded),
        }),
        past: Vec::new(),
        ..metric(line)
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
