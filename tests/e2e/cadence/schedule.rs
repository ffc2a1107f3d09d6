//! `/one-on-one schedule`: the preview, its buttons, and the answers of who was asked.

use chrono::TimeDelta;

use super::{id_of, meet, previews, says, told};
use crate::office::Office;

#[tokio::test]
async fn nothing_is_saved_before_confirm_and_then_the_other_is_asked() {
    let office = Office::open().await;
    let preview = previews(&office, "tomorrow 10:00").await;
    assert!(preview.is_ephemeral());
    let shown = preview.shown();
    assert!(shown.contains("One-on-one with Bo"), "{shown}");
    assert!(shown.contains("Every week on"), "{shown}");
    assert_eq!(shown.matches("• ").count(), 8, "{shown}");
    assert!(shown.contains("[Confirm]\n[Cancel]"), "{shown}");
    let none = office
        .has(&office.ann)
        .slash("one-on-one list")
        .send()
        .await;
    says(none.shown(), "nobody in a rhythm yet");
    let made = preview.clicks("Confirm").await;
    assert!(made.is_ephemeral());
    says(made.shown(), "Planned: One-on-one with **Bo**");
    let asked = told(&office, &office.bo, "has planned").await;
    says(asked.shown(), "[Fine]\n[Suggest another time]\n[Decline]");
    let list = office.has(&office.bo).slash("one-on-one list").send().await;
    assert!(
        list.is_ephemeral() && list.shown().contains("**Ann**, one-on-one"),
        "{}",
        list.shown()
    );
    assert!(office.discord.unknown_requests().is_empty());
}

#[tokio::test]
async fn cancel_saves_nothing() {
    let office = Office::open().await;
    let cancelled = previews(&office, "tomorrow 10:00")
        .await
        .clicks("Cancel")
        .await;
    insta::assert_snapshot!(cancelled.shown(), @"Nothing was scheduled. `/one-on-one schedule` previews another time.");
    office.settles().await;
    assert!(office.has(&office.bo).dms().is_empty());
}

#[tokio::test]
async fn confirm_pressed_twice_makes_one_series() {
    let office = Office::open().await;
    let preview = previews(&office, "tomorrow 10:00").await;
    let message = preview.message().unwrap();
    let confirm = id_of(&message, "Confirm");
    preview.clicks("Confirm").await;
    let again = office.has(&office.ann).clicks_raw(&message, &confirm).await;
    says(again.shown(), "is there already and is running");
    office.settles().await;
    assert_eq!(office.has(&office.bo).dms().len(), 1, "asked once");
    let list = office
        .has(&office.ann)
        .slash("one-on-one list")
        .send()
        .await;
    assert_eq!(
        list.shown().matches("**Bo**").count(),
        1,
        "{}",
        list.shown()
    );
}

#[tokio::test]
async fn a_preview_belongs_to_who_asked_for_it() {
    let office = Office::open().await;
    let message = previews(&office, "tomorrow 10:00").await.message().unwrap();
    for button in ["Confirm", "Cancel"] {
        let id = id_of(&message, button);
        for other in [&office.bo, &office.chen, &office.max] {
            let refused = office.has(other).clicks_raw(&message, &id).await;
            assert!(refused.is_ephemeral());
            assert!(
                refused
                    .shown()
                    .starts_with("Only the person who asked for this preview"),
                "{}",
                refused.shown()
            );
        }
    }
    office.settles().await;
    assert!(office.has(&office.bo).dms().is_empty());
}

#[tokio::test]
async fn a_preview_whose_first_date_has_passed_is_refused() {
    let office = Office::open().await;
    let preview = previews(&office, "tomorrow 10:00").await;
    office.time_passes(TimeDelta::days(3));
    let refused = preview.clicks("Confirm").await;
    says(refused.shown(), "has passed, so nothing was saved");
}

