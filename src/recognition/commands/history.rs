//! Looking back.

use serenity::all::User;

use super::seen;
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::{KudosId, PersonId};
use crate::people::Seen;
use crate::recognition::service::{self, Direction};
use crate::recognition::store::history::Turn;
use crate::recognition::{completion, view};
use crate::render::CustomId;
use crate::time::Period;

/// The directions, as an option offers them. Discord sends their position, so their order never
/// changes.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum DirectionChoice {
    #[name = "received"]
    Received,
    #[name = "given"]
    Given,
}

/// See who was thanked for what: the kudos you received, or somebody else's.
#[poise::command(slash_command, guild_only)]
pub(super) async fn history(
    ctx: Ctx<'_>,
    #[description = "Whose kudos; yours if you leave it out"] member: Option<User>,
    #[description = "The ones received (if you leave it out) or given"] direction: Option<
        DirectionChoice,
    >,
    #[description = "When: last month, Q3 2026, 2026-10; all time if you leave it out"]
    #[autocomplete = "completion::period"]
    period: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let asker = Seen::from(&ask.caller);
        let member = member.map(|user| seen(ctx, &user));
        let direction = match direction {
            Some(DirectionChoice::Given) => Direction::Given,
            Some(DirectionChoice::Received) | None => Direction::Received,
        };
        let (app, guild) = (ask.app(), ask.guild()?);
        let period = period.as_deref();
        let found = service::history(app, guild, &asker, member.as_ref(), direction, period);
        let found = found.await?;
        ask.reply(view::history(&found)).await
    })
    .await
}

/// Turns the page of a history, with the eyes of who turns it.
pub(crate) async fn turn_history(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = &press.id;
    let place = (|| {
        let member = id.get::<PersonId>(0)?;
        let direction = Direction::from_word(id.args().get(1)?)?;
        // A key reads back on any day.
        let period = Period::parse(id.args().get(2)?, ask.app().now().date_naive()).ok()?;
        Some((member, direction, period, turn(id, 3)?))
    })();
    let (member, direction, period, turn) = place.ok_or_else(view::stale)?;
    let (app, asker) = (ask.app(), ask.caller.user);
    let guild = ask.guild()?;
    let found = service::turn_history(app, guild, asker, member, direction, period, turn).await?;
    let page = view::history(&found.ok_or_else(view::stale)?);
    Ok(ask.answer.update(&page).await?)
}

/// The page that a button leads to: a word and a kudos, from the `index`-th argument on.
pub(super) fn turn(id: &CustomId, index: usize) -> Option<Turn> {
    let kudos = id.get::<KudosId>(index + 1)?;
    match id.args().get(index)?.as_str() {
        "newer" => Some(Turn::Newer(kudos)),
        "older" => Some(Turn::Older(kudos)),
        _ => None,
    }
}
