//! `/one-on-one health`.

use discord_sandbox::driver::{Person, Slash};

use super::plain;
use crate::office::Office;

fn health(office: &Office, asker: &Person) -> Slash {
    office
        .has(asker)
        .slash("one-on-one health")
        .text("period", &office.last_hundred_days())
}

/// What is shown, without the instants and the days of the period.
fn untitled(shown: &str) -> String {
    let out = plain(shown);
    let title = out.lines().next().unwrap_or_default().to_owned();
    out.replace(&title, "(title)")
}

#[tokio::test]
async fn a_manager_sees_promised_against_kept_the_worst_first() {
    let office = Office::open().await;
    office.has_north().await;
    let (ann, bo, chen) = (&office.ann, &office.bo, &office.chen);
    let with_bo = office.has_weekly(ann, bo, 60).await;
    office
        .had_session(with_bo, 30, &[(ann, true), (bo, true)])
        .await;
    office
        .had_session(with_bo, 23, &[(ann, true), (bo, false)])
        .await;
    office.had_session(with_bo, 16, &[]).await;
    let skipped = office.had_session(with_bo, 9, &[]).await;
    let row = office.row_of(ann).await;
    office
        .runs(format!(
            "UPDATE occurrences SET state = 'skipped', skipped_by = {row}, reason = 'SECRET'
              WHERE id = {skipped};
             INSERT INTO moves (occurrence_id, person_id, from_at, to_at, moved_at)
             VALUES ({skipped}, {row}, 0, 0, 0), ({skipped}, {row}, 0, 0, 0);
             INSERT INTO agenda_items (series_id, author_id, text, added_at)
             SELECT {with_bo}, {row}, 'SECRET', starts_at FROM occurrences WHERE id = {skipped};"
        ))
        .await;
    let with_chen = office.has_weekly(ann, chen, 60).await;
    for days in [10, 3] {
        let held = office.had_session(with_chen, days, &[(chen, true)]).await;
        let question = "UPDATE occurrences SET question =";
        office
            .runs(format!(
                "{question} 'technical-win.goal.1' WHERE id = {held}"
            ))
            .await;
    }
    let answer = health(&office, ann).send().await;
    assert!(answer.is_ephemeral());
    assert!(!answer.shown().contains("SECRET"));
    insta::assert_snapshot!(untitled(&answer.shown()), @"
    (title)
    **kept 3 of 5 (60 %)** · 1 disagreement · 1 not answered
    **1 of 2 pairs is overdue.**

    **Bo** and **Ann** · one-on-one · **overdue by 20 days**
    kept 1 of 3 (33 %) · last held (then)
    moved 2 times (Ann 2) · skipped once (Ann 1) · 1 disagreement · 1 not answered
    On the agenda: Bo 0, Ann 1

    **Chen** and **Ann** · one-on-one
    kept 2 of 2 (100 %) · 2 in a row · last held (then)
    Never touched: steps reality, options, will; themes discovery, demo, career, wellbeing, sales-partner, customer

    Without a running series with a manager: Dee.
    Counts alone: what is said stays with those who say it. A date is kept when somebody says Held and nobody says Not held; days off do not count.
    ");
    assert!(answer.message().unwrap().pinged().is_empty());
}

#[tokio::test]
async fn dates_on_days_off_are_not_promised() {
    let office = Office::open().await;
    office.has_north().await;
    let series = office.has_weekly(&office.ann, &office.bo, 30).await;
    office.had_session(series, 6, &[(&office.bo, false)]).await;
    let before = health(&office, &office.ann).send().await;
    assert!(before.shown().contains("kept 0 of 1"), "{}", before.shown());
    let bo = office.row_of(&office.bo).await;
    let today = office.bot().app.now().date_naive();
    let (first, last) = (today - chrono::TimeDelta::days(20), today);
    office
        .runs(format!(
            "INSERT INTO absences (person_id, first_day, last_day, created_at)
             VALUES ({bo}, '{first}', '{last}', 0)"
        ))
        .await;
    let after = health(&office, &office.ann).send().await;
    assert!(after.shown().contains("1 on days off"), "{}", after.shown());
    assert!(!after.shown().contains("overdue by"), "{}", after.shown());
}

#[tokio::test]
async fn health_is_for_managers_and_admins_and_says_what_others_can_see() {
    let office = Office::open().await;
    office.has_north().await;
    let member = health(&office, &office.bo).send().await;
    assert!(member.is_ephemeral());
    insta::assert_snapshot!(member.shown(), @"Only managers of a team and admins see this. `/one-on-one show` shows how yours stand.");
    let typed = health(&office, &office.bo)
        .text("team", "north")
        .send()
        .await;
    insta::assert_snapshot!(typed.shown(), @"Only managers of **North** and admins see this. `/one-on-one show` shows how yours stand.");
    let admin = health(&office, &office.max).send().await;
    assert!(
        admin.shown().contains("Nobody here meets anybody"),
        "{}",
        admin.shown()
    );
    // A manager of another team sees theirs alone.
    office.has_team("South", &[&office.dee]).await;
    let max = office.has(&office.max).slash("team manager");
    let made = max.text("team", "south").user("member", &office.chen);
    made.send().await;
    let other = health(&office, &office.chen)
        .text("team", "north")
        .send()
        .await;
    insta::assert_snapshot!(other.shown(), @"Only managers of **North** and admins see this. `/one-on-one show` shows how yours stand.");
}

#[tokio::test]
async fn a_series_with_somebody_outside_the_team_is_not_shown() {
    let office = Office::open().await;
    office.has_north().await;
    office.has(&office.max).slash("my").send().await;
    let series = office.has_weekly(&office.max, &office.bo, 30).await;
    office.had_session(series, 6, &[(&office.bo, true)]).await;
    let answer = health(&office, &office.ann).send().await;
    assert!(!answer.shown().contains("Max"), "{}", answer.shown());
}

#[tokio::test]
async fn pages_and_periods_are_read_and_mistakes_are_said() {
    let office = Office::open().await;
    office.has_north().await;
    let mut people = vec![&office.bo, &office.chen, &office.dee, &office.ann];
    while let Some(one) = people.pop() {
        for other in &people {
            office.has_weekly(one, other, 20).await;
        }
    }
    let first = health(&office, &office.ann).send().await;
    assert!(first.shown().contains("1 of 2"), "{}", first.shown());
    let second = first.clicks("›").await;
    assert!(second.shown().contains("2 of 2"), "{}", second.shown());
    let period = |words: &str| {
        let call = office.has(&office.ann).slash("one-on-one health");
        call.text("period", words).send()
    };
    assert!(period("2027-12").await.shown().contains("has not begun"));
    assert!(period("someday").await.shown().contains("someday"));
    let offered = office.has(&office.ann).slash("one-on-one health");
    assert!(!offered.types("period", "last").await.is_empty());
}
