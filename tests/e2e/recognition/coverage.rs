//! `/kudos coverage`.

use chrono::TimeDelta;
use discord_sandbox::driver::{Person, Slash};

use crate::office::Office;

async fn thanks(office: &Office, giver: &Person, receiver: &Person, private: bool) {
    let give = office.has(giver).slash("kudos give").user("to", receiver);
    let text = format!("deal {}", office.discord.requests().len());
    let give = give.text("message", &text).boolean("private", private);
    let answer = give.send().await;
    assert!(answer.shown().contains("Undo"), "{}", answer.shown());
}

fn coverage(office: &Office, asker: &Person) -> Slash {
    office.has(asker).slash("kudos coverage")
}

/// Teams as an admin makes them: Max's team North with Bo, Chen and Dee, managed by Ann.
async fn north(office: &Office) {
    let max = office.has(&office.max);
    let create = max.clone().slash("team create").text("name", "North");
    create.send().await;
    for member in [&office.bo, &office.chen, &office.dee] {
        let add = max.clone().slash("team add").text("team", "north");
        add.user("member", member).send().await;
    }
    let manager = max.slash("team manager").text("team", "north");
    let made = manager.user("member", &office.ann).send().await;
    assert!(!made.failed(), "{}", made.shown());
}

#[tokio::test]
async fn a_manager_sees_who_was_seen_by_whom_and_for_what() {
    let office = Office::open().await;
    north(&office).await;
    for (name, emoji) in [("Courage", "🦁"), ("Care", "🤝")] {
        let add = office
            .has(&office.max)
            .slash("value add")
            .text("name", name);
        add.text("emoji", emoji).send().await;
    }
    office.time_passes(TimeDelta::days(100));
    for receiver in [&office.bo, &office.chen] {
        let give = office.has(&office.max).slash("kudos give");
        let give = give.user("to", receiver).text("message", "the demo");
        give.text("value", "courage").send().await;
    }
    thanks(&office, &office.chen, &office.bo, false).await;
    let answer = coverage(&office, &office.ann).send().await;
    assert!(answer.is_ephemeral());
    let quarter = office.bot().app.now();
    let label = format!("Q{} {}", quarter.format("%q"), quarter.format("%Y"));
    insta::assert_snapshot!(answer.shown().replace(&label, "(this quarter)"), @"
    North · (this quarter) so far
    **2 of 3 people were seen.** Think of what **Dee** did well, and say so with /kudos give.

    **Not seen**
    • Dee

    **Seen**
    • Bo
    • Chen
    Thanked in public by
    **Max** · 2 of 3, 2 times
    **Chen** · 1 of 3, once
    You have thanked none of them in public.
    Thanked in public for
    🦁 **Courage** · 2 of 3
    🤝 **Care** · nobody
    Kudos in private and in closed channels count as seen, and nowhere else. A giver and a receiver count once a day.
    ");
    assert!(answer.message().unwrap().pinged().is_empty());
    // The first day, on which everybody joined and nobody was thanked.
    office.time_passes(TimeDelta::days(-100));
    let day = office.bot().app.now().format("%Y-%m-%d").to_string();
    let joined = coverage(&office, &office.ann)
        .text("period", &day)
        .send()
        .await;
    assert!(joined.shown().contains("0 of 3"), "{}", joined.shown());
    assert_eq!(
        joined.shown().matches("(joined ").count(),
        3,
        "{}",
        joined.shown()
    );
}

#[tokio::test]
async fn kudos_that_not_everybody_may_see_count_as_seen_and_show_nothing_else() {
    let office = Office::open().await;
    north(&office).await;
    let add = office.has(&office.max).slash("value add");
    add.text("name", "Courage").send().await;
    thanks(&office, &office.max, &office.bo, false).await;
    let before = coverage(&office, &office.ann).send().await;
    thanks(&office, &office.chen, &office.dee, true).await;
    let once = coverage(&office, &office.ann).send().await;
    assert_ne!(before.shown(), once.shown());
    assert!(
        once.shown().contains("2 of 3 people were seen"),
        "{}",
        once.shown()
    );
    // By others too, for a value, in a closed channel, beside what is public: nothing changes.
    thanks(&office, &office.ann, &office.dee, true).await;
    thanks(&office, &office.dee, &office.bo, true).await;
    let max = office.discord.as_member(&office.max);
    let give = max.in_channel(&office.deal_room).slash("kudos give");
    let give = give
        .user("to", &office.dee)
        .text("message", "closing Initech");
    give.text("value", "courage").send().await;
    let after = coverage(&office, &office.ann).send().await;
    assert_eq!(once.shown(), after.shown());
}

#[tokio::test]
async fn what_was_taken_back_covers_nobody() {
    let office = Office::open().await;
    north(&office).await;
    thanks(&office, &office.chen, &office.dee, true).await;
    office.has(&office.chen).slash("kudos undo").send().await;
    let answer = coverage(&office, &office.ann).send().await;
    assert!(answer.shown().contains("0 of 3"), "{}", answer.shown());
}

#[tokio::test]
async fn coverage_is_for_the_teams_managers_and_admins() {
    let office = Office::open().await;
    let admin_without_teams = coverage(&office, &office.max).send().await;
    assert!(admin_without_teams.shown().contains("no teams here yet"));
    north(&office).await;
    let nobody = coverage(&office, &office.bo).send().await;
    assert!(nobody.is_ephemeral());
    insta::assert_snapshot!(nobody.shown(), @"You manage no team here, and this is for managers and admins. An admin can make you a team's manager with `/team manager`.");
    let member = coverage(&office, &office.bo)
        .text("team", "north")
        .send()
        .await;
    assert!(member.is_ephemeral());
    insta::assert_snapshot!(member.shown(), @"Only the managers of **North** and admins can see who in it was recognised. `/team list` shows who they are.");
    let admin = coverage(&office, &office.max).send().await;
    assert!(
        admin.shown().contains("0 of 3"),
        "the only team: {}",
        admin.shown()
    );
    // The buttons check again.
    let there = office
        .has(&office.bo)
        .slash("kudos preference")
        .send()
        .await;
    let there = there.message().unwrap();
    let bo = office.has(&office.bo);
    let refused = bo.clicks_raw(&there, "kudos:coverage:1:all:1").await;
    assert!(
        refused.shown().contains("Only the managers"),
        "{}",
        refused.shown()
    );
    for id in ["kudos:coverage:1:someday:1", "kudos:coverage-of:all"] {
        let stale = bo.clicks_raw(&there, id).await;
        assert!(
            stale.shown().contains("earlier version"),
            "{}",
            stale.shown()
        );
    }
    let manager = office.has(&office.max).slash("team manager");
    let manager = manager.text("team", "north").user("member", &office.ann);
    manager.boolean("remove", true).send().await;
    let former = coverage(&office, &office.ann).send().await;
    assert!(
        former.shown().contains("You manage no team"),
        "{}",
        former.shown()
    );
}

#[tokio::test]
async fn each_wrong_wish_for_coverage_is_refused_with_the_next_step() {
    let office = Office::open().await;
    north(&office).await;
    office.has_team("Empty", &[]).await;
    let mut shown = Vec::new();
    for (option, typed) in [
        ("team", "west"),
        ("team", "empty"),
        ("period", "someday"),
        ("period", "2100"),
    ] {
        let call = coverage(&office, &office.max).text(option, typed);
        let call = if option == "period" {
            call.text("team", "north")
        } else {
            call
        };
        let refused = call.send().await;
        assert!(refused.is_ephemeral());
        shown.push(refused.shown());
    }
    insta::assert_snapshot!(shown.join("\n"), @"
    There is no team “west” here. Choose one of these: Empty and North.
    There is nobody in **Empty** to look at yet. Add people to it with `/team add`.
    I read no period in “someday”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.
    There is nothing to see yet: 2100 has not begun. Choose an earlier period.
    ");
    let offered = coverage(&office, &office.ann)
        .types("period", "last m")
        .await;
    assert!(offered[0].name.starts_with("Last month"), "{offered:?}");
}

#[tokio::test]
async fn who_manages_several_teams_is_asked_which() {
    let office = Office::open().await;
    north(&office).await;
    office.has_team("South", &[&office.max]).await;
    let manager = office.has(&office.max).slash("team manager");
    let manager = manager.text("team", "south").user("member", &office.ann);
    manager.send().await;
    let asked = coverage(&office, &office.ann)
        .text("period", "2026")
        .send()
        .await;
    assert!(asked.is_ephemeral());
    assert!(asked.shown().contains("Which team"), "{}", asked.shown());
    let message = asked.message().unwrap();
    let ann = office.has(&office.ann);
    let chosen = ann.selects(&message, "Choose a team", &["South"]).await;
    let shown = chosen.shown();
    assert!(shown.contains("South · 2026"), "{shown}");
    assert!(shown.contains("0 of 1 person was seen"), "{shown}");
}

#[tokio::test]
async fn a_large_team_pages_also_after_a_restart() {
    let mut office = Office::open().await;
    let members: Vec<Person> = (1..=300)
        .map(|n| office.acme.member(&format!("Member {n:03}")))
        .collect();
    office
        .has_team("Everybody", &members.iter().collect::<Vec<_>>())
        .await;
    thanks(&office, &office.ann, &members[0], false).await;
    let first = coverage(&office, &office.max).send().await;
    let shown = first.shown();
    assert!(shown.contains("1 of 300 people were seen"), "{shown}");
    assert!(shown.contains("1 of 20"), "{shown}");
    assert!(
        shown.contains("Member 002") && !shown.contains("• Member 001"),
        "{shown}"
    );
    let message = first.message().unwrap();
    office.stops_bot().await;
    office.starts_bot().await;
    let max = office.has(&office.max);
    let second = max.clicks(&message, "›").await;
    assert!(second.shown().contains("Member 017"), "{}", second.shown());
    let mut page = second;
    for _ in 2..20 {
        page = page.clicks("›").await;
    }
    let shown = page.shown();
    assert!(
        shown.contains("20 of 20") && shown.contains("• Member 001"),
        "{shown}"
    );
}

#[tokio::test]
async fn coverage_of_one_server_is_not_seen_in_another() {
    let office = Office::open().await;
    north(&office).await;
    let beta = office.discord.guild("Beta");
    let eve = beta.admin("Eve");
    let talk = beta.channel("talk");
    let eve = office.discord.as_member(&eve).in_channel(&talk);
    let refused = eve.clone().slash("kudos coverage").text("team", "north");
    let refused = refused.send().await;
    assert!(
        refused.shown().contains("no teams here yet"),
        "{}",
        refused.shown()
    );
    let there = refused.message().unwrap();
    let refused = eve.clicks_raw(&there, "kudos:coverage:1:all:1").await;
    assert!(
        refused.shown().contains("has been deleted"),
        "{}",
        refused.shown()
    );
}

#[tokio::test]
async fn whom_nobody_could_see_is_not_counted_as_unseen() {
    let office = Office::open().await;
    let then: chrono::DateTime<chrono::Utc> = "2027-01-12T09:00:00Z".parse().unwrap();
    office.time_passes(then - office.bot().app.now());
    let max = office.has(&office.max);
    max.clone()
        .slash("team create")
        .text("name", "North")
        .send()
        .await;
    for member in [&office.bo, &office.chen, &office.dee] {
        max.clone()
            .slash("team add")
            .text("team", "North")
            .user("member", member)
            .send()
            .await;
    }
    let away = |person, typed: &'static str| office.has(person).slash("my").text("away", typed);
    away(&office.bo, "for 10 days").send().await;
    away(&office.chen, "for 2 days").send().await;
    office.time_passes(chrono::TimeDelta::days(2));
    let shown = max
        .clone()
        .slash("kudos coverage")
        .text("team", "North")
        .text("period", "this week")
        .send()
        .await;
    let shown = shown.shown();
    for part in [
        "0 of 2 people were seen",
        "away for 2 of these days",
        "**Away all the time**",
        "1 person was away on all of these days",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
}
