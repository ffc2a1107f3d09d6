//! Steps over a real file: what goes first; and, in `year`, a whole year in five zones.

mod year;

use super::*;
use crate::db::testing::TestDb;
use crate::jobs::testing;

#[tokio::test]
async fn of_what_is_due_together_the_nearer_session_is_told_first() {
    let db = TestDb::open().await;
    db.run(
        "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
         VALUES (1, 'Acme', 'UTC', 1, 1, '🏆', 1, 0);
         INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
         VALUES (1, 1, 101, 'Ann', 0), (2, 1, 102, 'Bo', 0);
         INSERT INTO series (id, guild_id, kind, uid, rule, starts, timezone, minutes, state, created_at)
         VALUES (1, 1, 'one-on-one', 'u', 'FREQ=WEEKLY', '2027-03-16T10:00', 'UTC', 30, 'running', 0);
         INSERT INTO promises (id, guild_id, owner_id, text, made_at) VALUES (1, 1, 1, 'write it up', 0);
         INSERT INTO occurrences (id, series_id, slot, starts_at, ends_at, state)
         SELECT value, 1, value, 1000 * 60 * value, 1000 * 60 * value + 1, 'planned'
           FROM json_each('[1500, 120, 75]');",
    )
    .await;
    // At the sixtieth minute: a promise, a session of the next day, one in an hour, one in a quarter.
    db.run(
        "INSERT INTO nudges (id, guild_id, person_id, promise_id, kind, due_at, expires_at)
         VALUES (1, 1, 1, 1, 'due', 3600000, 9000000);
         INSERT INTO nudges (id, guild_id, person_id, occurrence_id, kind, minutes, due_at, expires_at)
         VALUES (2, 1, 1, 1500, 'ahead', 1440, 3600000, 90000000),
                (3, 1, 1, 120, 'ahead', 60, 3600000, 7200000),
                (4, 1, 2, 120, 'ahead', 60, 3600000, 7200000),
                (5, 1, 1, 75, 'ahead', 15, 3600000, 4500000);",
    )
    .await;
    let now = DateTime::UNIX_EPOCH + TimeDelta::minutes(60);
    let (app, _) = testing::app(&db, now);
    step(&app, now).await.unwrap();
    let handed: Vec<i64> =
        sqlx::query_scalar("SELECT subject_id FROM outbox ORDER BY urgency, due_at, id")
            .fetch_all(db.read())
            .await
            .unwrap();
    assert_eq!(handed, [5, 3, 4, 2, 1]);
    let in_order: Vec<i64> = sqlx::query_scalar("SELECT subject_id FROM outbox ORDER BY id")
        .fetch_all(db.read())
        .await
        .unwrap();
    assert_eq!(
        in_order, handed,
        "a person's rows go out in the order of their ids"
    );
}
