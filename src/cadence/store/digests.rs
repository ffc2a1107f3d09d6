//! Who gets the weekly digest of a manager, and which week was told.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
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
}

/// Managers who want the digest and have not been told of `week` or a later one: those after `after`,
/// by row, at most `most`.
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
                  d.told_week
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
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "INSERT INTO manager_digests (person_id, told_week) VALUES (?1, ?2)
         ON CONFLICT (person_id) DO UPDATE SET told_week = excluded.told_week
          WHERE coalesce(told_week, '') < excluded.told_week",
        person,
        week
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// How many promises to a manager that were due before `today` each of these people still has to keep.
///
/// # Errors
/// The database's own faults.
pub async fn count_overdue(
    db: impl SqliteExecutor<'_>,
    manager: PersonId,
    people: &[PersonId],
    today: NaiveDate,
) -> Result<HashMap<PersonId, u32>, sqlx::Error> {
    let ids: Vec<String> = people.iter().map(|person| person.0.to_string()).collect();
    let (people, today) = (format!("[{}]", ids.join(",")), today.to_string());
    let rows = sqlx::query!(
        r#"SELECT m.owner_id AS "owner!: PersonId", count(*) AS "overdue!: i64"
             FROM promises m
            WHERE m.other_id = ?1 AND m.state = 'open' AND m.due_day < ?3
              AND m.owner_id IN (SELECT value FROM json_each(?2))
            GROUP BY m.owner_id"#,
        manager,
        people,
        today
    )
    .fetch_all(db)
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(rows
        .into_iter()
        .map(|row| (row.owner, count(row.overdue)))
        .collect())
}

/// A promise of one's own that is overdue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// What was promised.
    pub text: String,
    /// The name of whom it was promised to; none for oneself, or who was erased.
    pub to: Option<String>,
    /// The day it was due, in the owner's zone.
    pub due: String,
}

/// The promises of somebody that were due before `today`, the oldest first, at most `most`.
///
/// # Errors
/// The database's own faults.
pub async fn list_overdue(
    db: impl SqliteExecutor<'_>,
    owner: PersonId,
    today: NaiveDate,
    most: u32,
) -> Result<Vec<Overdue>, sqlx::Error> {
    let today = today.to_string();
    sqlx::query_as!(
        Overdue,
        r#"SELECT m.text, o.name AS "to", m.due_day AS "due!"
             FROM promises m LEFT JOIN people o ON o.id = m.other_id
            WHERE m.owner_id = ?1 AND m.state = 'open' AND m.due_day < ?2
            ORDER BY m.due_day, m.id LIMIT ?3"#,
        owner,
        today,
        most
    )
    .fetch_all(db)
    .await
}

/// Whether somebody wants the digest; who said nothing does.
///
/// # Errors
/// The database's own faults.
pub async fn is_wanted(db: impl SqliteExecutor<'_>, person: PersonId) -> Result<bool, sqlx::Error> {
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
