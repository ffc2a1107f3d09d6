//! The guild's row and its settings.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::config::Server;
use crate::ids::{ChannelId, GuildId, PersonId, UserId};
use crate::time::Zone;

/// A guild with its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Guild {
    /// Discord's id.
    pub id: GuildId,
    /// Its name as last seen.
    pub name: String,
    /// The zone of people who have not chosen one, and of the guild's days.
    pub zone: Zone,
    /// Where public kudos are announced; none: where they are given.
    pub recognition_channel: Option<ChannelId>,
    /// Whether thanks in chat count.
    pub chat_kudos: bool,
    /// Chat forms that are switched off, by name.
    pub forms_off: Vec<String>,
    /// Whether the reaction counts.
    pub reaction_kudos: bool,
    /// The reaction that gives kudos: a Unicode emoji or `<:name:id>`.
    pub reaction: String,
    /// Whether boards may be shown.
    pub leaderboards: bool,
    /// The recognition channel of whose refusal an admin has been told.
    pub refused_channel: Option<ChannelId>,
    /// The server's owner.
    pub owner: Option<UserId>,
    /// The admin who set the bot up last.
    pub set_up_by: Option<PersonId>,
}

/// The guild, if it is known.
///
/// # Errors
/// The database's own faults.
pub async fn find_guild(
    db: impl SqliteExecutor<'_>,
    id: GuildId,
) -> Result<Option<Guild>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT name, timezone, recognition_channel_id AS "recognition_channel: ChannelId",
                  chat_kudos AS "chat_kudos: bool", forms_off,
                  reaction_kudos AS "reaction_kudos: bool", reaction,
                  leaderboards AS "leaderboards: bool",
                  refused_channel_id AS "refused_channel: ChannelId",
                  owner_user_id AS "owner: UserId", set_up_by AS "set_up_by: PersonId"
             FROM guilds WHERE guild_id = ?"#,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Guild {
        id,
        name: row.name,
        zone: zone(&row.timezone),
        recognition_channel: row.recognition_channel,
        chat_kudos: row.chat_kudos,
        forms_off: row
            .forms_off
            .split(',')
            .filter(|form| !form.is_empty())
            .map(str::to_owned)
            .collect(),
        reaction_kudos: row.reaction_kudos,
        reaction: row.reaction,
        leaderboards: row.leaderboards,
        refused_channel: row.refused_channel,
        owner: row.owner,
        set_up_by: row.set_up_by,
    }))
}

/// Makes sure that the guild has a row, with the operator's defaults if it is new, and returns it.
///
/// # Errors
/// The database's own faults.
pub async fn ensure_guild(
    tx: &mut SqliteConnection,
    id: GuildId,
    defaults: &Server,
    now: DateTime<Utc>,
) -> Result<Guild, sqlx::Error> {
    if let Some(guild) = find_guild(&mut *tx, id).await? {
        return Ok(guild);
    }
    let timezone = defaults.timezone.name();
    let reaction = defaults.reaction.to_string();
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction,
                             leaderboards, joined_at)
         VALUES (?, '', ?, ?, ?, ?, ?, ?)",
        id,
        timezone,
        defaults.chat_kudos,
        defaults.reaction_kudos,
        reaction,
        defaults.leaderboards,
        now
    )
    .execute(&mut *tx)
    .await?;
    find_guild(tx, id).await?.ok_or(sqlx::Error::RowNotFound)
}

/// A stored zone. What a later tz database has dropped counts as UTC.
pub(in crate::people) fn zone(name: &str) -> Zone {
    Zone::from(name.parse::<Tz>().unwrap_or(Tz::UTC))
}

/// Keeps that an admin has been told of a channel that refuses announcements.
///
/// # Errors
/// The database's own faults.
pub async fn set_refused_channel(
    tx: &mut SqliteConnection,
    guild: GuildId,
    channel: ChannelId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE guilds SET refused_channel_id = ?2 WHERE guild_id = ?1",
        guild,
        channel
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets that a channel refused announcements, once one has arrived there.
///
/// # Errors
/// The database's own faults.
pub async fn clear_refused_channel(
    tx: &mut SqliteConnection,
    guild: GuildId,
    channel: ChannelId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE guilds SET refused_channel_id = NULL WHERE guild_id = ?1 AND refused_channel_id = ?2",
        guild,
        channel
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes all settings of a guild as they stand in `guild`.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn update_settings(
    tx: &mut SqliteConnection,
    guild: &Guild,
) -> Result<(), sqlx::Error> {
    let timezone = guild.zone.name();
    let forms_off = guild.forms_off.join(",");
    sqlx::query!(
        "UPDATE guilds SET timezone = ?2, recognition_channel_id = ?3, chat_kudos = ?4,
                forms_off = ?5, reaction_kudos = ?6, reaction = ?7, leaderboards = ?8,
                refused_channel_id = ?9, set_up_by = ?10
          WHERE guild_id = ?1",
        guild.id,
        timezone,
        guild.recognition_channel,
        guild.chat_kudos,
        forms_off,
        guild.reaction_kudos,
        guild.reaction,
        guild.leaderboards,
        guild.refused_channel,
        guild.set_up_by
    )
    .execute(tx)
    .await?;
    Ok(())
}
