//! Users, members and applications.

use serde_json::{Value, json};

use crate::clock::iso8601;
use crate::state::{Application, Member, User, World};

/// <https://docs.discord.com/developers/resources/user#user-object>
pub(crate) fn user(user: &User) -> Value {
    let mut body = json!({
        "id": user.id,
        "username": if user.bot { user.name.clone() } else { handle(&user.name) },
        "discriminator": if user.bot { "0001" } else { "0" },
        "global_name": if user.bot { Value::Null } else { json!(user.name) },
        "avatar": null,
        "banner": null,
        "accent_color": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "primary_guild": null,
        "public_flags": 0,
        "flags": 0,
    });
    if user.bot
        && let Some(fields) = body.as_object_mut()
    {
        fields.insert("bot".to_owned(), json!(true));
    }
    body
}

/// User names are lower-case and without spaces; the display name is as typed.
fn handle(name: &str) -> String {
    let kept = name.to_lowercase();
    kept.chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '.' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

/// A member without its user, as messages carry it.
/// <https://docs.discord.com/developers/resources/guild#guild-member-object>
pub(crate) fn member(member: &Member) -> Value {
    json!({
        "nick": member.nick,
        "avatar": null,
        "banner": null,
        "roles": member.roles,
        "joined_at": iso8601(member.joined_ms),
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "flags": 0,
        "pending": false,
        "communication_disabled_until": null,
        "unusual_dm_activity_until": null,
        "avatar_decoration_data": null,
    })
}

/// A member with its user.
pub(crate) fn member_with_user(world: &World, of: &Member) -> Value {
    let mut body = member(of);
    if let (Some(fields), Some(found)) = (body.as_object_mut(), world.users.get(&of.user)) {
        fields.insert("user".to_owned(), user(found));
    }
    body
}

/// <https://docs.discord.com/developers/resources/application#application-object>
pub(crate) fn application(world: &World, of: &Application) -> Value {
    let owner = world.users.get(&of.owner).map(user);
    let bot = world.users.get(&of.id).map(user);
    let guilds = world
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&of.id))
        .count();
    json!({
        "id": of.id,
        "name": of.name,
        "icon": null,
        "description": "",
        "summary": "",
        "type": null,
        "bot": bot,
        "bot_public": true,
        "bot_require_code_grant": false,
        "integration_types_config": { "0": {} },
        "verify_key": "0".repeat(64),
        "flags": of.flags(),
        "flags_new": of.flags().to_string(),
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": ["applications.commands", "bot"],
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "owner": owner,
        "team": null,
        "hook": true,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "approximate_guild_count": guilds,
        "rpc_origins": [],
    })
}
