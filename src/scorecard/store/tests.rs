//! What the stores keep, on a real file, and that an index serves each question.

mod telling;

use chrono::{NaiveDate, TimeZone as _, Utc};

use super::metrics::{Eyes, NewMetric, Scope};
use super::readings::{NewReading, Place};
use super::*;
use crate::db::testing::TestDb;
use crate::ids::{GuildId, MetricId, PersonId, ReadingId, TeamId};
use crate::scorecard::rules::template::{Entry, builtin};
use crate::scorecard::rules::value::Value;
use crate::scorecard::rules::{Origin, Source};

/// Two guilds; in the first Ann manages the team that Bo is in, Chen is in none.
const PEOPLE: &str = "
    INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
    VALUES (1, 'Acme', 'UTC', 1, 1, '🏆', 1, 0), (2, 'Beta', 'UTC', 1, 1, '🏆', 1, 0);
    INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
    VALUES (1, 1, 101, 'Ann', 0), (2, 1, 102, 'Bo', 0), (3, 1, 103, 'Chen', 0), (4, 2, 101, 'Ann', 0);
    INSERT INTO teams (id, guild_id, name, key, created_at) VALUES (1, 1, 'Presales', 'presales', 0);
    INSERT INTO team_members (team_id, person_id, joined_at) VALUES (1, 2, 0);
    INSERT INTO team_managers (team_id, person_id, since) VALUES (1, 1, 0);";

const ANN: PersonId = PersonId(1);
const BO: PersonId = PersonId(2);
const CHEN: PersonId = PersonId(3);

