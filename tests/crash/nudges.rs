//! Nudges ahead of a session: each of the two gets theirs once, whatever dies.

use bellwether::time::clock::{Clock, SystemClock};
use chrono::{DateTime, TimeDelta};
use sqlx::Connection;

use crate::office::{MOMENTS, Moment, OPEN_DM, Office, POST, Step};

/// Begins what the two are told of the session itself, each of the other.
const BRIEFS: [&str; 2] = ["One-on-one with Bo", "One-on-one with Ann"];
/// Begins what they are told when the bot was down at the time.
const MISSED: [&str; 2] = ["This still matters", "This still matters"];

/// Ann and Bo have a one-on-one, and the bot is down; its next nudges were due so long ago.
async fn sleeps_until(overdue: TimeDelta) -> Office {
    let mut office = Office::open().await;
    let call = office.has(&office.ann).slash("one-on-one schedule");
    let call = call.user("with", &office.bo).text("when", "tomorrow 10:00");
    call.send().await.clicks("Confirm").await;
    let is_told = |message: &discord_sandbox::MessageView| message.shown().contains("has planned");
    office.has(&office.bo).waits_for_dm(is_told).await;
    office.settles().await;
    office.dies().await;
    // No clock can be set for that process; its dates come nearer instead.
    let mut database = office.database().await;
    let due: i64 = sqlx::query_scalar("SELECT min(due_at) FROM nudges WHERE state = 'waiting'")
        .fetch_one(&mut database)
        .await
        .unwrap();
    let due = DateTime::from_timestamp_millis(due).unwrap();
    let nearer = (due - (SystemClock.now() - overdue)).num_milliseconds();
    for change in [
        "UPDATE occurrences SET starts_at = starts_at - ?1, ends_at = ends_at - ?1",
        "UPDATE nudges SET due_at = due_at - ?1, expires_at = expires_at - ?1",
    ] {
        let changed = sqlx::query(change).bind(nearer).execute(&mut database);
        assert!(changed.await.unwrap().rows_affected() > 0, "{change}");
    }
    database.close().await.unwrap();
    office
}

/// The bot starts, and dies at this moment of telling the two; the next one goes on.
async fn tells_both_once(overdue: TimeDelta, words: [&str; 2], step: Step, moment: Moment) {
    let mut office = sleeps_until(overdue).await;
    office.spawns();
    office.dies_during(step, moment, async {}).await;
    for (person, words) in [&office.ann, &office.bo].into_iter().zip(words) {
        let is_it = |message: &discord_sandbox::MessageView| message.shown().contains(words);
        office.has(person).waits_for_dm(is_it).await;
    }
    office.settles().await;
    for (person, words) in [&office.ann, &office.bo].into_iter().zip(words) {
        let told = office.told(person, words);
        assert_eq!(told, 1, "{} {step:?} {moment:?}", person.name());
    }
    let mut database = office.database().await;
    let left: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM nudges
          WHERE state IN ('late', 'handed') OR state = 'waiting' AND due_at <= ?",
    )
    .bind(SystemClock.now().timestamp_millis())
    .fetch_one(&mut database)
    .await
    .unwrap();
    assert_eq!(left, 0, "{step:?} {moment:?}");
    database.close().await.unwrap();
}

#[tokio::test]
async fn a_brief_survives_the_opening_of_its_dm() {
    for moment in MOMENTS {
        tells_both_once(TimeDelta::zero(), BRIEFS, OPEN_DM, moment).await;
    }
}

#[tokio::test]
async fn a_brief_reaches_each_of_the_two_once() {
    for moment in MOMENTS {
        tells_both_once(TimeDelta::zero(), BRIEFS, POST, moment).await;
    }
}

#[tokio::test]
async fn what_was_missed_is_told_to_each_of_the_two_once() {
    for moment in MOMENTS {
        tells_both_once(TimeDelta::minutes(20), MISSED, POST, moment).await;
    }
}
