//! Taking rows that are due, and putting them back.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{SqliteConnection, SqlitePool};

use super::super::{Act, MessageRef, Parcel, Place};
use crate::ids::{ChannelId, GuildId, MessageId, OutboxId, UserId};
use crate::time::clock::from_millis;

/// Milliseconds beyond which no row is put off by the clock of the moment. A row from the future that
/// is due later than that was written before the clock went backwards, and is due now.
const PUT_OFF: i64 = 3_600_000;

/// What has to happen before a row can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: the channel is known.
    Nothing,
    /// A DM has to be opened, for the first time.
    Opening,
}

/// When the next row falls due; `None` when nothing waits. A DM that has to be opened is not due before
/// `opens`. Each part stops at the first row of its index that has its turn: of those that are leased, that
/// wait and may go, that wait for an opening, and that the clock put off by going backwards.
///
/// # Errors
/// The database's own faults.
pub async fn next_due(
    db: &SqlitePool,
    holder: &str,
    now: DateTime<Utc>,
    opens: Option<DateTime<Utc>>,
) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let now = now.timestamp_millis();
    let opens = opens.map(|at| at.timestamp_millis());
    let due = sqlx::query_scalar!(
        r#"SELECT min(due) AS "due: i64" FROM (
               SELECT max(CASE WHEN o.holder <> ?1 OR o.leased_until < ?2 THEN o.due_at
                               ELSE o.leased_until END,
                          CASE WHEN ?4 IS NULL OR o.recipient_id IS NULL OR EXISTS
                                    (SELECT 1 FROM dm_channels d WHERE d.user_id = o.recipient_id)
                               THEN 0 ELSE ?4 END) AS due
                 FROM outbox o
                WHERE o.state = 'leased'
                  AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane
                                     AND e.id < o.id AND e.state IN ('waiting', 'leased'))
               UNION ALL
               SELECT * FROM (SELECT o.due_at FROM outbox o
                               WHERE o.state = 'waiting'
                                 AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane
                                                    AND e.id < o.id AND e.state IN ('waiting', 'leased'))
                                 AND (?4 IS NULL OR o.recipient_id IS NULL OR EXISTS
                                      (SELECT 1 FROM dm_channels d WHERE d.user_id = o.recipient_id))
                               ORDER BY o.due_at LIMIT 1)
               UNION ALL
               SELECT * FROM (SELECT max(o.due_at, ?4) FROM outbox o
                               WHERE o.state = 'waiting' AND ?4 IS NOT NULL
                                 AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane
                                                    AND e.id < o.id AND e.state IN ('waiting', 'leased'))
                                 AND NOT EXISTS
                                     (SELECT 1 FROM dm_channels d WHERE d.user_id = o.recipient_id)
                                 AND o.recipient_id IS NOT NULL
                               ORDER BY o.due_at LIMIT 1)
               UNION ALL
               SELECT * FROM (SELECT max(?2, coalesce(?4, ?2)) FROM outbox o
                               WHERE o.state = 'waiting' AND o.due_at > ?2 + ?3 AND o.created_at > ?2
                                 AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane
                                                    AND e.id < o.id AND e.state IN ('waiting', 'leased'))
                               LIMIT 1))"#,
        holder,
        now,
        PUT_OFF,
        opens
    )
    .fetch_one(db)
    .await?;
    Ok(due.map(from_millis))
}

