//! Channels and the messages in them.

use serde_json::{Value, json};

use super::content;
use super::incoming::Incoming;
use super::reply::{Answer, Refusal, Reply};
use crate::actions::Draft;
use crate::gateway::readable_by;
use crate::limits::MessageKind as Body;
use crate::permissions::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL,
};
use crate::platform::Core;
use crate::state::{Channel, Message, MessageKind, Snowflake};
use crate::wire::{self, Viewpoint};

/// For how long a nonce is remembered with `enforce_nonce`.
const NONCE_MS: i64 = 5 * 60 * 1_000;
/// Older messages cannot be deleted in bulk.
const BULK_MS: i64 = 14 * 24 * 60 * 60 * 1_000;

/// A channel that the bot can see.
pub(crate) fn visible(
    core: &Core,
    bot: Snowflake,
    channel: Snowflake,
) -> Result<&Channel, Refusal> {
    let found = core
        .world
        .channels
        .get(&channel)
        .ok_or_else(Refusal::unknown_channel)?;
    if core.world.can_view(bot, channel) {
        Ok(found)
    } else {
        Err(Refusal::missing_access())
    }
}

/// A message that stands in a channel for all to see.
pub(crate) fn standing(
    core: &Core,
    bot: Snowflake,
    channel: Snowflake,
    message: Snowflake,
) -> Result<&Message, Refusal> {
    visible(core, bot, channel)?;
    core.world
        .standing(message)
        .filter(|found| found.channel == channel && !found.is_ephemeral())
        .ok_or_else(Refusal::unknown_message)
}

pub(crate) fn need(
    core: &Core,
    bot: Snowflake,
    channel: Snowflake,
    bits: u64,
) -> Result<(), Refusal> {
    let may = core.world.may(bot, channel, bits);
    if may {
        Ok(())
    } else {
        Err(Refusal::missing_permissions())
    }
}

/// A message as REST shows it to a bot, its content withheld where the bot has no right to it.
pub(crate) fn shown(core: &Core, bot: Snowflake, id: Snowflake) -> Value {
    let Some(message) = core.world.messages.get(&id) else {
        return Value::Null;
    };
    let view = Viewpoint {
        user: bot,
        base_url: &core.base_url,
        on_gateway: false,
    };
    let mut body = wire::message(&core.world, message, &view);
    let granted = core
        .world
        .applications
        .get(&bot)
        .is_some_and(|application| application.grants.message_content);
    if !granted && message.guild.is_some() {
        wire::withhold(&mut body, &|message| readable_by(message, bot));
    }
    body
}

pub(crate) fn get(core: &Core, bot: Snowflake, channel: Snowflake) -> Answer {
    let found = visible(core, bot, channel)?;
    Ok(Reply::ok(wire::channel(&core.world, found)))
}

pub(crate) fn history(
    core: &Core,
    bot: Snowflake,
    channel: Snowflake,
    incoming: &Incoming,
) -> Answer {
    let found = visible(core, bot, channel)?;
    if !core.world.may(bot, channel, READ_MESSAGE_HISTORY) {
        return Ok(Reply::ok(json!([])));
    }
    let limit = match incoming.parameter("limit").map(str::parse::<usize>) {
        None => 50,
        Some(Ok(limit @ 1..=100)) => limit,
        Some(_) => {
            let message = "int value should be between 1 and 100.";
            return Err(Refusal::field("limit", "NUMBER_TYPE_MAX", message));
        }
    };
    let at = |name: &str| incoming.parameter(name).map(Incoming::id).transpose();
    let (before, after, around) = (at("before")?, at("after")?, at("around")?);
    let there = found.messages.iter().copied().filter(|id| {
        core.world
            .standing(*id)
            .is_some_and(|message| !message.is_ephemeral())
    });
    let mut chosen: Vec<Snowflake> = match (before, after, around) {
        (Some(before), _, _) => {
            let earlier: Vec<_> = there.take_while(|id| *id < before).collect();
            earlier.into_iter().rev().take(limit).collect()
        }
        (None, Some(after), _) => there.filter(|id| *id > after).take(limit).collect(),
        (None, None, Some(around)) => {
            let all: Vec<_> = there.collect();
            let middle = all.partition_point(|id| *id < around);
            let first = middle.saturating_sub(limit / 2);
            all.into_iter().skip(first).take(limit).collect()
        }
        (None, None, None) => {
            let all: Vec<_> = there.collect();
            all.into_iter().rev().take(limit).collect()
        }
    };
    chosen.sort_by(|one, other| other.cmp(one));
    Ok(Reply::ok(
        chosen.into_iter().map(|id| shown(core, bot, id)).collect(),
    ))
}

pub(crate) fn get_message(
    core: &Core,
    bot: Snowflake,
    channel: Snowflake,
    message: Snowflake,
) -> Answer {
    visible(core, bot, channel)?;
    need(core, bot, channel, READ_MESSAGE_HISTORY)?;
    let found = standing(core, bot, channel, message)?.id;
    Ok(Reply::ok(shown(core, bot, found)))
}

/// Whether a bot may write in a channel at all.
fn may_write(core: &Core, bot: Snowflake, channel: Snowflake) -> Result<(), Refusal> {
    let found = visible(core, bot, channel)?;
    if !found.is_direct() {
        return need(core, bot, channel, SEND_MESSAGES | VIEW_CHANNEL);
    }
    for person in found.people.iter().filter(|person| **person != bot) {
        let user = core
            .world
            .users
            .get(person)
            .ok_or_else(Refusal::unknown_user)?;
        if user.refuses_dms || user.bot {
            return Err(Refusal::cannot_message_user());
        }
        if !core.world.share_a_guild(bot, *person) {
            return Err(Refusal::no_mutual_guilds());
        }
    }
    Ok(())
}