#[tokio::test]
async fn what_cannot_be_scheduled_is_refused_with_the_next_step() {
    let office = Office::open().await;
    let ann = || office.has(&office.ann).slash("one-on-one schedule");
    let oneself = ann()
        .user("with", &office.ann)
        .text("when", "tue 10:00")
        .send()
        .await;
    insta::assert_snapshot!(oneself.shown(), @"That takes two. Choose somebody else with `with`.");
    let robot = office.acme.other_bot("Robo");
    let bot = ann()
        .user("with", &robot)
        .text("when", "tue 10:00")
        .send()
        .await;
    insta::assert_snapshot!(bot.shown(), @"**Robo** is a bot and keeps no appointments. Choose a person with `with`.");
    for (when, words) in [
        ("tue at 5", "morning"),
        ("2020-01-06 10:00", "2020-01-06"),
        ("someday", "“someday”"),
        ("tuesday", "time"),
    ] {
        let refused = ann()
            .user("with", &office.bo)
            .text("when", when)
            .send()
            .await;
        assert!(refused.is_ephemeral());
        assert!(
            refused.shown().contains(words),
            "{when}: {}",
            refused.shown()
        );
    }
    let zone = ann()
        .user("with", &office.bo)
        .text("when", "tue 10:00")
        .text("timezone", "Atlantis")
        .send()
        .await;
    assert!(
        zone.shown().starts_with("I know no time zone “Atlantis”"),
        "{}",
        zone.shown()
    );
    let gone = office.acme.member("Gus");
    office.acme.removes(&gone);
    let absent = ann()
        .user("with", &gone)
        .text("when", "tue 10:00")
        .send()
        .await;
    insta::assert_snapshot!(absent.shown(), @"**Gus** is not in this server. Choose somebody who is with `with`.");
}

#[tokio::test]
async fn both_walls_are_shown_where_they_differ() {
    let office = Office::open().await;
    let zone = |zone| office.has(&office.bo).slash("my").text("timezone", zone);
    zone("America/New_York").send().await;
    let shown = previews(&office, "tomorrow 10:00").await.shown();
    assert!(shown.contains(", 10:00 you · 0"), "{shown}");
    assert!(shown.contains("Bo in America/New_York"), "{shown}");
}

#[tokio::test]
async fn a_month_can_be_read_in_two_ways() {
    let office = Office::open().await;
    let preview = office
        .has(&office.ann)
        .slash("one-on-one schedule")
        .user("with", &office.bo)
        .text("when", "2nd tuesday 10:00")
        .text("every", "month")
        .send()
        .await;
    says(preview.shown(), "Every month on the 2nd Tuesday");
    let buttons = preview.message().unwrap();
    let rather = buttons
        .buttons()
        .into_iter()
        .find(|one| one.label.starts_with("Rather"));
    let other = preview.clicks(&rather.unwrap().label).await;
    assert!(
        !other.shown().contains("Every month on the 2nd Tuesday"),
        "{}",
        other.shown()
    );
    says(other.shown(), "[Rather on the 2nd Tuesday]");
}

#[tokio::test]
async fn fine_is_said_once_and_by_who_was_asked() {
    let office = Office::open().await;
    let asked = meet(&office).await;
    for other in [&office.chen, &office.max] {
        let id = id_of(&asked, "Fine");
        let refused = office.has(other).clicks_raw(&asked, &id).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused.shown(), @"This concerns other people. `/one-on-one list` shows what is yours.");
        }
    }
    let fine = office.has(&office.bo).in_dm().clicks(&asked, "Fine").await;
    assert!(
        fine.shown().starts_with("✅ Fine: one-on-one with **Ann**"),
        "{}",
        fine.shown()
    );
    let show = office.has(&office.ann).slash("one-on-one show");
    let show = show.user("with", &office.bo).send().await;
    says(show.shown(), "✅ **Bo**: fine");
}

