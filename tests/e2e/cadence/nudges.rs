//! Nudges ahead of a session: when they come, what they bring, and what their buttons do.

use discord_sandbox::driver::Person;

use super::id_of;
use super::week::{at, last, look, look_again, meets, next, open, told, write};

#[tokio::test]
async fn both_are_nudged_a_day_and_an_hour_before_and_never_twice() {
    let (office, _) = open().await;
    look(&office, "2027-03-15T09:59:00Z").await;
    assert!(told(&office, &office.ann).is_empty());
    look(&office, "2027-03-15T10:00:05Z").await;
    for person in [&office.ann, &office.bo] {
        assert_eq!(told(&office, person).len(), 1);
    }
    look_again(&office).await;
    look(&office, "2027-03-16T09:00:05Z").await;
    look_again(&office).await;
    for (person, with) in [(&office.ann, "Bo"), (&office.bo, "Ann")] {
        let told = told(&office, person);
        assert_eq!(told.len(), 2);
        for nudge in told {
            assert!(
                nudge.shown().contains(&format!("One-on-one with {with}")),
                "{}",
                nudge.shown()
            );
        }
    }
    assert!(told(&office, &office.chen).is_empty());
}

#[tokio::test]
async fn the_brief_brings_what_is_needed_and_to_each_only_what_they_may_see() {
    let (office, _) = open().await;
    let add = office
        .has(&office.ann)
        .slash("one-on-one agenda")
        .user("with", &office.bo);
    add.text("item", "the pilot").send().await;
    let give = office
        .has(&office.chen)
        .slash("kudos give")
        .user("to", &office.bo);
    give.text("message", "the rescue in Lyon").send().await;
    let give = office
        .has(&office.chen)
        .slash("kudos give")
        .user("to", &office.bo);
    give.text("message", "the quiet help")
        .boolean("private", true)
        .send()
        .await;
    let promise = office
        .has(&office.bo)
        .slash("promise add")
        .text("text", "write it up");
    promise
        .user("who", &office.ann)
        .text("due", "friday")
        .send()
        .await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let ann = told(&office, &office.ann);
    let ann = ann
        .iter()
        .find(|one| one.shown().contains("One-on-one with Bo"));
    let ann = ann.unwrap().shown();
    for words in [
        "the pilot",
        "write it up",
        "the rescue in Lyon",
        "A question to ask",
        "In Acme",
    ] {
        assert!(ann.contains(words), "{words}: {ann}");
    }
    assert!(!ann.contains("the quiet help"), "{ann}");
    let bo = told(&office, &office.bo);
    let bo = bo
        .iter()
        .find(|one| one.shown().contains("One-on-one with Ann"))
        .unwrap();
    assert!(bo.shown().contains("the pilot"), "{}", bo.shown());
    assert!(!bo.shown().contains("the rescue in Lyon"), "{}", bo.shown());
}

#[tokio::test]
async fn own_leads_take_the_place_of_the_usual_ones() {
    let (office, _) = open().await;
    let set = office
        .has(&office.ann)
        .slash("my")
        .text("nudges", "2 hours")
        .send()
        .await;
    assert!(!set.failed(), "{}", set.shown());
    look(&office, "2027-03-15T10:00:05Z").await;
    assert!(told(&office, &office.ann).is_empty());
    assert_eq!(told(&office, &office.bo).len(), 1);
    look(&office, "2027-03-16T08:00:05Z").await;
    assert_eq!(told(&office, &office.ann).len(), 1);
}

#[tokio::test]
async fn quiet_hours_hold_a_nudge_back_and_of_two_the_nearer_one_comes() {
    let (office, _) = open().await;
    write(
        &office,
        "UPDATE people SET quiet_hours = '09:00-09:30' WHERE name = 'Ann'",
    )
    .await;
    write(
        &office,
        "UPDATE people SET quiet_hours = '08:00-09:45, sunday, monday' WHERE name = 'Bo'",
    )
    .await;
    look(&office, "2027-03-15T10:00:05Z").await;
    assert_eq!(
        told(&office, &office.ann).len(),
        1,
        "ten is not quiet for her"
    );
    assert!(told(&office, &office.bo).is_empty(), "Monday is");
    look(&office, "2027-03-16T09:00:05Z").await;
    look(&office, "2027-03-16T09:31:00Z").await;
    assert_eq!(told(&office, &office.ann).len(), 2);
    look(&office, "2027-03-16T09:46:00Z").await;
    assert_eq!(told(&office, &office.bo).len(), 1, "one of the two");
}

