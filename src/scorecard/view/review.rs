//! The review of a scorecard: one metric after the other, with what can be decided about it.

use super::red::red_line;
use super::words::{badge, bold};
use crate::cadence::PromiseStanding;
use crate::ids::{TeamId, UserId};
use crate::render::component::{Button, Select};
use crate::render::limits::EMBED_DESCRIPTION;
use crate::render::{
    CustomId, Embed, Input, Message, Modal, Row, cut, cut_graphemes, escape, theme,
};
use crate::scorecard::rules::Decision;
use crate::scorecard::rules::reviewing::Question;
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::service::{Acted, Became, Item, TEXT_LENGTH, Walk};
use crate::scorecard::store::metrics::{Metric, Scope};
use crate::time::Period;

/// A button of a review about one of its metrics. It names the team (0 for the whole guild), the metric
/// and the period that is looked at.
fn id(action: &str, walk: &Walk, item: &Item) -> CustomId {
    CustomId::new("review", action)
        .arg(walk.team.as_ref().map_or(TeamId(0), |team| team.id))
        .arg(item.metric.id)
        .arg(item.period.key())
}

/// The metric at a place of the review; `chosen` is who is to do something about it, its owner if nobody
/// was chosen yet.
#[must_use]
pub fn review(walk: &Walk, at: usize, chosen: Option<UserId>) -> Message {
    let Some(item) = walk.items.get(at).or(walk.items.last()) else {
        return nothing_to_review(walk);
    };
    let at = at.min(walk.items.len() - 1);
    let title = format!(
        "Review of {}{}{} of {}",
        whose(walk),
        theme::DOT,
        at + 1,
        walk.items.len()
    );
    let text = cut(&lines(item).join("\n"), EMBED_DESCRIPTION);
    let colour = if item.reason.is_red {
        theme::ERROR
    } else {
        theme::NEUTRAL
    };
    let embed = Embed::text(text).title(title).colour(colour);
    let doer = chosen.or_else(|| item.owner.as_ref().and_then(|(_, _, user)| *user));
    let mut message = Message::embed(embed).ephemeral();
    if item.reason.is_red {
        let select = Select::people(id("who", walk, item), doer.map(UserId::get));
        message = message.row(select.placeholder("Who does something about it?"));
        if let Some(doer) = doer {
            let act = id("act", walk, item).arg(doer);
            message = message.row(Row::from([Button::primary("What is to be done", act)]));
        }
    }
    if item.reason.question.is_some() {
        message = message.row(Row::from([
            Button::secondary("Keep", id("keep", walk, item)),
            Button::secondary("Change", id("change", walk, item)),
            Button::danger("Retire", id("retire", walk, item)),
        ]));
    }
    let turn = |to: usize| {
        CustomId::new("review", "turn")
            .arg(walk.team.as_ref().map_or(TeamId(0), |team| team.id))
            .arg(to)
    };
    let mut ways = Vec::new();
    if let Some(before) = at.checked_sub(1) {
        ways.push(Button::secondary("Back", turn(before)));
    }
    if at + 1 < walk.items.len() {
        ways.push(Button::secondary("Next", turn(at + 1)));
    }
    if ways.is_empty() {
        message
    } else {
        message.row(Row::Buttons(ways))
    }
}

fn whose(walk: &Walk) -> String {
    walk.team.as_ref().map_or_else(
        || "the whole server".to_owned(),
        |team| escape::name(&team.name),
    )
}

fn nothing_to_review(walk: &Walk) -> Message {
    Message::text(format!(
        "{} Nothing of {} is red, and nothing is asked. `/scorecard show` has the card.",
        theme::TICK,
        whose(walk)
    ))
    .ephemeral()
}

fn lines(item: &Item) -> Vec<String> {
    let definition = &item.metric.definition;
    let mut lines = vec![red_line(&item.metric, &item.judged)];
    if let Some(action) = &definition.action {
        lines.push(format!("**What to do:** {}", escape::inline(action)));
    }
    if let Some(guard) = &item.guard {
        lines.push(format!("Its guard {} is red, too.", escape::name(guard)));
    }
    lines.push(match &item.owner {
        Some((_, Some(name), _)) => format!("Owner: {}", escape::name(name)),
        _ => "Nobody owns it; `/metric remind` names somebody.".to_owned(),
    });
    if matches!(item.metric.scope, Scope::Member(_)) {
        lines.push("-# Seen by this person and their managers only.".to_owned());
    }
    match item.reason.question {
        Some(Question::Reds(reds)) => lines.push(format!(
            "\n**It was red {reds} times in a row, and nothing was decided.** Does it measure what matters? \
             Keep, change or retire it."
        )),
        Some(Question::Greens(greens)) => lines.push(format!(
            "\n**It was green {greens} times in a row.** Does it still tell you something? Keep, change or \
             retire it."
        )),
        None => {}
    }
    if let Some(before) = &item.before {
        lines.push(format!(
            "\n**Last time** ({})",
            before.review.period.label()
        ));
        lines.push(became(before));
    }
    if let Some(decided) = &item.decided {
        lines.push("\n**This time**".to_owned());
        lines.push(became(decided));
    }
    lines
}

