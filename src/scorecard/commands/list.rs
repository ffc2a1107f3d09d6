//! All metrics, and all readings of one.

use super::choices::PerspectiveChoice;
use super::viewer;
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::{MetricId, ReadingId, TeamId};
use crate::people;
use crate::scorecard::rules::Perspective;
use crate::scorecard::service::Turn;
use crate::scorecard::store::readings::Place;
use crate::scorecard::{completion, service, view};

/// See all metrics with their state, the active ones first.
#[poise::command(slash_command, guild_only)]
pub(super) async fn list(
    ctx: Ctx<'_>,
    #[description = "Only this perspective"] perspective: Option<PerspectiveChoice>,
    #[description = "Only this team's"]
    #[autocomplete = "people::team"]
    team: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let only = perspective.map(Perspective::from);
        let team = match team {
            Some(typed) => Some(service::team(ask.app(), &viewer, &typed).await?.id),
            None => None,
        };
        let listed = service::listed(ask.app(), &viewer, only, team, 1).await?;
        ask.reply(view::metrics(&listed, only, team)).await
    })
    .await
}

/// Turns a page of the list.
pub(crate) async fn list_turned(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let page = press.id.get::<usize>(0).ok_or_else(view::stale)?;
    let only = (press.id.args().get(1)).and_then(|word| Perspective::from_word(word));
    let team = press.id.get::<TeamId>(2).filter(|team| team.0 != 0);
    let viewer = viewer(ask).await?;
    let listed = service::listed(ask.app(), &viewer, only, team, page).await?;
    let message = view::metrics(&listed, only, team);
    Ok(ask.answer.update(&message).await?)
}

/// See all readings of a metric, with who, when and what was corrected.
#[poise::command(slash_command, guild_only)]
pub(super) async fn history(
    ctx: Ctx<'_>,
    #[description = "The metric"]
    #[autocomplete = "completion::metric"]
    name: String,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let metric = service::find(ask.app(), &viewer, &name).await?;
        let page = service::history(ask.app(), metric, Turn::Newest).await?;
        ask.reply(view::history(&page)).await
    })
    .await
}

/// Turns a page of a history.
pub(crate) async fn history_turned(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = press.id.get::<MetricId>(0).ok_or_else(view::stale)?;
    let place = (press.id.get(2)).zip(press.id.get::<ReadingId>(3));
    let (starts_on, reading) = place.ok_or_else(view::stale)?;
    let place = Place {
        starts_on,
        id: reading,
    };
    let turn = match press.id.args().get(1).map(String::as_str) {
        Some("newer") => Turn::Newer(place),
        Some("older") => Turn::Older(place),
        _ => return Err(view::stale()),
    };
    let viewer = viewer(ask).await?;
    let metric = service::find_by_id(ask.app(), &viewer, id).await?;
    let page = service::history(ask.app(), metric, turn).await?;
    Ok(ask.answer.update(&view::history(&page)).await?)
}
