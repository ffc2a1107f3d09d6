//! One metric over time as a picture.

use std::iter;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::super::show::Sheet;
use super::super::words::{freshness, unit_of};
use super::{name, position, state};
use crate::render::chart::{Band, Mark, Point, Series, State, Trend};
use crate::scorecard::rules::card::Guarded;
use crate::scorecard::rules::{self, Cadence, Unit, show};
use crate::scorecard::service::Shown;
use crate::time::Period;

/// The longest that a chart becomes so that a period it is compared with is on it, in periods.
const LONGEST: usize = 120;

/// The chart of a metric: from its first reading on, or as far back as is read at one look.
#[must_use]
pub fn metric_drawn(sheet: &Sheet<'_>) -> Trend {
    let shown = sheet.shown;
    let judged = &shown.judged;
    let unit = unit_of(&shown.metric, &shown.history, judged, shown.lens);
    let periods = periods(sheet);
    let mut points: Vec<Point> = periods.iter().map(|of| point(shown, of, unit)).collect();
    if let Some(forecast) = judged.forecast
        && let Some(last) = periods.last()
    {
        points.push(Point {
            label: format!("end of {}", show::period(last)),
            value: position(forecast),
            shown: show::short(forecast, unit),
            target: shown.history.target(last).and_then(position),
            is_forecast: true,
        });
    }
    let band = judged.verdict.band.as_ref().ok();
    let guarded = (shown.guard.as_ref()).map_or(Guarded::Plain, |(_, _, guarded)| *guarded);
    let whose = sheet.whose.map(|whose| format!(" · {whose}"));
    Trend {
        title: format!("{}{}", name(&shown.metric), whose.unwrap_or_default()),
        subtitle: freshness(judged, judged.period.contains(sheet.today)),
        latest: (judged.point).map_or_else(
            || "no reading".to_owned(),
            |point| show::value(&point.value, unit),
        ),
        state: state(judged.verdict.colour, guarded),
        goal: show::goal(judged.target, band, unit),
        bands: bands(shown, &periods, points.len()),
        marks: marks(sheet, &periods),
        points,
        name: sheet.whose.unwrap_or("the whole server").to_owned(),
        compare: series(sheet, &periods, unit),
        ticks: Vec::new(),
    }
    .with_ticks(|value| {
        Decimal::from_f64(value).map_or_else(String::new, |at| show::short(at, unit))
    })
}

/// The same metric in the period that it is compared with.
fn before<'a>(sheet: &Sheet<'a>) -> Option<&'a Shown> {
    let against = sheet.against.filter(|against| against.team.is_none())?;
    Some(&against.what)
}

/// The other team's values in the same periods.
fn series(sheet: &Sheet<'_>, periods: &[Period], unit: Unit) -> Option<Series> {
    let against = sheet.against?;
    let team = against.team.as_ref()?;
    let theirs = &against.what;
    let values = periods.iter().map(|of| point(theirs, of, unit).value);
    Some(Series {
        name: team.name.clone(),
        values: values.collect(),
    })
}

/// How many periods are read at one look, enough to hold the same one a year ago where that leaves
/// room: half a year of weeks, a year and two months, two years and a quarter.
const fn span(cadence: Cadence) -> usize {
    match cadence {
        Cadence::Week => 27,
        Cadence::Month => 14,
        Cadence::Quarter => 9,
    }
}

/// The periods of the chart, oldest first, without gaps.
fn periods(sheet: &Sheet<'_>) -> Vec<Period> {
    let shown = sheet.shown;
    let last = shown.judged.period;
    let compared = before(sheet).map(|against| against.judged.period);
    let first = (shown.history.points().first()).map_or(last.start(), |point| point.period.start());
    let most = compared
        .and_then(|compared| back_from(last).position(|period| period == compared))
        .map_or(0, |place| place + 1)
        .max(span(shown.metric.definition.cadence));
    let mut periods: Vec<Period> = back_from(last)
        .take(most.min(LONGEST))
        .take_while(|period| *period == last || period.start() >= first)
        .collect();
    periods.reverse();
    periods
}

