//! What somebody can do here, in a server or in a DM with the bot.

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::help::Audience;
use crate::discord::{Delay, asked, visibility};
use crate::error::Failure;
use crate::ids::GuildId;
use crate::people::service::{self, Error};
use crate::people::{Seen, view};
use crate::render::Message;

/// What can I do here?
#[poise::command(
    slash_command,
    interaction_context = "Guild|BotDm",
    install_context = "Guild"
)]
pub(super) async fn help(ctx: Ctx<'_>) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        if let Some(guild) = ask.caller.guild {
            let message = page(&ask, guild).await?;
            return ask.reply(message).await;
        }
        let guilds = service::guilds_of(ask.app(), ask.caller.user).await?;
        let message = match guilds.as_slice() {
            [] => return Err(Error::Stranger.into()),
            [(guild, _)] => page(&ask, *guild).await?,
            several => view::help_where(several),
        };
        ask.reply(message).await
    })
    .await
}

/// Handles a press of a component whose custom id begins with `help`: the choice of a guild.
pub(in crate::people) async fn help_pressed(
    ask: &Ask<'_>,
    press: &Press<'_>,
) -> Result<(), Failure> {
    let chosen = press.values.first().and_then(|id| id.parse::<u64>().ok());
    let (Some(guild), "in") = (chosen, press.id.action()) else {
        return Err(view::stale());
    };
    let message = page(ask, GuildId::from(guild)).await?;
    Ok(ask.answer.update(&message).await?)
}

async fn page(ask: &Ask<'_>, guild: GuildId) -> Result<Message, Failure> {
    let (app, user) = (ask.app(), ask.caller.user);
    let is_there = ask.caller.guild == Some(guild);
    let seen = is_there.then(|| Seen::from(&ask.caller));
    let standing = service::standing(app, guild, user, seen.as_ref()).await?;
    let is_admin = if is_there {
        ask.caller.is_admin
    } else {
        visibility::is_admin(ask.bot, guild, user).await
    };
    let audience = match (is_admin, standing.manages.is_empty()) {
        (true, _) => Audience::Admins,
        (false, false) => Audience::Managers,
        (false, true) => Audience::Members,
    };
    let help = view::Help {
        guild: &standing.own.guild,
        audience,
        manages: &standing.manages,
        lines: ask.bot.tables.help,
        in_dm: ask.caller.guild.is_none(),
    };
    Ok(view::help(&help, |name| ask.bot.command_ids.mention(name)))
}
