//! One metric, judged.

use super::choices::RuleChoice;
use super::{compared_arg, drawn, period_arg, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::MetricId;
use crate::people::Seen;
use crate::render::chart::Picture;
use crate::scorecard::rules::history::Lens;
use crate::scorecard::service::{Against, Shown, Viewer};
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
    #[description = "What to compare it with: another period, or another team"]
    #[autocomplete = "completion::period_or_team"]
    compare: Option<String>,
    #[description = "By which rule it is judged; by the one of its time if you leave it out"]
    rule: Option<RuleChoice>,
    #[description = "Whether its chart comes with it; it does if you leave this out"] chart: Option<
        bool,
    >,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| {
        Box::pin(async move {
            let viewer = viewer(&ask).await?;
            let wish = Wish {
                name: &name,
                period: period.as_deref(),
                compare: compare.as_deref(),
                lens: rule.map_or(Lens::OfItsTime, Lens::from),
                has_chart: chart.unwrap_or(true),
            };
            let found = find(&ask, &viewer, wish).await?;
            let sheet = found.sheet(&viewer);
            let picture = picture(&ask, &sheet).await?;
            let message = view::metric(&sheet);
            ask.reply(view::illustrated(message, found.key(), picture))
                .await?;
            let (app, id) = (ask.app(), found.shown.metric.id);
            Ok(service::remember(app, viewer.guild.id, &Seen::from(&ask.caller), id).await?)
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
    has_chart: bool,
}

/// What is shown of a metric.
struct Found {
    shown: Shown,
    against: Option<Against<Shown>>,
    whose: Option<String>,
    owner: Option<String>,
    has_chart: bool,
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
            has_chart: self.has_chart,
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
    let compare = wish.compare.map(str::trim);
    let against = match compare.filter(|typed| !typed.is_empty()) {
        Some(typed) => Some(service::metric_against(app, viewer, &shown, typed).await?),
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
        has_chart: wish.has_chart,
    })
}

async fn picture(ask: &Ask<'_>, sheet: &Sheet<'_>) -> Result<Option<Picture>, Failure> {
    if !sheet.has_chart {
        return Ok(None);
    }
    drawn(ask, ask.app().charts.trend(view::metric_drawn(sheet))).await
}

/// Posts a metric where it was asked for.
pub(crate) async fn metric_shared(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = press.id.get::<MetricId>(0).ok_or_else(view::stale)?;
    let viewer = viewer(ask).await?;
    let metric = service::find_by_id(ask.app(), &viewer, id).await?;
    let word = |index: usize| press.id.args().get(index).map(String::as_str);
    let of = period_arg(press, 1).map(|period| period.key());
    let against = compared_arg(ask, &viewer, press, 2).await?;
    let wish = Wish {
        name: &metric.key,
        period: of.as_deref(),
        compare: against.as_deref(),
        lens: if word(3) == Some("today") {
            Lens::Today
        } else {
            Lens::OfItsTime
        },
        has_chart: word(4) != Some("text"),
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
