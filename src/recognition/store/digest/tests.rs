//! A week on a real database.

use super::*;
use crate::db::testing::TestDb;

const TOWN: &str = "
INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
VALUES (1, 'Acme', 'UTC', 1, 1, 'x', 1, 0), (2, 'Beta', 'UTC', 1, 1, 'x', 1, 0);
INSERT INTO people (id, guild_id, user_id, name, is_bot, first_seen_at)
VALUES (1, 1, 1, 'Ann', 0, 0), (2, 1, 2, 'Bo', 0, 0), (3, 1, 3, 'Chen', 0, 0), (4, 1, 4, 'Dee', 0, 0),
       (5, 1, 5, 'Robot', 1, 0), (6, 2, 1, 'Ann', 0, 0), (7, 2, 2, 'Bo', 0, 0);
INSERT INTO recognition_values (id, guild_id, name, key, created_at)
VALUES (1, 1, 'Courage', 'courage', 0), (2, 1, 'Care', 'care', 0);
INSERT INTO teams (id, guild_id, name, key, created_at)
VALUES (1, 1, 'North', 'north', 0), (2, 1, 'South', 'south', 0), (3, 2, 'North', 'north', 0);
INSERT INTO team_members VALUES (1, 2, 0), (1, 3, 0), (1, 5, 0), (2, 4, 0), (3, 7, 0);
";

/// A kudos: giver, receiver, moment in milliseconds, value (0 for none) and visibility.
type Given = (i64, i64, i64, i64, &'static str);

const GIVEN: &[Given] = &[
    (1, 2, 100, 1, "public"),
    (1, 2, 110, 1, "public"),
    (3, 2, 120, 1, "public"),
    (1, 3, 199, 2, "public"),
    (1, 3, 200, 2, "public"), // the next week
    (1, 2, 99, 1, "public"),  // the week before
    (4, 3, 150, 2, "channel"),
    (2, 4, 150, 1, "private"),
    (1, 5, 150, 1, "public"), // known as a bot later
    (6, 7, 150, 0, "public"), // another guild's
];

async fn town(given: &[Given]) -> TestDb {
    let db = TestDb::open().await;
    db.run(TOWN).await;
    for (id, (giver, receiver, at, value, visibility)) in (1..).zip(given) {
        db.run(format!(
            "INSERT INTO kudos (id, guild_id, giver_id, kind, source, source_key, channel_id,
                                visibility, given_at, day, value_id, text)
             SELECT {id}, guild_id, id, 'kudos', 'slash', {id}, 1, '{visibility}', {at}, '1970-01-01',
                    nullif({value}, 0), 'well done'
               FROM people WHERE id = {giver};
             INSERT INTO kudos_receivers (kudos_id, receiver_id, guild_id, giver_id, value_id,
                                          given_at, day, visibility)
             SELECT id, {receiver}, guild_id, giver_id, value_id, given_at, day, visibility
               FROM kudos WHERE id = {id};"
        ))
        .await;
    }
    db
}

fn week() -> Span {
    Span {
        guild: GuildId::from(1),
        from: from_millis(100),
        until: from_millis(200),
    }
}

async fn told(db: &TestDb) -> String {
    let totals = count(db.read(), week()).await.unwrap();
    let values = list_values(db.read(), week()).await.unwrap();
    let values: Vec<(String, i64)> = values.into_iter().map(|(v, n)| (v.name, n)).collect();
    let teams = list_teams(db.read(), week()).await.unwrap();
    let candidates = list_candidates(db.read(), week()).await.unwrap();
    let candidates: Vec<i64> = candidates.iter().map(|one| one.kudos.0).collect();
    format!("{totals:?}\n{values:?}\n{teams:?}\n{candidates:?}")
}

