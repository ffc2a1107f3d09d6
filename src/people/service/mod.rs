//! The use-cases of people, teams and settings. They know neither serenity nor poise; each writes in
//! one transaction, together with the messages that tell of it, and checks who asks.

mod mates;
mod oversee;
mod own;
mod privacy;
mod setup;
mod standing;
mod stay;
mod teams;
mod trail;

pub use super::store::audit::Entry;
pub use super::store::teams::write::{Mate, TeamLine};
pub use mates::{
    Changed, add_manager, add_members, keep_whereabouts, list_mates, may_change_team,
    remove_departed, remove_manager, remove_member,
};
pub use oversee::{NotOverseen, Overseer, team_meant, team_overseen};
pub use own::{Own, Wishes, guilds_of, own, set_own};
pub use privacy::{Erasing, Outlook, erase, export, forget_departed, guilds_keeping, outlook};
pub use setup::{Change, Place, set_up, settings};
pub use standing::{Standing, standing};
pub use stay::{Arrival, arrived, departed, renamed};
pub use teams::{
    Asker, Page, TEAM_NAME_LENGTH, create_team, delete_team, list_teams, rename_team, team,
    team_by_id, team_to_delete,
};
pub use trail::{From as TrailFrom, Trail, trail, who_changed};

use super::NoTeam;
use crate::config::Emoji;
use crate::error::Failure;
use crate::time::MomentError;

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
    /// What somebody typed means no team.
    NoTeam(NoTeam),
    /// The team has been deleted.
    TeamGone,
    /// Not a name that a team may have.
    TeamName,
    /// The guild has a team of that name.
    TeamExists {
        /// As it stands there.
        name: String,
    },
    /// The team is called that already.
    SameName {
        /// As it stands there.
        name: String,
    },
    /// Only the team's managers and admins may change who is in it.
    NotYourTeam {
        /// The team's name.
        name: String,
    },
    /// A bot cannot be in a team.
    IsBot {
        /// The bot's name.
        name: String,
    },
    /// Somebody who is not in the guild.
    NotHere {
        /// Their name.
        name: String,
    },
    /// Somebody of whom the guild's audit trail cannot tell.
    NoChangesBy {
        /// Their name.
        name: String,
    },
    /// What somebody typed means no days away.
    NotAway(MomentError),
    /// Somebody who can erase their own data is a member still.
    StillHere,
    /// The database.
    Fault(sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(fault: sqlx::Error) -> Self {
        Self::Fault(fault)
    }
}

impl From<NoTeam> for Error {
    fn from(reason: NoTeam) -> Self {
        Self::NoTeam(reason)
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
