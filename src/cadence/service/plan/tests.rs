//! Planning on a real file.

use super::*;
use crate::cadence::rules::{Kind, SeriesState};
use crate::cadence::store::series::NewSeries;
use crate::db::WriteTx;
use crate::db::testing::TestDb;
use crate::ids::GuildId;
use crate::time::Zone;

const TWO: &str = "
    INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
    VALUES (1, 'Acme', 'UTC', 1, 1, '🏆', 1, 0);
    INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
    VALUES (1, 1, 101, 'Ann', 0), (2, 1, 102, 'Bo', 0), (3, 1, 103, 'Chen', 0);";

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

/// A weekly series of Ann and Bo, on Tuesdays at ten in Berlin from 1 December 2026 on.
async fn series(db: &TestDb) -> (WriteTx, Series) {
    db.run(TWO).await;
    let mut tx = db.write().await.unwrap();
    let now = at("2026-11-24T12:00");
    let new = NewSeries {
        guild: GuildId::from(1),
        kind: Kind::OneOnOne,
        rule: "FREQ=WEEKLY;BYDAY=TU".to_owned(),
        starts: "2026-12-01T10:00:00".parse().unwrap(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        minutes: 30,
        team: None,
        state: SeriesState::Running,
        created_by: PersonId(1),
    };
    let id = series::insert(&mut tx, &new, now).await.unwrap();
    for person in [PersonId(1), PersonId(2)] {
        series::insert_member(&mut tx, id, person, Answer::Fine, now)
            .await
            .unwrap();
    }
    let series = series::find(&mut *tx, new.guild, id).await.unwrap();
    (tx, series.unwrap())
}

/// Who is nudged when, and how far that is.
async fn nudges(tx: &mut SqliteConnection) -> Vec<String> {
    let rows: Vec<(i64, i64, String)> =
        sqlx::query_as("SELECT person_id, due_at, state FROM nudges ORDER BY due_at, person_id")
            .fetch_all(tx)
            .await
            .unwrap();
    rows.into_iter()
        .map(|(person, due, state)| {
            let due = DateTime::from_timestamp_millis(due).unwrap();
            format!("{person} {} {state}", due.format("%m-%d %H:%M"))
        })
        .collect()
}

async fn run(tx: &mut SqliteConnection, statement: &'static str) {
    sqlx::query(statement).execute(tx).await.unwrap();
}

#[tokio::test]
async fn the_next_date_is_planned_with_its_nudges_and_once() {
    let db = TestDb::open().await;
    let (mut tx, series) = series(&db).await;
    let now = at("2026-11-24T12:00");
    let planned = plan_next(&mut tx, &series, now, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(planned.starts_at, at("2026-12-01T09:00"));
    assert_eq!(planned.ends_at, at("2026-12-01T09:30"));
    let four = [
        "1 11-30 09:00 waiting",
        "2 11-30 09:00 waiting",
        "1 12-01 08:00 waiting",
        "2 12-01 08:00 waiting",
    ];
    assert_eq!(nudges(&mut tx).await, four);
    let again = plan_next(&mut tx, &series, at("2027-03-01T00:00"), now)
        .await
        .unwrap();
    assert_eq!(again, Some(planned));
    assert_eq!(nudges(&mut tx).await, four);
}

#[tokio::test]
async fn what_is_over_or_skipped_is_passed_over_and_what_was_cancelled_comes_back() {
    let db = TestDb::open().await;
    let (mut tx, series) = series(&db).await;
    let now = at("2026-11-24T12:00");
    let first = plan_next(&mut tx, &series, now, now)
        .await
        .unwrap()
        .unwrap();
    occurrences::skip(&mut tx, first.id, PersonId(1), None)
        .await
        .unwrap();
    let second = plan_next(&mut tx, &series, now, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(second.starts_at, at("2026-12-08T09:00"));
    occurrences::set_state(&mut tx, second.id, OccurrenceState::Over)
        .await
        .unwrap();
    let third = plan_next(&mut tx, &series, now, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(third.starts_at, at("2026-12-15T09:00"));
    assert_eq!(
        unplan(&mut tx, series.id).await.unwrap(),
        Some(third.clone())
    );
    assert_eq!(unplan(&mut tx, series.id).await.unwrap(), None);
    let back = plan_next(&mut tx, &series, now, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((back.id, back.starts_at), (third.id, third.starts_at));
}

#[tokio::test]
async fn a_date_that_is_over_already_is_planned_without_nudges() {
    let db = TestDb::open().await;
    let (mut tx, series) = series(&db).await;
    let now = at("2026-12-20T12:00");
    let missed = plan_next(&mut tx, &series, at("2026-12-01T09:00"), now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(missed.starts_at, at("2026-12-08T09:00"));
    assert_eq!(nudges(&mut tx).await, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_is_nudged_who_does_not_want_it_left_or_was_erased() {
    let db = TestDb::open().await;
    let (mut tx, series) = series(&db).await;
    let now = at("2026-11-24T12:00");
    series::set_nudged(&mut tx, series.id, PersonId(1), false)
        .await
        .unwrap();
    run(&mut tx, "UPDATE people SET left_at = 1 WHERE id = 2").await;
    plan_next(&mut tx, &series, now, now)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(nudges(&mut tx).await, Vec::<String>::new());
    run(&mut tx, "UPDATE people SET left_at = NULL WHERE id = 2").await;
    series::set_answer(&mut tx, series.id, PersonId(2), Answer::Declined, now)
        .await
        .unwrap();
    replan_nudges_of(&mut tx, series.guild, PersonId(2), now)
        .await
        .unwrap();
    assert_eq!(nudges(&mut tx).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_move_nudges_anew() {
    let db = TestDb::open().await;
    let (mut tx, series) = series(&db).await;
    let now = at("2026-11-24T12:00");
    let planned = plan_next(&mut tx, &series, now, now)
        .await
        .unwrap()
        .unwrap();
    run(
        &mut tx,
        "UPDATE nudges SET state = 'done' WHERE minutes = 1440",
    )
    .await;
    let to = at("2026-12-03T09:00");
    let ends_at = to + TimeDelta::minutes(30);
    occurrences::move_to(&mut tx, &planned, (to, ends_at), PersonId(1), now)
        .await
        .unwrap();
    let moved = occurrences::find_planned(&mut *tx, series.id)
        .await
        .unwrap();
    replan(&mut tx, &series, &moved.unwrap(), now)
        .await
        .unwrap();
    assert_eq!(
        nudges(&mut tx).await,
        [
            "1 12-02 09:00 waiting",
            "2 12-02 09:00 waiting",
            "1 12-03 08:00 waiting",
            "2 12-03 08:00 waiting",
        ]
    );
}

#[tokio::test]
async fn other_leads_change_what_is_still_to_come() {
    let db = TestDb::open().await;
    let (mut tx, series) = series(&db).await;
    let now = at("2026-11-24T12:00");
    plan_next(&mut tx, &series, now, now).await.unwrap();
    run(
        &mut tx,
        "UPDATE nudges SET state = 'done' WHERE minutes = 1440 AND person_id = 1",
    )
    .await;
    run(
        &mut tx,
        "UPDATE people SET nudge_leads = '24h, 2h' WHERE id = 1",
    )
    .await;
    replan_nudges_of(&mut tx, series.guild, PersonId(1), now)
        .await
        .unwrap();
    let changed = [
        "1 11-30 09:00 done",
        "2 11-30 09:00 waiting",
        "1 12-01 07:00 waiting",
        "2 12-01 08:00 waiting",
    ];
    assert_eq!(nudges(&mut tx).await, changed);
    run(
        &mut tx,
        "UPDATE people SET nudge_leads = 'off' WHERE id = 2",
    )
    .await;
    replan_nudges_of(&mut tx, series.guild, PersonId(2), now)
        .await
        .unwrap();
    assert_eq!(
        nudges(&mut tx).await,
        ["1 11-30 09:00 done", "1 12-01 07:00 waiting"]
    );
}

#[tokio::test]
async fn the_next_dates_of_somebody_are_found_by_index() {
    let db = TestDb::open().await;
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(
        "EXPLAIN QUERY PLAN
         SELECT o.id FROM series_members m
     CROSS JOIN series s ON s.id = m.series_id
     CROSS JOIN occurrences o ON o.series_id = s.id AND o.state = 'planned'
          WHERE m.person_id = ?2 AND s.guild_id = ?1 AND s.state = 'running'
          ORDER BY o.starts_at, o.id",
    )
    .fetch_all(db.read())
    .await
    .unwrap();
    let plan: Vec<String> = plan.into_iter().map(|(.., step)| step).collect();
    let plan = plan.join("\n");
    assert!(
        plan.contains("series_by_member") && plan.contains("occurrences_planned"),
        "{plan}"
    );
    assert!(!plan.contains("SCAN"), "{plan}");
}
