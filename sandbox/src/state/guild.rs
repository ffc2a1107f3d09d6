//! Guilds and what stands in them: roles, members, channels, threads; and direct channels.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::Snowflake;
use crate::permissions::Overwrite;

/// A person or a bot, wherever they are a member.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) bot: bool,
    pub(crate) locale: String,
    /// Whether this person refuses direct messages from bots.
    pub(crate) refuses_dms: bool,
}

/// A server.
#[derive(Clone, Debug)]
pub(crate) struct Guild {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) owner: Snowflake,
    pub(crate) locale: String,
    pub(crate) system_channel: Option<Snowflake>,
    /// By id; the role whose id is the guild's is @everyone.
    pub(crate) roles: BTreeMap<Snowflake, Role>,
    pub(crate) members: BTreeMap<Snowflake, Member>,
    /// Custom emoji by id.
    pub(crate) emojis: BTreeMap<Snowflake, String>,
}

/// A role with its guild-wide permissions.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) position: u16,
    pub(crate) mentionable: bool,
    /// The bot that this role was made for, when it is an integration's role.
    pub(crate) bot: Option<Snowflake>,
}

/// A user's membership in a guild.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) user: Snowflake,
    pub(crate) nick: Option<String>,
    pub(crate) roles: Vec<Snowflake>,
    pub(crate) joined_ms: i64,
}

/// What kind of place a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChannelKind {
    Text,
    Direct,
    PublicThread,
    PrivateThread,
}

impl ChannelKind {
    /// Discord's number for it.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Direct => 1,
            Self::PublicThread => 11,
            Self::PrivateThread => 12,
        }
    }
}

/// Anywhere that messages stand.
#[derive(Clone, Debug)]
pub(crate) struct Channel {
    pub(crate) id: Snowflake,
    pub(crate) kind: ChannelKind,
    /// `None` for direct channels.
    pub(crate) guild: Option<Snowflake>,
    pub(crate) name: String,
    pub(crate) position: u16,
    pub(crate) overwrites: Vec<Overwrite>,
    /// The channel that a thread hangs on.
    pub(crate) parent: Option<Snowflake>,
    /// Who opened a thread.
    pub(crate) owner: Option<Snowflake>,
    /// Both ends of a direct channel; the members of a thread.
    pub(crate) people: BTreeSet<Snowflake>,
    /// Oldest first, ephemeral and deleted ones included.
    pub(crate) messages: Vec<Snowflake>,
}

impl Channel {
    pub(crate) fn is_thread(&self) -> bool {
        matches!(
            self.kind,
            ChannelKind::PublicThread | ChannelKind::PrivateThread
        )
    }

    pub(crate) fn is_direct(&self) -> bool {
        self.kind == ChannelKind::Direct
    }
}
