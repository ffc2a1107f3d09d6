//! Red numbers in the brief of a one-on-one: what both may see, and nothing else.

use discord_sandbox::driver::Person;

use crate::cadence::week::{look, open, told, write};
use crate::office::Office;

/// What somebody's brief says.
async fn brief(office: &Office, person: &Person) -> String {
    let told = told(office, person);
    let brief = told.iter().find(|one| one.shown().contains("One-on-one"));
    brief.expect("a brief").shown().to_owned()
}

/// Bo owns the response hours of Acme; they were bad last week, and so was another's number.
async fn response_hours_are_bad(office: &Office) {
    office.has_se_team().await;
    write(
        office,
        "UPDATE metrics SET owner_id = (SELECT id FROM people WHERE name = 'Bo')
          WHERE key IN ('response-hours', 'discovery-before-demo')",
    )
    .await;
    office.recorded("response-hours", "2027-W10", "30").await;
    office
        .recorded("discovery-before-demo", "2027-02", "95%")
        .await;
    office.recorded("poc-overrun", "2027-02", "50%").await;
}

/// Bo's own number of demos is one of which red and green are known, and it is bad.
async fn own_demos_are_bad(office: &Office) {
    office.has_personal_metric(&office.bo).await;
    write(
        office,
        "UPDATE metric_versions SET edges = 'fixed', low_red = '5', low_green = '10', why = 'to learn',
                action = 'shadow one', may_drive = 'haste', is_active = 1 WHERE name = 'Demos'",
    )
    .await;
    let record = office.has(&office.bo).slash("metric record");
    let record = record.text("name", "demos").text("value", "2");
    let done = record.text("period", "2027-02").send().await;
    assert!(done.shown().contains("I understood"), "{}", done.shown());
}

#[tokio::test]
async fn the_brief_names_the_red_numbers_that_the_other_owns() {
    let (office, _) = open().await;
    response_hours_are_bad(&office).await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let ann = brief(&office, &office.ann).await;
    assert!(ann.contains("In the red for Bo"), "{ann}");
    assert!(ann.contains("▼ red · Response hours: **30 h**"), "{ann}");
    assert!(
        !ann.contains("Discovery before demo"),
        "that one is green: {ann}"
    );
    assert!(!ann.contains("overrun"), "that one is Max's: {ann}");
    assert!(!ann.contains("In the red for you"), "{ann}");
    let bo = brief(&office, &office.bo).await;
    assert!(bo.contains("In the red for you"), "{bo}");
    assert!(bo.contains("▼ red · Response hours: **30 h**"), "{bo}");
    assert!(!bo.contains("In the red for Ann"), "{bo}");
}

#[tokio::test]
async fn a_persons_own_red_number_is_in_no_brief_with_a_peer() {
    let (office, _) = open().await;
    own_demos_are_bad(&office).await;
    look(&office, "2027-03-15T10:00:05Z").await;
    for person in [&office.ann, &office.bo] {
        let brief = brief(&office, person).await;
        assert!(!brief.contains("In the red"), "{brief}");
        assert!(!brief.contains("Demos"), "{brief}");
    }
}

#[tokio::test]
async fn a_persons_own_red_number_is_in_the_briefs_of_both_when_one_manages_the_other() {
    let (office, _) = open().await;
    own_demos_are_bad(&office).await;
    office.has_north_of_ann().await;
    let add = office.has(&office.max).slash("team add");
    add.text("team", "north")
        .user("member", &office.bo)
        .send()
        .await;
    look(&office, "2027-03-15T10:00:05Z").await;
    let ann = brief(&office, &office.ann).await;
    assert!(ann.contains("In the red for Bo"), "{ann}");
    assert!(ann.contains("▼ red · Demos: **2**"), "{ann}");
    let bo = brief(&office, &office.bo).await;
    assert!(bo.contains("In the red for you"), "{bo}");
    assert!(bo.contains("▼ red · Demos: **2**"), "{bo}");
}
