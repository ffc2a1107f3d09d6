//! What people promised themselves and each other.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::series::known;
use crate::cadence::rules::PromiseState;
use crate::ids::{GuildId, OccurrenceId, PersonId, PromiseId, UserId};
use crate::time::Zone;
use crate::time::clock::from_millis;

/// A promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// The row.
    pub id: PromiseId,
    /// The guild.
    pub guild: GuildId,
    /// Who keeps it.
    pub owner: Party,
    /// To whom; none: to oneself.
    pub other: Option<Party>,
    /// Who wrote it down.
    pub by: Option<PersonId>,
    /// The session it came from.
    pub occurrence: Option<OccurrenceId>,
    /// What was promised, as typed.
    pub text: String,
    /// By when, in the owner's zone.
    pub due_day: Option<NaiveDate>,
    /// How far it is.
    pub state: PromiseState,
    /// Why it was dropped, in somebody's words.
    pub reason: Option<String>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it was kept or dropped.
    pub finished_at: Option<DateTime<Utc>>,
}

/// One side of a promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// The person.
    pub person: PersonId,
    /// The account; none once the person was erased.
    pub user: Option<UserId>,
    /// The name as last seen; none once the person was erased.
    pub name: Option<String>,
    /// The zone they chose.
    pub zone: Option<Zone>,
    /// Whether they are known to have left the guild.
    pub has_left: bool,
}

/// A promise to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewPromise<'a> {
    /// The guild.
    pub guild: GuildId,
    /// Who keeps it.
    pub owner: PersonId,
    /// To whom; none: to oneself.
    pub other: Option<PersonId>,
    /// Who writes it down.
    pub by: PersonId,
    /// The session it comes from.
    pub occurrence: Option<OccurrenceId>,
    /// What is promised, as typed.
    pub text: &'a str,
    /// By when, in the owner's zone.
    pub due_day: Option<NaiveDate>,
}

struct Row {
    id: PromiseId,
    guild: GuildId,
    owner: PersonId,
    owner_user: Option<UserId>,
    owner_name: Option<String>,
    owner_zone: Option<String>,
    owner_left: bool,
    other: Option<PersonId>,
    other_user: Option<UserId>,
    other_name: Option<String>,
    other_zone: Option<String>,
    other_left: bool,
    by_person: Option<PersonId>,
    occurrence: Option<OccurrenceId>,
    text: String,
    due_day: Option<String>,
    state: String,
    reason: Option<String>,
    made_at: i64,
    finished_at: Option<i64>,
}

impl TryFrom<Row> for Promise {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let due_day = row.due_day.as_deref();
        Ok(Self {
            id: row.id,
            guild: row.guild,
            owner: Party {
                person: row.owner,
                user: row.owner_user,
                name: row.owner_name,
                zone: row.owner_zone.as_deref().map(Zone::stored),
                has_left: row.owner_left,
            },
            other: row.other.map(|person| Party {
                person,
                user: row.other_user,
                name: row.other_name,
                zone: row.other_zone.as_deref().map(Zone::stored),
                has_left: row.other_left,
            }),
            by: row.by_person,
            occurrence: row.occurrence,
            text: row.text,
            due_day: due_day
                .map(|day| known(day.parse().ok(), day))
                .transpose()?,
            state: known(PromiseState::from_word(&row.state), &row.state)?,
            reason: row.reason,
            made_at: from_millis(row.made_at),
            finished_at: row.finished_at.map(from_millis),
        })
    }
}

macro_rules! promises {
    ($rest:tt, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT m.id AS "id!: PromiseId", m.guild_id AS "guild!: GuildId",
                      m.owner_id AS "owner!: PersonId", a.user_id AS "owner_user: UserId",
                      a.name AS owner_name, a.timezone AS owner_zone,
                      a.left_at IS NOT NULL AS "owner_left!: bool",
                      m.other_id AS "other: PersonId", b.user_id AS "other_user?: UserId",
                      b.name AS "other_name?", b.timezone AS "other_zone?",
                      b.left_at IS NOT NULL AS "other_left!: bool",
                      m.by_id AS "by_person: PersonId",
                      m.occurrence_id AS "occurrence: OccurrenceId", m.text AS "text!", m.due_day,
                      m.state AS "state!", m.reason, m.made_at AS "made_at!", m.finished_at
                 FROM promises m JOIN people a ON a.id = m.owner_id
                 LEFT JOIN people b ON b.id = m.other_id "# + $rest,
            $($arg),*
        )
    };
}

