//! What a search finds, on a real file: only what who asks may see, and by way of an index.

use super::super::history::list_shown;
use super::*;
use crate::db::testing::TestDb;

/// Two guilds of ten people; 600 kudos in every visibility, some withdrawn. Each says "praise", its
/// number by letters, and "secret" if nobody but giver and receivers may see it.
const LEDGER: &str = "
    INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
    VALUES (1, 'Acme', 'UTC', 1, 1, '🏆', 1, 0), (2, 'Beta', 'UTC', 1, 1, '🏆', 1, 0);
    WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 19)
    INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
    SELECT n + 1, 1 + n / 10, 1000 + n, 'person ' || (n + 1), 0 FROM n;
    WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 600)
    INSERT INTO kudos (id, guild_id, giver_id, kind, source, source_key, channel_id, visibility, text,
                       given_at, day)
    SELECT n, 1 + n % 2, 1 + (n % 2) * 10 + (n * 7919) % 10, 'kudos', 'slash', n, 9, 'public',
           'praise w' || replace(replace(printf('%03d', n), '0', 'o'), '1', 'l')
           || iif(n % 4 = 0, ' secret', '') || iif(n % 5 = 0, ' café', ''),
           n * 1000, '2026-01-01'
      FROM n;
    INSERT OR IGNORE INTO kudos_receivers (kudos_id, receiver_id, guild_id, giver_id, given_at, day,
                                           visibility, withdrawn_at, withdrawn_why)
    SELECT k.id, 1 + (k.id % 2) * 10 + (k.id * (17 + slot.n * 4) + slot.n * 3 + k.id / 10) % 10, k.guild_id,
           k.giver_id, k.given_at, k.day,
           iif(k.id % 4 = 0, iif(k.id % 3 = 0, 'channel', 'private'), iif(slot.n = 2, 'private', 'public')),
           iif((k.id + slot.n) % 13 = 0, 1, NULL), iif((k.id + slot.n) % 13 = 0, 'undo', NULL)
      FROM kudos k, (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) slot
     WHERE slot.n <= k.id % 3;";

fn words(typed: &str) -> Words {
    Words::parse(typed).unwrap()
}

fn search<'a>(words: &'a Words, asker: i64) -> Search<'a> {
    Search {
        guild: GuildId::from(1),
        asker: Some(PersonId(asker)),
        member: None,
        words,
        stretch: Stretch::ALL,
        turn: Turn::Newest,
        most: 1_000,
    }
}

async fn found(db: &TestDb, search: Search<'_>) -> Vec<KudosId> {
    list_found(db.read(), search).await.unwrap()
}