/// What was decided, and what became of it.
fn became(became: &Became) -> String {
    let review = &became.review;
    let mut text = match review.decision {
        Decision::Act => {
            let action = review.action.as_deref().map(escape::inline);
            let owner = became.owner.as_deref().map(escape::name);
            format!(
                "{}{}{}",
                action.unwrap_or_else(|| "An action".to_owned()),
                theme::DOT,
                owner.unwrap_or_else(|| "a former member".to_owned())
            )
        }
        Decision::Keep => "It was kept as it is.".to_owned(),
        Decision::Change => "It was to be changed.".to_owned(),
        Decision::Retire => "It was retired.".to_owned(),
    };
    if review.decision == Decision::Act {
        text.push_str(&format!("{}{}", theme::DOT, promise(became.promise)));
    }
    if !became.since.is_empty() {
        let since: Vec<String> = became.since.iter().map(|colour| badge(*colour)).collect();
        text.push_str(&format!("\nSince then: {}", since.join(", ")));
        if became.since.last() == Some(&Colour::Green) {
            text.push_str(". It helped, or luck did.");
        }
    }
    text
}

fn promise(standing: Option<PromiseStanding>) -> String {
    let day = |day: chrono::NaiveDate| day.format("%-d %B").to_string();
    match standing {
        Some(PromiseStanding::Kept) => "promise kept".to_owned(),
        Some(PromiseStanding::Dropped) => "promise dropped".to_owned(),
        Some(PromiseStanding::Open(None)) => "promise open".to_owned(),
        Some(PromiseStanding::Open(Some(due))) => format!("promise open until {}", day(due)),
        Some(PromiseStanding::Overdue(due)) => format!("promise overdue since {}", day(due)),
        None => "no promise any more".to_owned(),
    }
}

/// Asks what is to be done, and by when.
#[must_use]
pub fn action_form(walk: &Walk, item: &Item, doer: UserId) -> Modal {
    let usual = item.metric.definition.action.clone().unwrap_or_default();
    Modal::new(
        cut_graphemes(&item.metric.definition.name, 45),
        id("acted", walk, item).arg(doer),
    )
    .input(
        Input::paragraph("action", "What is to be done?")
            .length(3, TEXT_LENGTH)
            .value(usual),
    )
    .input(
        Input::line("due", "By when? (optional)")
            .length(0, 60)
            .placeholder("friday, in two weeks, 2026-12-01"),
    )
}

/// What is promised about a metric.
#[must_use]
pub fn promise_text(metric: &Metric, action: &str) -> String {
    cut_graphemes(&format!("{}: {action}", metric.definition.name), 480)
}

/// What is put on an agenda about a metric.
#[must_use]
pub fn agenda_text(metric: &Metric, period: &Period, action: &str) -> String {
    let name = &metric.definition.name;
    cut_graphemes(
        &format!("{name} was red in {}: {action}", period.label()),
        480,
    )
}

/// What came of an action, with the review as it goes on.
#[must_use]
pub fn acted(acted: &Acted, walk: &Walk, at: usize) -> Message {
    let name = acted.owner.name.as_deref().map_or_else(
        || "They".to_owned(),
        |name| format!("**{}**", escape::name(name)),
    );
    let agenda = match acted.on_agenda {
        Some(true) => " It is on the agenda of your next one-on-one.",
        Some(false) => {
            " You have no running one-on-one to put it on the agenda of; `/one-on-one schedule` starts one."
        }
        None => "",
    };
    let mut message = review(walk, at, acted.owner.user);
    message.content = format!(
        "{} {name} has it as a promise about {}; `/promise list` has it.{agenda}",
        theme::TICK,
        bold(&acted.metric)
    );
    message
}

/// The review as it goes on after a decision.
#[must_use]
pub fn reviewed(metric: &Metric, decision: Decision, walk: &Walk, at: usize) -> Message {
    let mut message = review(walk, at, None);
    let what = match decision {
        Decision::Keep => "stays as it is",
        Decision::Change => "is to be changed",
        Decision::Retire => "is retired; its readings are kept. `/metric retire` brings it back",
        Decision::Act => "has its action",
    };
    message.content = format!("{} {} {what}.", theme::TICK, bold(metric));
    message
}

/// Asks whether to retire a metric of a review.
#[must_use]
pub fn retire_in_review(walk: &Walk, item: &Item) -> Message {
    Message::text(format!(
        "Retire {}? It leaves the lists and the scores; its readings are kept, and it can be brought back.",
        bold(&item.metric)
    ))
    .ephemeral()
    .row(Row::from([
        Button::danger("Retire it", id("retired", walk, item)),
        Button::secondary("Keep it", CustomId::new("metric", "keep")),
    ]))
}

#[cfg(test)]
mod tests;
