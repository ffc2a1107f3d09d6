//! The review of a scorecard: the reds one by one, what is decided, and what became of it.

use discord_sandbox::driver::{Answer, Person};

use super::about;
use super::missing::bo_records;
use crate::cadence::week::{at, told, write};
use crate::office::Office;

/// Bo's response hours were bad in the week before 15 March 2027, and are North's.
async fn north_is_red() -> Office {
    let office = bo_records().await;
    write(
        &office,
        "UPDATE metrics SET team_id = (SELECT id FROM teams WHERE name = 'North')",
    )
    .await;
    at(&office, "2027-03-15T10:00:00Z");
    records(&office, "2027-W10", "30").await;
    office
}

async fn records(office: &Office, period: &str, value: &str) {
    let record = about(office, &office.bo, "metric record", "response-hours");
    let record = record.text("value", value).text("period", period);
    let done = record.send().await;
    assert!(done.shown().contains("I understood"), "{}", done.shown());
}

async fn review(office: &Office, who: &Person) -> Answer {
    let review = office.has(who).slash("scorecard review");
    review.text("team", "north").send().await
}

/// Ann says that Bo is to do something.
async fn asks_bo(office: &Office, due: &str) -> Answer {
    let form = review(office, &office.ann)
        .await
        .clicks("What is to be done")
        .await;
    form.submits(&[("action", "Pair on the triage"), ("due", due)])
        .await
}

