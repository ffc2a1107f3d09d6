//! What is known of one metric over time, and how each of its periods is judged.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::period::year_before;
use super::scoring::{self, Colour};
use super::trend::{self, Course};
use super::value::Value;
use super::{Band, Better, Definition, Edges};
use crate::time::Period;

/// A reading, as far as judging goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The period that it is of.
    pub period: Period,
    /// What was measured.
    pub value: Value,
}

/// By which definition a period is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lens {
    /// By the one of its own time.
    OfItsTime,
    /// By today's.
    Today,
}

/// Why a reading has no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unjudged {
    /// The good and the bad range are not known.
    NoRange,
    /// The edges are shares of a target, and the period has none above 0.
    NoTarget,
    /// The edges follow from the first two periods: this is one of them, or they are not there yet.
    Baseline,
    /// The first two periods' mean is 0, of which no edges follow.
    FlatBaseline,
}

/// How one reading is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Its colour; grey when it cannot be judged.
    pub colour: Colour,
    /// Its score from 0 to 10; none when it cannot be judged.
    pub score: Option<Decimal>,
    /// The edges that it was judged by, or why there are none.
    pub band: Result<Band, Unjudged>,
}

/// How old the reading is that stands for a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It is of the period itself.
    Fresh,
    /// The period is not over and has none yet; this is the latest closed period's.
    Latest,
    /// A reading is missing; this is of the period before.
    Stale,
    /// There is none.
    Missing,
}

/// A change against an earlier period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it was then.
    pub from: Point,
    /// Now less then.
    pub by: Decimal,
    /// Whether that is for the better.
    pub course: Course,
}

impl Change {
    /// The way from one reading to another, by the rule of the latter.
    #[must_use]
    pub fn between(from: Point, now: Point, better: Better, band: Option<&Band>) -> Self {
        let (then, now) = (from.value.number, now.value.number);
        Self {
            from,
            by: now - then,
            course: trend::course(then, now, better, band),
        }
    }
}

/// A metric in a period, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The period that was asked for.
    pub period: Period,
    /// The reading that stands for it; its own period says of when it is.
    pub point: Option<Point>,
    /// How old that is.
    pub freshness: Freshness,
    /// How good it is; grey without a reading.
    pub verdict: Verdict,
    /// The target of the reading's period, or without one of the period asked for.
    pub target: Option<Decimal>,
    /// Against the period before the reading's.
    pub change: Option<Change>,
    /// Against the same period a year before the reading's.
    pub year: Option<Change>,
    /// Of a cumulative metric in a running period: where it ends at this pace.
    pub forecast: Option<Decimal>,
}

/// What is known of a metric over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    versions: Vec<(NaiveDate, Definition)>,
    points: Vec<Point>,
    beginning: Vec<Point>,
    targets: BTreeMap<String, Decimal>,
}

impl History {
    /// From the definitions with the days from which they hold, in the order in which they took
    /// effect; `None` without any.
    #[must_use]
    pub fn new(versions: Vec<(NaiveDate, Definition)>) -> Option<Self> {
        (!versions.is_empty()).then_some(Self {
            versions,
            points: Vec::new(),
            beginning: Vec::new(),
            targets: BTreeMap::new(),
        })
    }

    /// With readings, in any order; one a period.
    #[must_use]
    pub fn with_points(mut self, mut points: Vec<Point>) -> Self {
        points.sort_by_key(|point| point.period.start());
        self.points = points;
        self
    }

    /// Adds the reading of a period that has none.
    pub fn add(&mut self, point: Point) {
        let starts = point.period.start();
        let at = self
            .points
            .partition_point(|one| one.period.start() < starts);
        self.points.insert(at, point);
    }

    /// With the first two readings there ever were, which a baseline follows from.
    #[must_use]
    pub fn with_beginning(mut self, beginning: Vec<Point>) -> Self {
        self.beginning = beginning;
        self
    }

    /// With targets by the keys of their periods.
    #[must_use]
    pub fn with_targets(mut self, targets: BTreeMap<String, Decimal>) -> Self {
        self.targets = targets;
        self
    }

    /// The readings, oldest first. Periods without one are not there.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The reading of a period.
    #[must_use]
    pub fn point(&self, period: &Period) -> Option<Point> {
        self.points
            .iter()
            .rev()
            .find(|point| point.period == *period)
            .copied()
    }

    /// The target of a period.
    #[must_use]
    pub fn target(&self, period: &Period) -> Option<Decimal> {
        self.targets.get(&period.key()).copied()
    }

    /// The definition that holds last.
    ///
    /// A history is never without one.
    #[must_use]
    pub fn today(&self) -> Option<&Definition> {
        self.versions.last().map(|(_, definition)| definition)
    }

