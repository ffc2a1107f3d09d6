use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn at(day: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + day)
}

const ANN: PersonId = PersonId(1);
const BO: PersonId = PersonId(2);

fn session(day: i64, answers: &[(PersonId, bool)]) -> Session {
    Session {
        starts_at: at(day),
        ends_at: at(day) + TimeDelta::minutes(30),
        by_rule: true,
        state: OccurrenceState::Over,
        is_excused: false,
        answers: answers.to_vec(),
        skipped_by: None,
        moved_by: Vec::new(),
    }
}

#[test]
fn each_date_comes_to_what_was_said_of_it() {
    let now = at(10);
    let held = [(ANN, true)];
    let table = [
        (session(0, &held), End::Kept),
        (session(0, &[(ANN, true), (BO, true)]), End::Kept),
        (session(0, &[(ANN, true), (BO, false)]), End::Disputed),
        (session(0, &[(BO, false)]), End::NotHeld),
        (session(0, &[(ANN, false), (BO, false)]), End::NotHeld),
        (session(0, &[]), End::Unknown),
        (session(8, &[]), End::Awaited),
        (session(11, &held), End::NoPromise),
        (
            Session {
                state: OccurrenceState::Planned,
                ..session(9, &[])
            },
            End::Awaited,
        ),
        (
            Session {
                state: OccurrenceState::Skipped,
                ..session(5, &[])
            },
            End::Skipped,
        ),
        (
            Session {
                state: OccurrenceState::Skipped,
                ..session(12, &[])
            },
            End::NoPromise,
        ),
        (
            Session {
                state: OccurrenceState::Cancelled,
                ..session(5, &[])
            },
            End::NoPromise,
        ),
        (
            Session {
                is_excused: true,
                ..session(5, &held)
            },
            End::Excused,
        ),
        (
            Session {
                by_rule: false,
                ..session(5, &[])
            },
            End::Beside,
        ),
    ];
    for (session, end) in table {
        assert_eq!(session.end(now), end, "{session:?}");
    }
}

#[test]
fn what_nobody_answers_is_grey_and_not_zero() {
    let sessions = [
        session(0, &[(ANN, true)]),
        session(1, &[]),
        session(2, &[(BO, false)]),
    ];
    let tally = Tally::of(&sessions, at(10));
    assert_eq!((tally.promised, tally.kept, tally.unknown), (3, 1, 1));
    assert_eq!(tally.adherence(), Some(50));
    let silent = Tally::of(&[session(0, &[])], at(10));
    assert_eq!((silent.promised, silent.adherence()), (1, None));
}

#[test]
fn who_moved_and_who_skipped_is_counted_for_promised_dates_alone() {
    let moved = Session {
        moved_by: vec![Some(ANN), Some(ANN), None],
        ..session(0, &[(BO, true)])
    };
    let skipped = Session {
        state: OccurrenceState::Skipped,
        skipped_by: Some(BO),
        ..session(1, &[])
    };
    let excused = Session {
        is_excused: true,
        moved_by: vec![Some(BO)],
        ..skipped.clone()
    };
    let tally = Tally::of(&[moved, skipped, excused], at(10));
    assert_eq!(tally.moved_by, [(None, 1), (Some(ANN), 2)].into());
    assert_eq!(tally.skipped_by, [(Some(BO), 1)].into());
    assert_eq!((tally.moved(), tally.excused), (3, 1));
}

#[test]
fn a_streak_passes_over_absences_and_silence_and_ends_at_what_was_not_kept() {
    let held = [(ANN, true)];
    let excused = Session {
        is_excused: true,
        ..session(4, &[])
    };
    let mut sessions = vec![
        session(5, &held),
        session(0, &held),
        excused,
        session(3, &[]),
        session(2, &held),
        session(1, &[(ANN, false)]),
    ];
    assert_eq!(streak(&sessions, at(20)), 2);
    sessions.push(session(6, &[(ANN, true), (BO, false)]));
    assert_eq!(streak(&sessions, at(20)), 0);
    assert_eq!(streak(&[], at(20)), 0);
}

#[test]
fn a_pair_is_overdue_after_its_rhythm_and_some_grace_without_the_days_away() {
    let week = TimeDelta::days(7);
    let none = TimeDelta::zero();
    assert_eq!(overdue(at(0), week, none, at(10)), None);
    assert_eq!(overdue(at(0), week, none, at(12)), Some(TimeDelta::days(2)));
    assert_eq!(overdue(at(0), week, TimeDelta::days(2), at(12)), None);
}

