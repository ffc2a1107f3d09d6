//! Metrics that close red, and that recover: who is told, once, and when nobody is.

use discord_sandbox::MessageView;
use discord_sandbox::driver::Person;

use super::about;
use super::missing::bo_records;
use crate::cadence::week::{at, look, told, write};
use crate::office::Office;

/// What somebody was told of metrics that turned red or recovered.
fn news(office: &Office, person: &Person) -> Vec<MessageView> {
    let mut all = told(office, person);
    all.retain(|one| one.shown().contains("turned red") || one.shown().contains("recovered"));
    all
}

/// Bo records response hours.
async fn records(office: &Office, period: &str, value: &str) {
    let record = about(office, &office.bo, "metric record", "response-hours");
    let record = record.text("value", value).text("period", period);
    let done = record.send().await;
    assert!(done.shown().contains("I understood"), "{}", done.shown());
}

#[tokio::test]
async fn a_red_close_is_told_once_to_owner_and_manager_with_what_to_do() {
    let office = bo_records().await;
    records(&office, "2027-W10", "30").await;
    look(&office, "2027-03-14T20:00:00Z").await;
    assert!(news(&office, &office.bo).is_empty(), "the week is not over");
    look(&office, "2027-03-15T09:00:05Z").await;
    for (person, whose) in [
        (&office.bo, "It is yours"),
        (&office.ann, "Its owner is Bo"),
    ] {
        let news = news(&office, person);
        assert_eq!(news.len(), 1, "{}", person.name());
        let said = news[0].shown();
        for words in [
            "A metric has turned red",
            "▼ red · Response hours: **30 h**",
            "What to do:",
            "In Acme",
            whose,
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
    look(&office, "2027-03-16T09:00:05Z").await;
    at(&office, "2027-03-22T10:00:00Z");
    records(&office, "2027-W11", "40").await;
    look(&office, "2027-03-22T12:00:00Z").await;
    for person in [&office.bo, &office.ann] {
        assert_eq!(news(&office, person).len(), 1, "red again is no news");
    }
    for person in [&office.chen, &office.dee, &office.max] {
        assert!(news(&office, person).is_empty(), "{}", person.name());
    }
}

#[tokio::test]
async fn what_is_put_right_within_the_hour_alarms_nobody() {
    let office = bo_records().await;
    at(&office, "2027-03-15T10:00:00Z");
    records(&office, "2027-W10", "30").await;
    look(&office, "2027-03-15T10:55:00Z").await;
    records(&office, "2027-W10", "6").await;
    look(&office, "2027-03-15T11:30:00Z").await;
    look(&office, "2027-03-15T13:00:00Z").await;
    assert!(news(&office, &office.bo).is_empty());
    assert!(news(&office, &office.ann).is_empty());
}

#[tokio::test]
async fn what_is_put_right_later_is_told_as_recovered() {
    let office = bo_records().await;
    at(&office, "2027-03-15T10:00:00Z");
    records(&office, "2027-W10", "30").await;
    look(&office, "2027-03-15T11:05:00Z").await;
    assert_eq!(news(&office, &office.bo).len(), 1);
    records(&office, "2027-W10", "6").await;
    look(&office, "2027-03-15T12:30:00Z").await;
    let news = news(&office, &office.bo);
    assert_eq!(news.len(), 2);
    assert!(
        news[1].shown().contains("A metric has recovered"),
        "{}",
        news[1].shown()
    );
}

#[tokio::test]
async fn an_amber_alone_is_no_recovery_and_a_green_is() {
    let office = bo_records().await;
    for (period, then, value, count) in [
        ("2027-W10", "2027-03-15", "30", 1),
        ("2027-W11", "2027-03-22", "15", 1),
        ("2027-W12", "2027-03-29", "30", 1),
        ("2027-W13", "2027-04-05", "6", 2),
        ("2027-W14", "2027-04-12", "6", 2),
    ] {
        at(&office, &format!("{then}T10:00:00Z"));
        records(&office, period, value).await;
        look(&office, &format!("{then}T11:05:00Z")).await;
        assert_eq!(news(&office, &office.bo).len(), count, "{period}");
    }
    let last = news(&office, &office.ann).pop().unwrap();
    assert!(
        last.shown().contains("● green · Response hours"),
        "{}",
        last.shown()
    );
}

#[tokio::test]
async fn quiet_hours_hold_news_back_and_what_is_put_right_by_then_is_not_told() {
    let office = bo_records().await;
    write(
        &office,
        "UPDATE people SET quiet_hours = '08:00-18:00' WHERE name IN ('Ann', 'Bo')",
    )
    .await;
    at(&office, "2027-03-15T10:00:00Z");
    records(&office, "2027-W10", "30").await;
    look(&office, "2027-03-15T11:05:00Z").await;
    assert!(news(&office, &office.bo).is_empty());
    at(&office, "2027-03-15T17:30:00Z");
    records(&office, "2027-W10", "6").await;
    look(&office, "2027-03-15T18:00:05Z").await;
    assert!(news(&office, &office.bo).is_empty());
}

#[tokio::test]
async fn of_a_persons_own_number_only_they_and_their_managers_are_told() {
    let office = bo_records().await;
    office.has_personal_metric(&office.dee).await;
    write(
        &office,
        "UPDATE metric_versions SET edges = 'fixed', low_red = '5', low_green = '10', why = 'to learn',
                action = 'shadow one', may_drive = 'haste', is_active = 1, cadence = 'week'
          WHERE name = 'Demos'",
    )
    .await;
    let record = about(&office, &office.dee, "metric record", "demos");
    let record = record.text("value", "2").text("period", "2027-W10");
    let done = record.send().await;
    assert!(done.shown().contains("I understood"), "{}", done.shown());
    look(&office, "2027-03-15T09:00:05Z").await;
    for person in [&office.bo, &office.ann] {
        let news = news(&office, person);
        assert_eq!(news.len(), 1, "{}", person.name());
        assert!(news[0].shown().contains("Demos"), "{}", news[0].shown());
    }
    for person in [&office.dee, &office.max] {
        assert!(news(&office, person).is_empty(), "{}", person.name());
    }
}

#[tokio::test]
async fn the_button_shows_how_it_stands_now() {
    let office = bo_records().await;
    at(&office, "2027-03-15T10:00:00Z");
    records(&office, "2027-W10", "30").await;
    look(&office, "2027-03-15T11:05:00Z").await;
    records(&office, "2027-W10", "6").await;
    let ann = office.discord.as_member(&office.ann).in_dm();
    let last = news(&office, &office.ann).pop().unwrap();
    let now = ann.clicks(&last, "How it stands now").await;
    assert!(now.shown().contains("● green"), "{}", now.shown());
    write(&office, "DELETE FROM metric_news").await;
    let gone = ann.clicks(&last, "How it stands now").await;
    assert!(gone.shown().contains("no longer there"), "{}", gone.shown());
}

#[tokio::test]
async fn after_an_outage_the_news_is_one_message() {
    let office = bo_records().await;
    let max = |key: &'static str, value: &'static str| {
        about(&office, &office.max, "metric record", key)
            .text("value", value)
            .text("period", "2027-03")
    };
    for (key, value) in [("poc-overrun", "60%"), ("discovery-before-demo", "10%")] {
        let done = max(key, value).send().await;
        assert!(done.shown().contains("I understood"), "{}", done.shown());
    }
    look(&office, "2027-04-20T10:00:05Z").await;
    look(&office, "2027-04-20T11:30:05Z").await;
    look(&office, "2027-04-21T11:30:05Z").await;
    let max = news(&office, &office.max);
    assert!(
        max.len() <= 2,
        "those that were recorded, and what the bot measured after it woke"
    );
    assert!(
        max[0].shown().contains("2 metrics have turned red"),
        "{}",
        max[0].shown()
    );
}
