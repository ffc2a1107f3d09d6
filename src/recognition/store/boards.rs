//! Boards: how many distinct pairs of people a day each person or value has, from what the database
//! keeps of the public kudos in force.

use chrono::{Datelike, NaiveDate};
use sqlx::SqliteExecutor;

use crate::ids::{GuildId, PersonId, TeamId};
use crate::time::{Kind, Period};

/// Somebody on a board; the name is none once they were erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Somebody {
    /// The person.
    pub id: PersonId,
    /// The name as last seen.
    pub name: Option<String>,
}

/// A value on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Something {
    /// Its name.
    pub name: String,
    /// Its emoji.
    pub emoji: Option<String>,
    /// Whether it can no longer be given.
    pub is_retired: bool,
}

/// The civil days of a period as the database compares them: half-open.
pub(in crate::recognition) fn days(period: Period) -> (String, String) {
    if period.kind() == Kind::All {
        // Every date that a kudos can have lies between.
        return ("0000-00-00".to_owned(), "9999-99-99".to_owned());
    }
    (period.start().to_string(), period.end().to_string())
}

/// The coarsest tallies that make up a period, with their half-open range.
fn buckets(period: Period) -> (&'static str, String, String) {
    let starts_month = |date: NaiveDate| date.day() == 1;
    let (from, until) = days(period);
    let is_months = starts_month(period.start()) && starts_month(period.end());
    if period.kind() != Kind::All && !is_months {
        return ("day", from, until);
    }
    let month = |day: String| day.chars().take(7).collect();
    ("month", month(from), month(until))
}

/// How often each person was thanked (`received`) or has thanked, the most first, equals by name.
/// With a team, of its members alone.
///
/// # Errors
/// The database's own faults.
pub async fn list_people(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    received: bool,
    period: Period,
    team: Option<TeamId>,
) -> Result<Vec<(Somebody, i64)>, sqlx::Error> {
    let board = if received { "received" } else { "given" };
    let (grain, from, until) = buckets(period);
    let rows = sqlx::query!(
        r#"SELECT p.id AS "id!: PersonId", p.name, counted.pairs AS "pairs!: i64"
             FROM (SELECT subject_id, sum(pairs) AS pairs FROM kudos_tallies
                    WHERE guild_id = ?1 AND board = ?2 AND grain = ?3
                      AND bucket >= ?4 AND bucket < ?5
                    GROUP BY subject_id) counted
             JOIN people p ON p.id = counted.subject_id
            WHERE p.is_bot = 0
              AND (?6 IS NULL OR EXISTS (SELECT 1 FROM team_members m
                                          WHERE m.team_id = ?6 AND m.person_id = p.id))
            ORDER BY counted.pairs DESC, p.name IS NULL, lower(p.name), p.id"#,
        guild,
        board,
        grain,
        from,
        until,
        team
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let somebody = Somebody {
                id: row.id,
                name: row.name,
            };
            (somebody, row.pairs)
        })
        .collect())
}

/// How often people were thanked for each value, the most first, equals by name.
///
/// # Errors
/// The database's own faults.
pub async fn list_values(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    period: Period,
) -> Result<Vec<(Something, i64)>, sqlx::Error> {
    let (grain, from, until) = buckets(period);
    let rows = sqlx::query!(
        r#"SELECT v.name, v.emoji, v.retired_at IS NOT NULL AS "is_retired!: bool",
                  counted.pairs AS "pairs!: i64"
             FROM (SELECT subject_id, sum(pairs) AS pairs FROM kudos_tallies
                    WHERE guild_id = ?1 AND board = 'value' AND grain = ?2
                      AND bucket >= ?3 AND bucket < ?4
                    GROUP BY subject_id) counted
             JOIN recognition_values v ON v.id = counted.subject_id AND v.guild_id = ?1
            ORDER BY counted.pairs DESC, v.key"#,
        guild,
        grain,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let something = Something {
                name: row.name,
                emoji: row.emoji,
                is_retired: row.is_retired,
            };
            (something, row.pairs)
        })
        .collect())
}

/// How often the members of a team were thanked for each value, the most first, equals by name.
///
/// # Errors
/// The database's own faults.
pub async fn list_values_of(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: TeamId,
    period: Period,
) -> Result<Vec<(Something, i64)>, sqlx::Error> {
    let (from, until) = days(period);
    let rows = sqlx::query!(
        r#"SELECT v.name, v.emoji, v.retired_at IS NOT NULL AS "is_retired!: bool",
                  count(*) AS "pairs!: i64"
             FROM team_members m
             CROSS JOIN recognition_values v ON v.guild_id = ?1
             CROSS JOIN kudos_pairs k INDEXED BY kudos_pairs_by_receiver
                     ON k.guild_id = ?1 AND k.receiver_id = m.person_id AND k.value_id = v.id
                    AND k.day >= ?3 AND k.day < ?4
            WHERE m.team_id = ?2
            GROUP BY v.id
            ORDER BY count(*) DESC, v.key"#,
        guild,
        team,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let something = Something {
                name: row.name,
                emoji: row.emoji,
                is_retired: row.is_retired,
            };
            (something, row.pairs)
        })
        .collect())
}

#[cfg(test)]
mod tests;
