//! What the bot measured: the counts that a reading came from, and when a close was looked at.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::period;
use crate::ids::{GuildId, MetricId, ReadingId};
use crate::measures::Receipt;
use crate::time::Period;
use crate::time::clock::from_millis;

/// The guilds that have metrics of the bot's own which are not retired.
///
/// # Errors
/// The database's own faults.
pub async fn list_guilds(db: impl SqliteExecutor<'_>) -> Result<Vec<GuildId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT guild_id AS "guild!: GuildId" FROM metrics INDEXED BY metrics_measured
            WHERE source = 'bot' AND retired_at IS NULL"#
    )
    .fetch_all(db)
    .await
}

/// Keeps the counts that a reading came from.
///
/// # Errors
/// The database's own faults.
pub async fn insert_receipts(
    tx: &mut SqliteConnection,
    reading: ReadingId,
    receipts: &[Receipt],
) -> Result<(), sqlx::Error> {
    for (place, receipt) in (0_i64..).zip(receipts) {
        sqlx::query!(
            "INSERT INTO reading_receipts (reading_id, place, what, count) VALUES (?, ?, ?, ?)",
            reading,
            place,
            receipt.what,
            receipt.count
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// The counts that a reading came from: what was counted, and how many.
///
/// # Errors
/// The database's own faults.
pub async fn list_receipts(
    db: impl SqliteExecutor<'_>,
    reading: ReadingId,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        "SELECT what, count FROM reading_receipts WHERE reading_id = ? ORDER BY place",
        reading
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.what, row.count)).collect())
}

/// A look at the close of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The period.
    pub period: Period,
    /// When.
    pub at: DateTime<Utc>,
}

/// The last look at the close of a metric that was found within the guild.
///
/// # Errors
/// The database's own faults.
pub async fn find_look(
    db: impl SqliteExecutor<'_>,
    metric: MetricId,
) -> Result<Option<Look>, sqlx::Error> {
    let row = sqlx::query!(
        "SELECT period, looked_at FROM metric_measured WHERE metric_id = ?",
        metric
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Look {
            period: period(&row.period)?,
            at: from_millis(row.looked_at),
        })
    })
    .transpose()
}

/// Keeps that the close of a metric was looked at.
///
/// # Errors
/// The database's own faults.
pub async fn set_look(
    tx: &mut SqliteConnection,
    metric: MetricId,
    look: Look,
) -> Result<(), sqlx::Error> {
    let (key, starts_on) = (look.period.key(), look.period.start().to_string());
    let at = look.at.timestamp_millis();
    sqlx::query!(
        "INSERT INTO metric_measured (metric_id, period, starts_on, looked_at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET period = excluded.period, starts_on = excluded.starts_on,
                looked_at = excluded.looked_at",
        metric,
        key,
        starts_on,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}
