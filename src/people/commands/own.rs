//! What somebody sets for themselves, in a server or in a DM with the bot.

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::GuildId;
use crate::people::service::{self, Error};
use crate::people::{Seen, completion, view};
use crate::render::Message;
use crate::time::Zone;

/// See and change what is yours: your time zone.
#[poise::command(
    slash_command,
    interaction_context = "Guild|BotDm",
    install_context = "Guild"
)]
pub(super) async fn my(
    ctx: Ctx<'_>,
    #[description = "Your time zone: a city, or a name such as Europe/Berlin"]
    #[autocomplete = "completion::zone"]
    timezone: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let zone = timezone.map(|typed| super::zone(&typed)).transpose()?;
        if let Some(guild) = ask.caller.guild {
            let seen = Seen::from(&ask.caller);
            let message = carry_out(&ask, guild, Some(&seen), zone).await?;
            return ask.reply(message).await;
        }
        let guilds = service::guilds_of(ask.app(), ask.caller.user).await?;
        let message = match guilds.as_slice() {
            [] => return Err(Error::Stranger.into()),
            [(guild, _)] => carry_out(&ask, *guild, None, zone).await?,
            several => view::which_guild(several, zone),
        };
        ask.reply(message).await
    })
    .await
}

/// Handles a press of a component whose custom id begins with `my`: the choice of a guild.
pub(in crate::people) async fn own_pressed(
    ask: &Ask<'_>,
    press: &Press<'_>,
) -> Result<(), Failure> {
    let chosen = press.values.first().and_then(|id| id.parse::<u64>().ok());
    let (Some(guild), "in") = (chosen, press.id.action()) else {
        return Err(view::stale());
    };
    let zone = match press.id.args() {
        [zone] if !zone.is_empty() => Some(super::zone(zone)?),
        _ => None,
    };
    let message = carry_out(ask, GuildId::from(guild), None, zone).await?;
    Ok(ask.answer.update(&message).await?)
}

async fn carry_out(
    ask: &Ask<'_>,
    guild: GuildId,
    seen: Option<&Seen>,
    zone: Option<Zone>,
) -> Result<Message, Failure> {
    let (app, user) = (ask.app(), ask.caller.user);
    let own = match zone {
        Some(zone) => service::set_zone(app, guild, user, seen, zone).await?,
        None => service::own(app, guild, user, seen).await?,
    };
    Ok(view::own(&own, zone.is_some(), app.now()))
}
