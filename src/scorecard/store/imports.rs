//! Files of readings between their preview and the answer to it: one a person.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::foreign;
use crate::ids::{GuildId, ImportId, PersonId};
use crate::scorecard::rules::exchange::Line;
use crate::time::clock::from_millis;

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The row.
    pub id: ImportId,
    /// Who sent it.
    pub person: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// What it would do, as it was shown.
    pub fingerprint: i64,
    /// How far it is.
    pub stage: Stage,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Its readings wait for an answer.
    Waiting(Vec<Line>),
    /// They were recorded, so many.
    Done(usize),
}

/// Keeps a file in place of the one that the person sent before.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    guild: GuildId,
    person: PersonId,
    lines: &[Line],
    fingerprint: i64,
    now: DateTime<Utc>,
) -> Result<ImportId, sqlx::Error> {
    let lines = serde_json::to_string(lines).map_err(|fault| sqlx::Error::Encode(fault.into()))?;
    let now = now.timestamp_millis();
    sqlx::query!("DELETE FROM imports WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    let inserted = sqlx::query!(
        "INSERT INTO imports (guild_id, person_id, lines, fingerprint, created_at)
         VALUES (?, ?, ?, ?, ?)",
        guild,
        person,
        lines,
        fingerprint,
        now
    )
    .execute(tx)
    .await?;
    Ok(ImportId(inserted.last_insert_rowid()))
}

/// A file of the guild.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: ImportId,
) -> Result<Option<Import>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT person_id AS "person: PersonId", lines, fingerprint, created_at, recorded
             FROM imports WHERE id = ?1 AND guild_id = ?2"#,
        id,
        guild
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let stage = match (row.lines, row.recorded) {
        (Some(lines), _) => {
            Stage::Waiting(serde_json::from_str(&lines).map_err(|_| foreign("an import"))?)
        }
        (None, recorded) => {
            Stage::Done(usize::try_from(recorded.unwrap_or_default()).unwrap_or_default())
        }
    };
    Ok(Some(Import {
        id,
        person: row.person,
        at: from_millis(row.created_at),
        fingerprint: row.fingerprint,
        stage,
    }))
}

/// Keeps what an import would do now, as it is shown again.
///
/// # Errors
/// The database's own faults.
pub async fn set_fingerprint(
    tx: &mut SqliteConnection,
    id: ImportId,
    fingerprint: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE imports SET fingerprint = ?2 WHERE id = ?1",
        id,
        fingerprint
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Says that the readings of a file were recorded; the copy of them goes.
///
/// # Errors
/// The database's own faults.
pub async fn set_done(
    tx: &mut SqliteConnection,
    id: ImportId,
    recorded: usize,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let recorded = i64::try_from(recorded).unwrap_or(i64::MAX);
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE imports SET lines = NULL, done_at = ?2, recorded = ?3 WHERE id = ?1",
        id,
        now,
        recorded
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Lets go of a file that a person sent and that was not recorded; whether there was one.
///
/// # Errors
/// The database's own faults.
pub async fn delete(
    tx: &mut SqliteConnection,
    guild: GuildId,
    id: ImportId,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    let deleted = sqlx::query!(
        "DELETE FROM imports
          WHERE id = ?1 AND guild_id = ?2 AND person_id = ?3 AND done_at IS NULL",
        id,
        guild,
        person
    )
    .execute(tx)
    .await?;
    Ok(deleted.rows_affected() > 0)
}

/// Deletes some of those that were sent before `before`; how many.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn delete_older(
    tx: &mut SqliteConnection,
    before: DateTime<Utc>,
    most: i64,
) -> Result<u64, sqlx::Error> {
    let before = before.timestamp_millis();
    let deleted = sqlx::query!(
        "DELETE FROM imports
          WHERE id IN (SELECT id FROM imports WHERE created_at < ?1 ORDER BY created_at LIMIT ?2)",
        before,
        most
    )
    .execute(tx)
    .await?;
    Ok(deleted.rows_affected())
}
