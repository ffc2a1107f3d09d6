//! One metric, judged.

use super::choices::RuleChoice;
use super::{drawn, period_arg, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::MetricId;
use crate::render::chart::Picture;
use crate::scorecard::rules::history::Lens;
use crate::scorecard::service::{Shown, Viewer};
use crate::scorecard::store::metrics::Scope;
use crate::scorecard::view::Sheet;
use crate::scorecard::{completion, service, view};

/// Ask for a number, and see it judged.
#[poise::command(slash_command, guild_only)]
pub(super) async fn show(
    ctx: Ctx<'_>,
    #[description = "The metric"]
    #[autocomplete = "completion::metric"]
    name: String,
    #[description = "When: last month, 2026-10, Q3 2026; chosen for you if you leave it out"]
    #[autocomplete = "completion::period"]
    period: Option<String>,
    #[description = "Another period to compare it with"]
    #[autocomplete = "completion::period"]
    compare: Option<String>,
    #[description = "By which rule it is judged; by the one of its time if you leave it out"]
    rule: Option<RuleChoice>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| {
        Box::pin(async move {
            let viewer = viewer(&ask).await?;
            let wish = Wish {
                name: &name,
                period: period.as_deref(),
                compare: compare.as_deref(),
                lens: rule.map_or(Lens::OfItsTime, Lens::from),
            };
            let found = find(&ask, &viewer, wish).await?;
            let sheet = found.sheet(&viewer);
            let picture = picture(&ask, &sheet).await?;
            let message = view::metric(&sheet);
            ask.reply(view::illustrated(message, found.key(), picture))
                .await
        })
    })
    .await
}

/// What somebody wants to see.
struct Wish<'a> {
    name: &'a str,
    period: Option<&'a str>,
    compare: Option<&'a str>,
    lens: Lens,
}

/// What is shown of a metric.
struct Found {
    shown: Shown,
    against: Option<Shown>,
    whose: Option<String>,
    owner: Option<String>,
}

impl Found {
    fn sheet(&self, viewer: &Viewer) -> Sheet<'_> {
        Sheet {
            shown: &self.shown,
            against: self.against.as_ref(),
            whose: self.whose.as_deref(),
            owner: self.owner.as_deref(),
            today: viewer.today,
            may_share: self.may_be_shared_by(viewer),
        }
    }

    fn key(&self) -> &str {
        &self.shown.metric.key
    }

    /// A person's figures are shared by that person alone.
    fn may_be_shared_by(&self, viewer: &Viewer) -> bool {
        match self.shown.metric.scope {
            Scope::Guild | Scope::Team(_) => true,
            Scope::Member(member) => viewer.person == Some(member),
        }
    }
}

async fn find(ask: &Ask<'_>, viewer: &Viewer, wish: Wish<'_>) -> Result<Found, Failure> {
    let app = ask.app();
    let shown = service::metric(app, viewer, wish.name, wish.period, wish.lens).await?;
    let compare = wish.compare.filter(|typed| !typed.trim().is_empty());
    let key = &shown.metric.key;
    let against = match compare {
        Some(_) => Some(service::metric(app, viewer, key, compare, wish.lens).await?),
        None => None,
    };
    let owner = match shown.metric.owner {
        Some(owner) => service::name_of(app, viewer, owner).await?,
        None => None,
    };
    Ok(Found {
        whose: service::whose(app, viewer, shown.metric.scope).await?,
        shown,
        against,
        owner,
    })
}

async fn picture(ask: &Ask<'_>, sheet: &Sheet<'_>) -> Result<Option<Picture>, Failure> {
    drawn(ask, ask.app().charts.trend(view::metric_drawn(sheet))).await
}

/// Posts a metric where it was asked for.
pub(crate) async fn metric_shared(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = press.id.get::<MetricId>(0).ok_or_else(view::stale)?;
    let viewer = viewer(ask).await?;
    let metric = service::find_by_id(ask.app(), &viewer, id).await?;
    let period = |index| period_arg(press, index).map(|period| period.key());
    let is_today = press.id.args().get(3).is_some_and(|word| word == "today");
    let (of, against) = (period(1), period(2));
    let wish = Wish {
        name: &metric.key,
        period: of.as_deref(),
        compare: against.as_deref(),
        lens: if is_today {
            Lens::Today
        } else {
            Lens::OfItsTime
        },
    };
    let found = Box::pin(find(ask, &viewer, wish)).await?;
    if !found.may_be_shared_by(&viewer) {
        return Err(Failure::refused(
            "A person's figures are shared by that person alone. Ask them to.",
        ));
    }
    let sheet = found.sheet(&viewer);
    ask.answer.update(&view::metric_kept(&sheet)).await?;
    let picture = picture(ask, &sheet).await?;
    let shared = view::metric_shared(&sheet, &ask.caller.name);
    let shared = view::illustrated(shared, found.key(), picture);
    Ok(ask.answer.follow_up(&shared).await?)
}

/// Opens the counts that a number of the bot's own comes from.
pub(crate) async fn receipts_opened(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = press.id.get::<MetricId>(0).ok_or_else(view::stale)?;
    let period = period_arg(press, 1).ok_or_else(view::stale)?;
    let viewer = viewer(ask).await?;
    let receipts = service::receipts(ask.app(), &viewer, id, period).await?;
    ask.reply(view::receipts(&receipts)).await
}
