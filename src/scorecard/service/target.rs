//! Setting the targets of periods.

use rust_decimal::Decimal;

use super::Error;
use super::who::{Asker, begin, may_define};
use crate::app::App;
use crate::ids::GuildId;
use crate::people;
use crate::scorecard::rules::period::{self, Unfit};
use crate::scorecard::rules::value::{self, Measure};
use crate::scorecard::store::metrics::Metric;
use crate::scorecard::store::targets;
use crate::time::Period;

/// Targets that were set.
#[derive(Clone, Debug)]
pub struct Targets {
    /// The metric.
    pub metric: Metric,
    /// The target of each.
    pub value: Decimal,
    /// The periods, oldest first.
    pub periods: Vec<Period>,
    /// Those among the periods asked for that are over and keep the target that they had.
    pub kept: Vec<Period>,
}

/// Sets the target of a period as typed, or of each that lies in a longer one ("2026-Q1..2026-Q4");
/// without one, of the current one. A period that is over keeps the target that it had.
///
/// # Errors
/// [`Error::NoMetric`], [`Error::NotDefiner`], [`Error::Period`], [`Error::Unfit`],
/// [`Error::Value`], [`Error::PastTarget`] when all of the periods are over and have theirs, faults.
pub async fn set_targets(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    value: &str,
    period: Option<&str>,
) -> Result<Targets, Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    let metric = super::metric::pick_to_record(&mut tx, &viewer, typed).await?;
    if !may_define(&mut tx, &viewer, metric.scope).await? {
        return Err(Error::NotDefiner);
    }
    let cadence = metric.definition.cadence;
    let measure = Measure {
        unit: metric.definition.unit,
        ceiling: metric.definition.ceiling,
    };
    let value = value::read(value, measure)?.number;
    let mut periods = match period.map(str::trim).filter(|typed| !typed.is_empty()) {
        None => cadence.holding(viewer.today).into_iter().collect(),
        Some(typed) => {
            let asked = Period::parse(typed, viewer.today)?;
            match period::fitted(cadence, asked, viewer.today) {
                Ok(period) => vec![period],
                // Targets are for what comes, and for many periods at once.
                Err(Unfit::Future { .. } | Unfit::Longer { .. }) if asked != Period::ALL => {
                    cadence.within(&asked)
                }
                Err(unfit) => return Err(unfit.into()),
            }
        }
    };
    let (Some(first), Some(last)) = (periods.first().copied(), periods.last().copied()) else {
        return Err(Error::Gone);
    };
    let known = targets::list_targets(&mut *tx, [metric.id], first.start(), last.end()).await?;
    let stays = |period: &Period| {
        period.end() <= viewer.today && known.iter().any(|(_, known, _)| known == period)
    };
    let kept: Vec<Period> = periods
        .iter()
        .filter(|period| stays(period))
        .copied()
        .collect();
    periods.retain(|period| !kept.contains(period));
    if periods.is_empty() {
        return Err(Error::PastTarget {
            period: last.label(),
        });
    }
    let now = app.now();
    for period in &periods {
        targets::insert(&mut tx, metric.id, period, value, person.id, now).await?;
    }
    let keys: Vec<String> = periods.iter().take(8).map(Period::key).collect();
    let detail = format!("{}: {}", metric.key, keys.join(", "));
    people::audit(&mut tx, guild, person.id, None, "target set", &detail, now).await?;
    tx.commit().await?;
    Ok(Targets {
        metric,
        value,
        periods,
        kept,
    })
}
