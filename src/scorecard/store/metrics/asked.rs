//! What somebody asked for last.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{MetricId, PersonId};

/// How many are remembered of a person.
const REMEMBERED: i64 = 10;

/// Remembers that somebody asked for a metric; the ten latest are kept.
///
/// # Errors
/// The database's own faults.
pub async fn insert_asked(
    tx: &mut SqliteConnection,
    person: PersonId,
    metric: MetricId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO metrics_asked (person_id, metric_id, asked_at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET asked_at = excluded.asked_at",
        person,
        metric,
        now
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "DELETE FROM metrics_asked
          WHERE person_id = ?1
            AND metric_id NOT IN (SELECT a.metric_id FROM metrics_asked a WHERE a.person_id = ?1
                                   ORDER BY a.asked_at DESC LIMIT ?2)",
        person,
        REMEMBERED
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What somebody asked for, the latest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_asked(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Vec<MetricId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT metric_id AS "metric: MetricId" FROM metrics_asked
            WHERE person_id = ? ORDER BY asked_at DESC"#,
        person
    )
    .fetch_all(db)
    .await
}
