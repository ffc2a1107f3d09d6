//! `/kudos team`.

use discord_sandbox::driver::{Answer, Person};

use crate::office::Office;

async fn thanks(office: &Office, giver: &Person, team: &str, text: &str) -> Answer {
    office
        .has(giver)
        .slash("kudos team")
        .text("team", team)
        .text("message", text)
        .send()
        .await
}

/// How many people the ledger has as thanked.
async fn credited(office: &Office) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM kudos_receivers WHERE withdrawn_at IS NULL")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_team_is_thanked_by_one_announcement_that_pings_its_members() {
    let office = Office::open().await;
    let robot = office.acme.other_bot("Robot");
    office
        .has_team(
            "Demo *Desk*",
            &[&office.ann, &office.bo, &office.chen, &robot],
        )
        .await;
    let mut tx = office.bot().app.db.write().await.unwrap();
    sqlx::query("UPDATE people SET is_bot = 1 WHERE name = 'Robot'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let answer = thanks(&office, &office.ann, "demo", "the pilot that won Initech").await;
    assert!(!answer.is_ephemeral());
    insta::assert_snapshot!(answer.shown(), @r"
    🏆 @Ann thanks **Demo \*Desk\***: @Bo @Chen
    the pilot that won Initech
    [Undo]
    ");
    assert_eq!(answer.message().unwrap().pinged_names(), ["Bo", "Chen"]);
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.general).len(), 1);
    assert_eq!(credited(&office).await, 2);
    let announcement = answer.message().unwrap();
    let undone = office.has(&office.ann).clicks(&announcement, "Undo").await;
    insta::assert_snapshot!(undone.shown(), @"Taken back: the kudos to **Bo** and **Chen**. Its announcement goes too.");
    office.has(&office.bo).waits_until_gone(&announcement).await;
    assert_eq!(credited(&office).await, 0);
}

#[tokio::test]
async fn the_giver_of_a_team_kudos_gets_a_receipt_where_it_is_announced_elsewhere() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.has_team("North", &[&office.bo, &office.chen]).await;
    let answer = thanks(&office, &office.ann, "NORTH", "the pilot").await;
    assert!(answer.is_ephemeral());
    insta::assert_snapshot!(answer.shown(), @"
    ✅ Thanked **North** (2 people) in #wins.
    [Undo]
    ");
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.wins);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].pinged_names(), ["Bo", "Chen"]);
}

