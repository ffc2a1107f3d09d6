//! The cadence's stores on a real file: what is open, what carries over, and what reads off an index.

use chrono::{DateTime, TimeDelta, Utc};

use super::promises::{Listing, NewPromise};
use super::{agenda, held, moments, occurrences, promises, questions, reviews};
use crate::cadence::rules::PromiseState;
use crate::db::testing::TestDb;
use crate::ids::{ChannelId, GuildId, MessageId, MomentId, PersonId, SeriesId};

const ANN: PersonId = PersonId(1);
const BO: PersonId = PersonId(2);
const CHEN: PersonId = PersonId(3);
const SERIES: SeriesId = SeriesId(5);

/// Ann, Bo and Chen; Ann and Bo have a series.
async fn office() -> TestDb {
    let db = TestDb::open().await;
    db.run(
        "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
         VALUES (9, 'Acme', 'UTC', 1, 1, '🏆', 1, 0), (8, 'Other', 'UTC', 1, 1, '🏆', 1, 0);
         INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
         VALUES (1, 9, 11, 'Ann', 0), (2, 9, 12, 'Bo', 0), (3, 9, 13, 'Chen', 0);
         INSERT INTO series (id, guild_id, kind, uid, rule, starts, timezone, minutes, state, created_at)
         VALUES (5, 9, 'one-on-one', 'u', 'FREQ=WEEKLY', '2026-11-03T10:00', 'UTC', 30, 'running', 0);
         INSERT INTO series_members (series_id, person_id, answer) VALUES (5, 1, 'fine'), (5, 2, 'fine');",
    )
    .await;
    db
}

fn guild() -> GuildId {
    GuildId::from(9)
}

fn day(days: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(days)
}

#[tokio::test]
async fn an_item_carries_over_with_each_session_that_was_held_without_it() {
    let db = office().await;
    let mut tx = db.write().await.unwrap();
    let item = agenda::insert(&mut tx, SERIES, ANN, "the raise", None, day(1))
        .await
        .unwrap();
    let half = TimeDelta::minutes(30);
    for (at, is_held) in [(0, true), (2, true), (3, false), (4, true)] {
        let id = occurrences::insert_beside(&mut tx, SERIES, day(at), day(at) + half)
            .await
            .unwrap();
        held::put(&mut tx, id, BO, is_held, day(at)).await.unwrap();
    }
    let open = agenda::open(&mut *tx, SERIES).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(
        open[0].carried, 2,
        "before it was added and not held do not count"
    );
    assert_eq!(open[0].author_name.as_deref(), Some("Ann"));

    let last = occurrences::find_latest(&mut *tx, SERIES, day(9))
        .await
        .unwrap()
        .unwrap();
    assert!(
        agenda::close(&mut tx, item, BO, Some(last.id), day(5))
            .await
            .unwrap()
    );
    assert!(
        !agenda::close(&mut tx, item, BO, None, day(5))
            .await
            .unwrap()
    );
    assert_eq!(agenda::count_open(&mut *tx, SERIES).await.unwrap(), 0);
    assert_eq!(agenda::discussed(&mut *tx, last.id).await.unwrap().len(), 1);
    assert!(agenda::reopen(&mut tx, item).await.unwrap());
    assert_eq!(agenda::count_open(&mut *tx, SERIES).await.unwrap(), 1);
    let elsewhere = agenda::find(&mut *tx, GuildId::from(8), item)
        .await
        .unwrap();
    assert_eq!(elsewhere, None, "another guild's");
}

