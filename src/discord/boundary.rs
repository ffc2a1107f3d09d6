//! The one boundary where a failure becomes words: a refusal for the person, a reference for both
//! the person and the log, never internals.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::answer::{Answer, Delay};
use super::bot::{Ask, Bot, Caller, Ctx};
use crate::db;
use crate::error::Failure;
use crate::ids::{ChannelId, GuildId, InteractionId, UserId};
use crate::jobs::notices;
use crate::render::message::Message;
use crate::telemetry::Reference;

/// Runs a command's body and answers for it if it fails.
///
/// # Errors
/// Never: the type is what poise wants.
pub async fn asked<'a, F>(
    ctx: Ctx<'a>,
    delay: Delay,
    body: impl FnOnce(Ask<'a>) -> F,
) -> Result<(), Failure>
where
    F: Future<Output = Result<(), Failure>>,
{
    let bot = ctx.framework.user_data;
    let call = ctx.interaction;
    let caller = caller(
        &call.user,
        call.member.as_deref(),
        call.guild_id,
        call.channel_id,
    );
    let id = InteractionId::from(call.id);
    if !bot.handled.is_new(id) {
        return Ok(());
    }
    let ask = ask(
        bot,
        id,
        call.application_id.get(),
        &call.token,
        caller,
        delay,
    );
    let name = ctx
        .command_tree
        .iter()
        .map(|command| command.name.as_ref())
        .collect::<Vec<_>>()
        .join(" ");
    conclude(&name, ask.clone(), body(ask)).await;
    Ok(())
}

/// The body of an autocompletion: what it offers, nothing if it fails.
pub async fn autocompleted(
    ctx: Ctx<'_>,
    body: impl Future<Output = Result<Vec<AutocompleteChoice>, Failure>>,
) -> CreateAutocompleteResponse {
    let choices = match ctx.framework.user_data.tasks.track_future(body).await {
        Ok(choices) => choices,
        Err(Failure::Refused(_)) => Vec::new(),
        Err(Failure::Fault(fault)) => {
            tracing::error!(%fault, "an autocompletion failed");
            Vec::new()
        }
    };
    CreateAutocompleteResponse::new().set_choices(choices)
}

/// A call with its way back.
pub(super) fn ask<'a>(
    bot: &'a Bot,
    id: InteractionId,
    application: u64,
    token: &str,
    caller: Caller,
    delay: Delay,
) -> Ask<'a> {
    let answer = Answer::begin(bot.rest.clone(), id, application, token.to_owned(), delay);
    Ask {
        bot,
        answer,
        caller,
        id,
    }
}

/// Who calls, from what Discord sends with every interaction.
pub(super) fn caller(
    user: &serenity::all::User,
    member: Option<&serenity::all::Member>,
    guild: Option<serenity::all::GuildId>,
    channel: serenity::all::ChannelId,
) -> Caller {
    let is_admin = member
        .and_then(|member| member.permissions)
        .is_some_and(|permissions| permissions.manage_guild() || permissions.administrator());
    Caller {
        user: UserId::from(user.id),
        name: member
            .map_or_else(|| user.display_name(), serenity::all::Member::display_name)
            .to_owned(),
        guild: guild.map(GuildId::from),
        channel: ChannelId::from(channel),
        is_admin,
    }
}

/// Awaits the body of a call, answers for a failure, and passes on what waited for the caller.
pub(super) async fn conclude(
    name: &str,
    ask: Ask<'_>,
    body: impl Future<Output = Result<(), Failure>>,
) {
    let tasks = ask.bot.tasks.clone();
    tasks
        .track_future(async {
            let result = match AssertUnwindSafe(body).catch_unwind().await {
                Ok(result) => result,
                Err(_) => Err(Failure::Fault("the handler panicked".into())),
            };
            let said = match result {
                Ok(()) => Ok(()),
                Err(failure) => {
                    let words = words(name, &failure);
                    ask.reply(Message::text(words).ephemeral()).await
                }
            };
            let said = match said {
                Ok(()) => pass_on_notices(&ask).await,
                unanswered => unanswered,
            };
            if let Err(fault) = said {
                tracing::warn!(call = name, %fault, "a call was left without its answer");
            }
        })
        .await;
}

/// What the person reads. A fault is logged here, and nowhere else.
fn words(call: &str, failure: &Failure) -> String {
    let fault = match failure {
        Failure::Refused(words) => return words.clone(),
        Failure::Fault(fault) => fault,
    };
    let reference = Reference::new();
    tracing::error!(call, %reference, %fault, "a call failed");
    if fault.downcast_ref::<sqlx::Error>().is_some_and(db::is_full) {
        return format!(
            "I can't save anything right now because my disk is full, so this was not recorded. \
             Please tell whoever runs me, with the reference `{reference}`, and try again later."
        );
    }
    format!(
        "Something went wrong on my side. Please try again; if it happens again, tell whoever runs \
         me and give the reference `{reference}`."
    )
}

/// Shows what could not be said by DM; it is forgotten only after it was shown.
async fn pass_on_notices(ask: &Ask<'_>) -> Result<(), Failure> {
    let Some(guild) = ask.caller.guild else {
        return Ok(());
    };
    for notice in notices::list(&ask.app().db, guild, ask.caller.user).await? {
        ask.answer
            .follow_up(&Message::text(notice.text).ephemeral())
            .await?;
        notices::delete(&ask.app().db, notice.id).await?;
    }
    Ok(())
}
