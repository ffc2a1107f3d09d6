//! Defining metrics and retiring them.

use serenity::all::User;

use super::choices::{BetterChoice, CadenceChoice, PerspectiveChoice, TimingChoice, UnitChoice};
use super::{asker, viewer};
use crate::app::App;
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::MetricId;
use crate::people::{self, Seen};
use crate::scorecard::rules::template::WEIGHT;
use crate::scorecard::rules::value::{self, Measure};
use crate::scorecard::rules::{
    Better, Cadence, Definition, Edges, Perspective, Source, Timing, Unit, lookup,
};
use crate::scorecard::service::{Error, New, Viewer, Whose};
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
        User,
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
    #[description = "Who records it and is nudged; you if you leave it out"] owner: Option<User>,
    #[description = "The metric that must not be red for this one to be plain green"]
    #[autocomplete = "completion::metric"]
    guard: Option<String>,
) -> Result<(), Failure> {
    let member = member.map(|user| people::seen(ctx, &user));
    let owner = owner.map(|user| people::seen(ctx, &user));
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let guard = match guard.as_deref() {
            Some(typed) => Some(service::find(ask.app(), &viewer, typed).await?.id),
            None => None,
        };
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
            guard,
            is_active: false,
        };
        let new = New {
            key,
            whose: whose(ask.app(), &viewer, team.as_deref(), member)
                .await?
                .unwrap_or(Whose::Guild),
            owner: owner.map(recorder).transpose()?,
            source: Source::Manual,
            definition,
        };
        let metric = service::define(ask.app(), ask.guild()?, &asker(&ask), new).await?;
        Ok(ask
            .answer
            .modal(&view::questions_form(&metric, true, None))
            .await?)
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

/// Whose figures they are to be; none if neither is named. "-" for a team means the whole server's.
pub(super) async fn whose(
    app: &App,
    viewer: &Viewer,
    team: Option<&str>,
    member: Option<Seen>,
) -> Result<Option<Whose>, Failure> {
    Ok(match (team.map(str::trim), member) {
        (Some(_), Some(_)) => {
            return Err(Failure::refused(
                "A metric is a team's or a person's. Name one of the two.",
            ));
        }
        (Some("-"), None) => Some(Whose::Guild),
        (Some(typed), None) => Some(Whose::Team(service::team(app, viewer, typed).await?.id)),
        (None, Some(member)) if member.is_bot => {
            return Err(Failure::refused(
                "Bots have no figures. Name a person, or leave `member` out.",
            ));
        }
        (None, Some(member)) => Some(Whose::Member(member)),
        (None, None) => None,
    })
}

/// Who is to record a metric.
pub(super) fn recorder(owner: Seen) -> Result<Seen, Failure> {
    if owner.is_bot {
        return Err(Failure::refused(
            "A bot cannot own a metric. Name a person, or leave `owner` out.",
        ));
    }
    Ok(owner)
}

pub(super) fn unit_of(choice: UnitChoice, currency: Option<&str>) -> Result<Unit, Error> {
    let unit = Unit::from_word(choice.word(), Some(currency.unwrap_or(CURRENCY).trim()));
    unit.ok_or_else(|| {
        Error::Said("A currency is named by its three letters. Type one such as “EUR”.".to_owned())
    })
}

pub(super) fn number(typed: &str, unit: Unit) -> Result<rust_decimal::Decimal, Error> {
    let measure = Measure {
        unit,
        ceiling: None,
    };
    Ok(value::read(typed, measure)?.number)
}

pub(super) fn weight_of(typed: &str) -> Result<rust_decimal::Decimal, Error> {
    number(typed, Unit::Ratio).map_err(|_| Error::Weight)
}
