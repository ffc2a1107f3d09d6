//! Peers of a team who coach each other in turns.

use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::series::known;
use crate::ids::{GuildId, PersonId, SeriesId, TeamId};
use crate::time::Zone;
use crate::time::clock::from_millis;

/// How a civil date and time stands in the database.
const CIVIL: &str = "%Y-%m-%dT%H:%M";

/// A rotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Rotation {
    /// The row.
    pub id: i64,
    /// The guild.
    pub guild: GuildId,
    /// The team.
    pub team: TeamId,
    /// An RFC 5545 recurrence rule, without `RRULE:`.
    pub rule: String,
    /// The first date and time, on the wall clock of `zone`.
    pub starts: NaiveDateTime,
    /// The zone whose wall clock it keeps.
    pub zone: Zone,
    /// How long a session is, in minutes.
    pub minutes: i64,
    /// The date of the round to be made next.
    pub next_at: Option<DateTime<Utc>>,
    /// Who set it up.
    pub created_by: Option<PersonId>,
}

/// A rotation to be kept.
#[derive(Clone, Debug)]
pub struct NewRotation {
    /// The guild.
    pub guild: GuildId,
    /// The team.
    pub team: TeamId,
    /// An RFC 5545 recurrence rule, without `RRULE:`.
    pub rule: String,
    /// The first date and time, on the wall clock of `zone`.
    pub starts: NaiveDateTime,
    /// The zone whose wall clock it keeps.
    pub zone: Zone,
    /// How long a session is, in minutes.
    pub minutes: i64,
    /// Who sets it up.
    pub created_by: PersonId,
}

/// A group of an earlier round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its round.
    pub round: i64,
    /// Its series.
    pub series: SeriesId,
    /// Who was put together.
    pub people: Vec<PersonId>,
    /// Whether they agreed on it: it got a date that was not skipped.
    pub met: bool,
    /// Whether one of them declined.
    pub was_declined: bool,
}

/// Keeps a rotation.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    new: &NewRotation,
    now: DateTime<Utc>,
) -> Result<i64, sqlx::Error> {
    let starts = new.starts.format(CIVIL).to_string();
    let (zone, now) = (new.zone.name(), now.timestamp_millis());
    sqlx::query_scalar!(
        r#"INSERT INTO rotations (guild_id, team_id, rule, starts, timezone, minutes, created_by,
                                  created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!""#,
        new.guild,
        new.team,
        new.rule,
        starts,
        zone,
        new.minutes,
        new.created_by,
        now
    )
    .fetch_one(tx)
    .await
}

struct Row {
    id: i64,
    guild: GuildId,
    team: TeamId,
    rule: String,
    starts: String,
    timezone: String,
    minutes: i64,
    next_at: Option<i64>,
    created_by: Option<PersonId>,
}

impl TryFrom<Row> for Rotation {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let starts = NaiveDateTime::parse_from_str(&row.starts, CIVIL);
        Ok(Self {
            id: row.id,
            guild: row.guild,
            team: row.team,
            rule: row.rule,
            starts: known(starts.ok(), &row.starts)?,
            zone: Zone::stored(&row.timezone),
            minutes: row.minutes,
            next_at: row.next_at.map(from_millis),
            created_by: row.created_by,
        })
    }
}

/// The rotation of a team of the guild that has not been stopped.
///
/// # Errors
/// The database's own faults.
pub async fn find_running(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: TeamId,
) -> Result<Option<Rotation>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!", guild_id AS "guild: GuildId", team_id AS "team: TeamId", rule, starts,
                  timezone, minutes, next_at, created_by AS "created_by: PersonId"
             FROM rotations WHERE guild_id = ? AND team_id = ? AND stopped_at IS NULL"#,
        guild,
        team
    )
    .fetch_optional(db)
    .await?;
    row.map(Rotation::try_from).transpose()
}

/// The rotations whose next round is to be made by `now`, at most `most`; none of a guild that the bot was
/// removed from.
///
/// # Errors
/// The database's own faults.
pub async fn list_due(
    db: impl SqliteExecutor<'_>,
    now: DateTime<Utc>,
    most: u32,
) -> Result<Vec<Rotation>, sqlx::Error> {
    let now = now.timestamp_millis();
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!", guild_id AS "guild: GuildId", team_id AS "team: TeamId", rule, starts,
                  timezone, minutes, next_at, created_by AS "created_by: PersonId"
             FROM rotations r
            WHERE make_at IS NOT NULL AND make_at <= ?
              AND NOT EXISTS (SELECT 1 FROM guilds g
                               WHERE g.guild_id = r.guild_id AND g.left_at IS NOT NULL)
            ORDER BY make_at LIMIT ?"#,
        now,
        most
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Rotation::try_from).collect()
}

/// When the next round of any is to be made; in the past if it is to be made now.
///
/// # Errors
/// The database's own faults.
pub async fn next(db: impl SqliteExecutor<'_>) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let next = sqlx::query_scalar!(
        r#"SELECT min(make_at) AS "at: i64" FROM rotations WHERE make_at IS NOT NULL"#
    )
    .fetch_one(db)
    .await?;
    Ok(next.map(from_millis))
}

