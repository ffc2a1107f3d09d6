//! Who can see a channel, and what the bot may do there: facts from the gateway's cache, asked of
//! Discord when the cache does not know. Nothing here holds the cache across an await.

use reqwest::Method;
use serde_json::Value;
use serenity::all::{
    ChannelType, GuildChannel, PermissionOverwrite, PermissionOverwriteType, Permissions, RoleId,
};

use super::bot::Bot;
use crate::ids::{ChannelId, GuildId, UserId};

/// Whether everybody in the guild may see the channel. What cannot be found out counts as hidden.
pub async fn is_open_to_all(bot: &Bot, guild: GuildId, channel: ChannelId) -> bool {
    match from_cache(bot, guild, channel) {
        Some(open) => open,
        None => from_discord(bot, guild, channel).await.unwrap_or(false),
    }
}

fn from_cache(bot: &Bot, guild: GuildId, channel: ChannelId) -> Option<bool> {
    let guild_id = serenity::all::GuildId::new(guild.get());
    let channel_id = serenity::all::ChannelId::new(channel.get());
    let guild = bot.cache.guild(guild_id)?;
    let everyone = guild.roles.get(&RoleId::new(guild_id.get()))?.permissions;
    let channel = match guild.channels.get(&channel_id) {
        Some(channel) => channel,
        None => {
            let thread = guild
                .threads
                .iter()
                .find(|thread| thread.id == channel_id)?;
            if thread.kind == ChannelType::PrivateThread {
                return Some(false);
            }
            guild.channels.get(&thread.parent_id?)?
        }
    };
    Some(sees(everyone, guild_id, &channel.permission_overwrites))
}

/// Whether @everyone has View Channel,
/// <https://docs.discord.com/developers/topics/permissions#permission-overwrites>.
fn sees(
    everyone: Permissions,
    guild: serenity::all::GuildId,
    overwrites: &[PermissionOverwrite],
) -> bool {
    if everyone.administrator() {
        return true;
    }
    let role = PermissionOverwriteType::Role(RoleId::new(guild.get()));
    let (allow, deny) = overwrites
        .iter()
        .find(|overwrite| overwrite.kind == role)
        .map_or((Permissions::empty(), Permissions::empty()), |found| {
            (found.allow, found.deny)
        });
    ((everyone & !deny) | allow).view_channel()
}

async fn from_discord(bot: &Bot, guild: GuildId, channel: ChannelId) -> Option<bool> {
    let get = |path: String| async move { bot.rest.call(Method::GET, &path, None).await.ok() };
    let mut found = get(format!("/channels/{channel}")).await?;
    let kind = found.get("type").and_then(Value::as_u64)?;
    if kind == u64::from(u8::from(ChannelType::PrivateThread)) {
        return Some(false);
    }
    if [ChannelType::PublicThread, ChannelType::NewsThread]
        .iter()
        .any(|thread| kind == u64::from(u8::from(*thread)))
    {
        let parent = found.get("parent_id")?.as_str()?.to_owned();
        found = get(format!("/channels/{parent}")).await?;
    }
    let channel: GuildChannel = serde_json::from_value(found).ok()?;
    let roles = get(format!("/guilds/{guild}/roles")).await?;
    let everyone: Permissions = roles
        .as_array()?
        .iter()
        .find(|role| role.get("id").and_then(Value::as_str) == Some(&guild.to_string()))
        .and_then(|role| serde_json::from_value(role.get("permissions")?.clone()).ok())?;
    Some(sees(
        everyone,
        serenity::all::GuildId::new(guild.get()),
        &channel.permission_overwrites,
    ))
}

/// What the bot itself lacks to post in a channel, in Discord's own words; empty if nothing, or if
/// the channel is unknown.
#[must_use]
pub fn missing_to_post(bot: &Bot, guild: GuildId, channel: ChannelId) -> Vec<&'static str> {
    let Some(has) = own_permissions(bot, guild, channel) else {
        return Vec::new();
    };
    [
        (Permissions::VIEW_CHANNEL, "View Channel"),
        (Permissions::SEND_MESSAGES, "Send Messages"),
        (Permissions::EMBED_LINKS, "Embed Links"),
        (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
    ]
    .into_iter()
    .filter(|(needed, _)| !has.contains(*needed))
    .map(|(_, name)| name)
    .collect()
}

/// Whether a channel is one of the guild's: by the cache, else by Discord's word. What cannot be found
/// out counts as no.
pub async fn is_in(bot: &Bot, guild: GuildId, channel: ChannelId) -> bool {
    let id = serenity::all::ChannelId::new(channel.get());
    let known = bot
        .cache
        .guild(serenity::all::GuildId::new(guild.get()))
        .is_some_and(|guild| guild.channels.contains_key(&id));
    if known {
        return true;
    }
    let path = format!("/channels/{channel}");
    let found = bot.rest.call(Method::GET, &path, None).await;
    found.is_ok_and(|found| {
        found.get("guild_id").and_then(Value::as_str) == Some(guild.to_string().as_str())
    })
}

/// Whether the bot may post a text in a channel of which the gateway has told.
#[must_use]
pub fn may_speak(bot: &Bot, guild: GuildId, channel: ChannelId) -> bool {
    own_permissions(bot, guild, channel)
        .is_some_and(|has| has.contains(Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES))
}

/// What the bot may do in a channel; `None` if the gateway has not told of it.
fn own_permissions(bot: &Bot, guild: GuildId, channel: ChannelId) -> Option<Permissions> {
    let me = serenity::all::UserId::new(bot.me()?.get());
    let guild = bot.cache.guild(serenity::all::GuildId::new(guild.get()))?;
    let channel = guild
        .channels
        .get(&serenity::all::ChannelId::new(channel.get()))?;
    Some(guild.user_permissions_in(channel, guild.members.get(&me)?))
}

/// Whether somebody has Manage Server (or Administrator) in a guild, for calls from elsewhere: Discord
/// says it only of calls from within. What cannot be found out counts as no.
pub async fn is_admin(bot: &Bot, guild: GuildId, user: UserId) -> bool {
    let path = format!("/guilds/{guild}/members/{user}");
    let Ok(member) = bot.rest.call(Method::GET, &path, None).await else {
        return false;
    };
    let mut roles: Vec<RoleId> = member
        .get("roles")
        .and_then(|roles| serde_json::from_value(roles.clone()).ok())
        .unwrap_or_default();
    roles.push(RoleId::new(guild.get()));
    let Some(guild) = bot.cache.guild(serenity::all::GuildId::new(guild.get())) else {
        return false;
    };
    guild.owner_id.get() == user.get()
        || roles
            .iter()
            .filter_map(|role| guild.roles.get(role))
            .any(|role| role.permissions.manage_guild() || role.permissions.administrator())
}
