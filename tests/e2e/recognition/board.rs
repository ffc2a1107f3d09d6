//! `/kudos leaderboard`.

use chrono::TimeDelta;
use discord_sandbox::driver::{Answer, Person};

use crate::office::Office;

async fn thanks(office: &Office, giver: &Person, receiver: &Person, text: &str, value: &str) {
    let give = office
        .has(giver)
        .slash("kudos give")
        .user("to", receiver)
        .text("message", text);
    let give = match value {
        "" => give,
        value => give.text("value", value),
    };
    let answer = give.send().await;
    assert!(answer.shown().contains(text), "{}", answer.shown());
}

async fn board(office: &Office, asker: &Person, options: &[(&str, &str)]) -> Answer {
    let call = office.has(asker).slash("kudos leaderboard");
    let call = options
        .iter()
        .fold(call, |call, (name, value)| call.text(name, value));
    call.send().await
}

async fn has_value(office: &Office, name: &str, emoji: &str) {
    let max = office.has(&office.max);
    let add = max.slash("value add").text("name", name);
    add.text("emoji", emoji).send().await;
}

/// Ann has thanked thirteen people: one of them twice, on different days.
async fn a_long_board(office: &Office) -> Answer {
    for n in 1..=13 {
        let member = office.acme.member(&format!("Member {n:02}"));
        thanks(office, &office.ann, &member, &format!("deal {n}"), "").await;
    }
    office.time_passes(TimeDelta::days(1));
    let member = office.acme.member("Member 07");
    thanks(office, &office.ann, &member, "one more", "").await;
    board(office, &office.bo, &[("period", "all")]).await
}

