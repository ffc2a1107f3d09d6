//! `/help`, in a server and in a direct message.

use discord_sandbox::driver::Answer;

use super::own::beta;
use crate::office::Office;

async fn manages_north(office: &Office) {
    for (path, option) in [("team create", "name"), ("team manager", "team")] {
        let mut call = office.has(&office.max).slash(path).text(option, "North");
        if option == "team" {
            call = call.user("member", &office.dee);
        }
        let answer = call.send().await;
        assert!(answer.shown().contains("**North**"), "{}", answer.shown());
    }
}

fn says(answer: &Answer, words: &[&str]) {
    for word in words {
        assert!(
            answer.shown().contains(word),
            "{word} in:\n{}",
            answer.shown()
        );
    }
}

fn says_none_of(answer: &Answer, words: &[&str]) {
    for word in words {
        assert!(
            !answer.shown().contains(word),
            "{word} in:\n{}",
            answer.shown()
        );
    }
}

#[tokio::test]
async fn help_is_fitted_to_a_member_a_manager_and_an_admin() {
    let office = Office::open().await;
    manages_north(&office).await;
    let member = office.has(&office.ann).slash("help").send().await;
    assert!(member.is_ephemeral());
    says(
        &member,
        &[
            "What you can do in Acme
**Thank somebody**
/kudos give: thank somebody",
            "*Apps → Give kudos*",
            "In chat: *@bo ++ for the demo* · *thanks @bo for the demo*",
            "🏆 on a message: kudos for its author",
            "/my: your time zone",
            "/team list: ",
        ],
    );
    says_none_of(&member, &["/team add", "/setup", "/value add"]);
    let manager = office.has(&office.dee).slash("help").send().await;
    says(
        &manager,
        &["You manage **North**.", "/team add · /team remove"],
    );
    says_none_of(&manager, &["/setup", "/team create", "/audit"]);
    let admin = office.has(&office.max).slash("help").send().await;
    says(
        &admin,
        &[
            "You look after this server.",
            "/kudos give",
            "/team add · /team remove",
            "/team create · /team rename · /team delete",
            "**Look after the server**
/setup: ",
            "/value add · /value edit · /value retire",
        ],
    );
    assert!(office.discord.unknown_requests().is_empty());
}

#[tokio::test]
async fn what_the_server_has_switched_off_is_not_mentioned() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let panel = max.clone().slash("setup").send().await;
    let message = panel.message().unwrap();
    max.selects(&message, "setup:forms", &["thanks"]).await;
    let some = office.has(&office.ann).slash("help").send().await;
    says(&some, &["In chat: *thanks @bo for the demo*\n", "🏆"]);
    let saved = max
        .slash("setup")
        .boolean("chat-kudos", false)
        .boolean("reaction-kudos", false)
        .boolean("leaderboards", false)
        .send()
        .await;
    assert!(saved.shown().contains("Saved"), "{}", saved.shown());
    let none = office.has(&office.ann).slash("help").send().await;
    says(&none, &["/kudos give"]);
    says_none_of(&none, &["In chat", "🏆", "leaderboard"]);
}

#[tokio::test]
async fn in_a_direct_message_the_only_server_is_meant_and_rights_there_count() {
    let office = Office::open().await;
    manages_north(&office).await;
    for (person, words, missing) in [
        (&office.dee, "You manage **North**.", "/setup"),
        (&office.max, "You look after this server.", "You manage"),
    ] {
        office
            .has(person)
            .slash("my")
            .text("timezone", "Lima")
            .send()
            .await;
        let dm = office.discord.as_member(person).in_dm();
        let help = dm.slash("help").send().await;
        says(
            &help,
            &[words, "What you can do in Acme", "the rest in the server"],
        );
        says_none_of(&help, &[missing]);
    }
}

#[tokio::test]
async fn help_asks_somebody_in_two_servers_which_one_they_mean() {
    let office = Office::open().await;
    let beta = beta(&office).await;
    let at_beta = office.discord.as_member(&beta.ann).in_channel(&beta.talk);
    for ann in [office.has(&office.ann), at_beta] {
        ann.slash("my").text("timezone", "Lima").send().await;
    }
    let dm = office.discord.as_member(&office.ann).in_dm();
    let asked = dm.clone().slash("help").send().await;
    says(&asked, &["In which server?"]);
    let help = dm
        .selects(&asked.message().unwrap(), "help:in", &["Beta"])
        .await;
    says(&help, &["What you can do in Beta", "/kudos give"]);
}

#[tokio::test]
async fn a_stranger_is_told_where_help_begins_and_a_press_without_a_choice_is_stale() {
    let office = Office::open().await;
    let dm = office.discord.as_member(&office.ann).in_dm();
    let refused = dm.slash("help").send().await;
    says(&refused, &["in your server first"]);
    let ann = office.has(&office.ann);
    let welcome = ann
        .waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    let stale = ann.clicks_raw(&welcome, "help:in").await;
    says(&stale, &["earlier version"]);
}
