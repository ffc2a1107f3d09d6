//! Peers who coach each other in turns.

use serenity::all::User;

use crate::cadence::recurrence::Every;
use crate::cadence::service::{self, PeerWish, Said};
use crate::cadence::view;
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::{SeriesId, UserId};
use crate::people::{self, Overseer, Seen};

/// How often pairs change, or that they no longer do. The order is a contract: never change it.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum Turns {
    /// Each week.
    #[name = "week"]
    Week,
    /// Each second week.
    #[name = "2 weeks"]
    TwoWeeks,
    /// Each third week.
    #[name = "3 weeks"]
    ThreeWeeks,
    /// Each fourth week.
    #[name = "4 weeks"]
    FourWeeks,
    /// Each month.
    #[name = "month"]
    Month,
    /// No longer.
    #[name = "off"]
    Off,
}

impl Turns {
    const fn every(self) -> Option<Every> {
        match self {
            Self::Week => Some(Every::Week),
            Self::TwoWeeks => Some(Every::TwoWeeks),
            Self::ThreeWeeks => Some(Every::ThreeWeeks),
            Self::FourWeeks => Some(Every::FourWeeks),
            Self::Month => Some(Every::Month),
            Self::Off => None,
        }
    }
}

/// Let the peers of your team coach each other in turns (managers).
#[poise::command(slash_command, guild_only)]
pub(super) async fn pair(
    ctx: Ctx<'_>,
    #[description = "The team"]
    #[autocomplete = "people::team"]
    team: String,
    #[description = "How often the pairs change; off stops it"] every: Turns,
    #[description = "The first time: tue 10:00, 2026-12-01 14:30; in a week at ten if you leave it out"]
    when: Option<String>,
    #[description = "How long a session is; 30 if you leave it out"]
    #[min = 5]
    #[max = 480]
    minutes: Option<i64>,
    #[description = "Somebody to leave out"] without: Option<User>,
    #[description = "One more to leave out"]
    #[rename = "and-without"]
    and_without: Option<User>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (app, guild) = (ask.app(), ask.guild()?);
        let Some(every) = every.every() else {
            let by = Seen::from(&ask.caller);
            let stopped = service::stop_peers(app, guild, &by, ask.caller.is_admin, &team).await?;
            return ask.reply(view::peers_stopped(&stopped)).await;
        };
        let left_out = [without, and_without].into_iter().flatten();
        let wish = PeerWish {
            team: &team,
            every,
            when: when.as_deref(),
            minutes: minutes.unwrap_or(30),
            without: left_out.map(|user| UserId::from(user.id)).collect(),
        };
        let paired = service::preview_peers(app, guild, Overseer::from(&ask.caller), &wish).await?;
        ask.reply(view::peers_previewed(&paired)).await
    })
    .await
}

/// Starts what was previewed.
pub(crate) async fn peers_confirmed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let plan = view::plan_of(&press.id).ok_or_else(view::stale)?;
    let (app, guild) = (ask.app(), ask.guild()?);
    let by = Seen::from(&ask.caller);
    let started = service::start_peers(app, guild, &by, ask.caller.is_admin, plan).await?;
    Ok(ask.answer.update(&view::peers_started(&started)).await?)
}

/// Starts nothing.
pub(crate) async fn peers_cancelled(ask: &Ask<'_>) -> Result<(), Failure> {
    Ok(ask.answer.update(&view::peers_cancelled()).await?)
}

/// Keeps what somebody says to a pair.
pub(crate) async fn peer_answered(
    ask: &Ask<'_>,
    press: &Press<'_>,
    said: Said,
) -> Result<(), Failure> {
    let id = press.id.get::<SeriesId>(0).ok_or_else(view::stale)?;
    let message = service::answer_peer(ask.app(), id, ask.caller.user, said).await?;
    Ok(ask.answer.update(&message).await?)
}

/// Lets somebody be paired again.
pub(crate) async fn peer_rejoined(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let rotation = press.id.get::<i64>(0).ok_or_else(view::stale)?;
    service::rejoin_peers(ask.app(), rotation, ask.caller.user).await?;
    Ok(ask.answer.update(&view::peer_rejoined()).await?)
}
