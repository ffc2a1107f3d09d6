//! `/promise add`, `list`, `done` and `drop`.

use chrono::TimeDelta;
use discord_sandbox::MessageView;

use super::week::{self, last, look, told};
use crate::office::Office;

#[tokio::test]
async fn a_promise_to_oneself_is_written_down_listed_and_kept() {
    let office = Office::open().await;
    let ann = office.has(&office.ann);
    let add = ann.clone().slash("promise add");
    let added = add
        .text("text", "learn the *new* API")
        .text("due", "in 2 weeks")
        .send()
        .await;
    assert!(added.is_ephemeral());
    assert!(
        added.text().contains("You promised yourself:"),
        "{}",
        added.shown()
    );
    assert!(
        added.text().contains(r"learn the \*new\* API"),
        "{}",
        added.text()
    );
    let listed = ann.clone().slash("promise list").send().await;
    assert!(listed.is_ephemeral());
    let shown = listed.shown();
    assert!(
        shown.contains("1 open") && shown.contains("to yourself"),
        "{shown}"
    );
    let done = ann
        .clone()
        .slash("promise done")
        .text("promise", "new")
        .send()
        .await;
    assert!(done.text().contains("Kept:"), "{}", done.shown());
    let again = ann
        .clone()
        .slash("promise done")
        .text("promise", "new")
        .send()
        .await;
    assert!(
        again.text().contains("no such promise"),
        "{}",
        again.shown()
    );
    let reopened = done.clicks("Reopen").await;
    assert!(
        reopened.text().contains("Open again:"),
        "{}",
        reopened.shown()
    );
    let offered = ann.slash("promise drop").types("promise", "learn").await;
    assert_eq!(offered.len(), 1);
    office.settles().await;
    assert!(office.discord.as_member(&office.ann).dms().is_empty());
}

#[tokio::test]
async fn a_bad_promise_is_refused_with_what_to_type_instead() {
    let office = Office::open().await;
    let ann = office.has(&office.ann);
    for (due, words) in [("fraiday", "as a day"), ("2026-01-02", "is over")] {
        let add = ann.clone().slash("promise add").text("text", "call them");
        let refused = add.text("due", due).send().await;
        assert!(refused.is_ephemeral());
        assert!(refused.text().contains(words), "{due}: {}", refused.shown());
    }
    let short = ann
        .clone()
        .slash("promise add")
        .text("text", "a  ")
        .send()
        .await;
    assert!(
        short.text().contains("3 to 500 characters"),
        "{}",
        short.shown()
    );
    let robot = office.acme.other_bot("Robot");
    let add = ann
        .clone()
        .slash("promise add")
        .text("text", "restart itself");
    let bot = add.user("who", &robot).send().await;
    assert!(bot.text().contains("is a bot"), "{}", bot.shown());
    let nothing = ann.slash("promise list").send().await;
    assert!(
        nothing.text().contains("no promises here"),
        "{}",
        nothing.shown()
    );
}

#[tokio::test]
async fn only_who_meets_or_manages_somebody_writes_a_promise_down_for_them() {
    let office = Office::open().await;
    for stranger in [&office.ann, &office.max] {
        let add = office.has(stranger).slash("promise add");
        let add = add.text("text", "send the deck").user("who", &office.bo);
        let refused = add.send().await;
        assert!(
            refused.text().contains("no running series"),
            "{}",
            refused.shown()
        );
        let add = office.has(stranger).slash("promise add");
        let add = add.text("text", "send the deck").user("to", &office.bo);
        let refused = add.send().await;
        assert!(
            refused.text().contains("no running series"),
            "{}",
            refused.shown()
        );
    }
    office.have_series(&office.ann, &office.bo).await;
    let add = office.has(&office.ann).slash("promise add");
    let add = add.text("text", "send the deck").user("who", &office.bo);
    let third = add.user("to", &office.chen).send().await;
    assert!(third.text().contains("on one side"), "{}", third.shown());
    office.settles().await;
    assert!(office.discord.as_member(&office.bo).dms().is_empty());
}

