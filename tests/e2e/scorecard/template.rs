//! `/scorecard template`.

use super::about;
use crate::office::Office;

#[tokio::test]
async fn a_set_is_previewed_applied_and_not_applied_twice() {
    let office = Office::open().await;
    let call = || about(&office, &office.max, "scorecard template", "SE-Team");
    let preview = call().send().await;
    assert!(preview.is_ephemeral());
    let shown = preview.shown();
    for words in [
        "**28 new**, 12 of them active.",
        "**Learning and Development**\n+ **Kudos coverage** (active)",
        "+ Ramp days",
        "Amounts of money are in EUR",
        "[Apply]",
    ] {
        assert!(shown.contains(words), "{words} in:\n{shown}");
    }
    let left = call().send().await.clicks("Cancel").await;
    assert_eq!(left.shown(), "Nothing was changed.");
    let applied = preview.clicks("Apply").await;
    insta::assert_snapshot!(applied.shown(), @"✅ `se-team` is yours now: 28 metrics. `/metric list` shows them, `/metric record` takes the first readings.");
    let again = call().send().await;
    let shown = again.shown();
    assert!(
        shown.contains("**Nothing to add.** You have all of it: 28 as in the set"),
        "{shown}"
    );
    assert!(!shown.contains("[Apply]"), "{shown}");
    let told = office.has(&office.max).slash("audit").send().await;
    assert!(
        told.shown().contains("adopted the set se-team: 28 metrics"),
        "{}",
        told.shown()
    );
}

#[tokio::test]
async fn two_who_apply_the_same_set_have_it_once() {
    let office = Office::open().await;
    let one = about(&office, &office.max, "scorecard template", "se-team")
        .send()
        .await;
    let other = about(&office, &office.max, "scorecard template", "se-team")
        .send()
        .await;
    one.clicks("Apply").await;
    let second = other.clicks("Apply").await;
    insta::assert_snapshot!(second.shown(), @"`se-team` was there already; nothing was changed.");
}

#[tokio::test]
async fn a_member_cannot_adopt_a_set_and_a_manager_only_for_the_team() {
    let office = Office::open().await;
    office.has_north_of_ann().await;
    let refused = about(&office, &office.bo, "scorecard template", "se-team")
        .send()
        .await;
    assert!(refused.is_ephemeral());
    insta::assert_snapshot!(refused.shown(), @"Only a team's managers and admins define metrics and set targets; what is the whole server's is for admins. Ask one of them.");
    let refused = about(&office, &office.ann, "scorecard template", "se-team")
        .send()
        .await;
    assert!(
        refused.shown().contains("for admins"),
        "{}",
        refused.shown()
    );
    let preview = about(&office, &office.ann, "scorecard template", "se-team")
        .text("team", "north")
        .send()
        .await;
    assert!(
        preview.shown().contains("`se-team` for North"),
        "{}",
        preview.shown()
    );
}

#[tokio::test]
async fn what_is_no_set_and_no_currency_is_refused() {
    let office = Office::open().await;
    let unknown = about(&office, &office.max, "scorecard template", "sales")
        .send()
        .await;
    insta::assert_snapshot!(unknown.shown(), @"There is no such set. Built in: `se-team`.");
    let currency = about(&office, &office.max, "scorecard template", "se-team")
        .text("currency", "€")
        .send()
        .await;
    insta::assert_snapshot!(currency.shown(), @"A currency is named by its three letters. Type one such as “EUR”.");
    let team = about(&office, &office.max, "scorecard template", "se-team")
        .text("team", "nowhere")
        .send()
        .await;
    assert!(
        team.is_ephemeral() && team.shown().contains("team"),
        "{}",
        team.shown()
    );
}
