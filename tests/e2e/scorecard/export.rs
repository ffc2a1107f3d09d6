//! `/metric export`.

use discord_sandbox::driver::Person;

use super::about;
use super::import::file_of;
use crate::office::Office;

impl Office {
    /// The file that `/metric export` gives.
    async fn exports(&self, who: &Person, format: &str) -> Vec<u8> {
        let slash = self.has(who).slash("metric export");
        let answer = slash.text("format", format).send().await;
        assert!(answer.is_ephemeral());
        file_of(&answer)
    }
}

#[tokio::test]
async fn what_was_exported_is_imported_as_all_unchanged() {
    let office = Office::open().await;
    office.has_se_team().await;
    for (name, period, value, note) in [
        ("response-hours", "2025-W40", "30 h", "=HYPERLINK(\"x\")"),
        (
            "response-hours",
            "2025-W41",
            "7.5",
            "+49; \"quoted\", 'late'",
        ),
        ("poc-overrun", "2025-10", "7/9", "-"),
        ("revenue-per-poc", "2025-Q3", "€1,234.567", "ümlaut 🏆"),
    ] {
        let slash = about(&office, &office.max, "metric record", name);
        let slash = slash.text("period", period).text("value", value);
        let answer = slash.text("note", note).send().await;
        assert!(
            answer.shown().contains("I understood"),
            "{}",
            answer.shown()
        );
    }
    for format in ["csv", "json"] {
        let file = office.exports(&office.max, format).await;
        let name = format!("back.{format}");
        let again = office.imports(&office.max, &name, &file).await;
        assert_eq!(
            again.shown(),
            "Nothing to import: all 4 readings of your file are there already, unchanged.",
            "{}",
            String::from_utf8_lossy(&file)
        );
        // Whoever may look has the same file, and it is no reason to refuse it either.
        assert_eq!(office.exports(&office.bo, format).await.len(), file.len());
        let again = office.imports(&office.bo, &name, &file).await;
        assert!(again.shown().contains("unchanged"), "{}", again.shown());
    }
    let file = String::from_utf8(office.exports(&office.max, "csv").await).unwrap();
    let without_times: Vec<&str> = (file.lines())
        .map(|line| line.rsplit_once(',').unwrap().0)
        .collect();
    insta::assert_snapshot!(without_times.join("\n"), @r#"
    ﻿metric,period,value,note,number,numerator,denominator,unit,name,of
    poc-overrun,2025-10,7 of 9,'-,77.777778,7,9,%,PoC overrun,
    response-hours,2025-W40,30,"'=HYPERLINK(""x"")",30,,,hours,Response hours,
    response-hours,2025-W41,7.5,"'+49; ""quoted"", 'late'",7.5,,,hours,Response hours,
    revenue-per-poc,2025-Q3,1234.5670,ümlaut 🏆,1234.567,,,EUR,Revenue per PoC,
    "#);
}

#[tokio::test]
async fn an_export_holds_what_its_reader_may_see_and_asked_for() {
    let office = Office::open().await;
    office.has_se_team().await;
    office.has_north_of_ann().await;
    office.has_personal_metric(&office.bo).await;
    office.recorded("demos", "2025-10", "7").await;
    office.recorded("poc-overrun", "2025-09", "20%").await;
    office.recorded("poc-overrun", "2025-11", "25%").await;
    for (who, sees) in [
        (&office.bo, true),
        (&office.ann, true),
        (&office.chen, false),
        (&office.max, false),
    ] {
        for format in ["csv", "json"] {
            let file = String::from_utf8(office.exports(who, format).await).unwrap();
            assert_eq!(file.contains("demos"), sees, "{}: {file}", who.name());
            assert!(file.contains("poc-overrun"), "{file}");
        }
    }
    let some = office.has(&office.bo).slash("metric export");
    let some = some.text("format", "csv").text("name", "poc overrun");
    let some = some.text("period", "Q4 2025").send().await;
    let (said, file) = (some.shown(), file_of(&some));
    let said = said.split_once("[file ").unwrap().0;
    insta::assert_snapshot!(said, @"
    1 reading of 1 metric, all that you may see of what you asked for. Nobody else can see this message; `/metric import` takes the file back in.
    ");
    let file = String::from_utf8(file).unwrap();
    assert_eq!(file.lines().count(), 2, "{file}");
    let none = office.has(&office.bo).slash("metric export");
    let none = none
        .text("format", "json")
        .text("team", "north")
        .send()
        .await;
    insta::assert_snapshot!(none.shown(), @"There are no readings in that. `/metric list` shows what there is, `/metric record` takes the first ones.");
    let hidden = office.has(&office.chen).slash("metric export");
    let hidden = hidden
        .text("format", "csv")
        .text("name", "demos")
        .send()
        .await;
    assert!(
        hidden.shown().contains("I know no metric"),
        "{}",
        hidden.shown()
    );
}
