//! The announcement of a kudos, the private message, and the words when either cannot be delivered.

mod team;

use crate::ids::{ChannelId, GuildId, KudosId, MessageId};
use crate::people::Guild;
use crate::recognition::store::ledger::{Entry, Receiver};
use crate::render::{Button, CustomId, Embed, Message, cut, escape, limits, names, theme};

/// The custom id of the button that takes a kudos back; also the mark by which its announcement is
/// recognised.
#[must_use]
pub fn undo_id(id: KudosId) -> CustomId {
    CustomId::new("kudos", "undo").arg(id)
}

/// The one message that tells of a kudos: giver, receivers, praise and value. It notifies the
/// receivers it names. `with_undo` when it answers the giver's command.
#[must_use]
pub fn announcement(guild: &Guild, entry: &Entry, shown: &[&Receiver], with_undo: bool) -> Message {
    let giver = match entry.giver_user {
        Some(user) => format!("<@{user}>"),
        None => super::name(None),
    };
    let (content, mentioned) = match &entry.team_name {
        Some(team) => {
            let team = escape::name(team);
            team::addressed(
                &format!("{} {giver} thanks **{team}**: ", theme::TROPHY),
                shown,
            )
        }
        None => {
            let mentions: Vec<String> = shown.iter().copied().map(mention).collect();
            let names = names::joined(&mentions);
            (
                format!("{} {giver} thanks {names}", theme::TROPHY),
                shown.len(),
            )
        }
    };
    let (mentioned, others) = shown.split_at_checked(mentioned).unwrap_or((shown, &[]));
    let mut embed = Embed {
        colour: Some(theme::KUDOS),
        ..Embed::text(praise(guild, entry, shown))
    };
    if let Some(value) = value(entry) {
        embed = embed.footer(value);
    }
    let others = team::others(&embed, others);
    let pings = mentioned
        .iter()
        .filter_map(|receiver| receiver.user)
        .map(|user| user.get());
    let mut message = Message::text(cut(&content, limits::CONTENT))
        .and_embed(embed)
        .ping(pings);
    message.embeds.extend(others);
    if with_undo {
        message = message.row(vec![Button::secondary("Undo", undo_id(entry.id))]);
    }
    message
}

/// The message to one receiver who is thanked privately.
#[must_use]
pub fn private_message(guild: &Guild, entry: &Entry) -> Message {
    let giver = super::name(entry.giver_name.as_deref());
    let server = escape::name(&guild.name);
    let content = format!(
        "{} **{giver}** thanks you privately, in {server}:",
        theme::LOCK
    );
    let mut embed = Embed {
        colour: Some(theme::KUDOS),
        ..Embed::text(praise(guild, entry, &[]))
    };
    if let Some(value) = value(entry) {
        embed = embed.footer(value);
    }
    Message::text(content).and_embed(embed)
}

/// What waits for a receiver who takes no DMs.
#[must_use]
pub fn private_waiting(entry: &Entry) -> String {
    let giver = super::name(entry.giver_name.as_deref());
    let praise = escape::praise(entry.text.as_deref().unwrap_or("(a reaction)"), |_| None);
    let text = format!(
        "{} **{giver}** thanked you privately, and I could not reach you by direct message:\n>>> {praise}",
        theme::LOCK
    );
    cut(&text, limits::CONTENT)
}

/// What the giver hears when a receiver takes no DMs.
#[must_use]
pub fn private_refused(receiver: Option<&str>) -> String {
    format!(
        "I could not send your private kudos to **{}**: they take no direct messages from me. It is \
         kept, and they will see it the next time they use one of my commands.",
        super::name(receiver)
    )
}

/// What the giver hears when the announcement was refused.
#[must_use]
pub fn announcement_refused(guild: &Guild, channel: ChannelId) -> String {
    format!(
        "Your kudos in **{}** is kept, but I may not post it in <#{channel}>. An admin can give me \
         back *View Channel*, *Send Messages* and *Embed Links* there, or choose another channel \
         with `/setup`.",
        escape::name(&guild.name)
    )
}

/// What an admin hears, once, when the recognition channel refuses announcements.
#[must_use]
pub fn channel_refused(guild: &Guild, channel: ChannelId) -> String {
    format!(
        "I can no longer post kudos in <#{channel}> in **{}**. Kudos are kept, but not announced. \
         Please give me back *View Channel*, *Send Messages* and *Embed Links* there, or choose \
         another channel with `/setup`.",
        escape::name(&guild.name)
    )
}

fn mention(receiver: &Receiver) -> String {
    match receiver.user {
        Some(user) => format!("<@{user}>"),
        None => super::name(None),
    }
}

/// The praise, with those who are thanked privately not named, and a link to the message it is about.
fn praise(guild: &Guild, entry: &Entry, shown: &[&Receiver]) -> String {
    let name_of = |user: u64| {
        shown
            .iter()
            .find(|receiver| receiver.user.is_some_and(|known| known.get() == user))
            .and_then(|receiver| receiver.name.clone())
    };
    let link = entry
        .message
        .map(|message| link(guild.id, entry.channel, message));
    let link = link.map(|url| format!("[Jump to the message]({url})"));
    let text = entry
        .text
        .as_deref()
        .map(|text| escape::praise(text, name_of))
        .filter(|text| !text.is_empty());
    match (text, link) {
        (Some(text), Some(link)) => {
            format!("{}\n\n{link}", cut(&text, limits::EMBED_DESCRIPTION - 200))
        }
        (Some(text), None) => cut(&text, limits::EMBED_DESCRIPTION),
        (None, Some(link)) => format!("For what they wrote. {link}"),
        (None, None) => "For what they did.".to_owned(),
    }
}

fn value(entry: &Entry) -> Option<String> {
    let name = entry.value_name.as_deref()?;
    // A footer is plain text: nothing in it is markdown. A custom emoji would show as its code.
    let emoji = entry
        .value_emoji
        .as_deref()
        .filter(|emoji| !emoji.starts_with('<'));
    Some(match emoji {
        Some(emoji) => format!("{emoji} {name}"),
        None => name.to_owned(),
    })
}

/// The address of a message.
pub(in crate::recognition) fn link(
    guild: GuildId,
    channel: ChannelId,
    message: MessageId,
) -> String {
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}
