//! Targets: added, never changed. The latest row of a period holds.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::{SqliteConnection, SqliteExecutor};

use super::{list, number, period};
use crate::ids::{MetricId, PersonId};
use crate::scorecard::rules::value::canonical;
use crate::time::Period;

/// Keeps the target of a period of a metric that was found within the guild.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    metric: MetricId,
    of: &Period,
    value: Decimal,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (key, starts_on, value) = (of.key(), of.start().to_string(), canonical(value));
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO metric_targets (metric_id, period, starts_on, value, set_by, set_at)
         VALUES (?, ?, ?, ?, ?, ?)",
        metric,
        key,
        starts_on,
        value,
        by,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The targets that hold for metrics that were found within the guild, of the periods that begin in
/// `[from, until)`. In the order in which they were set, so that of a period the last one holds.
///
/// # Errors
/// The database's own faults.
pub async fn list_targets(
    db: impl SqliteExecutor<'_>,
    metrics: impl IntoIterator<Item = MetricId>,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(MetricId, Period, Decimal)>, sqlx::Error> {
    let (ids, from, until) = (list(metrics), from.to_string(), until.to_string());
    let rows = sqlx::query!(
        r#"SELECT t.metric_id AS "metric: MetricId", t.period, t.value
             FROM json_each(?1) asked
             CROSS JOIN metric_targets t
                     ON t.metric_id = asked.value AND t.starts_on >= ?2 AND t.starts_on < ?3
            ORDER BY t.metric_id, t.starts_on, t.id"#,
        ids,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.metric, period(&row.period)?, number(&row.value)?)))
        .collect()
}
