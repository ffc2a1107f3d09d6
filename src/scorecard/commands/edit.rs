//! Changing what a metric means, and the answers to the four questions about it.

use chrono::NaiveDate;
use serenity::all::User;

use super::choices::{BetterChoice, CadenceChoice, PerspectiveChoice, TimingChoice, UnitChoice};
use super::define::{number, recorder, unit_of, weight_of, whose};
use super::{asker, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::MetricId;
use crate::people;
use crate::scorecard::rules::value::Measure;
use crate::scorecard::rules::{Better, Cadence, Definition, Edges, Perspective, Timing, edges};
use crate::scorecard::service::{Edit, Error, Viewer};
use crate::scorecard::{completion, service, view};
use crate::time::{Period, moment};

/// Change a metric; with its name alone, the four questions about it open (managers).
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "a command's options")]
pub(super) async fn edit(
    ctx: Ctx<'_>,
    #[description = "The metric"]
    #[autocomplete = "completion::metric"]
    name: String,
    #[description = "Another name; the key stays"]
    #[max_length = 80]
    rename: Option<String>,
    #[description = "Another perspective"] perspective: Option<PerspectiveChoice>,
    #[description = "Another unit; only before it has readings"] unit: Option<UnitChoice>,
    #[description = "Another way that is better; its range is asked again"] better: Option<
        BetterChoice,
    >,
    #[description = "How often it is measured"] cadence: Option<CadenceChoice>,
    #[description = "Another team's; - for the whole server's"]
    #[autocomplete = "people::team"]
    team: Option<String>,
    #[description = "A person's from now on, for them and their managers only"] member: Option<
        User,
    >,
    #[description = "Another weight in its perspective"]
    #[max_length = 10]
    weight: Option<String>,
    #[description = "Whether a reading is the sum since the period began"] cumulative: Option<bool>,
    #[description = "Whether it tells of what comes (leading) or of what came (lagging)"]
    kind: Option<TimingChoice>,
    #[description = "What a value cannot exceed, such as 100 of a share; - for no limit"]
    #[max_length = 20]
    most: Option<String>,
    #[description = "Another currency of money, such as USD; only before it has readings"]
    #[max_length = 3]
    currency: Option<String>,
    #[description = "The metric that must not be red for this one to be plain green; - for none"]
    #[autocomplete = "completion::metric"]
    guard: Option<String>,
    #[description = "Whether it counts in scores"] active: Option<bool>,
    #[description = "Who records it and is nudged"] owner: Option<User>,
    #[description = "From when on it holds: 2026-10, 2026-10-15; today if you leave it out"]
    #[autocomplete = "completion::period"]
    from: Option<String>,
) -> Result<(), Failure> {
    let member = member.map(|user| people::seen(ctx, &user));
    let owner = owner.map(|user| people::seen(ctx, &user));
    asked(ctx, Delay::Ephemeral, |ask| {
        Box::pin(async move {
            let viewer = viewer(&ask).await?;
            let metric = service::find(ask.app(), &viewer, &name).await?;
            let before = &metric.definition;
            let from = from.as_deref().map(|typed| day(&ask, &viewer, typed));
            let from = from.transpose()?;
            let wish = Wish {
                rename,
                perspective: perspective.map(Perspective::from),
                unit,
                better: better.map(Better::from),
                cadence: cadence.map(Cadence::from),
                weight,
                cumulative,
                timing: kind.map(Timing::from),
                most,
                currency,
                guard,
                active,
            };
            let whose = whose(ask.app(), &viewer, team.as_deref(), member).await?;
            let owner = owner.map(recorder).transpose()?;
            if wish.is_empty() && whose.is_none() && owner.is_none() {
                // Who may not is told before they write.
                service::metric_to_retire(ask.app(), &viewer, &metric.key).await?;
                let form = view::questions_form(&metric, before.is_active, from);
                return Ok(ask.answer.modal(&form).await?);
            }
            let changes = !wish.is_empty();
            let activate = wish.active.unwrap_or(before.is_active);
            let definition = wish.applied(&ask, &viewer, before).await?;
            let lost_range = before.edges != Edges::Unset && definition.edges == Edges::Unset;
            let edit = Edit {
                definition: changes.then_some(definition),
                from,
                whose,
                owner,
                grace_days: None,
            };
            let guild = ask.guild()?;
            let changed = service::edit(ask.app(), guild, &asker(&ask), &metric.key, edit).await?;
            if lost_range {
                let form = view::questions_form(&changed, activate, from);
                return Ok(ask.answer.modal(&form).await?);
            }
            ask.reply(view::defined(&changed)).await
        })
    })
    .await
}

