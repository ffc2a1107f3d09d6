//! `/audit`: who changed what.

use discord_sandbox::driver::{Acting, Answer};

use crate::office::Office;

async fn creates(by: &Acting, name: &str) {
    let answer = by
        .clone()
        .slash("team create")
        .text("name", name)
        .send()
        .await;
    assert!(answer.shown().contains("is there"), "{}", answer.shown());
}

/// The page without its times.
fn told(answer: &Answer) -> String {
    let shown = answer.shown();
    let line = |line: &str| match (line.strip_prefix("• "), line.find("**")) {
        (Some(_), Some(from)) => format!("• {}", &line[from..]),
        _ => line.to_owned(),
    };
    shown.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn every_change_is_told_in_a_sentence_newest_first() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let nothing = max.clone().slash("audit").send().await;
    assert!(nothing.is_ephemeral());
    assert_eq!(nothing.shown(), "Nobody has changed anything here yet.");
    creates(&max, "Nroth").await;
    let in_team = |path: &str| max.clone().slash(path).text("team", "north");
    for call in [
        max.clone()
            .slash("team rename")
            .text("team", "nroth")
            .text("name", "North"),
        in_team("team add").user("member", &office.bo),
        in_team("team manager").user("member", &office.dee),
        in_team("team manager")
            .user("member", &office.dee)
            .boolean("remove", true),
        in_team("team remove").user("member", &office.bo),
        max.clone().slash("value add").text("name", "Curiosity"),
        max.clone()
            .slash("value edit")
            .text("name", "curiosity")
            .text("rename", "Wonder"),
        max.clone()
            .slash("setup")
            .channel("channel", &office.wins)
            .text("timezone", "tokyo")
            .boolean("chat-kudos", false)
            .boolean("reaction-kudos", false)
            .text("reaction", "🌟")
            .boolean("leaderboards", false),
    ] {
        let answer = call.send().await;
        assert!(answer.shown().contains("✅"), "{}", answer.shown());
    }
    for (path, option, button) in [
        ("value retire", "name", "Retire it"),
        ("team delete", "team", "Delete it"),
    ] {
        let name = if option == "name" { "wonder" } else { "north" };
        let asked = max.clone().slash(path).text(option, name).send().await;
        asked.clicks(button).await;
    }
    let back = max
        .clone()
        .slash("value add")
        .text("name", "wonder")
        .send()
        .await;
    assert!(back.shown().contains("is back"), "{}", back.shown());
    let first = max.slash("audit").send().await;
    insta::assert_snapshot!(told(&first), @"
    Who changed what
    • **Max** brought the value **wonder** back
    • **Max** deleted the team **North**
    • **Max** retired the value **Wonder**
    • **Max** switched leaderboards off
    • **Max** chose 🌟 as the kudos reaction
    • **Max** switched the kudos reaction off
    • **Max** switched thanks in chat off
    • **Max** set the time zone to Asia/Tokyo
    • **Max** chose #wins for announcements
    • **Max** changed the value **Curiosity → Wonder**
    [‹ Newer (disabled)]
    [Older ›]
    ");
    let second = first.clicks("Older ›").await;
    insta::assert_snapshot!(told(&second), @"
    Who changed what
    • **Max** added the value **Curiosity**
    • **Max** took Bo out of **North**
    • **Max** ended that Dee manages **North**
    • **Max** made Dee a manager of **North**
    • **Max** added Bo to **North**
    • **Max** renamed a team: Nroth → North
    • **Max** made the team **Nroth**
    [‹ Newer]
    [Older › (disabled)]
    ");
}

#[tokio::test]
async fn a_kudos_that_an_admin_took_back_is_told_without_its_text() {
    let office = Office::open().await;
    let given = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the secret demo")
        .send()
        .await;
    let max = office.has(&office.max);
    max.clicks(&given.message().unwrap(), "Undo").await;
    let page = max.slash("audit").send().await;
    insta::assert_snapshot!(told(&page), @"
    Who changed what
    • **Max** took back a kudos that Ann had given
    ");
}

#[tokio::test]
async fn the_trail_pages_after_a_restart_and_while_it_grows() {
    let mut office = Office::open().await;
    for n in 1..=23 {
        creates(&office.has(&office.max), &format!("Team {n}.")).await;
    }
    let first = office.has(&office.max).slash("audit").send().await;
    office.stops_bot().await;
    office.starts_bot().await;
    let has = |page: &Answer, from: u32, to: u32| {
        for n in 1..=30 {
            assert_eq!(
                page.shown().contains(&format!("Team {n}.")),
                (from..=to).contains(&n),
                "{n}:\n{}",
                page.shown()
            );
        }
    };
    has(&first, 14, 23);
    let second = first.clicks("Older ›").await;
    has(&second, 4, 13);
    creates(&office.has(&office.max), "Team 24.").await;
    let third = second.clicks("Older ›").await;
    has(&third, 1, 3);
    let second = third.clicks("‹ Newer").await;
    has(&second, 4, 13);
    let first = second.clicks("‹ Newer").await;
    has(&first, 14, 23);
    let latest = first.clicks("‹ Newer").await;
    has(&latest, 15, 24);
}

#[tokio::test]
async fn one_person_s_changes_are_picked_out_on_every_page() {
    let office = Office::open().await;
    let ada = office.acme.admin("Ada");
    let (max, ada_acts) = (office.has(&office.max), office.has(&ada));
    for n in 1..=12 {
        creates(&max, &format!("Max {n}.")).await;
        creates(&ada_acts, &format!("Ada {n}.")).await;
    }
    let page = max.clone().slash("audit").user("who", &ada).send().await;
    assert!(
        page.shown().contains("What Ada changed") && page.shown().contains("Ada 12."),
        "{}",
        page.shown()
    );
    let older = page.clicks("Older ›").await;
    for page in [&page, &older] {
        assert!(!page.shown().contains("Max"), "{}", page.shown());
    }
    assert!(older.shown().contains("Ada 1."), "{}", older.shown());
    let nothing = max.slash("audit").user("who", &office.bo).send().await;
    insta::assert_snapshot!(nothing.shown(), @"Bo has changed nothing here. `/audit` without a person shows all changes.");
}

#[tokio::test]
async fn the_trail_is_for_admins_alone_whatever_they_press() {
    let office = Office::open().await;
    creates(&office.has(&office.max), "North").await;
    let ann = office.has(&office.ann);
    let hidden = ann.clone().slash("audit").try_send().await;
    assert!(hidden.is_err(), "hidden by the command's permission");
    let welcome = ann
        .waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    for id in ["audit:latest:", "audit:before:9", "audit:after:0:1"] {
        let refused = ann.clicks_raw(&welcome, id).await;
        assert!(
            refused.is_ephemeral() && refused.shown().contains("Manage Server"),
            "{id}: {}",
            refused.shown()
        );
    }
    let stale = office
        .has(&office.max)
        .clicks_raw(&welcome, "audit:before:soon")
        .await;
    assert!(
        stale.shown().contains("earlier version"),
        "{}",
        stale.shown()
    );
}

#[tokio::test]
async fn another_guild_s_changes_are_not_there() {
    let office = Office::open().await;
    creates(&office.has(&office.max), "North").await;
    let beta = office.discord.guild_without_bot("Beta");
    let eve = beta.admin("Eve");
    let talk = beta.channel("talk");
    beta.bot_joins();
    let eve = office.discord.as_member(&eve).in_channel(&talk);
    let welcome = eve
        .waits_for(&talk, |message| !message.buttons().is_empty())
        .await;
    let page = eve.clone().slash("audit").send().await;
    assert_eq!(page.shown(), "Nobody has changed anything here yet.");
    for id in ["audit:before:9", "audit:after:0", "audit:latest::1"] {
        let page = eve.clicks_raw(&welcome, id).await;
        assert!(!page.shown().contains("North"), "{id}: {}", page.shown());
    }
}

#[tokio::test]
async fn who_was_erased_is_a_former_member() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    creates(&max, "North").await;
    let ada = office.acme.admin("Ada");
    let added = office
        .has(&ada)
        .slash("team add")
        .text("team", "north")
        .user("member", &office.bo)
        .send()
        .await;
    assert!(added.shown().contains("Bo"), "{}", added.shown());
    let mut tx = office.bot().app.db.write().await.unwrap();
    sqlx::query(
        "UPDATE people SET user_id = NULL, name = NULL, erased_at = 1 WHERE name IN ('Ada', 'Bo')",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let page = max.slash("audit").send().await;
    insta::assert_snapshot!(told(&page), @"
    Who changed what
    • **a former member** added a former member to **North**
    • **Max** made the team **North**
    ");
}