fn guild() -> GuildId {
    GuildId::from(1)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of(key: &str) -> Period {
    period(key).unwrap()
}

fn at(second: i64) -> chrono::DateTime<Utc> {
    Utc.timestamp_opt(second, 0).unwrap()
}

fn entries() -> Vec<Entry> {
    builtin("se-team", *b"EUR").unwrap()
}

async fn writing(db: &TestDb) -> crate::db::WriteTx {
    crate::db::Db::write(db).await.unwrap()
}

async fn define(db: &TestDb, entry: &Entry, key: &str, scope: Scope) -> MetricId {
    let mut tx = writing(db).await;
    let new = NewMetric {
        guild: guild(),
        key,
        kin: &entry.key,
        scope,
        owner: Some(BO),
        source: Source::Manual,
        created_by: ANN,
    };
    let id = metrics::insert(&mut tx, &new, at(1)).await.unwrap();
    metrics::insert_version(
        &mut tx,
        id,
        day("2026-01-01"),
        &entry.definition,
        ANN,
        at(1),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn record(db: &TestDb, metric: MetricId, key: &str, number: i64, second: i64) -> ReadingId {
    let mut tx = writing(db).await;
    let new = NewReading {
        metric,
        period: of(key),
        value: Value::plain(number.into()),
        note: Some("said of it"),
        origin: Origin::Typed,
        by: Some(BO),
    };
    let id = readings::insert(&mut tx, &new, at(second)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn every_definition_of_the_built_in_set_is_kept_as_it_is() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    for entry in entries() {
        let id = define(&db, &entry, &entry.key, Scope::Guild).await;
        let metric = metrics::find(db.read(), guild(), id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(metric.definition, entry.definition, "{}", entry.key);
        let elsewhere = metrics::find(db.read(), GuildId::from(2), id)
            .await
            .unwrap();
        assert_eq!(elsewhere, None, "another guild's");
        let by_key = metrics::find_by_key(db.read(), guild(), &entry.key)
            .await
            .unwrap();
        assert_eq!(by_key, Some(metric));
    }
    assert_eq!(
        metrics::list_all(db.read(), guild()).await.unwrap().len(),
        28
    );
    let ids = (1..=28).map(MetricId);
    let versions = metrics::list_versions(db.read(), ids).await.unwrap();
    assert_eq!(versions.len(), 28);
}

#[tokio::test]
async fn an_edit_is_another_version_and_the_latest_is_what_it_means_now() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let entry = &entries()[0];
    let id = define(&db, entry, "a", Scope::Guild).await;
    let mut changed = entry.definition.clone();
    let mut tx = writing(&db).await;
    for (name, from) in [("second", "2026-05-01"), ("third", "2026-05-01")] {
        changed.name = name.to_owned();
        metrics::insert_version(&mut tx, id, day(from), &changed, ANN, at(2))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let metric = metrics::find(db.read(), guild(), id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(metric.definition.name, "third");
    let versions = metrics::list_versions(db.read(), [id]).await.unwrap();
    let names: Vec<&str> = versions
        .iter()
        .map(|version| version.definition.name.as_str())
        .collect();
    assert_eq!(names, [entry.definition.name.as_str(), "second", "third"]);
}

#[tokio::test]
async fn a_persons_metric_is_seen_by_that_person_and_their_managers_alone() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let entry = &entries()[0];
    define(&db, entry, "bo-s-own", Scope::Member(BO)).await;
    define(&db, entry, "teams", Scope::Team(TeamId(1))).await;
    define(&db, entry, "all", Scope::Guild).await;
    for (eyes, expected) in [(Some(BO), 3), (Some(ANN), 3), (Some(CHEN), 2), (None, 2)] {
        let seen = metrics::list_seen(db.read(), guild(), Eyes(eyes))
            .await
            .unwrap();
        assert_eq!(seen.len(), expected, "{eyes:?}");
    }
    let elsewhere = metrics::list_seen(db.read(), GuildId::from(2), Eyes(Some(PersonId(4)))).await;
    assert_eq!(elsewhere.unwrap(), []);
    assert!(metrics::is_manager_of(db.read(), ANN, BO).await.unwrap());
    assert!(!metrics::is_manager_of(db.read(), BO, ANN).await.unwrap());
}

#[tokio::test]
async fn a_correction_takes_the_place_of_the_first_and_keeps_it() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let id = define(&db, &entries()[0], "a", Scope::Guild).await;
    let first = record(&db, id, "2026-10", 70, 1).await;
    record(&db, id, "2026-11", 75, 2).await;
    let second = record(&db, id, "2026-10", 82, 3).await;
    let in_force = readings::find_in_force(db.read(), id, &of("2026-10")).await;
    let in_force = in_force.unwrap().unwrap();
    assert_eq!((in_force.id, in_force.superseded_by), (second, None));
    let history = readings::list_older(db.read(), id, None, 10).await.unwrap();
    let rows: Vec<_> = history
        .iter()
        .map(|reading| {
            (
                reading.point.value.number.to_string(),
                reading.superseded_by,
            )
        })
        .collect();
    let row = |number: &str, by| (number.to_owned(), by);
    assert_eq!(
        rows,
        [row("75", None), row("82", None), row("70", Some(second))]
    );
    assert_eq!(history[2].id, first);
    assert_eq!(history[2].by_name.as_deref(), Some("Bo"));
    let points = readings::list_points(db.read(), [id], day("2026-01-01"), day("2027-01-01"));
    assert_eq!(points.await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_reading_and_a_target_are_never_changed() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let id = define(&db, &entries()[0], "a", Scope::Guild).await;
    record(&db, id, "2026-10", 70, 1).await;
    let mut tx = writing(&db).await;
    targets::insert(&mut tx, id, &of("2026-10"), 5.into(), ANN, at(1))
        .await
        .unwrap();
    for statement in [
        "UPDATE readings SET value = '1'",
        "UPDATE metric_targets SET value = '1'",
    ] {
        let refused = sqlx::query(statement).execute(&mut *tx).await;
        assert!(refused.unwrap_err().to_string().contains("by another"));
    }
}

#[tokio::test]
async fn of_several_targets_of_a_period_the_last_holds() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let id = define(&db, &entries()[0], "a", Scope::Guild).await;
    let mut tx = writing(&db).await;
    for (key, value) in [("2026-10", 5), ("2026-09", 4), ("2026-10", 6)] {
        targets::insert(&mut tx, id, &of(key), value.into(), ANN, at(1))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let found = targets::list_targets(db.read(), [id], day("2026-01-01"), day("2027-01-01")).await;
    let found: Vec<String> = found
        .unwrap()
        .iter()
        .map(|(_, period, value)| format!("{} {value}", period.key()))
        .collect();
    assert_eq!(found, ["2026-09 4", "2026-10 5", "2026-10 6"]);
}

#[tokio::test]
async fn pages_of_the_history_turn_both_ways() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let id = define(&db, &entries()[0], "a", Scope::Guild).await;
    for n in 0..30 {
        record(&db, id, &format!("2026-{:02}", 1 + n % 10), n, n).await;
    }
    let all = readings::list_older(db.read(), id, None, 100)
        .await
        .unwrap();
    assert_eq!(all.len(), 30);
    let mut paged = Vec::new();
    let mut after: Option<Place> = None;
    loop {
        let page = readings::list_older(db.read(), id, after, 7).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.place());
        paged.extend(page);
    }
    assert_eq!(paged, all);
    let mut newer = readings::list_newer(db.read(), id, all[20].place(), 7)
        .await
        .unwrap();
    newer.reverse();
    assert_eq!(newer, all[13..20]);
}

#[tokio::test]
async fn decisions_and_the_latest_state_are_found() {
    use crate::scorecard::rules::{AlertState, Decision};
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let id = define(&db, &entries()[0], "a", Scope::Guild).await;
    let mut tx = writing(&db).await;
    for (key, decision) in [("2026-09", Decision::Keep), ("2026-10", Decision::Act)] {
        let new = reviews::NewReview {
            metric: id,
            period: of(key),
            decision,
            action: Some("call them"),
            owner: Some(BO),
            promise: None,
            by: ANN,
        };
        reviews::insert(&mut tx, &new, at(5)).await.unwrap();
    }
    let october = of("2026-10");
    assert!(
        reviews::insert_reminder(&mut tx, id, &october, BO, false, at(5))
            .await
            .unwrap()
    );
    assert!(
        !reviews::insert_reminder(&mut tx, id, &october, BO, false, at(6))
            .await
            .unwrap()
    );
    assert_eq!(reviews::find_alert(&mut *tx, id).await.unwrap(), None);
    let alert = reviews::Alert {
        period: october,
        state: AlertState::Alarmed,
        told_at: Some(at(5)),
    };
    reviews::set_alert(&mut tx, id, &alert, at(5))
        .await
        .unwrap();
    assert_eq!(
        reviews::find_alert(&mut *tx, id).await.unwrap(),
        Some(alert)
    );
    let decided = reviews::list_all(&mut *tx, [id]).await.unwrap();
    assert_eq!(decided.len(), 2);
    assert_eq!(
        (decided[1].decision, decided[1].period),
        (Decision::Act, october)
    );
}

#[tokio::test]
async fn the_ten_metrics_asked_for_last_are_remembered() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let mut tx = writing(&db).await;
    let mut ids = Vec::new();
    for n in 0..12 {
        let key = format!("m{n}");
        let new = NewMetric {
            guild: guild(),
            key: &key,
            kin: &key,
            scope: Scope::Guild,
            owner: None,
            source: Source::Manual,
            created_by: ANN,
        };
        ids.push(metrics::insert(&mut tx, &new, at(1)).await.unwrap());
    }
    for (second, id) in (1..).zip(ids.iter().chain(&ids[3..4])) {
        metrics::insert_asked(&mut tx, BO, *id, at(second))
            .await
            .unwrap();
    }
    let asked = metrics::list_asked(&mut *tx, BO).await.unwrap();
    assert_eq!(asked.len(), 10);
    assert_eq!(asked[..2], [ids[3], ids[11]]);
}

/// The scorecard's questions, as they are kept for the check offline.
fn queries() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let tables = [
        " readings ",
        " metrics ",
        " metric_",
        " metrics_asked ",
        " reading_receipts ",
    ];
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .map(|kept| serde_json::from_str::<serde_json::Value>(&kept).unwrap())
        .map(|kept| kept["query"].as_str().unwrap().to_owned())
        .filter(|query| {
            tables.iter().any(|table| query.contains(table)) && query.starts_with("SELECT")
        })
        .collect()
}

#[tokio::test]
async fn every_question_is_answered_by_an_index() {
    let db = TestDb::open().await;
    let queries = queries();
    assert!(
        queries.len() >= 12,
        "the queries are where they are looked for"
    );
    for query in queries {
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        for (_, _, _, step) in &steps {
            // The ids that are asked for come in a list.
            let is_list = step.starts_with("SCAN asked") || step.starts_with("SCAN CONSTANT ROW");
            // Which guilds there are to look at is read off the index alone.
            let is_guilds =
                query.starts_with("SELECT DISTINCT guild_id") && step.contains("INDEX metrics_");
            let is_served = is_list || is_guilds || !step.starts_with("SCAN");
            assert!(is_served, "{step}\n{query}");
            let is_page = query.contains("LIMIT ?4");
            assert!(
                !(is_page && step.contains("TEMP B-TREE")),
                "{step}\n{query}"
            );
        }
    }
}
