//! Where a person is and who else: servers, channels with what is unread, people, roles.

use serde_json::{Map, Value, json};

use super::Shared;
use crate::permissions::{
    ADD_REACTIONS, ATTACH_FILES, MANAGE_MESSAGES, SEND_MESSAGES, USE_APPLICATION_COMMANDS,
};
use crate::platform::Core;
use crate::state::{Channel, Guild, Snowflake};

/// Everything around the messages that one person sees, except the time.
pub(super) fn of(shared: &Shared, person: Snowflake) -> Value {
    let reads = shared.reads();
    let switches = shared.switches();
    shared.platform.look(|core| {
        let bot = shared.platform.application;
        let world = &core.world;
        let guilds = world
            .guilds
            .values()
            .filter(|g| g.members.contains_key(&person));
        let guilds: Vec<&Guild> = guilds.collect();
        let unread = |channel: &Channel| {
            let unread = reads.unread(core, person, channel);
            (unread.messages, unread.pings)
        };
        let direct = world.find_direct_channel(bot, person);
        let direct = direct.and_then(|id| world.channels.get(&id));
        let online = core.hub.sessions().any(|s| s.ready && s.is_live());
        json!({
            "me": person,
            "bot": { "id": bot, "name": world.display_name(None, bot), "online": online },
            "people": people(core, &reads, person),
            "users": users(core, &guilds, person),
            "guilds": guilds.iter().map(|guild| json!({
                "id": guild.id,
                "name": guild.name,
                "members": guild.members.keys().collect::<Vec<_>>(),
                "roles": guild.roles.values().filter(|role| role.id != guild.id)
                    .map(|role| json!({ "id": role.id, "name": role.name })).collect::<Vec<_>>(),
                "emojis": guild.emojis.iter()
                    .map(|(id, name)| json!({ "id": id, "name": name })).collect::<Vec<_>>(),
                "channels": seen_channels(core, guild, person).into_iter()
                    .map(|channel| place(core, channel, person, unread(channel)))
                    .collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "directs": direct.iter()
                .map(|channel| place(core, channel, person, unread(channel))).collect::<Vec<_>>(),
            "commands": super::commands::mark(core, bot),
            "ahead_s": shared.ahead_s(),
            "refuses_dms": world.users.get(&person).is_some_and(|user| user.refuses_dms),
            "faults": switches.shown(),
        })
    })
}

/// Every human who is in some server: whoever the page's user can be.
fn people(core: &Core, reads: &super::reads::Reads, me: Snowflake) -> Vec<Value> {
    let world = &core.world;
    let in_guild = |id: &Snowflake| world.guilds.values().find(|g| g.members.contains_key(id));
    let humans = world.users.values().filter(|user| !user.bot);
    let placed = humans.filter_map(|user| Some((user, in_guild(&user.id)?)));
    let described = placed.map(|(user, guild)| {
        let pings: usize = if user.id == me {
            0
        } else {
            let channels = world.channels.values();
            let seen = channels.filter(|channel| world.can_view(user.id, channel.id));
            seen.map(|channel| reads.unread(core, user.id, channel).pings)
                .sum()
        };
        json!({
            "id": user.id,
            "name": world.display_name(Some(guild.id), user.id),
            "pings": pings,
        })
    });
    described.collect()
}

/// The names by which the person knows users: members of shared servers, by id.
fn users(core: &Core, guilds: &[&Guild], person: Snowflake) -> Map<String, Value> {
    let mut known = Map::new();
    for guild in guilds {
        for id in guild.members.keys() {
            let Some(user) = core.world.users.get(id) else {
                continue;
            };
            let name = core.world.display_name(Some(guild.id), *id);
            known.insert(id.to_string(), json!({ "name": name, "bot": user.bot }));
        }
    }
    let own = json!({ "name": core.world.display_name(None, person), "bot": false });
    known.entry(person.to_string()).or_insert(own);
    known
}

fn seen_channels<'a>(core: &'a Core, guild: &Guild, person: Snowflake) -> Vec<&'a Channel> {
    let (channels, threads) = core.world.channels_of(guild.id);
    let mut listed = Vec::new();
    for channel in channels {
        let below = threads
            .iter()
            .copied()
            .filter(|thread| thread.parent == Some(channel.id));
        let with_threads = std::iter::once(channel).chain(below);
        listed.extend(with_threads.filter(|place| core.world.can_view(person, place.id)));
    }
    listed
}

fn place(core: &Core, channel: &Channel, person: Snowflake, unread: (usize, usize)) -> Value {
    let world = &core.world;
    let may = |bits| world.may(person, channel.id, bits);
    let others = channel.people.iter().copied().filter(|id| *id != person);
    let name = if channel.is_direct() {
        let names: Vec<String> = others.map(|id| world.display_name(None, id)).collect();
        names.join(", ")
    } else {
        channel.name.clone()
    };
    let bot = world.applications.keys().next().copied();
    json!({
        "id": channel.id,
        "guild": channel.guild,
        "kind": channel.kind.code(),
        "name": name,
        "parent": channel.parent,
        "private": channel.guild.is_some_and(|guild| hidden_from_everyone(core, guild, channel)),
        "unread": unread.0,
        "pings": unread.1,
        "writes": may(SEND_MESSAGES),
        "attaches": may(ATTACH_FILES),
        "reacts": may(ADD_REACTIONS),
        "manages": channel.guild.is_some() && may(MANAGE_MESSAGES),
        "commands": may(USE_APPLICATION_COMMANDS),
        "bot_writes": bot.is_some_and(|bot| world.may(bot, channel.id, SEND_MESSAGES)),
    })
}

/// Whether the channel keeps those out who hold no role of their own.
fn hidden_from_everyone(core: &Core, guild: Snowflake, channel: &Channel) -> bool {
    let place = channel.parent.and_then(|id| core.world.channels.get(&id));
    let denies = |of: &Channel| {
        let overwrites = &of.overwrites;
        overwrites.iter().any(|overwrite| {
            overwrite.id == guild.get() && overwrite.deny & crate::permissions::VIEW_CHANNEL != 0
        })
    };
    channel.kind == crate::state::ChannelKind::PrivateThread || denies(place.unwrap_or(channel))
}