#[tokio::test]
async fn a_search_finds_what_the_asker_may_see_and_nothing_else() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    let all: Vec<KudosId> = (1..=600).map(KudosId).collect();
    for (typed, says) in [
        ("praise", "praise"),
        ("secr", "secret"),
        ("CAFE praise", "café"),
    ] {
        let words = words(typed);
        for asker in 1..=10 {
            // What may be seen is the ledger's rule, tested beside it.
            let seen = list_shown(
                &mut db.read().acquire().await.unwrap(),
                GuildId::from(1),
                Some(PersonId(asker)),
                &all,
            )
            .await
            .unwrap();
            let holding = seen.iter().filter(|kudos| {
                kudos
                    .text
                    .as_deref()
                    .is_some_and(|text| text.contains(says))
            });
            let expected: Vec<KudosId> = holding.map(|kudos| kudos.id).collect();
            assert!(!expected.is_empty());
            assert_eq!(
                found(&db, search(&words, asker)).await,
                expected,
                "{typed} by {asker}"
            );
            let of = |member: i64| Search {
                member: Some(PersonId(member)),
                ..search(&words, asker)
            };
            for member in [asker, 1 + asker % 10] {
                let mine: Vec<KudosId> = sqlx::query_scalar::<_, i64>(
                    "SELECT kudos_id FROM kudos_receivers
                      WHERE withdrawn_at IS NULL AND (giver_id = ?1 OR receiver_id = ?1)
                        AND (visibility = 'public' OR giver_id = ?2 OR receiver_id = ?2
                             OR (visibility = 'channel' AND kudos_id IN
                                 (SELECT kudos_id FROM kudos_receivers
                                   WHERE receiver_id = ?2 AND withdrawn_at IS NULL)))",
                )
                .bind(member)
                .bind(asker)
                .fetch_all(db.read())
                .await
                .unwrap()
                .into_iter()
                .map(KudosId)
                .collect();
                let expected: Vec<KudosId> = expected
                    .iter()
                    .copied()
                    .filter(|id| mine.contains(id))
                    .collect();
                assert_eq!(
                    found(&db, of(member)).await,
                    expected,
                    "{asker} asks for {member}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_stranger_finds_what_is_public_and_another_guild_nothing() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    let secret = words("secret");
    let stranger = |words| Search {
        asker: None,
        ..search(words, 0)
    };
    assert!(found(&db, stranger(&secret)).await.is_empty());
    let praise = words("praise");
    assert!(!found(&db, stranger(&praise)).await.is_empty());
    let foreign = found(&db, search(&praise, 11)).await;
    assert_eq!(
        foreign,
        found(&db, stranger(&praise)).await,
        "as a stranger"
    );
}

#[tokio::test]
async fn the_index_follows_what_happens_to_a_kudos() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    // 599 would be another guild's.
    let (id, word) = (KudosId(598), words("w598"));
    assert_eq!(found(&db, search(&word, 1)).await, [id]);
    db.run("UPDATE kudos SET text = 'nightingale' WHERE id = 598")
        .await;
    assert!(found(&db, search(&word, 1)).await.is_empty());
    let song = words("nightingale");
    assert_eq!(found(&db, search(&song, 1)).await, [id]);
    db.run(
        "UPDATE kudos_receivers SET withdrawn_at = 1, withdrawn_why = 'edit' WHERE kudos_id = 598",
    )
    .await;
    assert!(found(&db, search(&song, 1)).await.is_empty());
    db.run(
        "UPDATE kudos_receivers SET withdrawn_at = NULL, withdrawn_why = NULL WHERE kudos_id = 598",
    )
    .await;
    assert_eq!(found(&db, search(&song, 1)).await, [id]);
    db.run("UPDATE kudos SET text = NULL WHERE id = 598").await;
    assert!(found(&db, search(&song, 1)).await.is_empty());
    db.run("DELETE FROM guilds WHERE guild_id = 2").await;
    // The index and what it was made from still agree.
    db.run("INSERT INTO kudos_text (kudos_text, rank) VALUES ('integrity-check', 1)")
        .await;
}

#[tokio::test]
async fn pages_forth_and_back_show_each_kudos_once() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    let praise = words("praise");
    let all = found(&db, search(&praise, 3)).await;
    let mut paged: Vec<KudosId> = Vec::new();
    let mut turn = Turn::Newest;
    loop {
        let page = Search {
            turn,
            most: 7,
            ..search(&praise, 3)
        };
        let found = found(&db, page).await;
        let Some(last) = found.last() else { break };
        turn = Turn::Older(*last);
        paged.extend(found);
    }
    assert_eq!(paged, all);
    let newer = Search {
        turn: Turn::Newer(all[20]),
        most: 7,
        ..search(&praise, 3)
    };
    let mut newer = found(&db, newer).await;
    newer.reverse();
    assert_eq!(newer, all[13..20]);
}

#[tokio::test]
async fn words_that_the_index_does_not_know_as_words_harm_nothing() {
    let db = TestDb::open().await;
    db.run(LEDGER).await;
    for typed in ["Ⓐ", "praise Ⓐ", "ೃ", "AND OR NOT", "\u{345}x"] {
        let words = words(typed);
        list_found(db.read(), search(&words, 1)).await.unwrap();
    }
}

#[tokio::test]
async fn a_search_is_read_off_the_index_newest_first() {
    let db = TestDb::open().await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let queries: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .map(|kept| serde_json::from_str::<serde_json::Value>(&kept).unwrap())
        .map(|kept| kept["query"].as_str().unwrap().to_owned())
        .filter(|query| query.contains("kudos_text MATCH"))
        .collect();
    assert!(queries.len() >= 4);
    for query in queries {
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        let steps: Vec<String> = steps.into_iter().map(|(_, _, _, step)| step).collect();
        let plan = format!("{query}\n{}", steps.join("\n"));
        let walks = steps.iter().filter(|step| step.starts_with("SCAN"));
        for step in walks {
            let index = step.starts_with("SCAN kudos_text VIRTUAL TABLE INDEX");
            assert!(index || step.starts_with("SCAN (subquery"), "{plan}");
        }
        assert!(
            !steps.iter().any(|step| step.contains("TEMP B-TREE")),
            "{plan}"
        );
    }
}
