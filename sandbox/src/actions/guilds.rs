//! Guilds, channels, roles and memberships come, change and go.

use serde_json::{Value, json};

use super::messages::add_guild;
use crate::gateway::{Audience, Event, Payload, intents};
use crate::platform::Core;
use crate::state::{Channel, Role, Snowflake};
use crate::wire;

impl Core {
    /// A bot joins a guild, with a role of its own that carries the permissions of its invitation.
    pub(crate) fn bot_joins(&mut self, guild: Snowflake, bot: Snowflake, bits: u64) {
        let name = self.world.display_name(None, bot);
        let role = self.world.add_role(guild, &name, bits);
        self.world.add_member(guild, bot);
        if let Some(found) = self.world.guilds.get_mut(&guild) {
            if let Some(role) = found.roles.get_mut(&role) {
                role.bot = Some(bot);
            }
            if let Some(member) = found.members.get_mut(&bot) {
                member.roles.push(role);
            }
        }
        self.tell_bot_of_guild(guild, bot);
    }

    /// Sends GUILD_CREATE to a bot's sessions, each with the members that its intents allow.
    fn tell_bot_of_guild(&mut self, guild: Snowflake, bot: Snowflake) {
        let Some(found) = self.world.guilds.get(&guild) else {
            return;
        };
        let all = self.hub.sessions().any(|session| {
            session.application == bot && session.intents & intents::GUILD_MEMBERS != 0
        });
        let data = wire::guild_create(&self.world, found, bot, all);
        self.tell(&Event {
            name: "GUILD_CREATE",
            audience: Audience::Application(bot, Some(guild)),
            intents: intents::GUILDS,
            payload: Payload::Same(data),
        });
    }

    /// A bot is removed from a guild.
    pub(crate) fn bot_leaves(&mut self, guild: Snowflake, bot: Snowflake) {
        if let Some(found) = self.world.guilds.get_mut(&guild) {
            found.members.remove(&bot);
            found.roles.retain(|_, role| role.bot != Some(bot));
        }
        self.tell(&Event {
            name: "GUILD_DELETE",
            audience: Audience::Application(bot, Some(guild)),
            intents: intents::GUILDS,
            payload: Payload::Same(json!({ "id": guild })),
        });
    }

    /// A person joins a guild.
    pub(crate) fn person_joins(&mut self, guild: Snowflake, user: Snowflake) {
        self.world.add_member(guild, user);
        let found = self
            .world
            .guilds
            .get(&guild)
            .and_then(|guild| guild.members.get(&user));
        let Some(member) = found else { return };
        let mut data = wire::member_with_user(&self.world, member);
        add_guild(&mut data, Some(guild));
        self.tell_guild("GUILD_MEMBER_ADD", guild, intents::GUILD_MEMBERS, data);
    }

    /// A person leaves a guild or is thrown out; the user goes on existing.
    pub(crate) fn person_leaves(&mut self, guild: Snowflake, user: Snowflake) {
        let found = self.world.guilds.get_mut(&guild);
        if found
            .and_then(|guild| guild.members.remove(&user))
            .is_none()
        {
            return;
        }
        let person = self.world.users.get(&user).map(wire::user);
        let data = json!({ "guild_id": guild, "user": person });
        self.tell_guild("GUILD_MEMBER_REMOVE", guild, intents::GUILD_MEMBERS, data);
    }

    /// Gives or takes a member's roles, or changes the nickname.
    pub(crate) fn change_member(
        &mut self,
        guild: Snowflake,
        user: Snowflake,
        change: impl FnOnce(&mut crate::state::Member),
    ) {
        let found = self
            .world
            .guilds
            .get_mut(&guild)
            .and_then(|g| g.members.get_mut(&user));
        let Some(member) = found else { return };
        change(member);
        let member = member.clone();
        let mut data = wire::member_with_user(&self.world, &member);
        add_guild(&mut data, Some(guild));
        // A bot is told of its own membership without the members intent.
        if self.world.applications.contains_key(&user) {
            self.tell(&Event {
                name: "GUILD_MEMBER_UPDATE",
                audience: Audience::Application(user, Some(guild)),
                intents: intents::GUILDS,
                payload: Payload::Same(data),
            });
        } else {
            self.tell_guild("GUILD_MEMBER_UPDATE", guild, intents::GUILD_MEMBERS, data);
        }
    }

    /// A new role.
    pub(crate) fn create_role(&mut self, guild: Snowflake, name: &str, bits: u64) -> Snowflake {
        let id = self.world.add_role(guild, name, bits);
        self.tell_role("GUILD_ROLE_CREATE", guild, id);
        id
    }

