//! The series that concern somebody.

use serenity::all::User;

use super::change::meant;
use crate::cadence::{completion, service, view};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::people::Seen;

/// See with whom you meet and when; as a manager also how your team does.
#[poise::command(slash_command, guild_only)]
pub(super) async fn list(ctx: Ctx<'_>) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let asker = Seen::from(&ask.caller);
        let lists = service::list(ask.app(), ask.guild()?, &asker, 1).await?;
        ask.reply(view::lists(&lists)).await
    })
    .await
}

/// See one series: its dates, who said what to it, and your nudges.
#[poise::command(slash_command, guild_only)]
pub(super) async fn show(
    ctx: Ctx<'_>,
    #[description = "With whom it is"] with: User,
    #[description = "Which series, if you have several with them"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let meant = meant(ctx, &ask, &with, series)?;
        let shown = service::show(ask.app(), &meant).await?;
        ask.reply(view::shown(&shown)).await
    })
    .await
}

/// Turns a page of the lists, with the eyes of who turns it.
pub(crate) async fn list_turned(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let page = press.id.get(0).ok_or_else(view::stale)?;
    let asker = Seen::from(&ask.caller);
    let lists = service::list(ask.app(), ask.guild()?, &asker, page).await?;
    Ok(ask.answer.update(&view::lists(&lists)).await?)
}
