//! Kudos in chat: confirmed and announced once, changed and taken away with the message.

use crate::office::{DELETE, EDIT, MOMENTS, Office, POST, REACT, UNREACT};

#[tokio::test]
async fn a_thanks_in_chat_is_confirmed_and_announced_once() {
    let mut office = Office::open().await;
    office.announces_in_wins().await;
    for step in [REACT, POST] {
        for moment in MOMENTS {
            let words = format!("the demo, {moment:?} at {}", step.0);
            let text = format!("thanks @Bo for {words}");
            let (ann, general) = (office.has(&office.ann), office.general.clone());
            let message = office
                .dies_during(step, moment, ann.says(&general, &text))
                .await;
            assert_eq!(office.said(&office.wins, &words), 1, "{step:?} {moment:?}");
            assert_eq!(office.marks(&message), ["✅"], "{step:?} {moment:?}");
        }
    }
    assert_eq!(office.said(&office.general, ""), 0);
}

#[tokio::test]
async fn an_edit_reaches_the_announcement() {
    let mut office = Office::open().await;
    office.announces_in_wins().await;
    for moment in MOMENTS {
        let ann = office.has(&office.ann);
        let message = ann.says(&office.general, "thanks @Bo for the demo").await;
        office
            .discord
            .waits_until(&message, |now| !now.reactions().is_empty())
            .await;
        office.settles().await;
        let text = format!("thanks @Bo for the pilot, {moment:?}");
        office
            .dies_during(EDIT, moment, ann.edits(&message, &text))
            .await;
        let words = format!("the pilot, {moment:?}");
        assert_eq!(office.said(&office.wins, &words), 1, "{moment:?}");
        assert_eq!(office.said(&office.wins, "the demo"), 0, "{moment:?}");
    }
}

#[tokio::test]
async fn a_deleted_message_takes_its_announcement_along() {
    let mut office = Office::open().await;
    office.announces_in_wins().await;
    for moment in MOMENTS {
        let ann = office.has(&office.ann);
        let message = ann.says(&office.general, "thanks @Bo for the demo").await;
        office
            .discord
            .waits_until(&message, |now| !now.reactions().is_empty())
            .await;
        office.settles().await;
        assert_eq!(office.said(&office.wins, "the demo"), 1);
        office
            .dies_during(DELETE, moment, ann.deletes(&message))
            .await;
        assert_eq!(office.said(&office.wins, "the demo"), 0, "{moment:?}");
    }
}

#[tokio::test]
async fn a_thanks_that_is_edited_away_loses_its_confirmation_too() {
    let mut office = Office::open().await;
    office.announces_in_wins().await;
    for step in [DELETE, UNREACT] {
        for moment in MOMENTS {
            let ann = office.has(&office.ann);
            let message = ann.says(&office.general, "thanks @Bo for the demo").await;
            office
                .discord
                .waits_until(&message, |now| !now.reactions().is_empty())
                .await;
            office.settles().await;
            let edit = ann.edits(&message, "about the demo");
            office.dies_during(step, moment, edit).await;
            assert_eq!(
                office.said(&office.wins, "the demo"),
                0,
                "{step:?} {moment:?}"
            );
            assert!(office.marks(&message).is_empty(), "{step:?} {moment:?}");
        }
    }
}
