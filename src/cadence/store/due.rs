//! What has become due: the few queries that each look at the clock asks. One indexed query tells that
//! nothing has; what is found is taken in batches.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::nudges::About;
use super::series::known;
use crate::cadence::rules::{NudgeKind, NudgeState};
use crate::ids::{GuildId, NudgeId, OccurrenceId, PersonId, PromiseId, SeriesId, UserId};
use crate::time::clock::from_millis;

/// Whether anything is due: a nudge, the end of a session, or the end of a pause.
///
/// # Errors
/// The database's own faults.
pub async fn is_anything(
    db: impl SqliteExecutor<'_>,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM nudges INDEXED BY nudges_due
                           WHERE state = 'waiting' AND due_at <= ?1)
               OR EXISTS (SELECT 1 FROM occurrences INDEXED BY occurrences_ending
                           WHERE state = 'planned' AND ends_at <= ?1)
               OR EXISTS (SELECT 1 FROM series INDEXED BY series_resuming
                           WHERE paused_until IS NOT NULL AND paused_until <= ?1) AS "due!: bool""#,
        now
    )
    .fetch_one(db)
    .await
}

/// When the next of that falls due; in the past if it is due.
///
/// # Errors
/// The database's own faults.
pub async fn next(db: impl SqliteExecutor<'_>) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let next = sqlx::query_scalar!(
        r#"SELECT min(at) AS "at: i64" FROM (
               SELECT min(due_at) AS at FROM nudges INDEXED BY nudges_due WHERE state = 'waiting'
               UNION ALL SELECT min(ends_at) FROM occurrences INDEXED BY occurrences_ending
                          WHERE state = 'planned'
               UNION ALL SELECT min(paused_until) FROM series INDEXED BY series_resuming
                          WHERE paused_until IS NOT NULL)"#
    )
    .fetch_one(db)
    .await?;
    Ok(next.map(from_millis))
}

/// A nudge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nudge {
    /// The row.
    pub id: NudgeId,
    /// The guild.
    pub guild: GuildId,
    /// Whom it is for.
    pub person: PersonId,
    /// Their account; none once they were erased.
    pub user: Option<UserId>,
    /// Whether they are known to have left the guild.
    pub has_left: bool,
    /// What it is about.
    pub about: About,
    /// What it says of that.
    pub kind: NudgeKind,
    /// How long before the start, in minutes.
    pub minutes: i64,
    /// When.
    pub due: DateTime<Utc>,
    /// From when on it is of no use.
    pub expires: DateTime<Utc>,
    /// How far it is.
    pub state: NudgeState,
}

struct Row {
    id: NudgeId,
    guild: GuildId,
    person: PersonId,
    user: Option<UserId>,
    has_left: bool,
    occurrence: Option<OccurrenceId>,
    promise: Option<PromiseId>,
    kind: String,
    minutes: i64,
    due_at: i64,
    expires_at: i64,
    state: String,
}

impl TryFrom<Row> for Nudge {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let about = match (row.occurrence, row.promise) {
            (Some(id), _) => Some(About::Occurrence(id)),
            (None, id) => id.map(About::Promise),
        };
        Ok(Self {
            id: row.id,
            guild: row.guild,
            person: row.person,
            user: row.user,
            has_left: row.has_left,
            about: known(about, "nothing")?,
            kind: known(NudgeKind::from_word(&row.kind), &row.kind)?,
            minutes: row.minutes,
            due: from_millis(row.due_at),
            expires: from_millis(row.expires_at),
            state: known(NudgeState::from_word(&row.state), &row.state)?,
        })
    }
}

/// The nudges with their people; the tail says which, in which order.
macro_rules! nudges {
    ($from:tt, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT n.id AS "id!: NudgeId", n.guild_id AS "guild!: GuildId",
                      n.person_id AS "person!: PersonId", p.user_id AS "user: UserId",
                      p.left_at IS NOT NULL
                          OR EXISTS (SELECT 1 FROM guilds g
                                      WHERE g.guild_id = n.guild_id AND g.left_at IS NOT NULL)
                          AS "has_left!: bool",
                      n.occurrence_id AS "occurrence: OccurrenceId",
                      n.promise_id AS "promise: PromiseId", n.kind AS "kind!",
                      n.minutes AS "minutes!: i64", n.due_at AS "due_at!: i64",
                      n.expires_at AS "expires_at!: i64", n.state AS "state!"
                 FROM nudges n "# + $from,
            $($arg),*
        )
    };
}

/// The nudges that are due and wait, the longest due first.
///
/// # Errors
/// The database's own faults.
pub async fn list_due(
    db: impl SqliteExecutor<'_>,
    now: DateTime<Utc>,
    most: u32,
) -> Result<Vec<Nudge>, sqlx::Error> {
    let now = now.timestamp_millis();
    let rows = nudges!(
        "INDEXED BY nudges_due JOIN people p ON p.id = n.person_id
          WHERE n.state = 'waiting' AND n.due_at <= ?1 ORDER BY n.due_at LIMIT ?2",
        now,
        most
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Nudge::try_from).collect()
}

/// A nudge of the guild.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: NudgeId,
) -> Result<Option<Nudge>, sqlx::Error> {
    let row = nudges!(
        "JOIN people p ON p.id = n.person_id WHERE n.guild_id = ?1 AND n.id = ?2",
        guild,
        id
    )
    .fetch_optional(db)
    .await?;
    row.map(Nudge::try_from).transpose()
}

