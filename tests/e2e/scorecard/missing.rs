//! Numbers that are missing: who is told, when, once, and what they do about it.

use discord_sandbox::MessageView;
use discord_sandbox::driver::{Answer, Person};

use super::about;
use crate::cadence::week::{at, look, look_again, told, write};
use crate::office::Office;

/// The office on Sunday, 14 March 2027: Bo records response hours by week, and Ann manages Bo.
pub(crate) async fn bo_records() -> Office {
    let office = Office::open().await;
    at(&office, "2027-03-14T12:00:00Z");
    office.has_se_team().await;
    office.has_north_of_ann().await;
    let max = office.has(&office.max);
    let add = max.slash("team add").text("team", "north");
    add.user("member", &office.bo).send().await;
    let named = remind(&office, &office.max, "response-hours")
        .user("owner", &office.bo)
        .send()
        .await;
    assert!(
        named.shown().contains("**Bo** records"),
        "{}",
        named.shown()
    );
    office.settles().await;
    office
}

fn remind(office: &Office, who: &Person, key: &str) -> discord_sandbox::driver::Slash {
    about(office, who, "metric remind", key)
}

/// What somebody was told to be missing.
fn missed(office: &Office, person: &Person) -> Vec<MessageView> {
    let mut all = told(office, person);
    all.retain(|one| one.shown().contains("missing") && one.shown().contains("In Acme"));
    all
}

async fn clicks(office: &Office, person: &Person, button: &str) -> Answer {
    let last = missed(office, person).pop().expect("a reminder");
    let dm = office.discord.as_member(person).in_dm();
    dm.clicks(&last, button).await
}

#[tokio::test]
async fn the_owner_is_told_after_two_working_days_and_then_the_manager_once_each() {
    let office = bo_records().await;
    let first = told(&office, &office.bo);
    assert!(
        first.iter().any(|one| one
            .shown()
            .contains("made you the owner of **Response hours**")),
        "Bo hears that it is his"
    );
    look(&office, "2027-03-17T08:55:00Z").await;
    assert!(missed(&office, &office.bo).is_empty());
    look(&office, "2027-03-17T09:00:05Z").await;
    let bo = missed(&office, &office.bo);
    assert_eq!(bo.len(), 1);
    let said = bo[0].shown();
    assert!(said.contains("A number is missing"), "{said}");
    assert!(said.contains("Response hours**, week 10 of 2027"), "{said}");
    look_again(&office).await;
    look(&office, "2027-03-18T18:00:00Z").await;
    assert!(missed(&office, &office.ann).is_empty());
    look(&office, "2027-03-19T09:00:05Z").await;
    let ann = missed(&office, &office.ann);
    assert_eq!(ann.len(), 1);
    assert!(
        ann[0].shown().contains("Bo was reminded"),
        "{}",
        ann[0].shown()
    );
    look(&office, "2027-03-19T12:00:05Z").await;
    look(&office, "2027-03-23T12:00:05Z").await;
    assert_eq!(missed(&office, &office.bo).len(), 1);
    assert_eq!(missed(&office, &office.ann).len(), 1);
    assert!(missed(&office, &office.max).is_empty());
}

#[tokio::test]
async fn whoever_has_recorded_is_not_told_and_neither_is_the_manager() {
    let office = bo_records().await;
    at(&office, "2027-03-16T12:00:00Z");
    let record = about(&office, &office.bo, "metric record", "response-hours");
    let record = record.text("value", "6").text("period", "2027-W10");
    assert!(record.send().await.shown().contains("I understood"));
    look(&office, "2027-03-17T09:00:05Z").await;
    look(&office, "2027-03-19T09:00:05Z").await;
    assert!(missed(&office, &office.bo).is_empty());
    assert!(missed(&office, &office.ann).is_empty());
}

#[tokio::test]
async fn days_away_are_no_working_days_and_what_was_missed_meanwhile_is_one_message() {
    let office = bo_records().await;
    let away = office.has(&office.bo).slash("my");
    away.text("away", "2027-03-15 to 2027-03-19").send().await;
    for then in [
        "2027-03-17T09:00:05Z",
        "2027-03-19T09:00:05Z",
        "2027-03-23T12:00:00Z",
    ] {
        look(&office, then).await;
    }
    assert!(missed(&office, &office.bo).is_empty());
    assert!(missed(&office, &office.ann).is_empty());
    look(&office, "2027-03-24T09:00:05Z").await;
    let bo = missed(&office, &office.bo);
    assert_eq!(bo.len(), 1);
    let said = bo[0].shown();
    assert!(said.contains("2 numbers are missing"), "{said}");
    assert!(
        said.contains("week 10") && said.contains("week 11"),
        "{said}"
    );
}

