//! What people see when they look back.

use super::{link, name};
use crate::ids::{GuildId, KudosId};
use crate::recognition::rules::Visibility;
use crate::recognition::service::{Direction, History, Page};
use crate::recognition::store::history::{Shown, ShownReceiver};
use crate::render::limits::{EMBED_DESCRIPTION, length};
use crate::render::{CustomId, Embed, Message, Row, cut, escape, names, page, stamp, theme};
use crate::time::Kind;
use crate::time::clock::from_millis;

/// How much of a praise and how many names of receivers a line shows: as much as lets a whole page
/// fit.
const SIZES: [(usize, usize); 5] = [(240, 3), (160, 3), (100, 2), (60, 1), (0, 1)];

/// A page of somebody's history.
#[must_use]
pub fn history(history: &History) -> Message {
    let turns = history.member.as_ref().and_then(|member| {
        let to = |turn: &str, kudos: KudosId| {
            CustomId::new("kudos", "history")
                .arg(member.id)
                .arg(history.direction.word())
                .arg(history.period.key())
                .arg(turn)
                .arg(kudos)
        };
        turns(&history.page, to)
    });
    let message = if history.page.kudos.is_empty() {
        Message::text(nothing(history))
    } else {
        let lines = |text, receivers| {
            let line = |kudos| {
                let excerpt = |typed: &str| cut(&praise(kudos, typed), text);
                line(history.guild, kudos, receivers, &excerpt)
            };
            history.page.kudos.iter().map(line).collect()
        };
        let embed = Embed::text(fitting(&lines))
            .title(title(history))
            .colour(theme::KUDOS);
        Message::embed(embed)
    };
    message.rows(turns).ephemeral()
}

/// The buttons that turn a page.
pub(super) fn turns(page: &Page, to: impl Fn(&str, KudosId) -> CustomId) -> Option<Row> {
    let newer = page.newer.map(|kudos| to("newer", kudos));
    page::newer_older(newer, page.older.map(|kudos| to("older", kudos)))
}

/// The lines of a page in the largest of [`SIZES`] that fits.
pub(super) fn fitting(lines: &dyn Fn(usize, usize) -> Vec<String>) -> String {
    let mut all = String::new();
    for (text, receivers) in SIZES {
        all = lines(text, receivers).join("\n");
        if length(&all) <= EMBED_DESCRIPTION {
            break;
        }
    }
    all
}

/// A kudos in one or two lines: who thanked whom and when, and the praise as `excerpt` gives it.
pub(super) fn line(
    guild: GuildId,
    kudos: &Shown,
    receivers: usize,
    excerpt: &dyn Fn(&str) -> String,
) -> String {
    let mut parts = vec![who(kudos, receivers)];
    if let Some(value) = &kudos.value {
        parts.push(match &kudos.value_emoji {
            Some(emoji) => format!("{emoji} {}", escape::inline(value)),
            None => escape::inline(value),
        });
    }
    parts.push(stamp::relative(from_millis(kudos.given_at)));
    if let Some(message) = kudos.message {
        let what = if kudos.seconds.is_some() {
            "announcement"
        } else {
            "message"
        };
        parts.push(format!("[{what}]({})", link(guild, kudos.channel, message)));
    } else if let Some((channel, message)) = kudos.announced {
        parts.push(format!("[announcement]({})", link(guild, channel, message)));
    }
    if kudos.edited {
        parts.push("edited".to_owned());
    }
    match kudos.seconded {
        0 => {}
        100.. => parts.push("seconded by 100 or more".to_owned()),
        count => parts.push(format!("seconded by {count}")),
    }
    let first = parts.join(theme::DOT);
    match kudos
        .text
        .as_deref()
        .map(excerpt)
        .filter(|text| !text.is_empty())
    {
        Some(text) => format!("{first}\n> {text}"),
        None => first,
    }
}

/// The praise on one line. Mentions of receivers who are shown are names.
pub(super) fn praise(kudos: &Shown, typed: &str) -> String {
    escape::praise_line(typed, |user| {
        kudos
            .receivers
            .iter()
            .find(|receiver| receiver.user.is_some_and(|known| known.get() == user))
            .and_then(|receiver| receiver.name.clone())
    })
}

fn who(kudos: &Shown, receivers: usize) -> String {
    let giver = bold(kudos.giver.as_deref());
    let shown: Vec<String> = kudos.receivers.iter().map(receiver).collect();
    let shown = names::joined_up_to(&shown, receivers);
    let thanked = match &kudos.team {
        Some(team) => format!("**{}** ({shown})", escape::name(team)),
        None => shown,
    };
    match &kudos.seconds {
        Some(first) => format!("{giver} seconds {} → {thanked}", bold(first.as_deref())),
        None => format!("{giver} → {thanked}"),
    }
}

/// A receiver's name, with a lock if not everybody may see it.
fn receiver(receiver: &ShownReceiver) -> String {
    let name = bold(receiver.name.as_deref());
    match receiver.visibility {
        Visibility::Public => name,
        Visibility::Channel | Visibility::Private => format!("{} {name}", theme::LOCK),
    }
}

fn bold(person: Option<&str>) -> String {
    format!("**{}**", name(person))
}

fn title(history: &History) -> String {
    let person = name(history.name.as_deref());
    let title = match (history.direction, history.is_own) {
        (Direction::Received, true) => "Kudos to you".to_owned(),
        (Direction::Given, true) => "Kudos from you".to_owned(),
        (Direction::Received, false) => format!("Kudos to {person}"),
        (Direction::Given, false) => format!("Kudos from {person}"),
    };
    match history.period.kind() {
        Kind::All => title,
        _ => format!("{title}{}{}", theme::DOT, history.period.label()),
    }
}

/// What stands in place of an empty page, and what to do next.
fn nothing(history: &History) -> String {
    if history.page.newer.is_some() {
        return "There is nothing older.".to_owned();
    }
    if history.period.kind() != Kind::All {
        let person = bold(history.name.as_deref());
        let whose = match (history.direction, history.is_own) {
            (Direction::Received, true) => "for you".to_owned(),
            (Direction::Given, true) => "from you".to_owned(),
            (Direction::Received, false) => format!("for {person}"),
            (Direction::Given, false) => format!("from {person}"),
        };
        return format!(
            "There are no kudos {whose} in {} that I can show you. Leave the period out to see all \
             of them.",
            history.period.label()
        );
    }
    match (history.direction, history.is_own) {
        (Direction::Received, true) => {
            "There are no kudos for you here yet. A good way to begin: thank somebody with \
             `/kudos give`."
                .to_owned()
        }
        (Direction::Given, true) => {
            "You have given no kudos yet. Who made your week easier? `/kudos give` tells them."
                .to_owned()
        }
        (Direction::Received, false) => format!(
            "There are no kudos for {} yet that I can show you. Be the first: `/kudos give`.",
            bold(history.name.as_deref())
        ),
        (Direction::Given, false) => format!(
            "There are no kudos from {} yet that I can show you. `/kudos history` without a name \
             shows yours.",
            bold(history.name.as_deref())
        ),
    }
}
