//! Who of a team was seen, for its manager.

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::TeamId;
use crate::people::{self, Overseer};
use crate::recognition::service::{self, Covered};
use crate::recognition::{completion, view};
use crate::render::Message;
use crate::time::Period;

/// See who of your team was recognised and who went unseen (managers).
#[poise::command(slash_command, guild_only)]
pub(super) async fn coverage(
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
            match service::coverage(app, guild, Overseer::from(&ask.caller), team, period).await? {
                Covered::Page(coverage) => shown(&ask, &coverage),
                Covered::Which(teams, period) => view::which_team(&teams, period),
            };
        ask.reply(message).await
    })
    .await
}

/// Turns a page of a coverage.
pub(crate) async fn coverage_pressed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let team = press.id.get::<TeamId>(0);
    let wish = team.zip(period(press, 1)).zip(press.id.get::<usize>(2));
    let (wish, page) = wish.ok_or_else(view::stale)?;
    update(ask, wish, page).await
}

/// Shows the coverage of the team that was chosen.
pub(crate) async fn coverage_chosen(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let wish = view::chosen_team(&press.values).zip(period(press, 0));
    update(ask, wish.ok_or_else(view::stale)?, 1).await
}

async fn update(ask: &Ask<'_>, wish: (TeamId, Period), page: usize) -> Result<(), Failure> {
    let (app, guild) = (ask.app(), ask.guild()?);
    let coverage =
        service::turn_coverage(app, guild, Overseer::from(&ask.caller), wish, page).await?;
    Ok(ask.answer.update(&shown(ask, &coverage)).await?)
}

/// The period that a button names; its key reads the same on any day.
fn period(press: &Press<'_>, index: usize) -> Option<Period> {
    let key = press.id.args().get(index)?;
    Period::parse(key, chrono::NaiveDate::default()).ok()
}

fn shown(ask: &Ask<'_>, coverage: &service::Coverage) -> Message {
    view::coverage(coverage, |name| ask.bot.command_ids.mention(name))
}
