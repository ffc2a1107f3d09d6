//! The direct-message channels that are known, so that each is opened once.

use sqlx::SqliteConnection;

use super::Delivered;
use crate::ids::UserId;

/// Keeps the DM channel of a person.
///
/// # Errors
/// The database's own faults.
pub(super) async fn keep(
    tx: &mut SqliteConnection,
    user: UserId,
    delivered: Delivered,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO dm_channels (user_id, channel_id) VALUES (?1, ?2)
         ON CONFLICT (user_id) DO UPDATE SET channel_id = excluded.channel_id",
        user,
        delivered.channel
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
