//! `/metric define`, `edit` and `retire`.

use discord_sandbox::driver::{Answer, Person, Slash};

use super::about;
use crate::office::Office;

fn define(office: &Office, who: &Person, name: &str) -> Slash {
    about(office, who, "metric define", name)
        .text("perspective", "Customer")
        .text("unit", "hours")
        .text("better", "the less the better")
        .text("cadence", "month")
}

async fn answered(form: Answer, red: &str, green: &str) -> Answer {
    assert!(form.opened_modal(), "{}", form.shown());
    let inputs = [
        ("why", "So that nobody waits"),
        ("red", red),
        ("green", green),
        ("action", "Rotate"),
        ("may-drive", "Fast and *wrong*"),
    ];
    form.submits(&inputs).await
}

#[tokio::test]
async fn a_metric_is_defined_with_its_four_questions_changed_and_retired_and_brought_back() {
    let office = Office::open().await;
    let form = define(&office, &office.max, "Hours to *answer*")
        .send()
        .await;
    let defined = answered(form, "24", "8").await;
    assert!(defined.is_ephemeral());
    insta::assert_snapshot!(defined.shown(), @r#"
    ✅ **Hours to \*answer\*** (`hours-to-answer`) is saved: Customer, hours, by month.
    Range: green up to 8 h, red above 24 h.
    It is active and counts in scores. `/metric record` takes a reading.
    "#);
    office.recorded("hours-to-answer", "2025-10", "9").await;
    let again = define(&office, &office.max, "hours to answer").send().await;
    insta::assert_snapshot!(again.shown(), @"There is a metric `hours-to-answer` already. Take another key, or change that one with `/metric edit`.");
    let form = about(&office, &office.max, "metric edit", "hours-to-answer")
        .send()
        .await;
    let edited = answered(form, "48", "12").await;
    assert!(
        edited.shown().contains("green up to 12 h, red above 48 h"),
        "{}",
        edited.shown()
    );
    // What was recorded stays judged by the rule of its time.
    let show = |rule: &'static str| {
        about(&office, &office.bo, "metric show", "hours-to-answer")
            .text("period", "2025-10")
            .text("rule", rule)
            .send()
    };
    assert!(show("today's rule").await.shown().contains("● green"));
    let retired = about(&office, &office.max, "metric retire", "hours-to-answer")
        .send()
        .await;
    insta::assert_snapshot!(retired.shown(), @r#"
    Retire **Hours to \*answer\*** (`hours-to-answer`)? It leaves the lists and the scores; its readings are kept, and it can be brought back.
    [Retire it]
    [Keep it]
    "#);
    let retired = retired.clicks("Retire it").await;
    let gone = about(&office, &office.bo, "metric show", "hours-to-answer")
        .send()
        .await;
    assert!(
        gone.shown().starts_with("There are no metrics yet."),
        "{}",
        gone.shown()
    );
    let back = retired.clicks("Bring it back").await;
    insta::assert_snapshot!(back.shown(), @r#"✅ **Hours to \*answer\*** is back."#);
    assert!(show("today's rule").await.shown().contains("● green"));
    let kept = about(&office, &office.max, "metric retire", "hours-to-answer")
        .send()
        .await;
    assert_eq!(kept.clicks("Keep it").await.shown(), "Nothing was changed.");
}

#[tokio::test]
async fn without_an_answer_to_each_question_a_metric_is_not_active() {
    let office = Office::open().await;
    let form = define(&office, &office.max, "Answers").send().await;
    let saved = form.submits(&[("why", "So that nobody waits")]).await;
    insta::assert_snapshot!(saved.shown(), @"
    ✅ **Answers** (`answers`) is saved: Customer, hours, by month.
    It is not active. Before it can be, it needs: its good and its bad range, what we do about the result and what behaviour it might drive. `/metric edit` opens the questions.
    ");
    let active = about(&office, &office.max, "metric edit", "answers").boolean("active", true);
    insta::assert_snapshot!(active.send().await.shown(), @"Before a metric is active, four questions are answered. Missing: its good and its bad range, what we do about the result and what behaviour it might drive. Add that, or leave it inactive.");
    let named = about(&office, &office.max, "metric edit", "answers").text("rename", "All answers");
    assert!(
        named
            .send()
            .await
            .shown()
            .contains("**All answers** (`answers`) is saved")
    );
    let same = about(&office, &office.max, "metric edit", "answers").text("weight", "1");
    assert!(same.send().await.shown().contains("nothing was changed"));
    let weight = about(&office, &office.max, "metric edit", "answers").text("weight", "0");
    insta::assert_snapshot!(weight.send().await.shown(), @"A weight is above 0 and at most 100. Type one such as “1”.");
    let guard = about(&office, &office.max, "metric edit", "answers").text("guard", "answers");
    insta::assert_snapshot!(guard.send().await.shown(), @"A metric cannot guard itself, also not by way of others. Choose another guard.");
}

#[tokio::test]
async fn edges_that_make_no_range_are_refused() {
    let office = Office::open().await;
    define(&office, &office.max, "Answers").send().await;
    let say = async |red: &str, green: &str| {
        let form = about(&office, &office.max, "metric edit", "answers")
            .send()
            .await;
        answered(form, red, green).await.shown()
    };
    insta::assert_snapshot!(say("8", "24").await, @"Lower is better here, so the red edge has to be above the green one. Type the edges again.");
    insta::assert_snapshot!(say("8", "").await, @"A range needs both edges, the red and the green one. Type both, or neither.");
    insta::assert_snapshot!(say("8", "baseline").await, @"Both edges are numbers, or both shares such as “85% of target”, or both “baseline”. Type them alike.");
    insta::assert_snapshot!(say("soon", "8").await, @"I read no number in “soon”. Type one such as “82%”, “1.2k”, “1250.50” or “7/9”.");
}

#[tokio::test]
async fn only_managers_and_admins_define_and_a_manager_only_their_own() {
    let office = Office::open().await;
    office.has_north_of_ann().await;
    let refused = define(&office, &office.bo, "Answers").send().await;
    assert!(refused.is_ephemeral() && !refused.opened_modal());
    assert!(
        refused
            .shown()
            .starts_with("Only a team's managers and admins define metrics")
    );
    let everybody = define(&office, &office.ann, "Answers").send().await;
    assert!(
        everybody.shown().starts_with("Only a team's managers"),
        "{}",
        everybody.shown()
    );
    let stranger = define(&office, &office.ann, "Answers").user("member", &office.chen);
    assert!(
        stranger
            .send()
            .await
            .shown()
            .starts_with("Only a team's managers")
    );
    let both = define(&office, &office.max, "Answers")
        .text("team", "north")
        .user("member", &office.bo)
        .send()
        .await;
    insta::assert_snapshot!(both.shown(), @"A metric is a team's or a person's. Name one of the two.");
    let own = define(&office, &office.ann, "Demos").user("member", &office.bo);
    assert!(own.send().await.opened_modal());
    define(&office, &office.max, "Replies").send().await;
    for path in ["metric edit", "metric retire"] {
        for who in [&office.bo, &office.ann] {
            let refused = about(&office, who, path, "replies").send().await;
            assert!(
                refused.shown().starts_with("Only a team's managers"),
                "{}",
                refused.shown()
            );
        }
        let hidden = about(&office, &office.chen, path, "demos").send().await;
        assert!(
            hidden.shown().starts_with("I know no metric"),
            "{}",
            hidden.shown()
        );
    }
}

#[tokio::test]
async fn a_metric_has_an_owner_and_a_guard_from_the_beginning() {
    let office = Office::open().await;
    define(&office, &office.max, "Quality").send().await;
    let form = define(&office, &office.max, "Answers")
        .user("owner", &office.bo)
        .text("guard", "quality")
        .send()
        .await;
    answered(form, "24", "8").await;
    let recorded = about(&office, &office.bo, "metric record", "answers")
        .text("value", "7")
        .send()
        .await;
    assert!(
        recorded.shown().contains("I understood"),
        "{}",
        recorded.shown()
    );
    let unknown = define(&office, &office.max, "Replies").text("guard", "xyz");
    assert!(unknown.send().await.shown().starts_with("I know no metric"));
}

#[tokio::test]
async fn what_was_refused_leaves_nobody_known() {
    let office = Office::open().await;
    let call = define(&office, &office.bo, "Answers").user("member", &office.dee);
    assert!(
        call.send()
            .await
            .shown()
            .starts_with("Only a team's managers")
    );
    let known: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM people WHERE user_id = ?1")
        .bind(office.dee.id().get().cast_signed())
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    assert_eq!(known, 0);
}

#[tokio::test]
async fn another_unit_asks_the_range_again_and_is_refused_once_there_are_readings() {
    let office = Office::open().await;
    let form = define(&office, &office.max, "Answers").send().await;
    answered(form, "24", "8").await;
    let edit = || about(&office, &office.max, "metric edit", "answers");
    let form = edit().text("unit", "days").send().await;
    let edited = answered(form, "3", "1").await;
    insta::assert_snapshot!(edited.shown(), @"
    ✅ **Answers** (`answers`) is saved: Customer, days, by month.
    Range: green up to 1 day, red above 3 days.
    It is active and counts in scores. `/metric record` takes a reading.
    ");
    let currency = edit().text("currency", "USD").send().await;
    insta::assert_snapshot!(currency.shown(), @"Only money has a currency. Choose the unit money too, or leave `currency` out.");
    office.recorded("answers", "2025-10", "2").await;
    let refused = edit().text("unit", "hours").send().await;
    insta::assert_snapshot!(refused.shown(), @"`answers` has readings or targets in its unit, and they would be read wrongly in another. Define another metric with `/metric define`, and retire this one.");
    let form = edit().text("better", "the more the better").send().await;
    let edited = answered(form, "1", "3").await;
    assert!(
        edited.shown().contains("green from 3"),
        "{}",
        edited.shown()
    );
}

#[tokio::test]
async fn a_change_from_an_earlier_day_judges_what_came_since() {
    let office = Office::open().await;
    let form = define(&office, &office.max, "Answers").send().await;
    answered(form, "24", "8").await;
    office.recorded("answers", "2025-09", "9").await;
    office.recorded("answers", "2025-10", "9").await;
    let edit = |from: &'static str| {
        about(&office, &office.max, "metric edit", "answers").text("from", from)
    };
    let form = edit("2025-10").send().await;
    answered(form, "48", "12").await;
    let show = |period: &'static str| {
        about(&office, &office.bo, "metric show", "answers")
            .text("period", period)
            .send()
    };
    assert!(show("2025-10").await.shown().contains("● green"));
    let before = show("2025-09").await;
    assert!(!before.shown().contains("● green"), "{}", before.shown());
    let future = edit("tomorrow").text("weight", "2").send().await;
    insta::assert_snapshot!(future.shown(), @"A change holds from today or from an earlier day on. Leave `from` out, and make a later change on its day.");
    let unclear = edit("someday").text("weight", "2").send().await;
    assert!(unclear.is_ephemeral());
    insta::assert_snapshot!(unclear.shown(), @"I read no period in “someday”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.");
    let all = edit("all time").text("weight", "2").send().await;
    insta::assert_snapshot!(all.shown(), @"Name the first day from which it holds, such as “2026-10” or “2026-10-15”.");
}

#[tokio::test]
async fn a_metric_changes_hands_but_a_persons_figures_stay_theirs() {
    let office = Office::open().await;
    office.has_north_of_ann().await;
    let form = define(&office, &office.max, "Answers").send().await;
    answered(form, "24", "8").await;
    let edit = |who, name: &str| about(&office, who, "metric edit", name);
    let handed = edit(&office.max, "answers")
        .text("team", "north")
        .send()
        .await;
    assert!(!handed.failed(), "{}", handed.shown());
    let by_manager = edit(&office.ann, "answers")
        .user("owner", &office.bo)
        .send()
        .await;
    assert!(
        by_manager.shown().contains("is saved"),
        "{}",
        by_manager.shown()
    );
    let back = edit(&office.ann, "answers").text("team", "-").send().await;
    assert!(
        back.shown().starts_with("Only a team's managers"),
        "what is the whole server's is for admins: {}",
        back.shown()
    );
    let own = define(&office, &office.ann, "Demos").user("member", &office.bo);
    own.send().await;
    let refused = edit(&office.ann, "demos")
        .text("team", "north")
        .send()
        .await;
    insta::assert_snapshot!(refused.shown(), @"A person's figures stay that person's. Define another metric for the team with `/metric define`.");
    let both = edit(&office.max, "answers")
        .text("team", "north")
        .user("member", &office.bo)
        .send()
        .await;
    assert!(both.shown().contains("Name one of the two"));
}

#[tokio::test]
async fn two_people_have_the_same_metric_each_for_themselves() {
    let office = Office::open().await;
    office.has_north_of_ann().await;
    for member in [&office.bo, &office.chen] {
        let form = define(&office, &office.max, "Demos")
            .user("member", member)
            .send()
            .await;
        assert!(form.opened_modal(), "{}", form.shown());
    }
    let again = define(&office, &office.max, "Demos").user("member", &office.chen);
    insta::assert_snapshot!(again.send().await.shown(), @"There is a metric `demos-2` already. Take another key, or change that one with `/metric edit`.");
}
