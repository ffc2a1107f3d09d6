//! A scorecard to be shown in tests.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::ids::{GuildId, MetricId};
use crate::scorecard::rules::card::{self, Guarded, Part, Score};
use crate::scorecard::rules::history::{History, Lens, Point};
use crate::scorecard::rules::value::Value;
use crate::scorecard::rules::{
    Band, Better, Cadence, Definition, Edges, Perspective, Source, Timing, Unit,
};
use crate::scorecard::service::{Card, Line, Shown, Side};
use crate::scorecard::store::metrics::{Metric, Scope};
use crate::time::Period;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn period(text: &str) -> Period {
    Period::parse(text, day("2026-11-24")).unwrap()
}

pub(super) fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A metric by month, red below 60 %, green from 80 %.
pub(super) fn metric(id: i64, name: &str, perspective: Perspective) -> Metric {
    Metric {
        id: MetricId(id),
        guild: GuildId::from(1),
        key: format!("metric-{id}"),
        kin: format!("metric-{id}"),
        scope: Scope::Guild,
        owner: None,
        source: Source::Manual,
        grace_days: 2,
        retired_at: None,
        definition: Definition {
            name: name.to_owned(),
            perspective,
            unit: Unit::Percent,
            ceiling: None,
            better: Better::Higher,
            edges: Edges::Fixed(Band::higher(number("60"), number("80")).unwrap()),
            weight: Decimal::ONE,
            timing: Timing::Leading,
            cadence: Cadence::Month,
            is_cumulative: false,
            why: Some("To know".to_owned()),
            action: Some("Talk".to_owned()),
            may_drive: Some("Counting".to_owned()),
            guard: None,
            is_active: true,
        },
    }
}

/// What is known of it: readings by the keys of their periods, and targets.
pub(super) fn history(
    metric: &Metric,
    readings: &[(&str, &str)],
    targets: &[(&str, &str)],
) -> History {
    let points = readings.iter().map(|(key, value)| Point {
        period: period(key),
        value: Value::plain(number(value)),
    });
    let targets: BTreeMap<String, Decimal> = targets
        .iter()
        .map(|(key, value)| ((*key).to_owned(), number(value)))
        .collect();
    History::new(vec![(day("2020-01-01"), metric.definition.clone())])
        .unwrap()
        .with_points(points.collect())
        .with_targets(targets)
}

/// It in a period, on 24 November 2026.
pub(super) fn shown(metric: Metric, history: History, key: &str) -> Shown {
    let judged = history.judged(period(key), day("2026-11-24"), true, Lens::OfItsTime);
    Shown {
        metric,
        judged,
        by_default: false,
        lens: Lens::OfItsTime,
        history,
        guard: None,
        notes: Vec::new(),
    }
}

/// It on a card.
pub(super) fn line(metric: Metric, history: History, key: &str) -> Line {
    Line {
        judged: history.judged(period(key), day("2026-11-24"), true, Lens::OfItsTime),
        metric,
        guarded: Guarded::Plain,
        history,
    }
}

/// A card of the whole server.
pub(super) fn card(lines: &[Line]) -> Card {
    let side = |perspective: &Perspective| {
        let of = |line: &&Line| line.metric.definition.perspective == *perspective;
        let lines: Vec<Line> = lines.iter().filter(of).cloned().collect();
        let parts: Vec<Part> = lines
            .iter()
            .map(|line| Part::of(&line.judged, line.metric.definition.weight))
            .collect();
        Side {
            perspective: *perspective,
            score: card::perspective(&parts),
            lines,
        }
    };
    let sides: Vec<Side> = Perspective::ALL.iter().map(side).collect();
    let scores: Vec<Score> = sides.iter().map(|side| side.score).collect();
    Card {
        team: None,
        period: Some(period("2026-10")),
        score: card::card(&scores),
        sides,
        today: day("2026-11-24"),
    }
}
