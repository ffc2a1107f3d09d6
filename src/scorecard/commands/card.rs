//! The card.

use super::choices::PerspectiveChoice;
use super::{compared_arg, drawn, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::TeamId;
use crate::people;
use crate::render::chart::Picture;
use crate::scorecard::rules::Perspective;
use crate::scorecard::service::{Against, Card, Viewer};
use crate::scorecard::view::CardSheet;
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
    #[description = "What to compare it with: another period, or another team"]
    #[autocomplete = "completion::period_or_team"]
    compare: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| {
        Box::pin(async move {
            let viewer = viewer(&ask).await?;
            let wish = Wish {
                team: team.as_deref(),
                period: period.as_deref(),
                compare: compare.as_deref(),
                only: perspective.map(Perspective::from),
            };
            let found = find(&ask, &viewer, wish).await?;
            let sheet = found.sheet();
            let picture = picture(&ask, &sheet).await?;
            let message = view::illustrated(view::card(&sheet), PICTURE, picture);
            ask.reply(message).await
        })
    })
    .await
}

/// What somebody wants to see.
struct Wish<'a> {
    team: Option<&'a str>,
    period: Option<&'a str>,
    compare: Option<&'a str>,
    only: Option<Perspective>,
}

/// A card, and what it is compared with.
struct Found {
    card: Card,
    against: Option<Against<Card>>,
    only: Option<Perspective>,
}

impl Found {
    const fn sheet(&self) -> CardSheet<'_> {
        CardSheet {
            card: &self.card,
            against: self.against.as_ref(),
            only: self.only,
        }
    }
}

async fn find(ask: &Ask<'_>, viewer: &Viewer, wish: Wish<'_>) -> Result<Found, Failure> {
    let (app, only) = (ask.app(), wish.only);
    let card = service::card(app, viewer, wish.team, wish.period, only).await?;
    let compare = wish.compare.map(str::trim);
    let against = match compare.filter(|typed| !typed.is_empty()) {
        Some(typed) => Some(service::card_against(app, viewer, &card, only, typed).await?),
        None => None,
    };
    Ok(Found {
        card,
        against,
        only,
    })
}

async fn picture(ask: &Ask<'_>, sheet: &CardSheet<'_>) -> Result<Option<Picture>, Failure> {
    drawn(ask, ask.app().charts.card(view::card_drawn(sheet))).await
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
    let compare = compared_arg(ask, &viewer, press, 3).await?;
    let wish = Wish {
        team: team.as_deref(),
        period: press.id.args().get(1).map(String::as_str),
        compare: compare.as_deref(),
        only,
    };
    let found = Box::pin(find(ask, &viewer, wish)).await?;
    let sheet = found.sheet();
    ask.answer.update(&view::card_kept(&sheet)).await?;
    let picture = picture(ask, &sheet).await?;
    let shared = view::card_shared(&sheet, &ask.caller.name);
    let shared = view::illustrated(shared, PICTURE, picture);
    Ok(ask.answer.follow_up(&shared).await?)
}
