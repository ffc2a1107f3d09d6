//! Kudos by reaction, and seconding.

use discord_sandbox::MessageView;

use crate::office::{DELETE, MOMENTS, Office, POST, REACT, UNREACT};

#[tokio::test]
async fn a_reaction_is_confirmed_and_announced_once_and_its_removal_is_not_lost() {
    let mut office = Office::open().await;
    office.announces_in_wins().await;
    for (given, taken) in [(REACT, UNREACT), (POST, DELETE)] {
        for moment in MOMENTS {
            let text = format!("It is live, {moment:?}");
            let message = office.has(&office.bo).says(&office.general, &text).await;
            let ann = office.has(&office.ann);
            office
                .dies_during(given, moment, ann.reacts(&message, "🏆"))
                .await;
            assert_eq!(
                office.said(&office.wins, "@Ann thanks @Bo"),
                1,
                "{given:?} {moment:?}"
            );
            assert_eq!(office.marks(&message), ["✅"], "{given:?} {moment:?}");
            office
                .dies_during(taken, moment, ann.unreacts(&message, "🏆"))
                .await;
            assert_eq!(
                office.said(&office.wins, "@Ann thanks @Bo"),
                0,
                "{taken:?} {moment:?}"
            );
            assert!(office.marks(&message).is_empty(), "{taken:?} {moment:?}");
        }
    }
}

#[tokio::test]
async fn seconding_is_confirmed_once_and_quietly() {
    let mut office = Office::open().await;
    for moment in MOMENTS {
        let words = format!("the demo, {moment:?}");
        let give = office.has(&office.ann).slash("kudos give");
        give.user("to", &office.bo)
            .text("message", &words)
            .send()
            .await;
        // On a slow machine the answer is a receipt, and the announcement comes after it.
        let is_it = |message: &MessageView| message.shown().contains(&words);
        let bo = office.has(&office.bo);
        let announcement = bo.waits_for(&office.general, is_it).await;
        office.settles().await;
        let chen = office.has(&office.chen);
        office
            .dies_during(REACT, moment, chen.reacts(&announcement, "🏆"))
            .await;
        assert_eq!(office.marks(&announcement), ["✅"], "{moment:?}");
        office
            .dies_during(UNREACT, moment, chen.unreacts(&announcement, "🏆"))
            .await;
        assert!(office.marks(&announcement).is_empty(), "{moment:?}");
        assert_eq!(office.said(&office.general, &words), 1);
    }
}
