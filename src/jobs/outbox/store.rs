//! The outbox's SQL.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use sqlx::{SqliteConnection, SqlitePool};

use super::{Act, Draft, MessageRef, Outcome, Parcel, Place};
use crate::ids::{ChannelId, GuildId, MessageId, OutboxId, UserId};
use crate::time::clock::from_millis;

/// Writes a draft; `None` if its dedupe key is taken.
///
/// # Errors
/// The database's own faults.
pub async fn enqueue(
    tx: &mut SqliteConnection,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Option<OutboxId>, sqlx::Error> {
    insert(tx, draft, now, None).await
}

/// How long Discord takes the first answer to an interaction,
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback>.
const ANSWERABLE: TimeDelta = TimeDelta::seconds(3);

/// Writes a draft whose message is about to be sent by `holder` as the answer to an interaction.
/// The delivery keeps off until it is released or `lease` is over; then it looks whether the
/// answer is there, and sends it if it is not. Another process keeps off until an answer that was
/// on its way when its sender died can no longer arrive.
///
/// # Errors
/// The database's own faults.
pub async fn enqueue_answer(
    tx: &mut SqliteConnection,
    draft: &Draft,
    now: DateTime<Utc>,
    holder: &str,
    lease: TimeDelta,
) -> Result<Option<OutboxId>, sqlx::Error> {
    let draft = Draft {
        due: draft.due.max(now + ANSWERABLE),
        ..draft.clone()
    };
    insert(tx, &draft, now, Some((holder, now + lease))).await
}

async fn insert(
    tx: &mut SqliteConnection,
    draft: &Draft,
    now: DateTime<Utc>,
    lease: Option<(&str, DateTime<Utc>)>,
) -> Result<Option<OutboxId>, sqlx::Error> {
    let row = Columns::of(&draft.act);
    let body = row.body.map(Value::to_string);
    let (holder, until) = lease.unzip();
    let state = if holder.is_some() {
        "leased"
    } else {
        "waiting"
    };
    let until = until.map(|at| at.timestamp_millis());
    let doubtful = holder.is_some();
    let due = draft.due.timestamp_millis();
    let expires = draft.expires.map(|at| at.timestamp_millis());
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"INSERT INTO outbox (guild_id, topic, subject_id, lane, act, channel_id, recipient_id,
                message_id, target_id, emoji, body, mark, nonce, dedupe, urgency, state, doubtful,
                due_at, expires_at, holder, leased_until, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, lower(hex(randomblob(12))), ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (dedupe) DO NOTHING
           RETURNING id AS "id!: OutboxId""#,
        draft.guild,
        draft.topic,
        draft.subject,
        draft.lane,
        row.act,
        row.channel,
        row.recipient,
        row.message,
        row.target,
        row.emoji,
        body,
        draft.mark,
        draft.dedupe,
        draft.urgency,
        state,
        doubtful,
        due,
        expires,
        holder,
        until,
        now,
    )
    .fetch_optional(tx)
    .await
}

/// An [`Act`] taken apart into columns.
#[derive(Default)]
struct Columns<'a> {
    act: &'static str,
    channel: Option<ChannelId>,
    recipient: Option<UserId>,
    message: Option<MessageId>,
    target: Option<OutboxId>,
    emoji: Option<&'a str>,
    body: Option<&'a Value>,
}

impl<'a> Columns<'a> {
    fn of(act: &'a Act) -> Self {
        match act {
            Act::Send(Place::Channel(channel), body) => Self {
                act: "send",
                channel: Some(*channel),
                body: Some(body),
                ..Self::default()
            },
            Act::Send(Place::Dm(user), body) => Self {
                act: "send",
                recipient: Some(*user),
                body: Some(body),
                ..Self::default()
            },
            Act::Edit(message, body) => Self {
                body: Some(body),
                ..Self::about("edit", *message)
            },
            Act::Delete(message) => Self::about("delete", *message),
            Act::React(channel, message, emoji) => Self {
                emoji: Some(emoji),
                ..Self::about("react", MessageRef::Known(*channel, *message))
            },
            Act::Unreact(channel, message, emoji) => Self {
                emoji: Some(emoji),
                ..Self::about("unreact", MessageRef::Known(*channel, *message))
            },
        }
    }

    fn about(act: &'static str, message: MessageRef) -> Self {
        match message {
            MessageRef::Known(channel, message) => Self {
                act,
                channel: Some(channel),
                message: Some(message),
                ..Self::default()
            },
            MessageRef::SentBy(row) => Self {
                act,
                target: Some(row),
                ..Self::default()
            },
        }
    }
}

/// Milliseconds beyond which no row is put off by the clock of the moment. A row from the future that
/// is due later than that was written before the clock went backwards, and is due now.
const PUT_OFF: i64 = 3_600_000;

/// When the next row falls due; `None` when nothing waits.
///
/// # Errors
/// The database's own faults.
pub async fn next_due(
    db: &SqlitePool,
    holder: &str,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let now = now.timestamp_millis();
    let due = sqlx::query_scalar!(
        r#"SELECT min(CASE WHEN o.created_at > ?2 AND o.due_at > ?2 + ?3 AND o.state = 'waiting' THEN ?2
                           WHEN o.state = 'waiting' OR o.holder <> ?1 OR o.leased_until < ?2
                           THEN o.due_at ELSE o.leased_until END) AS "due: i64"
             FROM outbox o WHERE o.state IN ('waiting', 'leased')
              AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.lane = o.lane AND e.id < o.id
                                 AND e.state IN ('waiting', 'leased'))"#,
        holder,
        now,
        PUT_OFF
    )
    .fetch_one(db)
    .await?;
    Ok(due.map(from_millis))
}

