//! Setting the bot up, by options or by a panel.

use crate::config::Emoji;
use crate::discord::bot::{Ask, Ctx};
use crate::discord::{Delay, asked, visibility};
use crate::error::Failure;
use crate::ids::{ChannelId, GuildId};
use crate::people::service::{self, Change, Place};
use crate::people::{Guild, Seen, completion, view};
use crate::render::Message;
use crate::time::{Weekly, Zone};

/// Set me up for this server: where kudos are announced, and what counts.
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_GUILD")]
#[expect(
    clippy::too_many_arguments,
    reason = "an argument is an option of the command"
)]
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
    #[description = "When the weekly digest of kudos is posted, such as monday 09:00, or off"]
    #[max_length = 100]
    digest: Option<String>,
    #[description = "Where I say that a direct message was refused; never what was in it"]
    #[rename = "cadence-channel"]
    #[channel_types("Text", "News")]
    cadence_channel: Option<serenity::all::ChannelId>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let guild = ask.guild()?;
        let channel = match channel {
            Some(id) => Some(find_place(&ask, guild, ChannelId::from(id)).await?),
            None => None,
        };
        let cadence = match cadence_channel {
            Some(id) => Some(find_place(&ask, guild, ChannelId::from(id)).await?),
            None => None,
        };
        let digest = digest.map(|typed| weekly(&typed)).transpose()?;
        let timezone = timezone.map(|typed| zone(&typed)).transpose()?;
        let reaction = reaction.map(|typed| emoji(&typed)).transpose()?;
        let changes: Vec<Change> = [
            channel.map(|place| Change::Channel(Some(place))),
            timezone.map(Change::Zone),
            chat_kudos.map(Change::ChatKudos),
            reaction_kudos.map(Change::ReactionKudos),
            reaction.map(Change::Reaction),
            leaderboards.map(Change::Leaderboards),
            cadence.map(|place| Change::CadenceChannel(Some(place))),
            digest.map(Change::Digest),
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
        let page = view::SetupPage::of(&changes);
        ask.reply(panel(&ask, &settings, page, !changes.is_empty()).await)
            .await
    })
    .await
}

/// A channel of the guild, with what the bot lacks there.
pub(in crate::people) async fn find_place(
    ask: &Ask<'_>,
    guild: GuildId,
    channel: ChannelId,
) -> Result<Place, Failure> {
    if channel.get() == 0 || !visibility::is_in(ask.bot, guild, channel).await {
        return Err(view::no_such_channel());
    }
    let missing = visibility::missing_to_post(ask.bot, guild, channel);
    Ok(Place { channel, missing })
}

/// When the weekly digest is posted, as typed; none for "off".
pub(in crate::people) fn weekly(typed: &str) -> Result<Option<Weekly>, Failure> {
    if matches!(
        typed.trim().to_lowercase().as_str(),
        "off" | "never" | "none" | "no"
    ) {
        return Ok(None);
    }
    let weekly = Weekly::parse(typed).map_err(|error| Failure::refused(error.to_string()))?;
    Ok(Some(weekly))
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

/// A page of the panel with all settings as they are.
pub(in crate::people) async fn panel(
    ask: &Ask<'_>,
    guild: &Guild,
    page: view::SetupPage,
    saved: bool,
) -> Message {
    let (mut is_open, mut missing) = (true, Vec::new());
    if let Some(channel) = guild.recognition_channel {
        is_open = visibility::is_open_to_all(ask.bot, guild.id, channel).await;
        missing = visibility::missing_to_post(ask.bot, guild.id, channel);
    }
    let cadence_missing = match guild.cadence_channel {
        Some(channel) => visibility::missing_to_post(ask.bot, guild.id, channel),
        None => Vec::new(),
    };
    view::panel(&view::Panel {
        guild,
        is_open,
        missing: &missing,
        cadence_missing: &cadence_missing,
        page,
        saved,
        now: ask.app().now(),
    })
}