/// What is to be different of a definition.
struct Wish {
    rename: Option<String>,
    perspective: Option<Perspective>,
    unit: Option<UnitChoice>,
    better: Option<Better>,
    cadence: Option<Cadence>,
    weight: Option<String>,
    cumulative: Option<bool>,
    timing: Option<Timing>,
    most: Option<String>,
    currency: Option<String>,
    guard: Option<String>,
    active: Option<bool>,
}

impl Wish {
    const fn is_empty(&self) -> bool {
        self.rename.is_none()
            && self.perspective.is_none()
            && self.unit.is_none()
            && self.better.is_none()
            && self.cadence.is_none()
            && self.weight.is_none()
            && self.cumulative.is_none()
            && self.timing.is_none()
            && self.most.is_none()
            && self.currency.is_none()
            && self.guard.is_none()
            && self.active.is_none()
    }

    async fn applied(
        self,
        ask: &Ask<'_>,
        viewer: &Viewer,
        before: &Definition,
    ) -> Result<Definition, Failure> {
        let guard = match self.guard.as_deref().map(str::trim) {
            None => before.guard,
            Some("-") => None,
            Some(typed) => Some(service::find(ask.app(), viewer, typed).await?.id),
        };
        let unit = match (self.unit, &self.currency) {
            (Some(unit), currency) => {
                unit_of(unit, currency.as_deref().or(before.unit.currency()))?
            }
            (None, Some(currency)) if before.unit.currency().is_some() => {
                unit_of(UnitChoice::Money, Some(currency))?
            }
            (None, Some(_)) => {
                return Err(Failure::refused(
                    "Only money has a currency. Choose the unit money too, or leave `currency` out.",
                ));
            }
            (None, None) => before.unit,
        };
        let better = self.better.unwrap_or(before.better);
        let measured = before.clone().measured_in(unit, better);
        let ceiling = match self.most.as_deref().map(str::trim) {
            None => measured.ceiling,
            Some("-") => None,
            Some(typed) => Some(number(typed, unit)?),
        };
        Ok(Definition {
            name: self.rename.unwrap_or_else(|| before.name.clone()),
            perspective: self.perspective.unwrap_or(before.perspective),
            cadence: self.cadence.unwrap_or(before.cadence),
            weight: self
                .weight
                .as_deref()
                .map_or(Ok(before.weight), weight_of)?,
            is_cumulative: self.cumulative.unwrap_or(before.is_cumulative),
            timing: self.timing.unwrap_or(before.timing),
            guard,
            ceiling,
            is_active: self.active.unwrap_or(measured.is_active),
            ..measured
        })
    }
}

/// The day from which a change holds: a period's first, or a day in words.
fn day(ask: &Ask<'_>, viewer: &Viewer, typed: &str) -> Result<NaiveDate, Error> {
    match Period::parse(typed, viewer.today) {
        Ok(period) if period != Period::ALL => Ok(period.start()),
        Ok(_) => Err(Error::Said(
            "Name the first day from which it holds, such as “2026-10” or “2026-10-15”.".to_owned(),
        )),
        Err(why) => moment::read_day(typed, ask.app().now(), viewer.guild.zone)
            .map_err(|_| Error::Period(why)),
    }
}

/// Takes the answers to the four questions.
pub(crate) async fn questions_answered(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = press.id.get::<MetricId>(0).ok_or_else(view::stale)?;
    let activate = press.id.get::<u8>(1) == Some(1);
    let viewer = viewer(ask).await?;
    let metric = service::find_by_id(ask.app(), &viewer, id).await?;
    let before = &metric.definition;
    let measure = Measure {
        unit: before.unit,
        ceiling: before.ceiling,
    };
    let answer = |field: &str| Some(press.field(field).to_owned()).filter(|text| !text.is_empty());
    let (red, green) = (press.field("red"), press.field("green"));
    let mut definition = Definition {
        edges: edges::read(red, green, before.better, measure).map_err(Error::from)?,
        why: answer("why"),
        action: answer("action"),
        may_drive: answer("may-drive"),
        ..before.clone()
    };
    definition.is_active = activate && definition.missing().is_empty();
    let edit = Edit {
        definition: Some(definition),
        from: press.id.get::<NaiveDate>(2),
        ..Edit::default()
    };
    let guild = ask.guild()?;
    let metric = service::edit(ask.app(), guild, &asker(ask), &metric.key, edit).await?;
    ask.reply(view::defined(&metric)).await
}
