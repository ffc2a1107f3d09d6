//! The guild's row and its settings.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::config::Server;
use crate::ids::{ChannelId, GuildId, PersonId, UserId};
use crate::time::{Weekly, Zone};

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
    /// Where a word without content goes when a direct message is refused; none: nowhere.
    pub cadence_channel: Option<ChannelId>,
    /// When the weekly digest of recognition is posted, in the guild's zone; none: never.
    pub digest: Option<Weekly>,
    /// The latest week that the digest told of or passed over.
    pub digest_told: Option<String>,
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
                  owner_user_id AS "owner: UserId", set_up_by AS "set_up_by: PersonId",
                  cadence_channel_id AS "cadence_channel: ChannelId", digest_day, digest_at,
                  digest_told
             FROM guilds WHERE guild_id = ?"#,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Guild {
        id,
        name: row.name,
        zone: Zone::stored(&row.timezone),
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
        cadence_channel: row.cadence_channel,
        digest: row.digest_day.zip(row.digest_at).and_then(weekly),
        digest_told: row.digest_told,
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

/// A stored weekday and minute of the day.
fn weekly((day, minute): (String, i64)) -> Option<Weekly> {
    Weekly::new(day.parse().ok()?, u16::try_from(minute).ok()?)
}

/// The guilds in which the bot is and where the weekly digest is on.
///
/// # Errors
/// The database's own faults.
pub async fn list_with_digest(db: impl SqliteExecutor<'_>) -> Result<Vec<GuildId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT guild_id AS "guild: GuildId" FROM guilds
            WHERE digest_day IS NOT NULL AND left_at IS NULL ORDER BY guild_id"#
    )
    .fetch_all(db)
    .await
}

/// Keeps the latest week that the digest told of or passed over.
///
/// # Errors
/// The database's own faults.
pub async fn set_digest_told(
    tx: &mut SqliteConnection,
    guild: GuildId,
    week: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE guilds SET digest_told = ?2 WHERE guild_id = ?1",
        guild,
        week
    )
    .execute(tx)
    .await?;
    Ok(())
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
    let digest_day = guild.digest.map(Weekly::day_name);
    let digest_at = guild.digest.map(|digest| i64::from(digest.minute()));
    sqlx::query!(
        "UPDATE guilds SET timezone = ?2, recognition_channel_id = ?3, chat_kudos = ?4,
                forms_off = ?5, reaction_kudos = ?6, reaction = ?7, leaderboards = ?8,
                refused_channel_id = ?9, set_up_by = ?10, cadence_channel_id = ?11,
                digest_day = ?12, digest_at = ?13, digest_told = ?14
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
        guild.set_up_by,
        guild.cadence_channel,
        digest_day,
        digest_at,
        guild.digest_told
    )
    .execute(tx)
    .await?;
    Ok(())
}