    /// The definition by which a period is judged: the last that had begun by the period's last
    /// day; before all of them the first.
    #[must_use]
    pub fn definition(&self, period: &Period, lens: Lens) -> Option<&Definition> {
        let begun = |(from, _): &&(NaiveDate, Definition)| *from <= period.last_day();
        let of_its_time = self.versions.iter().rev().find(begun);
        let version = match lens {
            Lens::Today => self.versions.last(),
            Lens::OfItsTime => of_its_time.or(self.versions.first()),
        };
        version.map(|(_, definition)| definition)
    }

    /// The edges of a period.
    ///
    /// # Errors
    /// [`Unjudged`] when there are none.
    pub fn band(&self, period: &Period, lens: Lens) -> Result<Band, Unjudged> {
        let definition = self.definition(period, lens).ok_or(Unjudged::NoRange)?;
        match definition.edges {
            Edges::Unset => Err(Unjudged::NoRange),
            Edges::Fixed(band) => Ok(band),
            Edges::OfTarget(share) => self
                .target(period)
                .and_then(|target| share.of_target(target))
                .ok_or(Unjudged::NoTarget),
            Edges::Baseline => match self.beginning.as_slice() {
                [first, second, ..] if second.period.start() < period.start() => {
                    let (first, second) = (first.value.number, second.value.number);
                    scoring::baseline(first, second, definition.better)
                        .ok_or(Unjudged::FlatBaseline)
                }
                _ => Err(Unjudged::Baseline),
            },
        }
    }

    /// How a reading is judged.
    #[must_use]
    pub fn verdict(&self, point: &Point, lens: Lens) -> Verdict {
        let band = self.band(&point.period, lens);
        match &band {
            Ok(edges) => Verdict {
                colour: scoring::colour(point.value.number, edges),
                score: Some(scoring::score(point.value.number, edges)),
                band,
            },
            Err(_) => Verdict {
                colour: Colour::Grey,
                score: None,
                band,
            },
        }
    }

    /// The colours of the periods before `until` that are over on `today`, latest first, grey where
    /// a reading is missing; as far back as there are readings.
    pub fn closed(&self, until: &Period, today: NaiveDate) -> impl Iterator<Item = Colour> {
        let first = self.points.first().map(|point| point.period.start());
        std::iter::successors(Some(*until), Period::previous)
            .take_while(move |period| first.is_some_and(|first| first <= period.start()))
            .filter(move |period| period.end() <= today)
            .map(|period| match self.point(&period) {
                Some(point) => self.verdict(&point, Lens::OfItsTime).colour,
                None => Colour::Grey,
            })
    }

    /// The metric in a period. With `carried`, an earlier reading stands in for one that is missing:
    /// of a running period the latest closed one's, or else, marked as stale, that of the period
    /// before; nothing older.
    #[must_use]
    pub fn judged(&self, period: Period, today: NaiveDate, carried: bool, lens: Lens) -> Judged {
        let before = |period: &Period| period.previous();
        let is_running = period.contains(today);
        let mut found = (self.point(&period), Freshness::Fresh);
        if found.0.is_none() && carried {
            let closed = before(&period);
            let last = closed.as_ref().and_then(|period| self.point(period));
            let older = closed.as_ref().and_then(before);
            found = match last {
                Some(point) if is_running => (Some(point), Freshness::Latest),
                Some(point) => (Some(point), Freshness::Stale),
                None if is_running => {
                    let point = older.and_then(|period| self.point(&period));
                    (point, Freshness::Stale)
                }
                None => (None, Freshness::Missing),
            };
        }
        let Some(point) = found.0 else {
            return self.missing(period, lens);
        };
        let verdict = self.verdict(&point, lens);
        let against = |earlier: Option<Period>| {
            let from = self.point(&earlier?)?;
            let better = self.definition(&point.period, lens)?.better;
            Some(Change::between(
                from,
                point,
                better,
                verdict.band.as_ref().ok(),
            ))
        };
        let definition = self.definition(&point.period, lens);
        let is_cumulative = definition.is_some_and(|definition| definition.is_cumulative);
        Judged {
            period,
            point: Some(point),
            freshness: found.1,
            verdict,
            target: self.target(&point.period),
            change: against(point.period.previous()),
            year: against(year_before(&point.period)),
            forecast: is_cumulative
                .then(|| trend::forecast(point.value.number, point.period, today))
                .flatten(),
        }
    }

    fn missing(&self, period: Period, lens: Lens) -> Judged {
        Judged {
            period,
            point: None,
            freshness: Freshness::Missing,
            verdict: Verdict {
                colour: Colour::Grey,
                score: None,
                band: self.band(&period, lens),
            },
            target: self.target(&period),
            change: None,
            year: None,
            forecast: None,
        }
    }
}

#[cfg(test)]
mod tests;
