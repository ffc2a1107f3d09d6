//! Judging over time: versions, baselines, targets, and what stands in for a missing reading.

use super::super::template::builtin;
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    Period::parse(text, day("2026-11-24")).unwrap()
}

fn definition(key: &str) -> Definition {
    let set = builtin("se-team", *b"EUR").unwrap();
    let entry = set.into_iter().find(|entry| entry.key == key).unwrap();
    entry.definition
}

fn points(of: &[(&str, i64)]) -> Vec<Point> {
    of.iter()
        .map(|(key, number)| Point {
            period: period(key),
            value: Value::plain(Decimal::from(*number)),
        })
        .collect()
}

fn colour(history: &History, key: &str, lens: Lens) -> Colour {
    history
        .verdict(&history.point(&period(key)).unwrap(), lens)
        .colour
}

#[test]
fn a_period_is_judged_by_the_version_of_its_time_unless_todays_is_asked_for() {
    let first = definition("kudos-coverage");
    let band = Band::higher(Decimal::from(80), Decimal::from(95)).unwrap();
    let second = Definition {
        edges: Edges::Fixed(band),
        ..first.clone()
    };
    let versions = vec![(day("2026-09-10"), first), (day("2026-10-15"), second)];
    let history = History::new(versions).unwrap().with_points(points(&[
        ("2026-08", 85),
        ("2026-09", 85),
        ("2026-10", 85),
    ]));
    assert_eq!(colour(&history, "2026-08", Lens::OfItsTime), Colour::Green);
    assert_eq!(colour(&history, "2026-09", Lens::OfItsTime), Colour::Green);
    assert_eq!(colour(&history, "2026-10", Lens::OfItsTime), Colour::Amber);
    assert_eq!(colour(&history, "2026-09", Lens::Today), Colour::Amber);
}

#[test]
fn a_baseline_takes_two_periods_without_a_score() {
    let readings = points(&[
        ("2026-Q1", 40),
        ("2026-Q2", 60),
        ("2026-Q3", 44),
        ("2026-Q4", 50),
    ]);
    let history = History::new(vec![(day("2026-01-01"), definition("business-win"))])
        .unwrap()
        .with_beginning(readings[..2].to_vec())
        .with_points(readings);
    assert_eq!(colour(&history, "2026-Q2", Lens::OfItsTime), Colour::Grey);
    assert_eq!(colour(&history, "2026-Q3", Lens::OfItsTime), Colour::Red);
    assert_eq!(colour(&history, "2026-Q4", Lens::OfItsTime), Colour::Green);
    assert_eq!(
        history.band(&period("2026-Q1"), Lens::OfItsTime),
        Err(Unjudged::Baseline)
    );
}

#[test]
fn edges_of_a_target_need_the_periods_target() {
    let history = History::new(vec![(day("2026-01-01"), definition("new-references"))])
        .unwrap()
        .with_points(points(&[("2026-Q2", 6), ("2026-Q3", 6)]))
        .with_targets([("2026-Q3".to_owned(), Decimal::from(6))].into());
    assert_eq!(colour(&history, "2026-Q3", Lens::OfItsTime), Colour::Green);
    assert_eq!(
        history.band(&period("2026-Q2"), Lens::OfItsTime),
        Err(Unjudged::NoTarget)
    );
}

#[test]
fn an_earlier_reading_stands_in_and_says_how_old_it_is() {
    let of = |readings: &[(&str, i64)], asked: &str| {
        let history =
            History::new(vec![(day("2026-01-01"), definition("kudos-coverage"))]).unwrap();
        let history = history.with_points(points(readings));
        let judged = history.judged(period(asked), day("2026-11-24"), true, Lens::OfItsTime);
        (
            judged.freshness,
            judged.point.map(|point| point.period.key()),
        )
    };
    let month = |key: &str| Some(key.to_owned());
    let all = [("2026-09", 70), ("2026-10", 80), ("2026-11", 90)];
    assert_eq!(of(&all, "2026-11"), (Freshness::Fresh, month("2026-11")));
    assert_eq!(
        of(&all[..2], "2026-11"),
        (Freshness::Latest, month("2026-10"))
    );
    assert_eq!(
        of(&all[..1], "2026-11"),
        (Freshness::Stale, month("2026-09"))
    );
    assert_eq!(
        of(&all[..1], "2026-10"),
        (Freshness::Stale, month("2026-09"))
    );
    assert_eq!(
        of(&[("2026-08", 70)], "2026-11"),
        (Freshness::Missing, None)
    );
    assert_eq!(
        of(&[("2026-08", 70)], "2026-10"),
        (Freshness::Missing, None)
    );
}

#[test]
fn a_change_is_against_the_period_before_and_the_year_before() {
    let history = History::new(vec![(day("2025-01-01"), definition("response-hours"))])
        .unwrap()
        .with_points(points(&[
            ("2025-W42", 20),
            ("2026-W41", 8),
            ("2026-W42", 10),
        ]));
    let judged = history.judged(
        period("2026-W42"),
        day("2026-11-24"),
        false,
        Lens::OfItsTime,
    );
    let change = judged.change.unwrap();
    assert_eq!((change.by, change.course), (Decimal::TWO, Course::Worse));
    let year = judged.year.unwrap();
    assert_eq!((year.by, year.course), (Decimal::from(-10), Course::Better));
}

#[test]
fn closed_periods_go_back_to_the_first_reading_with_grey_gaps() {
    let history = History::new(vec![(day("2026-01-01"), definition("kudos-coverage"))])
        .unwrap()
        .with_points(points(&[("2026-08", 50), ("2026-10", 50), ("2026-11", 90)]));
    let colours: Vec<Colour> = history
        .closed(&period("2026-11"), day("2026-11-24"))
        .collect();
    assert_eq!(colours, [Colour::Red, Colour::Grey, Colour::Red]);
}
