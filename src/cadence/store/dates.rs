//! The dates of many series at once: what ends together, and what is planned together, takes a few
//! statements and not some for each.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{SqliteConnection, SqliteExecutor};

use super::series::list;
use crate::ids::{GuildId, OccurrenceId, SeriesId};
use crate::time::clock::from_millis;

/// A session whose end has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The guild.
    pub guild: GuildId,
    /// Its series.
    pub series: SeriesId,
    /// The session.
    pub id: OccurrenceId,
    /// When the rule has it.
    pub slot: DateTime<Utc>,
    /// When it started.
    pub starts_at: DateTime<Utc>,
    /// When it ended.
    pub ends_at: DateTime<Utc>,
}

/// The sessions that have ended and are still planned, the earliest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_ended(
    db: impl SqliteExecutor<'_>,
    now: DateTime<Utc>,
    most: u32,
) -> Result<Vec<Ended>, sqlx::Error> {
    let now = now.timestamp_millis();
    let rows = sqlx::query!(
        r#"SELECT s.guild_id AS "guild!: GuildId", o.series_id AS "series!: SeriesId",
                  o.id AS "id!: OccurrenceId", o.slot, o.starts_at, o.ends_at
             FROM occurrences o INDEXED BY occurrences_ending JOIN series s ON s.id = o.series_id
            WHERE o.state = 'planned' AND o.ends_at <= ? ORDER BY o.ends_at LIMIT ?"#,
        now,
        most
    )
    .fetch_all(db)
    .await?;
    let ended = rows.into_iter().map(|row| Ended {
        guild: row.guild,
        series: row.series,
        id: row.id,
        slot: from_millis(row.slot),
        starts_at: from_millis(row.starts_at),
        ends_at: from_millis(row.ends_at),
    });
    Ok(ended.collect())
}

/// Marks sessions as over, and forgets the nudges about them that have not been handed out.
///
/// # Errors
/// The database's own faults.
pub async fn end_all(tx: &mut SqliteConnection, ids: &[OccurrenceId]) -> Result<(), sqlx::Error> {
    clear_nudges(tx, ids).await?;
    let ids = ids_of(ids);
    sqlx::query!(
        "UPDATE occurrences SET state = 'over', revision = revision + 1
          WHERE id IN (SELECT value FROM json_each(?1))",
        ids
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the nudges about sessions that have not been handed out.
///
/// # Errors
/// The database's own faults.
pub async fn clear_nudges(
    tx: &mut SqliteConnection,
    ids: &[OccurrenceId],
) -> Result<(), sqlx::Error> {
    let ids = ids_of(ids);
    sqlx::query!(
        "DELETE FROM nudges
          WHERE occurrence_id IN (SELECT value FROM json_each(?1)) AND state IN ('waiting', 'late')",
        ids
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Those of the series that get no other date now: one is planned, or they are groups of a round and have
/// had their one date.
///
/// # Errors
/// The database's own faults.
pub async fn without_another(
    db: impl SqliteExecutor<'_>,
    ids: &[SeriesId],
) -> Result<HashSet<SeriesId>, sqlx::Error> {
    let ids = list(ids);
    let found = sqlx::query_scalar!(
        r#"SELECT CAST(asked.value AS INTEGER) AS "series!: SeriesId" FROM json_each(?1) asked
            WHERE EXISTS (SELECT 1 FROM occurrences o
                           WHERE o.series_id = asked.value AND o.state = 'planned')
               OR EXISTS (SELECT 1 FROM rotation_pairings p
                           WHERE p.series_id = asked.value
                             AND EXISTS (SELECT 1 FROM occurrences o
                                          WHERE o.series_id = p.series_id AND o.by_rule = 1
                                            AND o.state <> 'cancelled'))"#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(found.into_iter().collect())
}

/// A date to be planned.
#[derive(Clone, Copy, Debug)]
pub struct NewDate {
    /// Its series.
    pub series: SeriesId,
    /// When the rule has it, and it starts.
    pub slot: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
}

/// A date that was planned.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The row.
    pub id: OccurrenceId,
    /// Its series.
    pub series: SeriesId,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The question that its brief asked already, of one that had been cancelled.
    pub question: Option<String>,
}

#[derive(Serialize)]
struct Entry {
    series: i64,
    slot: i64,
    ends: i64,
}

/// Plans dates, one for each series. Those that had been cancelled there are planned again; those that are
/// over or were skipped stay as they are, and do not come back.
///
/// # Errors
/// The database's own faults.
pub async fn plan_all(
    tx: &mut SqliteConnection,
    dates: &[NewDate],
) -> Result<Vec<Planned>, sqlx::Error> {
    let entries: Vec<Entry> = dates
        .iter()
        .map(|date| Entry {
            series: date.series.0,
            slot: date.slot.timestamp_millis(),
            ends: date.ends_at.timestamp_millis(),
        })
        .collect();
    let entries = json(&entries)?;
    let rows = sqlx::query!(
        r#"INSERT INTO occurrences (series_id, slot, starts_at, ends_at, state)
           SELECT value ->> 'series', value ->> 'slot', value ->> 'slot', value ->> 'ends', 'planned'
             FROM json_each(?1) WHERE true ORDER BY key
           ON CONFLICT (series_id, slot) DO UPDATE
              SET state = 'planned', starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                  revision = revision + 1
            WHERE state = 'cancelled'
           RETURNING id AS "id!: OccurrenceId", series_id AS "series!: SeriesId", starts_at, question"#,
        entries
    )
    .fetch_all(tx)
    .await?;
    let planned = rows.into_iter().map(|row| Planned {
        id: row.id,
        series: row.series,
        starts_at: from_millis(row.starts_at),
        question: row.question,
    });
    Ok(planned.collect())
}

/// Writes which question the brief of each date asks.
///
/// # Errors
/// The database's own faults.
pub async fn set_questions(
    tx: &mut SqliteConnection,
    questions: &[(OccurrenceId, &str)],
) -> Result<(), sqlx::Error> {
    let questions: Vec<(i64, &str)> = questions.iter().map(|(id, key)| (id.0, *key)).collect();
    let questions = json(&questions)?;
    sqlx::query!(
        "UPDATE occurrences SET question = asked.value ->> 1
           FROM json_each(?1) asked WHERE occurrences.id = asked.value ->> 0",
        questions
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What many rows are handed to the database as.
pub(super) fn json<T: Serialize>(entries: &[T]) -> Result<String, sqlx::Error> {
    serde_json::to_string(entries).map_err(|fault| sqlx::Error::Encode(fault.into()))
}

fn ids_of(ids: &[OccurrenceId]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    format!("[{}]", ids.join(","))
}