pub(crate) fn post(
    core: &mut Core,
    bot: Snowflake,
    channel: Snowflake,
    incoming: &Incoming,
) -> Answer {
    may_write(core, bot, channel)?;
    content::check_new(&incoming.body, &incoming.files, Body::Create)?;
    if !incoming.files.is_empty() {
        need(core, bot, channel, ATTACH_FILES)?;
    }
    let enforced = incoming.field("enforce_nonce").and_then(Value::as_bool) == Some(true);
    if let (true, Some(nonce)) = (enforced, incoming.field("nonce"))
        && let Some(first) = same_nonce(core, bot, channel, nonce)
    {
        return Ok(Reply::ok(shown(core, bot, first)));
    }
    let replies_to = replied(core, bot, channel, incoming)?;
    let mut draft = Draft::new(channel, bot);
    draft.application = Some(bot);
    draft.replies_to = replies_to;
    if replies_to.is_some() {
        draft.kind = MessageKind::Reply;
    }
    content::fill(core, &mut draft, &incoming.body, &incoming.files);
    if !core.world.may(bot, channel, EMBED_LINKS) {
        // Without the permission Discord posts the message and leaves the embeds out.
        draft.embeds.clear();
    }
    let id = core.post(draft);
    Ok(Reply::ok(shown(core, bot, id)))
}

/// The message that already carries the nonce, by the same author, of the last few minutes.
fn same_nonce(core: &Core, bot: Snowflake, channel: Snowflake, nonce: &Value) -> Option<Snowflake> {
    let since = Snowflake::at(core.world.clock.now_ms() - NONCE_MS);
    let messages = &core.world.channels.get(&channel)?.messages;
    let recent = messages.iter().rev().take_while(|id| **id >= since);
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    recent.copied().find(|id| {
        let message = core.world.messages.get(id);
        let carried = message
            .filter(|m| m.author == bot)
            .and_then(|m| m.nonce.as_ref());
        carried.is_some_and(|carried| text(carried) == text(nonce))
    })
}

fn replied(
    core: &Core,
    bot: Snowflake,
    channel: Snowflake,
    incoming: &Incoming,
) -> Result<Option<Snowflake>, Refusal> {
    let Some(reference) = incoming.field("message_reference") else {
        return Ok(None);
    };
    let id = reference.get("message_id").and_then(Snowflake::from_json);
    if !core.world.may(bot, channel, READ_MESSAGE_HISTORY) {
        return Err(Refusal::reply_needs_history());
    }
    let stands = id.and_then(|id| core.world.standing(id));
    let stands = stands.filter(|message| message.channel == channel && !message.is_ephemeral());
    match stands {
        Some(message) => Ok(Some(message.id)),
        None if reference.get("fail_if_not_exists") == Some(&json!(false)) => Ok(None),
        None => Err(Refusal::field(
            "message_reference",
            "REPLIES_UNKNOWN_MESSAGE",
            "Unknown message",
        )),
    }
}

pub(crate) fn edit(
    core: &mut Core,
    bot: Snowflake,
    channel: Snowflake,
    message: Snowflake,
    incoming: &Incoming,
) -> Answer {
    let found = standing(core, bot, channel, message)?.clone();
    if found.author != bot {
        return Err(Refusal::not_the_author());
    }
    let patch = content::patch(core, &found, incoming)?;
    core.edit(message, patch);
    Ok(Reply::ok(shown(core, bot, message)))
}

pub(crate) fn delete(
    core: &mut Core,
    bot: Snowflake,
    channel: Snowflake,
    message: Snowflake,
) -> Answer {
    let found = standing(core, bot, channel, message)?;
    if found.author != bot {
        if found.guild.is_none() {
            return Err(Refusal::wrong_in_direct());
        }
        need(core, bot, channel, MANAGE_MESSAGES)?;
    }
    core.delete(message);
    Ok(Reply::nothing())
}

pub(crate) fn bulk_delete(
    core: &mut Core,
    bot: Snowflake,
    channel: Snowflake,
    incoming: &Incoming,
) -> Answer {
    if visible(core, bot, channel)?.is_direct() {
        return Err(Refusal::wrong_in_direct());
    }
    need(core, bot, channel, MANAGE_MESSAGES)?;
    let ids = incoming.field("messages").and_then(Value::as_array);
    let ids: Vec<Snowflake> = ids
        .into_iter()
        .flatten()
        .filter_map(Snowflake::from_json)
        .collect();
    if !(2..=100).contains(&ids.len()) {
        return Err(Refusal::wrong_number_to_delete());
    }
    let oldest = core.world.clock.now_ms() - BULK_MS;
    if ids.iter().any(|id| id.created_ms() < oldest) {
        return Err(Refusal::too_old_to_delete());
    }
    core.delete_many(channel, &ids);
    Ok(Reply::nothing())
}

pub(crate) fn typing(core: &Core, bot: Snowflake, channel: Snowflake) -> Answer {
    may_write(core, bot, channel)?;
    Ok(Reply::nothing())
}

/// Opens the direct channel with a person. Whether the person takes messages shows when one is
/// sent.
pub(crate) fn open_direct(core: &mut Core, bot: Snowflake, incoming: &Incoming) -> Answer {
    let person = incoming
        .field("recipient_id")
        .and_then(Snowflake::from_json);
    let Some(person) = person else {
        let message = "This field is required";
        return Err(Refusal::field(
            "recipient_id",
            "BASE_TYPE_REQUIRED",
            message,
        ));
    };
    let user = core
        .world
        .users
        .get(&person)
        .ok_or_else(Refusal::unknown_user)?;
    if user.bot {
        return Err(Refusal::cannot_message_user());
    }
    let channel = core.world.direct_channel(bot, person);
    get(core, bot, channel)
}
