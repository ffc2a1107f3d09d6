//! `/kudos give`, `/kudos undo` and the menus.

use chrono::TimeDelta;

use crate::office::Office;

#[tokio::test]
async fn a_kudos_is_announced_where_it_is_given_and_pings_the_receiver() {
    let office = Office::open().await;
    let answer = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the demo that won the bank")
        .send()
        .await;
    assert!(!answer.is_ephemeral());
    insta::assert_snapshot!(answer.shown(), @"
    🏆 @Ann thanks @Bo
    the demo that won the bank
    [Undo]
    ");
    assert_eq!(answer.message().unwrap().pinged_names(), ["Bo"]);
    office.settles().await;
    assert_eq!(
        office.bot_said(&office.dee, &office.general).len(),
        1,
        "announced once"
    );
    assert!(office.discord.unknown_requests().is_empty());
}

#[tokio::test]
async fn a_kudos_goes_to_the_recognition_channel_and_the_giver_gets_a_receipt() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let answer = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .user("and", &office.chen)
        .text("message", "staying late for the pilot")
        .send()
        .await;
    assert!(answer.is_ephemeral());
    insta::assert_snapshot!(answer.shown(), @"
    ✅ Thanked **Bo** and **Chen** in #wins.
    [Undo]
    ");
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.wins);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].pinged_names(), ["Bo", "Chen"]);
    insta::assert_snapshot!(said[0].shown(), @"
    🏆 @Ann thanks @Bo and @Chen
    staying late for the pilot
    ");
    assert!(office.bot_said(&office.dee, &office.general).is_empty());
}

#[tokio::test]
async fn undo_takes_the_announcement_away_for_the_giver_alone() {
    let office = Office::open().await;
    let answer = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the demo")
        .send()
        .await;
    let announcement = answer.message().unwrap();
    let refused = office.has(&office.bo).clicks(&announcement, "Undo").await;
    insta::assert_snapshot!(refused.shown(), @"Only the person who gave this kudos can take it back, or an admin.");
    assert!(refused.is_ephemeral());
    let undone = office.has(&office.ann).clicks(&announcement, "Undo").await;
    insta::assert_snapshot!(undone.shown(), @"Taken back: the kudos to **Bo**. Its announcement goes too.");
    office.has(&office.bo).waits_until_gone(&announcement).await;
}

#[tokio::test]
async fn the_undo_command_takes_back_the_latest_of_today() {
    let office = Office::open().await;
    let nothing = office.has(&office.ann).slash("kudos undo").send().await;
    insta::assert_snapshot!(nothing.shown(), @"You have given no kudos today that could be taken back. `/kudos history` shows earlier ones.");
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
    let undone = office.has(&office.ann).slash("kudos undo").send().await;
    assert!(
        undone.is_ephemeral() && undone.shown().contains("Bo"),
        "{}",
        undone.shown()
    );
    office.has(&office.bo).waits_until_gone(&announcement).await;
    let again = office.has(&office.ann).slash("kudos undo").send().await;
    assert!(
        again.shown().contains("no kudos today"),
        "{}",
        again.shown()
    );
}

#[tokio::test]
async fn a_kudos_of_yesterday_cannot_be_undone_by_its_giver_but_by_an_admin() {
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
    office.time_passes(TimeDelta::days(1));
    let late = office.has(&office.ann).clicks(&announcement, "Undo").await;
    insta::assert_snapshot!(late.shown(), @"A kudos can be taken back on the day it was given. For an older one, ask an admin to press Undo on it.");
    office.has(&office.max).clicks(&announcement, "Undo").await;
    office.has(&office.bo).waits_until_gone(&announcement).await;
}

