//! The same press twice, and the same press told of twice by the gateway.

use discord_sandbox::MessageView;
use discord_sandbox::driver::Person;

use super::id_of;
use super::week::{last, look, open, told};
use crate::office::Office;

/// What must not be kept again, and what the others of who presses must not be told again.
async fn everything(office: &Office, presses: &Person) -> Vec<i64> {
    office.settles().await;
    let mut counts = Vec::new();
    let people = [&office.ann, &office.bo, &office.chen, &office.dee];
    for person in people.into_iter().filter(|one| one.id() != presses.id()) {
        counts.push(i64::try_from(told(office, person).len()).unwrap());
    }
    for sum in [
        "SELECT count(*) FROM nudges",
        "SELECT count(*) FROM held_answers",
        "SELECT count(*) FROM occurrences",
        "SELECT count(*) FROM moves",
        "SELECT count(*) FROM promises WHERE state = 'open'",
        "SELECT count(*) FROM series WHERE state = 'running'",
        "SELECT count(*) FROM agenda_items",
    ] {
        let count: i64 = sqlx::query_scalar(sum)
            .fetch_one(office.bot().app.db.read())
            .await
            .unwrap();
        counts.push(count);
    }
    counts
}

/// Presses a button, presses it again, and has the gateway tell of both again: what came of the first is
/// all that comes of it. Returns what the second press was answered.
async fn presses_twice(
    office: &Office,
    person: &Person,
    message: &MessageView,
    button: &str,
) -> String {
    let id = id_of(message, button);
    let by = office.discord.as_member(person).in_dm();
    let first = by.clicks_raw(message, &id).await;
    assert!(!first.failed(), "{button}: {}", first.shown());
    let once = everything(office, person).await;
    let second = by.clicks_raw(message, &id).await;
    assert!(!second.shown().contains("reference"), "{}", second.shown());
    assert_eq!(
        everything(office, person).await,
        once,
        "{button}, pressed again"
    );
    office.discord.gateway().repeats_everything();
    assert_eq!(
        everything(office, person).await,
        once,
        "{button}, told of again"
    );
    let doubled = office.discord.requests().into_iter();
    let doubled =
        doubled.filter(|one| one.code == Some(40060) && one.body.get("type") != Some(&8.into()));
    assert_eq!(doubled.count(), 0, "{button} was answered twice");
    second.shown()
}

#[tokio::test]
async fn a_nudge_that_is_stopped_twice_is_stopped_once() {
    let (office, _) = open().await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let nudge = last(&office, &office.ann);
    presses_twice(&office, &office.ann, &nudge, "Stop").await;
    let asked = office
        .discord
        .as_member(&office.bo)
        .in_dm()
        .clicks(&last(&office, &office.bo), "Snooze")
        .await;
    let snooze = asked.message().unwrap();
    presses_twice(&office, &office.bo, &snooze, "15 minutes").await;
}

#[tokio::test]
async fn a_skip_that_is_sent_twice_skips_one_date() {
    let (office, _) = open().await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let nudge = last(&office, &office.ann);
    let by = office.discord.as_member(&office.ann).in_dm();
    let skipped = by.clicks(&nudge, "Skip").await;
    skipped.submits(&[("reason", "a trip")]).await;
    let once = everything(&office, &office.ann).await;
    let again = by.clicks_raw(&nudge, &id_of(&nudge, "Skip")).await;
    assert!(again.shown().contains("was skipped"), "{}", again.shown());
    office.discord.gateway().repeats_everything();
    assert_eq!(everything(&office, &office.ann).await, once);
}

#[tokio::test]
async fn held_is_answered_once_however_often_it_is_pressed() {
    let (office, _) = open().await;
    look(&office, "2027-03-16T10:30:05Z").await;
    let asked = last(&office, &office.ann);
    let again = presses_twice(&office, &office.ann, &asked, "Held").await;
    assert!(again.contains("was held"), "{again}");
    let asked = last(&office, &office.bo);
    presses_twice(&office, &office.bo, &asked, "Not held").await;
}

#[tokio::test]
async fn a_promise_is_kept_once_however_often_done_is_pressed() {
    let (office, _) = open().await;
    let add = office.has(&office.bo).slash("promise add");
    let add = add.text("text", "send the deck").user("to", &office.ann);
    add.text("due", "friday").send().await;
    look(&office, "2027-03-19T09:00:05Z").await;
    let reminder = last(&office, &office.bo);
    presses_twice(&office, &office.bo, &reminder, "Done").await;
}

#[tokio::test]
async fn fine_to_a_pair_counts_once_however_often_it_is_pressed() {
    let office = Office::open().await;
    office.has_north().await;
    let pair = office.has(&office.ann).slash("one-on-one pair");
    let pair = pair.text("team", "north").text("every", "week");
    pair.send().await.clicks("Confirm").await;
    office.settles().await;
    for person in [&office.bo, &office.chen, &office.dee] {
        let asked = last(&office, person);
        presses_twice(&office, person, &asked, "Fine").await;
    }
    let told = last(&office, &office.bo);
    assert!(told.shown().contains("It is on"), "{}", told.shown());
}

#[tokio::test]
async fn who_declines_a_pair_twice_declines_it_once() {
    let office = Office::open().await;
    office.has_north().await;
    let pair = office.has(&office.ann).slash("one-on-one pair");
    let pair = pair.text("team", "north").text("every", "week");
    let pair = pair.user("without", &office.dee);
    pair.send().await.clicks("Confirm").await;
    office.settles().await;
    let asked = last(&office, &office.bo);
    presses_twice(&office, &office.bo, &asked, "Not this time").await;
    presses_twice(&office, &office.bo, &asked, "Not any more").await;
}
