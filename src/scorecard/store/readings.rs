//! Readings: added, never changed. A later one of a period takes the place of the one before.

mod many;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::{known, list, number, period};
use crate::ids::{MetricId, PersonId, ReadingId};
use crate::scorecard::rules::Origin;
use crate::scorecard::rules::history::Point;
use crate::scorecard::rules::value::{Value, canonical};
use crate::time::Period;
use crate::time::clock::from_millis;

pub use many::{InForce, insert_all, list_in_force};

/// A reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The row; later ones have higher numbers.
    pub id: ReadingId,
    /// The metric.
    pub metric: MetricId,
    /// The period, and what was measured.
    pub point: Point,
    /// What was said of it.
    pub note: Option<String>,
    /// How it came in.
    pub origin: Origin,
    /// Who recorded it; nobody for the bot's own and for one who was erased.
    pub by: Option<PersonId>,
    /// The name of that person as last seen.
    pub by_name: Option<String>,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The reading that took its place.
    pub superseded_by: Option<ReadingId>,
}

/// A reading to be kept.
#[derive(Clone, Debug)]
pub struct NewReading<'a> {
    /// The metric, found within the guild.
    pub metric: MetricId,
    /// The period, one of its cadence.
    pub period: Period,
    /// What was measured.
    pub value: Value,
    /// What is said of it.
    pub note: Option<&'a str>,
    /// How it comes in.
    pub origin: Origin,
    /// Who records it; nobody for the bot's own.
    pub by: Option<PersonId>,
}

struct Row {
    id: ReadingId,
    metric: MetricId,
    period: String,
    value: String,
    numerator: Option<String>,
    denominator: Option<String>,
    note: Option<String>,
    source: String,
    by: Option<PersonId>,
    by_name: Option<String>,
    at: i64,
    superseded_by: Option<ReadingId>,
}

impl TryFrom<Row> for Reading {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.id,
            metric: row.metric,
            point: point(&row.period, &row.value, row.numerator, row.denominator)?,
            note: row.note,
            origin: known(Origin::from_word(&row.source), &row.source)?,
            by: row.by,
            by_name: row.by_name,
            at: from_millis(row.at),
            superseded_by: row.superseded_by,
        })
    }
}

fn point(
    key: &str,
    value: &str,
    numerator: Option<String>,
    denominator: Option<String>,
) -> Result<Point, sqlx::Error> {
    let fraction = match numerator.zip(denominator) {
        Some((numerator, denominator)) => Some((number(&numerator)?, number(&denominator)?)),
        None => None,
    };
    Ok(Point {
        period: period(key)?,
        value: Value {
            number: number(value)?,
            fraction,
        },
    })
}

/// Keeps a reading. The one in force of the same period, if there is one, is superseded by it.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    new: &NewReading<'_>,
    now: DateTime<Utc>,
) -> Result<ReadingId, sqlx::Error> {
    let (key, starts_on) = (new.period.key(), new.period.start().to_string());
    let value = canonical(new.value.number);
    let numerator = new
        .value
        .fraction
        .map(|(numerator, _)| canonical(numerator));
    let denominator = new
        .value
        .fraction
        .map(|(_, denominator)| canonical(denominator));
    let origin = new.origin.word();
    let now = now.timestamp_millis();
    let inserted = sqlx::query!(
        "INSERT INTO readings (metric_id, period, starts_on, value, numerator, denominator, note,
                               source, recorded_by, recorded_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new.metric,
        key,
        starts_on,
        value,
        numerator,
        denominator,
        new.note,
        origin,
        new.by,
        now
    )
    .execute(tx)
    .await?;
    Ok(ReadingId(inserted.last_insert_rowid()))
}

/// The reading in force of a metric's period.
///
/// # Errors
/// The database's own faults.
pub async fn find_in_force(
    db: impl SqliteExecutor<'_>,
    metric: MetricId,
    of: &Period,
) -> Result<Option<Reading>, sqlx::Error> {
    let (key, starts_on) = (of.key(), of.start().to_string());
    let row = sqlx::query_as!(
        Row,
        r#"SELECT r.id AS "id!: ReadingId", r.metric_id AS "metric: MetricId", r.period, r.value,
                  r.numerator, r.denominator, r.note, r.source, r.recorded_by AS "by: PersonId",
                  p.name AS by_name, r.recorded_at AS at,
                  r.superseded_by AS "superseded_by: ReadingId"
             FROM readings r LEFT JOIN people p ON p.id = r.recorded_by
            WHERE r.metric_id = ?1 AND r.starts_on = ?2 AND r.period = ?3
              AND r.superseded_by IS NULL"#,
        metric,
        starts_on,
        key
    )
    .fetch_optional(db)
    .await?;
    row.map(Reading::try_from).transpose()
}