#[tokio::test]
async fn a_private_kudos_reaches_the_receiver_alone() {
    let office = Office::open().await;
    let answer = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "how you calmed the customer")
        .boolean("private", true)
        .send()
        .await;
    assert!(answer.is_ephemeral());
    insta::assert_snapshot!(answer.shown(), @"
    🔒 **Bo** gets your kudos privately, by direct message.
    [Undo]
    ");
    let told = office
        .has(&office.bo)
        .waits_for_dm(|message| message.shown().contains("calmed"))
        .await;
    insta::assert_snapshot!(told.shown(), @"
    🔒 **Ann** thanks you privately, in Acme:
    how you calmed the customer
    ");
    office.settles().await;
    for channel in [&office.general, &office.wins] {
        assert!(office.bot_said(&office.dee, channel).is_empty());
    }
    assert!(office.has(&office.chen).dms().is_empty());
}

#[tokio::test]
async fn a_private_message_goes_away_with_undo() {
    let office = Office::open().await;
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    let receipt = give
        .text("message", "the quiet save")
        .boolean("private", true)
        .send()
        .await;
    let told = office
        .has(&office.bo)
        .waits_for_dm(|message| message.shown().contains("quiet"))
        .await;
    receipt.clicks("Undo").await;
    office.has(&office.bo).waits_until_gone(&told).await;
}

#[tokio::test]
async fn a_receiver_who_takes_no_dms_hears_of_it_at_their_next_command_and_the_giver_is_told() {
    let office = Office::open().await;
    office.bo.closes_dms();
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    give.text("message", "the quiet save")
        .boolean("private", true)
        .send()
        .await;
    let told = office.has(&office.ann).waits_for_dm(|_| true).await;
    insta::assert_snapshot!(told.shown(), @"I could not send your private kudos to **Bo**: they take no direct messages from me. It is kept, and they will see it the next time they use one of my commands.");
    let answer = office.has(&office.bo).slash("kudos undo").send().await;
    let waiting = answer.waits_for_follow_up(1).await;
    assert!(waiting.is_ephemeral());
    insta::assert_snapshot!(waiting.shown(), @"
    🔒 **Ann** thanked you privately, and I could not reach you by direct message:
    >>> the quiet save
    ");
}

#[tokio::test]
async fn what_is_given_in_a_private_channel_stays_there() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let ann = office
        .discord
        .as_member(&office.ann)
        .in_channel(&office.deal_room);
    let give = ann.slash("kudos give").user("to", &office.bo);
    let answer = give.text("message", "closing Initech").send().await;
    assert!(
        !answer.is_ephemeral(),
        "announced there: {}",
        answer.shown()
    );
    office.settles().await;
    assert!(office.bot_said(&office.dee, &office.wins).is_empty());
}

#[tokio::test]
async fn a_kudos_to_oneself_or_to_a_bot_is_refused_with_the_rule() {
    let office = Office::open().await;
    let robot = office.acme.other_bot("Robot");
    let to_self = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.ann);
    let to_self = to_self.text("message", "being me").send().await;
    assert!(to_self.is_ephemeral());
    insta::assert_snapshot!(to_self.shown(), @"Kudos are for others: name somebody else you want to thank.");
    let to_bot = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &robot);
    let to_bot = to_bot.text("message", "compiling").send().await;
    assert!(to_bot.is_ephemeral());
    insta::assert_snapshot!(to_bot.shown(), @"Bots don't need kudos. Name a person instead.");
}

#[tokio::test]
async fn the_same_kudos_within_a_minute_is_answered_with_the_first() {
    let office = Office::open().await;
    let give = || {
        office
            .has(&office.ann)
            .slash("kudos give")
            .user("to", &office.bo)
            .text("message", "the demo")
    };
    give().send().await;
    let again = give().send().await;
    assert!(again.is_ephemeral());
    assert!(again.shown().contains("a moment ago"), "{}", again.shown());
    office.settles().await;
    assert_eq!(office.bot_said(&office.bo, &office.general).len(), 1);
    office.time_passes(TimeDelta::seconds(61));
    assert!(
        !give().send().await.is_ephemeral(),
        "a minute later it is a new one"
    );
}

