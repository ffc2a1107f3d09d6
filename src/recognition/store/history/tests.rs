//! What history reads, on a real file: who may see what, and that an index serves it.

use super::*;
use crate::db::testing::TestDb;

/// Two guilds of ten people, 600 kudos with one to three receivers each, in every visibility, some
/// withdrawn, some seconds.
const LEDGER: &str = "
    INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
    VALUES (1, 'Acme', 'UTC', 1, 1, '🏆', 1, 0), (2, 'Beta', 'UTC', 1, 1, '🏆', 1, 0);
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 19)
    INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
    SELECT n + 1, 1 + n / 10, 1000 + n, 'person ' || (n + 1), 0 FROM n;
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 600)
    INSERT INTO kudos (id, guild_id, giver_id, kind, source, source_key, channel_id, seconds_id, visibility,
                       text, given_at, day)
    SELECT n, 1 + n % 2, 1 + (n % 2) * 10 + (n * 7919) % 10,
           iif(n % 11 = 0, 'second', 'kudos'), 'slash', n, 9, iif(n % 11 = 0, n - 10, NULL), 'public',
           iif(n % 11 = 0, NULL, 'praise ' || n), n * 1000, '2026-01-01'
      FROM n;
    INSERT OR IGNORE INTO kudos_receivers (kudos_id, receiver_id, guild_id, giver_id, given_at, day,
                                           visibility, withdrawn_at, withdrawn_why)
    SELECT k.id, 1 + (k.id % 2) * 10 + (k.id * (17 + slot.n * 4) + slot.n * 3 + k.id / 10) % 10, k.guild_id,
           k.giver_id, k.given_at, k.day,
           iif((k.id + slot.n) % 5 = 0, 'private', iif(k.id % 3 = 0, 'channel', 'public')),
           iif((k.id + slot.n) % 13 = 0, 1, NULL), iif((k.id + slot.n) % 13 = 0, 'undo', NULL)
      FROM kudos k, (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) slot
     WHERE slot.n <= k.id % 3;";

/// A receiver's row, as the test itself judges it.
struct Row {
    kudos: i64,
    giver: i64,
    receiver: i64,
    visibility: String,
}

async fn in_force(db: &TestDb) -> Vec<Row> {
    let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(
        "SELECT kudos_id, giver_id, receiver_id, visibility FROM kudos_receivers WHERE withdrawn_at IS NULL",
    )
    .fetch_all(db.read())
    .await
    .unwrap();
    rows.into_iter()
        .map(|(kudos, giver, receiver, visibility)| Row {
            kudos,
            giver,
            receiver,
            visibility,
        })
        .collect()
}

/// The rule, once more and in other words.
fn may_see(rows: &[Row], asker: i64, row: &Row) -> bool {
    let is_among = rows
        .iter()
        .any(|other| other.kudos == row.kudos && other.receiver == asker);
    match row.visibility.as_str() {
        "public" => true,
        "channel" => row.giver == asker || is_among,
        _ => row.giver == asker || row.receiver == asker,
    }
}

fn listing(asker: i64, member: i64) -> Listing {
    Listing {
        asker: Some(PersonId(asker)),
        member: PersonId(member),
        stretch: Stretch::ALL,
        turn: Turn::Newest,
        most: 1_000,
    }
}

#[tokio::test]
async fn each_asker_sees_what_they_may_and_nothing_else() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    let rows = in_force(&db).await;
    let mut hidden = 0;
    for asker in 1..=10_i64 {
        for member in 1..=10_i64 {
            let expected = |of: &dyn Fn(&Row) -> i64| {
                let mine = rows.iter().filter(|row| of(row) == member);
                let mut ids: Vec<i64> = mine
                    .filter(|row| may_see(&rows, asker, row))
                    .map(|row| row.kudos)
                    .collect();
                ids.sort_unstable_by_key(|id| -id);
                ids.dedup();
                ids
            };
            let received = list_received(db.read(), listing(asker, member))
                .await
                .unwrap();
            let received: Vec<i64> = received.iter().map(|id| id.0).collect();
            assert_eq!(
                received,
                expected(&|row| row.receiver),
                "{asker} looks at {member}"
            );
            let given = list_given(db.read(), listing(asker, member)).await.unwrap();
            let given: Vec<i64> = given.iter().map(|id| id.0).collect();
            assert_eq!(
                given,
                expected(&|row| row.giver),
                "{asker} looks at {member}"
            );
            hidden += rows
                .iter()
                .filter(|row| row.receiver == member && !may_see(&rows, asker, row))
                .count();
        }
    }
    assert!(hidden > 100, "there was something to hide");
}