#[tokio::test]
async fn open_promises_stand_by_their_day_and_between_the_two_of_them() {
    let db = office().await;
    let mut tx = db.write().await.unwrap();
    let session = occurrences::insert_beside(&mut tx, SERIES, day(1), day(2))
        .await
        .unwrap();
    let new = |text, owner, other, due: Option<&str>| NewPromise {
        guild: guild(),
        owner,
        other,
        by: ANN,
        occurrence: None,
        text,
        due_day: due.map(|day| day.parse().unwrap()),
    };
    let to_all = NewPromise {
        occurrence: Some(session),
        ..new("to all of the session", BO, None, None)
    };
    for one in [
        new("later", ANN, Some(BO), Some("2026-12-04")),
        new("sooner", BO, Some(ANN), Some("2026-12-01")),
        new("some day", ANN, Some(BO), None),
        new("to herself", ANN, None, Some("2026-12-02")),
        new("to Chen", ANN, Some(CHEN), Some("2026-12-03")),
        to_all,
    ] {
        promises::insert(&mut tx, &one, day(3)).await.unwrap();
    }
    let texts = |found: Vec<promises::Promise>| -> Vec<String> {
        found.into_iter().map(|promise| promise.text).collect()
    };
    assert_eq!(
        texts(promises::open_between(&mut *tx, BO, ANN).await.unwrap()),
        ["sooner", "later", "some day", "to all of the session"]
    );
    assert_eq!(
        texts(promises::open_between(&mut *tx, BO, CHEN).await.unwrap()),
        [""; 0]
    );
    assert_eq!(
        texts(promises::open_of(&mut *tx, ANN).await.unwrap()),
        ["to herself", "to Chen", "later", "some day"]
    );
    let listing = |person, with, only_open| Listing {
        person,
        with,
        only_open,
        most: 10,
        skip: 0,
    };
    let mine = promises::list(&mut *tx, listing(ANN, None, true))
        .await
        .unwrap();
    let sooner = mine[0].clone();
    assert_eq!(sooner.owner.name.as_deref(), Some("Bo"));
    assert_eq!(
        texts(mine),
        ["sooner", "to herself", "to Chen", "later", "some day"]
    );
    assert!(
        promises::finish(&mut tx, sooner.id, PromiseState::Done, None, day(4))
            .await
            .unwrap()
    );
    let again = promises::finish(&mut tx, sooner.id, PromiseState::Dropped, None, day(4));
    assert!(!again.await.unwrap(), "it has ended already");
    let with_bo = promises::list(&mut *tx, listing(ANN, Some(BO), false))
        .await
        .unwrap();
    assert_eq!(texts(with_bo), ["later", "some day", "sooner"]);
    assert_eq!(promises::count(&mut *tx, ANN, None).await.unwrap(), (5, 4));
    assert!(promises::reopen(&mut tx, sooner.id).await.unwrap());
    let due = "2026-12-24".parse().unwrap();
    promises::set_due(&mut tx, sooner.id, due).await.unwrap();
    let found = promises::find(&mut *tx, guild(), sooner.id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.state, found.due_day),
        (PromiseState::Open, Some(due))
    );
    let elsewhere = promises::find(&mut *tx, GuildId::from(8), sooner.id)
        .await
        .unwrap();
    assert_eq!(elsewhere, None);
}

#[tokio::test]
async fn a_moment_is_its_authors_alone() {
    let db = office().await;
    let mut tx = db.write().await.unwrap();
    let new = moments::NewMoment {
        guild: guild(),
        author: ANN,
        about: BO,
        channel: ChannelId::from(3),
        message: MessageId::from(4),
        note: "calm under pressure",
    };
    let id: MomentId = moments::insert(&mut tx, &new, day(1)).await.unwrap();
    assert!(
        moments::find(&mut *tx, guild(), BO, id)
            .await
            .unwrap()
            .is_none()
    );
    assert!(moments::open(&mut *tx, BO, ANN).await.unwrap().is_empty());
    assert_eq!(moments::open(&mut *tx, ANN, BO).await.unwrap().len(), 1);
    assert!(moments::close(&mut tx, id, day(2)).await.unwrap());
    assert!(moments::open(&mut *tx, ANN, BO).await.unwrap().is_empty());
    assert!(moments::reopen(&mut tx, id).await.unwrap());
    assert_eq!(moments::open(&mut *tx, ANN, BO).await.unwrap().len(), 1);
}