/// Leases up to `limit` due rows, the most urgent first: the first unfinished row of each lane
/// that waits or whose lease is stale (another process's, or run out). Of those that need what is
/// given; the two kinds are taken apart, so that many DMs to be opened hold nothing else up.
///
/// # Errors
/// The database's own faults.
pub async fn lease(
    tx: &mut SqliteConnection,
    holder: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: i64,
    needs: Needs,
) -> Result<Vec<Parcel>, sqlx::Error> {
    let until = (now + lease).timestamp_millis();
    let is_known = needs == Needs::Nothing;
    let now = now.timestamp_millis();
    let mut rows = sqlx::query!(
        r#"UPDATE outbox SET state = 'leased', holder = ?1, leased_until = ?2,
                  attempts = attempts + 1, doubtful = doubtful OR state = 'leased'
            WHERE id IN (
                SELECT o.id FROM outbox o
                 WHERE o.state IN ('waiting', 'leased')
                   AND (o.due_at <= ?3 OR (o.created_at > ?3 AND o.due_at > ?3 + ?5))
                   AND (o.state = 'waiting' OR o.holder <> ?1 OR o.leased_until < ?3)
                   AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane AND e.id < o.id
                                      AND e.state IN ('waiting', 'leased'))
                   AND (o.recipient_id IS NULL OR EXISTS
                        (SELECT 1 FROM dm_channels d WHERE d.user_id = o.recipient_id)) = ?6
                 ORDER BY o.urgency, o.due_at, o.id LIMIT ?4)
           RETURNING id AS "id!: OutboxId", guild_id AS "guild: GuildId", topic, subject_id, act,
                  channel_id AS "channel: ChannelId", recipient_id AS "recipient: UserId",
                  message_id AS "message: MessageId", emoji, body, mark,
                  nonce AS "nonce!", urgency, due_at, created_at, expires_at, attempts,
                  doubtful AS "doubtful: bool",
                  (SELECT t.sent_channel_id FROM outbox t WHERE t.id = outbox.target_id)
                      AS "sent_channel: ChannelId",
                  (SELECT t.sent_message_id FROM outbox t WHERE t.id = outbox.target_id)
                      AS "sent_message: MessageId",
                  (SELECT d.channel_id FROM dm_channels d WHERE d.user_id = recipient_id)
                      AS "dm_channel: ChannelId""#,
        holder,
        until,
        now,
        limit,
        PUT_OFF,
        is_known
    )
    .fetch_all(tx)
    .await?;
    rows.sort_by_key(|row| (row.urgency, row.due_at, row.id));
    let parcels = rows.into_iter().map(|row| {
        let body = || {
            row.body
                .as_deref()
                .and_then(|body| serde_json::from_str(body).ok())
                .unwrap_or_default()
        };
        let post = |place| match row.body {
            Some(_) => Act::Send(place, body()),
            None => Act::Compose(place),
        };
        // An edit or a deletion of something that was never sent has no message: `Lost`.
        let message = row
            .channel
            .zip(row.message)
            .or(row.sent_channel.zip(row.sent_message))
            .map(|(channel, message)| MessageRef::Known(channel, message));
        let act = match (row.act.as_str(), row.recipient, row.channel, message) {
            ("send", Some(user), ..) => Some(post(Place::Dm(user))),
            ("send", None, Some(channel), _) => Some(post(Place::Channel(channel))),
            ("edit", _, _, Some(message)) => Some(Act::Edit(message, body())),
            ("delete", _, _, Some(message)) => Some(Act::Delete(message)),
            ("react", _, _, Some(MessageRef::Known(channel, message))) => Some(Act::React(
                channel,
                message,
                row.emoji.clone().unwrap_or_default(),
            )),
            ("unreact", _, _, Some(MessageRef::Known(channel, message))) => Some(Act::Unreact(
                channel,
                message,
                row.emoji.clone().unwrap_or_default(),
            )),
            _ => None,
        };
        Parcel {
            id: row.id,
            guild: row.guild,
            topic: row.topic,
            subject: row.subject_id,
            act: act.unwrap_or(Act::Delete(MessageRef::SentBy(row.id))),
            dm_channel: row.dm_channel,
            mark: row.mark,
            nonce: row.nonce,
            doubtful: row.doubtful,
            attempts: row.attempts,
            created: from_millis(row.created_at),
            expires: row.expires_at.map(from_millis),
        }
    });
    Ok(parcels.collect())
}

/// Puts a row back, to be tried at `due`.
///
/// # Errors
/// The database's own faults.
pub async fn put_back(
    tx: &mut SqliteConnection,
    id: OutboxId,
    due: DateTime<Utc>,
    doubtful: bool,
) -> Result<(), sqlx::Error> {
    let due = due.timestamp_millis();
    sqlx::query!(
        "UPDATE outbox SET state = 'waiting', holder = NULL, leased_until = NULL, due_at = ?2,
                doubtful = doubtful OR ?3
          WHERE id = ?1 AND state = 'leased'",
        id,
        due,
        doubtful
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Puts a row back that has to wait, because Discord asks for it or because its time has not come: the
/// attempt does not count, so that many messages to one channel can wait for each other. What was
/// written before the clock went backwards counts as written now: its new time is by today's clock.
///
/// # Errors
/// The database's own faults.
pub async fn put_off(
    tx: &mut SqliteConnection,
    id: OutboxId,
    due: DateTime<Utc>,
    doubtful: bool,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let due = due.timestamp_millis();
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE outbox SET state = 'waiting', holder = NULL, leased_until = NULL, due_at = ?2,
                doubtful = doubtful OR ?3, attempts = max(attempts - 1, 0),
                created_at = min(created_at, ?4)
          WHERE id = ?1 AND state = 'leased'",
        id,
        due,
        doubtful,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}