#[tokio::test]
async fn the_daily_allowance_is_counted_in_people() {
    let office = Office::open_with(|config| config.recognition.daily_allowance = Some(2)).await;
    let give = |text: &str| {
        office
            .has(&office.ann)
            .slash("kudos give")
            .user("to", &office.bo)
            .text("message", text)
    };
    assert!(!give("one").send().await.is_ephemeral());
    let refused = give("two and three").user("and", &office.chen).send().await;
    insta::assert_snapshot!(refused.shown(), @"You can thank 1 more today (the daily limit is 2 people). Name fewer, or wait until tomorrow.");
    assert!(!give("two").send().await.is_ephemeral());
    let refused = give("three").send().await;
    insta::assert_snapshot!(refused.shown(), @"You have thanked 2 people today, which is the daily limit. Tomorrow you can thank more.");
    office.time_passes(TimeDelta::days(1));
    assert!(!give("tomorrow").send().await.is_ephemeral());
}

#[tokio::test]
async fn typed_mentions_and_markup_in_the_praise_inject_nothing() {
    let office = Office::open().await;
    let text = format!(
        "# **big** @everyone {} [click](https://evil.example) `code`",
        office.dee.mention()
    );
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    let answer = give.text("message", &text).send().await;
    assert_eq!(answer.message().unwrap().pinged_names(), ["Bo"]);
    let message = answer.message().unwrap();
    let praise = message.embeds()[0]["description"].as_str().unwrap();
    // The broken @everyone is shown with its break.
    let praise = praise.replace('\u{200B}', "|");
    insta::assert_snapshot!(praise, @r"\# \*\*big\*\* @|everyone @someone \[click\](<https://evil.example>) \`code\`");
}

#[tokio::test]
async fn the_message_menu_thanks_the_author_and_links_the_message() {
    let office = Office::open().await;
    let message = office
        .has(&office.bo)
        .says(&office.general, "Here is the fixed deck.")
        .await;
    let form = office
        .has(&office.ann)
        .message_menu("Give kudos", &message)
        .send()
        .await;
    let answer = form
        .submits(&[("message", "fixing the deck overnight")])
        .await;
    assert!(
        answer.shown().contains("fixing the deck overnight"),
        "{}",
        answer.shown()
    );
    assert!(
        answer.shown().contains(&message.id().to_string()),
        "it links the message: {}",
        answer.shown()
    );
    assert_eq!(answer.message().unwrap().pinged_names(), ["Bo"]);
}

#[tokio::test]
async fn the_user_menu_thanks_a_person_and_can_be_private() {
    let office = Office::open().await;
    let form = office
        .has(&office.ann)
        .user_menu("Give kudos", &office.bo)
        .send()
        .await;
    assert_eq!(form.modal().title(), "Kudos for Bo");
    let answer = form
        .submits(&[("message", "being kind"), ("private", "yes")])
        .await;
    assert!(answer.is_ephemeral());
    office
        .has(&office.bo)
        .waits_for_dm(|message| message.shown().contains("being kind"))
        .await;
    let own = office
        .has(&office.ann)
        .user_menu("Give kudos", &office.ann)
        .send()
        .await;
    assert!(
        own.is_ephemeral() && own.shown().contains("somebody else"),
        "{}",
        own.shown()
    );
}

#[tokio::test]
async fn nothing_of_one_guild_is_seen_or_undone_in_another() {
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
    let umbrella = office.discord.guild("Umbrella");
    umbrella.adds(&office.ann);
    let lobby = umbrella.channel("lobby");
    let elsewhere = umbrella.adds(&office.ann);
    let ann = office.discord.as_member(&elsewhere).in_channel(&lobby);
    let undo = ann.slash("kudos undo").send().await;
    assert!(undo.shown().contains("no kudos today"), "{}", undo.shown());
    assert!(!office.discord.message(&announcement).is_deleted());
}
