//! Kudos written in chat.

use crate::office::Office;

#[tokio::test]
async fn thanks_in_chat_are_confirmed_by_one_reaction_and_not_a_word() {
    let office = Office::open().await;
    let message = office
        .has(&office.ann)
        .says(&office.general, "thanks @Bo for the demo")
        .await;
    office.settles().await;
    let message = office.discord.message(&message);
    assert!(
        message.has_reaction("✅", office.bot_name()),
        "{}",
        office.discord.transcript()
    );
    assert_eq!(message.reactions().len(), 1);
    assert!(office.bot_said(&office.bo, &office.general).is_empty());
}

#[tokio::test]
async fn thanks_in_chat_are_announced_in_the_recognition_channel() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office
        .has(&office.ann)
        .says(&office.general, "@Bo @Chen ++ for the demo")
        .await;
    let said = office
        .has(&office.dee)
        .waits_for(&office.wins, |message| !message.pinged().is_empty())
        .await;
    assert_eq!(said.pinged_names(), ["Bo", "Chen"]);
    assert!(
        said.shown().contains("@Ann thanks @Bo and @Chen"),
        "{}",
        said.shown()
    );
    assert!(
        said.shown().contains("Jump to the message"),
        "{}",
        said.shown()
    );
    let own = office
        .has(&office.ann)
        .says(&office.wins, "kudos @Bo for the follow-up")
        .await;
    office.settles().await;
    assert!(
        office
            .discord
            .message(&own)
            .has_reaction("✅", office.bot_name())
    );
    assert_eq!(
        office.bot_said(&office.dee, &office.wins).len(),
        1,
        "not announced where it stands"
    );
}

#[tokio::test]
async fn what_does_not_count_is_passed_over() {
    let office = Office::open().await;
    let robot = office.acme.other_bot("Robot");
    let ann = office.has(&office.ann);
    let mut said = Vec::new();
    for text in [
        "no thanks @Bo".to_owned(),
        "thanks @Ann for nothing in particular".to_owned(),
        format!("thanks {}", robot.mention()),
        "`thanks @Bo`".to_owned(),
        "> thanks @Bo".to_owned(),
        "||thanks @Bo||".to_owned(),
        "I love c++ and i++".to_owned(),
    ] {
        said.push(ann.says(&office.general, &text).await);
    }
    office.settles().await;
    for message in &said {
        let message = office.discord.message(message);
        assert!(message.reactions().is_empty(), "{}", message.shown());
    }
    assert!(office.bot_said(&office.bo, &office.general).is_empty());
}

#[tokio::test]
async fn an_edit_edits_and_a_deletion_withdraws() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let ann = office.has(&office.ann);
    let message = ann.says(&office.general, "thanks @Bo for the demo").await;
    let announced = office
        .has(&office.dee)
        .waits_for(&office.wins, |_| true)
        .await;
    ann.edits(&message, "thanks @Chen for the demo").await;
    office.settles().await;
    let announced = office.discord.message(&announced);
    assert!(
        announced.shown().contains("Chen") && !announced.shown().contains("@Bo"),
        "{}",
        announced.shown()
    );
    ann.edits(&message, "what a demo").await;
    office.settles().await;
    assert!(office.discord.message(&announced).is_deleted());
    assert!(office.discord.message(&message).reactions().is_empty());
    ann.edits(&message, "thanks @Bo for the demo").await;
    office.settles().await;
    assert!(
        office
            .discord
            .message(&message)
            .has_reaction("✅", office.bot_name())
    );
    ann.deletes(&message).await;
    office.settles().await;
    assert!(office.bot_said(&office.dee, &office.wins).is_empty());
}

#[tokio::test]
async fn bulk_deletions_withdraw_too() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let ann = office.has(&office.ann);
    let one = ann.says(&office.general, "thanks @Bo for one").await;
    let two = ann.says(&office.general, "thanks @Chen for two").await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 2);
    office
        .has(&office.acme.owner())
        .deletes_all(&office.general, &[&one, &two])
        .await;
    office.settles().await;
    assert!(office.bot_said(&office.dee, &office.wins).is_empty());
}

#[tokio::test]
async fn a_reply_with_plus_plus_thanks_the_author() {
    let office = Office::open().await;
    let deck = office
        .has(&office.bo)
        .says(&office.general, "Here is the fixed deck.")
        .await;
    let reply = office.has(&office.ann).replies_to(&deck, "++").await;
    office.settles().await;
    assert!(
        office
            .discord
            .message(&reply)
            .has_reaction("✅", office.bot_name())
    );
}

#[tokio::test]
async fn over_the_cap_gets_one_warning_and_not_a_word() {
    let office = Office::open_with(|config| config.recognition.daily_allowance = Some(1)).await;
    let message = office
        .has(&office.ann)
        .says(&office.general, "thanks @Bo and @Chen for the demo")
        .await;
    office.settles().await;
    let message = office.discord.message(&message);
    assert!(
        message.has_reaction("⚠️", office.bot_name()),
        "{:?}",
        message.reactions()
    );
    assert!(office.bot_said(&office.bo, &office.general).is_empty());
}

#[tokio::test]
async fn without_message_content_a_mention_of_the_bot_still_works() {
    let mut office = Office::open().await;
    office.stops_bot().await;
    office.discord.grants_message_content(false);
    office.starts_bot().await;
    let unread = office
        .has(&office.ann)
        .says(&office.general, "thanks @Bo for the demo")
        .await;
    let bot = office.bot_name();
    let read = office
        .has(&office.ann)
        .says(&office.general, &format!("@{bot} kudos @Bo for the demo"))
        .await;
    office.settles().await;
    assert!(office.discord.message(&unread).reactions().is_empty());
    assert!(office.discord.message(&read).has_reaction("✅", bot));
}

#[tokio::test]
async fn thanks_in_a_private_channel_are_not_announced_elsewhere() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let message = office
        .has(&office.ann)
        .says(&office.deal_room, "thanks @Bo for Initech")
        .await;
    office.settles().await;
    assert!(
        office
            .discord
            .message(&message)
            .has_reaction("✅", office.bot_name())
    );
    assert!(office.bot_said(&office.dee, &office.wins).is_empty());
}
