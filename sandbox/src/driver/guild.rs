//! Handles on guilds, channels and roles: how a test sets the scene and changes it.

use std::sync::Arc;

use super::transcript::refuse;
use super::{Channel, Person, Role};
use crate::permissions::{self, Overwrite, OverwriteKind};
use crate::platform::Platform;
use crate::state::{ChannelKind, Snowflake};

/// What the bot's invitation asks for unless a test says otherwise.
const INVITED: u64 = permissions::VIEW_CHANNEL
    | permissions::SEND_MESSAGES
    | permissions::SEND_MESSAGES_IN_THREADS
    | permissions::EMBED_LINKS
    | permissions::ATTACH_FILES
    | permissions::READ_MESSAGE_HISTORY
    | permissions::ADD_REACTIONS
    | permissions::USE_EXTERNAL_EMOJIS;

/// A server.
#[derive(Clone, Debug)]
pub struct Guild {
    platform: Arc<Platform>,
    id: Snowflake,
}

impl Guild {
    pub(crate) fn new(platform: Arc<Platform>, id: Snowflake) -> Self {
        Self { platform, id }
    }

    /// The guild's id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// The member of this name, who joins if there is none yet.
    #[must_use]
    pub fn member(&self, name: &str) -> Person {
        let known = self.platform.look(|core| {
            let guild = core.world.guilds.get(&self.id)?;
            let called = |id: &&Snowflake| core.world.display_name(Some(self.id), **id) == name;
            guild.members.keys().find(called).copied()
        });
        let id = known.unwrap_or_else(|| {
            self.platform.change(|core| {
                let user = core.world.add_user(name, false);
                core.person_joins(self.id, user);
                user
            })
        });
        Person::new(self.platform.clone(), id, self.id)
    }

    /// A member with a role that grants Manage Server.
    #[must_use]
    pub fn admin(&self, name: &str) -> Person {
        let person = self.member(name);
        let role = self.role("Admins", permissions::MANAGE_GUILD);
        role.given_to(&person);
        person
    }

    /// The owner, who may do everything.
    #[must_use]
    pub fn owner(&self) -> Person {
        let owner = self
            .platform
            .look(|core| core.world.guilds.get(&self.id).map(|g| g.owner));
        let Some(owner) = owner else {
            refuse("the guild is gone")
        };
        Person::new(self.platform.clone(), owner, self.id)
    }

    /// Another bot in the guild.
    #[must_use]
    pub fn other_bot(&self, name: &str) -> Person {
        let id = self.platform.change(|core| {
            let user = core.world.add_user(name, true);
            core.person_joins(self.id, user);
            user
        });
        Person::new(self.platform.clone(), id, self.id)
    }

    /// Somebody from another guild joins this one too.
    pub fn adds(&self, person: &Person) -> Person {
        self.platform
            .change(|core| core.person_joins(self.id, person.id()));
        Person::new(self.platform.clone(), person.id(), self.id)
    }

    /// A member is thrown out.
    pub fn removes(&self, person: &Person) {
        self.platform
            .change(|core| core.person_leaves(self.id, person.id()));
    }

    /// The role of this name, made if there is none yet, with these permissions
    /// ([`crate::permissions`]).
    #[must_use]
    pub fn role(&self, name: &str, bits: u64) -> Role {
        let known = self.platform.look(|core| {
            let guild = core.world.guilds.get(&self.id)?;
            guild
                .roles
                .values()
                .find(|role| role.name == name)
                .map(|role| role.id)
        });
        let id = known.unwrap_or_else(|| {
            self.platform
                .change(|core| core.create_role(self.id, name, bits))
        });
        Role::new(self.platform.clone(), self.id, id)
    }

    /// The channel of this name, open to all, made if there is none yet.
    #[must_use]
    pub fn channel(&self, name: &str) -> Channel {
        let known = self.platform.look(|core| {
            let (channels, _) = core.world.channels_of(self.id);
            channels
                .into_iter()
                .find(|channel| channel.name == name)
                .map(|channel| channel.id)
        });
        let id = known.unwrap_or_else(|| self.new_channel(name, ChannelKind::Text, |_| {}));
        Channel::new(self.platform.clone(), id, name)
    }

