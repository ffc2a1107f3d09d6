//! What health reads, and what its queries walk over.

use chrono::TimeDelta;

use super::*;
use crate::db::testing::TestDb;

/// Two hundred people of a team, each with a weekly one-on-one with the first, and two years of them.
const TEAM: &str = "
    INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
    VALUES (9, 'Acme', 'UTC', 1, 1, 'x', 1, 0), (8, 'Beta', 'UTC', 1, 1, 'x', 1, 0);
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 201)
    INSERT INTO people (id, guild_id, user_id, name, first_seen_at) SELECT i, 9, i, 'P' || i, 0 FROM n;
    INSERT INTO series (id, guild_id, kind, uid, rule, starts, timezone, minutes, state, created_at)
    SELECT id, 9, 'one-on-one', 'u' || id, 'FREQ=WEEKLY;BYDAY=TU', '2026-01-06T10:00', 'UTC', 30,
           'running', 0 FROM people WHERE id > 1;
    INSERT INTO series_members (series_id, person_id, answer) SELECT id, id, 'fine' FROM series;
    INSERT INTO series_members (series_id, person_id, answer) SELECT id, 1, 'fine' FROM series;
    WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 104)
    INSERT INTO occurrences (series_id, slot, starts_at, ends_at, state)
    SELECT s.id, i * 604800000, i * 604800000, i * 604800000 + 1, 'over' FROM n, series s;
    INSERT INTO held_answers (occurrence_id, person_id, held, answered_at)
    SELECT id, 1, 1, 0 FROM occurrences WHERE slot < 100 * 604800000;
    INSERT INTO agenda_items (series_id, author_id, text, added_at) VALUES (2, 1, 'x', 604800000);";

fn week(number: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::weeks(number)
}

fn ids() -> Vec<PersonId> {
    (1..=201).map(PersonId).collect()
}

#[tokio::test]
async fn a_team_of_two_hundred_is_read_by_what_lies_in_the_period() {
    let db = TestDb::open().await;
    db.run(TEAM).await;
    let acme = GuildId::from(9);
    let quarter = (week(92), week(105));
    let series = list_series(db.read(), acme, &ids(), quarter).await.unwrap();
    assert_eq!(series.len(), 200);
    assert_eq!(series[0].people, [PersonId(1), PersonId(2)]);
    let rows: Vec<SeriesId> = series.iter().map(|series| series.id).collect();
    let mut connection = db.read().acquire().await.unwrap();
    let sessions = list_sessions(&mut connection, &rows, quarter)
        .await
        .unwrap();
    assert_eq!(sessions.len(), 200 * 13);
    let answered = sessions
        .iter()
        .filter(|one| !one.session.answers.is_empty());
    assert_eq!(answered.count(), 200 * 8);
    let since = list_since(db.read(), &rows, week(110)).await.unwrap();
    assert_eq!(since.len(), 200);
    assert!(since.iter().all(|one| one.last_held == Some(week(99))));
    let all = (week(0), week(200));
    let agenda = count_agenda(db.read(), &rows, all).await.unwrap();
    assert_eq!(agenda, [(SeriesId(2), PersonId(1), 1)]);
}

#[tokio::test]
async fn series_with_others_and_of_other_guilds_are_not_there() {
    let db = TestDb::open().await;
    db.run(TEAM).await;
    let all = (week(0), week(200));
    let few = [PersonId(1), PersonId(2)];
    let series = list_series(db.read(), GuildId::from(9), &few, all)
        .await
        .unwrap();
    assert_eq!(series.len(), 1);
    let alone = [PersonId(2)];
    let series = list_series(db.read(), GuildId::from(9), &alone, all)
        .await
        .unwrap();
    assert!(series.is_empty());
    let beta = list_series(db.read(), GuildId::from(8), &ids(), all)
        .await
        .unwrap();
    assert!(beta.is_empty());
    db.run("UPDATE series SET state = 'proposed' WHERE id = 2")
        .await;
    let series = list_series(db.read(), GuildId::from(9), &few, all)
        .await
        .unwrap();
    assert!(series.is_empty());
    db.run("UPDATE series SET state = 'ended', changed_at = 604800000 WHERE id = 2")
        .await;
    let later = (week(2), week(200));
    let series = list_series(db.read(), GuildId::from(9), &few, later)
        .await
        .unwrap();
    assert!(series.is_empty(), "it ended before");
    let series = list_series(db.read(), GuildId::from(9), &few, all)
        .await
        .unwrap();
    assert_eq!(series.len(), 1);
}

/// What the queries of health, of digests, of pairs in turns and of hand-overs walk over.
#[tokio::test]
async fn no_query_walks_over_a_whole_table() {
    let db = TestDb::open().await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let ours = [
        "INDEXED BY occurrences_by_start",
        "INDEXED BY agenda_by_series",
        "x.person_id NOT IN (SELECT value",
        "FROM rotation",
        "FROM releases",
        "LEFT JOIN manager_digests",
        "m.other_id = ?1 AND m.state = 'open'",
        "LEFT JOIN people o ON o.id = m.other_id",
    ];
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let kept = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
        let query = kept["query"].as_str().unwrap();
        if !ours.iter().any(|part| query.contains(part)) {
            continue;
        }
        found += 1;
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        for (_, _, _, step) in &steps {
            // Lists that were handed in, what one row asks, and who manages a team.
            let small = [
                "SCAN asked",
                "SCAN json_each",
                "SCAN CONSTANT ROW",
                "SCAN team_managers",
            ];
            let is_small = small.iter().any(|small| step.starts_with(small));
            assert!(is_small || !step.starts_with("SCAN"), "{query}\n{steps:#?}");
        }
    }
    assert!(
        found >= 17,
        "the queries are where they are looked for: {found}"
    );
}
