//! `/metric record` and `/metric target`.

use super::about;
use crate::office::Office;

#[tokio::test]
async fn a_reading_is_understood_judged_and_corrected() {
    let office = Office::open().await;
    office.has_se_team().await;
    let first = office.recorded("response-hours", "2025-W40", "30 h").await;
    assert!(first.is_ephemeral());
    insta::assert_snapshot!(first.shown(), @"
    ✅ **Response hours**, week 40 of 2025 (29 Sep – 5 Oct): I understood **30 h**.
    **▼ red**: green up to 8 h, red above 24 h.
    This is late for week 40 of 2025 (29 Sep – 5 Oct); it counts all the same.
    ");
    let second = office.recorded("RESPONSE hours", "2025-W40", "7.5").await;
    let shown = second.shown();
    assert!(
        shown.contains("**● green**: green up to 8 h, red above 24 h."),
        "{shown}"
    );
    assert!(shown.contains("It replaces 30 h by Max of <t:"), "{shown}");
    let same = about(&office, &office.max, "metric record", "response-hours")
        .text("period", "2025-W40")
        .text("value", "7.5")
        .send()
        .await;
    insta::assert_snapshot!(same.shown(), @"It is just so already; nothing was changed. Type what is to be different.");
}

#[tokio::test]
async fn the_period_is_chosen_and_said() {
    let office = Office::open().await;
    office.has_se_team().await;
    let answer = about(&office, &office.max, "metric record", "engagement-sat")
        .text("value", "4.6")
        .text("note", "from *24* forms")
        .send()
        .await;
    let shown = answer.shown();
    assert!(shown.contains("I understood **4.6**"), "{shown}");
    assert!(shown.contains("I took "), "{shown}");
    assert!(shown.contains("Name another with `period`."), "{shown}");
}

#[tokio::test]
async fn what_cannot_be_recorded_is_refused_with_what_to_type() {
    let office = Office::open().await;
    office.has_se_team().await;
    let say = async |name: &str, value: &str, period: &str| {
        let answer = about(&office, &office.max, "metric record", name)
            .text("value", value)
            .text("period", period)
            .send()
            .await;
        assert!(answer.is_ephemeral());
        answer.shown()
    };
    insta::assert_snapshot!(say("kudos-coverage", "80%", "2025-10").await, @"I measure `kudos-coverage` myself. `/metric show` opens the counts that it comes from.");
    insta::assert_snapshot!(say("poc", "80%", "2025-10").await, @"“poc” could be `poc-criteria-written`, `poc-overrun` and `revenue-per-poc`. Type one of them.");
    insta::assert_snapshot!(say("poc-overrun", "a lot", "2025-10").await, @"I read no number in “a lot”. Type one such as “82%”, “1.2k”, “1250.50” or “7/9”.");
    insta::assert_snapshot!(say("poc-overrun", "140%", "2025-10").await, @"I understood 140, and this metric cannot exceed 100.");
    insta::assert_snapshot!(say("poc-overrun", "1,250", "2025-10").await, @"
    ✅ **PoC overrun**, October 2025: I understood **1.3 %** (exactly 1.25).
    **● green**: green up to 15 %, red above 35 %.
    This is late for October 2025; it counts all the same.
    ");
    insta::assert_snapshot!(say("poc-overrun", "20%", "soon").await, @"I read no period in “soon”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.");
    insta::assert_snapshot!(say("poc-overrun", "20%", "2025-W40").await, @"This metric is measured by month, and week 40 of 2025 (29 Sep – 5 Oct) holds several of them. Name one, such as “2025-09”.");
    insta::assert_snapshot!(say("poc-overrun", "20%", "2025").await, @"This metric is measured by month, and 2025 holds several of them. Name one, such as “2025-12”.");
    let future = say("poc-overrun", "20%", "2099-01").await;
    assert!(
        future.starts_with("January 2099 has not begun. The latest that can be recorded is"),
        "{future}"
    );
}

#[tokio::test]
async fn only_owners_managers_and_admins_record() {
    let office = Office::open().await;
    office.has_se_team().await;
    let refused = about(&office, &office.bo, "metric record", "poc-overrun")
        .text("value", "20%")
        .send()
        .await;
    assert!(refused.is_ephemeral());
    insta::assert_snapshot!(refused.shown(), @"Only the owner of `poc-overrun`, its team's managers and admins record it. `/metric show` says whose it is; an admin changes the owner with `/metric remind`.");
    let target = about(&office, &office.bo, "metric target", "poc-overrun")
        .text("value", "20%")
        .send()
        .await;
    insta::assert_snapshot!(target.shown(), @"Only a team's managers and admins define metrics and set targets; what is the whole server's is for admins. Ask one of them.");
}

#[tokio::test]
async fn an_admin_who_records_somebody_s_figure_is_not_shown_how_it_is_judged() {
    let office = Office::open().await;
    office.has_north_of_ann().await;
    office.has_personal_metric(&office.bo).await;
    let own = about(&office, &office.bo, "metric record", "demos")
        .text("value", "9")
        .text("period", "2025-10")
        .send()
        .await;
    assert!(own.shown().contains("grey"), "{}", own.shown());
    let answer = office.recorded("demos", "2025-10", "3").await;
    let shown = answer.shown();
    assert!(!shown.contains("grey") && !shown.contains('9'), "{shown}");
    let stranger = about(&office, &office.chen, "metric record", "demos")
        .text("value", "3")
        .send()
        .await;
    assert!(!stranger.shown().contains("owner"), "{}", stranger.shown());
}

#[tokio::test]
async fn targets_are_set_for_many_periods_at_once_and_past_ones_stay() {
    let office = Office::open().await;
    office.has_se_team().await;
    let set = async |value: &str, period: &str| {
        about(&office, &office.max, "metric target", "new-references")
            .text("value", value)
            .text("period", period)
            .send()
            .await
            .shown()
    };
    insta::assert_snapshot!(set("12", "2025-Q1..2025-Q4").await, @"✅ **New references**: the target for Q1 2025, Q2 2025, Q3 2025 and Q4 2025 is **12**.");
    insta::assert_snapshot!(set("9", "2025-Q4").await, @"Q4 2025 is over and keeps its target. Name a period that is not over yet.");
    insta::assert_snapshot!(set("nine", "2099-Q4").await, @"I read no number in “nine”. Type one such as “82%”, “1.2k”, “1250.50” or “7/9”.");
    let mixed = set("9", "2025-Q4..2099-Q1").await;
    assert!(
        mixed.contains("What is over keeps the target it had: Q4 2025."),
        "{mixed}"
    );
}
