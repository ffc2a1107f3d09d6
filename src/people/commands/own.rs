//! What somebody sets for themselves, in a server or in a DM with the bot.

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::GuildId;
use crate::people::service::{self, Error, Wishes};
use crate::people::{Seen, completion, view};
use crate::render::Message;

/// See and change what is yours: your time zone, quiet hours, days away and nudges.
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
    #[description = "When not to disturb you: 20:00-07:00, weekends; or off"]
    #[rename = "quiet-hours"]
    #[max_length = 100]
    quiet_hours: Option<String>,
    #[description = "When you are away: until friday, 24 dec - 2 jan; or off when you are back"]
    #[max_length = 100]
    away: Option<String>,
    #[description = "How long before a date you are nudged: 24h, 1h; or off"]
    #[max_length = 100]
    nudges: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let wishes = Wishes {
            zone: timezone.map(|typed| super::zone(&typed)).transpose()?,
            quiet: quiet_hours.map(|typed| read(&typed)).transpose()?,
            leads: nudges.map(|typed| read(&typed)).transpose()?,
            away,
        };
        if let Some(guild) = ask.caller.guild {
            let seen = Seen::from(&ask.caller);
            let message = carry_out(&ask, guild, Some(&seen), &wishes).await?;
            return ask.reply(message).await;
        }
        let guilds = service::guilds_of(ask.app(), ask.caller.user).await?;
        let message = match guilds.as_slice() {
            [] => return Err(Error::Stranger.into()),
            [(guild, _)] => carry_out(&ask, *guild, None, &wishes).await?,
            several => view::which_guild(several, &wishes).ok_or_else(view::too_much_to_carry)?,
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
    let part = |index: usize| press.id.args().get(index).filter(|typed| !typed.is_empty());
    let wishes = Wishes {
        zone: part(0).map(|typed| super::zone(typed)).transpose()?,
        quiet: part(1).map(|typed| read(typed)).transpose()?,
        leads: part(2).map(|typed| read(typed)).transpose()?,
        away: part(3).cloned(),
    };
    let message = carry_out(ask, GuildId::from(guild), None, &wishes).await?;
    Ok(ask.answer.update(&message).await?)
}

/// What was typed as a value that says itself what is wrong with it.
fn read<T>(typed: &str) -> Result<T, Failure>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    typed
        .parse()
        .map_err(|error: T::Err| Failure::refused(error.to_string()))
}

async fn carry_out(
    ask: &Ask<'_>,
    guild: GuildId,
    seen: Option<&Seen>,
    wishes: &Wishes,
) -> Result<Message, Failure> {
    let (app, user) = (ask.app(), ask.caller.user);
    let own = if wishes.is_empty() {
        service::own(app, guild, user, seen).await?
    } else {
        let hooks = ask.bot.tables.on_rhythm_change;
        service::set_own(app, hooks, guild, user, seen, wishes).await?
    };
    Ok(view::own(&own, wishes, app.now()))
}
