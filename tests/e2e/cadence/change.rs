//! `/one-on-one move`, `skip`, `pause`, `resume` and `end`, and whom they do not concern.

use chrono::TimeDelta;

use super::{id_of, meet, previews, says, told};
use crate::office::Office;

#[tokio::test]
async fn a_move_tells_the_other_who_can_ask_for_another_time() {
    let office = Office::open().await;
    meet(&office).await;
    let call = office.has(&office.ann).slash("one-on-one move");
    let moved = call
        .user("with", &office.bo)
        .text("when", "in 3 days 11:00")
        .send()
        .await;
    assert!(
        moved.is_ephemeral() && moved.shown().starts_with("↪️ Moved"),
        "{}",
        moved.shown()
    );
    let heard = told(&office, &office.bo, "moved your one-on-one").await;
    let form = office
        .has(&office.bo)
        .in_dm()
        .clicks(&heard, "Suggest another time")
        .await;
    form.submits(&[("when", "in 4 days 12:00")]).await;
    let suggested = told(
        &office,
        &office.ann,
        "suggests another time for your one-on-one of",
    )
    .await;
    let id = id_of(&suggested, "Move it to this");
    for other in [&office.chen, &office.max, &office.bo] {
        let refused = office.has(other).clicks_raw(&suggested, &id).await;
        assert!(
            refused.shown().starts_with("This concerns other people"),
            "{}",
            refused.shown()
        );
    }
    let taken = office
        .has(&office.ann)
        .in_dm()
        .clicks(&suggested, "Move it to this")
        .await;
    assert!(taken.shown().starts_with("↪️ Moved"), "{}", taken.shown());
    let fine = id_of(&heard, "Fine");
    let stale = office
        .has(&office.bo)
        .in_dm()
        .clicks_raw(&heard, &fine)
        .await;
    says(stale.shown(), "has been moved again since");
}

#[tokio::test]
async fn a_move_beyond_the_date_after_it_is_warned_of_and_a_past_one_refused() {
    let office = Office::open().await;
    meet(&office).await;
    let call = || {
        office
            .has(&office.ann)
            .slash("one-on-one move")
            .user("with", &office.bo)
    };
    let beyond = call().text("when", "in 20 days 11:00").send().await;
    says(beyond.shown(), "⚠️ That is not before the date after it");
    let again = call().text("when", "in 20 days 11:00").send().await;
    says(again.shown(), "is there already");
    let past = call().text("when", "2020-01-06 10:00").send().await;
    says(past.shown(), "2020-01-06");
}

#[tokio::test]
async fn a_skipped_date_can_be_kept_by_the_other() {
    let office = Office::open().await;
    meet(&office).await;
    let call = office
        .has(&office.ann)
        .slash("one-on-one skip")
        .user("with", &office.bo);
    let skipped = call.text("reason", "the fair").send().await;
    assert!(
        skipped.shown().starts_with("⏭️ Skipped"),
        "{}",
        skipped.shown()
    );
    let heard = told(&office, &office.bo, "skipped your one-on-one").await;
    says(heard.shown(), "> the fair");
    let kept = office
        .has(&office.bo)
        .in_dm()
        .clicks(&heard, "Keep it")
        .await;
    assert!(kept.shown().starts_with("↩️ It is on"), "{}", kept.shown());
    told(&office, &office.ann, "so it is on again").await;
    let show = office.has(&office.ann).slash("one-on-one show");
    let show = show.user("with", &office.bo).send().await;
    assert!(!show.shown().contains("skipped."), "{}", show.shown());
}

#[tokio::test]
async fn a_pause_ends_by_itself_or_by_resume() {
    let office = Office::open().await;
    meet(&office).await;
    let pause = || {
        office
            .has(&office.ann)
            .slash("one-on-one pause")
            .user("with", &office.bo)
    };
    let today = pause().text("until", "today").send().await;
    assert!(
        today
            .shown()
            .starts_with("A pause ends when that day begins"),
        "{}",
        today.shown()
    );
    let paused = pause()
        .text("until", "in 2 weeks")
        .text("reason", "leave")
        .send()
        .await;
    says(paused.shown(), "is paused until");
    told(&office, &office.bo, "paused your one-on-one").await;
    let call = office
        .has(&office.ann)
        .slash("one-on-one skip")
        .user("with", &office.bo);
    let refused = call.send().await;
    says(refused.shown(), "is paused and has no next date");
    let resume = || {
        office
            .has(&office.bo)
            .slash("one-on-one resume")
            .user("with", &office.ann)
    };
    let resumed = resume().send().await;
    assert!(
        resumed
            .shown()
            .starts_with("▶️ Your one-on-one with **Ann** is running"),
        "{}",
        resumed.shown()
    );
    told(&office, &office.ann, "resumed your one-on-one").await;
    resume().send().await;
    pause().text("until", "in 2 weeks").send().await;
    office.time_passes(TimeDelta::days(15));
    told(&office, &office.bo, "is over").await;
    let app = &office.bot().app;
    let none = bellwether::cadence::service::resume_due(app, app.now())
        .await
        .unwrap();
    assert_eq!(none, 0);
}

