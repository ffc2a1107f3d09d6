//! The dates of somebody for a calendar program.

use serenity::all::User;

use super::seen;
use crate::cadence::{service, view};
use crate::discord::bot::Ctx;
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::people::Seen;

/// Get your dates as a file for your calendar program.
#[poise::command(slash_command, guild_only)]
pub(super) async fn calendar(
    ctx: Ctx<'_>,
    #[description = "Those with one person; all of yours if you leave it out"] with: Option<User>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let asker = Seen::from(&ask.caller);
        let with = with.map(|user| seen(ctx, &user));
        let (app, guild) = (ask.app(), ask.guild()?);
        let events = service::calendar(app, guild, &asker, with.as_ref()).await?;
        ask.reply(view::calendar(&events, app.now())).await
    })
    .await
}
