//! A metric of a review in words, and that the longest fits.

use super::super::testing::{day, history, metric, period};
use super::*;
use crate::ids::{GuildId, MetricId, MetricReviewId, PersonId, PromiseId};
use crate::people::Team;
use crate::render::limits::{self, length};
use crate::scorecard::rules::Perspective;
use crate::scorecard::rules::history::Lens;
use crate::scorecard::service::Reason;
use crate::scorecard::store::reviews::Review;

fn decision(key: &str, decision: Decision, promise: Option<PromiseStanding>) -> Became {
    Became {
        review: Review {
            id: MetricReviewId(1),
            metric: MetricId(1),
            period: period(key),
            decision,
            action: Some("Pair on the *triage*".to_owned()),
            owner: Some(PersonId(2)),
            promise: promise.map(|_| PromiseId(1)),
            by: Some(PersonId(1)),
            at: chrono::DateTime::UNIX_EPOCH,
        },
        owner: Some("Bo_".to_owned()),
        promise,
        since: vec![Colour::Red, Colour::Green],
    }
}

fn item(name: &str) -> Item {
    let mut metric = metric(1, name, Perspective::Customer);
    metric.guild = GuildId::from(1);
    let known = history(&metric, &[("2026-09", "70"), ("2026-10", "40")], &[]);
    Item {
        period: period("2026-10"),
        judged: known.judged(period("2026-10"), day("2026-11-24"), true, Lens::OfItsTime),
        reason: Reason {
            is_red: true,
            question: Some(Question::Reds(2)),
        },
        owner: Some((PersonId(2), Some("Bo_".to_owned()), Some(UserId::from(7)))),
        guard: Some("Demos".to_owned()),
        decided: None,
        before: Some(decision(
            "2026-08",
            Decision::Act,
            Some(PromiseStanding::Kept),
        )),
        metric,
    }
}

fn walk(name: &str, count: usize) -> Walk {
    Walk {
        team: Some(Team {
            id: TeamId(i64::MAX),
            name: "North *A*".to_owned(),
            key: "north".to_owned(),
        }),
        watched: count,
        items: (0..count).map(|_| item(name)).collect(),
    }
}

#[test]
fn a_red_is_shown_with_what_was_decided_last_and_what_became_of_it() {
    let message = review(&walk("Win *rate*", 3), 1, None);
    let embed = message.embeds.first().unwrap();
    let title = embed.title.clone().unwrap_or_default();
    insta::assert_snapshot!(format!("{title}\n{}", words(embed)), @r"
    Review of North \*A\* · 2 of 3
    • ▼ red · Win \*rate\*: **40 %**, −30 points since September 2026, worse · October 2026
    **What to do:** Talk
    Its guard Demos is red, too.
    Owner: Bo\_

    **It was red 2 times in a row, and nothing was decided.** Does it measure what matters? Keep, change or retire it.

    **Last time** (August 2026)
    Pair on the \*triage\* · Bo\_ · promise kept
    Since then: ▼ red, ● green. It helped, or luck did.
    ");
}

#[test]
fn what_was_decided_is_said_in_each_of_its_forms() {
    let date = day("2026-11-20");
    let said: Vec<String> = [
        (Decision::Act, None),
        (Decision::Act, Some(PromiseStanding::Open(None))),
        (Decision::Act, Some(PromiseStanding::Open(Some(date)))),
        (Decision::Act, Some(PromiseStanding::Overdue(date))),
        (Decision::Act, Some(PromiseStanding::Dropped)),
        (Decision::Keep, None),
        (Decision::Change, None),
    ]
    .into_iter()
    .map(|(what, promise)| {
        let mut one = decision("2026-10", what, promise);
        one.since.clear();
        became(&one)
    })
    .collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    Pair on the \*triage\* · Bo\_ · no promise any more
    Pair on the \*triage\* · Bo\_ · promise open
    Pair on the \*triage\* · Bo\_ · promise open until 20 November
    Pair on the \*triage\* · Bo\_ · promise overdue since 20 November
    Pair on the \*triage\* · Bo\_ · promise dropped
    It was kept as it is.
    It was to be changed.
    ");
}

#[test]
fn the_longest_item_fits_and_so_do_the_ids_of_its_buttons() {
    let name = "*".repeat(80);
    let mut walk = walk(&name, 2);
    for item in &mut walk.items {
        item.metric.id = MetricId(i64::MAX);
        item.metric.definition.action = Some("*".repeat(300));
        item.guard = Some(name.clone());
        let long = Some("*".repeat(300));
        for became in [&mut item.before, &mut item.decided] {
            let mut one = decision("2026-08", Decision::Act, None);
            one.review.action.clone_from(&long);
            one.since = vec![Colour::Green; 12];
            *became = Some(one);
        }
    }
    let doer = UserId::from(u64::MAX / 2);
    let message = review(&walk, 0, Some(doer));
    assert!(message.rows.len() <= limits::ROWS);
    let embed = message.embeds.first().unwrap();
    assert!(length(words(embed)) <= limits::EMBED_DESCRIPTION);
    let item = walk.items.first().unwrap();
    for action in ["acted", "change", "retired"] {
        let id = id(action, &walk, item).arg(doer).to_string();
        assert!(length(&id) <= limits::CUSTOM_ID, "{id}");
    }
}

fn words(embed: &Embed) -> &str {
    embed.description.as_deref().unwrap_or_default()
}
