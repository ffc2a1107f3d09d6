//! The weekly digest, from its switch to what becomes of it.

use bellwether::jobs::scheduler;
use bellwether::registry::TABLES;
use chrono::{DateTime, TimeDelta, Utc};
use discord_sandbox::MessageView;
use discord_sandbox::driver::Person;
use discord_sandbox::permissions;

use crate::office::Office;

/// The office on a Wednesday, with kudos announced in #wins and the digest on Mondays at nine.
async fn office() -> Office {
    let office = Office::open().await;
    at(&office, "2027-03-17T12:00:00Z");
    office.announces_in_wins().await;
    sets(&office, "monday 09:00").await;
    office
}

/// Sets the bot's clock.
fn at(office: &Office, then: &str) {
    let then: DateTime<Utc> = then.parse().unwrap();
    office.time_passes(then - office.bot().app.now());
}

async fn sets(office: &Office, digest: &str) {
    let answer = office
        .has(&office.max)
        .slash("setup")
        .text("digest", digest)
        .send()
        .await;
    assert!(answer.shown().contains("Saved"), "{}", answer.shown());
}

async fn thanks(office: &Office, giver: &Person, to: &Person, text: &str) {
    let answer = office
        .has(giver)
        .slash("kudos give")
        .user("to", to)
        .text("message", text)
        .send()
        .await;
    assert!(!answer.failed(), "{}", answer.shown());
}

/// Lets the bot look at the clock at that moment, and returns the digests that are in #wins then.
async fn digests_at(office: &Office, then: &str) -> Vec<MessageView> {
    at(office, then);
    digests(office).await
}

async fn digests(office: &Office) -> Vec<MessageView> {
    let app = &office.bot().app;
    scheduler::run_due(app, TABLES.jobs, app.now())
        .await
        .unwrap();
    app.outbox.wake();
    office.settles().await;
    let said = office.bot_said(&office.ann, &office.wins);
    said.into_iter()
        .filter(|message| message.shown().contains("A week of thanks"))
        .collect()
}

/// The moment before the digest's, and its own.
const BEFORE: &str = "2027-03-22T08:58:00Z";
const MONDAY: &str = "2027-03-22T09:00:10Z";

#[tokio::test]
async fn a_week_is_told_of_once_at_its_hour_and_pings_nobody() {
    let mut office = office().await;
    let max = office.has(&office.max);
    max.clone()
        .slash("value add")
        .text("name", "Courage")
        .text("emoji", "🦁")
        .send()
        .await;
    max.clone()
        .slash("team create")
        .text("name", "North")
        .send()
        .await;
    max.slash("team add")
        .text("team", "North")
        .user("member", &office.bo)
        .send()
        .await;
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the **demo** for @everyone")
        .text("value", "Courage")
        .send()
        .await;
    thanks(&office, &office.chen, &office.dee, "the late call").await;
    assert!(digests_at(&office, BEFORE).await.is_empty());
    let told = digests_at(&office, MONDAY).await;
    assert_eq!(told.len(), 1);
    let shown = told[0].shown();
    for part in [
        "2 people were thanked by 2 people",
        "**Ann** → **Bo**",
        "the \\*\\*demo\\*\\*",
        "**Chen** → **Dee**",
        "🦁 **Courage** · 1",
        "**North** · 1 of 1 was thanked · 0 gave thanks",
        "[announcement](",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    assert!(told[0].pinged().is_empty(), "{shown}");
    // Neither the next look, nor a restart, nor a clock that goes back brings it again.
    assert_eq!(digests(&office).await.len(), 1);
    office.stops_bot().await;
    office.starts_bot().await;
    assert_eq!(digests(&office).await.len(), 1);
    assert_eq!(digests_at(&office, "2027-03-21T12:00:00Z").await.len(), 1);
    assert_eq!(digests_at(&office, "2027-03-22T15:00:00Z").await.len(), 1);
}

#[tokio::test]
async fn it_is_off_until_it_is_switched_on_and_does_not_tell_of_an_hour_that_is_over() {
    let office = Office::open().await;
    at(&office, "2027-03-17T12:00:00Z");
    office.announces_in_wins().await;
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    assert!(digests_at(&office, MONDAY).await.is_empty());
    sets(&office, "monday 09:00").await;
    assert!(digests(&office).await.is_empty(), "nine o'clock is over");
    thanks(&office, &office.ann, &office.bo, "the other demo").await;
    sets(&office, "off").await;
    assert!(digests_at(&office, "2027-03-29T09:00:10Z").await.is_empty());
}

#[tokio::test]
async fn only_what_everybody_may_see_is_told_of() {
    let office = office().await;
    thanks(&office, &office.ann, &office.bo, "the open demo").await;
    let hidden = |text: &'static str, to: &Person| {
        office
            .has(&office.ann)
            .slash("kudos give")
            .user("to", to)
            .text("message", text)
    };
    hidden("the quiet word", &office.dee)
        .boolean("private", true)
        .send()
        .await;
    office
        .discord
        .as_member(&office.ann)
        .in_channel(&office.deal_room)
        .slash("kudos give")
        .user("to", &office.max)
        .text("message", "the closed deal")
        .send()
        .await;
    let told = digests_at(&office, MONDAY).await;
    let shown = told[0].shown();
    assert!(
        shown.contains("the open demo") && shown.contains("1 person was thanked by 1 person"),
        "{shown}"
    );
    for secret in ["quiet", "closed", "Dee", "Max"] {
        assert!(!shown.contains(secret), "{secret} is in\n{shown}");
    }
}

