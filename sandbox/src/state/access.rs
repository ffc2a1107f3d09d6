//! Who may see and do what, where: the permission algorithm asked about this world.

use super::{Channel, ChannelKind, Guild, Message, Snowflake, World};
use crate::permissions;

impl World {
    /// A member's guild-wide permissions; none for who is not a member.
    pub(crate) fn guild_permissions(&self, user: Snowflake, guild: Snowflake) -> u64 {
        let Some(guild) = self.guilds.get(&guild) else {
            return 0;
        };
        with_member(guild, user, |member, roles| {
            permissions::in_guild(guild.id.get(), member, roles)
        })
    }

    /// What a user may do in a channel; in a direct channel everything that exists there.
    pub(crate) fn permissions_in(&self, user: Snowflake, channel: Snowflake) -> u64 {
        let Some(channel) = self.channels.get(&channel) else {
            return 0;
        };
        let Some(guild) = channel.guild.and_then(|id| self.guilds.get(&id)) else {
            return if channel.people.contains(&user) {
                DIRECT
            } else {
                0
            };
        };
        let parent = channel.parent.and_then(|id| self.channels.get(&id));
        let bits = with_member(guild, user, |member, roles| match parent {
            Some(parent) => {
                permissions::in_thread(guild.id.get(), member, roles, &parent.overwrites)
            }
            None => permissions::in_channel(guild.id.get(), member, roles, &channel.overwrites),
        });
        let outside = channel.kind == ChannelKind::PrivateThread
            && !channel.people.contains(&user)
            && bits & permissions::MANAGE_THREADS == 0;
        if outside { 0 } else { bits }
    }

    pub(crate) fn may(&self, user: Snowflake, channel: Snowflake, bits: u64) -> bool {
        self.permissions_in(user, channel) & bits == bits
    }

    pub(crate) fn can_view(&self, user: Snowflake, channel: Snowflake) -> bool {
        self.may(user, channel, permissions::VIEW_CHANNEL)
    }

    /// Whether a person sees a message: it stands, they see its channel, and it is not another's
    /// ephemeral one.
    pub(crate) fn sees(&self, user: Snowflake, message: &Message) -> bool {
        let theirs = message.visible_to.is_none_or(|only| only == user);
        !message.deleted && theirs && self.can_view(user, message.channel)
    }

    /// Everybody who can look into a channel, bots included.
    pub(crate) fn viewers(&self, channel: &Channel) -> Vec<Snowflake> {
        match channel.guild.and_then(|id| self.guilds.get(&id)) {
            None => channel.people.iter().copied().collect(),
            Some(guild) => {
                let members = guild.members.keys().copied();
                members
                    .filter(|user| self.can_view(*user, channel.id))
                    .collect()
            }
        }
    }

    /// The guilds in which both users are members.
    pub(crate) fn share_a_guild(&self, one: Snowflake, other: Snowflake) -> bool {
        let mut guilds = self.guilds.values();
        guilds.any(|g| g.members.contains_key(&one) && g.members.contains_key(&other))
    }
}

/// What exists in a direct channel.
const DIRECT: u64 = permissions::ADD_REACTIONS
    | permissions::VIEW_CHANNEL
    | permissions::SEND_MESSAGES
    | permissions::EMBED_LINKS
    | permissions::ATTACH_FILES
    | permissions::READ_MESSAGE_HISTORY
    | permissions::MENTION_EVERYONE
    | permissions::USE_EXTERNAL_EMOJIS
    | permissions::USE_APPLICATION_COMMANDS;

fn with_member(
    guild: &Guild,
    user: Snowflake,
    ask: impl FnOnce(&permissions::Member<'_>, &[permissions::Role]) -> u64,
) -> u64 {
    let Some(member) = guild.members.get(&user) else {
        return 0;
    };
    let held: Vec<u64> = member.roles.iter().map(|role| role.get()).collect();
    let roles: Vec<permissions::Role> = guild
        .roles
        .values()
        .map(|role| permissions::Role {
            id: role.id.get(),
            permissions: role.permissions,
        })
        .collect();
    let asked = permissions::Member {
        id: user.get(),
        is_owner: guild.owner == user,
        roles: &held,
    };
    ask(&asked, &roles)
}
