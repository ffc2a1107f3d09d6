//! The bot's own machine: a full disk, and a clock that is wrong.

use chrono::TimeDelta;

use crate::office::Office;

/// Changes how many pages the database may have; without a number none is added.
async fn disk_has_room_for(office: &Office, pages: i64) {
    let mut writer = office.bot().app.db.write().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "PRAGMA max_page_count = {pages}"
    )))
    .execute(&mut *writer)
    .await
    .unwrap();
    writer.rollback().await.unwrap();
}

#[tokio::test]
async fn a_full_disk_is_said_and_loses_nothing_that_was_acknowledged() {
    let office = Office::open().await;
    office.settles().await;
    disk_has_room_for(&office, 1).await;
    let (mut given, mut refused) = (0, None);
    for n in 0..20 {
        let give = office.has(&office.ann).slash("kudos give");
        let words = format!("{n} {}", "a long story ".repeat(70));
        let give = give.user("to", &office.bo).text("message", &words);
        let answer = give.send().await;
        if answer.is_ephemeral() {
            refused = Some(answer);
            break;
        }
        given += 1;
    }
    let refused = refused.expect("a full disk");
    let words = refused.shown();
    assert!(
        words.contains("my disk is full") && words.contains("was not recorded"),
        "{words}"
    );
    disk_has_room_for(&office, 1_000_000).await;
    let give = office.has(&office.ann).slash("kudos give");
    give.user("to", &office.bo)
        .text("message", "the last one")
        .send()
        .await;
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.general);
    assert_eq!(said.len(), given + 1);
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_a_month_loses_no_announcement() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.settles().await;
    let posting = office
        .discord
        .faults()
        .pause_before("POST", "/channels/*/messages");
    let give = office.has(&office.ann).slash("kudos give");
    give.user("to", &office.bo)
        .text("message", "the demo")
        .send()
        .await;
    posting.arrived().await.unwrap();
    office.time_passes(TimeDelta::days(30));
    posting.discard();
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
}

#[tokio::test]
async fn a_clock_that_goes_back_a_month_holds_no_announcement_back() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.settles().await;
    let posting = office
        .discord
        .faults()
        .pause_before("POST", "/channels/*/messages");
    let give = office.has(&office.ann).slash("kudos give");
    give.user("to", &office.bo)
        .text("message", "the demo")
        .send()
        .await;
    posting.arrived().await.unwrap();
    // The next one is written, and the clock corrected before it is sent.
    let other = office
        .discord
        .faults()
        .pause_before("PUT", "/channels/*/messages/*/reactions/*/@me");
    let chen = office.has(&office.chen);
    chen.says(&office.general, "thanks @Bo for the pilot").await;
    other.arrived().await.unwrap();
    office.time_passes(-TimeDelta::days(30));
    posting.discard();
    other.discard();
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 2);
}
