//! Guilds, roles and channels.

use serde_json::{Value, json};

use super::{member_with_user, user};
use crate::clock::iso8601;
use crate::permissions::OverwriteKind;
use crate::state::{Channel, ChannelKind, Guild, Role, Snowflake, World};

/// <https://docs.discord.com/developers/topics/permissions#role-object>
pub(crate) fn role(role: &Role) -> Value {
    let mut body = json!({
        "id": role.id,
        "name": role.name,
        "description": null,
        "permissions": role.permissions.to_string(),
        "position": role.position,
        "color": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "managed": role.bot.is_some(),
        "mentionable": role.mentionable,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    });
    if let (Some(bot), Some(fields)) = (role.bot, body.as_object_mut()) {
        fields.insert("tags".to_owned(), json!({ "bot_id": bot }));
    }
    body
}

/// <https://docs.discord.com/developers/resources/channel#channel-object>
pub(crate) fn channel(world: &World, channel: &Channel) -> Value {
    let last = channel.messages.iter().rev().find(|id| {
        let message = world.standing(**id);
        message.is_some_and(|message| !message.is_ephemeral())
    });
    match channel.kind {
        ChannelKind::Direct => {
            let recipients: Vec<Value> = channel
                .people
                .iter()
                .filter_map(|id| world.users.get(id))
                .filter(|person| !person.bot)
                .map(user)
                .collect();
            json!({
                "id": channel.id,
                "type": 1,
                "last_message_id": last,
                "flags": 0,
                "recipients": recipients,
            })
        }
        ChannelKind::Text => json!({
            "id": channel.id,
            "type": 0,
            "guild_id": channel.guild,
            "name": channel.name,
            "topic": null,
            "position": channel.position,
            "parent_id": null,
            "nsfw": false,
            "rate_limit_per_user": 0,
            "last_message_id": last,
            "last_pin_timestamp": null,
            "flags": 0,
            "permission_overwrites": overwrites(channel),
        }),
        ChannelKind::PublicThread | ChannelKind::PrivateThread => {
            let created = iso8601(channel.id.created_ms());
            let mut metadata = json!({
                "archived": false,
                "archive_timestamp": created,
                "auto_archive_duration": 4320,
                "locked": false,
                "create_timestamp": created,
            });
            if channel.kind == ChannelKind::PrivateThread
                && let Some(fields) = metadata.as_object_mut()
            {
                fields.insert("invitable".to_owned(), json!(true));
            }
            json!({
                "id": channel.id,
                "type": channel.kind.code(),
                "guild_id": channel.guild,
                "name": channel.name,
                "parent_id": channel.parent,
                "owner_id": channel.owner,
                "rate_limit_per_user": 0,
                "last_message_id": last,
                "message_count": channel.messages.len(),
                "member_count": channel.people.len().min(50),
                "total_message_sent": channel.messages.len(),
                "flags": 0,
                "thread_metadata": metadata,
            })
        }
    }
}

fn overwrites(channel: &Channel) -> Vec<Value> {
    let mut list = Vec::new();
    for overwrite in &channel.overwrites {
        let kind = match overwrite.kind {
            OverwriteKind::Role => 0,
            OverwriteKind::Member => 1,
        };
        list.push(json!({
            "id": overwrite.id.to_string(),
            "type": kind,
            "allow": overwrite.allow.to_string(),
            "deny": overwrite.deny.to_string(),
        }));
    }
    list
}

/// A channel as an interaction carries it, with what its user may do there.
pub(crate) fn partial_channel(world: &World, of: &Channel, person: Snowflake) -> Value {
    let mut body = channel(world, of);
    if let (Some(fields), Some(_)) = (body.as_object_mut(), of.guild) {
        fields.remove("permission_overwrites");
        let permissions = world.permissions_in(person, of.id).to_string();
        fields.insert("permissions".to_owned(), json!(permissions));
    }
    body
}

/// <https://docs.discord.com/developers/resources/guild#guild-object>
pub(crate) fn guild(of: &Guild) -> Value {
    let emojis: Vec<Value> = of
        .emojis
        .iter()
        .map(|(id, name)| {
            json!({
                "id": id, "name": name, "roles": [], "require_colons": true,
                "managed": false, "animated": false, "available": true,
            })
        })
        .collect();
    let mut body = json!({
        "id": of.id,
        "name": of.name,
        "icon": null,
        "icon_hash": null,
        "splash": null,
        "discovery_splash": null,
        "owner_id": of.owner,
        "afk_channel_id": null,
        "afk_timeout": 300,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": of.roles.values().map(role).collect::<Vec<_>>(),
        "emojis": emojis,
        "features": [],
    });
    let rest = json!({
        "mfa_level": 0,
        "application_id": null,
        "system_channel_id": of.system_channel,
        "system_channel_flags": 0,
        "rules_channel_id": null,
        "max_presences": null,
        "max_members": 500_000,
        "vanity_url_code": null,
        "description": null,
        "banner": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": of.locale,
        "public_updates_channel_id": null,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "nsfw": false,
        "nsfw_level": 0,
        "stickers": [],
        "premium_progress_bar_enabled": false,
        "safety_alerts_channel_id": null,
        "incidents_data": null,
        "home_header": null,
        "hub_type": null,
        "region": "deprecated",
    });
    join(&mut body, rest);
    body
}

fn join(body: &mut Value, more: Value) {
    if let (Some(fields), Value::Object(more)) = (body.as_object_mut(), more) {
        fields.extend(more);
    }
}

/// A guild as GUILD_CREATE sends it to a bot. Without the members intent the bot alone is listed;
/// threads that the bot cannot see are left out.
pub(crate) fn guild_create(world: &World, of: &Guild, bot: Snowflake, all_members: bool) -> Value {
    let members: Vec<Value> = of
        .members
        .values()
        .filter(|member| all_members || member.user == bot)
        .map(|member| member_with_user(world, member))
        .collect();
    let joined = of.members.get(&bot).map_or(0, |member| member.joined_ms);
    let (channels, threads) = world.channels_of(of.id);
    let channels: Vec<Value> = channels.into_iter().map(|c| channel(world, c)).collect();
    let threads: Vec<Value> = threads
        .into_iter()
        .filter(|thread| world.can_view(bot, thread.id))
        .map(|thread| channel(world, thread))
        .collect();
    let mut body = guild(of);
    let extra = json!({
        "joined_at": iso8601(joined),
        "large": false,
        "unavailable": false,
        "member_count": of.members.len(),
        "voice_states": [],
        "members": members,
        "channels": channels,
        "threads": threads,
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    });
    join(&mut body, extra);
    body
}