    /// A channel that only these people, the bot and the administrators see.
    #[must_use]
    pub fn private_channel(&self, name: &str, people: &[&Person]) -> Channel {
        let everyone = Overwrite {
            id: self.id.get(),
            kind: OverwriteKind::Role,
            allow: 0,
            deny: permissions::VIEW_CHANNEL,
        };
        let bot = self.platform.application;
        let invited = people
            .iter()
            .map(|person| person.id())
            .chain([bot])
            .map(|id| Overwrite {
                id: id.get(),
                kind: OverwriteKind::Member,
                allow: permissions::VIEW_CHANNEL,
                deny: 0,
            });
        let overwrites: Vec<Overwrite> = [everyone].into_iter().chain(invited).collect();
        let id = self.new_channel(name, ChannelKind::Text, |channel| {
            channel.overwrites = overwrites;
        });
        Channel::new(self.platform.clone(), id, name)
    }

    /// A thread below a channel, open to all who see the channel.
    #[must_use]
    pub fn thread(&self, parent: &Channel, name: &str) -> Channel {
        let id = self.new_channel(name, ChannelKind::PublicThread, |channel| {
            channel.parent = Some(parent.id());
        });
        Channel::new(self.platform.clone(), id, name)
    }

    /// A thread below a channel for these people and the bot.
    #[must_use]
    pub fn private_thread(&self, parent: &Channel, name: &str, people: &[&Person]) -> Channel {
        let bot = self.platform.application;
        let id = self.new_channel(name, ChannelKind::PrivateThread, |channel| {
            channel.parent = Some(parent.id());
            channel
                .people
                .extend(people.iter().map(|person| person.id()).chain([bot]));
        });
        Channel::new(self.platform.clone(), id, name)
    }

    fn new_channel(
        &self,
        name: &str,
        kind: ChannelKind,
        shape: impl FnOnce(&mut crate::state::Channel),
    ) -> Snowflake {
        self.platform.change(|core| {
            let owner = core.world.guilds.get(&self.id).map(|guild| guild.owner);
            let id = core.world.add_channel(Some(self.id), kind);
            if let Some(channel) = core.world.channels.get_mut(&id) {
                name.clone_into(&mut channel.name);
                channel.owner = owner;
                shape(channel);
            }
            core.tell_of_new_channel(id);
            id
        })
    }

    /// All channels and threads, as a list of names to pick from.
    #[must_use]
    pub fn channels(&self) -> Vec<Channel> {
        let found = self.platform.look(|core| {
            let (channels, threads) = core.world.channels_of(self.id);
            let all = channels.into_iter().chain(threads);
            all.map(|channel| (channel.id, channel.name.clone()))
                .collect::<Vec<_>>()
        });
        let platform = &self.platform;
        found
            .into_iter()
            .map(|(id, name)| Channel::new(platform.clone(), id, &name))
            .collect()
    }

    /// All human members, by age of their membership's user.
    #[must_use]
    pub fn people(&self) -> Vec<Person> {
        let ids: Vec<Snowflake> = self.platform.look(|core| {
            let guild = core.world.guilds.get(&self.id);
            let members = guild
                .into_iter()
                .flat_map(|guild| guild.members.keys().copied());
            let human = |id: &Snowflake| core.world.users.get(id).is_some_and(|user| !user.bot);
            members.filter(human).collect()
        });
        let person = |id| Person::new(self.platform.clone(), id, self.id);
        ids.into_iter().map(person).collect()
    }

    /// Makes a channel the one for system messages.
    pub fn has_system_channel(&self, channel: &Channel) {
        let change = |guild: &mut crate::state::Guild| guild.system_channel = Some(channel.id());
        self.platform
            .change(|core| core.change_guild(self.id, change));
    }

    /// Adds a custom emoji and returns how it is written in text.
    #[must_use]
    pub fn emoji(&self, name: &str) -> String {
        let id = self.platform.change(|core| {
            let id = core.world.mint();
            let emoji = (id, name.to_owned());
            core.change_guild(self.id, |guild| guild.emojis.extend([emoji]));
            id
        });
        format!("<:{name}:{id}>")
    }

    /// The bot is invited with the permissions it needs to talk, and joins.
    pub fn bot_joins(&self) {
        self.bot_joins_with(INVITED);
    }

    /// The bot joins with these permissions.
    pub fn bot_joins_with(&self, bits: u64) {
        let bot = self.platform.application;
        self.platform
            .change(|core| core.bot_joins(self.id, bot, bits));
    }

    /// The bot is removed.
    pub fn bot_leaves(&self) {
        let bot = self.platform.application;
        self.platform.change(|core| core.bot_leaves(self.id, bot));
    }
}