    /// Changes a role.
    pub(crate) fn change_role(
        &mut self,
        guild: Snowflake,
        role: Snowflake,
        change: impl FnOnce(&mut Role),
    ) {
        let found = self
            .world
            .guilds
            .get_mut(&guild)
            .and_then(|g| g.roles.get_mut(&role));
        let Some(found) = found else { return };
        change(found);
        self.tell_role("GUILD_ROLE_UPDATE", guild, role);
    }

    /// Removes a role from the guild and from who had it.
    pub(crate) fn delete_role(&mut self, guild: Snowflake, role: Snowflake) {
        let Some(found) = self.world.guilds.get_mut(&guild) else {
            return;
        };
        found.roles.remove(&role);
        for member in found.members.values_mut() {
            member.roles.retain(|held| *held != role);
        }
        let data = json!({ "guild_id": guild, "role_id": role });
        self.tell_guild("GUILD_ROLE_DELETE", guild, intents::GUILDS, data);
    }

    fn tell_role(&mut self, name: &'static str, guild: Snowflake, role: Snowflake) {
        let found = self
            .world
            .guilds
            .get(&guild)
            .and_then(|guild| guild.roles.get(&role));
        let Some(role) = found else { return };
        let data = json!({ "guild_id": guild, "role": wire::role(role) });
        self.tell_guild(name, guild, intents::GUILDS, data);
    }

    /// Changes the guild itself.
    pub(crate) fn change_guild(
        &mut self,
        guild: Snowflake,
        change: impl FnOnce(&mut crate::state::Guild),
    ) {
        let Some(found) = self.world.guilds.get_mut(&guild) else {
            return;
        };
        change(found);
        let data = wire::guild(found);
        self.tell_guild("GUILD_UPDATE", guild, intents::GUILDS, data);
    }

    /// Tells of a channel or thread that was just made.
    pub(crate) fn tell_of_new_channel(&mut self, channel: Snowflake) {
        let Some(found) = self.world.channels.get(&channel) else {
            return;
        };
        let name = if found.is_thread() {
            "THREAD_CREATE"
        } else {
            "CHANNEL_CREATE"
        };
        let mut data = wire::channel(&self.world, found);
        if let (true, Some(fields)) = (found.is_thread(), data.as_object_mut()) {
            fields.insert("newly_created".to_owned(), json!(true));
        }
        self.tell_channel(name, channel, data);
    }

    /// Changes a channel: its name, its overwrites.
    pub(crate) fn change_channel(&mut self, channel: Snowflake, change: impl FnOnce(&mut Channel)) {
        let Some(found) = self.world.channels.get_mut(&channel) else {
            return;
        };
        change(found);
        let name = if found.is_thread() {
            "THREAD_UPDATE"
        } else {
            "CHANNEL_UPDATE"
        };
        let found = found.clone();
        let data = wire::channel(&self.world, &found);
        self.tell_channel(name, channel, data);
    }

    /// Removes a channel with its threads and all that was said there.
    pub(crate) fn delete_channel(&mut self, channel: Snowflake) {
        let Some(found) = self.world.channels.get(&channel).cloned() else {
            return;
        };
        let (name, data) = if found.is_thread() {
            let data = json!({
                "id": channel, "guild_id": found.guild,
                "parent_id": found.parent, "type": found.kind.code(),
            });
            ("THREAD_DELETE", data)
        } else {
            ("CHANNEL_DELETE", wire::channel(&self.world, &found))
        };
        self.tell_channel(name, channel, data);
        let gone: Vec<Snowflake> = self
            .world
            .channels
            .values()
            .filter(|other| other.id == channel || other.parent == Some(channel))
            .map(|other| other.id)
            .collect();
        for id in gone {
            let Some(removed) = self.world.channels.remove(&id) else {
                continue;
            };
            for message in removed.messages {
                if let Some(message) = self.world.messages.get_mut(&message) {
                    message.deleted = true;
                }
            }
        }
    }

    fn tell_channel(&mut self, name: &'static str, channel: Snowflake, data: Value) {
        let Some(found) = self.world.channels.get(&channel) else {
            return;
        };
        // Discord tells every bot of the guild about its channels, threads only who can see them.
        let audience = match found.guild {
            Some(guild) if !found.is_thread() => Audience::Guild(guild),
            _ => Audience::Channel(channel),
        };
        self.tell(&Event {
            name,
            audience,
            intents: intents::GUILDS,
            payload: Payload::Same(data),
        });
    }

    fn tell_guild(&mut self, name: &'static str, guild: Snowflake, intents: u64, data: Value) {
        let audience = Audience::Guild(guild);
        self.tell(&Event {
            name,
            audience,
            intents,
            payload: Payload::Same(data),
        });
    }
}
