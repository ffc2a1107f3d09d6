//! The past sessions of two people.

use chrono::{DateTime, Utc};
use sqlx::SqliteExecutor;

use crate::ids::{GuildId, OccurrenceId, PersonId, SeriesId};

/// Which sessions.
#[derive(Clone, Copy, Debug)]
pub struct Past {
    /// Of this guild.
    pub guild: GuildId,
    /// With this person in it.
    pub one: PersonId,
    /// And this one.
    pub other: PersonId,
    /// Of this series alone.
    pub series: Option<SeriesId>,
}

/// The sessions that have begun or were skipped, of series that run or have ended, newest first: the
/// one after `skip` others.
///
/// # Errors
/// The database's own faults.
pub async fn nth(
    db: impl SqliteExecutor<'_>,
    past: Past,
    skip: i64,
    now: DateTime<Utc>,
) -> Result<Option<OccurrenceId>, sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"SELECT o.id AS "id!: OccurrenceId"
             FROM series_members a
             JOIN series_members b ON b.series_id = a.series_id AND b.person_id = ?3
             JOIN series s ON s.id = a.series_id AND s.guild_id = ?1
             JOIN occurrences o ON o.series_id = s.id
            WHERE a.person_id = ?2 AND (?4 IS NULL OR s.id = ?4)
              AND (o.state IN ('over', 'skipped') OR o.state = 'planned' AND o.starts_at <= ?5)
            ORDER BY o.starts_at DESC, o.id DESC LIMIT 1 OFFSET ?6"#,
        past.guild,
        past.one,
        past.other,
        past.series,
        now,
        skip
    )
    .fetch_optional(db)
    .await
}

/// How many such sessions there are.
///
/// # Errors
/// The database's own faults.
pub async fn count(
    db: impl SqliteExecutor<'_>,
    past: Past,
    now: DateTime<Utc>,
) -> Result<i64, sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        "SELECT count(*)
           FROM series_members a
           JOIN series_members b ON b.series_id = a.series_id AND b.person_id = ?3
           JOIN series s ON s.id = a.series_id AND s.guild_id = ?1
           JOIN occurrences o ON o.series_id = s.id
          WHERE a.person_id = ?2 AND (?4 IS NULL OR s.id = ?4)
            AND (o.state IN ('over', 'skipped') OR o.state = 'planned' AND o.starts_at <= ?5)",
        past.guild,
        past.one,
        past.other,
        past.series,
        now
    )
    .fetch_one(db)
    .await
}
