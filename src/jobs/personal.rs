//! The SQL of personal data in messages on their way and notices that wait.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::SqliteConnection;

use crate::ids::{ChannelId, GuildId, MessageId, PersonId, UserId};
use crate::privacy::{Subject, named};

/// A message on its way to somebody.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    /// The name of its topic.
    pub(super) topic: String,
    /// The message as JSON.
    pub(super) body: Option<String>,
    /// Unix milliseconds.
    pub(super) created_at: i64,
}

/// A notice that waits for somebody.
#[derive(Clone, Debug)]
pub(super) struct Noted {
    /// What it says.
    pub(super) text: String,
    /// Unix milliseconds.
    pub(super) created_at: i64,
}

/// The messages of a guild that are on their way to an account by DM, oldest first.
pub(super) async fn list_waiting(
    db: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        "SELECT topic, body, created_at FROM outbox
          WHERE guild_id = ? AND recipient_id = ? AND state IN ('waiting', 'leased') ORDER BY id",
        guild,
        user
    )
    .fetch_all(db)
    .await
}

/// The notices that wait for a person, oldest first.
pub(super) async fn list_notices(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<Noted>, sqlx::Error> {
    sqlx::query_as!(
        Noted,
        "SELECT text, created_at FROM notices WHERE person_id = ? ORDER BY id",
        person
    )
    .fetch_all(db)
    .await
}

/// Takes an account out of a guild's outbox: what is on its way to it is cancelled, and what has
/// ended no longer says to whom it went. A row in flight ends here too; its message, if it still
/// arrives, arrives at the person alone.
pub(super) async fn erase_recipient(
    tx: &mut SqliteConnection,
    subject: &Subject,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE outbox SET state = 'cancelled', body = NULL, holder = NULL, leased_until = NULL,
                finished_at = ?3
          WHERE guild_id = ?1 AND recipient_id = ?2 AND state IN ('waiting', 'leased')",
        subject.guild,
        subject.user,
        now
    )
    .execute(&mut *tx)
    .await?;
    let lane = format!("%{}%", subject.user);
    sqlx::query!(
        "UPDATE outbox SET recipient_id = NULL, dedupe = NULL, sent_channel_id = NULL,
                sent_message_id = NULL,
                lane = CASE WHEN lane LIKE ?3 THEN 'erased' ELSE lane END
          WHERE guild_id = ?1 AND recipient_id = ?2",
        subject.guild,
        subject.user,
        lane
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Cancels a guild's messages that mention an account and cannot have arrived.
pub(super) async fn cancel_mentioning(
    tx: &mut SqliteConnection,
    subject: &Subject,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    let mention = subject.user.to_string();
    sqlx::query!(
        "UPDATE outbox SET state = 'cancelled', body = NULL, finished_at = ?3
          WHERE guild_id = ?1 AND state = 'waiting' AND doubtful = 0 AND instr(body, ?2) > 0",
        subject.guild,
        mention,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a person's name out of a guild's messages of the cadence that wait, and out of what waits for
/// somebody's next command: they write names, and mention nobody. Other messages are brought up to date
/// by their own domain. Of one in flight, what a further attempt would say: one of which nobody knows
/// whether it arrived may come twice, the second time without the name.
pub(super) async fn erase_names(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let waiting = sqlx::query!(
        r#"SELECT id AS "id!", body AS "body!" FROM outbox
            WHERE guild_id = ? AND state IN ('waiting', 'leased')
              AND topic LIKE 'cadence.%' AND body IS NOT NULL"#,
        subject.guild
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in waiting {
        let Ok(mut body) = serde_json::from_str::<Value>(&row.body) else {
            continue;
        };
        if erase_name(&mut body, subject) {
            let body = body.to_string();
            sqlx::query!("UPDATE outbox SET body = ? WHERE id = ?", body, row.id)
                .execute(&mut *tx)
                .await?;
        }
    }
    let noted = sqlx::query!(
        r#"SELECT n.id AS "id!", n.text FROM notices n JOIN people p ON p.id = n.person_id
            WHERE p.guild_id = ?"#,
        subject.guild
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in noted {
        if let Some(text) = named(&row.text, subject.user, &subject.name) {
            sqlx::query!("UPDATE notices SET text = ? WHERE id = ?", text, row.id)
                .execute(&mut *tx)
                .await?;
        }
    }
    Ok(())
}

/// Takes a name out of what a message shows, not out of the ids of its buttons; says whether it stood
/// there.
fn erase_name(body: &mut Value, subject: &Subject) -> bool {
    match body {
        Value::String(text) => match named(text, subject.user, &subject.name) {
            Some(changed) => {
                *text = changed;
                true
            }
            None => false,
        },
        Value::Array(parts) => erase_parts(parts, subject),
        Value::Object(fields) => {
            let shown = |(key, part)| (!matches!(key, "custom_id" | "url")).then_some(part);
            let fields = fields.iter_mut().map(|(key, part)| (key.as_str(), part));
            erase_parts(fields.filter_map(shown), subject)
        }
        _ => false,
    }
}

/// The same in each of several parts, also after the first that changed.
fn erase_parts<'a>(parts: impl IntoIterator<Item = &'a mut Value>, subject: &Subject) -> bool {
    let mut is_changed = false;
    for part in parts {
        is_changed |= erase_name(part, subject);
    }
    is_changed
}

/// Deletes the notices for a person and those that tell of them.
pub(super) async fn delete_notices(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM notices WHERE person_id = ?1 OR about_id = ?1",
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets the DM channel of an account, unless another guild knows the account too.
pub(super) async fn delete_dm_channel(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM dm_channels WHERE user_id = ?2
            AND NOT EXISTS (SELECT 1 FROM people WHERE user_id = ?2 AND guild_id <> ?1)",
        subject.guild,
        subject.user
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes up to `most` notices older than `before`. Returns how many.
pub(super) async fn delete_old_notices(
    tx: &mut SqliteConnection,
    before: DateTime<Utc>,
    most: u32,
) -> Result<u64, sqlx::Error> {
    let before = before.timestamp_millis();
    let done = sqlx::query!(
        "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE created_at < ? LIMIT ?)",
        before,
        most
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// Forgets the DM channels of accounts that no guild knows any more.
pub(super) async fn delete_stray_dm_channels(tx: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM dm_channels WHERE user_id NOT IN
            (SELECT user_id FROM people WHERE user_id IS NOT NULL)"
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes up to `most` of a guild's rows in the outbox. Returns how many.
pub(super) async fn delete_outbox_of(
    tx: &mut SqliteConnection,
    guild: GuildId,
    most: i64,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE guild_id = ? LIMIT ?)",
        guild,
        most
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// Cancels the messages of a topic about a subject that have not arrived for certain, also those
/// that were tried. Returns how many.
///
/// # Errors
/// The database's own faults.
pub async fn cancel_unsent(
    tx: &mut SqliteConnection,
    topic: &str,
    subject: i64,
    now: DateTime<Utc>,
) -> Result<u64, sqlx::Error> {
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "UPDATE outbox SET state = 'cancelled', body = NULL, finished_at = ?3
          WHERE topic = ?1 AND subject_id = ?2 AND state = 'waiting' AND doubtful = 0",
        topic,
        subject,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// Where the messages of a topic about a subject stand that have arrived.
///
/// # Errors
/// The database's own faults.
pub async fn list_sent(
    tx: &mut SqliteConnection,
    topic: &str,
    subject: i64,
) -> Result<Vec<(ChannelId, MessageId)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT sent_channel_id AS "channel!: ChannelId", sent_message_id AS "message!: MessageId"
             FROM outbox
            WHERE topic = ? AND subject_id = ? AND act = 'send' AND state = 'delivered'
              AND sent_channel_id IS NOT NULL AND sent_message_id IS NOT NULL
            ORDER BY id"#,
        topic,
        subject
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.channel, row.message))
        .collect())
}
