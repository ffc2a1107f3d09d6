//! Whether the bot is in a guild, and whether it has introduced itself there.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{GuildId, UserId};

/// What is known of the bot's stay in a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::people) struct Presence {
    /// The guild's name as last seen.
    pub(in crate::people) name: String,
    /// The guild's owner as last seen.
    pub(in crate::people) owner: Option<UserId>,
    /// When the bot introduced itself, Unix milliseconds.
    pub(in crate::people) welcomed_at: Option<i64>,
    /// When the bot was removed, Unix milliseconds.
    pub(in crate::people) left_at: Option<i64>,
}

/// The bot's stay in a guild, if the guild is known.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
) -> Result<Option<Presence>, sqlx::Error> {
    sqlx::query_as!(
        Presence,
        r#"SELECT name, owner_user_id AS "owner: UserId", welcomed_at, left_at
             FROM guilds WHERE guild_id = ?"#,
        guild
    )
    .fetch_optional(db)
    .await
}

/// Whether the bot is in a guild, as far as is known.
///
/// # Errors
/// The database's own faults.
pub async fn is_in(db: impl SqliteExecutor<'_>, guild: GuildId) -> Result<bool, sqlx::Error> {
    let known = find(db, guild).await?;
    Ok(known.is_some_and(|known| known.left_at.is_none()))
}

/// Keeps a guild's name and owner, if the guild is known.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn update_name(
    tx: &mut SqliteConnection,
    guild: GuildId,
    name: &str,
    owner: UserId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE guilds SET name = ?2, owner_user_id = ?3 WHERE guild_id = ?1",
        guild,
        name,
        owner
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps that the bot is back after it was removed: it has not introduced itself since.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn update_return(
    tx: &mut SqliteConnection,
    guild: GuildId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE guilds SET left_at = NULL, welcomed_at = NULL, joined_at = ?2 WHERE guild_id = ?1",
        guild,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps that the bot has introduced itself.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn update_welcomed(
    tx: &mut SqliteConnection,
    guild: GuildId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE guilds SET welcomed_at = ?2 WHERE guild_id = ?1",
        guild,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps that the bot was removed from a guild.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn update_left(
    tx: &mut SqliteConnection,
    guild: GuildId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE guilds SET left_at = ?2 WHERE guild_id = ?1 AND left_at IS NULL",
        guild,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}
