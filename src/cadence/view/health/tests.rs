//! A full page, and what is said where little is known.

use chrono::{DateTime, NaiveDate, TimeDelta};

use super::*;
use crate::cadence::rules::Kind;
use crate::ids::TeamId;

/// A page of the longest names and the greatest counts.
fn full() -> Health {
    let name = "*".repeat(32);
    let person = |id| Some(PersonId(id));
    let counts: BTreeMap<_, _> = [
        (person(1), 99),
        (person(2), 99),
        (person(3), 99),
        (None, 99),
    ]
    .into();
    let tally = Tally {
        promised: 900,
        kept: 100,
        not_held: 100,
        disputed: 100,
        skipped: 100,
        unknown: 100,
        excused: 100,
        pending: 100,
        moved_by: counts.clone(),
        skipped_by: counts,
    };
    let people = vec![PersonId(1), PersonId(2), PersonId(3)];
    let line = Line {
        kind: Kind::PeerCoaching,
        people: people.clone(),
        is_running: true,
        is_paused: false,
        tally: tally.clone(),
        streak: 100,
        last_held: Some(DateTime::UNIX_EPOCH + TimeDelta::days(20_000)),
        overdue: Some(TimeDelta::days(1_000)),
        agenda: people.iter().map(|person| (*person, 1_000)).collect(),
        untouched_steps: vec!["reality", "options", "will"],
        untouched_themes: vec![
            "discovery",
            "demo",
            "career",
            "wellbeing",
            "sales-partner",
            "customer",
        ],
    };
    Health {
        team: Team {
            id: TeamId(i64::MAX),
            name: name.clone(),
            key: name.clone(),
        },
        period: Period::parse("2026-10-01..2026-11-30", NaiveDate::default()).unwrap(),
        is_running: true,
        total: tally,
        pairs: 1_000,
        overdue: 1_000,
        lines: vec![line; 5],
        names: people
            .iter()
            .map(|person| (*person, Some(name.clone())))
            .collect(),
        unmet: vec![name; 200],
        digest_is_off: true,
        page: 40,
        pages: 40,
    }
}

#[test]
fn a_full_page_of_the_longest_names_fits_into_one_message() {
    let message = health(&full(), |name| format!("</{name}:1400000000000000000>"));
    assert_eq!(message.check(), Ok(()));
}

#[test]
fn what_is_not_known_is_said_and_not_counted() {
    let tally = |promised, unknown| Tally {
        promised,
        unknown,
        ..Tally::default()
    };
    assert_eq!(kept(&tally(0, 0)), "no date has passed");
    assert_eq!(kept(&tally(2, 2)), "not known whether any was kept");
    assert_eq!(kept(&tally(3, 1)), "kept 0 of 2 (0 %)");
}
