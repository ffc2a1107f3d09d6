//! `/metric import`.

use chrono::TimeDelta;
use discord_sandbox::driver::{Answer, Person};

use super::about;
use crate::office::Office;

/// The columns, and lines below them.
fn table(lines: &[&str]) -> String {
    format!("metric,period,value,note\n{}\n", lines.join("\n"))
}

impl Office {
    /// Somebody sends a file to `/metric import`.
    pub(super) async fn imports(
        &self,
        who: &Person,
        name: &str,
        bytes: impl AsRef<[u8]>,
    ) -> Answer {
        let slash = self.has(who).slash("metric import");
        slash.file("file", name, bytes.as_ref()).send().await
    }

    /// How many readings there are, superseded ones too.
    pub(super) async fn readings(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM readings")
            .fetch_one(self.bot().app.db.read())
            .await
            .unwrap()
    }

    /// How many files wait with their content.
    async fn waiting_files(&self) -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM imports WHERE lines IS NOT NULL")
            .fetch_one(self.bot().app.db.read())
            .await
            .unwrap()
    }
}

pub(super) fn file_of(answer: &Answer) -> Vec<u8> {
    let message = answer.message().expect("an answer");
    let files = message.files();
    assert_eq!(files.len(), 1, "{}", answer.shown());
    files.first().unwrap().2.to_vec()
}