#[tokio::test]
async fn of_several_receivers_each_asker_sees_only_theirs() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    let rows = in_force(&db).await;
    let ids: Vec<KudosId> = (1..=600).map(KudosId).collect();
    for asker in 1..=10_i64 {
        let shown = list_shown(
            &mut db.read().acquire().await.unwrap(),
            GuildId::from(1),
            Some(PersonId(asker)),
            &ids,
        )
        .await
        .unwrap();
        for kudos in &shown {
            let expected = rows
                .iter()
                .filter(|row| row.kudos == kudos.id.0 && may_see(&rows, asker, row))
                .count();
            assert_eq!(
                kudos.receivers.len(),
                expected,
                "{asker} looks at {}",
                kudos.id
            );
            assert_eq!(kudos.id.0 % 2, 0, "the other guild's are not there");
        }
        let visible = |row: &&Row| row.kudos % 2 == 0 && may_see(&rows, asker, row);
        let mut expected: Vec<i64> = rows.iter().filter(visible).map(|row| row.kudos).collect();
        expected.sort_unstable();
        expected.dedup();
        assert_eq!(shown.len(), expected.len());
    }
}

#[tokio::test]
async fn a_stranger_sees_what_is_public() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    let rows = in_force(&db).await;
    let stranger = Listing {
        asker: None,
        ..listing(0, 3)
    };
    let mut expected: Vec<i64> = rows
        .iter()
        .filter(|row| row.receiver == 3 && row.visibility == "public")
        .map(|row| row.kudos)
        .collect();
    expected.sort_unstable_by_key(|id| -id);
    let found = list_received(db.read(), stranger).await.unwrap();
    assert_eq!(found.iter().map(|id| id.0).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn pages_forth_and_back_show_each_kudos_once() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    for (asker, member) in [(3, 3), (4, 3)] {
        let all = list_received(db.read(), listing(asker, member))
            .await
            .unwrap();
        assert!(all.len() > 20);
        let mut paged: Vec<KudosId> = Vec::new();
        let mut turn = Turn::Newest;
        loop {
            let page = Listing {
                turn,
                most: 7,
                ..listing(asker, member)
            };
            let found = list_received(db.read(), page).await.unwrap();
            let Some(last) = found.last() else { break };
            turn = Turn::Older(*last);
            paged.extend(found);
        }
        assert_eq!(paged, all);
        let page = Listing {
            turn: Turn::Newer(all[20]),
            most: 7,
            ..listing(asker, member)
        };
        let mut newer = list_received(db.read(), page).await.unwrap();
        newer.reverse();
        assert_eq!(newer, all[13..20]);
    }
}

#[tokio::test]
async fn a_period_holds_what_was_given_in_it() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    let at = |second: i64| DateTime::from_timestamp(second, 0).unwrap();
    let guild = GuildId::from(1);
    let none = find_stretch(db.read(), guild, at(601), at(900))
        .await
        .unwrap();
    assert_eq!(none, None);
    let stretch = find_stretch(db.read(), guild, at(100), at(200))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((stretch.first, stretch.last), (KudosId(100), KudosId(198)));
    let page = Listing {
        stretch,
        ..listing(3, 3)
    };
    let found = list_received(db.read(), page).await.unwrap();
    let all = list_received(db.read(), listing(3, 3)).await.unwrap();
    let expected: Vec<KudosId> = all
        .into_iter()
        .filter(|id| (100..200).contains(&id.0))
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(found, expected);
}

/// The queries of this file, as they are kept for the check offline.
fn queries() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .map(|kept| serde_json::from_str::<serde_json::Value>(&kept).unwrap())
        .map(|kept| kept["query"].as_str().unwrap().to_owned())
        .filter(|query| {
            query.contains("id BETWEEN ?2 AND ?3") && !query.contains("MATCH")
                || query.contains("json_each(?2) page")
        })
        .collect()
}

#[tokio::test]
async fn pages_are_read_off_an_index_in_their_order() {
    let db = TestDb::open().await;
    let queries = queries();
    assert!(
        queries.len() >= 10,
        "the queries are where they are looked for"
    );
    for query in queries {
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        let steps: Vec<String> = steps.into_iter().map(|(_, _, _, step)| step).collect();
        let plan = format!("{query}\n{}", steps.join("\n"));
        for step in &steps {
            // At most a page of each part of a union, or of the ids that are asked for.
            let small = step.starts_with("SCAN (subquery") || step.starts_with("SCAN page");
            assert!(small || !step.starts_with("SCAN"), "{plan}");
            // What is sorted is at most a page of each part.
            assert!(
                !step.contains("TEMP B-TREE FOR ORDER BY") || query.contains("UNION"),
                "{plan}"
            );
        }
        if query.contains("id BETWEEN") {
            let ranged =
                |step: &&String| step.contains("=? AND kudos_id>?") || step.contains("=? AND id>?");
            let parts = query.matches("id BETWEEN").count();
            assert_eq!(steps.iter().filter(ranged).count(), parts, "{plan}");
        }
    }
}
