//! What was written down of a session: for all of it, and by each side for itself.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{OccurrenceId, PersonId};
use crate::time::clock::from_millis;

/// Review & Plan as one side wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Who wrote it.
    pub author: PersonId,
    /// Their name; none once they were erased.
    pub author_name: Option<String>,
    /// What they wrote, as typed.
    pub words: Words,
    /// When, the last time.
    pub written_at: DateTime<Utc>,
}

/// The three parts of Review & Plan, as typed; none where nothing was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What went well.
    pub went_well: Option<String>,
    /// What we saw and felt.
    pub saw_and_felt: Option<String>,
    /// What comes next.
    pub plan: Option<String>,
}

impl Words {
    /// Whether nothing was written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.went_well.is_none() && self.saw_and_felt.is_none() && self.plan.is_none()
    }
}

/// Keeps what somebody wrote of a session; what they wrote before gives way.
///
/// # Errors
/// The database's own faults.
pub async fn put(
    tx: &mut SqliteConnection,
    occurrence: OccurrenceId,
    author: PersonId,
    words: &Words,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO reviews (occurrence_id, author_id, went_well, saw_and_felt, plan, written_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (occurrence_id, author_id) DO UPDATE
            SET went_well = excluded.went_well, saw_and_felt = excluded.saw_and_felt,
                plan = excluded.plan, written_at = excluded.written_at",
        occurrence,
        author,
        words.went_well,
        words.saw_and_felt,
        words.plan,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets what somebody wrote of a session.
///
/// # Errors
/// The database's own faults.
pub async fn delete(
    tx: &mut SqliteConnection,
    occurrence: OccurrenceId,
    author: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM reviews WHERE occurrence_id = ? AND author_id = ?",
        occurrence,
        author
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What all sides wrote of a session, in the order of their rows.
///
/// # Errors
/// The database's own faults.
pub async fn list(
    db: impl SqliteExecutor<'_>,
    occurrence: OccurrenceId,
) -> Result<Vec<Review>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT r.author_id AS "author: PersonId", p.name, r.went_well, r.saw_and_felt, r.plan,
                  r.written_at
             FROM reviews r JOIN people p ON p.id = r.author_id
            WHERE r.occurrence_id = ? ORDER BY r.author_id"#,
        occurrence
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Review {
            author: row.author,
            author_name: row.name,
            words: Words {
                went_well: row.went_well,
                saw_and_felt: row.saw_and_felt,
                plan: row.plan,
            },
            written_at: from_millis(row.written_at),
        })
        .collect())
}

/// Keeps what somebody notes of a session for themselves; what they noted before gives way.
///
/// # Errors
/// The database's own faults.
pub async fn put_note(
    tx: &mut SqliteConnection,
    occurrence: OccurrenceId,
    author: PersonId,
    text: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO private_notes (occurrence_id, author_id, text, written_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (occurrence_id, author_id) DO UPDATE
            SET text = excluded.text, written_at = excluded.written_at",
        occurrence,
        author,
        text,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets what somebody noted of a session for themselves.
///
/// # Errors
/// The database's own faults.
pub async fn delete_note(
    tx: &mut SqliteConnection,
    occurrence: OccurrenceId,
    author: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM private_notes WHERE occurrence_id = ? AND author_id = ?",
        occurrence,
        author
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What somebody noted of a session for themselves.
///
/// # Errors
/// The database's own faults.
pub async fn find_note(
    db: impl SqliteExecutor<'_>,
    occurrence: OccurrenceId,
    author: PersonId,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT text FROM private_notes WHERE occurrence_id = ? AND author_id = ?",
        occurrence,
        author
    )
    .fetch_optional(db)
    .await
}
