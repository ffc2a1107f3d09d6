//! Coverage: who of a team was seen, and what of that everybody may know.
//!
//! That a member was seen is read from kudos of any visibility, as yes or no. Who thanked them, for
//! what and how often is read from `kudos_pairs` alone, in which only public kudos are: nothing here
//! depends on the giver, the value or the number of the others.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::SqliteExecutor;

use super::boards::{Something, days};
use crate::ids::{GuildId, PersonId, TeamId};
use crate::time::clock::from_millis;
use crate::time::{Period, Zone};

/// Somebody of a team, and whether they were seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// The name as last seen.
    pub name: Option<String>,
    /// Since when they are in the team.
    pub joined_at: DateTime<Utc>,
    /// Whether anybody thanked them in the period, in public or not.
    pub was_seen: bool,
}

/// Somebody who thanked members of a team in public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Giver {
    /// The person.
    pub person: PersonId,
    /// The name as last seen; none once erased.
    pub name: Option<String>,
    /// How many of the members they thanked.
    pub members: i64,
    /// How often, once for a member and a day.
    pub times: i64,
}

/// Whom and when coverage is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The guild.
    pub guild: GuildId,
    /// The team.
    pub team: TeamId,
    /// The days.
    pub period: Period,
    /// The zone that they are in.
    pub zone: Zone,
}

impl Scope {
    fn millis(&self) -> (i64, i64) {
        let (from, until) = self.period.instants(self.zone);
        (from.timestamp_millis(), until.timestamp_millis())
    }
}

/// The members of the team, by name: bots, those who were erased and those known to have left are
/// not among them.
///
/// # Errors
/// The database's own faults.
pub async fn list_members(
    db: impl SqliteExecutor<'_>,
    scope: Scope,
) -> Result<Vec<Member>, sqlx::Error> {
    let (first_day, end_day) = days(scope.period);
    let (from, until) = scope.millis();
    let rows = sqlx::query!(
        r#"SELECT p.id AS "person!: PersonId", p.name, m.joined_at,
                  (EXISTS (SELECT 1 FROM kudos_pairs k INDEXED BY kudos_pairs_by_receiver
                            WHERE k.guild_id = ?1 AND k.receiver_id = p.id AND k.value_id = 0
                              AND k.day >= ?3 AND k.day < ?4)
                   OR EXISTS (SELECT 1 FROM kudos_receivers r
                               WHERE r.receiver_id = p.id AND r.given_at >= ?5 AND r.given_at < ?6
                                 AND r.withdrawn_at IS NULL)) AS "was_seen!: bool"
             FROM teams t
             JOIN team_members m ON m.team_id = t.id
             JOIN people p ON p.id = m.person_id
            WHERE t.guild_id = ?1 AND t.id = ?2
              AND p.is_bot = 0 AND p.erased_at IS NULL AND p.left_at IS NULL
            ORDER BY lower(p.name), p.id"#,
        scope.guild,
        scope.team,
        first_day,
        end_day,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Member {
            person: row.person,
            name: row.name,
            joined_at: from_millis(row.joined_at),
            was_seen: row.was_seen,
        })
        .collect())
}

/// Who thanked the members in public, those who thanked most of them first.
///
/// # Errors
/// The database's own faults.
pub async fn list_givers(
    db: impl SqliteExecutor<'_>,
    scope: Scope,
) -> Result<Vec<Giver>, sqlx::Error> {
    let (first_day, end_day) = days(scope.period);
    let (_, until) = scope.millis();
    sqlx::query_as!(
        Giver,
        r#"SELECT g.id AS "person!: PersonId", g.name, given.members AS "members!: i64",
                  given.times AS "times!: i64"
             FROM (SELECT k.giver_id, count(DISTINCT k.receiver_id) AS members, count(*) AS times
                     FROM team_members m
                     CROSS JOIN people p ON p.id = m.person_id
                     CROSS JOIN kudos_pairs k INDEXED BY kudos_pairs_by_receiver
                             ON k.guild_id = ?1 AND k.receiver_id = p.id AND k.value_id = 0
                            AND k.day >= ?3 AND k.day < ?4
                    WHERE m.team_id = ?2 AND m.joined_at < ?5
                      AND p.is_bot = 0 AND p.erased_at IS NULL AND p.left_at IS NULL
                    GROUP BY k.giver_id) given
             JOIN people g ON g.id = given.giver_id
            ORDER BY given.members DESC, given.times DESC, g.name IS NULL, lower(g.name), g.id"#,
        scope.guild,
        scope.team,
        first_day,
        end_day,
        until
    )
    .fetch_all(db)
    .await
}

