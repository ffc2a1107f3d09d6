//! What somebody is to be told, and when.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::dates::json;

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

/// A nudge as one entry of the list that [`put_all`] hands to the database.
#[derive(Serialize)]
struct Entry {
    guild: GuildId,
    person: i64,
    occurrence: Option<i64>,
    promise: Option<i64>,
    kind: &'static str,
    minutes: i64,
    due: i64,
    expires: i64,
}

impl From<&NewNudge> for Entry {
    fn from(new: &NewNudge) -> Self {
        let (occurrence, promise) = match new.about {
            About::Occurrence(id) => (Some(id.0), None),
            About::Promise(id) => (None, Some(id.0)),
        };
        Self {
            guild: new.guild,
            person: new.person.0,
            occurrence,
            promise,
            kind: new.kind.word(),
            minutes: new.minutes,
            due: new.due.timestamp_millis(),
            expires: new.expires.timestamp_millis(),
        }
    }
}

/// Keeps a nudge. One of the same kind about the same thing for the same person gives way to it.
///
/// # Errors
/// The database's own faults.
pub async fn put(tx: &mut SqliteConnection, new: &NewNudge) -> Result<(), sqlx::Error> {
    put_all(tx, std::slice::from_ref(new)).await
}

/// Keeps many nudges as [`put`] does, by one statement.
///
/// # Errors
/// The database's own faults.
pub async fn put_all(tx: &mut SqliteConnection, new: &[NewNudge]) -> Result<(), sqlx::Error> {
    let entries: Vec<Entry> = new.iter().map(Entry::from).collect();
    let entries = json(&entries)?;
    sqlx::query!(
        "INSERT OR REPLACE INTO nudges (guild_id, person_id, occurrence_id, promise_id, kind, minutes,
                                        due_at, expires_at)
         SELECT value ->> 'guild', value ->> 'person', value ->> 'occurrence', value ->> 'promise',
                value ->> 'kind', value ->> 'minutes', value ->> 'due', value ->> 'expires'
           FROM json_each(?1) ORDER BY key",
        entries
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
