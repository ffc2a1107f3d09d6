//! Undo: what was taken back stays taken back, and its announcement goes.

use crate::office::{ANSWER, DELETE, MOMENTS, Office};

#[tokio::test]
async fn an_undone_announcement_goes_whatever_dies() {
    let mut office = Office::open().await;
    for step in [ANSWER, DELETE] {
        for moment in MOMENTS {
            let give = office.has(&office.ann).slash("kudos give");
            let give = give.user("to", &office.bo);
            let answer = give
                .text("message", &format!("the demo {moment:?}"))
                .send()
                .await;
            let announcement = answer.message().unwrap();
            office.settles().await;
            let ann = office.has(&office.ann);
            office
                .dies_during(step, moment, ann.clicks(&announcement, "Undo"))
                .await;
            assert!(
                office.discord.message(&announcement).is_deleted(),
                "{step:?} {moment:?}"
            );
            let again = ann.slash("kudos undo").send().await;
            assert!(
                again.shown().contains("no kudos today"),
                "{}",
                again.shown()
            );
        }
    }
    assert_eq!(office.said(&office.general, ""), 0);
}

#[tokio::test]
async fn an_undone_private_message_goes_whatever_dies() {
    let mut office = Office::open().await;
    for step in [ANSWER, DELETE] {
        for moment in MOMENTS {
            let give = office.has(&office.ann).slash("kudos give");
            let give = give.user("to", &office.bo).boolean("private", true);
            let receipt = give
                .text("message", &format!("the save {moment:?}"))
                .send()
                .await;
            office
                .has(&office.bo)
                .waits_for_dm(|told| told.shown().contains("save"))
                .await;
            office.settles().await;
            office
                .dies_during(step, moment, receipt.clicks("Undo"))
                .await;
            assert_eq!(office.told(&office.bo, "save"), 0, "{step:?} {moment:?}");
        }
    }
}
