//! Answers to "request guild members".
//! <https://docs.discord.com/developers/events/gateway-events#request-guild-members>

use serde_json::{Value, json};

use super::intents;
use crate::platform::Core;
use crate::state::{Member, Snowflake};
use crate::wire;

/// Sends the members that match, in one chunk. The whole list needs the members intent; single
/// people and a search by name do not.
pub(crate) fn send_chunk(core: &mut Core, session: &str, request: &Value) {
    let Some(open) = core.hub.sessions().find(|open| open.id == session) else {
        return;
    };
    let all_allowed = open.intents & intents::GUILD_MEMBERS != 0;
    let guild = request.get("guild_id").and_then(Snowflake::from_json);
    let Some(guild) = guild.and_then(|id| core.world.guilds.get(&id)) else {
        return;
    };
    let query = request.get("query").and_then(Value::as_str);
    let limit = request.get("limit").and_then(Value::as_u64).unwrap_or(0);
    let ids: Option<Vec<Snowflake>> = request.get("user_ids").map(|ids| match ids {
        Value::Array(list) => list.iter().filter_map(Snowflake::from_json).collect(),
        single => Snowflake::from_json(single).into_iter().collect(),
    });
    let everybody = ids.is_none() && query.is_none_or(str::is_empty) && limit == 0;
    if everybody && !all_allowed {
        return;
    }
    let wanted = |member: &&Member| match (&ids, query) {
        (Some(ids), _) => ids.contains(&member.user),
        (None, Some(prefix)) => {
            let name = core
                .world
                .display_name(Some(guild.id), member.user)
                .to_lowercase();
            name.starts_with(&prefix.to_lowercase())
        }
        (None, None) => true,
    };
    let most = if limit == 0 {
        usize::MAX
    } else {
        usize::try_from(limit).unwrap_or(100)
    };
    let found: Vec<&Member> = guild.members.values().filter(wanted).take(most).collect();
    let missing: Vec<Snowflake> = ids
        .iter()
        .flatten()
        .copied()
        .filter(|id| !guild.members.contains_key(id))
        .collect();
    let members: Vec<Value> = found
        .iter()
        .map(|member| wire::member_with_user(&core.world, member))
        .collect();
    let chunk = json!({
        "guild_id": guild.id,
        "members": members,
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": missing,
        "nonce": request.get("nonce"),
    });
    if let Some(open) = core.hub.get_mut(session) {
        open.push("GUILD_MEMBERS_CHUNK", &chunk);
    }
}
