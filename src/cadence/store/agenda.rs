//! What the people of a series want to talk about.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{
    AgendaItemId, ChannelId, GuildId, MessageId, MomentId, OccurrenceId, PersonId, SeriesId,
};
use crate::time::clock::from_millis;

/// An item of a shared agenda.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The row.
    pub id: AgendaItemId,
    /// Its series.
    pub series: SeriesId,
    /// Who added it.
    pub author: PersonId,
    /// Their name; none once they were erased.
    pub author_name: Option<String>,
    /// What it says, as typed.
    pub text: String,
    /// The coaching moment it was shared from.
    pub moment: Option<MomentId>,
    /// The message that this moment is on.
    pub message: Option<(ChannelId, MessageId)>,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// How many sessions were held since, without it.
    pub carried: i64,
    /// The session in which it was discussed.
    pub discussed_in: Option<OccurrenceId>,
    /// When it was discussed or taken off; open until then.
    pub closed_at: Option<DateTime<Utc>>,
}

struct Row {
    id: AgendaItemId,
    series: SeriesId,
    author: PersonId,
    author_name: Option<String>,
    text: String,
    moment: Option<MomentId>,
    channel: Option<ChannelId>,
    message: Option<MessageId>,
    added_at: i64,
    carried: i64,
    discussed_in: Option<OccurrenceId>,
    closed_at: Option<i64>,
}

impl From<Row> for Item {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            series: row.series,
            author: row.author,
            author_name: row.author_name,
            text: row.text,
            moment: row.moment,
            message: row.channel.zip(row.message),
            added_at: from_millis(row.added_at),
            carried: row.carried,
            discussed_in: row.discussed_in,
            closed_at: row.closed_at.map(from_millis),
        }
    }
}

/// The items with their authors, and how many sessions were held (somebody said so) that began after
/// they were added.
macro_rules! items {
    ($rest:tt, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT a.id AS "id!: AgendaItemId", a.series_id AS "series!: SeriesId",
                      a.author_id AS "author!: PersonId", p.name AS author_name, a.text AS "text!",
                      a.moment_id AS "moment: MomentId", m.channel_id AS "channel?: ChannelId",
                      m.message_id AS "message?: MessageId", a.added_at AS "added_at!",
                      (SELECT count(*) FROM occurrences o
                        WHERE o.series_id = a.series_id AND o.starts_at > a.added_at
                          AND EXISTS (SELECT 1 FROM held_answers h
                                       WHERE h.occurrence_id = o.id AND h.held = 1))
                          AS "carried!: i64",
                      a.discussed_in AS "discussed_in: OccurrenceId", a.closed_at
                 FROM agenda_items a JOIN people p ON p.id = a.author_id
                 LEFT JOIN moments m ON m.id = a.moment_id "# + $rest,
            $($arg),*
        )
    };
}

/// Adds an item.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    series: SeriesId,
    author: PersonId,
    text: &str,
    moment: Option<MomentId>,
    now: DateTime<Utc>,
) -> Result<AgendaItemId, sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"INSERT INTO agenda_items (series_id, author_id, text, moment_id, added_at)
           VALUES (?, ?, ?, ?, ?) RETURNING id AS "id!: AgendaItemId""#,
        series,
        author,
        text,
        moment,
        now
    )
    .fetch_one(tx)
    .await
}

/// The open items of a series, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn open(db: impl SqliteExecutor<'_>, series: SeriesId) -> Result<Vec<Item>, sqlx::Error> {
    let rows = items!(
        "WHERE a.series_id = ? AND a.closed_at IS NULL ORDER BY a.id",
        series
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Item::from).collect())
}

/// What was discussed in a session, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn discussed(
    db: impl SqliteExecutor<'_>,
    occurrence: OccurrenceId,
) -> Result<Vec<Item>, sqlx::Error> {
    let rows = items!("WHERE a.discussed_in = ? ORDER BY a.id", occurrence)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(Item::from).collect())
}

/// An item of a series of the guild, open or not.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: AgendaItemId,
) -> Result<Option<Item>, sqlx::Error> {
    let row = items!(
        "JOIN series s ON s.id = a.series_id WHERE s.guild_id = ? AND a.id = ?",
        guild,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Item::from))
}

/// How many items of a series are open.
///
/// # Errors
/// The database's own faults.
pub async fn count_open(db: impl SqliteExecutor<'_>, series: SeriesId) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "SELECT count(*) FROM agenda_items WHERE series_id = ? AND closed_at IS NULL",
        series
    )
    .fetch_one(db)
    .await
}

/// Closes an open item: discussed in a session, or taken off. Says whether it was open.
///
/// # Errors
/// The database's own faults.
pub async fn close(
    tx: &mut SqliteConnection,
    id: AgendaItemId,
    by: PersonId,
    discussed_in: Option<OccurrenceId>,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "UPDATE agenda_items SET closed_at = ?3, closed_by = ?2, discussed_in = ?4
          WHERE id = ?1 AND closed_at IS NULL",
        id,
        by,
        now,
        discussed_in
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Opens an item again. Says whether it was closed.
///
/// # Errors
/// The database's own faults.
pub async fn reopen(tx: &mut SqliteConnection, id: AgendaItemId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "UPDATE agenda_items SET closed_at = NULL, closed_by = NULL, discussed_in = NULL
          WHERE id = ? AND closed_at IS NOT NULL",
        id
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
