//! Many readings at once: by one statement, however many there are.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::super::list;
use super::{NewReading, point};
use crate::ids::{MetricId, ReadingId};
use crate::scorecard::rules::history::Point;
use crate::scorecard::rules::value::canonical;
use crate::time::clock::from_millis;

/// Keeps many readings of one origin, by one statement; how many.
///
/// # Errors
/// The database's own faults.
pub async fn insert_all<'a>(
    tx: &mut SqliteConnection,
    new: impl IntoIterator<Item = NewReading<'a>>,
    now: DateTime<Utc>,
) -> Result<u64, sqlx::Error> {
    let rows: Vec<serde_json::Value> = new
        .into_iter()
        .map(|new| {
            let fraction = new.value.fraction;
            serde_json::json!([
                new.metric.0,
                new.period.key(),
                new.period.start().to_string(),
                canonical(new.value.number),
                fraction.map(|(numerator, _)| canonical(numerator)),
                fraction.map(|(_, denominator)| canonical(denominator)),
                new.note,
                new.origin.word(),
                new.by.map(|by| by.0),
            ])
        })
        .collect();
    let rows = serde_json::Value::Array(rows).to_string();
    let now = now.timestamp_millis();
    let inserted = sqlx::query!(
        "INSERT INTO readings (metric_id, period, starts_on, value, numerator, denominator, note,
                               source, recorded_by, recorded_at)
         SELECT asked.value ->> 0, asked.value ->> 1, asked.value ->> 2, asked.value ->> 3,
                asked.value ->> 4, asked.value ->> 5, asked.value ->> 6, asked.value ->> 7,
                asked.value ->> 8, ?2
           FROM json_each(?1) asked ORDER BY asked.key",
        rows,
        now
    )
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected())
}

/// A reading in force, with what was said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The row.
    pub id: ReadingId,
    /// The metric.
    pub metric: MetricId,
    /// The period, and what was measured.
    pub point: Point,
    /// What was said of it.
    pub note: Option<String>,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// The readings in force of metrics that were found within the guild, of the periods that begin in
/// `[from, until)`, at most so many, in no order. One query, however many metrics there are.
///
/// # Errors
/// The database's own faults.
pub async fn list_in_force(
    db: impl SqliteExecutor<'_>,
    metrics: impl IntoIterator<Item = MetricId>,
    from: NaiveDate,
    until: NaiveDate,
    most: usize,
) -> Result<Vec<InForce>, sqlx::Error> {
    let (ids, from, until) = (list(metrics), from.to_string(), until.to_string());
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = sqlx::query!(
        r#"SELECT r.id AS "id!: ReadingId", r.metric_id AS "metric: MetricId", r.period, r.value,
                  r.numerator, r.denominator, r.note, r.recorded_at AS at
             FROM json_each(?1) asked
             CROSS JOIN readings r INDEXED BY readings_in_force
                     ON r.metric_id = asked.value AND r.superseded_by IS NULL
                    AND r.starts_on >= ?2 AND r.starts_on < ?3
            LIMIT ?4"#,
        ids,
        from,
        until,
        most
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(InForce {
                id: row.id,
                metric: row.metric,
                point: point(&row.period, &row.value, row.numerator, row.denominator)?,
                note: row.note,
                at: from_millis(row.at),
            })
        })
        .collect()
}
