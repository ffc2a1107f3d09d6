//! Handles on channels and roles.

use std::sync::Arc;

use super::Person;
use crate::permissions::{Overwrite, OverwriteKind, VIEW_CHANNEL};
use crate::platform::Platform;
use crate::state::Snowflake;

/// A channel or thread.
#[derive(Clone, Debug)]
pub struct Channel {
    platform: Arc<Platform>,
    id: Snowflake,
    name: String,
}

impl Channel {
    pub(crate) fn new(platform: Arc<Platform>, id: Snowflake, name: &str) -> Self {
        Self {
            platform,
            id,
            name: name.to_owned(),
        }
    }

    /// The channel's id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// Its name when the handle was made.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `<#1>`
    #[must_use]
    pub fn mention(&self) -> String {
        format!("<#{}>", self.id)
    }

    /// Takes permissions away from the bot here.
    pub fn denies_bot(&self, bits: u64) {
        self.overwrite(self.platform.application, OverwriteKind::Member, 0, bits);
    }

    /// Gives the bot permissions here.
    pub fn allows_bot(&self, bits: u64) {
        self.overwrite(self.platform.application, OverwriteKind::Member, bits, 0);
    }

    /// Takes permissions away from a person here.
    pub fn denies(&self, person: &Person, bits: u64) {
        self.overwrite(person.id(), OverwriteKind::Member, 0, bits);
    }

    /// Gives a person permissions here.
    pub fn allows(&self, person: &Person, bits: u64) {
        self.overwrite(person.id(), OverwriteKind::Member, bits, 0);
    }

    /// Is seen by everybody from now on.
    pub fn is_open_to_all(&self) {
        self.overwrite(self.guild(), OverwriteKind::Role, VIEW_CHANNEL, 0);
    }

    /// Is seen from now on only by those who are allowed to.
    pub fn is_closed_to_all(&self) {
        self.overwrite(self.guild(), OverwriteKind::Role, 0, VIEW_CHANNEL);
    }

    /// The guild, whose id is that of the role of everybody in it.
    fn guild(&self) -> Snowflake {
        let guild = self.platform.look(|core| {
            let channel = core.world.channels.get(&self.id);
            channel.and_then(|channel| channel.guild)
        });
        guild.unwrap_or(self.id)
    }

    fn overwrite(&self, id: Snowflake, kind: OverwriteKind, allow: u64, deny: u64) {
        self.platform.change(|core| {
            core.change_channel(self.id, |channel| {
                let same = |o: &&mut Overwrite| o.id == id.get() && o.kind == kind;
                match channel.overwrites.iter_mut().find(same) {
                    Some(there) => {
                        there.allow = there.allow & !deny | allow;
                        there.deny = there.deny & !allow | deny;
                    }
                    None => {
                        channel.overwrites.push(Overwrite {
                            id: id.get(),
                            kind,
                            allow,
                            deny,
                        });
                    }
                }
            });
        });
    }

    /// Is deleted, with all that was said in it.
    pub fn is_deleted(&self) {
        self.platform.change(|core| core.delete_channel(self.id));
    }

    /// Gets another name.
    pub fn is_renamed(&self, name: &str) {
        let name = name.to_owned();
        self.platform
            .change(|core| core.change_channel(self.id, |channel| channel.name = name));
    }
}

impl From<&Channel> for Snowflake {
    fn from(channel: &Channel) -> Self {
        channel.id
    }
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    platform: Arc<Platform>,
    guild: Snowflake,
    id: Snowflake,
}

impl Role {
    pub(crate) fn new(platform: Arc<Platform>, guild: Snowflake, id: Snowflake) -> Self {
        Self {
            platform,
            guild,
            id,
        }
    }

    /// The role's id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// `<@&1>`
    #[must_use]
    pub fn mention(&self) -> String {
        format!("<@&{}>", self.id)
    }

    /// Gives it to a member.
    pub fn given_to(&self, person: &Person) {
        self.platform.change(|core| {
            core.change_member(self.guild, person.id(), |member| {
                if !member.roles.contains(&self.id) {
                    member.roles.push(self.id);
                }
            });
        });
    }

    /// Takes it from a member.
    pub fn taken_from(&self, person: &Person) {
        self.platform.change(|core| {
            core.change_member(self.guild, person.id(), |member| {
                member.roles.retain(|role| *role != self.id);
            });
        });
    }

    /// Grants exactly these permissions from now on. The bot's own role is called as the bot is.
    pub fn grants(&self, bits: u64) {
        let change = |role: &mut crate::state::Role| role.permissions = bits;
        self.platform
            .change(|core| core.change_role(self.guild, self.id, change));
    }

    /// Lets anybody mention it, or not.
    pub fn is_mentionable(&self, mentionable: bool) {
        let change = |role: &mut crate::state::Role| role.mentionable = mentionable;
        self.platform
            .change(|core| core.change_role(self.guild, self.id, change));
    }

    /// Is deleted.
    pub fn is_deleted(&self) {
        self.platform
            .change(|core| core.delete_role(self.guild, self.id));
    }
}

impl From<&Role> for Snowflake {
    fn from(role: &Role) -> Self {
        role.id
    }
}