/// For which values how many of the members were thanked in public, the most first. Values that can
/// be given stand there with nobody, too; retired ones only with somebody.
///
/// # Errors
/// The database's own faults.
pub async fn list_values(
    db: impl SqliteExecutor<'_>,
    scope: Scope,
) -> Result<Vec<(Something, i64)>, sqlx::Error> {
    let (first_day, end_day) = days(scope.period);
    let (_, until) = scope.millis();
    let rows = sqlx::query!(
        r#"SELECT v.name, v.emoji, v.retired_at IS NOT NULL AS "is_retired!: bool",
                  (SELECT count(*)
                     FROM team_members m
                     JOIN people p ON p.id = m.person_id
                    WHERE m.team_id = ?2 AND m.joined_at < ?5
                      AND p.is_bot = 0 AND p.erased_at IS NULL AND p.left_at IS NULL
                      AND EXISTS (SELECT 1 FROM kudos_pairs k INDEXED BY kudos_pairs_by_receiver
                                   WHERE k.guild_id = ?1 AND k.receiver_id = p.id
                                     AND k.value_id = v.id AND k.day >= ?3 AND k.day < ?4)
                  ) AS "members!: i64"
             FROM recognition_values v
            WHERE v.guild_id = ?1
            ORDER BY 4 DESC, v.key"#,
        scope.guild,
        scope.team,
        first_day,
        end_day,
        until
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter(|row| !row.is_retired || row.members > 0)
        .map(|row| {
            let something = Something {
                name: row.name,
                emoji: row.emoji,
                is_retired: row.is_retired,
            };
            (something, row.members)
        })
        .collect())
}

/// Whether somebody was thanked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The person.
    pub person: PersonId,
    /// In public.
    pub openly: bool,
    /// In public or not.
    pub at_all: bool,
}

/// Who of these people of a guild was thanked, on the days `[first, end)` in public, and in the stretch
/// `[from, until)` of the same days at all.
///
/// # Errors
/// The database's own faults.
pub async fn list_seen(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    persons: &[PersonId],
    (first, end): (NaiveDate, NaiveDate),
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Seen>, sqlx::Error> {
    let ids: Vec<String> = persons.iter().map(|person| person.0.to_string()).collect();
    let ids = format!("[{}]", ids.join(","));
    let (first, end) = (first.to_string(), end.to_string());
    let (from, until) = (from.timestamp_millis(), until.timestamp_millis());
    sqlx::query_as!(
        Seen,
        r#"SELECT p.id AS "person!: PersonId",
                  EXISTS (SELECT 1 FROM kudos_pairs k INDEXED BY kudos_pairs_by_receiver
                           WHERE k.guild_id = ?1 AND k.receiver_id = p.id AND k.value_id = 0
                             AND k.day >= ?3 AND k.day < ?4) AS "openly!: bool",
                  (EXISTS (SELECT 1 FROM kudos_pairs k INDEXED BY kudos_pairs_by_receiver
                            WHERE k.guild_id = ?1 AND k.receiver_id = p.id AND k.value_id = 0
                              AND k.day >= ?3 AND k.day < ?4)
                   OR EXISTS (SELECT 1 FROM kudos_receivers r
                               WHERE r.receiver_id = p.id AND r.given_at >= ?5 AND r.given_at < ?6
                                 AND r.withdrawn_at IS NULL)) AS "at_all!: bool"
             FROM json_each(?2) asked CROSS JOIN people p ON p.id = asked.value
            WHERE p.guild_id = ?1"#,
        guild,
        ids,
        first,
        end,
        from,
        until
    )
    .fetch_all(db)
    .await
}
