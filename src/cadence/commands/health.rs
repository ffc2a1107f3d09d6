//! How a team keeps its rhythm, for its manager; and the switch of their weekly digest.

use crate::cadence::service::{self, AskedHealth, Health};
use crate::cadence::{completion, view};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::TeamId;
use crate::people::{self, Overseer};
use crate::render::Message;
use crate::time::Period;

/// See how your team keeps its rhythm: promised and kept, overdue, never contents (managers).
#[poise::command(slash_command, guild_only)]
pub(super) async fn health(
    ctx: Ctx<'_>,
    #[description = "The team; the one you manage if you leave it out"]
    #[autocomplete = "people::team"]
    team: Option<String>,
    #[description = "When: last month, Q3 2026, 2026-10; this quarter if you leave it out"]
    #[autocomplete = "completion::period"]
    period: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (app, guild) = (ask.app(), ask.guild()?);
        let (team, period) = (team.as_deref(), period.as_deref());
        let message =
            match service::health(app, guild, Overseer::from(&ask.caller), team, period).await? {
                AskedHealth::Page(health) => shown(&ask, &health),
                AskedHealth::Which(teams, period) => view::which_team(&teams, period),
            };
        ask.reply(message).await
    })
    .await
}

/// Turns a page of a team's health.
pub(crate) async fn health_turned(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let team = press.id.get::<TeamId>(0);
    let wish = team.zip(period(press, 1)).zip(press.id.get::<usize>(2));
    let (wish, page) = wish.ok_or_else(view::stale)?;
    update(ask, wish, page).await
}

/// Shows the health of the team that was chosen.
pub(crate) async fn health_chosen(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let team = press.values.first().and_then(|id| id.parse().ok());
    let wish = team.zip(period(press, 0)).ok_or_else(view::stale)?;
    update(ask, wish, 1).await
}

/// Stops the weekly digest of who presses, or lets it come again. In a direct message the button says
/// of which guild it is.
pub(crate) async fn digest_switched(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let wanted = match press.id.args().first().map(String::as_str) {
        Some("on") => true,
        Some("off") => false,
        _ => return Err(view::stale()),
    };
    let guild = match press.id.get::<u64>(1) {
        Some(guild) => guild.into(),
        None => ask.guild()?,
    };
    service::switch_digest(ask.app(), guild, ask.caller.user, wanted).await?;
    ask.reply(view::digest_switched(guild, wanted)).await
}

async fn update(ask: &Ask<'_>, wish: (TeamId, Period), page: usize) -> Result<(), Failure> {
    let (app, guild) = (ask.app(), ask.guild()?);
    let health = service::turn_health(app, guild, Overseer::from(&ask.caller), wish, page).await?;
    Ok(ask.answer.update(&shown(ask, &health)).await?)
}

/// The period that a button names; its key reads the same on any day.
fn period(press: &Press<'_>, index: usize) -> Option<Period> {
    let key = press.id.args().get(index)?;
    Period::parse(key, chrono::NaiveDate::default()).ok()
}

fn shown(ask: &Ask<'_>, health: &Health) -> Message {
    view::health(health, |name| ask.bot.command_ids.mention(name))
}