#[test]
fn a_day_on_which_two_are_away_counts_once() {
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let absences = [(day(3), day(5)), (day(5), day(6)), (day(20), day(30))];
    assert_eq!(days_away(&absences, day(1), day(22)), 6);
    assert_eq!(days_away(&absences, day(4), day(5)), 1);
    assert_eq!(days_away(&[], day(1), day(9)), 0);
}

#[test]
fn a_session_was_held_when_somebody_says_so_and_nobody_else() {
    let now = at(10);
    assert!(session(0, &[(ANN, true)]).was_held(now));
    assert!(!session(0, &[]).was_held(now));
    assert!(!session(0, &[(ANN, true), (BO, false)]).was_held(now));
    let beside = Session {
        by_rule: false,
        ..session(0, &[])
    };
    assert!(beside.was_held(now));
}

#[test]
fn a_rhythm_is_read_from_its_rule() {
    let days = |rule| interval(rule).map(|interval| interval.num_days());
    assert_eq!(days("FREQ=WEEKLY;BYDAY=TU"), Some(7));
    assert_eq!(days("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"), Some(14));
    assert_eq!(days("FREQ=MONTHLY;BYDAY=2TU"), Some(31));
    assert_eq!(days("FREQ=DAILY;COUNT=1"), None);
    assert_eq!(days("FREQ=WEEKLY;INTERVAL=x"), None);
    assert_eq!(days(""), None);
}

#[test]
fn a_promise_is_on_time_until_the_end_of_its_day() {
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let promises = [
        (day(5), Some(day(5))),
        (day(5), Some(day(6))),
        (day(5), None),
        (day(10), None),
        (day(20), Some(day(2))),
    ];
    let all = Punctuality::of(promises, day(10));
    assert_eq!((all.due, all.on_time, all.overdue), (4, 2, 1));
    assert_eq!(all.percent(), Some(50));
    assert_eq!(Punctuality::of([], day(1)).percent(), None);
}

#[test]
fn what_was_never_touched_stands_in_the_order_of_all() {
    let all = ["goal", "reality", "options", "will"];
    assert_eq!(untouched(all, &["options", "goal"]), ["reality", "will"]);
    assert!(untouched(all, &all).is_empty());
}

fn any_session() -> impl Strategy<Value = Session> {
    let state = prop::sample::select(vec![
        OccurrenceState::Planned,
        OccurrenceState::Over,
        OccurrenceState::Skipped,
        OccurrenceState::Cancelled,
    ]);
    let answers = prop::collection::btree_map(1_i64..4, any::<bool>(), 0..3);
    let by = prop::option::of((1_i64..4).prop_map(PersonId));
    let moved = prop::collection::vec(by.clone(), 0..3);
    (
        0_i64..40,
        any::<bool>(),
        state,
        any::<bool>(),
        answers,
        by,
        moved,
    )
        .prop_map(
            |(day, by_rule, state, is_excused, answers, skipped_by, moved_by)| Session {
                by_rule,
                state,
                is_excused,
                answers: answers
                    .into_iter()
                    .map(|(id, held)| (PersonId(id), held))
                    .collect(),
                skipped_by,
                moved_by,
                ..session(day, &[])
            },
        )
}

proptest! {
    #[test]
    fn the_parts_make_the_whole(sessions in prop::collection::vec(any_session(), 0..30), now in 0_i64..50, cut in 0_usize..30) {
        let tally = Tally::of(&sessions, at(now));
        let parts = tally.kept + tally.not_held + tally.disputed + tally.skipped + tally.unknown;
        prop_assert_eq!(tally.promised, parts);
        prop_assert!(tally.adherence().is_none_or(|percent| percent <= 100));
        prop_assert_eq!(tally.adherence() == Some(100), tally.known() > 0 && tally.kept == tally.known());
        prop_assert!(streak(&sessions, at(now)) <= tally.kept);
        // Tallies of two parts add up, whatever the order.
        let (one, other) = sessions.split_at(cut.min(sessions.len()));
        let sum = Tally::of(other, at(now)).and(&Tally::of(one, at(now)));
        prop_assert_eq!(sum, tally);
    }

    #[test]
    fn an_answer_more_never_makes_a_kept_promise_of_a_disputed_one(mut session in any_session(), held: bool) {
        let before = session.end(at(60));
        session.answers.push((PersonId(9), held));
        let after = session.end(at(60));
        prop_assert!(!(before == End::Disputed && after != End::Disputed));
        prop_assert!(!(before == End::NotHeld && after == End::Kept));
    }
}
