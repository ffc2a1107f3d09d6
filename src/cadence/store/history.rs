//! The past sessions of two people, and those that were released to one of them.

use chrono::{DateTime, Utc};
use sqlx::SqliteExecutor;

use crate::ids::{GuildId, OccurrenceId, PersonId, SeriesId};

/// Which sessions.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// Of this guild.
    pub guild: GuildId,
    /// With this person in it.
    pub one: PersonId,
    /// And this one.
    pub other: PersonId,
    /// Of this series alone.
    pub series: Option<SeriesId>,
    /// Series of the other that `one` is not in, of which they may read the reviews: only the sessions
    /// that have some count.
    pub released: &'a [SeriesId],
}

impl Past<'_> {
    /// The released series as JSON, as the queries take them.
    fn released(&self) -> String {
        let ids: Vec<String> = self.released.iter().map(SeriesId::to_string).collect();
        format!("[{}]", ids.join(","))
    }
}

/// The sessions that have begun or were skipped, of series that run or have ended, newest first: the
/// one after `skip` others.
///
/// # Errors
/// The database's own faults.
pub async fn nth(
    db: impl SqliteExecutor<'_>,
    past: &Past<'_>,
    skip: i64,
    now: DateTime<Utc>,
) -> Result<Option<OccurrenceId>, sqlx::Error> {
    let (now, released) = (now.timestamp_millis(), past.released());
    sqlx::query_scalar!(
        r#"SELECT o.id AS "id!: OccurrenceId"
             FROM series_members b
             JOIN series s ON s.id = b.series_id AND s.guild_id = ?1
             JOIN occurrences o ON o.series_id = s.id
            WHERE b.person_id = ?3 AND (?4 IS NULL OR s.id = ?4)
              AND (o.state IN ('over', 'skipped') OR o.state = 'planned' AND o.starts_at <= ?5)
              AND (EXISTS (SELECT 1 FROM series_members a
                            WHERE a.series_id = s.id AND a.person_id = ?2)
                   OR s.id IN (SELECT value FROM json_each(?6))
                      AND EXISTS (SELECT 1 FROM reviews r WHERE r.occurrence_id = o.id))
            ORDER BY o.starts_at DESC, o.id DESC LIMIT 1 OFFSET ?7"#,
        past.guild,
        past.one,
        past.other,
        past.series,
        now,
        released,
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
    past: &Past<'_>,
    now: DateTime<Utc>,
) -> Result<i64, sqlx::Error> {
    let (now, released) = (now.timestamp_millis(), past.released());
    sqlx::query_scalar!(
        "SELECT count(*)
           FROM series_members b
           JOIN series s ON s.id = b.series_id AND s.guild_id = ?1
           JOIN occurrences o ON o.series_id = s.id
          WHERE b.person_id = ?3 AND (?4 IS NULL OR s.id = ?4)
            AND (o.state IN ('over', 'skipped') OR o.state = 'planned' AND o.starts_at <= ?5)
            AND (EXISTS (SELECT 1 FROM series_members a
                          WHERE a.series_id = s.id AND a.person_id = ?2)
                 OR s.id IN (SELECT value FROM json_each(?6))
                    AND EXISTS (SELECT 1 FROM reviews r WHERE r.occurrence_id = o.id))",
        past.guild,
        past.one,
        past.other,
        past.series,
        now,
        released
    )
    .fetch_one(db)
    .await
}
