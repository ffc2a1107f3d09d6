//! The outbox's SQL.

mod enqueue;
mod lease;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqlitePool};

pub use self::enqueue::{enqueue, enqueue_all, enqueue_answer};
pub use self::lease::{Needs, lease, next_due, put_back, put_off};
use super::Outcome;
use crate::ids::{MessageId, OutboxId};

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
        Outcome::Dropped => ("cancelled", None, None),
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
            WHERE lane = ?1 AND act = 'send' AND state IN ('waiting', 'leased')
           UNION ALL
           SELECT id FROM outbox WHERE lane = ?1 AND act = 'send' AND state = 'delivered'
            ORDER BY 1 DESC LIMIT 1"#,
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
          WHERE lane = ?1 AND state IN ('waiting', 'leased') AND state = 'waiting'
            AND attempts = 0 AND doubtful = 0",
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
