//! What has been kept long enough is found by its age, and goes in batches.

use chrono::{DateTime, TimeDelta};

use super::delete_old;
use crate::config::Retention;
use crate::db::testing::TestDb;

/// How the statements of `delete_old` begin.
const DELETES: [&str; 7] = [
    "DELETE FROM nudges WHERE id IN\n             (SELECT n.id",
    "DELETE FROM agenda_items WHERE id IN",
    "DELETE FROM promises WHERE id IN\n             (SELECT id FROM promises WHERE finished_at",
    "DELETE FROM moments WHERE id IN (SELECT id FROM moments WHERE closed_at",
    "DELETE FROM questions_asked WHERE (low_id, high_id, question) IN",
    "DELETE FROM open_places WHERE (team_id, person_id) IN",
    "DELETE FROM series WHERE id IN\n             (SELECT id FROM series WHERE state = 'ended'",
];

async fn office() -> TestDb {
    let db = TestDb::open().await;
    db.run(
        "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
         VALUES (9, 'Acme', 'UTC', 1, 1, '🏆', 1, 0);
         INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
         VALUES (1, 9, 11, 'Ann', 0), (2, 9, 12, 'Bo', 0);
         INSERT INTO series (id, guild_id, kind, uid, rule, starts, timezone, minutes, state, created_at, changed_at)
         VALUES (5, 9, 'one-on-one', 'u', 'FREQ=WEEKLY', '2026-11-03T10:00', 'UTC', 30, 'running', 0, 0),
                (6, 9, 'one-on-one', 'v', 'FREQ=WEEKLY', '2026-11-03T10:00', 'UTC', 30, 'ended', 0, 0);
         INSERT INTO occurrences (id, series_id, slot, starts_at, ends_at, state)
         VALUES (50, 5, 0, 0, 1, 'over'), (60, 6, 0, 0, 1, 'over');
         INSERT INTO private_notes (occurrence_id, author_id, text, written_at)
         VALUES (50, 1, 'kept', 0), (60, 1, 'gone', 0);
         INSERT INTO promises (id, guild_id, owner_id, text, state, made_at, finished_at)
         VALUES (1, 9, 1, 'open', 'open', 0, NULL), (2, 9, 1, 'done', 'done', 0, 0);
         INSERT INTO nudges (guild_id, person_id, promise_id, kind, due_at, expires_at, state)
         VALUES (9, 1, 1, 'overdue', 0, 0, 'done');
         INSERT INTO nudges (guild_id, person_id, occurrence_id, kind, due_at, expires_at, state)
         VALUES (9, 1, 50, 'held', 0, 0, 'done');
         INSERT INTO moments (guild_id, author_id, about_id, channel_id, message_id, note, noted_at, closed_at)
         VALUES (9, 1, 2, 1, 1, 'open', 0, NULL), (9, 1, 2, 1, 2, 'closed', 0, 0);
         INSERT INTO agenda_items (series_id, author_id, text, added_at, closed_at)
         VALUES (5, 1, 'open', 0, NULL), (5, 1, 'closed', 0, 0);
         INSERT INTO questions_asked (low_id, high_id, question, asked_at) VALUES (1, 2, 'q', 0);
         INSERT INTO teams (id, guild_id, name, key, created_at) VALUES (3, 9, 'North', 'north', 0);
         INSERT INTO open_places (team_id, person_id, since) VALUES (3, 1, 0);",
    )
    .await;
    db
}

#[tokio::test]
async fn what_is_done_with_goes_after_its_time_and_what_is_open_stays() {
    let db = office().await;
    let keep = Retention::default();
    let mut left = Vec::new();
    for days in [89, 90, 729, 730] {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(days) + TimeDelta::milliseconds(1);
        let mut tx = db.write().await.unwrap();
        while delete_old(&mut tx, &keep, now, 1).await.unwrap() > 0 {}
        let counts: String = sqlx::query_scalar(
            "SELECT format('%d nudges, %d promises, %d moments, %d items, %d questions, %d notes, %d places',
                (SELECT count(*) FROM nudges), (SELECT count(*) FROM promises),
                (SELECT count(*) FROM moments), (SELECT count(*) FROM agenda_items),
                (SELECT count(*) FROM questions_asked), (SELECT count(*) FROM private_notes),
                (SELECT count(*) FROM open_places))",
        )
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        left.push(format!("{days}: {counts}"));
    }
    insta::assert_snapshot!(left.join("\n"), @r"
    89: 2 nudges, 2 promises, 2 moments, 2 items, 1 questions, 2 notes, 1 places
    90: 1 nudges, 2 promises, 2 moments, 2 items, 1 questions, 2 notes, 0 places
    729: 1 nudges, 2 promises, 2 moments, 2 items, 1 questions, 2 notes, 0 places
    730: 1 nudges, 1 promises, 1 moments, 1 items, 0 questions, 1 notes, 0 places
    ");
}

#[tokio::test]
async fn what_is_old_reads_off_an_index() {
    let db = office().await;
    let mut found = [0; DELETES.len()];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    for entry in std::fs::read_dir(folder).unwrap() {
        let kept = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
        let query = kept["query"].as_str().unwrap();
        let Some(at) = DELETES.iter().position(|words| query.starts_with(words)) else {
            continue;
        };
        found[at] += 1;
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        assert!(
            steps
                .iter()
                .any(|(.., step)| step.contains("_by_age") || step.contains("series_by_end")),
            "{query}\n{steps:#?}"
        );
        for (.., step) in &steps {
            assert!(!step.starts_with("SCAN"), "{query}\n{steps:#?}");
        }
    }
    assert_eq!(found, [1; DELETES.len()]);
}
