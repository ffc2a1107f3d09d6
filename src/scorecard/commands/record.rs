//! Recording readings, and setting targets.

use super::asker;
use crate::discord::bot::Ctx;
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::scorecard::{completion, service, view};

/// Record a number of a metric that you own or manage.
#[poise::command(slash_command, guild_only)]
pub(super) async fn record(
    ctx: Ctx<'_>,
    #[description = "The metric"]
    #[autocomplete = "completion::metric"]
    name: String,
    #[description = "The number, as you would write it: 82%, 1.2k, 7/9"]
    #[max_length = 60]
    value: String,
    #[description = "Of when: last month, 2026-10, Q3 2026; chosen for you if you leave it out"]
    #[autocomplete = "completion::period"]
    period: Option<String>,
    #[description = "What one should know about it"]
    #[max_length = 300]
    note: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (app, guild) = (ask.app(), ask.guild()?);
        let (period, note) = (period.as_deref(), note.as_deref());
        let done = service::record(app, guild, &asker(&ask), &name, &value, period, note).await?;
        let was_named = period.is_some_and(|typed| !typed.trim().is_empty());
        ask.reply(view::recorded(&done, was_named)).await
    })
    .await
}

/// Set the target of a period, or of many at once (managers).
#[poise::command(slash_command, guild_only)]
pub(super) async fn target(
    ctx: Ctx<'_>,
    #[description = "The metric"]
    #[autocomplete = "completion::metric"]
    name: String,
    #[description = "The target, as you would write it: 90%, 1.2m"]
    #[max_length = 60]
    value: String,
    #[description = "Of when: 2026-Q4, or many at once: 2026-Q1..2026-Q4; else the current one"]
    #[autocomplete = "completion::period"]
    period: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (app, guild) = (ask.app(), ask.guild()?);
        let period = period.as_deref();
        let set = service::set_targets(app, guild, &asker(&ask), &name, &value, period).await?;
        ask.reply(view::targets_set(&set)).await
    })
    .await
}
