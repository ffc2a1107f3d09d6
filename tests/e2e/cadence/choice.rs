//! Several series of one pair: which one is meant, and pages of many.

use chrono::TimeDelta;
use discord_sandbox::driver::{Person, Slash};

use super::week::at;
use crate::office::Office;

impl Office {
    async fn schedules(&self, with: &Person, when: &str, kind: &str) {
        let call = self.has(&self.ann).slash("one-on-one schedule");
        let call = call
            .user("with", with)
            .text("when", when)
            .text("kind", kind);
        call.send().await.clicks("Confirm").await;
        self.settles().await;
    }
}

/// Two one-on-ones and a Review & Plan of Ann and Bo.
async fn open() -> Office {
    let office = Office::open().await;
    at(&office, "2027-03-14T12:00:00Z");
    office
        .schedules(&office.bo, "tue 10:00", "one-on-one")
        .await;
    office
        .schedules(&office.bo, "thu 15:00", "one-on-one")
        .await;
    office
        .schedules(&office.bo, "fri 9am", "review-and-plan")
        .await;
    office
}

fn with_bo(office: &Office, command: &str) -> Slash {
    let call = office.has(&office.ann).slash(command);
    call.user("with", &office.bo)
}

#[tokio::test]
async fn series_is_offered_and_taken_by_row_kind_or_part_of_its_name() {
    let office = open().await;
    let show = || with_bo(&office, "one-on-one show");
    let offered = show().types("series", "").await;
    let mut names: Vec<&str> = offered.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    insta::assert_debug_snapshot!(names, @r#"
    [
        "Review & Plan with Bo, every week on Friday at 09:00",
        "one-on-one with Bo, every week on Thursday at 15:00",
        "one-on-one with Bo, every week on Tuesday at 10:00",
    ]
    "#);
    let thursdays = show().types("series", "thursday").await;
    assert_eq!(thursdays.len(), 1);
    let row = thursdays[0].value.as_str().unwrap();
    for typed in [
        row,
        "Thursday",
        "on thursday at 15:00",
        thursdays[0].name.as_str(),
    ] {
        let shown = show().text("series", typed).send().await.shown();
        assert!(
            shown.contains("One-on-one with **Bo**") && shown.contains("Thursday"),
            "{typed}: {shown}"
        );
    }
    let by_kind = show().text("series", "Review & Plan").send().await.shown();
    assert!(by_kind.contains("Review & Plan with **Bo**"), "{by_kind}");
    let unclear = show().text("series", "one-on-one").send().await;
    assert!(unclear.is_ephemeral());
    insta::assert_snapshot!(unclear.shown(), @"You and **Bo** have several series: one-on-one every week on Thursday at 15:00 and one-on-one every week on Tuesday at 10:00. Say which one with `series`.");
    let none = show().text("series", "saturday").send().await.shown();
    assert!(none.starts_with("That is no running series"), "{none}");
    // The same words mean the same series wherever the option stands.
    for command in ["agenda", "history", "question", "skip", "pause", "resume"] {
        let call = with_bo(&office, &format!("one-on-one {command}"));
        let answer = call.text("series", "thursday").send().await;
        assert!(!answer.failed(), "{command}: {}", answer.shown());
        assert!(
            !answer.shown().contains("several series"),
            "{command}: {}",
            answer.shown()
        );
    }
    let others = office.has(&office.chen).slash("one-on-one show");
    let others = others.user("with", &office.bo);
    assert!(others.types("series", "").await.is_empty());
}

#[tokio::test]
async fn the_past_of_a_series_that_has_ended_can_still_be_chosen() {
    let office = open().await;
    let end = with_bo(&office, "one-on-one end").text("series", "thursday");
    end.send().await.submits(&[("reason", "")]).await;
    let running = with_bo(&office, "one-on-one show");
    assert!(running.types("series", "thursday").await.is_empty());
    let history = || with_bo(&office, "one-on-one history");
    let offered = history().types("series", "thursday").await;
    assert_eq!(offered.len(), 1);
    assert!(offered[0].name.starts_with("ended, "), "{:?}", offered[0]);
    let chosen = history().text("series", "thursday").send().await;
    assert!(!chosen.failed(), "{}", chosen.shown());
    assert!(
        !chosen.shown().contains("no running series"),
        "{}",
        chosen.shown()
    );
}

#[tokio::test]
async fn long_lists_of_series_and_of_promises_page() {
    let office = Office::open().await;
    let names = ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9"];
    for name in names {
        let other = office.acme.member(name);
        office.have_series(&office.ann, &other).await;
    }
    let list = office.has(&office.ann).slash("one-on-one list");
    let first = list.send().await;
    assert!(first.is_ephemeral());
    assert_eq!(first.shown().matches("**P").count(), 8, "{}", first.shown());
    let second = first.clicks("›").await;
    assert_eq!(
        second.shown().matches("**P").count(),
        1,
        "{}",
        second.shown()
    );
    let back = second.clicks("‹").await;
    assert_eq!(back.shown().matches("**P").count(), 8, "{}", back.shown());
    // Whoever turns it sees their own.
    let message = back.message().unwrap();
    let id = super::id_of(&message, "›");
    let other = office.has(&office.chen).clicks_raw(&message, &id).await;
    assert!(!other.shown().contains("**P"), "{}", other.shown());

    for number in 1..=9 {
        let add = office.has(&office.ann).slash("promise add");
        let add = add.text("text", &format!("write chapter {number}"));
        add.text("due", "in 2 weeks").send().await;
        office.time_passes(TimeDelta::minutes(1));
    }
    let first = office.has(&office.ann).slash("promise list").send().await;
    assert!(first.is_ephemeral());
    assert_eq!(
        first.shown().matches("chapter").count(),
        8,
        "{}",
        first.shown()
    );
    let second = first.clicks("›").await;
    assert_eq!(
        second.shown().matches("chapter").count(),
        1,
        "{}",
        second.shown()
    );
    let message = second.message().unwrap();
    let id = super::id_of(&message, "‹");
    let other = office.has(&office.chen).clicks_raw(&message, &id).await;
    assert!(!other.shown().contains("chapter"), "{}", other.shown());
}
