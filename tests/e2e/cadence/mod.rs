//! Coaching cadence: series, what both sides bring to a session, and what was promised.

mod agenda;
mod change;
mod choice;
mod digest;
mod handover;
mod health;
mod held;
mod log;
mod minute;
mod moments;
mod nudges;
mod outage;
mod pairing;
mod past;
mod preview;
mod promises;
mod question;
mod reach;
mod removed;
mod schedule;
mod seen;
mod twice;
pub(crate) mod week;

use discord_sandbox::MessageView;
use discord_sandbox::driver::{Answer, Person};

use crate::office::Office;

/// Ann previews a weekly one-on-one with Bo.
pub(crate) async fn previews(office: &Office, when: &str) -> Answer {
    let call = office.has(&office.ann).slash("one-on-one schedule");
    call.user("with", &office.bo)
        .text("when", when)
        .send()
        .await
}

/// A weekly one-on-one of Ann and Bo; returns what Bo was asked by DM.
pub(crate) async fn meet(office: &Office) -> MessageView {
    previews(office, "tomorrow 10:00")
        .await
        .clicks("Confirm")
        .await;
    office
        .has(&office.bo)
        .waits_for_dm(|message| message.shown().contains("has planned"))
        .await
}

/// What the person was told by DM with these words.
pub(crate) async fn told(office: &Office, person: &Person, words: &str) -> MessageView {
    let has = |message: &MessageView| message.shown().contains(words);
    office.has(person).waits_for_dm(has).await
}

/// The id of a message's button, to press it when it is no longer there, or as somebody else.
pub(crate) fn id_of(message: &MessageView, label: &str) -> String {
    let buttons = message.buttons();
    let button = buttons.iter().find(|button| button.label == label);
    button.unwrap().custom_id.clone().unwrap()
}

/// What is shown, without the instants.
pub(crate) fn plain(shown: &str) -> String {
    let mut out = String::new();
    let mut rest = shown;
    while let Some((before, after)) = rest.split_once("<t:") {
        out.push_str(before);
        out.push_str("(then)");
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// What is shown has these words in it.
#[track_caller]
pub(crate) fn says(shown: impl AsRef<str>, words: &str) {
    let shown = shown.as_ref();
    assert!(shown.contains(words), "{words} does not stand in:\n{shown}");
}
