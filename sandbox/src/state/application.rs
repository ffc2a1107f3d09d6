//! Applications, the commands that they registered, and the interactions sent to them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::ids::Snowflake;

/// Milliseconds in which an interaction must have its first answer.
pub(crate) const FIRST_ANSWER_MS: i64 = 3_000;
/// Milliseconds for which an interaction's token works.
pub(crate) const TOKEN_MS: i64 = 15 * 60 * 1_000;

/// A bot's application.
#[derive(Clone, Debug)]
pub(crate) struct Application {
    /// The bot user has the same id, as it has for every newer application.
    pub(crate) id: Snowflake,
    pub(crate) name: String,
    pub(crate) token: String,
    pub(crate) owner: Snowflake,
    pub(crate) grants: Grants,
    pub(crate) global_commands: Vec<Command>,
    pub(crate) guild_commands: BTreeMap<Snowflake, Vec<Command>>,
}

/// Privileged intents, as switched on in the developer portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grants {
    pub(crate) presences: bool,
    pub(crate) members: bool,
    pub(crate) message_content: bool,
}

impl Application {
    /// The flags that tell of granted intents ("limited" ones: the bot is in few guilds).
    pub(crate) fn flags(&self) -> u64 {
        let mut flags = 0;
        if self.grants.presences {
            flags |= 1 << 13;
        }
        if self.grants.members {
            flags |= 1 << 15;
        }
        if self.grants.message_content {
            flags |= 1 << 19;
        }
        flags
    }

    /// The commands of a scope: global ones, or one guild's.
    pub(crate) fn commands(&self, guild: Option<Snowflake>) -> &[Command] {
        match guild {
            None => &self.global_commands,
            Some(id) => self.guild_commands.get(&id).map_or(&[], Vec::as_slice),
        }
    }

    pub(crate) fn commands_mut(&mut self, guild: Option<Snowflake>) -> &mut Vec<Command> {
        match guild {
            None => &mut self.global_commands,
            Some(id) => self.guild_commands.entry(id).or_default(),
        }
    }

    /// What can be used in a place: the guild's own commands, and the global ones that they do not
    /// replace.
    pub(crate) fn usable(&self, guild: Option<Snowflake>) -> Vec<&Command> {
        let own: Vec<&Command> = match guild {
            Some(_) => self.commands(guild).iter().collect(),
            None => Vec::new(),
        };
        let global = self
            .global_commands
            .iter()
            .filter(|command| {
                !own.iter()
                    .any(|o| o.kind == command.kind && o.name == command.name)
            })
            .collect::<Vec<_>>();
        own.into_iter().chain(global).collect()
    }
}

/// A registered command.
#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) id: Snowflake,
    /// 1 slash, 2 user menu, 3 message menu.
    pub(crate) kind: u8,
    pub(crate) name: String,
    /// The whole command as the API returns it.
    pub(crate) body: Value,
}

/// Discord's numbers of the interaction kinds.
pub(crate) mod kind {
    pub(crate) const COMMAND: u8 = 2;
    pub(crate) const COMPONENT: u8 = 3;
    pub(crate) const AUTOCOMPLETE: u8 = 4;
    pub(crate) const MODAL: u8 = 5;
}

/// Discord's numbers of the answers to an interaction.
pub(crate) mod callback {
    pub(crate) const PONG: u8 = 1;
    pub(crate) const MESSAGE: u8 = 4;
    pub(crate) const DEFERRED_MESSAGE: u8 = 5;
    pub(crate) const DEFERRED_UPDATE: u8 = 6;
    pub(crate) const UPDATE: u8 = 7;
    pub(crate) const CHOICES: u8 = 8;
    pub(crate) const MODAL: u8 = 9;
}

/// One use of a command, component, option or modal, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    pub(crate) id: Snowflake,
    pub(crate) token: String,
    pub(crate) application: Snowflake,
    pub(crate) kind: u8,
    /// 1 slash, 2 user menu, 3 message menu; `None` for components and modals.
    pub(crate) command_kind: Option<u8>,
    /// What the person used: "/kudos give", "Undo".
    pub(crate) name: String,
    pub(crate) guild: Option<Snowflake>,
    pub(crate) channel: Snowflake,
    pub(crate) user: Snowflake,
    pub(crate) created_ms: i64,
    /// When it went out to the bot, by the machine's own clock.
    pub(crate) sent: Instant,
    /// How long the first answer took from then.
    pub(crate) took: Option<Duration>,
    /// The message whose component (or whose component's modal) this is about.
    pub(crate) source: Option<Snowflake>,
    /// The number of the first answer.
    pub(crate) answered: Option<u8>,
    /// What `@original` means.
    pub(crate) original: Option<Snowflake>,
    /// Whether `@original` was changed after a deferral.
    pub(crate) completed: bool,
    pub(crate) follow_ups: Vec<Snowflake>,
    pub(crate) modal: Option<Value>,
    pub(crate) choices: Option<Vec<Value>>,
    /// Whether the person was told that the application did not respond.
    pub(crate) failed: bool,
}
