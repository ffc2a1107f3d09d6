//! The dates of series, each with its own life.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::series::known;
use crate::cadence::rules::OccurrenceState;
use crate::ids::{GuildId, OccurrenceId, PersonId, SeriesId};
use crate::time::clock::from_millis;

/// One date of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// The row.
    pub id: OccurrenceId,
    /// Its series.
    pub series: SeriesId,
    /// When the rule has it.
    pub slot: DateTime<Utc>,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Whether the rule made it; else it was logged beside the rhythm.
    pub by_rule: bool,
    /// How far it is.
    pub state: OccurrenceState,
    /// The question of its brief: a key of the bank.
    pub question: Option<String>,
    /// Who skipped it.
    pub skipped_by: Option<PersonId>,
    /// Why it was skipped, in that person's words.
    pub reason: Option<String>,
    /// How often what a calendar holds of it has changed.
    pub revision: i64,
}

impl Occurrence {
    /// Whether it was moved from where the rule has it.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        self.slot != self.starts_at
    }
}

struct Row {
    id: OccurrenceId,
    series: SeriesId,
    slot: i64,
    starts_at: i64,
    ends_at: i64,
    by_rule: bool,
    state: String,
    question: Option<String>,
    skipped_by: Option<PersonId>,
    reason: Option<String>,
    revision: i64,
}

impl TryFrom<Row> for Occurrence {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.id,
            series: row.series,
            slot: from_millis(row.slot),
            starts_at: from_millis(row.starts_at),
            ends_at: from_millis(row.ends_at),
            by_rule: row.by_rule,
            state: known(OccurrenceState::from_word(&row.state), &row.state)?,
            question: row.question,
            skipped_by: row.skipped_by,
            reason: row.reason,
            revision: row.revision,
        })
    }
}

/// Keeps a session that was held beside the rhythm.
///
/// # Errors
/// The database's own faults.
pub async fn insert_beside(
    tx: &mut SqliteConnection,
    series: SeriesId,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Result<OccurrenceId, sqlx::Error> {
    let (starts_at, ends_at) = (starts_at.timestamp_millis(), ends_at.timestamp_millis());
    sqlx::query_scalar!(
        r#"INSERT INTO occurrences (series_id, slot, starts_at, ends_at, by_rule, state)
           VALUES (?1, ?2, ?2, ?3, 0, 'over')
           ON CONFLICT (series_id, slot) DO UPDATE SET state = state
           RETURNING id AS "id!: OccurrenceId""#,
        series,
        starts_at,
        ends_at
    )
    .fetch_one(tx)
    .await
}

/// An occurrence of a series of the guild.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: OccurrenceId,
) -> Result<Option<Occurrence>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT o.id AS "id!: OccurrenceId", o.series_id AS "series: SeriesId", o.slot, o.starts_at,
                  o.ends_at, o.by_rule AS "by_rule!: bool", o.state, o.question,
                  o.skipped_by AS "skipped_by: PersonId", o.reason, o.revision
             FROM occurrences o JOIN series s ON s.id = o.series_id
            WHERE s.guild_id = ? AND o.id = ?"#,
        guild,
        id
    )
    .fetch_optional(db)
    .await?;
    row.map(Occurrence::try_from).transpose()
}

/// The planned occurrence of a series: its next date.
///
/// # Errors
/// The database's own faults.
pub async fn find_planned(
    db: impl SqliteExecutor<'_>,
    series: SeriesId,
) -> Result<Option<Occurrence>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: OccurrenceId", series_id AS "series: SeriesId", slot, starts_at,
                  ends_at, by_rule AS "by_rule!: bool", state, question,
                  skipped_by AS "skipped_by: PersonId", reason, revision
             FROM occurrences WHERE series_id = ? AND state = 'planned'
            ORDER BY starts_at LIMIT 1"#,
        series
    )
    .fetch_optional(db)
    .await?;
    row.map(Occurrence::try_from).transpose()
}

