//! `/team`: making teams, who is in them, and who manages them.

use discord_sandbox::driver::{Acting, Answer, Channel, Person};

use crate::office::Office;

async fn creates(office: &Office, name: &str) {
    let answer = office
        .has(&office.max)
        .slash("team create")
        .text("name", name)
        .send()
        .await;
    assert!(answer.shown().contains("is there"), "{}", answer.shown());
}

async fn adds(by: Acting, team: &str, member: &Person) -> Answer {
    by.slash("team add")
        .text("team", team)
        .user("member", member)
        .send()
        .await
}

async fn makes_manager(office: &Office, team: &str, member: &Person) {
    let answer = office
        .has(&office.max)
        .slash("team manager")
        .text("team", team)
        .user("member", member)
        .send()
        .await;
    assert!(answer.shown().contains("manages"), "{}", answer.shown());
}

async fn shows(by: Acting, team: &str) -> Answer {
    by.slash("team list").text("team", team).send().await
}

/// Another server with the bot in it, and its admin there.
async fn beta(office: &Office) -> (Acting, Channel) {
    let beta = office.discord.guild_without_bot("Beta");
    let eve = beta.admin("Eve");
    let talk = beta.channel("talk");
    beta.bot_joins();
    let eve = office.discord.as_member(&eve).in_channel(&talk);
    eve.waits_for(&talk, |message| !message.buttons().is_empty())
        .await;
    (eve, talk)
}