#[tokio::test]
async fn a_red_gets_an_action_an_owner_and_a_promise() {
    let office = north_is_red().await;
    let walk = review(&office, &office.ann).await;
    assert!(walk.is_ephemeral());
    let said = walk.shown();
    for words in [
        "Review of North · 1 of 1",
        "▼ red · Response hours: **30 h**",
        "What to do:",
        "Owner: Bo",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let done = asks_bo(&office, "2027-03-19").await;
    let said = done.shown();
    assert!(said.contains("**Bo** has it as a promise"), "{said}");
    assert!(said.contains("This time"), "{said}");
    assert!(
        said.contains("Pair on the triage · Bo · promise open until 19 March"),
        "{said}"
    );
    office.settles().await;
    let bo = told(&office, &office.bo);
    assert!(
        bo.iter()
            .any(|one| one.shown().contains("Pair on the triage")),
        "Bo hears of his promise"
    );
    let list = office.has(&office.bo).slash("promise list").send().await;
    assert!(
        list.shown().contains("Response hours: Pair on the triage"),
        "{}",
        list.shown()
    );
}

#[tokio::test]
async fn the_next_review_shows_what_became_of_it() {
    let office = north_is_red().await;
    asks_bo(&office, "").await;
    write(
        &office,
        "UPDATE promises SET state = 'done', finished_at = made_at WHERE text LIKE 'Response hours%'",
    )
    .await;
    at(&office, "2027-03-22T10:00:00Z");
    records(&office, "2027-W11", "28").await;
    let walk = review(&office, &office.ann).await;
    let said = walk.shown();
    assert!(said.contains("Last time** (week 10 of 2027"), "{said}");
    assert!(
        said.contains("Pair on the triage · Bo · promise kept"),
        "{said}"
    );
    assert!(said.contains("Since then: ▼ red"), "{said}");
    assert!(
        !said.contains("nothing was decided"),
        "an action was: {said}"
    );
}

#[tokio::test]
async fn two_reds_without_an_action_ask_whether_to_keep_the_metric() {
    let office = north_is_red().await;
    at(&office, "2027-03-22T10:00:00Z");
    records(&office, "2027-W11", "28").await;
    let walk = review(&office, &office.ann).await;
    assert!(
        walk.shown()
            .contains("red 2 times in a row, and nothing was decided"),
        "{}",
        walk.shown()
    );
    let kept = walk.clicks("Keep").await;
    assert!(
        kept.shown().contains("**Response hours** stays as it is"),
        "{}",
        kept.shown()
    );
    assert!(
        !kept.shown().contains("nothing was decided"),
        "{}",
        kept.shown()
    );
    let again = review(&office, &office.ann).await;
    assert!(
        again.shown().contains("It was kept as it is"),
        "{}",
        again.shown()
    );
}

#[tokio::test]
async fn six_greens_ask_too_and_a_metric_is_retired_only_when_that_is_confirmed() {
    let office = bo_records().await;
    write(
        &office,
        "UPDATE metrics SET team_id = (SELECT id FROM teams WHERE name = 'North')",
    )
    .await;
    write(
        &office,
        "UPDATE metric_versions SET is_active = 0 WHERE name <> 'Response hours'",
    )
    .await;
    for week in 10..16 {
        let key = format!("2027-W{week}");
        let monday = chrono::NaiveDate::from_isoywd_opt(2027, week + 1, chrono::Weekday::Mon);
        at(&office, &format!("{}T10:00:00Z", monday.unwrap()));
        records(&office, &key, "6").await;
    }
    let walk = review(&office, &office.ann).await;
    assert!(
        walk.shown().contains("green 6 times in a row"),
        "{}",
        walk.shown()
    );
    let form = walk.clicks("Change").await;
    assert!(form.opened_modal());
    let walk = review(&office, &office.ann).await;
    assert!(
        walk.shown().contains("Nothing of North is red"),
        "{}",
        walk.shown()
    );
    write(&office, "DELETE FROM metric_reviews").await;
    let walk = review(&office, &office.ann).await;
    let asked = walk.clicks("Retire").await;
    assert!(
        asked.shown().contains("Retire **Response hours**?"),
        "{}",
        asked.shown()
    );
    let retired = asked.clicks("Retire it").await;
    assert!(
        retired.shown().contains("is retired"),
        "{}",
        retired.shown()
    );
    let stale = walk.clicks("Keep").await;
    assert!(
        stale.shown().contains("no longer in the review"),
        "{}",
        stale.shown()
    );
}

#[tokio::test]
async fn only_the_teams_managers_and_admins_review_it() {
    let office = north_is_red().await;
    for person in [&office.bo, &office.chen] {
        let refused = review(&office, person).await;
        assert!(
            refused
                .shown()
                .contains("Only a team's managers and admins"),
            "{}",
            refused.shown()
        );
        let refused = office.has(person).slash("scorecard review").send().await;
        assert!(
            refused
                .shown()
                .contains("Only a team's managers and admins"),
            "{}",
            refused.shown()
        );
    }
    assert!(
        review(&office, &office.max)
            .await
            .shown()
            .contains("1 of 1")
    );
    let unknown = office.has(&office.max).slash("scorecard review");
    let unknown = unknown.text("team", "south").send().await;
    assert!(unknown.shown().contains("south"), "{}", unknown.shown());
}

#[tokio::test]
async fn whoever_manages_no_longer_decides_nothing_by_an_old_button() {
    let office = north_is_red().await;
    let walk = review(&office, &office.ann).await;
    let form = walk.clicks("What is to be done").await;
    let dismissed = office.has(&office.max).slash("team manager");
    let dismissed = dismissed.text("team", "north").user("member", &office.ann);
    let dismissed = dismissed.boolean("remove", true).send().await;
    assert!(!dismissed.failed(), "{}", dismissed.shown());
    let refused = form.submits(&[("action", "Pair on it"), ("due", "")]).await;
    assert!(
        refused
            .shown()
            .contains("Only a team's managers and admins"),
        "{}",
        refused.shown()
    );
    let promises = office.has(&office.bo).slash("promise list").send().await;
    assert!(
        !promises.shown().contains("Pair on it"),
        "{}",
        promises.shown()
    );
}

#[tokio::test]
async fn a_review_of_an_earlier_period_and_a_corrected_number_say_so() {
    let office = north_is_red().await;
    let walk = review(&office, &office.ann).await;
    at(&office, "2027-03-22T10:00:00Z");
    records(&office, "2027-W11", "30").await;
    let stale = walk.clicks("What is to be done").await;
    assert!(
        stale.shown().contains("another period has closed since"),
        "{}",
        stale.shown()
    );
    let walk = review(&office, &office.ann).await;
    records(&office, "2027-W11", "6").await;
    let stale = walk.clicks("What is to be done").await;
    assert!(
        stale.shown().contains("its number was corrected"),
        "{}",
        stale.shown()
    );
}

#[tokio::test]
async fn an_action_without_words_or_with_a_day_that_is_none_is_refused_and_nothing_kept() {
    let office = north_is_red().await;
    let refused = asks_bo(&office, "when pigs fly").await;
    assert!(
        !refused.shown().contains("has it as a promise"),
        "{}",
        refused.shown()
    );
    let walk = review(&office, &office.ann).await;
    assert!(!walk.shown().contains("This time"), "{}", walk.shown());
}

#[tokio::test]
async fn a_persons_own_red_goes_onto_the_agenda_of_their_next_one_on_one() {
    let office = bo_records().await;
    office.has_personal_metric(&office.bo).await;
    write(
        &office,
        "UPDATE metric_versions SET edges = 'fixed', low_red = '5', low_green = '10', why = 'to learn',
                action = 'shadow one', may_drive = 'haste', is_active = 1, cadence = 'week'
          WHERE name = 'Demos'",
    )
    .await;
    let record = about(&office, &office.bo, "metric record", "demos");
    let record = record.text("value", "2").text("period", "2027-W10");
    let done = record.send().await;
    assert!(done.shown().contains("I understood"), "{}", done.shown());
    office.have_series(&office.ann, &office.bo).await;
    write(
        &office,
        "UPDATE metrics SET team_id = (SELECT id FROM teams WHERE name = 'North')
          WHERE member_id IS NULL",
    )
    .await;
    at(&office, "2027-03-15T10:00:00Z");
    let unseen = review(&office, &office.max).await;
    assert!(!unseen.shown().contains("Demos"), "{}", unseen.shown());
    let walk = review(&office, &office.ann).await;
    assert!(walk.shown().contains("Demos: **2**"), "{}", walk.shown());
    assert!(
        walk.shown()
            .contains("Seen by this person and their managers only"),
        "{}",
        walk.shown()
    );
    let form = walk.clicks("What is to be done").await;
    let done = form
        .submits(&[("action", "Shadow Chen on Friday"), ("due", "")])
        .await;
    assert!(
        done.shown()
            .contains("on the agenda of your next one-on-one"),
        "{}",
        done.shown()
    );
    let agenda = office.has(&office.bo).slash("one-on-one agenda");
    let agenda = agenda.user("with", &office.ann).send().await;
    assert!(
        agenda.shown().contains("Demos was red in week 10 of 2027"),
        "{}",
        agenda.shown()
    );
    assert!(
        agenda.shown().contains("Shadow Chen on Friday"),
        "{}",
        agenda.shown()
    );
}
