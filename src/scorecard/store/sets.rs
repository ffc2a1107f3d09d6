//! Sets of metrics that a guild has saved.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::GuildId;

/// The text of a guild's set.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    name: &str,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT text FROM metric_sets WHERE guild_id = ?1 AND name = ?2",
        guild,
        name
    )
    .fetch_optional(db)
    .await
}

/// The names of a guild's sets, in order.
///
/// # Errors
/// The database's own faults.
pub async fn list_names(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT name FROM metric_sets WHERE guild_id = ?1 ORDER BY name",
        guild
    )
    .fetch_all(db)
    .await
}

/// Keeps a set by its name, in place of one of the same name.
///
/// # Errors
/// The database's own faults.
pub async fn put(
    tx: &mut SqliteConnection,
    guild: GuildId,
    name: &str,
    text: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO metric_sets (guild_id, name, text, saved_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (guild_id, name) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at",
        guild,
        name,
        text,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets a set, if it is there. What was applied from it stays.
///
/// # Errors
/// The database's own faults.
pub async fn delete(
    tx: &mut SqliteConnection,
    guild: GuildId,
    name: &str,
) -> Result<bool, sqlx::Error> {
    let gone = sqlx::query!(
        "DELETE FROM metric_sets WHERE guild_id = ?1 AND name = ?2",
        guild,
        name
    )
    .execute(tx)
    .await?;
    Ok(gone.rows_affected() > 0)
}
