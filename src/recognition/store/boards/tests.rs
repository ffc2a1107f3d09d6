//! Boards and coverage on a real database.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::db::testing::TestDb;
use crate::recognition::store::coverage::{self, Scope};
use crate::time::Zone;

const PEOPLE: &str = "
INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
VALUES (1, 'Acme', 'UTC', 1, 1, 'x', 1, 0), (2, 'Beta', 'UTC', 1, 1, 'x', 1, 0);
INSERT INTO people (id, guild_id, user_id, name, is_bot, first_seen_at)
VALUES (1, 1, 1, 'ann', 0, 0), (2, 1, 2, 'Bo', 0, 0), (3, 1, 3, 'Chen', 0, 0), (4, 1, 4, 'Dee', 0, 0),
       (5, 1, 5, 'Robot', 1, 0), (6, 2, 1, 'ann', 0, 0), (7, 2, 2, 'Bo', 0, 0);
INSERT INTO people (id, guild_id, first_seen_at, erased_at) VALUES (8, 1, 0, 1);
INSERT INTO recognition_values (id, guild_id, name, key, created_at, retired_at)
VALUES (1, 1, 'Courage', 'courage', 0, NULL), (2, 1, 'Care', 'care', 0, 1), (3, 2, 'Pace', 'pace', 0, NULL);
INSERT INTO teams (id, guild_id, name, key, created_at) VALUES (1, 1, 'North', 'north', 0), (2, 2, 'North', 'north', 0);
INSERT INTO team_members VALUES (1, 2, 0), (1, 3, 0), (1, 5, 0), (1, 8, 0), (2, 7, 0);
";

/// A kudos: giver, receiver, day, value (0 for none) and visibility.
type Given = (i64, i64, &'static str, i64, &'static str);

