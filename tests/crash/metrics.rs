//! A number that is missing: its owner is told once, whatever dies.

use bellwether::time::clock::{Clock, SystemClock};
use chrono::Timelike;
use sqlx::Connection;

use crate::office::{MOMENTS, Moment, OPEN_DM, Office, POST, Step};

/// Begins what Bo is told.
const MISSING: &str = "numbers are missing";

/// Bo owns metrics whose numbers have long been missing, and the bot is down.
async fn sleeps() -> Office {
    let mut office = Office::open().await;
    let adopt = office.has(&office.max).slash("scorecard template");
    let preview = adopt.text("name", "se-team").send().await;
    preview.clicks("Apply").await;
    let known = office.has(&office.bo).slash("my");
    known.text("timezone", "UTC").send().await;
    office.settles().await;
    office.dies().await;
    // No clock can be set for that process: the metrics were there before, and it is day where Bo is.
    let mut database = office.database().await;
    for change in [
        "UPDATE metrics SET created_at = 0, grace_days = 0,
                owner_id = (SELECT id FROM people WHERE name = 'Bo')",
        "UPDATE metric_versions SET set_at = 0",
        "DELETE FROM job_runs",
    ] {
        sqlx::query(change).execute(&mut database).await.unwrap();
    }
    let zone = if SystemClock.now().hour() < 10 {
        "Pacific/Kiritimati"
    } else {
        "UTC"
    };
    let moved = sqlx::query("UPDATE people SET timezone = ? WHERE name = 'Bo'").bind(zone);
    moved.execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    office
}

/// The bot starts, and dies at this moment of telling Bo; the next one goes on.
async fn tells_once(step: Step, moment: Moment) {
    let mut office = sleeps().await;
    office.spawns();
    office.dies_during(step, moment, async {}).await;
    let is_it = |message: &discord_sandbox::MessageView| message.shown().contains(MISSING);
    office.has(&office.bo).waits_for_dm(is_it).await;
    office.settles().await;
    let told = office.told(&office.bo, MISSING);
    assert_eq!(told, 1, "{step:?} {moment:?}");
}

#[tokio::test]
async fn a_reminder_survives_the_opening_of_its_dm() {
    for moment in MOMENTS {
        tells_once(OPEN_DM, moment).await;
    }
}

#[tokio::test]
async fn a_reminder_is_said_once() {
    for moment in MOMENTS {
        tells_once(POST, moment).await;
    }
}