/// The late nudges of somebody, by when they were due.
///
/// # Errors
/// The database's own faults.
pub async fn list_late(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Vec<Nudge>, sqlx::Error> {
    let rows = nudges!(
        "INDEXED BY nudges_late JOIN people p ON p.id = n.person_id
          WHERE n.person_id = ?1 AND n.state = 'late' ORDER BY n.due_at, n.id",
        person
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Nudge::try_from).collect()
}

/// Whether a nudge about the same session that is due later is on its way to the same person.
///
/// # Errors
/// The database's own faults.
pub async fn is_overtaken(
    db: impl SqliteExecutor<'_>,
    nudge: &Nudge,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let About::Occurrence(occurrence) = nudge.about else {
        return Ok(false);
    };
    let (due, now) = (nudge.due.timestamp_millis(), now.timestamp_millis());
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM nudges
                           WHERE occurrence_id = ?1 AND person_id = ?2 AND id <> ?3
                             AND kind IN ('ahead', 'snoozed') AND due_at > ?4
                             AND (state = 'handed' OR state = 'waiting' AND due_at <= ?5))
           AS "overtaken!: bool""#,
        occurrence,
        nudge.person,
        nudge.id,
        due,
        now
    )
    .fetch_one(db)
    .await
}

/// Marks the nudges that were due before `since` and still wait as late, or as done if they are of no
/// use any more. Returns whom late ones are for, each once.
///
/// # Errors
/// The database's own faults.
pub async fn mark_late(
    tx: &mut SqliteConnection,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<PersonId>, sqlx::Error> {
    let (since, now) = (since.timestamp_millis(), now.timestamp_millis());
    let rows = sqlx::query!(
        r#"UPDATE nudges SET state = CASE WHEN expires_at > ?2 THEN 'late' ELSE 'done' END
            WHERE state = 'waiting' AND due_at < ?1
           RETURNING person_id AS "person!: PersonId", state AS "state!""#,
        since,
        now
    )
    .fetch_all(tx)
    .await?;
    let mut late: Vec<PersonId> = rows
        .into_iter()
        .filter(|row| row.state == NudgeState::Late.word())
        .map(|row| row.person)
        .collect();
    late.sort_unstable();
    late.dedup();
    Ok(late)
}

/// Ends the late nudges of those of these people who were erased or have left; returns the others, each
/// with guild and account.
///
/// # Errors
/// The database's own faults.
pub async fn list_reachable(
    tx: &mut SqliteConnection,
    persons: &[PersonId],
) -> Result<Vec<(GuildId, PersonId, UserId)>, sqlx::Error> {
    let ids: Vec<String> = persons.iter().map(|id| id.0.to_string()).collect();
    let ids = format!("[{}]", ids.join(","));
    sqlx::query!(
        "UPDATE nudges SET state = 'done'
          WHERE state = 'late'
            AND person_id IN (SELECT p.id FROM json_each(?1) asked CROSS JOIN people p ON p.id = asked.value
                               WHERE p.user_id IS NULL OR p.left_at IS NOT NULL)",
        ids
    )
    .execute(&mut *tx)
    .await?;
    let rows = sqlx::query!(
        r#"SELECT p.guild_id AS "guild!: GuildId", p.id AS "person!: PersonId", p.user_id AS "user!: UserId"
             FROM json_each(?1) asked CROSS JOIN people p ON p.id = asked.value
            WHERE p.user_id IS NOT NULL AND p.left_at IS NULL ORDER BY asked.key"#,
        ids
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.guild, row.person, row.user))
        .collect())
}

/// Writes how far nudges are.
///
/// # Errors
/// The database's own faults.
pub async fn set_state(
    tx: &mut SqliteConnection,
    ids: &[NudgeId],
    state: NudgeState,
) -> Result<(), sqlx::Error> {
    let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    let (ids, state) = (format!("[{}]", ids.join(",")), state.word());
    sqlx::query!(
        "UPDATE nudges SET state = ?2 WHERE id IN (SELECT value FROM json_each(?1))",
        ids,
        state
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends the nudges about promises that wait for somebody.
///
/// # Errors
/// The database's own faults.
pub async fn end_of_promises(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE nudges SET state = 'done'
          WHERE person_id = ? AND promise_id IS NOT NULL AND state IN ('waiting', 'late')",
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Where a session is and who an account is there, if the account is in its series; else nothing of it
/// is told.
///
/// # Errors
/// The database's own faults.
pub async fn seat_of(
    db: impl SqliteExecutor<'_>,
    occurrence: OccurrenceId,
    user: UserId,
) -> Result<Option<(GuildId, SeriesId)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT s.guild_id AS "guild!: GuildId", s.id AS "series!: SeriesId"
             FROM occurrences o
             JOIN series s ON s.id = o.series_id
             JOIN series_members m ON m.series_id = s.id
             JOIN people p ON p.id = m.person_id
            WHERE o.id = ?1 AND p.user_id = ?2"#,
        occurrence,
        user
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.guild, row.series)))
}

/// The guild of a promise that an account is to keep.
///
/// # Errors
/// The database's own faults.
pub async fn guild_of_promise(
    db: impl SqliteExecutor<'_>,
    promise: PromiseId,
    owner: UserId,
) -> Result<Option<GuildId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT m.guild_id AS "guild!: GuildId"
             FROM promises m JOIN people p ON p.id = m.owner_id
            WHERE m.id = ?1 AND p.user_id = ?2"#,
        promise,
        owner
    )
    .fetch_optional(db)
    .await
}

/// Who moved a session last.
///
/// # Errors
/// The database's own faults.
pub async fn last_mover(
    db: impl SqliteExecutor<'_>,
    occurrence: OccurrenceId,
) -> Result<Option<PersonId>, sqlx::Error> {
    let moved = sqlx::query_scalar!(
        r#"SELECT person_id AS "person: PersonId" FROM moves WHERE occurrence_id = ?
            ORDER BY id DESC LIMIT 1"#,
        occurrence
    )
    .fetch_optional(db)
    .await?;
    Ok(moved.flatten())
}
