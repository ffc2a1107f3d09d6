//! The card.

use super::choices::PerspectiveChoice;
use super::{drawn, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::TeamId;
use crate::people;
use crate::scorecard::rules::Perspective;
use crate::scorecard::{completion, service, view};

/// What the picture of a card is called as a file.
const PICTURE: &str = "scorecard";

/// See the four perspectives, each metric judged.
#[poise::command(slash_command, guild_only)]
pub(super) async fn show(
    ctx: Ctx<'_>,
    #[description = "Whose card; the whole server's if you leave it out"]
    #[autocomplete = "people::team"]
    team: Option<String>,
    #[description = "When: Q3 2026, 2026-10, last month; the latest if you leave it out"]
    #[autocomplete = "completion::period"]
    period: Option<String>,
    #[description = "Only this perspective"] perspective: Option<PerspectiveChoice>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let only = perspective.map(Perspective::from);
        let (team, period) = (team.as_deref(), period.as_deref());
        let card = service::card(ask.app(), &viewer, team, period, only).await?;
        let drawing = ask.app().charts.card(view::card_drawn(&card));
        let picture = drawn(&ask, drawing).await?;
        let message = view::illustrated(view::card(&card, only), PICTURE, picture);
        ask.reply(message).await
    })
    .await
}

/// Posts a card where it was asked for.
pub(crate) async fn card_shared(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let team = press.id.get::<TeamId>(0).ok_or_else(view::stale)?;
    let only = (press.id.args().get(2)).and_then(|word| Perspective::from_word(word));
    let viewer = viewer(ask).await?;
    let team = match team {
        TeamId(0) => None,
        id => {
            let found = people::team_by_id(ask.app().db.read(), viewer.guild.id, id).await?;
            Some(found.ok_or(service::Error::Gone)?.key)
        }
    };
    let period = press.id.args().get(1).map(String::as_str);
    let card = service::card(ask.app(), &viewer, team.as_deref(), period, only).await?;
    ask.answer.update(&view::card_kept(&card)).await?;
    let drawing = ask.app().charts.card(view::card_drawn(&card));
    let picture = drawn(ask, drawing).await?;
    let shared = view::card_shared(&card, &ask.caller.name);
    let shared = view::illustrated(shared, PICTURE, picture);
    Ok(ask.answer.follow_up(&shared).await?)
}
