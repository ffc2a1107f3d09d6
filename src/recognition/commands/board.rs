//! The board of who was thanked, who thanks, and for what.

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::{TeamId, UserId};
use crate::people;
use crate::recognition::service::{self, BoardWish, By};
use crate::recognition::view;
use crate::time::{Kind, Period};

/// The periods, as an option offers them. Discord sends their position, so their order never changes.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum PeriodChoice {
    #[name = "week"]
    Week,
    #[name = "month"]
    Month,
    #[name = "quarter"]
    Quarter,
    #[name = "year"]
    Year,
    #[name = "all"]
    All,
}

/// What can be counted, as an option offers it. Discord sends the position, so the order never
/// changes.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum ByChoice {
    #[name = "received"]
    Received,
    #[name = "given"]
    Given,
    #[name = "value"]
    Value,
}

/// See who was thanked most, who thanks most, or for what.
#[poise::command(slash_command, guild_only)]
pub(super) async fn leaderboard(
    ctx: Ctx<'_>,
    #[description = "Which days count; this month if you leave it out"] period: Option<
        PeriodChoice,
    >,
    #[description = "What counts; thanks received if you leave it out"] by: Option<ByChoice>,
    #[description = "Only the members of this team"]
    #[autocomplete = "people::team"]
    team: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let kind = match period.unwrap_or(PeriodChoice::Month) {
            PeriodChoice::Week => Kind::Week,
            PeriodChoice::Month => Kind::Month,
            PeriodChoice::Quarter => Kind::Quarter,
            PeriodChoice::Year => Kind::Year,
            PeriodChoice::All => Kind::All,
        };
        let by = match by.unwrap_or(ByChoice::Received) {
            ByChoice::Received => By::Received,
            ByChoice::Given => By::Given,
            ByChoice::Value => By::Value,
        };
        let (app, guild, asker) = (ask.app(), ask.guild()?, ask.caller.user);
        let board = service::board(app, guild, asker, (by, kind), team.as_deref()).await?;
        ask.reply(view::board(&board, asker)).await
    })
    .await
}

/// Turns a board's page for who asked for it; somebody else gets the page for their own eyes.
pub(crate) async fn board_pressed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let asked = (|| {
        let id = &press.id;
        let asker = UserId::from(id.get::<u64>(0)?);
        let by = By::from_word(id.args().get(1)?)?;
        // A key reads the same on any day.
        let period = Period::parse(id.args().get(2)?, chrono::NaiveDate::default()).ok()?;
        let team = id.get::<TeamId>(3)?;
        let team = Some(team).filter(|team| team.0 != 0);
        Some((asker, BoardWish { by, period, team }, id.get::<usize>(4)?))
    })();
    let (asker, wish, page) = asked.ok_or_else(view::stale)?;
    let (app, guild, presser) = (ask.app(), ask.guild()?, ask.caller.user);
    let board = service::turn_board(app, guild, presser, wish, page).await?;
    let message = view::board(&board, presser);
    if presser == asker {
        Ok(ask.answer.update(&message).await?)
    } else {
        ask.reply(message.ephemeral()).await
    }
}
