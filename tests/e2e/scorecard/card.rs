//! `/scorecard show`.

use super::seen;
use crate::office::Office;

#[tokio::test]
async fn the_card_says_each_perspective_with_its_confidence() {
    let office = Office::open().await;
    let none = office.has(&office.bo).slash("scorecard show").send().await;
    assert!(none.shown().contains("no metrics yet"), "{}", none.shown());
    office.has_se_team().await;
    office
        .recorded("engagement-satisfaction", "2025-12", "4.6")
        .await;
    office
        .recorded("technical-business-gap", "2025-Q3", "25")
        .await;
    office
        .recorded("technical-business-gap", "2025-Q4", "31")
        .await;
    office.recorded("business-win", "2025-Q4", "30%").await;
    office.recorded("quota-supported", "2025-Q4", "110%").await;
    let call = office
        .has(&office.bo)
        .slash("scorecard show")
        .text("period", "Q4 2025");
    let card = call.send().await;
    let own = seen(&card).await;
    assert!(own.is_ephemeral());
    insta::assert_snapshot!(own.shown(), @"
    Scorecard of the whole server · Q4 2025
    **no score** from 3 of 12 (a score needs 60 % of the weight)

    **Learning and Development** · **no score** from 0 of 3 (a score needs 60 % of the weight)
    ○ grey Kudos coverage: no reading (≥ 80 %)
    ○ grey One-on-one adherence: no reading (≥ 90 %)
    ○ grey Value proposition pulse: no reading (≥ 4)

    **Internal Processes** · **no score** from 0 of 3 (a score needs 60 % of the weight)
    ○ grey Discovery before demo: no reading (≥ 90 %)
    ○ grey PoC overrun: no reading (≤ 15 %)
    ○ grey Response hours: no reading (≤ 8 h)

    **Customer** · ◆ amber **5.2** from 2 of 3
    ○ grey Business win: **30 %**
    ● green Engagement satisfaction: **4.6** (≥ 4.5)
    ▼ red Technical business gap: **31 points** (≤ 15 points), +6 points, worse

    **Finance** · **no score** from 1 of 3 (a score needs 60 % of the weight)
    ○ grey Forecast error: no reading (≤ 10 %)
    ● green Quota supported: **110 %** (≥ 100 %)
    ○ grey Revenue per engineer: no reading
    Scores go from 0 to 10. /metric show opens one metric.
    [file scorecard.png]
    [Share]
    ");
    let shared = card.clicks("Share").await.waits_for_follow_up(0).await;
    let text = shared.shown();
    assert!(
        text.contains("Shared by **Bo**") && text.contains("Q4 2025"),
        "{text}"
    );
    assert!(
        !text.contains("[Share]") && shared.pinged().is_empty(),
        "{text}"
    );
    assert_eq!(office.bot_said(&office.chen, &office.general).len(), 1);
    let [(name, Some(alt), png)] = own.files()[..] else {
        panic!("one picture with its words: {:?}", own.shown());
    };
    assert!(name == "scorecard.png" && png.starts_with(b"\x89PNG"));
    assert!(
        alt.starts_with("Scorecard The whole server, Q4 2025. Score: no score, from 3 of 12."),
        "{alt}"
    );
    assert!(
        alt.contains("Technical business gap: red, 31 points, +6 points worse."),
        "{alt}"
    );
    assert_eq!(shared.files(), own.files());
    let call = office.has(&office.bo).slash("scorecard show");
    let finance = call.text("perspective", "Finance").send().await;
    let finance = seen(&finance).await;
    let finance = finance.shown();
    assert!(
        finance.contains("**Finance**") && !finance.contains("**Customer**"),
        "{finance}"
    );
}

#[tokio::test]
async fn a_card_of_no_team_or_of_what_has_not_begun_is_refused() {
    let office = Office::open().await;
    office.has_se_team().await;
    office.has_north_of_ann().await;
    let call = || office.has(&office.bo).slash("scorecard show");
    let north = call().text("team", "north").send().await;
    insta::assert_snapshot!(north.shown(), @"North has no metrics yet. `/scorecard template` adopts a set, `/metric define` adds one.");
    let nowhere = call().text("team", "nowhere").send().await;
    assert!(
        nowhere.is_ephemeral() && nowhere.shown().contains("nowhere"),
        "{}",
        nowhere.shown()
    );
    let future = call().text("period", "2099-Q1").send().await;
    insta::assert_snapshot!(future.shown(), @"Q1 2099 has not begun. Leave `period` out for the latest.");
}
