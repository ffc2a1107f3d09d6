//! The first answer to an interaction.
//! <https://docs.discord.com/developers/interactions/receiving-and-responding>
//!
//! Invariants: an interaction is answered once, within three seconds, and only in a way that fits
//! what it is; the ephemeral mark of a deferral stays.

use serde_json::{Value, json};

use super::channels::shown;
use super::content;
use super::incoming::{Incoming, Upload};
use super::reply::{Answer, Refusal, Reply};
use crate::actions::Draft;
use crate::limits::{self, MessageKind as Body};
use crate::platform::Core;
use crate::state::{
    EPHEMERAL, Interaction, LOADING, MadeBy, MessageKind, Snowflake, callback, kind,
};
use crate::view::Sight;

/// `POST /interactions/{id}/{token}/callback`
pub(crate) fn answer(core: &mut Core, id: &str, token: &str, incoming: &Incoming) -> Answer {
    let id = Incoming::id(id)?;
    let interaction = core
        .world
        .interactions
        .get(&id)
        .filter(|found| found.token == token);
    let interaction = interaction
        .ok_or_else(Refusal::unknown_interaction)?
        .clone();
    let took = interaction.sent.elapsed();
    if interaction.answered.is_some() {
        return Err(Refusal::already_acknowledged());
    }
    if core.is_too_late(&interaction) || interaction.failed {
        core.fail_interaction(id);
        return Err(Refusal::unknown_interaction());
    }
    limits::interaction_response(&incoming.body).map_err(|broken| Refusal::invalid(&broken))?;
    let answer = incoming.body.get("type").and_then(Value::as_u64);
    let answer = answer
        .and_then(|number| u8::try_from(number).ok())
        .unwrap_or(0);
    if !fits(&interaction, answer) {
        let message = "This type of answer is not valid for the interaction.";
        return Err(Refusal::field(
            "type",
            "INTERACTION_RESPONSE_TYPE_INVALID",
            message,
        ));
    }
    let data = incoming.body.get("data").cloned().unwrap_or_default();
    let resource = carry_out(core, &interaction, answer, &data, &incoming.files)?;
    if let Some(interaction) = core.world.interactions.get_mut(&id) {
        interaction.answered = Some(answer);
        interaction.took = Some(took);
    }
    if incoming.parameter("with_response") != Some("true") {
        return Ok(Reply::nothing());
    }
    Ok(Reply::ok(response(core, &interaction, answer, resource)))
}

/// Which answers go with which interaction.
fn fits(interaction: &Interaction, answer: u8) -> bool {
    match interaction.kind {
        kind::COMMAND => {
            matches!(
                answer,
                callback::MESSAGE | callback::DEFERRED_MESSAGE | callback::MODAL
            )
        }
        kind::COMPONENT => matches!(answer, 4..=7 | callback::MODAL),
        kind::AUTOCOMPLETE => answer == callback::CHOICES,
        kind::MODAL => match answer {
            // A silent acknowledgement closes any form, also one that no component opened.
            callback::MESSAGE | callback::DEFERRED_MESSAGE | callback::DEFERRED_UPDATE => true,
            callback::UPDATE => interaction.source.is_some(),
            _ => false,
        },
        _ => answer == callback::PONG,
    }
}

/// Does what the answer says and returns the message that it made or changed.
fn carry_out(
    core: &mut Core,
    interaction: &Interaction,
    answer: u8,
    data: &Value,
    files: &[Upload],
) -> Result<Option<Snowflake>, Refusal> {
    let resource = match answer {
        callback::MESSAGE => {
            content::check_new(data, files, Body::InteractionResponse)?;
            Some(say(core, interaction, data, files, None))
        }
        callback::DEFERRED_MESSAGE => {
            let mut draft = draft(interaction, data, None);
            draft.flags |= LOADING;
            Some(core.post(draft))
        }
        callback::UPDATE => {
            let source = interaction
                .source
                .and_then(|id| core.world.standing(id))
                .cloned();
            let source = source.ok_or_else(Refusal::unknown_message)?;
            let patch = content::patch_of(core, &source, data, files)?;
            core.edit(source.id, patch);
            Some(source.id)
        }
        callback::DEFERRED_UPDATE => interaction.source,
        _ => None,
    };
    let Some(open) = core.world.interactions.get_mut(&interaction.id) else {
        return Ok(resource);
    };
    open.original = resource;
    match answer {
        callback::CHOICES => {
            open.choices = data.get("choices").and_then(Value::as_array).cloned();
        }
        callback::MODAL => {
            open.modal = Some(data.clone());
            let form = Sight::Form {
                interaction: interaction.id,
                modal: data.clone(),
            };
            core.see(interaction.user, interaction.guild, form);
        }
        _ => {}
    }
    Ok(resource)
}

fn draft(interaction: &Interaction, data: &Value, follows: Option<Snowflake>) -> Draft {
    let flags = data.get("flags").and_then(Value::as_u64).unwrap_or(0);
    let mut draft = Draft::new(interaction.channel, interaction.application);
    draft.application = Some(interaction.application);
    draft.visible_to = (flags & EPHEMERAL != 0).then_some(interaction.user);
    draft.made_by = Some(MadeBy {
        interaction: interaction.id,
        kind: interaction.kind,
        name: interaction.name.trim_start_matches('/').to_owned(),
        user: interaction.user,
        original: follows,
        interacted: interaction.source,
    });
    draft.replies_to = follows.or(interaction.source);
    draft.kind = match (draft.replies_to, interaction.command_kind) {
        (Some(_), _) => MessageKind::Reply,
        (None, Some(2 | 3)) => MessageKind::MenuAnswer,
        (None, _) => MessageKind::CommandAnswer,
    };
    draft
}

/// Posts what the bot says to an interaction; `follows` is set for a follow-up.
pub(crate) fn say(
    core: &mut Core,
    interaction: &Interaction,
    data: &Value,
    files: &[Upload],
    follows: Option<Snowflake>,
) -> Snowflake {
    let mut draft = draft(interaction, data, follows);
    content::fill(core, &mut draft, data, files);
    core.post(draft)
}

/// What `with_response=true` returns.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object>
fn response(
    core: &Core,
    interaction: &Interaction,
    answer: u8,
    resource: Option<Snowflake>,
) -> Value {
    let mut about = json!({ "id": interaction.id, "type": interaction.kind });
    let mut made = json!({ "type": answer });
    let message = resource.and_then(|id| core.world.messages.get(&id));
    if let (Some(message), Some(fields)) = (message, about.as_object_mut()) {
        fields.insert("response_message_id".to_owned(), json!(message.id));
        let loading = message.flags & LOADING != 0;
        fields.insert("response_message_loading".to_owned(), json!(loading));
        let ephemeral = message.is_ephemeral();
        fields.insert("response_message_ephemeral".to_owned(), json!(ephemeral));
        if let (callback::MESSAGE | callback::DEFERRED_MESSAGE | callback::UPDATE, Some(made)) =
            (answer, made.as_object_mut())
        {
            let body = shown(core, interaction.application, message.id);
            made.insert("message".to_owned(), body);
        }
    }
    json!({ "interaction": about, "resource": made })
}