#[tokio::test]
async fn a_week_counts_people_among_what_everybody_may_see() {
    let db = town(GIVEN).await;
    insta::assert_snapshot!(told(&db).await, @r#"
    Totals { thanked: 2, gave: 2 }
    [("Courage", 2), ("Care", 1)]
    [TeamWeek { name: "North", members: 2, thanked: 2, gave: 1 }]
    [4, 3, 2, 1]
    "#);
}

#[tokio::test]
async fn a_week_is_the_same_whatever_is_given_out_of_sight() {
    let public: Vec<Given> = GIVEN
        .iter()
        .copied()
        .filter(|one| one.4 == "public")
        .collect();
    let mut hidden = public.clone();
    hidden.push((4, 2, 160, 2, "private"));
    hidden.push((2, 4, 170, 2, "channel"));
    assert_eq!(
        told(&town(&hidden).await).await,
        told(&town(&public).await).await
    );
}

#[tokio::test]
async fn what_is_seconded_most_comes_first_and_then_the_latest() {
    let db = town(&GIVEN[..4]).await;
    db.run(
        "INSERT INTO kudos (id, guild_id, giver_id, kind, source, source_key, channel_id, visibility,
                            given_at, day, seconds_id)
         VALUES (90, 1, 4, 'second', 'reaction', 90, 1, 'public', 300, '1970-01-01', 2);
         INSERT INTO kudos_receivers (kudos_id, receiver_id, guild_id, giver_id, given_at, day, visibility)
         VALUES (90, 2, 1, 4, 300, '1970-01-01', 'public');",
    )
    .await;
    let candidates = list_candidates(db.read(), week()).await.unwrap();
    let kudos: Vec<i64> = candidates.iter().map(|one| one.kudos.0).collect();
    assert_eq!(kudos, [2, 4, 3, 1]);
    assert_eq!(candidates[0].receivers, [PersonId(2)]);
}

#[tokio::test]
async fn a_digest_is_found_by_what_it_tells_of() {
    let db = town(GIVEN).await;
    db.run(
        "INSERT INTO digests (guild_id, week, from_at, until_at, channel_id, message_id)
         VALUES (1, '2026-W48', 100, 200, 5, 6)",
    )
    .await;
    let message = Some((ChannelId::from(5), MessageId::from(6)));
    for (guild, at, found) in [
        (1, 99, false),
        (1, 100, true),
        (1, 199, true),
        (1, 200, false),
        (2, 150, false),
    ] {
        let told = find_at(db.read(), GuildId::from(guild), at).await.unwrap();
        assert_eq!(told.is_some(), found, "{guild} at {at}");
        assert!(told.is_none_or(|told| told.message == message && told.span == week()));
    }
    for (person, found) in [(1, true), (2, true), (4, false), (7, false)] {
        let told = list_with(db.read(), GuildId::from(1), PersonId(person))
            .await
            .unwrap();
        assert_eq!(!told.is_empty(), found, "{person}");
    }
}

#[tokio::test]
async fn whoever_was_thanked_was_seen_whoever_may_see_it() {
    let db = town(GIVEN).await;
    let asked: Vec<PersonId> = [1, 2, 3, 4, 7].into_iter().map(PersonId).collect();
    let last = list_last_received(db.read(), GuildId::from(1), &asked)
        .await
        .unwrap();
    let mut last: Vec<(i64, i64)> = last
        .into_iter()
        .map(|(person, at)| (person.0, at.timestamp_millis()))
        .collect();
    last.sort_unstable();
    assert_eq!(last, [(2, 150 - 30), (3, 200), (4, 150)]);
}

#[tokio::test]
async fn a_week_and_a_drought_are_read_off_an_index() {
    let db = TestDb::open().await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let kept = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
        let query = kept["query"].as_str().unwrap();
        let is_one = [
            "k.given_at < ?3",
            "r.given_at < ?3",
            "FROM digests",
            "digest_day IS NOT NULL",
            "ORDER BY r.given_at DESC",
            "absences a",
        ];
        if !query.starts_with("SELECT") || !is_one.iter().any(|part| query.contains(part)) {
            continue;
        }
        found += 1;
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        let steps: Vec<String> = steps.into_iter().map(|(_, _, _, step)| step).collect();
        let plan = format!("{query}\n{}", steps.join("\n"));
        for step in &steps {
            // Who was asked for, what was chosen or counted before, and the few guilds with a digest.
            let small = [
                "SCAN asked",
                "SCAN best",
                "SCAN counted",
                "SCAN guilds USING INDEX guilds_by_digest",
            ];
            let small = small.iter().any(|known| step.starts_with(known));
            assert!(small || !step.starts_with("SCAN"), "{plan}");
            for (table, range) in [
                (
                    "SEARCH k ",
                    "kudos_by_time (guild_id=? AND given_at>? AND given_at<?)",
                ),
                ("SEARCH d ", "digests_by_time (guild_id=?)"),
                (
                    "SEARCH a ",
                    "absences_by_person (person_id=? AND last_day>?)",
                ),
            ] {
                assert!(!step.starts_with(table) || step.ends_with(range), "{plan}");
            }
        }
    }
    assert_eq!(found, 9, "the queries are where they are looked for");
}
