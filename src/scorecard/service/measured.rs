//! What the bot measures by its own records: at the close of a period as a reading like any other, of
//! a running period whenever somebody looks, and for each number the counts that it came from.
//!
//! A close is measured at once, and again once a day while late facts still come in
//! ([`settling`]); when a number is another by then, a reading takes the place of the one before, as a
//! correction does. After that it stays.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::SqliteConnection;

use super::{Error, Viewer};
use crate::app::App;
use crate::error::Failure;
use crate::ids::{GuildId, MetricId};
use crate::measures::{Counted, Measured, Measurement, Measures, Span};
use crate::people::{self, Guild};
use crate::scorecard::rules::history::{History, Point};
use crate::scorecard::rules::value::Value;
use crate::scorecard::rules::{Origin, Source, Unit, settling};
use crate::scorecard::store::measured::{self, Look};
use crate::scorecard::store::metrics::{self, Metric};
use crate::scorecard::store::readings::{self, NewReading};
use crate::time::Period;

/// How a number of the bot's own came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipts {
    /// The metric.
    pub metric: Metric,
    /// The period.
    pub period: Period,
    /// How it is counted, as a sentence; none if this version does not measure it.
    pub how: Option<&'static str>,
    /// The number, with what was counted.
    pub counts: Option<(Value, Vec<(String, i64)>)>,
    /// What one should know of how it was counted.
    pub note: Option<String>,
    /// Why there is no number.
    pub why_not: Option<Counted>,
    /// When a number that stays was measured; none for one of this moment.
    pub at: Option<DateTime<Utc>>,
}

/// Measures a metric in a period; `None` if the bot cannot.
async fn measure(
    db: &mut SqliteConnection,
    measures: Measures,
    metric: &Metric,
    guild: &Guild,
    period: Period,
    now: DateTime<Utc>,
) -> Result<Option<Counted>, sqlx::Error> {
    let Some(how) = measurement(measures, metric) else {
        return Ok(None);
    };
    let span = Span {
        guild: guild.id,
        scope: metric.scope,
        period,
        zone: guild.zone,
        now,
    };
    (how.measure)(db, span).await.map(Some)
}

fn measurement(measures: Measures, metric: &Metric) -> Option<Measurement> {
    let is_own = metric.source == Source::Bot;
    measures.of(&metric.kin).filter(|_| is_own)
}

fn value(measured: &Measured, unit: Unit) -> Option<Value> {
    let (part, whole) = (Decimal::from(measured.part), Decimal::from(measured.whole));
    Value::quotient(unit, part, whole)
}

/// Adds what the bot measures at this moment to what is known of metrics that were found within the
/// guild: of a running period how it stands so far, and of one that has just ended what will be kept.
pub(super) async fn add_live(
    db: &mut SqliteConnection,
    measures: Measures,
    guild: &Guild,
    among: &[Metric],
    known: &mut BTreeMap<MetricId, History>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let today = guild.zone.civil_date(now);
    for metric in among {
        if measurement(measures, metric).is_none() {
            continue;
        }
        let Some(history) = known.get_mut(&metric.id) else {
            continue;
        };
        let running = metric.definition.cadence.holding(today);
        let closed = running.and_then(|period| period.previous());
        for period in [closed, running].into_iter().flatten() {
            if history.point(&period).is_some() {
                continue;
            }
            let found = measure(db, measures, metric, guild, period, now).await?;
            if let Some(Counted::Of(measured)) = found
                && let Some(value) = value(&measured, metric.definition.unit)
            {
                history.add(Point { period, value });
            }
        }
    }
    Ok(())
}

/// The counts that a metric's number of a period came from, for somebody who sees it.
///
/// # Errors
/// [`Error::Gone`], faults.
pub async fn receipts(
    app: &App,
    viewer: &Viewer,
    id: MetricId,
    period: Period,
) -> Result<Receipts, Error> {
    let metric = super::find_by_id(app, viewer, id).await?;
    let mut db = app.db.read().acquire().await?;
    let mut found = Receipts {
        how: measurement(app.measures, &metric).map(|one| one.how),
        period,
        counts: None,
        note: None,
        why_not: None,
        at: None,
        metric,
    };
    let kept = readings::find_in_force(&mut *db, id, &period).await?;
    if let Some(reading) = kept.filter(|reading| reading.origin == Origin::Bot) {
        let counts = measured::list_receipts(&mut *db, reading.id).await?;
        found.counts = Some((reading.point.value, counts));
        found.note = reading.note;
        found.at = Some(reading.at);
        return Ok(found);
    }
    let (guild, now) = (&viewer.guild, app.now());
    let counted = measure(&mut db, app.measures, &found.metric, guild, period, now).await?;
    match counted {
        Some(Counted::Of(measured)) => {
            let counts = measured.receipts.iter();
            let counts = counts.map(|one| (one.what.to_owned(), i64::from(one.count)));
            let unit = found.metric.definition.unit;
            found.counts = value(&measured, unit).map(|value| (value, counts.collect()));
            found.note = measured.note.map(str::to_owned);
        }
        other => found.why_not = other,
    }
    Ok(found)
}

/// Measures what has closed, in all guilds.
///
/// # Errors
/// The database's own faults. What was kept by then stays.
pub async fn measure_closed(app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
    for guild in measured::list_guilds(app.db.read()).await? {
        measure_in(app, guild, now).await?;
    }
    Ok(())
}

async fn measure_in(app: &App, guild: GuildId, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let Some(guild) = people::find_guild(app.db.read(), guild).await? else {
        return Ok(());
    };
    let today = guild.zone.civil_date(now);
    let mut found = Vec::new();
    let mut db = app.db.read().acquire().await?;
    for metric in metrics::list_all(&mut *db, guild.id).await? {
        let is_own = measurement(app.measures, &metric).is_some();
        let closed = metric.definition.cadence.latest_closed(today);
        let Some(period) = closed.filter(|_| is_own && metric.retired_at.is_none()) else {
            continue;
        };
        let last = measured::find_look(&mut *db, metric.id).await?;
        let last = last.filter(|last| last.period == period);
        let looked = last.map(|last| guild.zone.civil_date(last.at));
        if settling::is_due(&period, looked, today) {
            let counted = measure(&mut db, app.measures, &metric, &guild, period, now).await?;
            found.push((metric, period, counted));
        }
    }
    drop(db);
    if found.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    for (metric, period, counted) in found {
        if let Some(Counted::Of(measured)) = counted {
            keep(&mut tx, &metric, period, &measured, now).await?;
        }
        let look = Look { period, at: now };
        measured::set_look(&mut tx, metric.id, look).await?;
    }
    tx.commit().await
}

/// Keeps what was measured, if it is not what is known already.
async fn keep(
    tx: &mut SqliteConnection,
    metric: &Metric,
    period: Period,
    measured: &Measured,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let Some(value) = value(measured, metric.definition.unit) else {
        return Ok(());
    };
    let before = readings::find_in_force(&mut *tx, metric.id, &period).await?;
    if before.is_some_and(|before| before.point.value == value) {
        return Ok(());
    }
    let new = NewReading {
        metric: metric.id,
        period,
        value,
        note: measured.note,
        origin: Origin::Bot,
        by: None,
    };
    let reading = readings::insert(&mut *tx, &new, now).await?;
    measured::insert_receipts(tx, reading, &measured.receipts).await
}