fn read(rows: Vec<Row>) -> Result<Vec<Promise>, sqlx::Error> {
    rows.into_iter().map(Promise::try_from).collect()
}

/// Keeps a promise.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    new: &NewPromise<'_>,
    now: DateTime<Utc>,
) -> Result<PromiseId, sqlx::Error> {
    let due = new.due_day.map(|day| day.to_string());
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"INSERT INTO promises (guild_id, owner_id, other_id, by_id, occurrence_id, text, due_day,
                                 made_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: PromiseId""#,
        new.guild,
        new.owner,
        new.other,
        new.by,
        new.occurrence,
        new.text,
        due,
        now
    )
    .fetch_one(tx)
    .await
}

/// A promise of the guild.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: PromiseId,
) -> Result<Option<Promise>, sqlx::Error> {
    let row = promises!("WHERE m.guild_id = ? AND m.id = ?", guild, id)
        .fetch_optional(db)
        .await?;
    row.map(Promise::try_from).transpose()
}

/// The open promises of two people to each other, and those of a session of a series of both that one
/// of them made to all of it; by their day, those without one last.
///
/// # Errors
/// The database's own faults.
pub async fn open_between(
    db: impl SqliteExecutor<'_>,
    one: PersonId,
    other: PersonId,
) -> Result<Vec<Promise>, sqlx::Error> {
    let rows = promises!(
        "WHERE m.state = 'open' AND m.owner_id IN (?1, ?2)
           AND (m.other_id IN (?1, ?2)
                OR m.other_id IS NULL AND m.occurrence_id IN (
                    SELECT o.id FROM occurrences o
                      JOIN series_members x ON x.series_id = o.series_id AND x.person_id = ?1
                      JOIN series_members y ON y.series_id = o.series_id AND y.person_id = ?2
                     WHERE o.id = m.occurrence_id))
         ORDER BY m.due_day IS NULL, m.due_day, m.id",
        one,
        other
    )
    .fetch_all(db)
    .await?;
    read(rows)
}

/// The open promises that somebody keeps, to whomever; by their day, those without one last.
///
/// # Errors
/// The database's own faults.
pub async fn open_of(
    db: impl SqliteExecutor<'_>,
    owner: PersonId,
) -> Result<Vec<Promise>, sqlx::Error> {
    let rows = promises!(
        "WHERE m.owner_id = ? AND m.state = 'open' ORDER BY m.due_day IS NULL, m.due_day, m.id",
        owner
    )
    .fetch_all(db)
    .await?;
    read(rows)
}

/// The promises of a session, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_of_session(
    db: impl SqliteExecutor<'_>,
    occurrence: OccurrenceId,
) -> Result<Vec<Promise>, sqlx::Error> {
    let rows = promises!("WHERE m.occurrence_id = ? ORDER BY m.id", occurrence)
        .fetch_all(db)
        .await?;
    read(rows)
}

/// Which promises of somebody.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// Those that this person keeps, or that were made to them.
    pub person: PersonId,
    /// Of those, the ones with this person on the other side.
    pub with: Option<PersonId>,
    /// Of those, the open ones alone.
    pub only_open: bool,
    /// How many at most.
    pub most: i64,
    /// After so many.
    pub skip: i64,
}

