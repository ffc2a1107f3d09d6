//! `/one-on-one pair`: peers who coach each other in turns.

use chrono::TimeDelta;
use discord_sandbox::MessageView;
use discord_sandbox::driver::{Answer, Person, Slash};

use super::plain;
use crate::office::Office;

fn pair(office: &Office, asker: &Person, every: &str) -> Slash {
    let call = office.has(asker).slash("one-on-one pair");
    call.text("team", "north").text("every", every)
}

async fn started(office: &Office, call: Slash) -> Answer {
    let preview = call.send().await;
    assert!(preview.is_ephemeral());
    let started = preview.clicks("Confirm").await;
    assert!(
        started.shown().contains("I have asked"),
        "{}",
        started.shown()
    );
    office.settles().await;
    started
}

impl Office {
    async fn asked(&self, person: &Person) -> MessageView {
        let person = self.has(person);
        person
            .waits_for_dm(|message| message.shown().contains("coach each other"))
            .await
    }

    async fn says_to_pair(&self, person: &Person, button: &str) -> String {
        let asked = self.asked(person).await;
        let answer = self.has(person).in_dm().clicks(&asked, button).await;
        self.settles().await;
        answer.shown()
    }

    /// The groups of the latest round, by row, with how far each is.
    async fn latest_round(&self) -> Vec<(String, String)> {
        sqlx::query_as(
            "SELECT s.state, (SELECT group_concat(p.name, '+') FROM series_members m
                                JOIN people p ON p.id = m.person_id WHERE m.series_id = s.id)
               FROM rotation_pairings g JOIN series s ON s.id = g.series_id
              WHERE g.round_id = (SELECT max(id) FROM rotation_rounds) ORDER BY s.id",
        )
        .fetch_all(self.bot().app.db.read())
        .await
        .unwrap()
    }

    async fn rounds_are_made(&self) {
        let app = &self.bot().app;
        bellwether::cadence::service::make_rounds(app, app.now())
            .await
            .unwrap();
        self.settles().await;
    }
}