fn back_from(last: Period) -> impl Iterator<Item = Period> {
    iter::successors(Some(last), Period::previous).take(LONGEST)
}

fn point(shown: &Shown, of: &Period, unit: Unit) -> Point {
    let is_same_unit = (shown.history.definition(of, shown.lens))
        .is_some_and(|definition| definition.unit == unit);
    // What was in another unit stands on no axis with the others.
    let reading = shown.history.point(of).filter(|_| is_same_unit);
    Point {
        label: show::period(of),
        value: reading.and_then(|point| position(point.value.number)),
        shown: reading.map_or_else(String::new, |point| show::brief(&point.value, unit)),
        target: (shown.history.target(of))
            .filter(|_| is_same_unit)
            .and_then(position),
        is_forecast: false,
    }
}

/// The ranges by which the periods are judged, each for as long as it held; the last one to the end.
fn bands(shown: &Shown, periods: &[Period], points: usize) -> Vec<Band> {
    let of = |period: &Period| shown.history.band(period, shown.lens).ok();
    let mut bands = Vec::new();
    let mut from = 0;
    for run in periods.chunk_by(|one, other| of(one) == of(other)) {
        let until = from + run.len();
        if let Some(edges) = run.first().and_then(of) {
            let last = if until == periods.len() {
                points
            } else {
                until
            };
            bands.extend(ranges(&edges).into_iter().map(|(state, low, high)| Band {
                state,
                from: low.and_then(position),
                to: high.and_then(position),
                points: Some((from, last.saturating_sub(1))),
            }));
        }
        from = until;
    }
    bands
}

/// The ranges between edges, from the lowest up.
fn ranges(band: &rules::Band) -> Vec<(State, Option<Decimal>, Option<Decimal>)> {
    let mut ranges = Vec::new();
    let mut from = None;
    if let Some(low) = band.low() {
        ranges.push((State::Red, None, Some(low.red)));
        ranges.push((State::Amber, Some(low.red), Some(low.green)));
        from = Some(low.green);
    }
    if let Some(high) = band.high() {
        ranges.push((State::Green, from, Some(high.green)));
        ranges.push((State::Amber, Some(high.green), Some(high.red)));
        ranges.push((State::Red, Some(high.red), None));
    } else {
        ranges.push((State::Green, from, None));
    }
    ranges
}