#[tokio::test]
async fn a_board_is_for_everybody_pings_nobody_and_says_where_the_asker_stands() {
    let office = Office::open().await;
    thanks(&office, &office.ann, &office.bo, "the demo", "").await;
    thanks(&office, &office.ann, &office.bo, "the other demo", "").await;
    thanks(&office, &office.chen, &office.bo, "the deck", "").await;
    thanks(&office, &office.bo, &office.chen, "the notes", "").await;
    thanks(&office, &office.bo, &office.ann, "the intro", "").await;
    let answer = board(&office, &office.chen, &[("period", "all")]).await;
    assert!(!answer.is_ephemeral());
    assert!(answer.message().unwrap().pinged().is_empty());
    insta::assert_snapshot!(answer.shown(), @"
    🏆 Thanks received · all time
    🥇 **Bo** · 2
    🥈 **Ann** · 1
    🥈 **Chen** · 1

    @Chen is #2 with 1.
    Each pair of people counts once a day. Only public kudos count.
    ");
    let given = board(&office, &office.dee, &[("period", "all"), ("by", "given")]).await;
    insta::assert_snapshot!(given.shown(), @"
    🏆 Thanks given · all time
    🥇 **Bo** · 2
    🥈 **Ann** · 1
    🥈 **Chen** · 1

    @Dee is not on this board yet.
    Each pair of people counts once a day. Only public kudos count.
    ");
    let month = board(&office, &office.chen, &[]).await;
    let now = office.bot().app.now().format("· %B %Y").to_string();
    assert!(month.shown().contains(&now), "{}", month.shown());
}

#[tokio::test]
async fn values_stand_on_a_board_with_their_emoji_and_retired_ones_are_marked() {
    let office = Office::open().await;
    has_value(&office, "Courage", "🦁").await;
    has_value(&office, "Care", "🤝").await;
    thanks(&office, &office.ann, &office.bo, "the no", "courage").await;
    thanks(&office, &office.ann, &office.bo, "another no", "courage").await;
    thanks(&office, &office.chen, &office.bo, "the deck", "care").await;
    thanks(&office, &office.chen, &office.ann, "the tea", "care").await;
    let max = office.has(&office.max);
    let asked = max
        .slash("value retire")
        .text("name", "courage")
        .send()
        .await;
    asked.clicks("Retire it").await;
    let answer = board(&office, &office.dee, &[("period", "all"), ("by", "value")]).await;
    insta::assert_snapshot!(answer.shown(), @"
    🏆 What people were thanked for · all time
    🥇 🤝 **Care** · 2
    🥈 🦁 **Courage** *(retired)* · 1
    Each pair of people counts once a day. Only public kudos count.
    ");
    office.has_team("North", &[&office.ann]).await;
    let team = board(
        &office,
        &office.dee,
        &[("period", "all"), ("by", "value"), ("team", "north")],
    )
    .await;
    insta::assert_snapshot!(team.shown(), @"
    🏆 What people were thanked for in North · all time
    🥇 🤝 **Care** · 1
    Each pair of people counts once a day. Only public kudos count.
    ");
}

#[tokio::test]
async fn what_not_everybody_may_see_stands_on_no_board() {
    let office = Office::open().await;
    has_value(&office, "Courage", "🦁").await;
    let private = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the quiet save")
        .text("value", "courage")
        .boolean("private", true);
    private.send().await;
    let ann = office.discord.as_member(&office.ann);
    let closed = ann
        .in_channel(&office.deal_room)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "closing Initech")
        .text("value", "courage");
    closed.send().await;
    let mut shown = Vec::new();
    for by in ["received", "given", "value"] {
        let answer = board(&office, &office.bo, &[("period", "all"), ("by", by)]).await;
        assert!(answer.is_ephemeral(), "there is nothing to show to others");
        shown.push(answer.shown());
    }
    insta::assert_snapshot!(shown.join("\n"), @"
    Nobody was thanked in public yet. Be the first to thank somebody, with `/kudos give`.
    Nobody has thanked anybody in public yet. Be the first, with `/kudos give`.
    Nobody was thanked for a value in public yet. Choose one as `value` in `/kudos give`; `/value list` shows them.
    ");
}

#[tokio::test]
async fn a_board_can_be_narrowed_to_a_team_and_its_days_are_the_servers() {
    let office = Office::open().await;
    office.has_team("North", &[&office.bo]).await;
    office.has_team("South", &[&office.dee]).await;
    thanks(&office, &office.ann, &office.bo, "the demo", "").await;
    thanks(&office, &office.ann, &office.chen, "the deck", "").await;
    let north = board(
        &office,
        &office.chen,
        &[("period", "year"), ("team", "NOR")],
    )
    .await;
    let shown = north.shown();
    assert!(shown.contains("Thanks received in North"), "{shown}");
    assert!(
        shown.contains("**Bo**") && !shown.contains("**Chen**"),
        "{shown}"
    );
    assert!(shown.contains("@Chen is not on this board yet"), "{shown}");
    let south = board(
        &office,
        &office.chen,
        &[("period", "all"), ("team", "south")],
    )
    .await;
    insta::assert_snapshot!(south.shown(), @"Nobody in **South** was thanked in public yet. Thank somebody with `/kudos give`, or all of them with `/kudos team`.");
    let refused = board(&office, &office.chen, &[("team", "west")]).await;
    assert!(refused.is_ephemeral());
    insta::assert_snapshot!(refused.shown(), @"There is no team “west” here. Choose one of these: North and South.");
    office.time_passes(TimeDelta::days(8));
    let week = board(&office, &office.chen, &[("period", "week")]).await;
    assert!(
        week.shown().contains("Nobody was thanked"),
        "{}",
        week.shown()
    );
}

#[tokio::test]
async fn bots_stand_on_no_board_and_who_was_erased_has_no_name() {
    let office = Office::open().await;
    thanks(&office, &office.ann, &office.bo, "the demo", "").await;
    thanks(&office, &office.ann, &office.chen, "the deck", "").await;
    let mut tx = office.bot().app.db.write().await.unwrap();
    sqlx::raw_sql(
        "UPDATE people SET is_bot = 1 WHERE name = 'Bo';
         UPDATE people SET user_id = NULL, name = NULL, erased_at = 1 WHERE name = 'Chen';",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let answer = board(&office, &office.dee, &[("period", "all")]).await;
    let shown = answer.shown();
    assert!(shown.contains("a former member"), "{shown}");
    assert!(!shown.contains("Bo") && !shown.contains("Chen"), "{shown}");
}

#[tokio::test]
async fn a_board_turns_for_its_asker_alone_also_after_a_restart() {
    let mut office = Office::open().await;
    let first = a_long_board(&office).await;
    insta::assert_snapshot!(first.shown(), @"
    🏆 Thanks received · all time
    🥇 **Member 07** · 2
    🥈 **Member 01** · 1
    🥈 **Member 02** · 1
    🥈 **Member 03** · 1
    🥈 **Member 04** · 1
    🥈 **Member 05** · 1
    🥈 **Member 06** · 1
    🥈 **Member 08** · 1
    🥈 **Member 09** · 1
    🥈 **Member 10** · 1

    @Bo is not on this board yet.
    Each pair of people counts once a day. Only public kudos count.
    [‹ (disabled)]
    [1 of 2 (disabled)]
    [›]
    ");
    let message = first.message().unwrap();
    office.stops_bot().await;
    office.starts_bot().await;
    let bo = office.has(&office.bo);
    let second = bo.clicks(&message, "›").await;
    insta::assert_snapshot!(second.shown(), @"
    🏆 Thanks received · all time
    🥈 **Member 11** · 1
    🥈 **Member 12** · 1
    🥈 **Member 13** · 1

    @Bo is not on this board yet.
    Each pair of people counts once a day. Only public kudos count.
    [‹]
    [2 of 2 (disabled)]
    [› (disabled)]
    ");
    assert_eq!(second.message().unwrap().id(), message.id());
    // Somebody else gets that page for themselves, with buttons of their own.
    let member = office.has(&office.acme.member("Member 07"));
    let theirs = member.clicks(&message, "‹").await;
    assert!(theirs.is_ephemeral());
    assert!(
        theirs.shown().contains("@Member 07 is #1 with 2."),
        "{}",
        theirs.shown()
    );
    let message = office.discord.message(&message);
    assert!(message.shown().contains("2 of 2"), "{}", message.shown());
    let turned = theirs.clicks("›").await;
    assert!(turned.shown().contains("2 of 2"), "{}", turned.shown());
    let back = bo.clicks(&message, "‹").await;
    assert!(back.shown().contains("1 of 2"), "{}", back.shown());
}

#[tokio::test]
async fn boards_that_are_switched_off_are_refused_also_behind_a_button() {
    let office = Office::open().await;
    let first = a_long_board(&office).await;
    let off = office
        .has(&office.max)
        .slash("setup")
        .boolean("leaderboards", false);
    off.send().await;
    let refused = board(&office, &office.bo, &[]).await;
    assert!(refused.is_ephemeral());
    insta::assert_snapshot!(refused.shown(), @"Leaderboards are switched off in this server. An admin can switch them on with `/setup`.");
    let refused = first.clicks("›").await;
    assert!(refused.is_ephemeral());
    assert!(
        refused.shown().contains("switched off"),
        "{}",
        refused.shown()
    );
}

#[tokio::test]
async fn a_board_of_one_server_is_not_seen_in_another() {
    let office = Office::open().await;
    office.has_team("North", &[&office.bo]).await;
    let first = a_long_board(&office).await;
    let beta = office.discord.guild("Beta");
    let eve = beta.admin("Eve");
    let talk = beta.channel("talk");
    let eve = office.discord.as_member(&eve).in_channel(&talk);
    let own = eve.clone().slash("kudos leaderboard").text("period", "all");
    let own = own.send().await;
    assert!(
        own.shown().contains("Nobody was thanked"),
        "{}",
        own.shown()
    );
    let add = eve.clone().slash("value add").text("name", "Pace");
    let there = add.send().await.message().unwrap();
    let bo = office.bo.id();
    for (id, words) in [
        (
            format!("kudos:board:{bo}:received:all:0:1"),
            "Nobody was thanked",
        ),
        (
            format!("kudos:board:{bo}:received:all:1:1"),
            "has been deleted",
        ),
        (
            format!("kudos:board:{bo}:received:someday:0:1"),
            "earlier version",
        ),
        (format!("kudos:board:{bo}:luck:all:0:1"), "earlier version"),
        ("kudos:board".to_owned(), "earlier version"),
    ] {
        let refused = eve.clicks_raw(&there, &id).await;
        assert!(refused.is_ephemeral());
        assert!(refused.shown().contains(words), "{id}: {}", refused.shown());
    }
    let beyond = format!("kudos:board:{bo}:received:all:0:99");
    let there = first.message().unwrap();
    let last = office.has(&office.bo).clicks_raw(&there, &beyond).await;
    assert!(last.shown().contains("2 of 2"), "{}", last.shown());
}