#[tokio::test]
async fn a_member_who_prefers_it_private_is_told_alone_and_not_named() {
    let office = Office::open().await;
    office
        .has(&office.chen)
        .slash("kudos preference")
        .text("style", "private")
        .send()
        .await;
    office.has_team("North", &[&office.bo, &office.chen]).await;
    let answer = thanks(&office, &office.ann, "north", "the pilot").await;
    insta::assert_snapshot!(answer.shown(), @"
    🏆 @Ann thanks **North**: @Bo
    the pilot
    [Undo]
    ");
    assert_eq!(answer.message().unwrap().pinged_names(), ["Bo"]);
    let aside = answer.waits_for_follow_up(1).await;
    assert!(aside.is_ephemeral());
    insta::assert_snapshot!(aside.shown(), @"🔒 **Chen** likes to be recognised privately, so it goes to them by direct message, and no announcement names them.");
    let told = office.has(&office.chen).waits_for_dm(|_| true).await;
    insta::assert_snapshot!(told.shown(), @"
    🔒 **Ann** thanks you privately, in Acme:
    the pilot
    ");
    assert_eq!(credited(&office).await, 2);
}

#[tokio::test]
async fn a_team_of_three_hundred_is_thanked_by_one_message() {
    let office = Office::open_with(|config| config.recognition.daily_allowance = Some(1)).await;
    let members: Vec<Person> = (1..=300)
        .map(|n| office.acme.member(&format!("Member {n}")))
        .collect();
    office
        .has_team("Everybody", &members.iter().collect::<Vec<_>>())
        .await;
    office.announces_in_wins().await;
    let answer = thanks(&office, &office.ann, "everybody", "a year of good work").await;
    assert!(!answer.failed(), "{}", answer.shown());
    let message = office
        .has(&office.dee)
        .waits_for(&office.wins, |_| true)
        .await;
    let pinged = message.pinged().len();
    assert!((70..=100).contains(&pinged), "{pinged}");
    let others = format!("and {} others", 300 - pinged);
    assert!(
        message.content().ends_with(&others),
        "{}",
        message.content()
    );
    for n in 1..=300 {
        let name = format!("Member {n}");
        let shown = message.shown();
        let is_named = shown
            .split(|c: char| ",@\n".contains(c))
            .map(|part| part.split(" and ").next().unwrap().trim())
            .any(|part| part == name);
        assert!(is_named, "{name} is not in {shown}");
    }
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
    assert_eq!(credited(&office).await, 300);
    assert!(office.discord.unknown_requests().is_empty());
}

#[tokio::test]
async fn somebody_who_left_the_server_keeps_nobody_else_from_being_thanked() {
    let office = Office::open().await;
    office.has_team("North", &[&office.bo, &office.chen]).await;
    office.chen.leaves();
    let answer = thanks(&office, &office.ann, "north", "the pilot").await;
    assert_eq!(answer.message().unwrap().pinged_names(), ["Bo"]);
}

#[tokio::test]
async fn each_team_that_cannot_be_thanked_is_refused_with_the_next_step() {
    let office = Office::open().await;
    let none = thanks(&office, &office.ann, "north", "the pilot").await;
    insta::assert_snapshot!(none.shown(), @"There are no teams here yet. An admin makes one with `/team create`.");
    office.has_team("North", &[&office.bo]).await;
    office.has_team("North East", &[&office.bo]).await;
    office.has_team("Only Ann", &[&office.ann]).await;
    office.has_team("Empty", &[]).await;
    let mut shown = Vec::new();
    for team in ["west *end*", "ort", "only ann", "empty"] {
        let refused = thanks(&office, &office.ann, team, "the pilot").await;
        assert!(refused.is_ephemeral());
        shown.push(refused.shown());
    }
    insta::assert_snapshot!(shown.join("\n"), @r"
    There is no team “west \*end\*” here. Choose one of these: Empty, North, North East and Only Ann.
    “ort” fits several teams: North and North East. Type more of the name.
    There is nobody else to thank in **Only Ann**. Choose another team, or thank people with `/kudos give`.
    There is nobody else to thank in **Empty**. Choose another team, or thank people with `/kudos give`.
    ");
    let exact = thanks(&office, &office.ann, "north", "the pilot").await;
    assert!(!exact.is_ephemeral(), "{}", exact.shown());
    let value = office
        .has(&office.ann)
        .slash("kudos team")
        .text("team", "north")
        .text("message", "the pilot again")
        .text("value", "courage")
        .send()
        .await;
    assert!(
        value.shown().contains("no value “courage”"),
        "{}",
        value.shown()
    );
    assert_eq!(credited(&office).await, 1);
}

#[tokio::test]
async fn teams_of_another_server_are_neither_offered_nor_thanked() {
    let office = Office::open().await;
    let beta = office.discord.guild("Beta");
    let eve = beta.member("Eve");
    let talk = beta.channel("talk");
    let eve = office.discord.as_member(&eve).in_channel(&talk);
    eve.clone().slash("kudos preference").send().await;
    office.has_team("North", &[&office.bo, &office.chen]).await;
    let offered = office
        .has(&office.ann)
        .slash("kudos team")
        .types("team", "nor")
        .await;
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].name, "North");
    let offered = eve.clone().slash("kudos team").types("team", "nor").await;
    assert!(offered.is_empty());
    let refused = eve
        .slash("kudos team")
        .text("team", "north")
        .text("message", "the pilot")
        .send()
        .await;
    assert!(
        refused.shown().contains("no teams here yet"),
        "{}",
        refused.shown()
    );
}