#[tokio::test]
async fn a_team_is_made_filled_managed_and_shown() {
    let office = Office::open().await;
    let (max, ann) = (office.has(&office.max), office.has(&office.ann));
    let none = ann.clone().slash("team list").send().await;
    insta::assert_snapshot!(none.shown(), @"There are no teams here yet. An admin makes one with `/team create`.");
    let created = max
        .clone()
        .slash("team create")
        .text("name", "  North *East*\u{200b} ")
        .send()
        .await;
    assert!(created.is_ephemeral());
    insta::assert_snapshot!(created.shown(), @r"✅ The team **North \*East\*** is there. Next: `/team add` says who is in it, `/team manager` who manages it.");
    let added = max
        .clone()
        .slash("team add")
        .text("team", "north")
        .user("member", &office.ann)
        .user("member-2", &office.bo)
        .user("member-3", &office.ann)
        .send()
        .await;
    insta::assert_snapshot!(added.shown(), @r"✅ Ann and Bo are in **North \*East\*** now.");
    let managed = max
        .clone()
        .slash("team manager")
        .text("team", "east")
        .user("member", &office.dee)
        .send()
        .await;
    insta::assert_snapshot!(managed.shown(), @r"✅ Dee manages **North \*East\*** now: they can change who is in it and see its coverage.");
    let listed = ann.clone().slash("team list").send().await;
    insta::assert_snapshot!(listed.shown(), @r"
    Teams
    • **North \*East\***: 2 people, managed by Dee
    /team list with a team shows who is in it.
    ");
    let shown = shows(ann, "NORTH").await;
    let text = shown.shown();
    assert!(shown.is_ephemeral());
    assert!(
        text.contains("• Dee · manager · not a member of the team"),
        "{text}"
    );
    assert!(
        text.contains("• Ann · since") && text.contains("• Bo · since"),
        "{text}"
    );
    assert!(office.discord.unknown_requests().is_empty());
}

#[tokio::test]
async fn a_manager_of_the_team_changes_who_is_in_it_and_nothing_else() {
    let office = Office::open().await;
    creates(&office, "North").await;
    creates(&office, "South").await;
    makes_manager(&office, "North", &office.dee).await;
    let dee = office.has(&office.dee);
    let added = adds(dee.clone(), "north", &office.bo).await;
    insta::assert_snapshot!(added.shown(), @"✅ Bo is in **North** now.");
    let again = adds(dee.clone(), "north", &office.bo).await;
    insta::assert_snapshot!(again.shown(), @"Bo is in **North** already.");
    let both = dee
        .clone()
        .slash("team add")
        .text("team", "north")
        .user("member", &office.bo)
        .user("member-2", &office.chen)
        .send()
        .await;
    insta::assert_snapshot!(both.shown(), @"✅ Chen is in **North** now; Bo was before.");
    let removed = dee
        .clone()
        .slash("team remove")
        .text("team", "north")
        .user("member", &office.bo)
        .send()
        .await;
    insta::assert_snapshot!(removed.shown(), @"✅ Bo is no longer in **North**. `/team add` brings them back.");
    let again = dee
        .clone()
        .slash("team remove")
        .text("team", "north")
        .user("member", &office.bo)
        .send()
        .await;
    insta::assert_snapshot!(again.shown(), @"Bo is not in **North**, so nothing changed. `/team list` shows who is.");
    let elsewhere = adds(dee.clone(), "south", &office.bo).await;
    insta::assert_snapshot!(elsewhere.shown(), @"Only the managers of **South** and admins can change who is in it. `/team list` shows who they are.");
    for refused in admin_acts(&dee, &office.dee).await {
        assert!(
            refused.is_ephemeral() && refused.shown().contains("Manage Server"),
            "{}",
            refused.shown()
        );
    }
}

/// Everything that only an admin may do with the team North.
async fn admin_acts(by: &Acting, somebody: &Person) -> Vec<Answer> {
    let slash = |path: &str| by.clone().slash(path);
    vec![
        slash("team create").text("name", "Mine").send().await,
        slash("team rename")
            .text("team", "north")
            .text("name", "Mine")
            .send()
            .await,
        slash("team delete").text("team", "north").send().await,
        slash("team manager")
            .text("team", "north")
            .user("member", somebody)
            .send()
            .await,
        slash("team manager")
            .text("team", "north")
            .user("member", somebody)
            .boolean("remove", true)
            .send()
            .await,
    ]
}

#[tokio::test]
async fn a_member_changes_no_team_whatever_they_press() {
    let office = Office::open().await;
    creates(&office, "North").await;
    let ann = office.has(&office.ann);
    let welcome = ann
        .waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    for refused in [
        adds(ann.clone(), "north", &office.ann).await,
        ann.clone()
            .slash("team remove")
            .text("team", "north")
            .user("member", &office.bo)
            .send()
            .await,
        ann.clicks_raw(&welcome, "team:departed:1").await,
    ] {
        assert!(
            refused.shown().contains("Only the managers of **North**"),
            "{}",
            refused.shown()
        );
    }
    let pressed = ann.clicks_raw(&welcome, "team:delete:1").await;
    assert!(
        pressed.shown().contains("Manage Server"),
        "{}",
        pressed.shown()
    );
    for refused in admin_acts(&ann, &office.ann).await {
        assert!(
            refused.shown().contains("Manage Server"),
            "{}",
            refused.shown()
        );
    }
    let stale = ann.clicks_raw(&welcome, "team:fly").await;
    assert!(
        stale.shown().contains("earlier version"),
        "{}",
        stale.shown()
    );
}

#[tokio::test]
async fn each_wrong_call_is_refused_with_the_next_step() {
    let office = Office::open().await;
    let robo = office.acme.other_bot("Robo");
    let max = office.has(&office.max);
    let none = adds(max.clone(), "north", &office.bo).await;
    insta::assert_snapshot!(none.shown(), @"There are no teams here yet. An admin makes one with `/team create`.");
    creates(&office, "North").await;
    creates(&office, "North East").await;
    for (call, words) in [
        (
            max.clone()
                .slash("team create")
                .text("name", " NORTH  east"),
            "There is a team **North East** already",
        ),
        (
            max.clone()
                .slash("team create")
                .text("name", "\u{200b} \u{3164}"),
            "1 to 60 characters",
        ),
        (
            max.clone()
                .slash("team rename")
                .text("team", "north")
                .text("name", "north east"),
            "There is a team **North East** already",
        ),
        (
            max.clone()
                .slash("team rename")
                .text("team", "north")
                .text("name", "North"),
            "is called **North** already",
        ),
        (
            max.clone().slash("team delete").text("team", "west *side*"),
            r"no team “west \*side\*” here. Choose one of these: North and North East.",
        ),
        (
            max.clone().slash("team list").text("team", "nor"),
            "fits several teams: North and North East",
        ),
        (
            max.clone()
                .slash("team add")
                .text("team", "north")
                .user("member", &robo),
            "Robo is a bot",
        ),
        (
            max.clone()
                .slash("team manager")
                .text("team", "north")
                .user("member", &robo),
            "Robo is a bot",
        ),
        (
            max.clone()
                .slash("team manager")
                .text("team", "north")
                .user("member", &office.bo)
                .boolean("remove", true),
            "Bo does not manage **North**",
        ),
    ] {
        let refused = call.send().await;
        assert!(
            refused.is_ephemeral() && refused.shown().contains(words),
            "{}",
            refused.shown()
        );
    }
    let long = max
        .slash("team create")
        .text("name", &"n".repeat(61))
        .try_send()
        .await;
    assert!(long.is_err(), "Discord's client stops it");
}

#[tokio::test]
async fn a_team_is_renamed_and_deleted_after_one_question() {
    let office = Office::open().await;
    creates(&office, "Nroth").await;
    let max = office.has(&office.max);
    adds(max.clone(), "nroth", &office.bo).await;
    let renamed = max
        .clone()
        .slash("team rename")
        .text("team", "nroth")
        .text("name", "North")
        .send()
        .await;
    insta::assert_snapshot!(renamed.shown(), @"✅ **Nroth** is called **North** now.");
    let asked = max
        .clone()
        .slash("team delete")
        .text("team", "north")
        .send()
        .await;
    insta::assert_snapshot!(asked.shown(), @"
    Delete **North**? Nobody will be in it or manage it any more, and that cannot be brought back. Kudos that were given to it stay with everybody who received them.
    [Delete it]
    [Keep it]
    ");
    let kept = asked.clicks("Keep it").await;
    assert_eq!(kept.shown(), "Kept as it is.");
    let shown = shows(office.has(&office.ann), "north").await;
    assert!(shown.shown().contains("Bo"), "{}", shown.shown());
    let asked = max
        .clone()
        .slash("team delete")
        .text("team", "north")
        .send()
        .await;
    let deleted = asked.clicks("Delete it").await;
    insta::assert_snapshot!(deleted.shown(), @"The team **North** is deleted. Kudos that were given to it stay.");
    let welcome = max
        .waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    for id in ["team:delete:1", "team:mates:1:0", "team:departed:1"] {
        let gone = max.clicks_raw(&welcome, id).await;
        assert!(
            gone.shown().contains("has been deleted"),
            "{id}: {}",
            gone.shown()
        );
    }
}

#[tokio::test]
async fn who_left_the_server_stays_readable_is_marked_and_can_be_taken_out() {
    let office = Office::open().await;
    creates(&office, "North").await;
    let max = office.has(&office.max);
    for person in [&office.ann, &office.bo] {
        adds(max.clone(), "north", person).await;
    }
    makes_manager(&office, "North", &office.bo).await;
    office.bo.leaves();
    let shown = shows(office.has(&office.ann), "north").await;
    assert!(
        shown.shown().contains("Bo · manager") && shown.shown().contains("left the server"),
        "{}",
        shown.shown()
    );
    assert!(!shown.shown().contains("Take out who left"), "not for Ann");
    let absent = adds(max.clone(), "north", &office.bo).await;
    insta::assert_snapshot!(absent.shown(), @"Bo is not in this server. Invite them first, then try again.");
    let shown = shows(max.clone(), "north").await;
    let cleaned = shown.clicks("Take out who left").await;
    insta::assert_snapshot!(cleaned.shown(), @"✅ One person who left the server is no longer in **North**.");
    let shown = shows(max, "north").await;
    assert!(
        !shown.shown().contains("Bo") && shown.shown().contains("Ann"),
        "{}",
        shown.shown()
    );
}

#[tokio::test]
async fn who_comes_back_is_no_longer_marked() {
    let office = Office::open().await;
    creates(&office, "North").await;
    adds(office.has(&office.max), "north", &office.bo).await;
    office.bo.leaves();
    let shown = shows(office.has(&office.ann), "north").await;
    assert!(
        shown.shown().contains("left the server"),
        "{}",
        shown.shown()
    );
    office.acme.adds(&office.bo);
    let shown = shows(office.has(&office.ann), "north").await;
    assert!(
        shown.shown().contains("Bo") && !shown.shown().contains("left the server"),
        "{}",
        shown.shown()
    );
}

#[tokio::test]
async fn teams_and_their_people_page_newest_first_also_after_a_restart() {
    let mut office = Office::open().await;
    for n in 1..=12 {
        creates(&office, &format!("Team {n}")).await;
    }
    for n in 1..=12 {
        let person = office.acme.member(&format!("Person {n}"));
        adds(office.has(&office.max), "team 12", &person).await;
    }
    let teams = office.has(&office.ann).slash("team list").send().await;
    let people = shows(office.has(&office.ann), "team 12").await;
    office.stops_bot().await;
    office.starts_bot().await;
    for (first, word) in [(teams, "Team"), (people, "Person")] {
        let shown = first.shown();
        assert!(shown.contains(&format!("{word} 12")), "{shown}");
        assert!(!shown.contains(&format!("{word} 2")), "{shown}");
        let second = first.clicks("Older ›").await;
        let shown = second.shown();
        assert!(
            shown.contains(&format!("{word} 1")) && shown.contains(&format!("{word} 2")),
            "{shown}"
        );
        assert!(!shown.contains(&format!("{word} 3")), "{shown}");
        let back = second.clicks("‹ Newer").await;
        assert!(back.shown().contains(&format!("{word} 12")));
    }
}

#[tokio::test]
async fn a_team_of_another_guild_cannot_be_seen_nor_changed() {
    let office = Office::open().await;
    creates(&office, "North").await;
    adds(office.has(&office.max), "north", &office.bo).await;
    let (eve, talk) = beta(&office).await;
    let welcome = eve
        .waits_for(&talk, |message| !message.buttons().is_empty())
        .await;
    let listed = eve.clone().slash("team list").send().await;
    assert!(
        listed.shown().contains("no teams here yet"),
        "{}",
        listed.shown()
    );
    let offered = eve.clone().slash("team list").types("team", "n").await;
    assert!(offered.is_empty());
    let named = shows(eve.clone(), "north").await;
    assert!(
        named.shown().contains("no teams here yet"),
        "{}",
        named.shown()
    );
    for id in ["team:delete:1", "team:departed:1", "team:mates:1:0"] {
        let refused = eve.clicks_raw(&welcome, id).await;
        assert!(
            refused.shown().contains("has been deleted"),
            "{id}: {}",
            refused.shown()
        );
    }
    let offered = office
        .has(&office.ann)
        .slash("team list")
        .types("team", "N")
        .await;
    assert_eq!(offered.len(), 1, "{offered:?}");
    let shown = shows(office.has(&office.ann), "north").await;
    assert!(shown.shown().contains("Bo"), "{}", shown.shown());
}
