//! What is deleted by itself: working data after its time, and servers that the bot was removed from.

use bellwether::jobs::scheduler;
use bellwether::registry::TABLES;
use chrono::TimeDelta;

use super::{beta, file, thanks};
use crate::office::Office;

/// Runs what is due so many days from now.
async fn days_pass(office: &Office, days: i64) {
    let app = &office.bot().app;
    let then = app.now() + TimeDelta::days(days);
    let ran = scheduler::run_due(app, TABLES.jobs, then).await.unwrap();
    assert!(ran.contains(&"privacy.expire"), "{ran:?}");
}

async fn count(office: &Office, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap()
}

#[tokio::test]
async fn working_data_goes_after_its_time() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.bo.closes_dms();
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the demo")
        .boolean("private", true)
        .send()
        .await;
    office.settles().await;
    let sums = [
        "SELECT count(*) FROM outbox",
        "SELECT count(*) FROM notices",
        "SELECT count(*) FROM audit",
    ];
    for (days, left) in [
        (6, [true, true, true]),
        (8, [false, true, true]),
        (91, [false, false, true]),
        (731, [false; 3]),
    ] {
        days_pass(&office, days).await;
        for (sum, left) in sums.iter().zip(left) {
            assert_eq!(
                count(&office, sum).await > 0,
                left,
                "{sum} after {days} days"
            );
        }
    }
    assert_eq!(
        count(&office, "SELECT count(*) FROM kudos").await,
        1,
        "kudos are not working data"
    );
}

#[tokio::test]
async fn more_than_a_batch_goes_in_one_run() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let app = &office.bot().app;
    let mut tx = app.db.write().await.unwrap();
    sqlx::query(
        "INSERT INTO audit (guild_id, action, detail, at)
         SELECT guild_id, 'setup', '', 0
           FROM guilds, (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1201)
                         SELECT i FROM n)",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    days_pass(&office, 1).await;
    assert_eq!(count(&office, "SELECT count(*) FROM audit").await, 1);
}

#[tokio::test]
async fn a_server_that_the_bot_was_removed_from_is_forgotten_after_a_while_and_no_other() {
    let office = Office::open().await;
    let beta = beta(&office).await;
    thanks(&office, &office.ann, &office.bo, "the acme demo").await;
    let at_beta = office.discord.as_member(&beta.ann).in_channel(&beta.talk);
    for text in ["the beta demo", "the other demo"] {
        at_beta
            .clone()
            .slash("kudos give")
            .user("to", &beta.eve)
            .text("message", text)
            .send()
            .await;
    }
    office.settles().await;
    beta.guild.bot_leaves();
    office.settles().await;
    days_pass(&office, 29).await;
    let guilds = "SELECT count(*) FROM guilds";
    assert_eq!(count(&office, guilds).await, 2);
    // Until then, who was there can still have their data.
    let dm = office.discord.as_member(&office.ann).in_dm();
    let asked = dm.clone().slash("privacy export").send().await;
    let chosen = dm
        .selects(&asked.message().unwrap(), "privacy:export-in", &["Beta"])
        .await;
    assert_eq!(file(&chosen)["kudos_given"].as_array().unwrap().len(), 2);
    days_pass(&office, 31).await;
    assert_eq!(count(&office, guilds).await, 1);
    for sum in [
        "SELECT count(*) FROM kudos",
        "SELECT count(*) FROM kudos_receivers",
        "SELECT count(DISTINCT guild_id) FROM kudos_tallies",
        "SELECT count(DISTINCT guild_id) FROM people",
        "SELECT count(*) FROM kudos_text WHERE kudos_text MATCH 'demo'",
    ] {
        assert_eq!(count(&office, sum).await, 1, "{sum}");
    }
}

#[tokio::test]
async fn a_server_that_invites_the_bot_again_keeps_everything() {
    let office = Office::open().await;
    let beta = beta(&office).await;
    beta.guild.bot_leaves();
    beta.guild.bot_joins();
    office.settles().await;
    days_pass(&office, 31).await;
    assert_eq!(count(&office, "SELECT count(*) FROM guilds").await, 2);
}
