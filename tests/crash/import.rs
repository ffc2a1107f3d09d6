//! `/metric import`: recorded once, whatever dies between the preview and its answer.

use discord_sandbox::driver::Answer;
use sqlx::Connection;

use crate::office::{ANSWER, MOMENTS, Office};

/// Max sends a file of two readings.
async fn sends(office: &Office) -> Answer {
    let template = office.has(&office.max).slash("scorecard template");
    let preview = template.text("name", "se-team").send().await;
    preview.clicks("Apply").await;
    let file =
        b"metric,period,value,note\npoc-overrun,2025-10,20%,\npoc-overrun,2025-11,7/9,late\n";
    let import = office.has(&office.max).slash("metric import");
    let preview = import.file("file", "readings.csv", file).send().await;
    assert!(preview.shown().contains("2 new"), "{}", preview.shown());
    preview
}

/// How many readings there are, and how many files still wait.
async fn kept(office: &Office) -> (i64, i64) {
    let mut database = office.database().await;
    let found = sqlx::query_as(
        "SELECT (SELECT count(*) FROM readings), (SELECT count(*) FROM imports WHERE done_at IS NULL)",
    )
    .fetch_one(&mut database)
    .await
    .unwrap();
    database.close().await.unwrap();
    found
}

#[tokio::test]
async fn a_file_that_was_looked_at_outlives_the_bot() {
    let mut office = Office::open().await;
    let preview = sends(&office).await;
    office.dies().await;
    office.starts().await;
    assert_eq!(kept(&office).await, (0, 1));
    preview.clicks("Confirm").await;
    assert!(preview.shown().contains("Recorded"), "{}", preview.shown());
    assert_eq!(kept(&office).await, (2, 0));
}

#[tokio::test]
async fn a_file_whose_confirmation_dies_is_recorded_once() {
    for moment in MOMENTS {
        let mut office = Office::open().await;
        let message = sends(&office).await.message().expect("a preview");
        let id = message.buttons()[0].custom_id.clone().expect("a button");
        let max = office.has(&office.max);
        let press = max.clicks_raw(&message, &id);
        office.dies_during(ANSWER, moment, press).await;
        assert_eq!(kept(&office).await, (2, 0), "{moment:?}");
        // Whoever was left without an answer presses again and is told.
        let again = office.has(&office.max).clicks_raw(&message, &id).await;
        assert!(
            again.shown().contains("recorded already: 2 readings"),
            "{}",
            again.shown()
        );
        assert_eq!(kept(&office).await, (2, 0), "{moment:?}");
    }
}
