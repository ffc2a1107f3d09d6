//! Writing drafts.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::SqliteConnection;

use super::super::{Act, Draft, MessageRef, Place};
use crate::ids::{ChannelId, GuildId, MessageId, OutboxId, UserId};

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

/// A draft as one entry of the list that [`enqueue_all`] hands to the database.
#[derive(Serialize)]
struct Entry<'a> {
    guild: Option<GuildId>,
    topic: &'a str,
    subject: Option<i64>,
    lane: &'a str,
    act: &'a str,
    channel: Option<ChannelId>,
    recipient: Option<UserId>,
    message: Option<MessageId>,
    target: Option<OutboxId>,
    emoji: Option<&'a str>,
    body: Option<String>,
    mark: Option<&'a str>,
    dedupe: Option<&'a str>,
    urgency: i64,
    due: i64,
    expires: Option<i64>,
}

impl<'a> From<&'a Draft> for Entry<'a> {
    fn from(draft: &'a Draft) -> Self {
        let row = Columns::of(&draft.act);
        Self {
            guild: draft.guild,
            topic: draft.topic,
            subject: draft.subject,
            lane: &draft.lane,
            act: row.act,
            channel: row.channel,
            recipient: row.recipient,
            message: row.message,
            target: row.target,
            emoji: row.emoji,
            body: row.body.map(Value::to_string),
            mark: draft.mark.as_deref(),
            dedupe: draft.dedupe.as_deref(),
            urgency: draft.urgency,
            due: draft.due.timestamp_millis(),
            expires: draft.expires.map(|at| at.timestamp_millis()),
        }
    }
}

/// Writes many drafts in one statement, in their order; those whose dedupe key is taken are left out.
/// Returns how many were written. A thousand at a time are no burden; [`enqueue`] for each would be.
///
/// # Errors
/// The database's own faults.
pub async fn enqueue_all(
    tx: &mut SqliteConnection,
    drafts: &[Draft],
    now: DateTime<Utc>,
) -> Result<u64, sqlx::Error> {
    let entries: Vec<Entry<'_>> = drafts.iter().map(Entry::from).collect();
    let entries =
        serde_json::to_string(&entries).map_err(|fault| sqlx::Error::Encode(fault.into()))?;
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "INSERT INTO outbox (guild_id, topic, subject_id, lane, act, channel_id, recipient_id,
                message_id, target_id, emoji, body, mark, nonce, dedupe, urgency, due_at, expires_at,
                created_at)
         SELECT value ->> 'guild', value ->> 'topic', value ->> 'subject', value ->> 'lane',
                value ->> 'act', value ->> 'channel', value ->> 'recipient', value ->> 'message',
                value ->> 'target', value ->> 'emoji', value ->> 'body', value ->> 'mark',
                lower(hex(randomblob(12))), value ->> 'dedupe', value ->> 'urgency', value ->> 'due',
                value ->> 'expires', ?2
           FROM json_each(?1) WHERE true ORDER BY key
         ON CONFLICT (dedupe) DO NOTHING",
        entries,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
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
            Act::Send(place, body) => Self {
                body: Some(body),
                ..Self::to(*place)
            },
            Act::Compose(place) => Self::to(*place),
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

    fn to(place: Place) -> Self {
        let (channel, recipient) = match place {
            Place::Channel(channel) => (Some(channel), None),
            Place::Dm(user) => (None, Some(user)),
        };
        Self {
            act: "send",
            channel,
            recipient,
            ..Self::default()
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
