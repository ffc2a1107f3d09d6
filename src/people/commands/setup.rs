//! Setting the bot up, by options or by a panel.

use crate::config::Emoji;
use crate::discord::bot::{Ask, Ctx};
use crate::discord::{Delay, asked, visibility};
use crate::error::Failure;
use crate::ids::{ChannelId, GuildId};
use crate::people::service::{self, Change, Place};
use crate::people::{Guild, Seen, completion, view};
use crate::render::Message;
use crate::time::Zone;

/// Set me up for this server: where kudos are announced, and what counts.
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_GUILD")]
pub(super) async fn setup(
    ctx: Ctx<'_>,
    #[description = "Where kudos are announced"]
    #[channel_types("Text", "News")]
    channel: Option<serenity::all::ChannelId>,
    #[description = "The server's time zone: a city, or a name such as Europe/Berlin"]
    #[autocomplete = "completion::zone"]
    timezone: Option<String>,
    #[description = "Whether thanks in chat count"]
    #[rename = "chat-kudos"]
    chat_kudos: Option<bool>,
    #[description = "Whether the kudos reaction counts"]
    #[rename = "reaction-kudos"]
    reaction_kudos: Option<bool>,
    #[description = "The reaction that gives kudos: one emoji"] reaction: Option<String>,
    #[description = "Whether leaderboards may be shown"] leaderboards: Option<bool>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let guild = ask.guild()?;
        let channel = match channel {
            Some(id) => Some(choose_channel(&ask, guild, ChannelId::from(id)).await?),
            None => None,
        };
        let timezone = timezone.map(|typed| zone(&typed)).transpose()?;
        let reaction = reaction.map(|typed| emoji(&typed)).transpose()?;
        let changes: Vec<Change> = [
            channel,
            timezone.map(Change::Zone),
            chat_kudos.map(Change::ChatKudos),
            reaction_kudos.map(Change::ReactionKudos),
            reaction.map(Change::Reaction),
            leaderboards.map(Change::Leaderboards),
        ]
        .into_iter()
        .flatten()
        .collect();
        let is_admin = ask.caller.is_admin;
        let settings = if changes.is_empty() {
            service::settings(ask.app(), guild, is_admin).await?
        } else {
            let admin = Seen::from(&ask.caller);
            service::set_up(ask.app(), guild, &admin, is_admin, &changes).await?
        };
        ask.reply(panel(&ask, &settings, !changes.is_empty()).await)
            .await
    })
    .await
}

/// The change that makes a channel the recognition channel, with what the bot lacks there.
pub(in crate::people) async fn choose_channel(
    ask: &Ask<'_>,
    guild: GuildId,
    channel: ChannelId,
) -> Result<Change, Failure> {
    if channel.get() == 0 || !visibility::is_in(ask.bot, guild, channel).await {
        return Err(view::no_such_channel());
    }
    let missing = visibility::missing_to_post(ask.bot, guild, channel);
    Ok(Change::Channel(Some(Place { channel, missing })))
}

/// A zone as typed.
pub(in crate::people) fn zone(typed: &str) -> Result<Zone, Failure> {
    Zone::parse(typed).map_err(|error| Failure::refused(error.to_string()))
}

/// An emoji as typed.
pub(in crate::people) fn emoji(typed: &str) -> Result<Emoji, Failure> {
    typed
        .trim()
        .parse()
        .map_err(|_| Failure::refused(view::not_an_emoji(typed)))
}

/// The panel with all settings as they are.
pub(in crate::people) async fn panel(ask: &Ask<'_>, guild: &Guild, saved: bool) -> Message {
    let (mut is_open, mut missing) = (true, Vec::new());
    if let Some(channel) = guild.recognition_channel {
        is_open = visibility::is_open_to_all(ask.bot, guild.id, channel).await;
        missing = visibility::missing_to_post(ask.bot, guild.id, channel);
    }
    view::panel(&view::Panel {
        guild,
        is_open,
        missing: &missing,
        saved,
        now: ask.app().now(),
    })
}