/// Keeps which round is made next, and when: its date and the time of making it; none for no more.
///
/// # Errors
/// The database's own faults.
pub async fn set_next(
    tx: &mut SqliteConnection,
    rotation: i64,
    next: Option<(DateTime<Utc>, DateTime<Utc>)>,
) -> Result<(), sqlx::Error> {
    let (next_at, make_at) = next
        .map(|(next, make)| (next.timestamp_millis(), make.timestamp_millis()))
        .unzip();
    sqlx::query!(
        "UPDATE rotations SET next_at = ?2, make_at = ?3 WHERE id = ?1",
        rotation,
        next_at,
        make_at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Stops a rotation.
///
/// # Errors
/// The database's own faults.
pub async fn stop(
    tx: &mut SqliteConnection,
    rotation: i64,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE rotations SET next_at = NULL, make_at = NULL, stopped_by = ?2, stopped_at = ?3
          WHERE id = ?1",
        rotation,
        by,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps a round; returns its row.
///
/// # Errors
/// The database's own faults.
pub async fn insert_round(
    tx: &mut SqliteConnection,
    rotation: i64,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<i64, sqlx::Error> {
    let (starts_at, now) = (starts_at.timestamp_millis(), now.timestamp_millis());
    sqlx::query_scalar!(
        r#"INSERT INTO rotation_rounds (rotation_id, number, starts_at, made_at)
           SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3
             FROM rotation_rounds WHERE rotation_id = ?1
           RETURNING id AS "id!""#,
        rotation,
        starts_at,
        now
    )
    .fetch_one(tx)
    .await
}

/// Keeps that a series is a group of a round.
///
/// # Errors
/// The database's own faults.
pub async fn insert_pairing(
    tx: &mut SqliteConnection,
    round: i64,
    series: SeriesId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO rotation_pairings (series_id, round_id) VALUES (?, ?)",
        series,
        round
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Where a series that a round made belongs: its guild, its rotation, and its round's date.
///
/// # Errors
/// The database's own faults.
pub async fn find_pairing(
    db: impl SqliteExecutor<'_>,
    series: SeriesId,
) -> Result<Option<(GuildId, i64, DateTime<Utc>)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT s.guild_id AS "guild!: GuildId", d.rotation_id AS "rotation!",
                  d.starts_at AS "starts_at!"
             FROM rotation_pairings p
             JOIN series s ON s.id = p.series_id
             JOIN rotation_rounds d ON d.id = p.round_id
            WHERE p.series_id = ?"#,
        series
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.guild, row.rotation, from_millis(row.starts_at))))
}

/// The groups of a team's latest `rounds` rounds, in all its rotations, the latest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_earlier(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: TeamId,
    rounds: u32,
) -> Result<Vec<Earlier>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT p.round_id AS "round!", p.series_id AS "series!: SeriesId",
                  (SELECT group_concat(m.person_id) FROM series_members m
                    WHERE m.series_id = p.series_id) AS "people!: String",
                  EXISTS (SELECT 1 FROM occurrences o
                           WHERE o.series_id = p.series_id
                             AND o.state IN ('planned', 'over')) AS "met!: bool",
                  EXISTS (SELECT 1 FROM series_members m
                           WHERE m.series_id = p.series_id
                             AND m.answer = 'declined') AS "was_declined!: bool"
             FROM rotation_pairings p
            WHERE p.round_id IN (SELECT d.id FROM rotations r
                                   JOIN rotation_rounds d ON d.rotation_id = r.id
                                  WHERE r.guild_id = ?1 AND r.team_id = ?2
                                  ORDER BY d.id DESC LIMIT ?3)
            ORDER BY p.round_id DESC, p.series_id"#,
        guild,
        team,
        rounds
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Earlier {
            round: row.round,
            series: row.series,
            people: row
                .people
                .split(',')
                .filter_map(|id| id.parse().ok())
                .collect(),
            met: row.met,
            was_declined: row.was_declined,
        })
        .collect())
}

/// Keeps that somebody is not to be paired.
///
/// # Errors
/// The database's own faults.
pub async fn leave_out(
    tx: &mut SqliteConnection,
    rotation: i64,
    person: PersonId,
    by_own_word: bool,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO rotation_absent (rotation_id, person_id, by_own_word, since)
         VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (rotation_id, person_id) DO UPDATE SET by_own_word = excluded.by_own_word",
        rotation,
        person,
        by_own_word,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Lets somebody who left by their own word be paired again.
///
/// # Errors
/// The database's own faults.
pub async fn let_in(
    tx: &mut SqliteConnection,
    rotation: i64,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "DELETE FROM rotation_absent WHERE rotation_id = ? AND person_id = ? AND by_own_word = 1",
        rotation,
        person
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Who is not to be paired in a rotation, and whether that is their own word.
///
/// # Errors
/// The database's own faults.
pub async fn list_left_out(
    db: impl SqliteExecutor<'_>,
    rotation: i64,
) -> Result<Vec<(PersonId, bool)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT person_id AS "person!: PersonId", by_own_word AS "by_own_word!: bool"
             FROM rotation_absent WHERE rotation_id = ? ORDER BY person_id"#,
        rotation
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person, row.by_own_word))
        .collect())
}

/// Takes somebody out of a group of three.
///
/// # Errors
/// The database's own faults.
pub async fn delete_member(
    tx: &mut SqliteConnection,
    series: SeriesId,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM series_members WHERE series_id = ? AND person_id = ?",
        series,
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The guild of a rotation.
///
/// # Errors
/// The database's own faults.
pub async fn guild_of(
    db: impl SqliteExecutor<'_>,
    rotation: i64,
) -> Result<Option<GuildId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT guild_id AS "guild!: GuildId" FROM rotations WHERE id = ?"#,
        rotation
    )
    .fetch_optional(db)
    .await
}