/// The readings in force of a metric that something was said of, of the periods that begin in
/// `[from, until)`; the latest first, at most `most`.
///
/// # Errors
/// The database's own faults.
pub async fn list_noted(
    db: impl SqliteExecutor<'_>,
    metric: MetricId,
    from: NaiveDate,
    until: NaiveDate,
    most: u32,
) -> Result<Vec<Reading>, sqlx::Error> {
    let (from, until) = (from.to_string(), until.to_string());
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT r.id AS "id!: ReadingId", r.metric_id AS "metric: MetricId", r.period, r.value,
                  r.numerator, r.denominator, r.note, r.source, r.recorded_by AS "by: PersonId",
                  p.name AS by_name, r.recorded_at AS at,
                  r.superseded_by AS "superseded_by: ReadingId"
             FROM readings r INDEXED BY readings_in_force LEFT JOIN people p ON p.id = r.recorded_by
            WHERE r.metric_id = ?1 AND r.starts_on >= ?2 AND r.starts_on < ?3
              AND r.superseded_by IS NULL AND r.note IS NOT NULL
            ORDER BY r.starts_on DESC LIMIT ?4"#,
        metric,
        from,
        until,
        most
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Reading::try_from).collect()
}

/// The readings in force of metrics that were found within the guild, of the periods that begin in
/// `[from, until)`; by metric, oldest first. One query, however many metrics there are.
///
/// # Errors
/// The database's own faults.
pub async fn list_points(
    db: impl SqliteExecutor<'_>,
    metrics: impl IntoIterator<Item = MetricId>,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<(MetricId, Point)>, sqlx::Error> {
    let (ids, from, until) = (list(metrics), from.to_string(), until.to_string());
    let rows = sqlx::query!(
        r#"SELECT r.metric_id AS "metric: MetricId", r.period, r.value, r.numerator, r.denominator
             FROM json_each(?1) asked
             CROSS JOIN readings r INDEXED BY readings_in_force
                     ON r.metric_id = asked.value AND r.superseded_by IS NULL
                    AND r.starts_on >= ?2 AND r.starts_on < ?3
            ORDER BY r.metric_id, r.starts_on"#,
        ids,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let point = point(&row.period, &row.value, row.numerator, row.denominator)?;
            Ok((row.metric, point))
        })
        .collect()
}

/// The first two readings in force that there ever were, of each metric; by metric, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_beginnings(
    db: impl SqliteExecutor<'_>,
    metrics: impl IntoIterator<Item = MetricId>,
) -> Result<Vec<(MetricId, Point)>, sqlx::Error> {
    let ids = list(metrics);
    let rows = sqlx::query!(
        r#"SELECT r.metric_id AS "metric: MetricId", r.period, r.value, r.numerator, r.denominator
             FROM json_each(?1) asked
             CROSS JOIN readings r
                     ON r.id IN (SELECT f.id FROM readings f INDEXED BY readings_in_force
                                  WHERE f.metric_id = asked.value AND f.superseded_by IS NULL
                                  ORDER BY f.starts_on LIMIT 2)
            ORDER BY r.metric_id, r.starts_on"#,
        ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let point = point(&row.period, &row.value, row.numerator, row.denominator)?;
            Ok((row.metric, point))
        })
        .collect()
}

/// A reading's place in a history, to turn the page at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first day of its period.
    pub starts_on: NaiveDate,
    /// Its row.
    pub id: ReadingId,
}

impl Reading {
    /// Its place in the history.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            starts_on: self.point.period.start(),
            id: self.id,
        }
    }
}

/// The `most` readings of a metric after `after` in its history, or the first ones: the latest
/// period first, and of a period the one in force before those that it took the place of.
///
/// # Errors
/// The database's own faults.
pub async fn list_older(
    db: impl SqliteExecutor<'_>,
    metric: MetricId,
    after: Option<Place>,
    most: u32,
) -> Result<Vec<Reading>, sqlx::Error> {
    let starts_on = after.map_or_else(|| "9999".to_owned(), |place| place.starts_on.to_string());
    let id = after.map_or(ReadingId(i64::MAX), |place| place.id);
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT r.id AS "id!: ReadingId", r.metric_id AS "metric: MetricId", r.period, r.value,
                  r.numerator, r.denominator, r.note, r.source, r.recorded_by AS "by: PersonId",
                  p.name AS by_name, r.recorded_at AS at,
                  r.superseded_by AS "superseded_by: ReadingId"
             FROM readings r LEFT JOIN people p ON p.id = r.recorded_by
            WHERE r.metric_id = ?1 AND (r.starts_on, r.id) < (?2, ?3)
            ORDER BY r.starts_on DESC, r.id DESC LIMIT ?4"#,
        metric,
        starts_on,
        id,
        most
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Reading::try_from).collect()
}

/// The `most` readings of a metric just before `before` in its history, nearest first: the page
/// back, to be turned round.
///
/// # Errors
/// The database's own faults.
pub async fn list_newer(
    db: impl SqliteExecutor<'_>,
    metric: MetricId,
    before: Place,
    most: u32,
) -> Result<Vec<Reading>, sqlx::Error> {
    let starts_on = before.starts_on.to_string();
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT r.id AS "id!: ReadingId", r.metric_id AS "metric: MetricId", r.period, r.value,
                  r.numerator, r.denominator, r.note, r.source, r.recorded_by AS "by: PersonId",
                  p.name AS by_name, r.recorded_at AS at,
                  r.superseded_by AS "superseded_by: ReadingId"
             FROM readings r LEFT JOIN people p ON p.id = r.recorded_by
            WHERE r.metric_id = ?1 AND (r.starts_on, r.id) > (?2, ?3)
            ORDER BY r.starts_on, r.id LIMIT ?4"#,
        metric,
        starts_on,
        before.id,
        most
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Reading::try_from).collect()
}