#[tokio::test]
async fn each_side_has_its_review_and_its_own_note() {
    let db = office().await;
    let mut tx = db.write().await.unwrap();
    let session = occurrences::insert_beside(&mut tx, SERIES, day(1), day(2))
        .await
        .unwrap();
    let words = |plan: &str| reviews::Words {
        plan: Some(plan.to_owned()),
        ..reviews::Words::default()
    };
    for (author, plan) in [(ANN, "first"), (BO, "Bo's"), (ANN, "second")] {
        reviews::put(&mut tx, session, author, &words(plan), day(2))
            .await
            .unwrap();
    }
    let found = reviews::list(&mut *tx, session).await.unwrap();
    let plans: Vec<_> = found.iter().map(|one| one.words.plan.as_deref()).collect();
    assert_eq!(plans, [Some("second"), Some("Bo's")]);
    reviews::delete(&mut tx, session, BO).await.unwrap();
    assert_eq!(reviews::list(&mut *tx, session).await.unwrap().len(), 1);

    reviews::put_note(&mut tx, session, ANN, "mine", day(2))
        .await
        .unwrap();
    let note = reviews::find_note(&mut *tx, session, ANN).await.unwrap();
    assert_eq!(note.as_deref(), Some("mine"));
    assert_eq!(
        reviews::find_note(&mut *tx, session, BO).await.unwrap(),
        None
    );
    reviews::delete_note(&mut tx, session, ANN).await.unwrap();
    assert_eq!(
        reviews::find_note(&mut *tx, session, ANN).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_question_is_counted_for_the_pair_whoever_comes_first() {
    let db = office().await;
    let mut tx = db.write().await.unwrap();
    questions::mark_all(&mut tx, &[(BO, ANN, "demo.goal.1")], day(1))
        .await
        .unwrap();
    questions::mark_all(&mut tx, &[(ANN, BO, "demo.goal.1")], day(2))
        .await
        .unwrap();
    questions::mark_all(&mut tx, &[(CHEN, ANN, "demo.goal.1")], day(3))
        .await
        .unwrap();
    let pairs = questions::asked_of_pairs(&mut *tx, &[(BO, ANN)])
        .await
        .unwrap();
    let pair = &pairs[&(ANN, BO)];
    assert_eq!((pair[0].times, pair[0].at), (2, day(2)));
    let alone = questions::asked_of(&mut *tx, ANN).await.unwrap();
    assert_eq!(alone.len(), 1);
    assert_eq!((alone[0].times, alone[0].at), (2, day(3)));
}

#[tokio::test]
async fn what_is_asked_of_a_pair_reads_off_an_index() {
    let db = TestDb::open().await;
    let asked = [
        "FROM agenda_items a JOIN people",
        "FROM agenda_items WHERE series_id",
        "FROM promises m JOIN people",
        "FROM promises\n            WHERE (owner_id",
        "FROM moments WHERE author_id",
        "FROM reviews r JOIN people",
        "FROM private_notes WHERE occurrence_id",
        "FROM held_answers WHERE occurrence_id = ? ORDER",
        "FROM questions_asked WHERE low_id",
        // What is due.
        "INDEXED BY nudges_due\n",
        "INDEXED BY nudges_due JOIN",
        "INDEXED BY nudges_late JOIN",
        "WHERE state = 'waiting' AND due_at < ?1",
        "o INDEXED BY occurrences_ending",
        "AND kind IN ('ahead', 'snoozed') AND due_at > ?4",
        "AND promise_id IS NOT NULL AND state IN",
        // What ends, is planned or was missed together.
        "CROSS JOIN series s ON s.id = asked.value",
        "CROSS JOIN series_members m ON m.series_id = asked.value",
        "CROSS JOIN questions_asked q ON q.low_id",
        "SET state = 'over', revision = revision + 1\n          WHERE id IN",
        "WHERE occurrence_id IN (SELECT value FROM json_each(?1))",
        "WHERE o.series_id = asked.value AND o.state = 'planned'",
        "UPDATE occurrences SET question = asked.value",
        "UPDATE nudges SET state = ?2 WHERE id IN",
        "WHERE state = 'late'\n            AND person_id IN",
        "CROSS JOIN people p ON p.id = asked.value\n            WHERE p.user_id IS NOT NULL",
        "p.nudge_leads\n             FROM json_each(?1) asked",
        // The past of two people.
        "s.id IN (SELECT value FROM json_each(?6))",
        // Series of somebody, and those that go on.
        "FROM series s WHERE s.paused_until IS NOT NULL",
        "WHERE m.person_id = ?2 AND s.guild_id = ?1\n          ORDER BY s.id DESC LIMIT 200",
    ];
    let mut found = [0; 30];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    for entry in std::fs::read_dir(folder).unwrap() {
        let kept = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
        let query = kept["query"].as_str().unwrap();
        let Some(at) = asked.iter().position(|words| query.contains(words)) else {
            continue;
        };
        found[at] += 1;
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        for (.., step) in &steps {
            // What a subquery has collected is as long as its own answer.
            let is_small = [
                "SCAN (subquery",
                "SCAN json_each",
                "SCAN asked VIRTUAL TABLE",
                "SCAN CONSTANT ROW",
            ]
            .iter()
            .any(|small| step.starts_with(small));
            assert!(!step.starts_with("SCAN") || is_small, "{query}\n{steps:#?}");
        }
    }
    assert!(found.iter().all(|count| *count > 0), "{found:?}");
}
