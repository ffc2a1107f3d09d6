//! What is flagged in a preview before anything is saved.

use super::plain;
use super::week::at;
use crate::office::Office;

#[tokio::test]
async fn absences_quiet_hours_and_changes_of_the_clocks_are_flagged_before_anything_is_saved() {
    let office = Office::open().await;
    at(&office, "2027-03-14T12:00:00Z");
    let ann = office.has(&office.ann);
    let my = ann.clone().slash("my").text("timezone", "berlin");
    my.text("away", "20 apr - 23 apr").send().await;
    let bo = office.has(&office.bo).slash("my");
    let bo = bo.text("timezone", "new york");
    let bo = bo.text("quiet-hours", "10pm to 4:30am");
    bo.text("away", "22 mar - 25 mar").send().await;
    let call = ann.clone().slash("one-on-one schedule");
    let call = call.user("with", &office.bo).text("when", "tue 10:00");
    let preview = call.send().await;
    assert!(preview.is_ephemeral());
    insta::assert_snapshot!(plain(&preview.shown()), @"
    One-on-one with Bo
    Every week on Tuesday at 10:00 (Europe/Berlin), 30 minutes.

    • (then) · Tue 16 Mar, 10:00 you · 05:00 Bo
    • (then) · Tue 23 Mar, 10:00 you · 05:00 Bo
      🌴 Bo is away
    • (then) · Tue 30 Mar, 10:00 you · 04:00 Bo
      🕰️ your clocks go forward 1 h before it
      🌙 in the quiet hours of Bo
    • (then) · Tue 6 Apr, 10:00 you · 04:00 Bo
      🌙 in the quiet hours of Bo
    • (then) · Tue 13 Apr, 10:00 you · 04:00 Bo
      🌙 in the quiet hours of Bo
    • (then) · Tue 20 Apr, 10:00 you · 04:00 Bo
      🌴 you are away
      🌙 in the quiet hours of Bo
    • (then) · Tue 27 Apr, 10:00 you · 04:00 Bo
      🌙 in the quiet hours of Bo
    • (then) · Tue 4 May, 10:00 you · 04:00 Bo
      🌙 in the quiet hours of Bo

    You are in Europe/Berlin, Bo in America/New_York.
    Nothing is saved yet. Confirm tells Bo of it.
    [Confirm]
    [Cancel]
    ");
    office.settles().await;
    assert!(office.has(&office.bo).dms().is_empty());
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM series")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn what_lies_behind_is_refused_as_such() {
    let office = Office::open().await;
    at(&office, "2027-03-14T12:00:00Z");
    for (command, when) in [
        ("one-on-one schedule", "yesterday 10:00"),
        ("one-on-one schedule", "2027-03-01 10:00"),
    ] {
        let call = office.has(&office.ann).slash(command);
        let call = call.user("with", &office.bo).text("when", when);
        let refused = call.send().await;
        assert!(refused.is_ephemeral());
        assert_eq!(
            refused.shown(),
            format!(
                "“{when}” is over. Name a time that is still ahead, for example “tomorrow 9am”."
            )
        );
    }
}
