//! Places where the bot may not, or can no longer, say what it has to say.

use discord_sandbox::driver::Person;
use discord_sandbox::permissions::SEND_MESSAGES;

use crate::office::Office;

async fn thanks(office: &Office, giver: &Person, words: &str) {
    let give = office.has(giver).slash("kudos give");
    let give = give.user("to", &office.bo).text("message", words);
    assert!(!give.send().await.failed());
    office.settles().await;
}

fn told(office: &Office, person: &Person) -> Vec<String> {
    let dms = office.has(person).dms();
    dms.iter()
        .map(|message| message.shown().to_owned())
        .collect()
}

#[tokio::test]
async fn a_lost_permission_is_told_to_each_giver_and_to_the_admin_once() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.wins.denies_bot(SEND_MESSAGES);
    thanks(&office, &office.ann, "the demo").await;
    thanks(&office, &office.chen, "the pilot").await;
    for giver in [&office.ann, &office.chen] {
        let told = told(&office, giver);
        assert!(told.len() == 1 && told[0].contains("#wins"), "{told:?}");
    }
    let admin = told(&office, &office.max);
    assert!(admin.len() == 1 && admin[0].contains("#wins"), "{admin:?}");
    assert!(office.bot_said(&office.dee, &office.wins).is_empty());

    // Once it works again and breaks again, the admin hears of it again.
    office.wins.allows_bot(SEND_MESSAGES);
    thanks(&office, &office.ann, "the rescue").await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
    office.wins.denies_bot(SEND_MESSAGES);
    thanks(&office, &office.ann, "the encore").await;
    assert_eq!(told(&office, &office.max).len(), 2);
}

#[tokio::test]
async fn a_recognition_channel_that_was_deleted_is_told_and_the_kudos_stands() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.wins.is_deleted();
    thanks(&office, &office.ann, "the demo").await;
    assert_eq!(told(&office, &office.ann).len(), 1);
    assert_eq!(told(&office, &office.max).len(), 1);
    let undone = office.has(&office.ann).slash("kudos undo").send().await;
    assert!(undone.shown().contains("Taken back"), "{}", undone.shown());
}

#[tokio::test]
async fn an_announcement_that_somebody_deleted_can_still_be_undone() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    thanks(&office, &office.ann, "the demo").await;
    let said = office.bot_said(&office.dee, &office.wins);
    office.has(&office.acme.owner()).deletes(&said[0]).await;
    let undone = office.has(&office.ann).slash("kudos undo").send().await;
    assert!(undone.shown().contains("Taken back"), "{}", undone.shown());
    office.settles().await;
}

#[tokio::test]
async fn a_message_that_is_gone_before_it_is_confirmed_leaves_nothing_behind() {
    let office = Office::open().await;
    let faults = office.discord.faults();
    let confirming = faults.pause_before("PUT", "/channels/*/messages/*/reactions/*/@me");
    let ann = office.has(&office.ann);
    let message = ann.says(&office.general, "thanks @Bo for the demo").await;
    confirming.arrived().await.unwrap();
    ann.deletes(&message).await;
    confirming.release();
    office.settles().await;
    let undone = ann.slash("kudos undo").send().await;
    assert!(
        undone.shown().contains("no kudos today"),
        "{}",
        undone.shown()
    );
}
