//! What must not be told: private kudos, what is said in a closed channel, and what was taken back.

use discord_sandbox::driver::{Person, Slash};
use discord_sandbox::permissions::VIEW_CHANNEL;

use crate::office::Office;

fn gives(office: &Office, by: &Person, to: &Person, text: &str) -> Slash {
    let give = office.has(by).slash("kudos give").user("to", to);
    give.text("message", text)
}

async fn prefers_private(office: &Office, person: &Person) {
    let wish = office.has(person).slash("kudos preference");
    wish.text("style", "private").send().await;
}

#[tokio::test]
async fn a_private_kudos_taken_back_before_it_could_be_told_is_not_told_any_more() {
    let office = Office::open().await;
    office.bo.closes_dms();
    office.ann.closes_dms();
    let give = gives(&office, &office.ann, &office.bo, "the quiet save");
    let receipt = give.boolean("private", true).send().await;
    office.settles().await;
    let undone = receipt.clicks("Undo").await;
    assert!(undone.shown().contains("Taken back"), "{}", undone.shown());
    office.settles().await;
    for person in [&office.bo, &office.ann] {
        office.has(person).slash("value list").send().await;
    }
    office.settles().await;
    let transcript = office.discord.transcript();
    assert!(!transcript.contains("could not reach you"), "{transcript}");
    assert!(!transcript.contains("could not send"), "{transcript}");
    // Another that stands is told all the same.
    let give = gives(&office, &office.ann, &office.bo, "the loud save");
    give.boolean("private", true).send().await;
    office.settles().await;
    let answer = office.has(&office.bo).slash("value list").send().await;
    let waiting = answer.waits_for_follow_up(1).await;
    assert!(waiting.shown().contains("the loud save"));
}

#[tokio::test]
async fn thanks_in_chat_edited_away_or_deleted_before_they_could_be_told_are_not_told() {
    let office = Office::open().await;
    prefers_private(&office, &office.bo).await;
    office.bo.closes_dms();
    let ann = office.has(&office.ann);
    let edited = ann.says(&office.general, "thanks @Bo for the tea").await;
    let deleted = ann.says(&office.general, "thanks @Bo for the cake").await;
    office.settles().await;
    ann.edits(&edited, "thanks @Chen for the tea").await;
    ann.deletes(&deleted).await;
    office.settles().await;
    office.has(&office.bo).slash("value list").send().await;
    office.settles().await;
    let transcript = office.discord.transcript();
    assert!(!transcript.contains("could not reach you"), "{transcript}");
}

#[tokio::test]
async fn nobody_but_the_giver_finds_out_by_a_forged_button_that_a_private_kudos_is_there() {
    let office = Office::open().await;
    let public = gives(&office, &office.ann, &office.chen, "the open demo");
    let public = public.send().await.message().unwrap();
    let give = gives(&office, &office.ann, &office.bo, "the quiet save");
    give.boolean("private", true).send().await;
    office.settles().await;
    let not_there = office
        .has(&office.max)
        .clicks_raw(&public, "kudos:undo:99999")
        .await;
    for person in [&office.max, &office.dee, &office.bo] {
        let forged = office.has(person).clicks_raw(&public, "kudos:undo:2").await;
        assert!(forged.is_ephemeral());
        assert_eq!(forged.shown(), not_there.shown());
    }
    // It stands, and its giver can take it back.
    let own = office
        .has(&office.ann)
        .clicks_raw(&public, "kudos:undo:2")
        .await;
    assert_eq!(
        own.shown(),
        "Taken back: the kudos to **Bo**. The direct message goes too."
    );
}