#[tokio::test]
async fn an_end_is_asked_once_and_told() {
    let office = Office::open().await;
    meet(&office).await;
    let call = office
        .has(&office.ann)
        .slash("one-on-one end")
        .user("with", &office.bo);
    let form = call.text("reason", "new team").send().await;
    let ended = form.submits(&[("reason", "new team, *really*")]).await;
    assert!(
        ended
            .shown()
            .starts_with("⏹️ Your one-on-one with **Bo** has ended"),
        "{}",
        ended.shown()
    );
    let heard = told(&office, &office.bo, "ended your one-on-one").await;
    assert!(
        heard.shown().contains(r"> new team, \*really\*"),
        "{}",
        heard.shown()
    );
    let again = form.submits(&[("reason", "")]).await;
    assert!(
        again.shown().starts_with("This one-on-one has ended"),
        "{}",
        again.shown()
    );
    let list = office.has(&office.bo).slash("one-on-one list").send().await;
    says(list.shown(), "nobody in a rhythm yet");
}

#[tokio::test]
async fn nudges_are_switched_by_each_for_themselves() {
    let office = Office::open().await;
    meet(&office).await;
    let show = || {
        office
            .has(&office.ann)
            .slash("one-on-one show")
            .user("with", &office.bo)
    };
    let off = show().send().await.clicks("Stop my nudges").await;
    assert!(off.shown().starts_with("🔕"), "{}", off.shown());
    let shown = show().send().await;
    says(shown.shown(), "[Nudge me again]");
    let on = shown.clicks("Nudge me again").await;
    assert!(on.shown().starts_with("🔔"), "{}", on.shown());
}

#[tokio::test]
async fn a_series_concerns_its_people_alone() {
    let office = Office::open().await;
    meet(&office).await;
    for other in [&office.chen, &office.max] {
        for command in ["show", "skip", "pause", "resume", "end"] {
            let call = office.has(other).slash(&format!("one-on-one {command}"));
            let refused = call.user("with", &office.bo).send().await;
            insta::allow_duplicates! {
                insta::assert_snapshot!(refused.shown(), @"You and **Bo** have no running series. `/one-on-one schedule` starts one.");
            }
        }
        let list = office.has(other).slash("one-on-one list").send().await;
        assert!(!list.shown().contains("Bo"), "{}", list.shown());
    }
}

#[tokio::test]
async fn a_manager_sees_the_dates_of_the_team_and_nothing_to_press() {
    let office = Office::open().await;
    let team = |command: &str| office.has(&office.max).slash(&format!("team {command}"));
    team("create").text("name", "Sales").send().await;
    for member in [&office.ann, &office.bo] {
        team("add")
            .text("team", "Sales")
            .user("member", member)
            .send()
            .await;
    }
    team("manager")
        .text("team", "Sales")
        .user("member", &office.dee)
        .send()
        .await;
    meet(&office).await;
    let list = office
        .has(&office.dee)
        .slash("one-on-one list")
        .send()
        .await;
    says(list.shown(), "**Ann** and **Bo**, one-on-one");
    let call = office.has(&office.dee).slash("one-on-one show");
    let refused = call.user("with", &office.bo).send().await;
    assert!(
        refused
            .shown()
            .starts_with("You and **Bo** have no running series"),
        "{}",
        refused.shown()
    );
}

#[tokio::test]
async fn of_several_series_one_is_chosen() {
    let office = Office::open().await;
    meet(&office).await;
    let second = office
        .has(&office.ann)
        .slash("one-on-one schedule")
        .user("with", &office.bo)
        .text("when", "tomorrow 15:00")
        .text("kind", "review-and-plan")
        .text("every", "month")
        .send()
        .await;
    second.clicks("Confirm").await;
    let same = previews(&office, "tomorrow 16:00").await;
    says(same.shown(), "You have a one-on-one with **Bo** already");
    let show = || {
        office
            .has(&office.ann)
            .slash("one-on-one show")
            .user("with", &office.bo)
    };
    let which = show().send().await;
    insta::assert_snapshot!(which.shown(), @"You and **Bo** have several series: Review & Plan and one-on-one. Say which one with `series`.");
    let offered = show().types("series", "").await;
    assert_eq!(offered.len(), 2);
    let chosen = show().text("series", "review-and-plan").send().await;
    says(chosen.shown(), "Review & Plan with **Bo**");
    let wrong = show().text("series", "99").send().await;
    assert!(
        wrong
            .shown()
            .starts_with("That is no running series of yours"),
        "{}",
        wrong.shown()
    );
}
