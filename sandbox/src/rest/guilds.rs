//! Guilds, their members and roles; users and applications.

use serde_json::{Value, json};

use super::incoming::{Incoming, decode};
use super::reply::{Answer, Refusal, Reply};
use crate::platform::Core;
use crate::state::{Guild, Member, Snowflake};
use crate::wire;

fn joined(core: &Core, bot: Snowflake, guild: Snowflake) -> Result<&Guild, Refusal> {
    let found = core
        .world
        .guilds
        .get(&guild)
        .ok_or_else(Refusal::unknown_guild)?;
    if found.members.contains_key(&bot) {
        Ok(found)
    } else {
        Err(Refusal::missing_access())
    }
}

pub(crate) fn get(core: &Core, bot: Snowflake, guild: Snowflake, incoming: &Incoming) -> Answer {
    let found = joined(core, bot, guild)?;
    let mut body = wire::guild(found);
    if incoming.parameter("with_counts") == Some("true")
        && let Some(fields) = body.as_object_mut()
    {
        fields.insert(
            "approximate_member_count".to_owned(),
            json!(found.members.len()),
        );
        fields.insert("approximate_presence_count".to_owned(), json!(0));
    }
    Ok(Reply::ok(body))
}

pub(crate) fn channels(core: &Core, bot: Snowflake, guild: Snowflake) -> Answer {
    joined(core, bot, guild)?;
    let (channels, _threads) = core.world.channels_of(guild);
    Ok(Reply::ok(
        channels
            .into_iter()
            .map(|c| wire::channel(&core.world, c))
            .collect(),
    ))
}

pub(crate) fn active_threads(core: &Core, bot: Snowflake, guild: Snowflake) -> Answer {
    joined(core, bot, guild)?;
    let (_channels, threads) = core.world.channels_of(guild);
    let seen = threads
        .into_iter()
        .filter(|thread| core.world.can_view(bot, thread.id));
    let threads: Vec<Value> = seen
        .map(|thread| wire::channel(&core.world, thread))
        .collect();
    Ok(Reply::ok(
        json!({ "threads": threads, "members": [], "has_more": false }),
    ))
}

pub(crate) fn roles(core: &Core, bot: Snowflake, guild: Snowflake) -> Answer {
    let found = joined(core, bot, guild)?;
    Ok(Reply::ok(found.roles.values().map(wire::role).collect()))
}

/// All members, which needs the members intent.
pub(crate) fn members(
    core: &Core,
    bot: Snowflake,
    guild: Snowflake,
    incoming: &Incoming,
) -> Answer {
    let found = joined(core, bot, guild)?;
    let granted = core
        .world
        .applications
        .get(&bot)
        .is_some_and(|a| a.grants.members);
    if !granted {
        return Err(Refusal::missing_access());
    }
    let limit = incoming
        .parameter("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(1);
    let after = incoming.parameter("after").map(Incoming::id).transpose()?;
    let later = found
        .members
        .values()
        .filter(|m| after.is_none_or(|after| m.user > after));
    let page = later
        .take(limit)
        .map(|member| wire::member_with_user(&core.world, member));
    Ok(Reply::ok(page.collect()))
}

pub(crate) fn search_members(
    core: &Core,
    bot: Snowflake,
    guild: Snowflake,
    incoming: &Incoming,
) -> Answer {
    let found = joined(core, bot, guild)?;
    let query = decode(
        &incoming
            .parameter("query")
            .unwrap_or_default()
            .replace('+', " "),
    );
    let query = query.to_lowercase();
    let limit = incoming
        .parameter("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(1);
    let matches = |member: &&Member| {
        let name = core
            .world
            .display_name(Some(guild), member.user)
            .to_lowercase();
        name.starts_with(&query)
    };
    let page = found.members.values().filter(matches).take(limit);
    Ok(Reply::ok(
        page.map(|member| wire::member_with_user(&core.world, member))
            .collect(),
    ))
}

pub(crate) fn member(core: &Core, bot: Snowflake, guild: Snowflake, user: Snowflake) -> Answer {
    let found = joined(core, bot, guild)?;
    match found.members.get(&user) {
        Some(member) => Ok(Reply::ok(wire::member_with_user(&core.world, member))),
        None if core.world.users.contains_key(&user) => Err(Refusal::unknown_member()),
        None => Err(Refusal::unknown_user()),
    }
}

/// The bot leaves a guild by its own will.
pub(crate) fn leave(core: &mut Core, bot: Snowflake, guild: Snowflake) -> Answer {
    joined(core, bot, guild)?;
    core.bot_leaves(guild, bot);
    Ok(Reply::nothing())
}

pub(crate) fn own_guilds(core: &Core, bot: Snowflake) -> Answer {
    let list = core
        .world
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&bot));
    let body = list.map(|guild| {
        let permissions = core.world.guild_permissions(bot, guild.id).to_string();
        json!({
            "id": guild.id, "name": guild.name, "icon": null, "banner": null,
            "owner": guild.owner == bot, "permissions": permissions, "features": [],
        })
    });
    Ok(Reply::ok(body.collect()))
}

pub(crate) fn own_user(core: &Core, bot: Snowflake) -> Answer {
    let mut body = core
        .world
        .users
        .get(&bot)
        .map(wire::user)
        .unwrap_or_default();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("verified".to_owned(), json!(true));
        fields.insert("mfa_enabled".to_owned(), json!(false));
        fields.insert("email".to_owned(), Value::Null);
        fields.insert("locale".to_owned(), json!("en-US"));
    }
    Ok(Reply::ok(body))
}

pub(crate) fn user(core: &Core, user: Snowflake) -> Answer {
    let found = core
        .world
        .users
        .get(&user)
        .ok_or_else(Refusal::unknown_user)?;
    Ok(Reply::ok(wire::user(found)))
}

pub(crate) fn application(core: &Core, bot: Snowflake) -> Answer {
    let found = core
        .world
        .applications
        .get(&bot)
        .ok_or_else(Refusal::unauthorized)?;
    Ok(Reply::ok(wire::application(&core.world, found)))
}

/// Where the gateway is, and how many shards and session starts there are.
pub(crate) fn gateway(core: &Core) -> Answer {
    Ok(Reply::ok(
        json!({ "url": core.base_url.replacen("http", "ws", 1) }),
    ))
}

pub(crate) fn gateway_bot(core: &Core) -> Answer {
    let reset = core.settings.session_reset_after.as_millis();
    Ok(Reply::ok(json!({
        "url": core.base_url.replacen("http", "ws", 1),
        "shards": core.settings.shards,
        "session_start_limit": {
            "total": 1000,
            "remaining": core.settings.session_starts_left,
            "reset_after": u64::try_from(reset).unwrap_or(u64::MAX),
            "max_concurrency": 1,
        },
    })))
}
