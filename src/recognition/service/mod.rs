//! Recognition's use-cases. They know neither serenity nor poise; each writes in one transaction,
//! together with the messages that tell of it.

mod announce;
mod board;
mod chat;
mod coverage;
mod digest;
mod drought;
mod erase;
mod give;
mod history;
mod measure;
mod preference;
mod reaction;
mod reader;
mod search;
mod settle;
mod since;
mod values;
mod withdraw;

pub use board::{Board, BoardWish, By, Standings, board, turn_board};
pub use chat::{ChatKudos, ChatMessage, chat, message_deleted};
pub use coverage::{Coverage, Covered, Watched, coverage, turn_coverage};
pub use digest::{Digest, next_digest, post_digests};
pub use drought::{LastReceived, last_received};
pub(super) use erase::erase;
pub use give::{Announced, Give, Given, Receipt, give};
pub use history::{Direction, History, Page, history, turn_history};
pub use measure::MEASURES;
pub use preference::{NOTE_LENGTH, Wish, preference};
pub use reaction::{Reacted, Reaction, react, reactions_cleared, unreact};
pub use reader::suggest_periods;
pub use search::{Found, search, turn_search};
pub use settle::TOPICS;
pub use since::{ReceivedLine, received_between};
pub use values::{
    About, Admin, DESCRIPTION_LENGTH, NAME_LENGTH, Perspective, add_value, edit_value, list_values,
    retire_value, value_to_retire,
};
pub use withdraw::{Taken, undo, undo_latest};

use crate::app::App;
use crate::error::Failure;
use crate::ids::{GuildId, TeamId};
use crate::people::{self, Guild, NoTeam, NotOverseen, Team};
use crate::recognition::rules::Refusal;
use crate::time::{Period, PeriodError};

/// Why a use-case of recognition did not succeed.
#[derive(Debug)]
pub enum Error {
    /// A rule of kudos says no.
    Refused(Refusal),
    /// The value is not one of the guild's; the ones that are.
    NoSuchValue {
        /// As typed.
        typed: String,
        /// The names of the guild's values.
        known: Vec<String>,
    },
    /// What was typed is a part of several values' names.
    UnclearValue {
        /// As typed.
        typed: String,
        /// The names of those values.
        matching: Vec<String>,
    },
    /// No team is meant by what was typed.
    NoTeam(NoTeam),
    /// There is nobody to thank in the team but the giver.
    NobodyInTeam {
        /// The team's name.
        team: String,
    },
    /// The team has been deleted, or belongs to another guild.
    TeamGone,
    /// Nobody is in the team.
    EmptyTeam {
        /// The team's name.
        team: String,
    },
    /// Only a manager of the team, or of any team, may do this.
    NotManager(Option<String>),
    /// An admin has switched the boards off.
    BoardsOff,
    /// The period lies ahead.
    NotBegun(Period),
    /// Only an admin may do this.
    NotAdmin,
    /// A value of this name is there already.
    ValueExists {
        /// The name.
        name: String,
    },
    /// The value has been retired, or belongs to another guild.
    ValueGone,
    /// The change changes nothing.
    NothingToChange,
    /// The kudos is not there, or belongs to another guild.
    NoSuchKudos,
    /// Somebody else gave it.
    NotYours,
    /// It was given on an earlier day.
    TooLate,
    /// It was taken back already.
    TakenBack,
    /// The giver has given nothing today.
    NothingToday,
    /// What was typed holds no word.
    NoWords,
    /// The search is no longer kept.
    SearchGone,
    /// Somebody else searched for this.
    NotYourSearch,
    /// What was typed is no period.
    Period(PeriodError),
    /// The database.
    Fault(sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(fault: sqlx::Error) -> Self {
        Self::Fault(fault)
    }
}

impl From<NotOverseen> for Error {
    fn from(why: NotOverseen) -> Self {
        match why {
            NotOverseen::NotManager(team) => Self::NotManager(team),
            NotOverseen::NoTeam(why) => Self::NoTeam(why),
            NotOverseen::Gone => Self::TeamGone,
            NotOverseen::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<PeriodError> for Error {
    fn from(error: PeriodError) -> Self {
        Self::Period(error)
    }
}

impl From<NoTeam> for Error {
    fn from(why: NoTeam) -> Self {
        Self::NoTeam(why)
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

/// What the guild has set; a new one gets the operator's defaults.
async fn settings(app: &App, guild: GuildId) -> Result<Guild, sqlx::Error> {
    if let Some(known) = people::find_guild(app.db.read(), guild).await? {
        return Ok(known);
    }
    let mut tx = app.db.write().await?;
    let new = people::ensure_guild(&mut tx, guild, &app.config.server, app.now()).await?;
    tx.commit().await?;
    Ok(new)
}

/// The team that a button names.
async fn team_by_id(app: &App, guild: GuildId, id: TeamId) -> Result<Team, Error> {
    let teams = people::list_teams(app.db.read(), guild).await?;
    let found = teams.into_iter().find(|team| team.id == id);
    found.ok_or(Error::TeamGone)
}
