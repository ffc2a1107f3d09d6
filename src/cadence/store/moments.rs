//! Coaching moments: what somebody noted on a message of somebody else, for themselves.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{ChannelId, GuildId, MessageId, MomentId, PersonId};
use crate::time::clock::from_millis;

/// A coaching moment. Nobody but its author ever sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The row.
    pub id: MomentId,
    /// Who noted it.
    pub author: PersonId,
    /// Whom it is about.
    pub about: PersonId,
    /// Where the message stands.
    pub channel: ChannelId,
    /// The message it is on.
    pub message: MessageId,
    /// What was noted, as typed.
    pub note: String,
    /// When.
    pub noted_at: DateTime<Utc>,
    /// When it was shared or put away; open until then.
    pub closed_at: Option<DateTime<Utc>>,
}

/// A moment to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewMoment<'a> {
    /// The guild.
    pub guild: GuildId,
    /// Who notes it.
    pub author: PersonId,
    /// Whom it is about.
    pub about: PersonId,
    /// Where the message stands.
    pub channel: ChannelId,
    /// The message it is on.
    pub message: MessageId,
    /// What is noted, as typed.
    pub note: &'a str,
}

struct Row {
    id: MomentId,
    author: PersonId,
    about: PersonId,
    channel: ChannelId,
    message: MessageId,
    note: String,
    noted_at: i64,
    closed_at: Option<i64>,
}

impl From<Row> for Moment {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            author: row.author,
            about: row.about,
            channel: row.channel,
            message: row.message,
            note: row.note,
            noted_at: from_millis(row.noted_at),
            closed_at: row.closed_at.map(from_millis),
        }
    }
}

/// Keeps a moment.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    new: &NewMoment<'_>,
    now: DateTime<Utc>,
) -> Result<MomentId, sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"INSERT INTO moments (guild_id, author_id, about_id, channel_id, message_id, note, noted_at)
           VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: MomentId""#,
        new.guild,
        new.author,
        new.about,
        new.channel,
        new.message,
        new.note,
        now
    )
    .fetch_one(tx)
    .await
}

/// A moment of the guild, for its author alone; `None` for everybody else.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    author: PersonId,
    id: MomentId,
) -> Result<Option<Moment>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: MomentId", author_id AS "author: PersonId",
                  about_id AS "about: PersonId", channel_id AS "channel: ChannelId",
                  message_id AS "message: MessageId", note, noted_at, closed_at
             FROM moments WHERE guild_id = ? AND author_id = ? AND id = ?"#,
        guild,
        author,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Moment::from))
}

/// The open moments that `author` noted about somebody, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn open(
    db: impl SqliteExecutor<'_>,
    author: PersonId,
    about: PersonId,
) -> Result<Vec<Moment>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: MomentId", author_id AS "author: PersonId",
                  about_id AS "about: PersonId", channel_id AS "channel: ChannelId",
                  message_id AS "message: MessageId", note, noted_at, closed_at
             FROM moments WHERE author_id = ? AND about_id = ? AND closed_at IS NULL
            ORDER BY id"#,
        author,
        about
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Moment::from).collect())
}

/// Closes an open moment: shared, or put away. Says whether it was open.
///
/// # Errors
/// The database's own faults.
pub async fn close(
    tx: &mut SqliteConnection,
    id: MomentId,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "UPDATE moments SET closed_at = ?2 WHERE id = ?1 AND closed_at IS NULL",
        id,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Opens a moment again. Says whether it was closed.
///
/// # Errors
/// The database's own faults.
pub async fn reopen(tx: &mut SqliteConnection, id: MomentId) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "UPDATE moments SET closed_at = NULL WHERE id = ? AND closed_at IS NOT NULL",
        id
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}