#[tokio::test]
async fn whoever_is_away_until_it_is_over_is_not_nudged() {
    let (office, _) = open().await;
    let away = office
        .has(&office.bo)
        .slash("my")
        .text("away", "2027-03-15 to 2027-03-17")
        .send()
        .await;
    assert!(!away.failed(), "{}", away.shown());
    for then in [
        "2027-03-15T10:00:05Z",
        "2027-03-16T09:00:05Z",
        "2027-03-16T11:00:00Z",
    ] {
        look(&office, then).await;
    }
    assert!(told(&office, &office.bo).is_empty());
    look(&office, "2027-03-18T09:00:00Z").await;
    let asked = told(&office, &office.bo);
    assert_eq!(asked.len(), 1);
    assert!(
        asked[0].shown().contains("Was it held?"),
        "{}",
        asked[0].shown()
    );
}

#[tokio::test]
async fn a_nudge_is_put_off_but_never_past_the_start() {
    let (office, _) = open().await;
    look(&office, "2027-03-16T09:00:05Z").await;
    let nudge = last(&office, &office.ann);
    let ann = office.discord.as_member(&office.ann).in_dm();
    let asked = ann.clicks(&nudge, "Snooze").await;
    assert!(
        asked.shown().contains("When shall I remind you again?"),
        "{}",
        asked.shown()
    );
    assert!(
        !asked.shown().contains("Tomorrow morning"),
        "{}",
        asked.shown()
    );
    let put_off = asked.clicks("15 minutes").await;
    assert!(
        put_off.shown().contains("I will remind you again"),
        "{}",
        put_off.shown()
    );
    let before = told(&office, &office.ann).len();
    look(&office, "2027-03-16T09:16:00Z").await;
    assert_eq!(told(&office, &office.ann).len(), before + 1);
    at(&office, "2027-03-16T09:50:00Z");
    let late = ann.clicks(&last(&office, &office.ann), "Snooze").await;
    assert!(
        late.shown().contains("I can't remind you later than that"),
        "{}",
        late.shown()
    );
    look_again(&office).await;
    assert_eq!(told(&office, &office.ann).len(), before + 1);
}

#[tokio::test]
async fn whoever_stops_the_nudges_gets_no_more_and_the_other_does() {
    let (office, _) = open().await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let ann = office.discord.as_member(&office.ann).in_dm();
    let stopped = ann.clicks(&last(&office, &office.ann), "Stop").await;
    assert!(
        stopped
            .shown()
            .contains("`/one-on-one show` lets the nudges come again"),
        "{}",
        stopped.shown()
    );
    look(&office, "2027-03-16T09:00:05Z").await;
    look(&office, "2027-03-16T10:31:00Z").await;
    assert_eq!(told(&office, &office.ann).len(), 1);
    assert_eq!(told(&office, &office.bo).len(), 3);
}

#[tokio::test]
async fn a_session_is_moved_and_skipped_from_its_nudge_and_the_other_is_told() {
    let (office, series) = open().await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let nudge = last(&office, &office.ann);
    let ann = office.discord.as_member(&office.ann).in_dm();
    let form = ann.clicks(&nudge, "Move").await;
    let refused = form.submits(&[("when", "some day")]).await;
    assert!(refused.is_ephemeral(), "{}", refused.shown());
    let moved = form.submits(&[("when", "2027-03-17 10:00")]).await;
    assert!(!moved.failed(), "{}", moved.shown());
    office.settles().await;
    assert!(
        last(&office, &office.bo).shown().contains("moved"),
        "{}",
        last(&office, &office.bo).shown()
    );
    look(&office, "2027-03-16T10:00:05Z").await;
    let bo = office.discord.as_member(&office.bo).in_dm();
    let form = bo.clicks(&last(&office, &office.bo), "Skip").await;
    let skipped = form.submits(&[("reason", "at the customer's")]).await;
    assert!(!skipped.failed(), "{}", skipped.shown());
    office.settles().await;
    let told = last(&office, &office.ann);
    assert!(
        told.shown().contains("at the customer's"),
        "{}",
        told.shown()
    );
    assert_eq!(
        next(&office, series).await.unwrap().to_rfc3339(),
        "2027-03-23T10:00:00+00:00"
    );
}

#[tokio::test]
async fn an_item_is_added_to_the_agenda_from_the_nudge() {
    let (office, _) = open().await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let ann = office.discord.as_member(&office.ann).in_dm();
    let form = ann
        .clicks(&last(&office, &office.ann), "Add to agenda")
        .await;
    let added = form.submits(&[("item", "my next role")]).await;
    assert!(added.shown().contains("my next role"), "{}", added.shown());
    look(&office, "2027-03-16T09:00:05Z").await;
    assert!(last(&office, &office.bo).shown().contains("my next role"));
}

