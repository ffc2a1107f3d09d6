//! What comes after the first answer: `@original`, follow-ups, and their edits, through the
//! interaction's token.

use serde_json::Value;

use super::channels::shown;
use super::incoming::Incoming;
use super::reply::{Answer, Refusal, Reply};
use super::{content, interactions};
use crate::limits::MessageKind as Body;
use crate::platform::Core;
use crate::state::{Interaction, LOADING, Message, Snowflake, TOKEN_MS};

/// The answered interaction of a token that still works.
fn open(core: &Core, application: &str, token: &str) -> Result<Interaction, Refusal> {
    let application = Incoming::id(application)?;
    let id = core
        .world
        .by_token
        .get(token)
        .ok_or_else(Refusal::invalid_webhook_token)?;
    let found = core
        .world
        .interactions
        .get(id)
        .ok_or_else(Refusal::unknown_webhook)?;
    if found.application != application {
        return Err(Refusal::unknown_webhook());
    }
    if core.world.clock.now_ms() - found.created_ms > TOKEN_MS {
        return Err(Refusal::invalid_webhook_token());
    }
    if found.answered.is_none() {
        return Err(Refusal::unknown_webhook());
    }
    Ok(found.clone())
}

/// The message that a route means, if it belongs to the interaction and still stands.
fn find(core: &Core, of: &Interaction, message: &str) -> Result<Message, Refusal> {
    let id = match message {
        "@original" => of.original.ok_or_else(Refusal::unknown_message)?,
        number => Incoming::id(number)?,
    };
    let theirs = of.original == Some(id) || of.follow_ups.contains(&id);
    let found = core.world.standing(id).filter(|_| theirs);
    found.cloned().ok_or_else(Refusal::unknown_message)
}

/// `POST`: a follow-up. Right after a deferral it becomes the deferred answer, whose ephemeral mark
/// stays.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message>
pub(crate) fn follow_up(
    core: &mut Core,
    application: &str,
    token: &str,
    incoming: &Incoming,
) -> Answer {
    let interaction = open(core, application, token)?;
    content::check_new(&incoming.body, &incoming.files, Body::FollowUp)?;
    let original = interaction
        .original
        .and_then(|id| core.world.standing(id))
        .cloned();
    let bot = interaction.application;
    if let Some(waiting) = original.filter(|message| message.flags & LOADING != 0) {
        let mut body = incoming.body.clone();
        if let Some(flags) = body.get("flags").and_then(Value::as_u64) {
            let kept = flags & !crate::state::EPHEMERAL;
            body.as_object_mut()
                .map(|fields| fields.insert("flags".to_owned(), kept.into()));
        }
        let patch = content::patch_of(core, &waiting, &body, &incoming.files)?;
        core.edit(waiting.id, patch);
        complete(core, interaction.id);
        return Ok(Reply::ok(shown(core, bot, waiting.id)));
    }
    let follows = interaction.original;
    let id = interactions::say(core, &interaction, &incoming.body, &incoming.files, follows);
    if let Some(open) = core.world.interactions.get_mut(&interaction.id) {
        open.follow_ups.push(id);
    }
    Ok(Reply::ok(shown(core, bot, id)))
}

pub(crate) fn get(core: &Core, application: &str, token: &str, message: &str) -> Answer {
    let interaction = open(core, application, token)?;
    let found = find(core, &interaction, message)?;
    Ok(Reply::ok(shown(core, interaction.application, found.id)))
}

pub(crate) fn edit(
    core: &mut Core,
    application: &str,
    token: &str,
    message: &str,
    incoming: &Incoming,
) -> Answer {
    let interaction = open(core, application, token)?;
    let found = find(core, &interaction, message)?;
    let patch = content::patch(core, &found, incoming)?;
    core.edit(found.id, patch);
    if interaction.original == Some(found.id) {
        complete(core, interaction.id);
    }
    Ok(Reply::ok(shown(core, interaction.application, found.id)))
}

pub(crate) fn delete(core: &mut Core, application: &str, token: &str, message: &str) -> Answer {
    let interaction = open(core, application, token)?;
    let found = find(core, &interaction, message)?;
    core.delete(found.id);
    if interaction.original == Some(found.id) {
        complete(core, interaction.id);
    }
    Ok(Reply::nothing())
}

fn complete(core: &mut Core, interaction: Snowflake) {
    if let Some(open) = core.world.interactions.get_mut(&interaction) {
        open.completed = true;
    }
}
