//! A team's health, for its manager's eyes: counts, never contents.

use std::collections::{BTreeMap, HashMap};

use crate::cadence::rules::health::Tally;
use crate::cadence::service::{Health, Line};
use crate::ids::PersonId;
use crate::people::Team;
use crate::render::component::Choice;
use crate::render::limits::{self, OPTIONS};
use crate::render::names::{joined, joined_up_to};
use crate::render::{
    Button, CustomId, Embed, Message, Row, Select, cut, cut_graphemes, escape, page, stamp, theme,
};
use crate::time::Period;

/// A page of a team's health. `mention` makes a command that can be tapped.
#[must_use]
pub fn health(health: &Health, mention: impl Fn(&str) -> String) -> Message {
    let so_far = if health.is_running { " so far" } else { "" };
    let title = format!(
        "{}{}{}{so_far}",
        escape::name(&health.team.name),
        theme::DOT,
        health.period.label()
    );
    let mut lines = vec![summary(health, &mention)];
    lines.extend(health.lines.iter().map(|one| line(one, &health.names)));
    if health.page == health.pages && !health.unmet.is_empty() {
        let names: Vec<String> = health.unmet.iter().map(|name| escape::name(name)).collect();
        lines.push(format!(
            "Without a running series with a manager: {}.",
            joined_up_to(&names, 10)
        ));
    }
    let text = cut(&lines.join("\n\n"), limits::EMBED_DESCRIPTION);
    let embed = Embed::text(text)
        .title(title)
        .colour(theme::NEUTRAL)
        .footer(
            "Counts alone: what is said stays with those who say it. A date is kept when somebody says \
             Held and nobody says Not held; days off do not count.",
        );
    let to = |page| {
        CustomId::new("health", "page")
            .arg(health.team.id)
            .arg(health.period.key())
            .arg(page)
    };
    let digest = health.digest_is_off.then(|| {
        let id = CustomId::new("health", "digest").arg("on");
        Row::from([Button::secondary("Send me the weekly digest again", id)])
    });
    Message::embed(embed)
        .rows(page::numbered(
            number(health.page),
            number(health.pages),
            to,
        ))
        .rows(digest)
        .ephemeral()
}

/// Asks which team is meant.
#[must_use]
pub fn which_team(teams: &[Team], period: Period) -> Message {
    let id = CustomId::new("health", "of").arg(period.key());
    let choice = |team: &Team| Choice::new(cut_graphemes(&team.name, 60), team.id.to_string());
    let more = if teams.len() > OPTIONS {
        " If yours is not in the list, name it as `team`."
    } else {
        ""
    };
    Message::text(format!("Which team do you want to see?{more}"))
        .row(Select::text(id, teams.iter().take(OPTIONS).map(choice)).placeholder("Choose a team"))
        .ephemeral()
}

fn summary(health: &Health, mention: impl Fn(&str) -> String) -> String {
    if health.pairs == 0 {
        return format!(
            "Nobody here meets anybody of the team yet. {} starts a series.",
            mention("one-on-one schedule")
        );
    }
    let mut parts = vec![format!("**{}**", kept(&health.total))];
    parts.extend(asides(&health.total));
    let overdue = match health.overdue {
        0 => "Nobody is overdue.".to_owned(),
        1 => format!("**1 of {} is overdue.**", counted(health.pairs, "pair")),
        many => format!(
            "**{many} of {} are overdue.**",
            counted(health.pairs, "pair")
        ),
    };
    format!("{}\n{overdue}", parts.join(theme::DOT))
}

fn line(line: &Line, names: &HashMap<PersonId, Option<String>>) -> String {
    let name = |person: &PersonId| {
        let name = names.get(person).and_then(Option::as_deref);
        name.map_or_else(|| "a former member".to_owned(), escape::name)
    };
    let people: Vec<String> = line
        .people
        .iter()
        .map(|person| format!("**{}**", name(person)))
        .collect();
    let mut head = vec![joined(&people), line.kind.noun().to_owned()];
    match line.overdue {
        Some(late) => head.push(format!("**overdue by {}**", days(late.num_days()))),
        None if line.is_paused => head.push("paused".to_owned()),
        None if !line.is_running => head.push("ended".to_owned()),
        None => {}
    }
    let mut rows = vec![head.join(theme::DOT)];
    let mut parts = vec![kept(&line.tally)];
    if line.streak > 1 {
        parts.push(format!("{} in a row", line.streak));
    }
    parts.push(match line.last_held {
        Some(at) => format!("last held {}", stamp::relative(at)),
        None => "never held yet".to_owned(),
    });
    rows.push(parts.join(theme::DOT));
    let mut parts = Vec::new();
    if !line.tally.moved_by.is_empty() {
        parts.push(by("moved", &line.tally.moved_by, name));
    }
    if !line.tally.skipped_by.is_empty() {
        parts.push(by("skipped", &line.tally.skipped_by, name));
    }
    parts.extend(asides(&line.tally));
    if !parts.is_empty() {
        rows.push(parts.join(theme::DOT));
    }
    if !line.agenda.is_empty() {
        let shares: Vec<String> = line
            .people
            .iter()
            .map(|person| {
                let items = line.agenda.get(person).copied().unwrap_or_default();
                format!("{} {items}", name(person))
            })
            .collect();
        rows.push(format!("On the agenda: {}", shares.join(", ")));
    }
    rows.join("\n")
}

/// "kept 5 of 7 (71 %)", of what is known.
fn kept(tally: &Tally) -> String {
    match (tally.adherence(), tally.promised) {
        (Some(percent), _) => format!("kept {} of {} ({percent} %)", tally.kept, tally.known()),
        (None, 0) => "no date has passed".to_owned(),
        (None, _) => "not known whether any was kept".to_owned(),
    }
}

/// What else a tally holds, as far as it is not zero.
fn asides(tally: &Tally) -> Vec<String> {
    let mut parts = Vec::new();
    if tally.disputed > 0 {
        let word = if tally.disputed == 1 {
            "disagreement"
        } else {
            "disagreements"
        };
        parts.push(format!("{} {word}", tally.disputed));
    }
    for (count, what) in [
        (tally.unknown, "not answered"),
        (tally.awaited, "to be answered"),
        (tally.excused, "on days off"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts
}

/// "moved 3 times (Ann 2, Bo 1)".
fn by(
    what: &str,
    counts: &BTreeMap<Option<PersonId>, u32>,
    name: impl Fn(&PersonId) -> String,
) -> String {
    let times = match counts.values().sum() {
        1 => "once".to_owned(),
        many => format!("{many} times"),
    };
    let shares: Vec<String> = counts
        .iter()
        .map(|(person, count)| match person {
            Some(person) => format!("{} {count}", name(person)),
            None => format!("a former member {count}"),
        })
        .collect();
    format!("{what} {times} ({})", shares.join(", "))
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn days(count: i64) -> String {
    match count {
        ..=1 => "a day".to_owned(),
        many => format!("{many} days"),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