/// The next dates of somebody: the planned occurrences of the running series of the guild that they
/// are in, soonest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_planned_of(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    person: PersonId,
) -> Result<Vec<Occurrence>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT o.id AS "id!: OccurrenceId", o.series_id AS "series: SeriesId", o.slot, o.starts_at,
                  o.ends_at, o.by_rule AS "by_rule!: bool", o.state, o.question,
                  o.skipped_by AS "skipped_by: PersonId", o.reason, o.revision
             FROM series_members m
       CROSS JOIN series s ON s.id = m.series_id
       CROSS JOIN occurrences o ON o.series_id = s.id AND o.state = 'planned'
            WHERE m.person_id = ?2 AND s.guild_id = ?1 AND s.state = 'running'
            ORDER BY o.starts_at, o.id"#,
        guild,
        person
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Occurrence::try_from).collect()
}

/// The latest occurrence of a series that has begun by `now` and was neither skipped nor cancelled.
///
/// # Errors
/// The database's own faults.
pub async fn find_latest(
    db: impl SqliteExecutor<'_>,
    series: SeriesId,
    now: DateTime<Utc>,
) -> Result<Option<Occurrence>, sqlx::Error> {
    let now = now.timestamp_millis();
    let row = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: OccurrenceId", series_id AS "series: SeriesId", slot, starts_at,
                  ends_at, by_rule AS "by_rule!: bool", state, question,
                  skipped_by AS "skipped_by: PersonId", reason, revision
             FROM occurrences
            WHERE series_id = ? AND starts_at <= ? AND state IN ('planned', 'over')
            ORDER BY starts_at DESC LIMIT 1"#,
        series,
        now
    )
    .fetch_optional(db)
    .await?;
    row.map(Occurrence::try_from).transpose()
}

/// The occurrences of a series that start within `[from, to)`, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_within(
    db: impl SqliteExecutor<'_>,
    series: SeriesId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Occurrence>, sqlx::Error> {
    let (from, to) = (from.timestamp_millis(), to.timestamp_millis());
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: OccurrenceId", series_id AS "series: SeriesId", slot, starts_at,
                  ends_at, by_rule AS "by_rule!: bool", state, question,
                  skipped_by AS "skipped_by: PersonId", reason, revision
             FROM occurrences WHERE series_id = ? AND starts_at >= ? AND starts_at < ?
            ORDER BY starts_at"#,
        series,
        from,
        to
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Occurrence::try_from).collect()
}

/// Moves an occurrence, and keeps who moved it from where.
///
/// # Errors
/// The database's own faults.
pub async fn move_to(
    tx: &mut SqliteConnection,
    occurrence: &Occurrence,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let from = occurrence.starts_at.timestamp_millis();
    let (to, ends_at) = (starts_at.timestamp_millis(), ends_at.timestamp_millis());
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE occurrences SET starts_at = ?2, ends_at = ?3, revision = revision + 1 WHERE id = ?1",
        occurrence.id,
        to,
        ends_at
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO moves (occurrence_id, person_id, from_at, to_at, moved_at) VALUES (?, ?, ?, ?, ?)",
        occurrence.id,
        by,
        from,
        to,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Skips an occurrence.
///
/// # Errors
/// The database's own faults.
pub async fn skip(
    tx: &mut SqliteConnection,
    id: OccurrenceId,
    by: PersonId,
    reason: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE occurrences SET state = 'skipped', skipped_by = ?2, reason = ?3,
                revision = revision + 1 WHERE id = ?1",
        id,
        by,
        reason
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes how far an occurrence is.
///
/// # Errors
/// The database's own faults.
pub async fn set_state(
    tx: &mut SqliteConnection,
    id: OccurrenceId,
    state: OccurrenceState,
) -> Result<(), sqlx::Error> {
    let state = state.word();
    sqlx::query!(
        "UPDATE occurrences SET state = ?2, revision = revision + 1 WHERE id = ?1",
        id,
        state
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Plans a date again that was skipped.
///
/// # Errors
/// The database's own faults.
pub async fn unskip(tx: &mut SqliteConnection, id: OccurrenceId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE occurrences SET state = 'planned', skipped_by = NULL, reason = NULL,
                revision = revision + 1 WHERE id = ? AND state = 'skipped'",
        id
    )
    .execute(tx)
    .await?;
    Ok(())
}