#[tokio::test]
async fn a_week_without_public_kudos_is_passed_over() {
    let office = office().await;
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.dee)
        .text("message", "the quiet word")
        .boolean("private", true)
        .send()
        .await;
    assert!(digests_at(&office, MONDAY).await.is_empty());
    // What is given after its hour is the next week's.
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    assert!(digests(&office).await.is_empty());
    assert_eq!(digests_at(&office, "2027-03-29T09:00:10Z").await.len(), 1);
}

#[tokio::test]
async fn a_bot_that_was_away_tells_of_it_the_same_day_and_not_later() {
    let mut office = office().await;
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    office.stops_bot().await;
    office.clock.push(TimeDelta::days(6));
    office.starts_bot().await;
    assert!(
        digests_at(&office, "2027-03-23T12:00:00Z").await.is_empty(),
        "a day late"
    );
    thanks(&office, &office.ann, &office.bo, "the other demo").await;
    let told = digests_at(&office, "2027-03-29T20:00:00Z").await;
    assert_eq!(told.len(), 1, "some hours late");
    assert!(
        !told[0].shown().contains("> the demo"),
        "{}",
        told[0].shown()
    );
}

#[tokio::test]
async fn a_week_in_which_the_clocks_change_is_told_of_at_the_same_hour() {
    let office = office().await;
    office
        .has(&office.max)
        .slash("setup")
        .text("timezone", "berlin")
        .send()
        .await;
    at(&office, "2027-03-22T12:00:00Z");
    assert!(digests(&office).await.is_empty());
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    // Summer time began on Sunday: nine in the morning is seven, not eight.
    assert!(digests_at(&office, "2027-03-29T06:58:00Z").await.is_empty());
    assert_eq!(digests_at(&office, "2027-03-29T07:00:10Z").await.len(), 1);
    assert_eq!(digests_at(&office, "2027-03-29T08:00:10Z").await.len(), 1);
}

#[tokio::test]
async fn what_is_taken_back_goes_from_the_digest_too() {
    let office = office().await;
    at(&office, "2027-03-22T08:00:00Z");
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    thanks(&office, &office.chen, &office.dee, "the call").await;
    assert_eq!(digests_at(&office, MONDAY).await.len(), 1);
    let undone = office.has(&office.ann).slash("kudos undo").send().await;
    assert!(!undone.failed(), "{}", undone.shown());
    let told = digests(&office).await;
    let shown = told[0].shown();
    assert!(
        !shown.contains("the demo") && shown.contains("the call"),
        "{shown}"
    );
    office.has(&office.chen).slash("kudos undo").send().await;
    assert!(digests(&office).await.is_empty(), "nothing is left to tell");
}

#[tokio::test]
async fn whoever_is_erased_is_in_no_digest() {
    let office = office().await;
    thanks(&office, &office.dee, &office.bo, "the demo by Bo").await;
    thanks(&office, &office.chen, &office.dee, "the call by Dee").await;
    thanks(&office, &office.ann, &office.bo, "the rehearsal").await;
    let told = digests_at(&office, MONDAY).await;
    assert!(told[0].shown().contains("Dee"), "{}", told[0].shown());
    let dee = office.has(&office.dee);
    let asked = dee.clone().slash("privacy erase").send().await;
    dee.clicks(&asked.message().unwrap(), "Erase my data").await;
    office.time_passes(TimeDelta::minutes(2));
    let told = digests(&office).await;
    let shown = told[0].shown();
    for gone in ["Dee", "the demo by Bo", "the call"] {
        assert!(!shown.contains(gone), "{gone} is in\n{shown}");
    }
    assert!(shown.contains("the rehearsal"), "{shown}");
}

#[tokio::test]
async fn a_channel_that_refuses_it_is_told_to_the_admin_once() {
    let office = office().await;
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    office.settles().await;
    office.wins.denies_bot(permissions::SEND_MESSAGES);
    assert!(digests_at(&office, MONDAY).await.is_empty());
    let told = office.discord.as_member(&office.max).dms();
    let told: Vec<&str> = told.iter().map(MessageView::shown).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("can no longer post kudos"), "{told:?}");
}

#[tokio::test]
async fn without_a_channel_for_kudos_it_is_posted_nowhere_and_setup_says_so() {
    let office = Office::open().await;
    at(&office, "2027-03-17T12:00:00Z");
    let set = office
        .has(&office.max)
        .slash("setup")
        .text("digest", "mon 9am")
        .send()
        .await;
    assert!(set.shown().contains("posted nowhere"), "{}", set.shown());
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    assert!(digests_at(&office, MONDAY).await.is_empty());
    let said = office.bot_said(&office.ann, &office.general);
    assert!(
        said.iter()
            .all(|message| !message.shown().contains("A week of thanks"))
    );
}