/// Leases up to `limit` due rows, the most urgent first: the first unfinished row of each lane
/// that waits or whose lease is stale (another process's, or run out).
///
/// # Errors
/// The database's own faults.
pub async fn lease(
    tx: &mut SqliteConnection,
    holder: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: i64,
) -> Result<Vec<Parcel>, sqlx::Error> {
    let until = (now + lease).timestamp_millis();
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
        PUT_OFF
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
        // An edit or a deletion of something that was never sent has no message: `Lost`.
        let message = row
            .channel
            .zip(row.message)
            .or(row.sent_channel.zip(row.sent_message))
            .map(|(channel, message)| MessageRef::Known(channel, message));
        let act = match (row.act.as_str(), row.recipient, row.channel, message) {
            ("send", Some(user), ..) => Some(Act::Send(Place::Dm(user), body())),
            ("send", None, Some(channel), _) => Some(Act::Send(Place::Channel(channel), body())),
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

/// Puts a row back that has to wait as long as Discord asks: the attempt does not count, so that many
/// messages to one channel can wait for each other.
///
/// # Errors
/// The database's own faults.
pub async fn put_off(
    tx: &mut SqliteConnection,
    id: OutboxId,
    due: DateTime<Utc>,
    doubtful: bool,
) -> Result<(), sqlx::Error> {
    let due = due.timestamp_millis();
    sqlx::query!(
        "UPDATE outbox SET state = 'waiting', holder = NULL, leased_until = NULL, due_at = ?2,
                doubtful = doubtful OR ?3, attempts = max(attempts - 1, 0)
          WHERE id = ?1 AND state = 'leased'",
        id,
        due,
        doubtful
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Records how a row ended, and drops its body. False if it had ended already.
///
/// # Errors
/// The database's own faults.
pub async fn finish(
    tx: &mut SqliteConnection,
    id: OutboxId,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let (state, code, sent) = match outcome {
        Outcome::Delivered(delivered) => ("delivered", None, Some(delivered)),
        Outcome::Refused(code) => ("refused", code, None),
        Outcome::Expired => ("expired", None, None),
    };
    let channel = sent.map(|sent| sent.channel);
    let message = sent.and_then(|sent| sent.message);
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "UPDATE outbox SET state = ?2, code = ?3, sent_channel_id = ?4, sent_message_id = ?5,
                finished_at = ?6, body = NULL, holder = NULL, leased_until = NULL
          WHERE id = ?1 AND state IN ('waiting', 'leased')",
        id,
        state,
        code,
        channel,
        message,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Cancels the rows of a topic about a subject that no attempt has been made to deliver.
/// Returns how many.
///
/// # Errors
/// The database's own faults.
pub async fn cancel(
    tx: &mut SqliteConnection,
    topic: &str,
    subject: i64,
    now: DateTime<Utc>,
) -> Result<u64, sqlx::Error> {
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "UPDATE outbox SET state = 'cancelled', body = NULL, finished_at = ?3
          WHERE topic = ?1 AND subject_id = ?2 AND state = 'waiting' AND attempts = 0
            AND doubtful = 0",
        topic,
        subject,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// The row of a topic about a subject whose message is still on its way: for a change to wait for.
///
/// # Errors
/// The database's own faults.
pub async fn find_pending(
    tx: &mut SqliteConnection,
    topic: &str,
    subject: i64,
) -> Result<Option<OutboxId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id!: OutboxId" FROM outbox
            WHERE topic = ?1 AND subject_id = ?2 AND act = 'send' AND state IN ('waiting', 'leased')
            ORDER BY id DESC LIMIT 1"#,
        topic,
        subject
    )
    .fetch_optional(tx)
    .await
}

/// The row of a lane that sent its message or still may.
///
/// # Errors
/// The database's own faults.
pub async fn find_sender_in_lane(
    tx: &mut SqliteConnection,
    lane: &str,
) -> Result<Option<OutboxId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id!: OutboxId" FROM outbox
            WHERE lane = ?1 AND act = 'send' AND state IN ('waiting', 'leased', 'delivered')
            ORDER BY id DESC LIMIT 1"#,
        lane
    )
    .fetch_optional(tx)
    .await
}

/// Cancels the rows of a lane that no attempt has been made to deliver.
///
/// # Errors
/// The database's own faults.
pub async fn cancel_lane(
    tx: &mut SqliteConnection,
    lane: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE outbox SET state = 'cancelled', body = NULL, finished_at = ?2
          WHERE lane = ?1 AND state = 'waiting' AND attempts = 0 AND doubtful = 0",
        lane,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether a message is already known as another row's.
///
/// # Errors
/// The database's own faults.
pub async fn is_claimed(
    db: &SqlitePool,
    message: MessageId,
    by_other_than: OutboxId,
) -> Result<bool, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM outbox WHERE sent_message_id = ?1 AND id <> ?2) AS "found!: bool""#,
        message,
        by_other_than
    )
    .fetch_one(db)
    .await?;
    Ok(found)
}

/// Deletes up to `most` rows that ended before `before`. Returns how many.
///
/// # Errors
/// The database's own faults.
pub async fn delete_finished(
    tx: &mut SqliteConnection,
    before: DateTime<Utc>,
    most: u32,
) -> Result<u64, sqlx::Error> {
    let before = before.timestamp_millis();
    let done = sqlx::query!(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE finished_at < ? LIMIT ?)",
        before,
        most
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}
