//! `compare` of `/metric show` and `/scorecard show`: with another period, or with another team.

use discord_sandbox::driver::Slash;

use super::{about, seen};
use crate::office::Office;

fn north(office: &Office) -> Slash {
    about(office, &office.bo, "metric show", "demos-north").text("period", "2025-10")
}

fn card(office: &Office, team: &str) -> Slash {
    let card = office.has(&office.bo).slash("scorecard show");
    card.text("team", team).text("period", "2025-10")
}

#[tokio::test]
async fn a_team_s_figure_is_compared_with_another_team_s_in_the_same_period() {
    let office = Office::open().await;
    office.has_twins().await;
    let answer = north(&office).text("compare", "south").send().await;
    let own = seen(&answer).await;
    let shown = own.shown();
    assert!(
        shown
            .contains("Compared: ◆ amber 4 of South in October 2025; the difference is +3, better"),
        "{shown}"
    );
    let alt = own.files()[0].1.unwrap().to_owned();
    assert!(alt.contains("Compared with South."), "{alt}");
    let shared = answer.clicks("Share").await.waits_for_follow_up(0).await;
    assert!(shared.shown().contains("of South"), "{}", shared.shown());
    assert_eq!(shared.files(), own.files());
}

#[tokio::test]
async fn what_is_neither_period_nor_team_and_what_a_team_does_not_measure_is_refused() {
    let office = Office::open().await;
    office.has_twins().await;
    let create = office.has(&office.max).slash("team create");
    create.text("name", "Southern Cross").send().await;
    let refused = async |compare: &str| {
        let answer = north(&office).text("compare", compare).send().await;
        assert!(answer.is_ephemeral());
        answer.shown()
    };
    insta::assert_snapshot!(refused("**").await, @r"“\*\*” is neither a period, such as “2026-Q3”, nor a team here. Compare with one of them.");
    insta::assert_snapshot!(refused("north").await, @"That would compare the same with itself. Name another period, or another team.");
    insta::assert_snapshot!(refused("southern").await, @"Southern Cross does not measure Demos. Compare with a team that does, or with a period.");
    insta::assert_snapshot!(refused("2025-Q3").await, @"This metric is measured by month, and Q3 2025 holds several of them. Name one, such as “2025-09”.");
    let unclear = refused("sout").await;
    assert!(
        unclear.contains("South") && unclear.contains("Southern Cross"),
        "{unclear}"
    );
    let itself = card(&office, "north")
        .text("compare", "2025-10")
        .send()
        .await;
    assert!(
        itself.shown().contains("the same with itself"),
        "{}",
        itself.shown()
    );
    let bare = card(&office, "north").text("compare", "cross").send().await;
    assert!(
        bare.shown().contains("Southern Cross has no metrics yet."),
        "{}",
        bare.shown()
    );
    let future = card(&office, "north").text("compare", "2099").send().await;
    assert!(
        future.shown().contains("2099 has not begun"),
        "{}",
        future.shown()
    );
}

#[tokio::test]
async fn two_periods_and_two_teams_stand_side_by_side_on_a_card() {
    let office = Office::open().await;
    office.has_twins().await;
    let periods = card(&office, "north")
        .text("compare", "2025-09")
        .send()
        .await;
    let own = seen(&periods).await;
    let shown = own.shown();
    assert!(
        shown.contains("Compared with **September 2025**: ▼ red"),
        "{shown}"
    );
    assert!(
        shown.contains("● green Demos: **7** against ▼ red 2, +5, better"),
        "{shown}"
    );
    let alt = own.files()[0].1.unwrap().to_owned();
    assert!(
        alt.contains("October 2025 against September 2025")
            && alt.contains("Demos: green, 7, against red 2, +5 better."),
        "{alt}"
    );
    let teams = card(&office, "north").text("compare", "south").send().await;
    let own = seen(&teams).await;
    let shown = own.shown();
    assert!(
        shown.contains("● green Demos: **7** against ◆ amber 4, +3, better"),
        "{shown}"
    );
    let shared = teams.clicks("Share").await.waits_for_follow_up(0).await;
    assert!(
        shared.shown().contains("Compared with **South**"),
        "{}",
        shared.shown()
    );
    assert_eq!(shared.files(), own.files());
}

#[tokio::test]
async fn periods_and_teams_are_offered_to_compare_with() {
    let office = Office::open().await;
    office.has_twins().await;
    let offered = async |typed: &str| {
        let show = office.has(&office.bo).slash("metric show");
        let offered = show.types("compare", typed).await;
        let names = offered.iter().map(|choice| choice.name.clone());
        names.collect::<Vec<_>>()
    };
    let all = offered("").await;
    assert!(all[0].starts_with("This week"), "{all:?}");
    assert!(
        all.contains(&"South".to_owned()) && all.len() == 25,
        "{all:?}"
    );
    assert_eq!(offered("sou").await, ["South"]);
    assert!(offered("2025-q3").await.contains(&"Q3 2025".to_owned()));
}
