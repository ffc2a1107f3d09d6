//! Defining metrics, changing and retiring them.

use super::choices::{BetterChoice, CadenceChoice, PerspectiveChoice, TimingChoice, UnitChoice};
use super::{asker, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::MetricId;
use crate::people::{self, Seen};
use crate::scorecard::rules::template::WEIGHT;
use crate::scorecard::rules::value::{self, Measure};
use crate::scorecard::rules::{
    Better, Cadence, Definition, Edges, Perspective, Source, Timing, Unit, edges, lookup,
};
use crate::scorecard::service::{Edit, Error, New};
use crate::scorecard::store::metrics::{Metric, Scope};
use crate::scorecard::{completion, service, view};

/// The currency of amounts of money when none is named.
const CURRENCY: &str = "EUR";

/// Define a metric; then answer the four questions about it (managers).
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "a command's options")]
pub(super) async fn define(
    ctx: Ctx<'_>,
    #[description = "What it is called, such as Response hours; its key is made from that"]
    #[max_length = 60]
    name: String,
    #[description = "The perspective it belongs to"] perspective: PerspectiveChoice,
    #[description = "What its values count"] unit: UnitChoice,
    #[description = "Which way is better"] better: BetterChoice,
    #[description = "How often it is measured"] cadence: CadenceChoice,
    #[description = "Whose it is: a team's; the whole server's if you leave this and member out"]
    #[autocomplete = "people::team"]
    team: Option<String>,
    #[description = "Whose it is: a person's, for them and their managers only"] member: Option<
        serenity::all::User,
    >,
    #[description = "Its weight in its perspective; 1 if you leave it out"]
    #[max_length = 10]
    weight: Option<String>,
    #[description = "Whether a reading is the sum since the period began"] cumulative: Option<bool>,
    #[description = "Whether it tells of what comes (leading) or of what came (lagging)"]
    kind: Option<TimingChoice>,
    #[description = "What a value cannot exceed, such as 100 of a share"]
    #[max_length = 20]
    most: Option<String>,
    #[description = "The currency of money, such as USD; EUR if you leave it out"]
    #[max_length = 3]
    currency: Option<String>,
) -> Result<(), Failure> {
    let member = member.map(|user| people::seen(ctx, &user));
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let unit = unit_of(unit, currency.as_deref())?;
        let ceiling = most
            .as_deref()
            .map(|typed| number(typed, unit))
            .transpose()?;
        let key = lookup::key_of(&name);
        let definition = Definition {
            name: if name.trim() == key {
                String::new()
            } else {
                name.clone()
            },
            perspective: Perspective::from(perspective),
            unit,
            ceiling,
            better: Better::from(better),
            edges: Edges::Unset,
            weight: weight.as_deref().map_or(Ok(WEIGHT), weight_of)?,
            timing: kind.map_or(Timing::Leading, Timing::from),
            cadence: Cadence::from(cadence),
            is_cumulative: cumulative.unwrap_or_default(),
            why: None,
            action: None,
            may_drive: None,
            guard: None,
            is_active: false,
        };
        let new = New {
            key,
            scope: scope(&ask, team.as_deref(), member).await?,
            owner: None,
            source: Source::Manual,
            definition,
        };
        let metric = service::define(ask.app(), ask.guild()?, &asker(&ask), new).await?;
        Ok(ask
            .answer
            .modal(&view::questions_form(&metric, true))
            .await?)
    })
    .await
}

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
    #[description = "How often it is measured"] cadence: Option<CadenceChoice>,
    #[description = "Another weight in its perspective"]
    #[max_length = 10]
    weight: Option<String>,
    #[description = "Whether a reading is the sum since the period began"] cumulative: Option<bool>,
    #[description = "Whether it tells of what comes (leading) or of what came (lagging)"]
    kind: Option<TimingChoice>,
    #[description = "The metric that must not be red for this one to be plain green; - for none"]
    #[autocomplete = "completion::metric"]
    guard: Option<String>,
    #[description = "Whether it counts in scores"] active: Option<bool>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let metric = service::find(ask.app(), &viewer, &name).await?;
        let before = &metric.definition;
        let guard_id = match guard.as_deref().map(str::trim) {
            None => before.guard,
            Some("-") => None,
            Some(typed) => Some(service::find(ask.app(), &viewer, typed).await?.id),
        };
        let wants_form = rename.is_none()
            && perspective.is_none()
            && cadence.is_none()
            && weight.is_none()
            && cumulative.is_none()
            && kind.is_none()
            && guard.is_none()
            && active.is_none();
        if wants_form {
            // Who may not is told before they write.
            service::metric_to_retire(ask.app(), &viewer, &metric.key).await?;
            let form = view::questions_form(&metric, before.is_active);
            return Ok(ask.answer.modal(&form).await?);
        }
        let definition = Definition {
            name: rename.unwrap_or_else(|| before.name.clone()),
            perspective: perspective.map_or(before.perspective, Perspective::from),
            cadence: cadence.map_or(before.cadence, Cadence::from),
            weight: weight.as_deref().map_or(Ok(before.weight), weight_of)?,
            is_cumulative: cumulative.unwrap_or(before.is_cumulative),
            timing: kind.map_or(before.timing, Timing::from),
            guard: guard_id,
            is_active: active.unwrap_or(before.is_active),
            ..before.clone()
        };
        let metric = changed(&ask, &metric, definition).await?;
        ask.reply(view::defined(&metric)).await
    })
    .await
}

