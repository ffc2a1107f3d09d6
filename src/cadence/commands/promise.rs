//! Promises: made, listed, kept, dropped.

use serenity::all::User;

use crate::cadence::rules::PromiseState;
use crate::cadence::service::{self, AddPromise};
use crate::cadence::{completion, view};
use crate::discord::bot::Ctx;
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::people::{Seen, seen};

/// Promise something, see what is promised, and say when it is kept.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("add", "list", "done", "drop_it")
)]
pub(super) async fn promise(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Write down a promise, from a session or between; I tell its owner on the morning it is due.
#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Ctx<'_>,
    #[description = "What is promised"]
    #[min_length = 3]
    #[max_length = 500]
    text: String,
    #[description = "By when: friday, in 2 weeks, 1 dec"]
    #[max_length = 60]
    due: Option<String>,
    #[description = "Who keeps it; you, if you leave it out"] who: Option<User>,
    #[description = "To whom; you, if somebody else keeps it, else yourself"] to: Option<User>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let who = who.map(|user| seen(ctx, &user));
        let to = to.map(|user| seen(ctx, &user));
        let wish = AddPromise {
            text: &text,
            due: due.as_deref(),
            who: who.as_ref(),
            to: to.as_ref(),
        };
        let asker = Seen::from(&ask.caller);
        let added = service::add_promise(ask.app(), ask.guild()?, &asker, wish).await?;
        ask.reply(view::promise_added(&added, ask.app().now()))
            .await
    })
    .await
}

/// See your promises and those made to you; with somebody, those between the two of you.
#[poise::command(slash_command, guild_only)]
async fn list(
    ctx: Ctx<'_>,
    #[description = "Only those between you and this person"] who: Option<User>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let who = who.map(|user| seen(ctx, &user));
        let (app, guild, user) = (ask.app(), ask.guild()?, ask.caller.user);
        let listed = service::list_promises(app, guild, user, who.as_ref().map(Err), 1).await?;
        ask.reply(view::promises(&listed, app.now())).await
    })
    .await
}

/// Say that a promise was kept.
#[poise::command(slash_command, guild_only)]
async fn done(
    ctx: Ctx<'_>,
    #[description = "The promise"]
    #[autocomplete = "completion::promise"]
    promise: String,
) -> Result<(), Failure> {
    finish(ctx, promise, PromiseState::Done, None).await
}

/// Drop a promise that is not to be kept any more.
#[poise::command(slash_command, guild_only, rename = "drop")]
async fn drop_it(
    ctx: Ctx<'_>,
    #[description = "The promise"]
    #[autocomplete = "completion::promise"]
    promise: String,
    #[description = "Why; the other side reads it"]
    #[max_length = 300]
    reason: Option<String>,
) -> Result<(), Failure> {
    finish(ctx, promise, PromiseState::Dropped, reason).await
}

async fn finish(
    ctx: Ctx<'_>,
    promise: String,
    state: PromiseState,
    reason: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (app, guild, user) = (ask.app(), ask.guild()?, ask.caller.user);
        let (typed, reason) = (Err(promise.as_str()), reason.as_deref());
        let done = service::finish_promise(app, guild, user, typed, state, reason).await?;
        ask.reply(view::promise_finished(&done, app.now())).await
    })
    .await
}