#[tokio::test]
async fn a_number_is_recorded_from_the_reminder_and_a_second_time_it_is_known() {
    let office = bo_records().await;
    look(&office, "2027-03-17T09:00:05Z").await;
    let form = clicks(&office, &office.bo, "Record").await;
    let refused = form.submits(&[("value", "many"), ("note", "")]).await;
    assert!(
        !refused.shown().contains("I understood"),
        "{}",
        refused.shown()
    );
    let done = form
        .submits(&[("value", "6"), ("note", "all in time")])
        .await;
    assert!(
        done.shown().contains("I understood **6 h**"),
        "{}",
        done.shown()
    );
    assert!(done.shown().contains("week 10"), "{}", done.shown());
    let again = clicks(&office, &office.bo, "Record").await;
    assert!(
        again.shown().contains("has its number"),
        "{}",
        again.shown()
    );
    let snooze = clicks(&office, &office.bo, "Snooze").await;
    assert!(
        snooze.shown().contains("None of it is missing any more"),
        "{}",
        snooze.shown()
    );
    look(&office, "2027-03-19T09:00:05Z").await;
    assert!(missed(&office, &office.ann).is_empty());
}

#[tokio::test]
async fn whoever_is_no_longer_the_owner_records_nothing_by_an_old_button() {
    let office = bo_records().await;
    look(&office, "2027-03-17T09:00:05Z").await;
    let changed = remind(&office, &office.max, "response-hours");
    changed.user("owner", &office.chen).send().await;
    let refused = clicks(&office, &office.bo, "Record").await;
    assert!(
        refused
            .shown()
            .contains("Only the owner of `response-hours`"),
        "{}",
        refused.shown()
    );
    let refused = clicks(&office, &office.bo, "Not mine?").await;
    assert!(
        refused
            .shown()
            .contains("None of it is missing any more, or yours"),
        "{}",
        refused.shown()
    );
    look(&office, "2027-03-17T10:00:05Z").await;
    assert_eq!(missed(&office, &office.chen).len(), 1, "it is hers now");
}

#[tokio::test]
async fn a_reminder_is_put_off_to_the_next_working_morning_and_comes_again_once() {
    let office = bo_records().await;
    look(&office, "2027-03-17T09:00:05Z").await;
    let asked = clicks(&office, &office.bo, "Snooze").await;
    let put_off = asked.clicks("Next working morning").await;
    assert!(
        put_off.shown().contains("I will remind you again"),
        "{}",
        put_off.shown()
    );
    look(&office, "2027-03-18T08:00:00Z").await;
    assert_eq!(missed(&office, &office.bo).len(), 1);
    look(&office, "2027-03-18T09:00:05Z").await;
    look(&office, "2027-03-18T12:00:05Z").await;
    assert_eq!(missed(&office, &office.bo).len(), 2);
}

#[tokio::test]
async fn what_is_not_theirs_goes_back_and_the_manager_is_told() {
    let office = bo_records().await;
    look(&office, "2027-03-17T09:00:05Z").await;
    let done = clicks(&office, &office.bo, "Not mine?").await;
    assert!(
        done.shown().contains("is not yours any more"),
        "{}",
        done.shown()
    );
    assert!(done.shown().contains("I told Ann"), "{}", done.shown());
    office.settles().await;
    let ann = told(&office, &office.ann);
    assert!(
        ann.iter()
            .any(|one| one.shown().contains("is not theirs to record")),
        "Ann hears it"
    );
    let again = clicks(&office, &office.bo, "Not mine?").await;
    assert!(
        again
            .shown()
            .contains("None of it is missing any more, or yours"),
        "{}",
        again.shown()
    );
    let shown = remind(&office, &office.dee, "response-hours").send().await;
    assert!(shown.shown().contains("Nobody owns"), "{}", shown.shown());
}