#[tokio::test]
async fn peers_are_paired_and_it_is_on_once_both_say_fine() {
    let office = Office::open().await;
    office.has_north().await;
    let call = pair(&office, &office.ann, "2 weeks").text("when", "tue 10:00");
    let preview = call.user("without", &office.dee).send().await;
    insta::assert_snapshot!(plain(&preview.shown()), @"
    Pairs of North
    Every 2 weeks on Tuesday at 10:00, 30 minutes each, for the first time (then). Each round has other pairs, as far as there are any, and everybody is asked each time.

    • **Bo** and **Chen**
    Not in this round: Dee
    [Confirm]
    [Cancel]
    ");
    preview.clicks("Confirm").await;
    office.settles().await;
    insta::assert_snapshot!(plain(office.asked(&office.bo).await.shown()), @"
    Peer coaching: this round you and **Chen** coach each other, (then) ((then)), for 30 minutes. It is on once all of you say Fine.
    [Fine]
    [Not this time]
    [Not any more]
    ");
    let first = office.says_to_pair(&office.bo, "Fine").await;
    assert!(first.contains("as soon as **Chen** says Fine"), "{first}");
    let second = office.says_to_pair(&office.chen, "Fine").await;
    assert!(second.contains("It is on"), "{second}");
    office
        .has(&office.bo)
        .waits_for_dm(|message| message.shown().contains("It is on"))
        .await;
    let round = office.latest_round().await;
    assert_eq!(round, [("running".to_owned(), "Bo+Chen".to_owned())]);
    let planned: i64 =
        sqlx::query_scalar("SELECT count(*) FROM occurrences WHERE state = 'planned'")
            .fetch_one(office.bot().app.db.read())
            .await
            .unwrap();
    assert_eq!(planned, 1);
}

#[tokio::test]
async fn an_odd_number_makes_a_three_which_goes_on_without_who_declines() {
    let office = Office::open().await;
    office.has_north().await;
    started(&office, pair(&office, &office.max, "month")).await;
    assert_eq!(office.latest_round().await[0].1, "Bo+Chen+Dee");
    office.says_to_pair(&office.bo, "Fine").await;
    office.says_to_pair(&office.chen, "Fine").await;
    office.says_to_pair(&office.dee, "Not this time").await;
    let round = office.latest_round().await;
    assert_eq!(round, [("running".to_owned(), "Bo+Chen".to_owned())]);
    office
        .has(&office.bo)
        .waits_for_dm(|message| message.shown().contains("**Dee** cannot make"))
        .await;
}

#[tokio::test]
async fn who_declines_is_not_asked_why_and_the_next_round_has_another_pair() {
    let office = Office::open().await;
    office.has_north().await;
    let max = office
        .has(&office.max)
        .slash("team add")
        .text("team", "north");
    max.user("member", &office.max).send().await;
    started(&office, pair(&office, &office.ann, "week")).await;
    let before = office.latest_round().await;
    let told = office.says_to_pair(&office.bo, "Not this time").await;
    assert!(told.contains("it does not suit you"), "{told}");
    let other = before
        .iter()
        .find(|(_, people)| people.contains("Bo"))
        .unwrap();
    let ended = office.latest_round().await;
    assert!(ended.contains(&("ended".to_owned(), other.1.clone())));
    // The other's button is of no use any more.
    let chen = office.says_to_pair(&office.chen, "Fine").await;
    assert!(chen.contains("called off or is over"), "{chen}");
    office.time_passes(TimeDelta::days(9));
    office.rounds_are_made().await;
    let after = office.latest_round().await;
    assert_ne!(before, after);
    assert!(after.iter().all(|(state, _)| state == "proposed"));
    let pair_of_bo = after.iter().find(|(_, people)| people.contains("Bo"));
    assert_ne!(pair_of_bo.unwrap().1, other.1);
}

#[tokio::test]
async fn who_wants_no_more_is_left_out_until_they_want_it_again() {
    let office = Office::open().await;
    office.has_north().await;
    started(&office, pair(&office, &office.ann, "week")).await;
    let asked = office.asked(&office.dee).await;
    let dee = office.has(&office.dee).in_dm();
    let left = dee.clicks(&asked, "Not any more").await;
    assert!(left.shown().contains("leave you out"), "{}", left.shown());
    office.time_passes(TimeDelta::days(9));
    office.rounds_are_made().await;
    assert_eq!(office.latest_round().await[0].1, "Bo+Chen");
    left.clicks("Ask me again").await;
    office.time_passes(TimeDelta::days(7));
    office.rounds_are_made().await;
    assert_eq!(office.latest_round().await[0].1, "Bo+Chen+Dee");
}

#[tokio::test]
async fn pairs_are_set_up_by_managers_and_admins_and_mistakes_are_said() {
    let office = Office::open().await;
    office.has_north().await;
    let member = pair(&office, &office.bo, "week").send().await;
    assert!(member.is_ephemeral());
    assert!(
        member.shown().contains("Only managers"),
        "{}",
        member.shown()
    );
    let stop = pair(&office, &office.bo, "off").send().await;
    assert!(stop.shown().contains("Only managers"), "{}", stop.shown());
    let none = pair(&office, &office.ann, "off").send().await;
    assert!(
        none.shown().contains("no pairs in turns"),
        "{}",
        none.shown()
    );
    let when = pair(&office, &office.ann, "week").text("when", "soonish");
    assert!(when.send().await.shown().contains("soonish"));
    let few = pair(&office, &office.ann, "week").user("without", &office.bo);
    let few = few.user("and-without", &office.chen).send().await;
    insta::assert_snapshot!(few.shown(), @"Pairs need two people, and North has fewer who are there and do not manage it. `/team add` adds people.");
    // A member cannot confirm what a manager previewed.
    let preview = pair(&office, &office.ann, "week").send().await;
    let id = preview.message().unwrap().buttons()[0]
        .custom_id
        .clone()
        .unwrap();
    let page = office.has(&office.bo).slash("value list").send().await;
    let message = page.message().unwrap();
    let answer = office.has(&office.bo).clicks_raw(&message, &id).await;
    assert!(
        answer.shown().contains("Only managers"),
        "{}",
        answer.shown()
    );
    preview.clicks("Cancel").await;
    assert!(office.latest_round().await.is_empty());
}

#[tokio::test]
async fn an_answer_to_somebody_elses_pair_counts_for_nothing_and_off_ends_the_rounds() {
    let office = Office::open().await;
    office.has_north().await;
    started(&office, pair(&office, &office.ann, "week")).await;
    let page = office.has(&office.max).slash("value list").send().await;
    let message = page.message().unwrap();
    for action in ["fine", "decline", "never"] {
        let id = format!("peer:{action}:1");
        let answer = office.has(&office.max).clicks_raw(&message, &id).await;
        assert!(
            answer.shown().contains("concerns other people"),
            "{}",
            answer.shown()
        );
    }
    let off = pair(&office, &office.ann, "off").send().await;
    insta::assert_snapshot!(off.shown(), @"**North** gets no more rounds. Pairs that were asked already can still meet.");
    office.time_passes(TimeDelta::days(30));
    let before = office.latest_round().await;
    office.rounds_are_made().await;
    assert_eq!(office.latest_round().await, before);
}

#[tokio::test]
async fn a_three_that_is_fine_meets_as_three() {
    let office = Office::open().await;
    office.has_north().await;
    let call = pair(&office, &office.ann, "week").text("when", "in 3 days 10:00");
    started(&office, call).await;
    for person in [&office.bo, &office.chen, &office.dee] {
        office.says_to_pair(person, "Fine").await;
    }
    let round = office.latest_round().await;
    assert_eq!(round, [("running".to_owned(), "Bo+Chen+Dee".to_owned())]);
    let show = office.has(&office.bo).slash("one-on-one show");
    let shown = show.user("with", &office.chen).send().await.shown();
    assert!(
        shown.contains("Once, 30 minutes") && shown.contains("**Chen** and **Dee**"),
        "{shown}"
    );
    // A day before, each is nudged and told of the two others.
    office.time_passes(TimeDelta::days(2) + TimeDelta::hours(22));
    let app = &office.bot().app;
    bellwether::cadence::service::step(app, app.now())
        .await
        .unwrap();
    office.settles().await;
    for (person, others) in [
        (&office.bo, ["Chen", "Dee"]),
        (&office.chen, ["Bo", "Dee"]),
        (&office.dee, ["Bo", "Chen"]),
    ] {
        let dms = office.discord.as_member(person).dms();
        let last = dms.last().unwrap().shown().to_owned();
        assert!(others.iter().all(|other| last.contains(other)), "{last}");
    }
    // Whoever is not in it has nothing to do with it.
    let show = office.has(&office.max).slash("one-on-one show");
    let refused = show.user("with", &office.bo).send().await.shown();
    assert!(refused.contains("no running series"), "{refused}");
}

#[tokio::test]
async fn a_pair_that_was_not_answered_is_answered_from_show_as_what_it_is() {
    let office = Office::open().await;
    office.has_north().await;
    let call = pair(&office, &office.ann, "week").user("without", &office.dee);
    started(&office, call).await;
    let show = office.has(&office.bo).slash("one-on-one show");
    let shown = show.user("with", &office.chen).send().await;
    let text = shown.shown();
    assert!(text.contains("Once, 30 minutes"), "{text}");
    assert!(
        text.contains("[Not this time]") && !text.contains("every week"),
        "{text}"
    );
    let answer = shown.clicks("Fine").await.shown();
    assert!(answer.contains("as soon as **Chen** says Fine"), "{answer}");
}

#[tokio::test]
async fn the_trail_says_who_started_and_stopped_pairs_also_when_others_take_their_place() {
    let office = Office::open().await;
    office.has_north().await;
    started(&office, pair(&office, &office.ann, "week")).await;
    started(&office, pair(&office, &office.max, "month")).await;
    pair(&office, &office.ann, "off").send().await;
    let audit = office.has(&office.max).slash("audit").send().await.shown();
    let said: Vec<&str> = audit
        .lines()
        .filter(|line| line.contains("pairs in turns"))
        .filter_map(|line| Some(&line[line.find("**")?..]))
        .collect();
    insta::assert_debug_snapshot!(said, @r#"
    [
        "**Ann** stopped pairs in turns for **North**",
        "**Max** started pairs in turns for **North**",
        "**Max** stopped pairs in turns for **North**",
        "**Ann** started pairs in turns for **North**",
    ]
    "#);
}
