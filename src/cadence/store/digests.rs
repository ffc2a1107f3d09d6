//! Who gets the weekly digest of a manager, and which week was told.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{GuildId, PersonId, UserId};
use crate::time::Zone;
use crate::time::clock::from_millis;

/// A manager whose week has not been told.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The guild.
    pub guild: GuildId,
    /// The person.
    pub person: PersonId,
    /// The account.
    pub user: UserId,
    /// The zone that their week is in: their own, else the guild's.
    pub zone: Zone,
    /// Since when they manage a team.
    pub since: DateTime<Utc>,
    /// The latest week that was told or passed over.
    pub told_week: Option<String>,
    /// When that was.
    pub told_at: Option<DateTime<Utc>>,
}

/// Managers who want the digest and have not been told of `week` or a later one, at most `most`.
///
/// # Errors
/// The database's own faults.
pub async fn list_waiting(
    db: impl SqliteExecutor<'_>,
    week: &str,
    after: PersonId,
    most: u32,
) -> Result<Vec<Waiting>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT p.guild_id AS "guild!: GuildId", p.id AS "person!: PersonId",
                  p.user_id AS "user!: UserId", p.timezone, g.timezone AS guild_timezone,
                  (SELECT min(m.since) FROM team_managers m WHERE m.person_id = p.id) AS "since!: i64",
                  d.told_week, d.told_at
             FROM people p
             JOIN guilds g ON g.guild_id = p.guild_id
             LEFT JOIN manager_digests d ON d.person_id = p.id
            WHERE p.id > ?2 AND p.id IN (SELECT person_id FROM team_managers)
              AND p.user_id IS NOT NULL AND p.left_at IS NULL AND g.left_at IS NULL
              AND coalesce(d.wanted, 1) = 1 AND coalesce(d.told_week, '') < ?1
            ORDER BY p.id LIMIT ?3"#,
        week,
        after,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting {
            guild: row.guild,
            person: row.person,
            user: row.user,
            zone: Zone::stored(row.timezone.as_deref().unwrap_or(&row.guild_timezone)),
            since: from_millis(row.since),
            told_week: row.told_week,
            told_at: row.told_at.map(from_millis),
        })
        .collect())
}

/// Keeps that a manager was told of a week, or that it was passed over. False if that week or a later
/// one was kept already.
///
/// # Errors
/// The database's own faults.
pub async fn set_told(
    tx: &mut SqliteConnection,
    person: PersonId,
    week: &str,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "INSERT INTO manager_digests (person_id, told_week, told_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (person_id) DO UPDATE SET told_week = excluded.told_week,
                told_at = excluded.told_at
          WHERE coalesce(told_week, '') < excluded.told_week",
        person,
        week,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether somebody wants the digest; who said nothing does.
///
/// # Errors
/// The database's own faults.
pub async fn is_wanted(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    let wanted = sqlx::query_scalar!(
        r#"SELECT wanted AS "wanted: bool" FROM manager_digests WHERE person_id = ?"#,
        person
    )
    .fetch_optional(db)
    .await?;
    Ok(wanted.unwrap_or(true))
}

/// Keeps whether somebody wants the digest.
///
/// # Errors
/// The database's own faults.
pub async fn set_wanted(
    tx: &mut SqliteConnection,
    person: PersonId,
    wanted: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO manager_digests (person_id, wanted) VALUES (?1, ?2)
         ON CONFLICT (person_id) DO UPDATE SET wanted = excluded.wanted",
        person,
        wanted
    )
    .execute(tx)
    .await?;
    Ok(())
}
