//! The bot was down, asleep, or its clock was set: each person gets one message about what still
//! matters, and nothing is said twice.

use super::week::{at, look, look_again, meets, next, open, told};

#[tokio::test]
async fn a_nudge_that_was_missed_becomes_one_message_and_the_next_comes_as_usual() {
    let (mut office, _) = open().await;
    office.stops_bot().await;
    office.clock.push(chrono::TimeDelta::hours(30));
    office.starts_bot().await;
    look_again(&office).await;
    for person in [&office.ann, &office.bo] {
        let told = told(&office, person);
        assert_eq!(told.len(), 1);
        let shown = told[0].shown();
        assert!(
            shown.contains("This still matters") && shown.contains("Ahead of you"),
            "{shown}"
        );
    }
    let ann = office.discord.as_member(&office.ann).in_dm();
    let ahead = ann
        .clicks(&told(&office, &office.ann)[0], "What is ahead")
        .await;
    assert!(
        ahead.shown().contains("one-on-one with **Bo**"),
        "{}",
        ahead.shown()
    );
    look(&office, "2027-03-16T09:00:05Z").await;
    assert_eq!(told(&office, &office.ann).len(), 2);
}

#[tokio::test]
async fn a_session_that_was_missed_is_asked_about_and_not_announced() {
    let (mut office, series) = open().await;
    meets(&office, &office.ann, &office.chen).await;
    office.stops_bot().await;
    office.clock.push(chrono::TimeDelta::days(3));
    office.starts_bot().await;
    look_again(&office).await;
    let told_ann = told(&office, &office.ann);
    assert_eq!(told_ann.len(), 1, "one for both sessions");
    let shown = told_ann[0].shown();
    assert!(
        shown.contains("Was it held?") && !shown.contains("Ahead of you"),
        "{shown}"
    );
    let ann = office.discord.as_member(&office.ann).in_dm();
    let held = ann.clicks(&told_ann[0], "Held: Bo").await;
    assert!(held.shown().contains("was held"), "{}", held.shown());
    assert_eq!(told(&office, &office.bo).len(), 1);
    let next = next(&office, series).await.unwrap();
    assert_eq!(next.to_rfc3339(), "2027-03-23T10:00:00+00:00");
}

#[tokio::test]
async fn of_many_weeks_only_what_is_worth_asking_is_asked() {
    let (mut office, series) = open().await;
    office.stops_bot().await;
    office.clock.push(chrono::TimeDelta::weeks(5));
    office.starts_bot().await;
    look_again(&office).await;
    let told = told(&office, &office.ann);
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].shown().matches("• one-on-one with").count(),
        1,
        "{}",
        told[0].shown()
    );
    assert!(next(&office, series).await.unwrap() > office.bot().app.now());
}

#[tokio::test]
async fn a_machine_that_slept_catches_up_and_a_clock_that_is_set_back_repeats_nothing() {
    let (office, _) = open().await;
    look(&office, "2027-03-15T10:00:05Z").await;
    look(&office, "2027-03-15T18:00:00Z").await;
    look(&office, "2027-03-14T18:00:00Z").await;
    look(&office, "2027-03-15T10:00:05Z").await;
    assert_eq!(told(&office, &office.ann).len(), 1);
    at(&office, "2027-03-16T09:05:00Z");
    look_again(&office).await;
    assert_eq!(told(&office, &office.ann).len(), 2);
    look(&office, "2027-03-16T08:00:00Z").await;
    look(&office, "2027-03-16T09:05:00Z").await;
    assert_eq!(told(&office, &office.ann).len(), 2);
}
