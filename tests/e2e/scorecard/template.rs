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
    insta::assert_snapshot!(unknown.shown(), @"There is no such set. There are: `se-team`.");
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

/// North of Ann, and South of Chen.
async fn has_two_teams(office: &Office) {
    office.has_north_of_ann().await;
    let max = office.has(&office.max);
    max.clone()
        .slash("team create")
        .text("name", "South")
        .send()
        .await;
    let manager = max.slash("team manager").text("team", "south");
    manager.user("member", &office.chen).send().await;
}

#[tokio::test]
async fn a_second_team_has_the_same_set_under_keys_of_its_own() {
    let office = Office::open().await;
    has_two_teams(&office).await;
    for (manager, team) in [(&office.ann, "north"), (&office.chen, "south")] {
        let preview = about(&office, manager, "scorecard template", "se-team")
            .text("team", team)
            .send()
            .await;
        assert!(
            preview.shown().contains("**28 new**"),
            "{}",
            preview.shown()
        );
        preview.clicks("Apply").await;
        let again = about(&office, manager, "scorecard template", "se-team")
            .text("team", team)
            .send()
            .await;
        assert!(
            again.shown().contains("28 as in the set"),
            "{}",
            again.shown()
        );
    }
    let shown = about(&office, &office.bo, "metric show", "kudos-coverage-south")
        .send()
        .await;
    assert!(
        shown.shown().contains("Kudos coverage"),
        "{}",
        shown.shown()
    );
    // Of two that are called alike, the offer says whose each is; the one asked for last comes first.
    let offered = office
        .has(&office.bo)
        .slash("metric show")
        .types("name", "kudos cov")
        .await;
    let names: Vec<&str> = offered.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(names, ["Kudos coverage · South", "Kudos coverage · North"]);
}

#[tokio::test]
async fn a_teams_own_set_is_saved_and_adopted_by_another() {
    let office = Office::open().await;
    has_two_teams(&office).await;
    let save = |who| about(&office, who, "scorecard save", "Our Set").text("team", "north");
    let nothing = save(&office.ann).send().await;
    insta::assert_snapshot!(nothing.shown(), @"North has no metrics yet. `/scorecard template` adopts a set, `/metric define` adds one.");
    let form = about(&office, &office.ann, "metric define", "Answer hours")
        .text("perspective", "Customer")
        .text("unit", "hours")
        .text("better", "the less the better")
        .text("cadence", "month")
        .text("team", "north")
        .send()
        .await;
    form.submits(&[
        ("why", "So that nobody waits"),
        ("red", "24"),
        ("green", "8"),
        ("action", "Rotate"),
        ("may-drive", "Fast and wrong"),
    ])
    .await;
    for who in [&office.bo, &office.chen] {
        let refused = save(who).send().await;
        assert!(
            refused.shown().starts_with("Only a team's managers"),
            "{}",
            refused.shown()
        );
    }
    let builtin = about(&office, &office.ann, "scorecard save", "SE team").text("team", "north");
    insta::assert_snapshot!(builtin.send().await.shown(), @"`se-team` is a built-in set and stays as it is. Choose another name.");
    let saved = save(&office.ann).send().await;
    assert!(saved.is_ephemeral());
    insta::assert_snapshot!(saved.shown(), @"
    ✅ `our-set` is saved: 1 metric. `/scorecard template` adopts it for another team; in another server, give it this file.
    [file scorecard-set.toml]
    ");
    let preview = about(&office, &office.chen, "scorecard template", "our-set")
        .text("team", "south")
        .send()
        .await;
    insta::assert_snapshot!(preview.shown(), @"
    `our-set` for South
    **1 new**, 1 of them active.

    **Customer**
    + **Answer hours** (active)
    Amounts of money are in EUR; choose another currency with the option. You will own the new metrics until you name other owners.
    [Apply]
    [Cancel]
    [Forget this set]
    ");
    preview.clicks("Apply").await;
    let shown = about(&office, &office.bo, "metric show", "answer-hours-south")
        .send()
        .await;
    assert!(shown.shown().contains("Rotate"), "{}", shown.shown());
    // Forgotten, it is offered no more, and what came from it stays.
    let preview = about(&office, &office.chen, "scorecard template", "our-set")
        .text("team", "south")
        .send()
        .await;
    let forgotten = preview.clicks("Forget this set").await;
    insta::assert_snapshot!(forgotten.shown(), @"`our-set` is forgotten. The metrics that came from it stay.");
    let gone = about(&office, &office.ann, "scorecard template", "our-set")
        .send()
        .await;
    assert!(
        gone.shown().starts_with("There is no such set"),
        "{}",
        gone.shown()
    );
}

const FILE: &str = "[[metric]]\nkey = \"replies\"\nperspective = \"customer\"\nunit = \"hours\"\n\
                    better = \"lower\"\nred = 24\ngreen = 8\nkind = \"leading\"\ncadence = \"month\"\n";

#[tokio::test]
async fn a_set_comes_as_a_file_from_elsewhere() {
    let office = Office::open().await;
    let bring = |who, bytes: &[u8]| {
        about(&office, who, "scorecard template", "Their Set").file("file", "set.toml", bytes)
    };
    let preview = bring(&office.max, FILE.as_bytes()).send().await;
    assert!(preview.is_ephemeral());
    assert!(
        preview.shown().contains("`their-set` for the whole server"),
        "{}",
        preview.shown()
    );
    assert!(preview.shown().contains("**1 new**"), "{}", preview.shown());
    preview.clicks("Apply").await;
    let shown = about(&office, &office.bo, "metric show", "replies")
        .send()
        .await;
    assert!(shown.shown().contains("Replies"), "{}", shown.shown());
}

#[tokio::test]
async fn a_file_that_is_no_set_or_that_a_member_brings_is_refused() {
    let office = Office::open().await;
    let bring = |who, name: &str, bytes: &[u8]| {
        about(&office, who, "scorecard template", name).file("file", "set.toml", bytes)
    };
    for (name, bytes, refusal) in [
        (
            "theirs",
            &b"nonsense"[..],
            "That file is no set of metrics. Line 1",
        ),
        ("theirs", &b"\xff\xfe"[..], "The file is not UTF-8 text."),
        (
            "theirs",
            &b"metric = []"[..],
            "A set has from 1 to 200 metrics",
        ),
        ("se-team", FILE.as_bytes(), "`se-team` is a built-in set"),
        ("***", FILE.as_bytes(), "A set's name has letters or digits"),
        (
            "theirs",
            &[b'#'; 200_001][..],
            "A template file has at most 200 kB.",
        ),
    ] {
        let refused = bring(&office.max, name, bytes).send().await;
        assert!(refused.is_ephemeral());
        assert!(refused.shown().starts_with(refusal), "{}", refused.shown());
    }
    let member = bring(&office.bo, "theirs", FILE.as_bytes()).send().await;
    assert!(
        member.shown().starts_with("Only a team's managers"),
        "{}",
        member.shown()
    );
}
