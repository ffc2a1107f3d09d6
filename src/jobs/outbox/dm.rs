//! The direct-message channels that are known, so that each is opened once.

use sqlx::SqliteConnection;

use crate::ids::{ChannelId, OutboxId, UserId};

/// Keeps the DM channel of a person to whom a row is on its way. Who was erased meanwhile is not on any
/// row, and leaves nothing behind here.
///
/// # Errors
/// The database's own faults.
pub(super) async fn keep(
    tx: &mut SqliteConnection,
    row: OutboxId,
    user: UserId,
    channel: ChannelId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO dm_channels (user_id, channel_id)
         SELECT ?2, ?3 FROM outbox WHERE id = ?1 AND recipient_id = ?2 AND state = 'leased'
         ON CONFLICT (user_id) DO UPDATE SET channel_id = excluded.channel_id",
        row,
        user,
        channel
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets a DM channel that Discord no longer knows.
///
/// # Errors
/// The database's own faults.
pub(super) async fn forget(tx: &mut SqliteConnection, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM dm_channels WHERE user_id = ?", user)
        .execute(tx)
        .await?;
    Ok(())
}
