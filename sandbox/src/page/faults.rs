//! The stand-in's faults as switches: for everybody who looks at the page alike.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{Outcome, Refusal};
use crate::driver::{Channel, GatewayControl};
use crate::permissions::SEND_MESSAGES;
use crate::platform::Platform;
use crate::state::Snowflake;

/// How long a slow request waits: within the time for a first answer, but not by much.
const SLOW: Duration = Duration::from_secs(2);
/// What `Retry-After` says.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// A fault that lasts until it is switched off.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub(super) enum Lasting {
    /// Every request of the bot takes effect late.
    Slow,
    /// Every request of the bot fails with 503.
    Down,
}

/// A fault that happens once.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Once {
    /// The next message of the bot is answered with 429.
    Limit,
    /// All gateway connections break without a word.
    Drop,
    /// Op 7.
    Reconnect,
    /// Op 9: sessions are invalid and cannot be resumed.
    Invalidate,
}

/// The lasting faults that are on.
#[derive(Debug, Default)]
pub(super) struct Switches {
    on: BTreeSet<Lasting>,
}

impl Switches {
    pub(super) fn shown(&self) -> Value {
        json!({
            "slow": self.on.contains(&Lasting::Slow),
            "down": self.on.contains(&Lasting::Down),
        })
    }

    pub(super) fn turn(&mut self, platform: &Platform, fault: Lasting, on: bool) {
        if on {
            self.on.insert(fault);
        } else {
            self.on.remove(&fault);
        }
        let faults = &platform.faults;
        faults.clear();
        for fault in &self.on {
            let every = faults.on("*", "/**").always();
            match fault {
                Lasting::Slow => every.slow_before(SLOW),
                Lasting::Down => every.server_error(503),
            }
        }
        platform.wake();
    }
}

pub(super) fn happen(platform: &std::sync::Arc<Platform>, fault: Once) {
    let gateway = GatewayControl::new(platform.clone());
    match fault {
        Once::Limit => {
            let faults = &platform.faults;
            for (method, path) in [
                ("POST", "/channels/*/messages"),
                ("POST", "/interactions/*/*/callback"),
            ] {
                faults.on(method, path).too_many_requests(RETRY_AFTER);
            }
        }
        Once::Drop => gateway.drops_sockets(),
        Once::Reconnect => gateway.asks_to_reconnect(),
        Once::Invalidate => gateway.invalidates_sessions(false),
    }
}

/// Lets a person refuse direct messages, or take them again.
pub(super) fn refuse_dms(platform: &Platform, person: Snowflake, refuses: bool) {
    platform.change(|core| {
        if let Some(user) = core.world.users.get_mut(&person) {
            user.refuses_dms = refuses;
        }
    });
}

/// Takes the bot's permission to write in a channel, or gives it back.
pub(super) fn silence(
    platform: &std::sync::Arc<Platform>,
    channel: Snowflake,
    silent: bool,
) -> Outcome<()> {
    let in_guild = platform.look(|core| {
        let channel = core.world.channels.get(&channel);
        channel.is_some_and(|channel| channel.guild.is_some())
    });
    if !in_guild {
        return Err(Refusal::new(
            "Permissions are a server's matter: switch to one of its channels.",
        ));
    }
    let channel = Channel::new(platform.clone(), channel, "");
    if silent {
        channel.denies_bot(SEND_MESSAGES);
    } else {
        channel.allows_bot(SEND_MESSAGES);
    }
    Ok(())
}