#[tokio::test]
async fn whoever_gets_a_promise_written_down_can_say_that_it_is_not_theirs() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let add = office.has(&office.ann).slash("promise add");
    let add = add.text("text", "send the deck").user("who", &office.bo);
    let added = add.text("due", "tomorrow").send().await;
    assert!(
        added.text().contains("**Bo** promised you:"),
        "{}",
        added.text()
    );
    let bo = office.discord.as_member(&office.bo).in_dm();
    let told = bo
        .waits_for_dm(|dm| dm.text().contains("send the deck"))
        .await;
    let answer = bo.clicks(&told, "Not mine").await;
    assert!(answer.text().contains("Dropped:"), "{}", answer.shown());
    let ann = office.discord.as_member(&office.ann);
    let dm = ann.waits_for_dm(|dm| dm.text().contains("Not mine")).await;
    assert!(
        dm.text().contains("dropped a promise to you"),
        "{}",
        dm.text()
    );
    // Its buttons are used up; one that a client still shows says what happened.
    assert!(bo.try_clicks(&told, "Done").await.is_err());
    let raw = told
        .buttons()
        .iter()
        .find(|button| button.label == "Done")
        .and_then(|button| button.custom_id.clone());
    let stale = bo.clicks_raw(&told, &raw.unwrap()).await;
    assert!(stale.text().contains("was dropped"), "{}", stale.shown());
}

#[tokio::test]
async fn either_side_finishes_a_promise_and_the_other_is_told() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let add = office.has(&office.ann).slash("promise add");
    add.text("text", "review the plan")
        .user("to", &office.bo)
        .send()
        .await;
    let bo = office.discord.as_member(&office.bo);
    bo.waits_for_dm(|dm| dm.text().contains("promised you in"))
        .await;
    let drop = office.has(&office.bo).slash("promise drop");
    let drop = drop
        .text("promise", "REVIEW the plan")
        .text("reason", "no longer needed");
    let dropped = drop.send().await;
    assert!(
        dropped.text().contains("I tell **Ann**"),
        "{}",
        dropped.text()
    );
    let ann = office.discord.as_member(&office.ann);
    ann.waits_for_dm(|dm| dm.text().contains("released you") && dm.text().contains("no longer"))
        .await;
    let reopened = dropped.clicks("Reopen").await;
    assert!(
        reopened.text().contains("Open again"),
        "{}",
        reopened.shown()
    );
    ann.waits_for_dm(|dm| dm.text().contains("opened a promise again"))
        .await;
    let list = office.has(&office.ann).slash("promise list");
    let listed = list.user("who", &office.bo).send().await;
    let message = listed.message().unwrap();
    let kept = office
        .has(&office.ann)
        .selects(&message, "Mark one as done", &["review the plan"])
        .await;
    assert!(kept.text().contains("Kept:"), "{}", kept.shown());
    bo.waits_for_dm(|dm| dm.text().contains("kept a promise to you"))
        .await;
}

#[tokio::test]
async fn nobody_else_sees_or_finishes_a_promise_neither_admin_nor_manager() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    office
        .has(&office.max)
        .slash("team create")
        .text("name", "North")
        .send()
        .await;
    for (role, person) in [("team add", &office.ann), ("team manager", &office.chen)] {
        let made = office.has(&office.max).slash(role).text("team", "North");
        made.user("member", person).send().await;
    }
    let add = office.has(&office.ann).slash("promise add");
    add.text("text", "the quiet thing")
        .user("to", &office.bo)
        .send()
        .await;
    let id: i64 = sqlx::query_scalar("SELECT id FROM promises")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    for other in [&office.chen, &office.dee, &office.max] {
        let list = office
            .has(other)
            .slash("promise list")
            .user("who", &office.ann);
        let listed = list.send().await;
        assert!(!listed.shown().contains("quiet"), "{}", listed.shown());
        for typed in [id.to_string(), "the quiet thing".to_owned()] {
            let done = office
                .has(other)
                .slash("promise done")
                .text("promise", &typed);
            let refused = done.send().await;
            assert!(
                refused.text().contains("no such promise"),
                "{}",
                refused.shown()
            );
        }
        let offered = office
            .has(other)
            .slash("promise done")
            .types("promise", "")
            .await;
        assert!(offered.is_empty());
        let message = listed.message().unwrap();
        for action in ["done", "dropped", "reopen", "dated", "not-mine"] {
            let raw = format!("promise:{action}:{}:{id}", office.acme.id());
            let refused = office.has(other).clicks_raw(&message, &raw).await;
            assert!(
                refused.text().contains("no such promise"),
                "{}",
                refused.shown()
            );
        }
    }
}