#[tokio::test]
async fn a_stale_button_says_what_happened_instead() {
    let (office, series) = open().await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let nudge = last(&office, &office.ann);
    let says = async |person: &Person, button: &str| {
        let by = office.discord.as_member(person).in_dm();
        by.clicks(&nudge, button).await.shown()
    };
    write(
        &office,
        "UPDATE occurrences SET state = 'skipped', reason = 'at *sea*',
                           skipped_by = (SELECT id FROM people WHERE name = 'Bo')",
    )
    .await;
    let shown = says(&office.ann, "Move").await;
    assert!(
        shown.contains("This one was skipped by **Bo**") && shown.contains(r"at \*sea\*"),
        "{shown}"
    );
    write(&office, "UPDATE occurrences SET state = 'planned', starts_at = starts_at + 3600000, ends_at = ends_at + 3600000").await;
    let shown = says(&office.ann, "Snooze").await;
    assert!(shown.contains("This was moved to"), "{shown}");
    write(
        &office,
        "UPDATE occurrences SET starts_at = slot, ends_at = slot + 1800000",
    )
    .await;
    at(&office, "2027-03-16T10:10:00Z");
    let shown = says(&office.ann, "Skip").await;
    assert!(shown.contains("It has begun"), "{shown}");
    look_again(&office).await;
    let shown = says(&office.ann, "Skip").await;
    assert!(shown.contains("It has begun"), "{shown}");
    write(&office, "UPDATE series SET state = 'ended'").await;
    let shown = says(&office.ann, "Snooze").await;
    assert!(shown.contains("has ended"), "{shown}");
    assert!(next(&office, series).await.is_some());
}

#[tokio::test]
async fn a_moved_or_ended_session_is_not_spoken_of() {
    let (office, _) = open().await;
    meets(&office, &office.chen, &office.dee).await;
    write(&office, "UPDATE series SET state = 'ended' WHERE id = 1").await;
    look(&office, "2027-03-15T10:00:05Z").await;
    assert!(told(&office, &office.ann).is_empty());
    assert_eq!(told(&office, &office.chen).len(), 1);
}

#[tokio::test]
async fn nobody_else_can_press_a_nudge_or_learn_of_it() {
    let (office, _) = open().await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let nudge = last(&office, &office.ann);
    let chen = office.has(&office.chen);
    let board = office
        .has(&office.chen)
        .slash("kudos leaderboard")
        .send()
        .await
        .message()
        .unwrap();
    for button in ["Snooze", "Move", "Skip", "Stop"] {
        let pressed = chen.clicks_raw(&board, &id_of(&nudge, button)).await;
        assert!(pressed.is_ephemeral(), "{button}: {}", pressed.shown());
        assert!(
            pressed.shown().contains("This concerns other people"),
            "{}",
            pressed.shown()
        );
        let max = office.has(&office.max);
        let pressed = max.clicks_raw(&board, &id_of(&nudge, button)).await;
        assert!(
            pressed.shown().contains("This concerns other people"),
            "{}",
            pressed.shown()
        );
    }
    look(&office, "2027-03-16T10:30:05Z").await;
    for button in ["Held", "Not held"] {
        let asked = last(&office, &office.ann);
        let pressed = chen.clicks_raw(&board, &id_of(&asked, button)).await;
        assert!(
            pressed.shown().contains("This concerns other people"),
            "{}",
            pressed.shown()
        );
    }
}

#[tokio::test]
async fn whoever_sets_other_times_is_nudged_at_those_for_what_is_planned_already() {
    let (office, _) = open().await;
    let my = office.has(&office.ann).slash("my").text("nudges", "2h");
    let set = my.send().await;
    assert!(!set.failed(), "{}", set.shown());
    look(&office, "2027-03-15T10:00:05Z").await;
    assert!(told(&office, &office.ann).is_empty());
    assert_eq!(told(&office, &office.bo).len(), 1, "Bo has changed nothing");
    look(&office, "2027-03-16T07:59:00Z").await;
    assert!(told(&office, &office.ann).is_empty());
    look(&office, "2027-03-16T08:00:05Z").await;
    assert_eq!(told(&office, &office.ann).len(), 1);
    look(&office, "2027-03-16T09:00:05Z").await;
    assert_eq!(told(&office, &office.ann).len(), 1);
}