async fn office(given: &[Given]) -> TestDb {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    for (id, (giver, receiver, day, value, visibility)) in (1..).zip(given) {
        let at = Zone::UTC.start_of_day(day.parse().unwrap());
        let at = at.timestamp_millis();
        db.run(format!(
            "INSERT INTO kudos (id, guild_id, giver_id, kind, source, source_key, channel_id,
                                visibility, given_at, day, value_id)
             SELECT {id}, guild_id, id, 'kudos', 'slash', {id}, 1, '{visibility}', {at}, '{day}',
                    nullif({value}, 0)
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

fn period(key: &str) -> Period {
    Period::parse(key, NaiveDate::default()).unwrap()
}

const ACME: fn() -> GuildId = || GuildId::from(1);

async fn received(db: &TestDb, key: &str, team: Option<TeamId>) -> Vec<(String, i64)> {
    named(
        list_people(db.read(), ACME(), true, period(key), team)
            .await
            .unwrap(),
    )
}

fn named(counted: Vec<(Somebody, i64)>) -> Vec<(String, i64)> {
    let name = |somebody: Somebody| somebody.name.unwrap_or_else(|| "nobody".to_owned());
    counted
        .into_iter()
        .map(|(somebody, count)| (name(somebody), count))
        .collect()
}

fn shown(counted: &[(String, i64)]) -> Vec<(&str, i64)> {
    counted
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect()
}

const GIVEN: &[Given] = &[
    (1, 2, "2026-11-02", 1, "public"),
    (1, 2, "2026-11-02", 0, "public"), // the same two on the same day
    (1, 2, "2026-11-02", 2, "public"),
    (3, 2, "2026-11-02", 1, "public"),
    (1, 2, "2026-11-30", 1, "public"),
    (1, 3, "2026-11-30", 0, "public"),
    (1, 3, "2026-12-01", 1, "public"),
    (2, 4, "2026-11-10", 1, "public"),
    (2, 1, "2026-11-11", 1, "public"),
    (1, 5, "2026-11-10", 0, "public"), // known as a bot later
    (1, 8, "2026-11-10", 0, "public"), // erased later
    (1, 4, "2026-11-12", 1, "channel"),
    (3, 4, "2026-11-12", 1, "private"),
    (6, 7, "2026-11-10", 3, "public"), // another guild's
];

#[tokio::test]
async fn a_board_counts_two_people_once_a_day_among_what_everybody_may_see() {
    let db = office(GIVEN).await;
    let november = received(&db, "2026-11", None).await;
    assert_eq!(
        shown(&november),
        [
            ("Bo", 3),
            ("ann", 1),
            ("Chen", 1),
            ("Dee", 1),
            ("nobody", 1)
        ]
    );
    let week = received(&db, "2026-W49", None).await;
    assert_eq!(
        shown(&week),
        [("Chen", 2), ("Bo", 1)],
        "a week that crosses a month's end"
    );
    let all = received(&db, "all", None).await;
    let year = received(&db, "2026", None).await;
    assert_eq!(shown(&all), shown(&year));
    assert_eq!(all[1], ("Chen".to_owned(), 2));
    let team = received(&db, "2026-11", Some(TeamId(1))).await;
    assert_eq!(shown(&team), [("Bo", 3), ("Chen", 1), ("nobody", 1)]);
    let given = list_people(db.read(), ACME(), false, period("2026-11"), None).await;
    let given = named(given.unwrap());
    assert_eq!(shown(&given), [("ann", 5), ("Bo", 2), ("Chen", 1)]);
}

#[tokio::test]
async fn a_board_of_values_counts_the_same_way_and_keeps_retired_ones() {
    let db = office(GIVEN).await;
    let named = |counted: Vec<(Something, i64)>| {
        let line = |(value, count): (Something, i64)| (value.name, value.is_retired, count);
        counted.into_iter().map(line).collect::<Vec<_>>()
    };
    let november = list_values(db.read(), ACME(), period("2026-11")).await;
    let expected = [
        ("Courage".to_owned(), false, 5),
        ("Care".to_owned(), true, 1),
    ];
    assert_eq!(named(november.unwrap()), expected);
    let team = list_values_of(db.read(), ACME(), TeamId(1), period("2026-11")).await;
    let expected = [
        ("Courage".to_owned(), false, 3),
        ("Care".to_owned(), true, 1),
    ];
    assert_eq!(named(team.unwrap()), expected);
    let of_the_other_guild =
        list_values_of(db.read(), GuildId::from(2), TeamId(1), period("2026-11")).await;
    assert!(of_the_other_guild.unwrap().is_empty());
}

/// All that coverage is made of.
async fn covered(db: &TestDb, key: &str) -> String {
    let scope = Scope {
        guild: ACME(),
        team: TeamId(1),
        period: period(key),
        zone: Zone::UTC,
    };
    let members = coverage::list_members(db.read(), scope).await.unwrap();
    let givers = coverage::list_givers(db.read(), scope).await.unwrap();
    let values = coverage::list_values(db.read(), scope).await.unwrap();
    format!("{members:#?}\n{givers:#?}\n{values:#?}")
}

#[tokio::test]
async fn coverage_of_a_team_leaves_out_bots_the_erased_and_other_guilds() {
    let db = office(GIVEN).await;
    let scope = Scope {
        guild: ACME(),
        team: TeamId(1),
        period: period("2026-11"),
        zone: Zone::UTC,
    };
    let members = coverage::list_members(db.read(), scope).await.unwrap();
    let names: Vec<_> = members
        .iter()
        .map(|member| member.name.as_deref())
        .collect();
    assert_eq!(names, [Some("Bo"), Some("Chen")]);
    let givers = coverage::list_givers(db.read(), scope).await.unwrap();
    let counts: Vec<_> = givers
        .iter()
        .map(|giver| (giver.name.as_deref().unwrap(), giver.members, giver.times))
        .collect();
    assert_eq!(counts, [("ann", 2, 3), ("Chen", 1, 1)]);
    let elsewhere = Scope {
        guild: GuildId::from(2),
        ..scope
    };
    let members = coverage::list_members(db.read(), elsewhere).await.unwrap();
    assert!(members.is_empty(), "the team is another guild's");
}

#[tokio::test]
async fn coverage_tells_nothing_of_unseen_kudos_but_that_somebody_was_seen() {
    // Whoever gave it, for whatever, however often and on whichever day: for every period in which
    // the same people were seen, coverage is the same to the last letter.
    let public: &[Given] = &[(1, 2, "2026-11-02", 1, "public")];
    let mut told: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let with = |hidden: &[Given]| [public, hidden].concat();
    for hidden in [
        &[(1, 3, "2026-11-05", 0, "private")][..],
        &[(2, 3, "2026-11-05", 0, "private")],
        &[(4, 3, "2026-11-05", 1, "channel")],
        &[
            (4, 3, "2026-11-05", 2, "private"),
            (1, 3, "2026-11-05", 1, "private"),
        ],
        // Beside what is public, nothing of it is seen at all.
        &[
            (2, 3, "2026-11-05", 1, "private"),
            (4, 2, "2026-11-02", 2, "private"),
        ],
        &[
            (2, 3, "2026-11-05", 1, "private"),
            (1, 2, "2026-11-02", 2, "channel"),
        ],
    ] {
        let db = office(&with(hidden)).await;
        for key in [
            "2026-11-02",
            "2026-11-05",
            "2026-W45",
            "2026-11",
            "2026-Q4",
            "2026",
            "all",
        ] {
            told.entry(key).or_default().insert(covered(&db, key).await);
        }
    }
    for (key, told) in told {
        assert_eq!(told.len(), 1, "{key} tells kudos apart:\n{told:#?}");
    }
    let nobody = office(public).await;
    let somebody = office(&with(&[(2, 3, "2026-11-05", 0, "private")])).await;
    assert_ne!(
        covered(&nobody, "2026-11").await,
        covered(&somebody, "2026-11").await
    );
}

#[tokio::test]
async fn boards_and_coverage_are_read_off_an_index() {
    let db = TestDb::open().await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let kept = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
        let query = kept["query"].as_str().unwrap();
        if !query.contains("FROM kudos_tallies") && !query.contains("kudos_pairs_by_receiver") {
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
            // What was counted is as long as the list of people or values.
            let small = ["SCAN counted", "SCAN given", "SCAN asked"]
                .iter()
                .any(|list| step.starts_with(list));
            assert!(small || !step.starts_with("SCAN"), "{plan}");
            if step.contains("kudos_tallies") {
                let range = "(guild_id=? AND board=? AND grain=? AND bucket>? AND bucket<?)";
                assert!(step.ends_with(range), "{plan}");
            }
            if step.contains("kudos_pairs_by_receiver") {
                let range = "(guild_id=? AND receiver_id=? AND value_id=? AND day>? AND day<?)";
                assert!(step.contains("COVERING") && step.ends_with(range), "{plan}");
            }
            if step.starts_with("SEARCH r ") {
                let range = "(receiver_id=? AND given_at>? AND given_at<?)";
                assert!(step.ends_with(range), "{plan}");
            }
        }
    }
    assert_eq!(found, 7, "the queries are where they are looked for");
}