/// Retire a metric: it leaves the lists, and what was measured stays (managers).
#[poise::command(slash_command, guild_only)]
pub(super) async fn retire(
    ctx: Ctx<'_>,
    #[description = "The metric"]
    #[autocomplete = "completion::metric"]
    name: String,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let metric = service::metric_to_retire(ask.app(), &viewer, &name).await?;
        ask.reply(view::metric_to_retire(&metric)).await
    })
    .await
}

/// Retires a metric or brings it back, or leaves it.
pub(crate) async fn retire_pressed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let message = if press.id.action() == "keep" {
        view::metric_untouched()
    } else {
        let id = press.id.get::<MetricId>(0).ok_or_else(view::stale)?;
        let back = press.id.action() == "return";
        let guild = ask.guild()?;
        let metric = service::retire(ask.app(), guild, &asker(ask), id, back).await?;
        if back {
            view::metric_returned(&metric)
        } else {
            view::metric_retired(&metric)
        }
    };
    Ok(ask.answer.update(&message).await?)
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
    let metric = changed(ask, &metric, definition).await?;
    ask.reply(view::defined(&metric)).await
}

async fn changed(
    ask: &Ask<'_>,
    metric: &Metric,
    definition: Definition,
) -> Result<Metric, Failure> {
    let edit = Edit {
        definition: Some(definition),
        ..Edit::default()
    };
    let guild = ask.guild()?;
    Ok(service::edit(ask.app(), guild, &asker(ask), &metric.key, edit).await?)
}

/// Whose figures they are to be.
async fn scope(ask: &Ask<'_>, team: Option<&str>, member: Option<Seen>) -> Result<Scope, Failure> {
    match (team, member) {
        (Some(_), Some(_)) => Err(Failure::refused(
            "A metric is a team's or a person's. Name one of the two.",
        )),
        (Some(typed), None) => {
            let viewer = viewer(ask).await?;
            Ok(Scope::Team(
                service::team(ask.app(), &viewer, typed).await?.id,
            ))
        }
        (None, Some(member)) if member.is_bot => Err(Failure::refused(
            "Bots have no figures. Name a person, or leave `member` out.",
        )),
        (None, Some(member)) => {
            let person = service::person(ask.app(), ask.guild()?, &member).await?;
            Ok(Scope::Member(person))
        }
        (None, None) => Ok(Scope::Guild),
    }
}

fn unit_of(choice: UnitChoice, currency: Option<&str>) -> Result<Unit, Error> {
    let unit = Unit::from_word(choice.word(), Some(currency.unwrap_or(CURRENCY).trim()));
    unit.ok_or_else(|| {
        Error::Said("A currency is named by its three letters. Type one such as “EUR”.".to_owned())
    })
}

fn number(typed: &str, unit: Unit) -> Result<rust_decimal::Decimal, Error> {
    let measure = Measure {
        unit,
        ceiling: None,
    };
    Ok(value::read(typed, measure)?.number)
}

fn weight_of(typed: &str) -> Result<rust_decimal::Decimal, Error> {
    number(typed, Unit::Ratio).map_err(|_| Error::Weight)
}
