//! What somebody is to be told, and when.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::cadence::rules::NudgeKind;
use crate::ids::{GuildId, OccurrenceId, PersonId, PromiseId};

/// What a nudge is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A session.
    Occurrence(OccurrenceId),
    /// A promise.
    Promise(PromiseId),
}

/// A nudge to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewNudge {
    /// The guild.
    pub guild: GuildId,
    /// Whom it is for.
    pub person: PersonId,
    /// What it is about.
    pub about: About,
    /// What it says of that.
    pub kind: NudgeKind,
    /// How long before the start, in minutes; of [`NudgeKind::Ahead`] alone, else 0.
    pub minutes: i64,
    /// When.
    pub due: DateTime<Utc>,
    /// From when on it is of no use.
    pub expires: DateTime<Utc>,
}

/// Keeps a nudge. One of the same kind about the same thing for the same person gives way to it.
///
/// # Errors
/// The database's own faults.
pub async fn put(tx: &mut SqliteConnection, new: &NewNudge) -> Result<(), sqlx::Error> {
    let (occurrence, promise) = match new.about {
        About::Occurrence(id) => (Some(id), None),
        About::Promise(id) => (None, Some(id)),
    };
    let kind = new.kind.word();
    let (due, expires) = (new.due.timestamp_millis(), new.expires.timestamp_millis());
    sqlx::query!(
        "INSERT OR REPLACE INTO nudges (guild_id, person_id, occurrence_id, promise_id, kind, minutes,
                                        due_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        new.guild,
        new.person,
        occurrence,
        promise,
        kind,
        new.minutes,
        due,
        expires
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the nudges about an occurrence that have not been handed out.
///
/// # Errors
/// The database's own faults.
pub async fn clear_occurrence(
    tx: &mut SqliteConnection,
    id: OccurrenceId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM nudges WHERE occurrence_id = ? AND state IN ('waiting', 'late')",
        id
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the nudges about a promise that have not been handed out.
///
/// # Errors
/// The database's own faults.
pub async fn clear_promise(tx: &mut SqliteConnection, id: PromiseId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM nudges WHERE promise_id = ? AND state IN ('waiting', 'late')",
        id
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps a nudge unless there is, or was, one of the same kind about the same session for the same
/// person.
///
/// # Errors
/// The database's own faults.
pub async fn put_if_new(
    tx: &mut SqliteConnection,
    occurrence: OccurrenceId,
    new: &NewNudge,
) -> Result<(), sqlx::Error> {
    let kind = new.kind.word();
    let (due, expires) = (new.due.timestamp_millis(), new.expires.timestamp_millis());
    sqlx::query!(
        "INSERT OR IGNORE INTO nudges (guild_id, person_id, occurrence_id, kind, minutes, due_at,
                                       expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        new.guild,
        new.person,
        occurrence,
        kind,
        new.minutes,
        due,
        expires
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the nudges ahead of an occurrence that wait for somebody. Those that are late, that the
/// person put off, or that were handed out stay.
///
/// # Errors
/// The database's own faults.
pub async fn clear_ahead_of(
    tx: &mut SqliteConnection,
    occurrence: OccurrenceId,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM nudges WHERE occurrence_id = ? AND person_id = ? AND kind = 'ahead'
            AND state = 'waiting'",
        occurrence,
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the nudges ahead of an occurrence that have not reached somebody, also those that are late
/// or were put off.
///
/// # Errors
/// The database's own faults.
pub async fn stop_ahead_of(
    tx: &mut SqliteConnection,
    occurrence: OccurrenceId,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM nudges WHERE occurrence_id = ? AND person_id = ?
            AND kind IN ('ahead', 'snoozed') AND state IN ('waiting', 'late')",
        occurrence,
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}