#[tokio::test]
async fn an_admin_who_takes_a_kudos_back_does_not_hear_whom_it_thanked_privately() {
    let office = Office::open().await;
    prefers_private(&office, &office.bo).await;
    let give = gives(&office, &office.ann, &office.bo, "the pilot");
    let said = give.user("and", &office.chen).send().await;
    let announcement = said.message().unwrap();
    let undone = office.has(&office.max).clicks(&announcement, "Undo").await;
    insta::assert_snapshot!(undone.shown(), @"Taken back: the kudos to **Chen**. Its announcement goes too.");
}

#[tokio::test]
async fn a_repeated_private_kudos_says_nothing_about_its_receiver_that_is_not_so() {
    let office = Office::open().await;
    for expected in ["gets your kudos privately", "gets your kudos privately"] {
        let give = gives(&office, &office.ann, &office.bo, "the quiet save");
        let receipt = give.boolean("private", true).send().await;
        assert!(receipt.shown().contains(expected), "{}", receipt.shown());
    }
}

#[tokio::test]
async fn seconding_a_channel_kudos_stays_in_the_channel_when_that_is_opened_later() {
    let office = Office::open().await;
    let ann = office
        .discord
        .as_member(&office.ann)
        .in_channel(&office.deal_room);
    let give = ann.slash("kudos give").user("to", &office.bo);
    let said = give.text("message", "closing Initech").send().await;
    let said = said.message().unwrap();
    office.settles().await;
    office.deal_room.is_open_to_all();
    office.has(&office.max).reacts(&said, "🏆").await;
    office.settles().await;
    let board = office.has(&office.dee).slash("kudos leaderboard");
    let board = board.text("by", "received").send().await;
    assert!(board.is_ephemeral(), "{}", board.shown());
    let history = office.has(&office.dee).slash("kudos history");
    let history = history.user("member", &office.bo).send().await;
    assert!(!history.shown().contains("seconds"), "{}", history.shown());
    assert!(!history.shown().contains("Initech"), "{}", history.shown());
}

#[tokio::test]
async fn words_written_after_a_channel_was_closed_are_shown_in_it_alone() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let ann = office.has(&office.ann);
    let said = ann.says(&office.general, "thanks @Bo for the demo").await;
    let announced = office
        .has(&office.dee)
        .waits_for(&office.wins, |_| true)
        .await;
    office.general.allows_bot(VIEW_CHANNEL);
    for person in [&office.ann, &office.dee] {
        office.general.allows(person, VIEW_CHANNEL);
    }
    office.general.is_closed_to_all();
    ann.edits(&said, "thanks @Bo for the demo that beat Initech")
        .await;
    office.has(&office.dee).waits_until_gone(&announced).await;
    office.settles().await;
    for (command, option, text) in [
        ("kudos search", "text", "initech"),
        ("kudos history", "period", "all"),
        ("kudos leaderboard", "by", "received"),
    ] {
        let mut ask = office.has(&office.dee).slash(command).text(option, text);
        if command == "kudos history" {
            ask = ask.user("member", &office.bo);
        }
        let shown = ask.send().await.shown();
        assert!(!shown.contains("beat"), "{command}: {shown}");
        assert!(!shown.contains("#1"), "{command}: {shown}");
    }
    let bo = office
        .discord
        .as_member(&office.bo)
        .in_channel(&office.wins);
    let own = bo.slash("kudos history").send().await;
    assert!(own.shown().contains("beat Initech"), "{}", own.shown());
}

#[tokio::test]
async fn what_is_for_one_never_takes_the_place_of_what_all_see() {
    let office = Office::open().await;
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    let open = give
        .text("message", "the demo")
        .send()
        .await
        .message()
        .unwrap();
    // A client can press what it likes: these belong to panels that only the admin sees.
    for id in ["setup:chat:off", "audit:page", "team:page:0"] {
        let answer = office.has(&office.max).clicks_raw(&open, id).await;
        assert!(answer.is_ephemeral(), "{id}: {}", answer.shown());
        let stands = office.discord.message(&open);
        assert!(
            stands.shown().contains("the demo"),
            "{id}: {}",
            stands.shown()
        );
    }
}
