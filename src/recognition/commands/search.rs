//! Searching.

use serenity::all::User;

use super::history::turn;
use super::seen;
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::SearchId;
use crate::people::Seen;
use crate::recognition::service;
use crate::recognition::{completion, view};

/// Search the kudos that you may see.
#[poise::command(slash_command, guild_only)]
pub(super) async fn search(
    ctx: Ctx<'_>,
    #[description = "Words that stand in it; the last may be the beginning of one"]
    #[max_length = 100]
    text: String,
    #[description = "Who gave or received it"] member: Option<User>,
    #[description = "When: last month, Q3 2026, 2026-10; all time if you leave it out"]
    #[autocomplete = "completion::period"]
    period: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let asker = Seen::from(&ask.caller);
        let member = member.map(|user| seen(ctx, &user));
        let (app, guild) = (ask.app(), ask.guild()?);
        let period = period.as_deref();
        let found = service::search(app, guild, &asker, &text, member.as_ref(), period).await?;
        ask.reply(view::found(&found)).await
    })
    .await
}

/// Turns the page of a search.
pub(crate) async fn turn_search(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (Some(id), Some(turn)) = (press.id.get::<SearchId>(0), turn(&press.id, 1)) else {
        return Err(view::stale());
    };
    let (app, guild) = (ask.app(), ask.guild()?);
    let found = service::turn_search(app, guild, &Seen::from(&ask.caller), id, turn).await?;
    Ok(ask.answer.update(&view::found(&found)).await?)
}