#[tokio::test]
async fn quiet_hours_hold_a_reminder_back() {
    let office = bo_records().await;
    write(
        &office,
        "UPDATE people SET quiet_hours = '08:00-14:00' WHERE name = 'Bo'",
    )
    .await;
    look(&office, "2027-03-17T09:00:05Z").await;
    assert!(missed(&office, &office.bo).is_empty());
    look(&office, "2027-03-17T14:00:05Z").await;
    assert_eq!(missed(&office, &office.bo).len(), 1);
}

#[tokio::test]
async fn a_refused_message_is_hinted_at_and_the_manager_is_told_in_turn() {
    let office = bo_records().await;
    let set = office.has(&office.max).slash("setup");
    set.channel("cadence-channel", &office.lobby).send().await;
    let before = office.bot_said(&office.dee, &office.lobby).len();
    office.bo.closes_dms();
    look(&office, "2027-03-17T09:00:05Z").await;
    let said = office.bot_said(&office.dee, &office.lobby);
    assert_eq!(said.len(), before + 1);
    let hint = said.last().unwrap().shown();
    assert!(
        !hint.contains("Response") && !hint.contains("missing"),
        "{hint}"
    );
    let call = office
        .has(&office.bo)
        .slash("kudos preference")
        .send()
        .await;
    let notice = call.waits_for_follow_up(1).await;
    assert!(
        notice.shown().contains("about the scorecard"),
        "{}",
        notice.shown()
    );
    look(&office, "2027-03-19T09:00:05Z").await;
    assert_eq!(missed(&office, &office.ann).len(), 1);
}

#[tokio::test]
async fn when_the_owner_has_left_it_is_the_managers() {
    let office = bo_records().await;
    office.bo.leaves();
    look(&office, "2027-03-17T09:00:05Z").await;
    look(&office, "2027-03-17T09:10:05Z").await;
    let ann = missed(&office, &office.ann);
    assert_eq!(ann.len(), 1);
    assert!(
        ann[0].shown().contains("nobody records it now"),
        "{}",
        ann[0].shown()
    );
    look(&office, "2027-03-19T09:00:05Z").await;
    assert_eq!(missed(&office, &office.ann).len(), 1);
    assert!(missed(&office, &office.bo).is_empty());
}

#[tokio::test]
async fn after_an_outage_each_gets_one_message() {
    let office = bo_records().await;
    look(&office, "2027-04-12T10:00:05Z").await;
    look(&office, "2027-04-12T10:30:05Z").await;
    assert_eq!(missed(&office, &office.bo).len(), 1);
    let max = missed(&office, &office.max);
    assert_eq!(max.len(), 1);
    let said = max[0].shown();
    assert!(said.contains("numbers are missing"), "{said}");
    assert!(said.contains("March 2027"), "{said}");
    let form = office
        .discord
        .as_member(&office.max)
        .in_dm()
        .selects(&max[0], "Record a number …", &["PoC overrun"])
        .await;
    let done = form.submits(&[("value", "10%"), ("note", "")]).await;
    assert!(done.shown().contains("I understood"), "{}", done.shown());
}

#[tokio::test]
async fn only_managers_and_admins_say_who_records_and_never_what_the_bot_measures() {
    let office = bo_records().await;
    let refused = remind(&office, &office.dee, "response-hours");
    let refused = refused.user("owner", &office.dee).send().await;
    assert!(
        refused.shown().contains("Only a team's managers"),
        "{}",
        refused.shown()
    );
    let refused = remind(&office, &office.max, "response-hours");
    let refused = refused.user("owner", &office.bo).send().await;
    assert!(
        refused.shown().contains("nothing was changed"),
        "{}",
        refused.shown()
    );
    let refused = remind(&office, &office.max, "kudos-coverage");
    let refused = refused.user("owner", &office.bo).send().await;
    assert!(
        refused
            .shown()
            .contains("I measure `kudos-coverage` myself"),
        "{}",
        refused.shown()
    );
    let changed = remind(&office, &office.max, "response-hours");
    let changed = changed.integer("grace", 5).send().await;
    assert!(
        changed.shown().contains("5 working days"),
        "{}",
        changed.shown()
    );
    let shown = remind(&office, &office.dee, "response-hours").send().await;
    let said = shown.shown();
    assert!(said.contains("**Bo** records **Response hours**"), "{said}");
    assert!(said.contains("**Ann**"), "{said}");
}
