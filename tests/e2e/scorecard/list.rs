//! `/metric list` and `/metric history`.

use super::about;
use crate::office::Office;

#[tokio::test]
async fn the_first_page_holds_the_active_metrics_by_perspective() {
    let office = Office::open().await;
    let none = office.has(&office.bo).slash("metric list").send().await;
    insta::assert_snapshot!(none.shown(), @"There are no metrics yet. `/scorecard template` adopts a set, `/metric define` adds one.");
    office.has_se_team().await;
    let list = office.has(&office.bo).slash("metric list").send().await;
    assert!(list.is_ephemeral());
    let shown = list.shown();
    assert!(shown.contains("12 active, 16 not."), "{shown}");
    let places: Vec<usize> = [
        "Learning and Development",
        "Internal Processes",
        "Customer",
        "Finance",
    ]
    .iter()
    .map(|title| shown.find(&format!("**{title}**")).unwrap())
    .collect();
    assert!(places.is_sorted(), "{shown}");
    assert!(
        shown.contains("○ grey Response hours `response-hours` · no reading yet"),
        "{shown}"
    );
    assert!(!shown.contains("ramp-days"), "{shown}");
    let second = list.clicks("›").await.shown();
    assert!(
        second.contains("**Not active**") && second.contains("ramp-days"),
        "{second}"
    );
}

#[tokio::test]
async fn a_list_is_of_one_perspective_or_one_team() {
    let office = Office::open().await;
    office.has_se_team().await;
    office.has_north_of_ann().await;
    let finance = office
        .has(&office.bo)
        .slash("metric list")
        .text("perspective", "Finance");
    let shown = finance.send().await.shown();
    assert!(
        shown.contains("**Finance**") && !shown.contains("**Customer**"),
        "{shown}"
    );
    let north = office
        .has(&office.bo)
        .slash("metric list")
        .text("team", "North");
    insta::assert_snapshot!(north.send().await.shown(), @"No metric fits that. Leave `perspective` and `team` out to see them all.");
}

#[tokio::test]
async fn somebody_s_own_metric_is_listed_for_them_and_their_manager_alone() {
    let office = Office::open().await;
    office.has_north_of_ann().await;
    office.has_personal_metric(&office.bo).await;
    for who in [&office.bo, &office.ann] {
        let shown = office.has(who).slash("metric list").send().await.shown();
        assert!(
            shown.contains("Demos `demos` · no reading yet · Bo"),
            "{shown}"
        );
    }
    for who in [&office.chen, &office.max] {
        let shown = office.has(who).slash("metric list").send().await.shown();
        assert!(!shown.contains("Demos"), "{shown}");
        let offered = office
            .has(who)
            .slash("metric show")
            .types("name", "demo")
            .await;
        assert!(offered.is_empty());
    }
}

#[tokio::test]
async fn a_history_pages_with_who_and_when_and_what_was_corrected() {
    let office = Office::open().await;
    office.has_se_team().await;
    let history = || about(&office, &office.bo, "metric history", "poc-overrun").send();
    insta::assert_snapshot!(history().await.shown(), @"**PoC overrun** has no readings yet. `/metric record` takes the first one.");
    for month in 1..=11 {
        office
            .recorded("poc-overrun", &format!("2025-{month:02}"), "20%")
            .await;
    }
    office.recorded("poc-overrun", "2025-11", "7/28").await;
    let first = history().await;
    let shown = first.shown();
    assert!(
        shown.contains("• November 2025: **25 % (7 of 28)** · Max, <t:"),
        "{shown}"
    );
    assert!(
        shown.contains("• November 2025: ~~20 %~~ corrected since · Max"),
        "{shown}"
    );
    assert!(!shown.contains("January 2025"), "{shown}");
    let older = first.clicks("Older ›").await;
    let shown = older.shown();
    assert!(
        shown.contains("January 2025") && !shown.contains("March 2025"),
        "{shown}"
    );
    let newer = older.clicks("‹ Newer").await.shown();
    assert!(
        newer.contains("• March 2025") && newer.contains("November 2025"),
        "{newer}"
    );
    let unknown = about(&office, &office.bo, "metric history", "zzz")
        .send()
        .await;
    insta::assert_snapshot!(unknown.shown(), @"I know no metric “zzz”. `/metric list` shows them all.");
}
