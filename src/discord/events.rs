//! What the gateway says, handed to whom it concerns.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use serenity::all::{
    ActionRowComponent, ComponentInteraction, ComponentInteractionDataKind, FullEvent, Interaction,
    MessageFlags, ModalInteraction,
};

use super::answer::Delay;
use super::bot::{Ask, Bot, Press};
use super::boundary;
use crate::error::Failure;
use crate::ids::InteractionId;
use crate::render::custom_id::CustomId;
use crate::telemetry::Reference;

/// Handles one event. poise has dispatched commands and autocompletions on its own.
pub(super) async fn handle(bot: &Bot, event: &FullEvent) {
    match event {
        FullEvent::InteractionCreate {
            interaction: Interaction::Component(call),
        } => {
            pressed(bot, call).await;
        }
        FullEvent::InteractionCreate {
            interaction: Interaction::Modal(call),
        } => {
            submitted(bot, call).await;
        }
        FullEvent::InteractionCreate { .. } => {}
        event => hear(bot, event).await,
    }
}

async fn hear(bot: &Bot, event: &FullEvent) {
    for handler in bot.tables.events {
        let heard = bot
            .tasks
            .track_future(AssertUnwindSafe(handler(bot, event)).catch_unwind());
        let failure = match heard.await {
            Ok(Ok(())) => continue,
            Ok(Err(failure)) => failure,
            Err(_) => Failure::Fault("the handler panicked".into()),
        };
        let reference = Reference::new();
        tracing::error!(event = event.snake_case_name(), %reference, fault = %failure, "an event failed");
    }
}

async fn pressed(bot: &Bot, call: &ComponentInteraction) {
    let values = match &call.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        ComponentInteractionDataKind::UserSelect { values } => texts(values),
        ComponentInteractionDataKind::RoleSelect { values } => texts(values),
        ComponentInteractionDataKind::MentionableSelect { values } => texts(values),
        ComponentInteractionDataKind::ChannelSelect { values } => texts(values),
        _ => Vec::new(),
    };
    let caller = boundary::caller(
        &call.user,
        call.member.as_ref(),
        call.guild_id,
        call.channel_id,
    );
    let id = InteractionId::from(call.id);
    if !bot.handled.is_new(id) {
        return;
    }
    let application = call.application_id.get();
    let ask = boundary::ask(bot, id, application, &call.token, caller, Delay::Ephemeral);
    mind_others(&ask, &call.message);
    let press = |id| Press {
        id,
        values,
        fields: Vec::new(),
        message: Some(&*call.message),
    };
    route(bot, &call.data.custom_id, ask, press).await;
}

async fn submitted(bot: &Bot, call: &ModalInteraction) {
    let fields = call
        .data
        .components
        .iter()
        .flat_map(|row| &row.components)
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) => Some((
                input.custom_id.clone(),
                input.value.clone().unwrap_or_default(),
            )),
            _ => None,
        })
        .collect();
    let caller = boundary::caller(
        &call.user,
        call.member.as_ref(),
        call.guild_id,
        call.channel_id,
    );
    let id = InteractionId::from(call.id);
    if !bot.handled.is_new(id) {
        return;
    }
    let application = call.application_id.get();
    let ask = boundary::ask(bot, id, application, &call.token, caller, Delay::Ephemeral);
    if let Some(message) = call.message.as_deref() {
        mind_others(&ask, message);
    }
    let press = |id| Press {
        id,
        values: Vec::new(),
        fields,
        message: call.message.as_deref(),
    };
    route(bot, &call.data.custom_id, ask, press).await;
}

/// Keeps what is for the caller alone out of a message that others see.
fn mind_others(ask: &Ask<'_>, message: &serenity::all::Message) {
    let own = message
        .flags
        .is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    if !own {
        ask.answer.is_of_shared_message();
    }
}

async fn route<'a>(
    bot: &'a Bot,
    custom_id: &str,
    ask: Ask<'a>,
    press: impl FnOnce(CustomId) -> Press<'a>,
) {
    let found = CustomId::parse(custom_id).and_then(|id| {
        let handler = bot
            .tables
            .presses
            .iter()
            .find(|(domain, _)| *domain == id.domain())?
            .1;
        Some((id, handler))
    });
    match found {
        Some((id, handler)) => {
            let name = format!("{}:{}", id.domain(), id.action());
            boundary::conclude(&name, ask.clone(), handler(ask, press(id))).await;
        }
        None => {
            let stale = async {
                Err(Failure::refused(
                    "This button is from an earlier version and does nothing any more. \
                     Use the command instead; `/help` lists them.",
                ))
            };
            boundary::conclude("unknown component", ask, stale).await;
        }
    }
}

fn texts<T: std::fmt::Display>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