#[tokio::test]
async fn a_file_is_shown_first_and_then_recorded_as_a_whole() {
    let office = Office::open().await;
    office.has_se_team().await;
    office.recorded("response-hours", "2025-W40", "30 h").await;
    office.recorded("poc-overrun", "2025-09", "7/9").await;
    let file = table(&[
        "response-hours,2025-W40,7.5,a *quiet* week",
        "Response hours,2025-W41,8 h,",
        "poc-overrun,2025-09,7/9,",
        "poc-overrun,2025-10,20%,",
    ]);
    let preview = office.imports(&office.max, "q4.csv", &file).await;
    assert!(preview.is_ephemeral());
    insta::assert_snapshot!(preview.shown(), @"
    Readings of your file
    **2 new, 1 corrected, 1 unchanged**. Nothing is saved yet.

    **PoC overrun**: 1 new, 1 unchanged
    **Response hours**: 1 new, 1 corrected
    • week 40 of 2025 (29 Sep – 5 Oct): 30 h → **7.5 h**
    All of it is recorded, or nothing. I keep it for an hour; send the file again after that.
    [Confirm]
    [Cancel]
    ");
    assert_eq!(office.readings().await, 2);
    let done = preview.clicks("Confirm").await;
    assert!(done.is_ephemeral());
    insta::assert_snapshot!(preview.shown(), @"
    ✅ Recorded: **2 new, 1 corrected, 1 unchanged**.

    **PoC overrun**: 1 new, 1 unchanged
    **Response hours**: 1 new, 1 corrected
    • week 40 of 2025 (29 Sep – 5 Oct): 30 h → **7.5 h**
    ");
    assert_eq!(office.readings().await, 5);
    assert_eq!(office.waiting_files().await, 0);
    let history = about(&office, &office.max, "metric history", "response-hours");
    let shown = history.send().await.shown();
    assert!(shown.contains("a \\*quiet\\* week"), "{shown}");
    let audit = office.has(&office.max).slash("audit").send().await.shown();
    assert!(audit.contains("recorded 3 readings from a file"), "{audit}");
    let again = office.imports(&office.max, "q4.csv", &file).await;
    insta::assert_snapshot!(again.shown(), @"Nothing to import: all 4 readings of your file are there already, unchanged.");
}

#[tokio::test]
async fn a_cancelled_file_is_let_go_of() {
    let office = Office::open().await;
    office.has_se_team().await;
    let file = table(&["poc-overrun,2025-10,20%,"]);
    let preview = office.imports(&office.max, "a.csv", &file).await;
    assert_eq!(office.waiting_files().await, 1);
    preview.clicks("Cancel").await;
    assert_eq!(
        preview.shown(),
        "Nothing was recorded, and I have let go of the file."
    );
    assert_eq!(
        (office.readings().await, office.waiting_files().await),
        (0, 0)
    );
}

#[tokio::test]
async fn a_file_that_is_wrong_is_refused_as_a_whole_with_all_its_mistakes() {
    let office = Office::open().await;
    office.has_se_team().await;
    let file = table(&[
        "poc,2025-10,20%,",
        "poc-overrun,2025-10,20%,",
        "poc-overrun,2025-10,21%,",
        "kudos-coverage,2025-10,80%,",
        "response-hours,2099-W01,3,",
        "response-hours,2025-10,\"1,250\",",
        "<@1> **nothing**,soon,@everyone,",
    ]);
    let refused = office.imports(&office.max, "a.csv", &file).await;
    assert!(refused.is_ephemeral());
    let shown = refused.shown();
    let (before, after) = shown
        .split_once("The latest that can be recorded is ")
        .unwrap();
    let after = after.split_once('\n').unwrap().1;
    insta::assert_snapshot!(format!("{before}…\n{after}"), @r"
    **Nothing was recorded.** Your file has 8 mistakes; mend it and send it again.
    • Line 2, metric “poc”: I know no such metric. Write “poc-criteria-written”, “poc-overrun” or “revenue-per-poc” if you mean one of them.
    • Line 4, period “2025-10”: Line 3 has the same metric and period. Keep one of the two.
    • Line 5, metric “kudos-coverage”: I measure “kudos-coverage” myself. Take its lines out.
    • Line 6, period “2099-W01”: week 1 of 2099 (29 Dec – 4 Jan) has not begun. …
    • Line 7, period “2025-10”: This metric is measured by week, and October 2025 holds several of them. Name one, such as “2025-W43”.
    • Line 7, value “1,250”: “1,250” could mean 1,250 or 1.25. Type “1250” or “1.25”.
    • Line 8, metric “\<\@1> \*\*nothing\*\*”: I know no such metric. Write its key, as the list of metrics shows it.
    • Line 8, period “soon”: I read no period in “soon”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.
    ");
    assert_eq!(
        (office.readings().await, office.waiting_files().await),
        (0, 0)
    );
}

#[tokio::test]
async fn many_mistakes_come_as_a_file() {
    let office = Office::open().await;
    office.has_se_team().await;
    let lines: Vec<String> = (0..500).map(|n| format!("wrong-{n},soon,x,")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let refused = office.imports(&office.max, "a.csv", table(&lines)).await;
    let shown = refused.shown();
    assert!(
        shown.starts_with("**Nothing was recorded.** Your file has 1000 mistakes"),
        "{shown}"
    );
    let all = String::from_utf8(file_of(&refused)).unwrap();
    assert_eq!(all.lines().count(), 1_000);
    assert!(all.starts_with("Line 2, metric “wrong-0”: "), "{all}");
}

#[tokio::test]
async fn what_is_no_file_of_readings_is_refused_with_what_to_send() {
    let office = Office::open().await;
    office.has_se_team().await;
    let large = vec![b'a'; 8 * 1024 * 1024 + 1];
    let many = table(&["poc-overrun,2025-10,1%,"; 10_001]);
    let mut said = Vec::new();
    for (name, bytes) in [
        ("readings.xlsx", &b"PK"[..]),
        ("large.csv", &large),
        ("empty.csv", b""),
        (
            "latin.csv",
            b"metric,period,value\npoc-overrun,2025-10,20 \xe9\n",
        ),
        ("bare.csv", b"poc-overrun,2025-10,20%\n"),
        ("many.csv", many.as_bytes()),
        ("a.json", b"{\"readings\": ["),
        ("a.json", b"metric,period,value\n"),
    ] {
        let answer = office.imports(&office.max, name, bytes).await;
        assert!(answer.is_ephemeral());
        said.push(format!("{name}: {}", answer.shown()));
    }
    insta::assert_snapshot!(said.join("\n"), @"
    readings.xlsx: I read CSV and JSON files. In a spreadsheet, save the sheet as “CSV UTF-8” and send that.
    large.csv: The file is larger than 8 MiB. Split it, and send one part after the other.
    empty.csv: The file is empty. Its first line names the columns: metric,period,value,note.
    latin.csv: The file is not UTF-8 text (line 2 shows it). In a spreadsheet, save the sheet as “CSV UTF-8”.
    bare.csv: The first line names the columns, such as metric,period,value,note; I found no metric, period, value in “poc-overrun,2025-10,20%”. Add that line.
    many.csv: The file has 10001 readings, and I take 10000 at once. Split it.
    a.json: Line 1, column 14 is not valid JSON: EOF while parsing a list.
    a.json: Line 1, column 1 is not valid JSON: expected value.
    ");
    assert_eq!(office.waiting_files().await, 0);
}

#[tokio::test]
async fn one_metric_that_is_not_theirs_keeps_all_of_a_file_out() {
    let office = Office::open().await;
    office.has_se_team().await;
    office.has_north_of_ann().await;
    office.has_personal_metric(&office.bo).await;
    let own = "demos,2025-10,3,";
    let refused = office
        .imports(
            &office.bo,
            "a.csv",
            table(&[own, "poc-overrun,2025-10,20%,"]),
        )
        .await;
    insta::assert_snapshot!(refused.shown(), @"
    **Nothing was recorded.** Your file has one mistake; mend it and send it again.
    • Line 3, metric “poc-overrun”: You do not record “poc-overrun”: its owner, its team's managers and admins do.
    ");
    let taken = office.imports(&office.bo, "a.csv", table(&[own])).await;
    assert!(taken.shown().contains("1 new"), "{}", taken.shown());
    // Their manager may, and nobody else learns that there is such a metric.
    let manager = office.imports(&office.ann, "a.csv", table(&[own])).await;
    assert!(
        manager.shown().contains("**Demos** of Bo: 1 new"),
        "{}",
        manager.shown()
    );
    let stranger = office.imports(&office.chen, "a.csv", table(&[own])).await;
    insta::assert_snapshot!(stranger.shown(), @"
    **Nothing was recorded.** Your file has one mistake; mend it and send it again.
    • Line 2, metric “demos”: I know no such metric. Write its key, as the list of metrics shows it.
    ");
    assert_eq!(office.readings().await, 0);
}

#[tokio::test]
async fn an_admin_records_somebody_s_figures_and_is_told_nothing_of_them() {
    let office = Office::open().await;
    office.has_north_of_ann().await;
    office.has_personal_metric(&office.bo).await;
    let say = async |value: &str| {
        let file = table(&[&format!("demos,2025-10,{value},")]);
        let preview = office.imports(&office.max, "a.csv", file).await;
        let before = preview.shown();
        preview.clicks("Confirm").await;
        (before, preview.shown())
    };
    let first = say("3").await;
    assert_eq!(first, say("4").await);
    assert_eq!(first, say("4").await);
    insta::assert_snapshot!(first.1, @"
    ✅ Recorded: **1 of people's own figures**.

    **Demos** of Bo: 1 of people's own figures
    ");
    assert_eq!(office.readings().await, 2);
    let exported = office.has(&office.max).slash("metric export");
    let exported = exported.text("format", "csv").send().await;
    insta::assert_snapshot!(exported.shown(), @"There are no metrics yet. `/scorecard template` adopts a set, `/metric define` adds one.");
}

#[tokio::test]
async fn what_changed_meanwhile_is_shown_again_before_it_is_recorded() {
    let office = Office::open().await;
    office.has_se_team().await;
    let file = table(&["poc-overrun,2025-10,20%,"]);
    let preview = office.imports(&office.max, "a.csv", &file).await;
    office.recorded("poc-overrun", "2025-10", "30%").await;
    preview.clicks("Confirm").await;
    insta::assert_snapshot!(preview.shown(), @"
    Readings of your file
    **Something changed meanwhile**, so nothing was recorded yet. This is what the file would do now:

    **1 corrected**. Nothing is saved yet.

    **PoC overrun**: 1 corrected
    • October 2025: 30 % → **20 %**
    All of it is recorded, or nothing. I keep it for an hour; send the file again after that.
    [Confirm]
    [Cancel]
    ");
    assert_eq!(office.readings().await, 1);
    preview.clicks("Confirm").await;
    assert!(
        preview.shown().contains("1 corrected"),
        "{}",
        preview.shown()
    );
    assert_eq!(office.readings().await, 2);
}

#[tokio::test]
async fn what_may_no_longer_be_recorded_is_refused_at_the_answer() {
    let office = Office::open().await;
    office.has_se_team().await;
    let file = table(&["poc-overrun,2025-10,20%,"]);
    let preview = office.imports(&office.max, "a.csv", &file).await;
    let retire = about(&office, &office.max, "metric retire", "poc-overrun");
    retire.send().await.clicks("Retire it").await;
    let refused = preview.clicks("Confirm").await;
    insta::assert_snapshot!(refused.shown(), @"
    **Nothing was recorded.** Your file has one mistake; mend it and send it again.
    • Line 2, metric “poc-overrun”: “poc-overrun” was retired and takes no readings. Take its lines out.
    ");
    assert_eq!(office.readings().await, 0);
}

#[tokio::test]
async fn a_file_is_recorded_once_however_often_it_is_confirmed() {
    let office = Office::open().await;
    office.has_se_team().await;
    let file = table(&["poc-overrun,2025-10,20%,"]);
    let preview = office.imports(&office.max, "a.csv", &file).await;
    let message = preview.message().expect("a preview");
    let id = message.buttons()[0].custom_id.clone().expect("a button");
    let press = async || office.has(&office.max).clicks_raw(&message, &id).await;
    let (one, other) = tokio::join!(press(), press());
    let said = [one.shown(), other.shown(), press().await.shown()];
    assert_eq!(office.readings().await, 1, "{said:?}");
    assert!(
        said[2].contains("That file is recorded already: 1 reading."),
        "{said:?}"
    );
}

#[tokio::test]
async fn a_file_outlives_a_restart_and_waits_for_an_hour() {
    let mut office = Office::open().await;
    office.has_se_team().await;
    let file = table(&["poc-overrun,2025-10,20%,"]);
    let preview = office.imports(&office.max, "a.csv", &file).await;
    office.stops_bot().await;
    office.starts_bot().await;
    preview.clicks("Confirm").await;
    assert!(preview.shown().contains("Recorded"), "{}", preview.shown());
    let other = table(&["poc-overrun,2025-11,20%,"]);
    let late = office.imports(&office.max, "a.csv", &other).await;
    office.time_passes(TimeDelta::minutes(61));
    let refused = late.clicks("Confirm").await;
    insta::assert_snapshot!(refused.shown(), @"That file is no longer waiting: it waits for an hour, and a newer one takes its place. Nothing was recorded by this; send it again with `/metric import`.");
    assert_eq!(office.readings().await, 1);
}

#[tokio::test]
async fn a_file_that_waits_is_its_sender_s_and_goes_after_its_time_or_with_whom_it_names() {
    let office = Office::open().await;
    office.has_se_team().await;
    let bo = office.bo.id().get();
    let file = table(&[&format!("poc-overrun,2025-10,20%,thanks to <@{bo}>")]);
    let sends = async || {
        office.imports(&office.max, "a.csv", &file).await;
        assert_eq!(office.waiting_files().await, 1);
    };
    sends().await;
    let own = office.has(&office.max).slash("privacy export").send().await;
    let own: serde_json::Value = serde_json::from_slice(&file_of(&own)).unwrap();
    assert!(own.to_string().contains("\"file_sent\":[{"), "{own}");
    // Bo is known by then, and has gone from the file with what is erased.
    let zone = office.has(&office.bo).slash("my").text("timezone", "UTC");
    zone.send().await;
    let erase = office.has(&office.bo).slash("privacy erase").send().await;
    erase.clicks("Erase my data").await;
    assert_eq!(office.waiting_files().await, 0);
    sends().await;
    office.clock.push(TimeDelta::minutes(61));
    let app = &office.bot().app;
    bellwether::privacy::expire(app, bellwether::registry::CLAIMS, app.now())
        .await
        .unwrap();
    assert_eq!(office.waiting_files().await, 0);
}

#[tokio::test]
async fn nobody_else_s_button_confirms_or_cancels_a_file() {
    let office = Office::open().await;
    office.has_se_team().await;
    let file = table(&["poc-overrun,2025-10,20%,"]);
    let preview = office.imports(&office.max, "a.csv", &file).await;
    // Only Max sees the message; somebody could still forge its button.
    let message = preview.message().expect("a preview");
    for button in message.buttons() {
        let id = button.custom_id.clone().expect("a button");
        let forged = office.has(&office.bo).clicks_raw(&message, &id).await;
        assert!(
            forged.shown().contains("somebody else") || forged.shown().contains("no longer"),
            "{}",
            forged.shown()
        );
    }
    assert_eq!(
        (office.readings().await, office.waiting_files().await),
        (0, 1)
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_fetched_is_asked_for_again() {
    let office = Office::open().await;
    office.has_se_team().await;
    let file = table(&["poc-overrun,2025-10,20%,"]);
    let faults = office.discord.faults();
    let mut said = Vec::new();
    for number in 0..3 {
        let fault = faults.on("GET", "/attachments/**");
        match number {
            0 => fault.refuse(404, 0, "Not Found"),
            1 => fault.server_error(503),
            _ => fault.lose_request(),
        }
        said.push(office.imports(&office.max, "a.csv", &file).await.shown());
    }
    insta::assert_snapshot!(said.join("\n"), @"
    I could not fetch your file from Discord. Please send it again in a moment.
    I could not fetch your file from Discord. Please send it again in a moment.
    I could not fetch your file from Discord. Please send it again in a moment.
    ");
    let taken = office.imports(&office.max, "a.csv", &file).await;
    assert!(taken.shown().contains("1 new"), "{}", taken.shown());
}