#[tokio::test]
async fn decline_ends_it_and_tells_the_maker_why() {
    let office = Office::open().await;
    let asked = meet(&office).await;
    let form = office
        .has(&office.bo)
        .in_dm()
        .clicks(&asked, "Decline")
        .await;
    let done = form.submits(&[("reason", "we talk daily *anyway*")]).await;
    assert!(
        done.shown()
            .starts_with("You declined the one-on-one with **Ann**"),
        "{}",
        done.shown()
    );
    let heard = told(&office, &office.ann, "declined").await;
    insta::assert_snapshot!(heard.shown(), @r"
    **Bo** declined the one-on-one with you in **Acme**, so it will not take place.
    > we talk daily \*anyway\*
    `/one-on-one schedule` plans another.
    ");
    let id = id_of(&asked, "Fine");
    let stale = office.has(&office.bo).in_dm().clicks_raw(&asked, &id).await;
    insta::assert_snapshot!(stale.shown(), @"This one-on-one has ended. `/one-on-one schedule` starts a new one.");
}

#[tokio::test]
async fn another_time_is_taken_by_the_maker_alone() {
    let mut office = Office::open().await;
    let asked = meet(&office).await;
    let form = office
        .has(&office.bo)
        .in_dm()
        .clicks(&asked, "Suggest another time")
        .await;
    let sent = form.submits(&[("when", "thursday 11:00")]).await;
    says(sent.shown(), "I have asked **Ann**");
    let suggested = told(&office, &office.ann, "suggests another time").await;
    says(suggested.shown(), "every week on Thursday at 11:00");
    office.stops_bot().await;
    office.starts_bot().await;
    let id = id_of(&suggested, "Move the series to this");
    let own = office.has(&office.bo).clicks_raw(&suggested, &id).await;
    assert!(
        own.shown().starts_with("This concerns other people"),
        "{}",
        own.shown()
    );
    let moved = office
        .has(&office.ann)
        .in_dm()
        .clicks(&suggested, "Move the series to this")
        .await;
    says(moved.shown(), "every week on Thursday at 11:00");
    told(&office, &office.bo, "moved your one-on-one").await;
    let again = office
        .has(&office.ann)
        .in_dm()
        .clicks_raw(&suggested, &id)
        .await;
    says(again.shown(), "moved to that time already");
}

#[tokio::test]
async fn another_time_can_be_left() {
    let office = Office::open().await;
    let asked = meet(&office).await;
    let form = office
        .has(&office.bo)
        .in_dm()
        .clicks(&asked, "Suggest another time")
        .await;
    form.submits(&[("when", "thursday 11:00")]).await;
    let suggested = told(&office, &office.ann, "suggests another time").await;
    let kept = office
        .has(&office.ann)
        .in_dm()
        .clicks(&suggested, "Keep")
        .await;
    says(kept.shown(), "stays every week on");
    let heard = told(&office, &office.bo, "would like to keep").await;
    says(heard.shown(), "[Fine]");
}

#[tokio::test]
async fn peer_coaching_begins_once_the_other_agrees() {
    let office = Office::open().await;
    let preview = office
        .has(&office.ann)
        .slash("one-on-one schedule")
        .user("with", &office.bo)
        .text("when", "tomorrow 10:00")
        .text("kind", "peer-coaching")
        .send()
        .await;
    let made = preview.clicks("Confirm").await;
    assert!(
        made.shown().starts_with("📅 Suggested: Peer coaching"),
        "{}",
        made.shown()
    );
    let asked = told(&office, &office.bo, "suggests a peer coaching").await;
    let list = office
        .has(&office.ann)
        .slash("one-on-one list")
        .send()
        .await;
    says(list.shown(), "waits for an answer");
    office.has(&office.bo).in_dm().clicks(&asked, "Fine").await;
    told(&office, &office.ann, "so it begins").await;
}

#[tokio::test]
async fn who_takes_no_dms_hears_of_it_at_the_next_command_and_the_maker_is_told() {
    let office = Office::open().await;
    office.bo.closes_dms();
    previews(&office, "tomorrow 10:00")
        .await
        .clicks("Confirm")
        .await;
    let heard = told(&office, &office.ann, "could not reach").await;
    insta::assert_snapshot!(heard.shown(), @"I could not reach **Bo** by direct message about your one-on-one: they take none from me. They will see it the next time they use one of my commands.");
    let answer = office.has(&office.bo).slash("one-on-one list").send().await;
    let waiting = answer.waits_for_follow_up(1).await;
    assert!(
        waiting.is_ephemeral() && waiting.shown().contains("has planned a one-on-one"),
        "{}",
        waiting.shown()
    );
    let show = office.has(&office.bo).slash("one-on-one show");
    let show = show.user("with", &office.ann).send().await;
    show.clicks("Fine").await;
}

#[tokio::test]
async fn the_dates_come_as_a_file_for_a_calendar() {
    let office = Office::open().await;
    let calendar = || office.has(&office.ann).slash("one-on-one calendar");
    let none = calendar().send().await;
    insta::assert_snapshot!(none.shown(), @"You meet nobody in a rhythm yet, so there are no dates. `/one-on-one schedule` starts one.");
    meet(&office).await;
    let answer = calendar().user("with", &office.bo).send().await;
    assert!(answer.is_ephemeral());
    let message = answer.message().unwrap();
    let files = message.files();
    let (name, _, bytes) = files.first().unwrap();
    assert_eq!(*name, "one-on-ones.ics");
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n"), "{text}");
    assert!(text.contains("SUMMARY:One-on-one with Bo\r\n"), "{text}");
    let chen = office.has(&office.chen).slash("one-on-one calendar");
    let refused = chen.user("with", &office.bo).send().await;
    assert!(
        refused
            .shown()
            .starts_with("You and **Bo** have no running series"),
        "{}",
        refused.shown()
    );
}