/// Promises that somebody keeps or was made: the open ones by their day, those without one last, then
/// the others, newest first.
///
/// # Errors
/// The database's own faults.
pub async fn list(
    db: impl SqliteExecutor<'_>,
    listing: Listing,
) -> Result<Vec<Promise>, sqlx::Error> {
    let rows = promises!(
        "WHERE (m.owner_id = ?1 OR m.other_id = ?1)
           AND (?2 IS NULL OR ?2 IN (m.owner_id, m.other_id))
           AND (m.state = 'open' OR NOT ?3)
         ORDER BY m.state <> 'open', m.due_day IS NULL AND m.state = 'open',
                  CASE WHEN m.state = 'open' THEN m.due_day END, m.finished_at DESC, m.id
         LIMIT ?4 OFFSET ?5",
        listing.person,
        listing.with,
        listing.only_open,
        listing.most,
        listing.skip
    )
    .fetch_all(db)
    .await?;
    read(rows)
}

/// How many promises a listing has in all, and how many of them are open.
///
/// # Errors
/// The database's own faults.
pub async fn count(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
    with: Option<PersonId>,
) -> Result<(i64, i64), sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT count(*) AS "all!: i64", coalesce(sum(state = 'open'), 0) AS "open!: i64"
             FROM promises
            WHERE (owner_id = ?1 OR other_id = ?1)
              AND (?2 IS NULL OR ?2 IN (owner_id, other_id))"#,
        person,
        with
    )
    .fetch_one(db)
    .await?;
    Ok((row.all, row.open))
}

/// Ends an open promise: kept, or dropped for a reason. Says whether it was open.
///
/// # Errors
/// The database's own faults.
pub async fn finish(
    tx: &mut SqliteConnection,
    id: PromiseId,
    state: PromiseState,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let state = state.word();
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "UPDATE promises SET state = ?2, reason = ?3, finished_at = ?4
          WHERE id = ?1 AND state = 'open'",
        id,
        state,
        reason,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Opens a promise again. Says whether it had ended.
///
/// # Errors
/// The database's own faults.
pub async fn reopen(tx: &mut SqliteConnection, id: PromiseId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "UPDATE promises SET state = 'open', reason = NULL, finished_at = NULL
          WHERE id = ? AND state <> 'open'",
        id
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Writes by when a promise is to be kept.
///
/// # Errors
/// The database's own faults.
pub async fn set_due(
    tx: &mut SqliteConnection,
    id: PromiseId,
    day: NaiveDate,
) -> Result<(), sqlx::Error> {
    let day = day.to_string();
    sqlx::query!("UPDATE promises SET due_day = ?2 WHERE id = ?1", id, day)
        .execute(tx)
        .await?;
    Ok(())
}

/// A promise with a day, as far as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Who keeps it.
    pub owner: PersonId,
    /// The zone they chose, in which its day is.
    pub zone: Option<Zone>,
    /// Its day.
    pub due: NaiveDate,
    /// When it was kept.
    pub done_at: Option<DateTime<Utc>>,
}

/// The promises of these people to others, or of a session, whose day is in `[first, end)`; those that
/// were dropped are not among them.
///
/// # Errors
/// The database's own faults.
pub async fn list_dated(
    db: impl SqliteExecutor<'_>,
    owners: &[PersonId],
    (first, end): (NaiveDate, NaiveDate),
) -> Result<Vec<Dated>, sqlx::Error> {
    let ids: Vec<String> = owners.iter().map(|owner| owner.0.to_string()).collect();
    let ids = format!("[{}]", ids.join(","));
    let (first, end) = (first.to_string(), end.to_string());
    let rows = sqlx::query!(
        r#"SELECT m.owner_id AS "owner!: PersonId", p.timezone, m.due_day AS "due!: String",
                  m.finished_at
             FROM json_each(?1) asked
             CROSS JOIN (SELECT 'open' AS state UNION ALL SELECT 'done') known
             CROSS JOIN promises m INDEXED BY promises_by_owner
                     ON m.owner_id = asked.value AND m.state = known.state
                    AND m.due_day >= ?2 AND m.due_day < ?3
             JOIN people p ON p.id = m.owner_id
            WHERE m.other_id IS NOT NULL OR m.occurrence_id IS NOT NULL"#,
        ids,
        first,
        end
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Dated {
                owner: row.owner,
                zone: row.timezone.as_deref().map(Zone::stored),
                due: known(row.due.parse().ok(), &row.due)?,
                done_at: row.finished_at.map(from_millis),
            })
        })
        .collect()
}
