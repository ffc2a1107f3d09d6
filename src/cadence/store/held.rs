//! What each side said of whether a session was held.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{OccurrenceId, PersonId};
use crate::time::clock::from_millis;

/// What somebody said of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldAnswer {
    /// Who says so.
    pub person: PersonId,
    /// Whether it was held.
    pub held: bool,
    /// When they said so.
    pub at: DateTime<Utc>,
}

/// Keeps what somebody says of a session; a later answer takes the place of an earlier one.
///
/// # Errors
/// The database's own faults.
pub async fn put(
    tx: &mut SqliteConnection,
    occurrence: OccurrenceId,
    person: PersonId,
    held: bool,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO held_answers (occurrence_id, person_id, held, answered_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (occurrence_id, person_id) DO UPDATE
            SET held = excluded.held, answered_at = excluded.answered_at",
        occurrence,
        person,
        held,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What the people of a session said of it, in the order of their rows.
///
/// # Errors
/// The database's own faults.
pub async fn list(
    db: impl SqliteExecutor<'_>,
    occurrence: OccurrenceId,
) -> Result<Vec<HeldAnswer>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT person_id AS "person: PersonId", held AS "held: bool", answered_at
             FROM held_answers WHERE occurrence_id = ? ORDER BY person_id"#,
        occurrence
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HeldAnswer {
            person: row.person,
            held: row.held,
            at: from_millis(row.answered_at),
        })
        .collect())
}
