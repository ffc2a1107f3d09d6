//! The use-cases of people, teams and settings. They know neither serenity nor poise; each writes in
//! one transaction, together with the messages that tell of it, and checks who asks.

mod own;
mod setup;
mod stay;

pub use own::{Own, guilds_of, own, set_zone};
pub use setup::{Change, Place, set_up, settings};
pub use stay::{Arrival, arrived, departed, renamed};

use crate::config::Emoji;
use crate::error::Failure;

/// Why a use-case of people did not succeed.
#[derive(Debug)]
pub enum Error {
    /// Only an admin may do this.
    NotAdmin,
    /// The bot lacks these permissions in the channel, in Discord's words.
    CannotPost(Vec<&'static str>),
    /// The emoji is one with which the bot itself marks messages.
    ReactionTaken(Emoji),
    /// Nobody of this account is known in the guild.
    Stranger,
    /// The database.
    Fault(sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(fault: sqlx::Error) -> Self {
        Self::Fault(fault)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Fault(fault) => Self::from(fault),
            refused => Self::Refused(super::view::refusal(&refused)),
        }
    }
}
