//! `/metric show`.

use super::{about, seen};
use crate::office::Office;

#[tokio::test]
async fn a_number_is_judged_with_what_to_do_first_when_it_is_red() {
    let office = Office::open().await;
    office.has_se_team().await;
    office.recorded("response-hours", "2025-W39", "6 h").await;
    office.recorded("response-hours", "2025-W40", "30 h").await;
    let answer = about(&office, &office.bo, "metric show", "response")
        .text("period", "2025-W40")
        .send()
        .await;
    let answer = seen(&answer).await;
    assert!(answer.is_ephemeral());
    insta::assert_snapshot!(answer.shown(), @"
    Response hours
    **▼ red** · **30 h**
    Range: green up to 8 h, red above 24 h
    +24 h since week 39 of 2025 (22–28 Sep), worse
    Of: week 40 of 2025 (29 Sep – 5 Oct)

    **What to do:** Rotate a help desk
    **Why:** Sellers trust quick answers
    **It may wrongly drive:** Fast and wrong
    response-hours · Internal Processes · leading, by week · owner Max
    [file response-hours.png]
    [Share]
    ");
    let compared = about(&office, &office.bo, "metric show", "response-hours")
        .text("period", "2025-W40")
        .text("compare", "2025-W39")
        .send()
        .await;
    let compared = seen(&compared).await;
    let shown = compared.shown();
    assert!(
        shown.contains("Compared: ● green 6 h in week 39 of 2025"),
        "{shown}"
    );
    assert!(shown.contains("the difference is +24 h"), "{shown}");
    let today = about(&office, &office.bo, "metric show", "response-hours")
        .text("period", "2025-W40")
        .text("rule", "today's rule")
        .send()
        .await;
    let today = seen(&today).await;
    assert!(
        today.shown().contains("Judged by today's rule"),
        "{}",
        today.shown()
    );
}

#[tokio::test]
async fn a_share_is_posted_where_it_was_asked_and_pings_nobody() {
    let office = Office::open().await;
    office.has_se_team().await;
    let max = about(&office, &office.max, "metric record", "poc-overrun");
    max.text("period", "2025-10")
        .text("value", "20%")
        .text("note", "ask @everyone")
        .send()
        .await;
    let answer = about(&office, &office.bo, "metric show", "poc-overrun")
        .text("period", "2025-10")
        .send()
        .await;
    let own = seen(&answer).await;
    let kept = answer.clicks("Share").await;
    let shared = kept.waits_for_follow_up(0).await;
    let said = office.bot_said(&office.chen, &office.general);
    assert_eq!(said.len(), 1);
    let text = shared.shown();
    assert!(
        text.contains("Shared by **Bo**") && text.contains("◆ amber"),
        "{text}"
    );
    let [(name, Some(alt), png)] = own.files()[..] else {
        panic!("one picture with its words: {:?}", own.shown());
    };
    assert!(name == "poc-overrun.png" && png.starts_with(b"\x89PNG"));
    assert!(
        alt.starts_with("PoC overrun: amber, 20 %, ≤ 15 %, October 2025."),
        "{alt}"
    );
    assert!(alt.contains("Oct 2025: ask @everyone."), "{alt}");
    assert_eq!(shared.files(), own.files());
    let kept = seen(&kept).await;
    assert!(kept.shown().contains("Shared here."), "{}", kept.shown());
    assert_eq!(kept.files(), own.files(), "the picture stays where it was");
    assert!(!text.contains("[Share]"), "{text}");
    assert!(shared.pinged().is_empty());
}

#[tokio::test]
async fn a_person_s_figures_are_shown_to_them_and_their_manager_and_shared_by_them_alone() {
    let office = Office::open().await;
    office.has_north_of_ann().await;
    office.has_personal_metric(&office.bo).await;
    about(&office, &office.bo, "metric record", "demos")
        .text("value", "9")
        .text("period", "2025-10")
        .send()
        .await;
    let show = async |who| {
        about(&office, who, "metric show", "demos")
            .text("period", "2025-10")
            .send()
            .await
    };
    let own = show(&office.bo).await;
    let shown = seen(&own).await;
    assert!(shown.shown().contains("[Share]"), "{}", shown.shown());
    let manager = seen(&show(&office.ann).await).await;
    let shown = manager.shown();
    assert!(
        shown.contains("**9**") && !shown.contains("[Share]"),
        "{shown}"
    );
    for stranger in [&office.chen, &office.max] {
        let refused = show(stranger).await;
        assert!(refused.shown().starts_with("There are no metrics yet."));
    }
    // Whoever presses is looked at again, whatever the id says.
    let id: i64 = sqlx::query_scalar("SELECT id FROM metrics")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    let forged = format!("metric:share:{id}:2025-10::");
    let refused = (office.has(&office.ann).clicks_raw(&manager, &forged)).await;
    insta::assert_snapshot!(refused.shown(), @"A person's figures are shared by that person alone. Ask them to.");
    let shared = || {
        let said = office.bot_said(&office.chen, &office.general);
        said.iter()
            .filter(|one| one.shown().contains("Demos"))
            .count()
    };
    assert_eq!(shared(), 0);
    own.clicks("Share").await.waits_for_follow_up(0).await;
    assert_eq!(shared(), 1);
}

#[tokio::test]
async fn what_was_asked_for_last_is_offered_first() {
    let office = Office::open().await;
    office.has_se_team().await;
    let shown = about(&office, &office.bo, "metric show", "poc-overrun");
    seen(&shown.send().await).await;
    office.settles().await;
    let offered = office
        .has(&office.bo)
        .slash("metric show")
        .types("name", "")
        .await;
    assert_eq!(offered.first().unwrap().name, "PoC overrun");
    let offered = office
        .has(&office.bo)
        .slash("metric show")
        .types("name", "resp")
        .await;
    assert_eq!(offered.first().unwrap().name, "Response hours");
    let offered = office
        .has(&office.bo)
        .slash("metric show")
        .types("name", "responze")
        .await;
    assert_eq!(offered.first().unwrap().name, "Response hours");
}

#[tokio::test]
async fn what_is_no_metric_or_no_period_is_refused() {
    let office = Office::open().await;
    office.has_se_team().await;
    let unknown = about(&office, &office.bo, "metric show", "@everyone")
        .send()
        .await;
    assert!(unknown.is_ephemeral());
    assert!(
        unknown.shown().contains("`/metric list` shows them all."),
        "{}",
        unknown.shown()
    );
    let period = about(&office, &office.bo, "metric show", "poc-overrun")
        .text("period", "2025-10")
        .text("compare", "2025")
        .send()
        .await;
    assert!(period.shown().contains("by month"), "{}", period.shown());
    let unread = about(&office, &office.bo, "metric show", "poc-overrun")
        .text("period", "2025-10")
        .send()
        .await;
    let unread = seen(&unread).await;
    assert!(
        unread.shown().contains("October 2025 has no reading"),
        "{}",
        unread.shown()
    );
}
