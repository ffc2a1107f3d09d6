//! Changing the next date of a series, or the series.

use serenity::all::User;

use super::seen;
use crate::cadence::service::{self, Meant};
use crate::cadence::{completion, view};
use crate::discord::bot::{Ask, Ctx};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::people::Seen;

/// Move the next date to another time; those after it stay.
#[poise::command(slash_command, guild_only, rename = "move")]
pub(super) async fn move_next(
    ctx: Ctx<'_>,
    #[description = "With whom it is"] with: User,
    #[description = "To when: thu 11:00, tomorrow 9am, 2026-12-01 14:30"]
    #[max_length = 100]
    when: String,
    #[description = "Which series, if you have several with them"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let meant = meant(ctx, &ask, &with, series)?;
        let moved = service::move_next(ask.app(), &meant, &when).await?;
        ask.reply(view::moved(&moved)).await
    })
    .await
}

/// Leave the next date out.
#[poise::command(slash_command, guild_only)]
pub(super) async fn skip(
    ctx: Ctx<'_>,
    #[description = "With whom it is"] with: User,
    #[description = "Why; they will read it"]
    #[max_length = 300]
    reason: Option<String>,
    #[description = "Which series, if you have several with them"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let meant = meant(ctx, &ask, &with, series)?;
        let skipped = service::skip_next(ask.app(), &meant, given(&reason)).await?;
        ask.reply(view::skipped(&skipped)).await
    })
    .await
}

/// Let a series rest until a day, or until one of you resumes it.
#[poise::command(slash_command, guild_only)]
pub(super) async fn pause(
    ctx: Ctx<'_>,
    #[description = "With whom it is"] with: User,
    #[description = "Until which day: next monday, 2027-01-07"]
    #[max_length = 100]
    until: Option<String>,
    #[description = "Why; they will read it"]
    #[max_length = 300]
    reason: Option<String>,
    #[description = "Which series, if you have several with them"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let meant = meant(ctx, &ask, &with, series)?;
        let (app, until) = (ask.app(), until.as_deref());
        let paused = service::pause(app, &meant, until, given(&reason)).await?;
        ask.reply(view::has_paused(&paused)).await
    })
    .await
}

/// Let a paused series go on.
#[poise::command(slash_command, guild_only)]
pub(super) async fn resume(
    ctx: Ctx<'_>,
    #[description = "With whom it is"] with: User,
    #[description = "Which series, if you have several with them"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let meant = meant(ctx, &ask, &with, series)?;
        let standing = service::resume(ask.app(), &meant).await?;
        ask.reply(view::has_resumed(&standing)).await
    })
    .await
}

/// End a series for good; you are asked once.
#[poise::command(slash_command, guild_only)]
pub(super) async fn end(
    ctx: Ctx<'_>,
    #[description = "With whom it is"] with: User,
    #[description = "Why; they will read it"]
    #[max_length = 300]
    reason: Option<String>,
    #[description = "Which series, if you have several with them"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let meant = meant(ctx, &ask, &with, series)?;
        let circle = service::to_end(ask.app(), &meant).await?;
        let form = view::end_form(&circle, given(&reason));
        Ok(ask.answer.modal(&form).await?)
    })
    .await
}

/// The series that the options name.
pub(super) fn meant(
    ctx: Ctx<'_>,
    ask: &Ask<'_>,
    with: &User,
    series: Option<String>,
) -> Result<Meant, Failure> {
    Ok(Meant {
        guild: ask.guild()?,
        me: Seen::from(&ask.caller),
        with: seen(ctx, with),
        series,
    })
}

/// A reason, unless it is blank.
fn given(reason: &Option<String>) -> Option<&str> {
    reason
        .as_deref()
        .map(str::trim)
        .filter(|reason| !reason.is_empty())
}
