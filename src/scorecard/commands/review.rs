//! The review of a scorecard.

use super::{asker, period_arg, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::{MetricId, TeamId, UserId};
use crate::people;
use crate::scorecard::rules::Decision;
use crate::scorecard::service::{self, Act, Walk};
use crate::scorecard::view;
use crate::time::Period;

/// Walk the reds: what is done about each, by whom, and what became of it (managers).
#[poise::command(slash_command, guild_only)]
pub(super) async fn review(
    ctx: Ctx<'_>,
    #[description = "Whose scorecard; the one of your team if you leave it out"]
    #[autocomplete = "people::team"]
    team: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let walk = Box::pin(service::review(ask.app(), &viewer, team.as_deref())).await?;
        ask.reply(view::review(&walk, 0, None)).await
    })
    .await
}

/// What a button of a review is about.
struct About {
    team: Option<TeamId>,
    metric: MetricId,
    period: Period,
}

fn team(press: &Press<'_>) -> Result<Option<TeamId>, Failure> {
    let team = press.id.get::<TeamId>(0).ok_or_else(view::stale)?;
    Ok(Some(team).filter(|team| team.0 != 0))
}

fn about(press: &Press<'_>) -> Result<About, Failure> {
    Ok(About {
        team: team(press)?,
        metric: press.id.get(1).ok_or_else(view::stale)?,
        period: period_arg(press, 2).ok_or_else(view::stale)?,
    })
}

fn doer(press: &Press<'_>) -> Result<UserId, Failure> {
    let user = press.id.get::<u64>(3).map(UserId::from);
    user.ok_or_else(view::stale)
}

/// The review with the place of the metric that a button is about, if it is as the button has it.
async fn find(ask: &Ask<'_>, about: &About) -> Result<(Walk, usize), Failure> {
    let viewer = viewer(ask).await?;
    let (team, metric, period) = (about.team, about.metric, about.period);
    let found = service::item(ask.app(), &viewer, team, metric, period);
    Ok(Box::pin(found).await?)
}

/// Goes on, or takes a decision.
pub(crate) async fn review_pressed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    match press.id.action() {
        "turn" => {
            let at = press.id.get::<usize>(1).ok_or_else(view::stale)?;
            let viewer = viewer(ask).await?;
            let walk = service::review_by_id(ask.app(), &viewer, team(press)?);
            let walk = Box::pin(walk).await?;
            Ok(ask.answer.update(&view::review(&walk, at, None)).await?)
        }
        "who" => {
            let (walk, at) = find(ask, &about(press)?).await?;
            let chosen = press.values.first().and_then(|id| id.parse::<u64>().ok());
            let chosen = chosen.map(UserId::from);
            Ok(ask.answer.update(&view::review(&walk, at, chosen)).await?)
        }
        "act" => {
            let (walk, at) = find(ask, &about(press)?).await?;
            let item = walk.items.get(at).ok_or_else(view::stale)?;
            let form = view::action_form(&walk, item, doer(press)?);
            Ok(ask.answer.modal(&form).await?)
        }
        "acted" => acted(ask, press).await,
        "keep" => decided(ask, press, Decision::Keep).await,
        "retired" => decided(ask, press, Decision::Retire).await,
        "change" => changed(ask, press).await,
        "retire" => {
            let (walk, at) = find(ask, &about(press)?).await?;
            let item = walk.items.get(at).ok_or_else(view::stale)?;
            ask.reply(view::retire_in_review(&walk, item)).await
        }
        _ => Err(view::stale()),
    }
}

async fn acted(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let about = about(press)?;
    find(ask, &about).await?;
    let wish = Act {
        metric: about.metric,
        period: about.period,
        action: press.field("action"),
        due: press.field("due"),
        owner: doer(press)?,
    };
    let done = service::act(ask.app(), ask.guild()?, &asker(ask), wish).await?;
    let (walk, at) = find(ask, &about).await?;
    Ok(ask.answer.update(&view::acted(&done, &walk, at)).await?)
}

async fn decided(ask: &Ask<'_>, press: &Press<'_>, decision: Decision) -> Result<(), Failure> {
    let about = about(press)?;
    let (_, at) = find(ask, &about).await?;
    let of = (about.metric, about.period);
    let guild = ask.guild()?;
    let metric = service::decide(ask.app(), guild, &asker(ask), of, decision).await?;
    let viewer = viewer(ask).await?;
    let walk = Box::pin(service::review_by_id(ask.app(), &viewer, about.team)).await?;
    let message = view::reviewed(&metric, decision, &walk, at);
    Ok(ask.answer.update(&message).await?)
}

/// Keeps that a metric is to be changed, and opens the four questions about it.
async fn changed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let about = about(press)?;
    find(ask, &about).await?;
    let of = (about.metric, about.period);
    let guild = ask.guild()?;
    let metric = service::decide(ask.app(), guild, &asker(ask), of, Decision::Change).await?;
    Ok(ask
        .answer
        .modal(&view::questions_form(&metric, true, None))
        .await?)
}