#[tokio::test]
async fn a_promise_is_nudged_on_its_morning_and_once_when_it_is_overdue() {
    let office = Office::open().await;
    let add = office.has(&office.ann).slash("promise add");
    add.text("text", "book the room")
        .text("due", "in 2 weeks")
        .send()
        .await;
    let nudges = || async {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT kind, due_at FROM nudges WHERE state = 'waiting' ORDER BY due_at",
        )
        .fetch_all(office.bot().app.db.read())
        .await
        .unwrap();
        rows
    };
    let waiting = nudges().await;
    let kinds: Vec<&str> = waiting.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["due", "overdue"]);
    let days = TimeDelta::milliseconds(waiting[1].1 - waiting[0].1);
    assert!((2..=4).contains(&days.num_days()), "{days}");
    let done = office
        .has(&office.ann)
        .slash("promise done")
        .text("promise", "book");
    let done = done.send().await;
    assert!(nudges().await.is_empty());
    done.clicks("Reopen").await;
    assert_eq!(nudges().await, waiting);
}

/// What Bo is reminded of on the morning of a promise to Ann.
async fn is_reminded(office: &Office) -> MessageView {
    let add = office.has(&office.bo).slash("promise add");
    let add = add.text("text", "send the deck").user("to", &office.ann);
    add.text("due", "friday").send().await;
    look(office, "2027-03-19T09:00:05Z").await;
    let told = told(office, &office.bo);
    let is_it = |one: &MessageView| one.shown().contains("A promise of yours is due today");
    let mut reminders = told.into_iter().filter(is_it);
    let reminder = reminders.next().expect("a reminder");
    assert_eq!(reminders.count(), 0);
    assert!(reminder.shown().contains("send the deck"));
    reminder
}

#[tokio::test]
async fn a_promise_is_kept_by_the_button_of_its_reminder_and_spoken_of_no_more() {
    let (office, _) = week::open().await;
    let reminder = is_reminded(&office).await;
    let bo = office.discord.as_member(&office.bo).in_dm();
    let kept = bo.clicks(&reminder, "Done").await;
    assert!(kept.text().contains("Kept:"), "{}", kept.shown());
    office.settles().await;
    let ann = last(&office, &office.ann);
    let ann = ann.shown();
    assert!(ann.contains("send the deck"), "{ann}");
    let before = told(&office, &office.bo).len();
    look(&office, "2027-03-23T09:00:05Z").await;
    let after = told(&office, &office.bo).split_off(before);
    assert!(after.iter().all(|one| !one.shown().contains("overdue")));
}

#[tokio::test]
async fn a_promise_is_dropped_by_the_button_of_its_reminder_with_a_reason() {
    let (office, _) = week::open().await;
    let reminder = is_reminded(&office).await;
    let bo = office.discord.as_member(&office.bo).in_dm();
    let form = bo.clicks(&reminder, "Drop").await;
    let dropped = form.submits(&[("reason", "they bought")]).await;
    let shown = dropped.shown();
    assert!(
        shown.contains("Dropped:") && shown.contains("they bought"),
        "{shown}"
    );
    office.settles().await;
    let ann = last(&office, &office.ann);
    let ann = ann.shown();
    assert!(
        ann.contains("dropped a promise to you") && ann.contains("they bought"),
        "{ann}"
    );
}
