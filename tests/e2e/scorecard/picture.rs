//! The pictures of answers: when they come, what they say, who may post them where.

use super::{about, seen};
use crate::office::Office;

/// What is uploaded in a second step, as an upload may outlast what Discord waits for.
const LARGE: usize = 256 * 1024;

#[tokio::test]
async fn the_longest_card_arrives_whole_and_a_large_picture_in_a_second_step() {
    let office = Office::open().await;
    office
        .has(&office.max)
        .slash("my")
        .text("timezone", "UTC")
        .send()
        .await;
    for n in 1..=28 {
        let name = format!("{n} {}", "*_metric_* ".repeat(7));
        office
            .has_metric(
                &format!("metric-{n}"),
                &format!("metric-{n}"),
                None,
                name.trim(),
            )
            .await;
    }
    let mut tx = office.bot().app.db.write().await.unwrap();
    sqlx::query(
        "WITH RECURSIVE months (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM months WHERE n < 59)
         INSERT INTO readings (metric_id, period, starts_on, value, source, recorded_at)
         SELECT m.id, strftime('%Y-%m', '2021-01-01', '+' || n || ' months'),
                date('2021-01-01', '+' || n || ' months'), (n * 7 + m.id * 5) % 11 * 111111, 'file', 0
           FROM months, metrics m",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let call = office.has(&office.bo).slash("scorecard show");
    let answer = call.text("period", "2025-12").send().await;
    let card = seen(&answer).await;
    let (_, alt, png) = card.files()[0];
    assert!(png.len() > LARGE && answer.was_deferred());
    assert!(alt.unwrap().chars().count() <= 1_024);
    assert_eq!(
        card.shown().matches(" (≥ 5), ").count(),
        28,
        "{}",
        card.shown()
    );
}

#[tokio::test]
async fn a_metric_can_be_shown_and_shared_without_its_chart() {
    let office = Office::open().await;
    office.has_se_team().await;
    office.recorded("poc-overrun", "2025-10", "20%").await;
    let answer = about(&office, &office.bo, "metric show", "poc-overrun")
        .text("period", "2025-10")
        .boolean("chart", false)
        .send()
        .await;
    assert!(!answer.was_deferred());
    assert!(answer.shown().contains("◆ amber"), "{}", answer.shown());
    assert!(answer.message().unwrap().files().is_empty());
    let shared = answer.clicks("Share").await.waits_for_follow_up(0).await;
    assert!(shared.shown().contains("Shared by **Bo**") && shared.files().is_empty());
}

#[tokio::test]
async fn without_a_reading_there_is_a_chart_that_says_so() {
    let office = Office::open().await;
    office.has_se_team().await;
    let answer = about(&office, &office.bo, "metric show", "poc-overrun")
        .text("period", "2025-10")
        .send()
        .await;
    let shown = seen(&answer).await;
    let (_, alt, _) = shown.files()[0];
    assert!(
        alt.unwrap()
            .starts_with("PoC overrun: grey, no reading, ≤ 15 %"),
        "{alt:?}"
    );
}

#[tokio::test]
async fn what_is_not_active_says_so_in_the_answer_and_on_the_card() {
    let office = Office::open().await;
    office.has_se_team().await;
    let idle = "customer-time";
    office.recorded(idle, "2025-12", "75%").await;
    let answer = about(&office, &office.bo, "metric show", idle)
        .text("period", "2025-12")
        .send()
        .await;
    let shown = seen(&answer).await;
    assert!(
        shown
            .shown()
            .contains("*Not active: it counts in no score.*"),
        "{}",
        shown.shown()
    );
    let call = office.has(&office.bo).slash("scorecard show");
    let card = seen(&call.text("period", "2025-12").send().await).await;
    assert!(card.shown().contains("Not counted:\n"), "{}", card.shown());
}

#[tokio::test]
async fn a_stale_or_forged_button_says_so_and_shares_nothing() {
    let office = Office::open().await;
    office.has_se_team().await;
    office.has_north_of_ann().await;
    office.has_personal_metric(&office.bo).await;
    let answer = about(&office, &office.bo, "metric show", "demos")
        .text("period", "2025-10")
        .send()
        .await;
    let own = seen(&answer).await;
    let share = own.buttons()[0].custom_id.clone().unwrap();
    // Somebody who may not see the figures at all.
    let stranger = office.has(&office.chen).clicks_raw(&own, &share).await;
    insta::assert_snapshot!(stranger.shown(), @"That is no longer there. `/metric list` shows what there is.");
    for (forged, said) in [
        ("metric:share:999999:::", "no longer there"),
        ("metric:share:one:::", "from an earlier version"),
        ("metric:show:1", "from an earlier version"),
        ("scorecard:share:999999:2025-12::", "no longer there"),
        ("scorecard:share:0:2025-12::team-999999", "no longer there"),
        (
            "scorecard:share:0:2025-12::team-x",
            "from an earlier version",
        ),
    ] {
        let pressed = office.has(&office.bo).clicks_raw(&own, forged).await;
        let shown = pressed.shown();
        assert!(
            pressed.is_ephemeral() && shown.contains(said),
            "{forged}: {shown}"
        );
    }
    assert!(office.bot_said(&office.dee, &office.general).is_empty());
}

#[tokio::test]
async fn an_unclear_name_is_refused_with_the_candidates_and_a_server_without_metrics_says_so() {
    let office = Office::open().await;
    let none = about(&office, &office.bo, "metric show", "demos")
        .send()
        .await;
    insta::assert_snapshot!(none.shown(), @"There are no metrics yet. `/scorecard template` adopts a set, `/metric define` adds one.");
    office.has_se_team().await;
    let unclear = about(&office, &office.bo, "metric show", "revenue")
        .send()
        .await;
    insta::assert_snapshot!(unclear.shown(), @"“revenue” could be `revenue-per-engineer`, `revenue-per-poc` and `cost-to-revenue`. Type one of them.");
}