/// What was said of the readings, and the one that is compared with; oldest first.
fn marks(sheet: &Sheet<'_>, periods: &[Period]) -> Vec<Mark> {
    let shown = sheet.shown;
    let place = |of: &Period| periods.iter().position(|period| period == of);
    let notes = shown.notes.iter().filter_map(|reading| {
        Some(Mark {
            at: place(&reading.point.period)?,
            text: reading.note.clone()?,
        })
    });
    let compared = before(sheet).and_then(|against| {
        let point = against.judged.point?;
        let unit = unit_of(
            &against.metric,
            &against.history,
            &against.judged,
            against.lens,
        );
        Some(Mark {
            at: place(&point.period)?,
            text: format!("compared with: {}", show::value(&point.value, unit)),
        })
    });
    let mut marks: Vec<Mark> = compared.into_iter().chain(notes).collect();
    marks.sort_by_key(|mark| mark.at);
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::rules::Perspective;
    use crate::scorecard::rules::history::History;
    use crate::scorecard::service::Against;
    use crate::scorecard::store::metrics::Metric;
    use crate::scorecard::view::testing::{self, day};

    fn metric() -> Metric {
        testing::metric(1, "Kudos coverage", Perspective::Customer)
    }

    fn drawn(shown: &Shown, against: Option<&Against<Shown>>) -> Trend {
        metric_drawn(&Sheet {
            shown,
            against,
            whose: Some("North"),
            owner: None,
            today: day("2026-11-24"),
            may_share: true,
            has_chart: true,
        })
    }

    fn readings(metric: &Metric) -> History {
        let readings = [("2026-07", "55"), ("2026-09", "70"), ("2026-10", "85")];
        testing::history(metric, &readings, &[("2026-09", "75"), ("2026-10", "90")])
    }

    #[test]
    fn a_chart_has_gaps_bands_and_targets() {
        let metric = metric();
        let history = readings(&metric);
        let trend = drawn(&testing::shown(metric, history, "2026-10"), None);
        let points: Vec<String> = (trend.points.iter())
            .map(|point| format!("{} {:?} {:?}", point.label, point.value, point.target))
            .collect();
        insta::assert_snapshot!(points.join("\n"), @"
        Jul 2026 Some(55.0) None
        Aug 2026 None None
        Sep 2026 Some(70.0) Some(75.0)
        Oct 2026 Some(85.0) Some(90.0)
        ");
        let bands: Vec<String> = (trend.bands.iter())
            .map(|band| {
                format!(
                    "{:?} {:?} {:?} {:?}",
                    band.state, band.from, band.to, band.points
                )
            })
            .collect();
        insta::assert_snapshot!(bands.join("\n"), @"
        Red None Some(60.0) Some((0, 3))
        Amber Some(60.0) Some(80.0) Some((0, 3))
        Green Some(80.0) None Some((0, 3))
        ");
        let heading = [trend.title, trend.latest, trend.goal, trend.subtitle];
        assert_eq!(
            heading,
            [
                "Kudos coverage · North",
                "85 %",
                "target 90 %",
                "October 2026"
            ]
        );
    }

    #[test]
    fn ranges_follow_the_targets_of_their_periods() {
        let mut metric = metric();
        let share = rules::Band::higher(testing::number("85"), testing::number("100")).unwrap();
        metric.definition.edges = rules::Edges::OfTarget(share);
        let history = readings(&metric);
        let trend = drawn(&testing::shown(metric, history, "2026-10"), None);
        let green = |band: &&Band| band.state == State::Green;
        let green: Vec<_> = (trend.bands.iter().filter(green))
            .map(|band| (band.from, band.points))
            .collect();
        assert_eq!(
            green,
            [(Some(75.0), Some((2, 2))), (Some(90.0), Some((3, 3)))],
            "and without a target there is none"
        );
    }

    #[test]
    fn only_what_adds_up_has_a_forecast_and_it_is_marked() {
        for is_cumulative in [false, true] {
            let mut metric = metric();
            metric.definition.is_cumulative = is_cumulative;
            let history = testing::history(&metric, &[("2026-10", "30"), ("2026-11", "24")], &[]);
            let trend = drawn(&testing::shown(metric, history, "2026-11"), None);
            let last = trend.points.last().unwrap();
            assert_eq!(last.is_forecast, is_cumulative);
            if is_cumulative {
                assert_eq!(
                    (last.label.as_str(), last.value),
                    ("end of Nov 2026", Some(30.0))
                );
                assert_eq!(trend.bands[0].points, Some((0, 2)));
            }
        }
    }

    #[test]
    fn the_period_that_is_compared_with_is_on_the_chart_and_marked() {
        let metric = metric();
        let history = testing::history(&metric, &[("2024-10", "30"), ("2026-10", "24")], &[]);
        let then = Against {
            team: None,
            what: testing::shown(metric.clone(), history.clone(), "2024-10"),
        };
        let now = testing::shown(metric, history, "2026-10");
        assert_eq!(drawn(&now, None).points.len(), 14);
        let trend = drawn(&now, Some(&then));
        assert_eq!(trend.points.len(), 25);
        assert_eq!(trend.marks.len(), 1);
        assert_eq!(
            (trend.marks[0].at, trend.marks[0].text.as_str()),
            (0, "compared with: 30 %")
        );
    }
}
