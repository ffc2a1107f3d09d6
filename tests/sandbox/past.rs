//! The demo team's past: made by the bot, the same in every start.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};

use crate::shell::Shell;

async fn past(shell: &Shell, name: &str) -> SqliteConnection {
    let said = shell.plays(&["--data", name], "who\n");
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
    let file = shell.at(name).join("bellwether.db");
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    options.connect().await.unwrap()
}

async fn count(of: &mut SqliteConnection, what: &'static str) -> i64 {
    sqlx::query_scalar(what).fetch_one(of).await.unwrap()
}

#[tokio::test]
async fn the_demo_team_has_lived_through_a_quarter_with_the_bot() {
    let shell = Shell::new();
    let mut db = past(&shell, "one").await;
    for (what, expected) in [
        ("SELECT count(*) FROM teams", 2),
        ("SELECT count(*) FROM team_members", 9),
        ("SELECT count(*) FROM team_managers", 2),
        ("SELECT count(*) FROM recognition_values", 4),
        ("SELECT count(*) FROM kudos WHERE source = 'slash'", 46),
        ("SELECT count(*) FROM kudos WHERE source = 'chat'", 25),
        (
            "SELECT count(*) FROM kudos WHERE kind = 'kudos' AND source = 'reaction'",
            7,
        ),
        ("SELECT count(*) FROM kudos WHERE kind = 'second'", 8),
        ("SELECT count(*) FROM kudos WHERE visibility = 'channel'", 4),
        (
            "SELECT count(*) FROM kudos_receivers WHERE visibility = 'private'",
            9,
        ),
        ("SELECT count(*) FROM outbox WHERE state <> 'delivered'", 0),
        ("SELECT count(*) FROM guilds WHERE digest_day = 'monday'", 1),
        (
            "SELECT count(*) FROM people WHERE quiet_hours IS NOT NULL",
            1,
        ),
        ("SELECT count(*) FROM series WHERE state = 'running'", 9),
        (
            "SELECT count(*) FROM occurrences WHERE state = 'planned'",
            9,
        ),
        (
            "SELECT count(*) FROM occurrences WHERE state = 'skipped'",
            2,
        ),
        ("SELECT count(*) FROM moves", 2),
        ("SELECT count(*) FROM reviews", 4),
        ("SELECT count(*) FROM moments", 1),
        (
            "SELECT count(*) FROM agenda_items WHERE closed_at IS NULL",
            5,
        ),
        ("SELECT count(*) FROM promises WHERE state = 'done'", 2),
        ("SELECT count(*) FROM promises WHERE state = 'dropped'", 1),
        ("SELECT count(*) FROM promises WHERE state = 'open'", 4),
        (
            "SELECT count(*) FROM promises WHERE state = 'open' AND due_day < date('now')",
            2,
        ),
    ] {
        assert_eq!(count(&mut db, what).await, expected, "{what}");
    }
    let days = "SELECT (max(given_at) - min(given_at)) / 86400000 FROM kudos";
    let days = count(&mut db, days).await;
    assert!((82..=90).contains(&days), "{days} days");
    let gus = "SELECT count(*) FROM kudos_receivers r JOIN people p ON p.id = r.receiver_id
               WHERE p.name = 'Gus'";
    assert_eq!(count(&mut db, gus).await, 0, "somebody goes unseen");
    let answered = count(&mut db, "SELECT count(*) FROM held_answers").await;
    assert!(answered >= 44, "{answered}");
    let log = std::fs::read_to_string(shell.at("one/bellwether.log")).unwrap();
    assert!(
        !log.contains("ERROR") && !log.contains("WARN bellwether"),
        "{log}"
    );
}

#[tokio::test]
async fn every_start_has_the_same_past() {
    let shell = Shell::new();
    let mut pasts = Vec::new();
    for name in ["one", "two"] {
        let mut db = past(&shell, name).await;
        let told: Vec<String> = sqlx::query_scalar(
            "SELECT format('%s to %s at %s', g.name, group_concat(t.name), strftime('%H:%M', k.given_at / 1000, 'unixepoch'))
             FROM kudos k JOIN people g ON g.id = k.giver_id
             JOIN kudos_receivers r ON r.kudos_id = k.id JOIN people t ON t.id = r.receiver_id
             GROUP BY k.id ORDER BY k.id",
        )
        .fetch_all(&mut db)
        .await
        .unwrap();
        pasts.push(told);
    }
    assert!(pasts[0].len() > 80);
    assert_eq!(pasts[0], pasts[1]);
}

#[tokio::test]
async fn a_week_that_is_pushed_over_looks_like_one_that_was_lived() {
    let shell = Shell::new();
    let said = shell.plays(
        &["--data", "kept"],
        "Omar: /one-on-one health\nNia: /one-on-one health\nNia: /promise list\n+1 week\n",
    );
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
    for words in [
        "Omar and Gus · one-on-one · overdue by",
        "moved once (Omar 1) · skipped once (Omar 1)",
        "1 disagreement",
        "introduce Ann to the account manager in Lyon",
        "Bellwether: One-on-one with ",
        "Much has happened.",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    assert!(!said.out.contains("Nia and Ann · one-on-one · overdue"));
    assert!(
        !said.out.contains("[Snooze]"),
        "each in a line: {}",
        said.out
    );
    let file = shell.at("kept").join("bellwether.db");
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut db = options.connect().await.unwrap();
    let missed = "SELECT count(*) FROM outbox WHERE topic = 'cadence.catch-up'";
    assert_eq!(count(&mut db, missed).await, 0);
    let nudged = "SELECT count(*) FROM outbox WHERE topic = 'cadence.nudge'";
    assert!(count(&mut db, nudged).await > 20);
    let late = "SELECT max(o.finished_at - n.due_at) FROM outbox o
                JOIN nudges n ON n.id = o.subject_id WHERE o.topic = 'cadence.nudge'";
    let late = count(&mut db, late).await;
    assert!((0..=90_000).contains(&late), "{late} ms");
}

#[test]
fn the_week_of_the_readme_plays() {
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let script = std::fs::read_to_string(docs.join("a-week.txt")).unwrap();
    let said = Shell::new().plays(&[], &script);
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
    for words in [
        "One-on-one with Nia",
        "The port: who else should they meet?",
        "Was it held?",
        "Review & Plan",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    assert!(!said.out.contains("I was away for a while"), "{}", said.out);
}
