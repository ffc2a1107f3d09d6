//! Kudos by reaction, and seconding.

use crate::office::Office;

#[tokio::test]
async fn the_reaction_gives_the_author_kudos_and_removing_it_withdraws() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let message = office
        .has(&office.bo)
        .says(&office.general, "The fix is live.")
        .await;
    office.has(&office.ann).reacts(&message, "🏆").await;
    let announced = office
        .has(&office.dee)
        .waits_for(&office.wins, |_| true)
        .await;
    assert!(
        announced.shown().contains("@Ann thanks @Bo"),
        "{}",
        announced.shown()
    );
    assert!(
        announced.shown().contains("Jump to the message"),
        "{}",
        announced.shown()
    );
    assert_eq!(announced.pinged_names(), ["Bo"]);
    office.settles().await;
    assert!(
        office
            .discord
            .message(&message)
            .has_reaction("✅", office.bot_name())
    );
    office.has(&office.ann).unreacts(&message, "🏆").await;
    office.settles().await;
    assert!(office.discord.message(&announced).is_deleted());
    assert!(
        !office
            .discord
            .message(&message)
            .has_reaction("✅", office.bot_name())
    );
}

#[tokio::test]
async fn another_emoji_oneself_and_bots_give_nothing() {
    let office = Office::open().await;
    let robot = office.acme.other_bot("Robot");
    let message = office
        .has(&office.bo)
        .says(&office.general, "The fix is live.")
        .await;
    let automatic = office
        .discord
        .as_member(&robot)
        .says(&office.general, "Build passed.")
        .await;
    office.has(&office.ann).reacts(&message, "👍").await;
    office.has(&office.bo).reacts(&message, "🏆").await;
    office.has(&office.ann).reacts(&automatic, "🏆").await;
    office.settles().await;
    for message in [&message, &automatic] {
        assert!(
            !office
                .discord
                .message(message)
                .has_reaction("✅", office.bot_name())
        );
    }
}

#[tokio::test]
async fn cleared_reactions_withdraw_too() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    for only in [None, Some("🏆")] {
        let message = office
            .has(&office.bo)
            .says(&office.general, "The fix is live.")
            .await;
        office.has(&office.ann).reacts(&message, "🏆").await;
        office.settles().await;
        assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
        office
            .has(&office.acme.owner())
            .clears_reactions(&message, only)
            .await;
        office.settles().await;
        assert!(office.bot_said(&office.dee, &office.wins).is_empty());
    }
}

#[tokio::test]
async fn a_reaction_on_an_announcement_seconds_it_once_and_quietly() {
    let office = Office::open().await;
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    let announcement = give
        .text("message", "the demo")
        .send()
        .await
        .message()
        .unwrap();
    office.settles().await;
    office.has(&office.chen).reacts(&announcement, "🏆").await;
    office.has(&office.ann).reacts(&announcement, "🏆").await;
    office.settles().await;
    assert!(
        office
            .discord
            .message(&announcement)
            .has_reaction("✅", office.bot_name())
    );
    assert_eq!(office.bot_said(&office.dee, &office.general).len(), 1);
    office.has(&office.chen).unreacts(&announcement, "🏆").await;
    office.settles().await;
    assert!(
        !office
            .discord
            .message(&announcement)
            .has_reaction("✅", office.bot_name())
    );
}
