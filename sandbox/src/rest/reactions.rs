//! Reactions under messages.

use serde_json::Value;

use super::channels::{need, standing};
use super::incoming::{Incoming, decode};
use super::reply::{Answer, Refusal, Reply};
use crate::permissions::{ADD_REACTIONS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY};
use crate::platform::Core;
use crate::state::{Emoji, Snowflake};
use crate::wire;

/// Where a reaction is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) bot: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) message: Snowflake,
}

/// Reads an emoji from a path: a Unicode emoji, or `name:id` of a custom one.
pub(crate) fn emoji(core: &Core, segment: &str) -> Result<Emoji, Refusal> {
    let text = decode(segment);
    if let Some((name, id)) = text.rsplit_once(':') {
        let id: Snowflake = id.parse().map_err(|_| Refusal::unknown_emoji())?;
        let known = core
            .world
            .guilds
            .values()
            .any(|guild| guild.emojis.contains_key(&id));
        let name = name.trim_start_matches("a:").to_owned();
        return if known {
            Ok(Emoji { id: Some(id), name })
        } else {
            Err(Refusal::unknown_emoji())
        };
    }
    // Keycaps and the like begin with ASCII, words consist of it.
    let wordless = !text.is_empty() && !text.is_ascii() && !text.chars().any(char::is_alphabetic);
    if wordless && text.chars().count() <= 16 {
        Ok(Emoji {
            id: None,
            name: text,
        })
    } else {
        Err(Refusal::unknown_emoji())
    }
}

pub(crate) fn add(core: &mut Core, at: Place, segment: &str) -> Answer {
    let found = standing(core, at.bot, at.channel, at.message)?;
    need(core, at.bot, at.channel, READ_MESSAGE_HISTORY)?;
    let emoji = emoji(core, segment)?;
    let first = !found
        .reactions
        .iter()
        .any(|reaction| reaction.emoji == emoji);
    if first {
        need(core, at.bot, at.channel, ADD_REACTIONS)?;
        if found.reactions.len() >= 20 {
            return Err(Refusal::too_many_reactions());
        }
    }
    core.react(at.message, &emoji, at.bot);
    Ok(Reply::nothing())
}

/// Removes one reaction: the bot's own, or with Manage Messages somebody else's.
pub(crate) fn remove(core: &mut Core, at: Place, segment: &str, whose: &str) -> Answer {
    standing(core, at.bot, at.channel, at.message)?;
    let emoji = emoji(core, segment)?;
    let user = if whose == "@me" {
        at.bot
    } else {
        Incoming::id(whose)?
    };
    if user != at.bot {
        need(core, at.bot, at.channel, MANAGE_MESSAGES)?;
    }
    core.unreact(at.message, &emoji, user);
    Ok(Reply::nothing())
}

/// Removes all reactions, or all with one emoji.
pub(crate) fn clear(core: &mut Core, at: Place, segment: Option<&str>) -> Answer {
    standing(core, at.bot, at.channel, at.message)?;
    need(core, at.bot, at.channel, MANAGE_MESSAGES)?;
    let only = segment.map(|segment| emoji(core, segment)).transpose()?;
    core.clear_reactions(at.message, only.as_ref());
    Ok(Reply::nothing())
}

/// Who reacted with an emoji, by rising id.
pub(crate) fn list(core: &Core, at: Place, segment: &str, incoming: &Incoming) -> Answer {
    let found = standing(core, at.bot, at.channel, at.message)?;
    need(core, at.bot, at.channel, READ_MESSAGE_HISTORY)?;
    let emoji = emoji(core, segment)?;
    let limit = incoming
        .parameter("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(25);
    let after = incoming.parameter("after").map(Incoming::id).transpose()?;
    let reaction = found
        .reactions
        .iter()
        .find(|reaction| reaction.emoji == emoji);
    let mut users = reaction
        .map(|reaction| reaction.users.clone())
        .unwrap_or_default();
    users.sort();
    let people = users
        .into_iter()
        .filter(|user| after.is_none_or(|after| *user > after))
        .filter_map(|user| core.world.users.get(&user))
        .take(limit)
        .map(wire::user);
    Ok(Reply::ok(Value::Array(people.collect())))
}
