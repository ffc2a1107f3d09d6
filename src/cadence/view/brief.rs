//! The brief of a session, as its nudge shows it: short enough for a phone, the nearest things first.

use chrono::{DateTime, Utc};

use super::nudge::{nudge_id, nudge_mark};
use super::{item_line, line};
use crate::cadence::service::nudge::{Brief, Other};
use crate::cadence::store::due::Nudge;
use crate::cadence::store::moments::Moment;
use crate::ids::GuildId;
use crate::recognition::ReceivedLine;
use crate::render::limits::EMBED_DESCRIPTION;
use crate::render::{Button, CustomId, Embed, Message, Row, cut, escape, stamp, theme};

/// A line of somebody's words.
const LINE: usize = 200;

/// How much room each part has, so that all of them have some.
mod room {
    pub(super) const AGENDA: usize = 1_200;
    pub(super) const PROMISES: usize = 800;
    pub(super) const KUDOS: usize = 500;
    pub(super) const MOMENTS: usize = 500;
    pub(super) const LINES: usize = 400;
}

/// A nudge ahead of a session: when it is, what both need, and what can be done about it.
#[must_use]
pub fn brief(brief: &Brief, nudge: &Nudge, now: DateTime<Utc>) -> Message {
    let (series, date) = (&brief.circle.series, &brief.date);
    let embed = Embed::text(text(brief, now))
        .title(title(brief))
        .colour(theme::NEUTRAL)
        .footer(format!(
            "In {}. What is about you alone is seen by you alone.",
            escape::name(&brief.guild.name)
        ));
    let id = |action| nudge_id(action, date.id).arg(date.starts_at.timestamp());
    let agenda = CustomId::new("session", "add")
        .arg(series.guild)
        .arg(series.id);
    Message::embed(embed).row(Row::from([
        Button::secondary("Snooze", nudge_mark(nudge)),
        Button::secondary("Move", id("move")),
        Button::secondary("Skip", id("skip")),
        Button::primary("Add to agenda", agenda),
        Button::secondary("Stop", nudge_id("stop", date.id)),
    ]))
}

fn title(brief: &Brief) -> String {
    let kind = brief.circle.series.kind.noun();
    let mut letters = kind.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let names: Vec<String> = brief
        .circle
        .others
        .iter()
        .map(|other| other.name.as_deref().map_or_else(String::new, escape::name))
        .collect();
    format!(
        "{}{} with {}",
        first.unwrap_or_default(),
        letters.as_str(),
        crate::render::names::joined(&names)
    )
}

fn text(brief: &Brief, now: DateTime<Utc>) -> String {
    let me = brief.circle.me.person;
    let guild = brief.guild.id;
    let agenda: Vec<String> = brief
        .agenda
        .iter()
        .map(|item| format!("• {}", item_line(guild, item)))
        .collect();
    let promises: Vec<String> = brief
        .promises
        .iter()
        .map(|promise| line(promise, Some(me), brief.guild.zone, now))
        .collect();
    let mut parts = vec![when(brief)];
    let agenda_is_empty = agenda.is_empty();
    parts.extend(part(
        "On the agenda",
        &agenda,
        room::AGENDA,
        "/one-on-one agenda",
    ));
    if agenda_is_empty {
        parts.push("Nothing is on the agenda yet. What do you want to talk about?".to_owned());
    }
    parts.extend(part(
        "Open promises",
        &promises,
        room::PROMISES,
        "/promise list",
    ));
    for other in &brief.others {
        parts.extend(about(other, guild));
    }
    parts.extend(in_the_red("you", &brief.own));
    if let Some(question) = brief.question {
        parts.push(format!(
            "**A question to ask**\n> {}",
            cut(&escape::inline(&question.text), LINE)
        ));
    }
    cut(&parts.join("\n\n"), EMBED_DESCRIPTION)
}

/// What concerns one of the others.
fn about(other: &Other, guild: GuildId) -> Vec<String> {
    // A heading is bold as a whole.
    let name = &other.name;
    let name = name.strip_prefix("**").unwrap_or(name);
    let name = name.strip_suffix("**").unwrap_or(name);
    let kudos: Vec<String> = other.kudos.iter().map(kudos).collect();
    let moments: Vec<String> = other.moments.iter().map(|one| moment(one, guild)).collect();
    [
        part(
            &format!("Kudos for {name} since last time"),
            &kudos,
            room::KUDOS,
            "/kudos history",
        ),
        part(
            &format!("Your coaching moments about {name}"),
            &moments,
            room::MOMENTS,
            "/one-on-one agenda",
        ),
        in_the_red(name, &other.lines),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The numbers of somebody that are red.
fn in_the_red(whose: &str, lines: &[String]) -> Option<String> {
    let lines: Vec<String> = lines.iter().map(|line| cut(line, LINE)).collect();
    let head = format!("In the red for {whose}");
    part(&head, &lines, room::LINES, "/scorecard show")
}

/// A headed list, as much of it as there is room for; `None` if it is empty.
fn part(head: &str, lines: &[String], room: usize, more: &str) -> Option<String> {
    if lines.is_empty() {
        return None;
    }
    let mut left = room;
    let mut shown = Vec::new();
    for line in lines {
        let length = line.chars().count() + 1;
        if length > left && !shown.is_empty() {
            break;
        }
        left = left.saturating_sub(length);
        shown.push(cut(line, room));
    }
    let hidden = lines.len() - shown.len();
    if hidden > 0 {
        shown.push(format!("-# and {hidden} more: `{more}`"));
    }
    Some(format!("**{head}**\n{}", shown.join("\n")))
}

/// When it is: in the reader's own words by Discord, and on the wall clocks of all if they differ.
fn when(brief: &Brief) -> String {
    let at = brief.date.starts_at;
    let mut text = format!("{} ({})", stamp::full(at), stamp::relative(at));
    let differs = |other: &Other| other.zone.civil(at) != brief.zone.civil(at);
    if brief.others.iter().any(differs) {
        let clock = |zone: crate::time::Zone| zone.civil(at).format("%a %H:%M").to_string();
        let mut clocks = vec![format!(
            "{} for you ({})",
            clock(brief.zone),
            brief.zone.name()
        )];
        clocks.extend(brief.others.iter().map(|other| {
            format!(
                "{} for {} ({})",
                clock(other.zone),
                other.name,
                other.zone.name()
            )
        }));
        text = format!("{text}\n-# {}", clocks.join(theme::DOT));
    }
    text
}

fn kudos(kudos: &ReceivedLine) -> String {
    let text = kudos.text.as_deref().map(escape::inline);
    let text = text.filter(|text| !text.is_empty());
    let text = text.map_or_else(|| "a kudos".to_owned(), |text| cut(&text, LINE));
    format!(
        "• {text}\n-# from {}{}{}",
        kudos.from,
        theme::DOT,
        stamp::relative(kudos.at)
    )
}

fn moment(moment: &Moment, guild: GuildId) -> String {
    format!(
        "• {}\n-# {}{}[message](https://discord.com/channels/{guild}/{}/{})",
        cut(&escape::inline(&moment.note), LINE),
        stamp::relative(moment.noted_at),
        theme::DOT,
        moment.channel,
        moment.message
    )
}
