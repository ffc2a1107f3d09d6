//! Pairs in turns: what who sets them up sees, and what the pairs are asked and told.

use chrono::{DateTime, Utc};

use crate::cadence::service::{Paired, Plan};
use crate::ids::{PersonId, SeriesId, TeamId};
use crate::people::Team;
use crate::render::limits::EMBED_DESCRIPTION;
use crate::render::names::{joined, joined_up_to};
use crate::render::{Button, CustomId, Embed, Message, Row, cut, escape, stamp, theme};
use crate::time::clock::from_millis;

/// Groups that are named one by one.
const GROUPS: usize = 40;

/// The first round as it would be, with Confirm and Cancel.
#[must_use]
pub fn peers_previewed(paired: &Paired) -> Message {
    let mut lines = vec![
        format!(
            "{}, {} minutes each, for the first time {}. Each round has other pairs, as far as there \
             are any, and everybody is asked each time.",
            sentence(&paired.words),
            paired.plan.minutes,
            stamp::full(paired.plan.at)
        ),
        String::new(),
    ];
    lines.extend(pairs(paired));
    if paired.replaces {
        lines.push(
            "\nThis takes the place of the team's pairs as they run now; who met whom is remembered."
                .to_owned(),
        );
    }
    let text = cut(&lines.join("\n"), EMBED_DESCRIPTION);
    let embed = Embed::text(text)
        .title(format!("Pairs of {}", escape::name(&paired.team.name)))
        .colour(theme::NEUTRAL);
    Message::embed(embed)
        .row(Row::from([
            Button::primary("Confirm", plan_id(&paired.plan)),
            Button::secondary("Cancel", CustomId::new("peer", "cancel")),
        ]))
        .ephemeral()
}

/// The rotation has started.
#[must_use]
pub fn peers_started(paired: &Paired) -> Message {
    let mut lines = vec![format!(
        "I have asked the first pairs of **{}** for {}. A pair is on once both say Fine; I make the \
         next round by myself. `/one-on-one pair` with `every` off stops it.",
        escape::name(&paired.team.name),
        stamp::full(paired.plan.at)
    )];
    lines.push(String::new());
    lines.extend(pairs(paired));
    Message::text(cut(&lines.join("\n"), 1_900)).ephemeral()
}

/// Nothing was started.
#[must_use]
pub fn peers_cancelled() -> Message {
    Message::text("I started nothing and asked nobody.").ephemeral()
}

/// The rotation was stopped.
#[must_use]
pub fn peers_stopped(team: &Team) -> Message {
    Message::text(format!(
        "**{}** gets no more rounds. Pairs that were asked already can still meet.",
        escape::name(&team.name)
    ))
    .ephemeral()
}

/// Asks somebody whether a pair is fine.
#[must_use]
pub fn peer_asked(series: SeriesId, others: &[&str], at: DateTime<Utc>, minutes: i64) -> Message {
    let names: Vec<String> = others.iter().map(|name| bold(name)).collect();
    Message::text(format!(
        "Peer coaching: this round you and {} coach each other, {} ({}), for {minutes} minutes. It is \
         on once all of you say Fine.",
        joined(&names),
        stamp::full(at),
        stamp::relative(at)
    ))
    .row(answers(series))
}

/// What somebody can say to the pair that a round put them in.
pub(super) fn answers(series: SeriesId) -> Row {
    let button = |action: &str| CustomId::new("peer", action).arg(series);
    Row::from([
        Button::primary("Fine", button("fine")),
        Button::secondary("Not this time", button("decline")),
        Button::secondary("Not any more", button("never")),
    ])
}

/// It is on.
#[must_use]
pub fn peer_on(with: &str, at: DateTime<Utc>) -> Message {
    Message::text(format!(
        "It is on: peer coaching with {with}, {}. I remind you before it.",
        stamp::full(at)
    ))
}

/// Somebody has not answered yet.
#[must_use]
pub fn peer_waiting(with: &str, at: DateTime<Utc>) -> Message {
    Message::text(format!(
        "Thank you. I tell you as soon as {with} says Fine to {}, too.",
        stamp::full(at)
    ))
}

/// Says to who declined that the other is told.
#[must_use]
pub fn peer_declined(with: &str) -> Message {
    Message::text(format!(
        "I tell {with} that it does not suit you this time. The next round asks you again."
    ))
}

/// Says to who wants no more that they are left out.
#[must_use]
pub fn peer_left(rotation: i64) -> Message {
    let id = CustomId::new("peer", "join").arg(rotation);
    Message::text("I leave you out of the rounds to come.")
        .row(Row::from([Button::secondary("Ask me again", id)]))
}

/// They are asked again.
#[must_use]
pub fn peer_rejoined() -> Message {
    Message::text("The next round asks you again.")
}

/// Tells the other of a pair.
#[must_use]
pub fn peer_called_off(who: &str) -> Message {
    Message::text(format!(
        "{who} cannot make the peer coaching this time. The next round puts you together with \
         somebody else, as far as there is anybody."
    ))
}

/// Tells those of a three who go on.
#[must_use]
pub fn peer_goes_on(who: &str, with: &str, at: DateTime<Utc>, runs: bool) -> Message {
    let then = if runs {
        format!("It is on: you and {with}, {}.", stamp::full(at))
    } else {
        format!("You and {with} go on: it is on once both of you say Fine.")
    };
    Message::text(format!(
        "{who} cannot make the peer coaching this time. {then}"
    ))
}

/// What a button carries of a rotation to be started.
fn plan_id(plan: &Plan) -> CustomId {
    let rule = plan.rule.strip_prefix("FREQ=").unwrap_or(&plan.rule);
    let without: Vec<String> = plan.without.iter().map(|one| one.0.to_string()).collect();
    CustomId::new("peer", "start")
        .arg(plan.team)
        .arg(rule)
        .arg(plan.at.timestamp() / 60)
        .arg(plan.minutes)
        .arg(without.join("."))
}

/// The rotation that a button carries.
#[must_use]
pub fn plan_of(id: &CustomId) -> Option<Plan> {
    let without = id.args().get(4)?.split('.').filter(|one| !one.is_empty());
    Some(Plan {
        team: id.get::<TeamId>(0)?,
        rule: format!("FREQ={}", id.args().get(1)?),
        at: from_millis(id.get::<i64>(2)?.checked_mul(60_000)?),
        minutes: id
            .get::<i64>(3)
            .filter(|minutes| (5..=480).contains(minutes))?,
        without: without
            .map(|one| one.parse().map(PersonId))
            .collect::<Result<_, _>>()
            .ok()?,
    })
}

fn pairs(paired: &Paired) -> Vec<String> {
    let mut lines: Vec<String> = paired
        .groups
        .iter()
        .take(GROUPS)
        .map(|group| {
            let names: Vec<String> = group.iter().map(|name| bold(name)).collect();
            format!("• {}", joined(&names))
        })
        .collect();
    if let Some(more @ 1..) = paired.groups.len().checked_sub(GROUPS) {
        lines.push(format!("And {more} more."));
    }
    for (people, why) in [
        (&paired.left, "With nobody this time"),
        (&paired.absent, "Not in this round"),
    ] {
        if !people.is_empty() {
            let names: Vec<String> = people.iter().map(|name| escape::name(name)).collect();
            lines.push(format!("{why}: {}", joined_up_to(&names, 10)));
        }
    }
    lines
}

/// The same with a capital.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), chars.as_str())
}

fn bold(name: &str) -> String {
    format!("**{}**", escape::name(name))
}
