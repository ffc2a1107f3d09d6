//! Whoever cannot be reached: closed direct messages, and people who left.

use super::week::{last, look, open, told, write};
use crate::office::Office;

/// What the bot hinted at in the lobby, where it also says hello at some time.
fn hints(office: &Office) -> Vec<String> {
    let said = office.bot_said(&office.dee, &office.lobby);
    let shown = said.iter().map(|one| one.shown().to_owned());
    shown
        .filter(|shown| shown.contains("I have something for you"))
        .collect()
}

#[tokio::test]
async fn a_refused_message_is_hinted_at_once_without_a_word_of_what_it_was() {
    let (office, _) = open().await;
    let set = office
        .has(&office.max)
        .slash("setup")
        .channel("cadence-channel", &office.lobby);
    let set = set.send().await;
    assert!(!set.failed(), "{}", set.shown());
    office.bo.closes_dms();
    look(&office, "2027-03-15T10:00:05Z").await;
    look(&office, "2027-03-16T09:00:05Z").await;
    let said = hints(&office);
    assert_eq!(said.len(), 1, "once until one arrives");
    let shown = said.last().unwrap();
    assert!(
        !shown.contains("Ann") && !shown.contains("one-on-one with"),
        "{shown}"
    );
    let call = office
        .has(&office.bo)
        .slash("kudos preference")
        .send()
        .await;
    let notice = call.waits_for_follow_up(1).await;
    assert!(
        notice.shown().contains("can't reach you by direct message"),
        "{}",
        notice.shown()
    );
    office.bo.opens_dms();
    look(&office, "2027-03-16T10:30:05Z").await;
    assert!(last(&office, &office.bo).shown().contains("Was it held?"));
    office.bo.closes_dms();
    look(&office, "2027-03-22T10:00:05Z").await;
    assert_eq!(hints(&office).len(), 2);
}

#[tokio::test]
async fn without_a_channel_only_the_next_command_tells() {
    let (office, _) = open().await;
    office.bo.closes_dms();
    look(&office, "2027-03-15T10:00:05Z").await;
    assert!(hints(&office).is_empty());
    let call = office
        .has(&office.bo)
        .slash("kudos preference")
        .send()
        .await;
    call.waits_for_follow_up(1).await;
    assert_eq!(told(&office, &office.ann).len(), 1);
}

#[tokio::test]
async fn when_somebody_has_left_the_series_rests_and_the_other_is_told_once() {
    let (office, _) = open().await;
    office.bo.leaves();
    look(&office, "2027-03-15T10:00:05Z").await;
    look(&office, "2027-03-16T09:00:05Z").await;
    look(&office, "2027-03-16T10:30:05Z").await;
    let told_ann = told(&office, &office.ann);
    let left: Vec<_> = told_ann
        .iter()
        .filter(|one| one.shown().contains("no longer in"))
        .collect();
    assert_eq!(
        left.len(),
        1,
        "{:?}",
        told_ann.iter().map(|one| one.shown()).collect::<Vec<_>>()
    );
    assert!(
        left[0].shown().contains("I paused your one-on-one"),
        "{}",
        left[0].shown()
    );
    assert!(told(&office, &office.bo).is_empty());
    write(
        &office,
        "UPDATE series SET state = 'paused' WHERE state = 'paused' AND reason = 'left the server'",
    )
    .await;
}

#[tokio::test]
async fn whatever_is_refused_first_is_hinted_at_once() {
    let (office, _) = open().await;
    let set = office.has(&office.max).slash("setup");
    let set = set.channel("cadence-channel", &office.lobby).send().await;
    assert!(!set.failed(), "{}", set.shown());
    let before = office.bot_said(&office.dee, &office.lobby).len();
    office.bo.closes_dms();
    let skip = office.has(&office.ann).slash("one-on-one skip");
    let skip = skip.user("with", &office.bo).text("reason", "a trip");
    let skip = skip.send().await;
    assert!(!skip.failed(), "{}", skip.shown());
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.lobby);
    assert_eq!(said.len(), before + 1, "the word that it was skipped");
    assert!(!said.last().unwrap().shown().contains("trip"));
    look(&office, "2027-03-22T10:00:05Z").await;
    let said = office.bot_said(&office.dee, &office.lobby);
    assert_eq!(said.len(), before + 1, "the nudge is of the same streak");
}
