//! The cadence's use-cases. They know neither serenity nor poise; each writes in one transaction,
//! together with the messages that tell of it, and checks who asks.

mod agenda;
mod ask;
mod between;
mod calendar;
mod change;
mod dates;
mod digest;
mod erase;
mod handover;
mod health;
mod history;
mod list;
mod log;
mod measure;
mod moments;
pub mod nudge;
mod pair;
mod peer;
mod plan;
mod promises;
pub mod question;
pub mod release;
mod reply;
mod schedule;
mod step;
mod tell;
mod told;
mod topics;

pub use agenda::{
    Agenda, Done, ITEM_LENGTH, add_item, agenda, agenda_of, discuss_items, reopen_items,
    take_off_item,
};
pub use ask::{Offered, ask_again, ask_question, own_question, question_to_agenda};
pub use between::{With, suggest_series};
pub use calendar::calendar;
pub use change::{Meant, end, pause, resume, resume_by_id, resume_due, set_nudged, to_end};
pub use dates::{
    DateRef, Moved, Skipped, date_of, keep_date, move_date, move_next, skip_date, skip_next,
    suggest_date, take_date, unskip,
};
pub use digest::{Digest, OfPerson, next_digest, send_digests, switch_digest};
pub(in crate::cadence) use erase::erase;
pub use handover::manager_changed;
pub use health::{Asked as AskedHealth, Health, Line, health, lines, turn_health};
pub use history::{History, Session, history, session, turn_history};
pub use list::{ListEntry, Lists, Page, Shown, list, series_of_mine, show};
pub use log::{
    Draft, Entry, Logged, NOTE, begin_log, begin_log_of, discuss_in_session, keep_private_note,
    log_session, private_note,
};
pub use measure::MEASURES;
pub use moments::{
    NOTE_LENGTH, Noted, may_note, moment, note_moment, put_moment_away, share_moment,
    take_moment_out,
};
pub(in crate::cadence) use pair::shown;
pub use pair::{Circle, circle, circle_of, series_between};
pub use peer::{
    Paired, PeerWish, Plan, Said, answer_peer, make_rounds, next_round, preview_peers,
    rejoin_peers, start_peers, stop_peers,
};
pub use plan::{plan_next, replan, replan_nudges_of, rhythm_changed, rule_of, unplan};
pub use promises::{
    AddPromise, Added, Finished, Listed, PromiseStanding, add_promise, finish_promise,
    list_promises, not_mine, promise_asked, promise_standing, put_on_agenda, reopen_promise,
    set_promise_day, suggest_promises,
};
pub use reply::{Standing, Suggestion, agree, decline, keep, suggest, take};
pub use schedule::{Made, Preview, SHOWN, Typed, Wish, preview, preview_again, schedule};
pub use step::{next_step, step};
pub use tell::{Word, tell as say};
pub use topics::TOPICS;

use crate::cadence::rules::Kind;
use crate::cadence::store::series::Series;
use crate::error::Failure;
use crate::people::{NoTeam, NotOverseen};
use crate::time::PeriodError;

/// Why a use-case of the cadence did not succeed.
#[derive(Debug)]
pub enum Error {
    /// With oneself.
    WithOneself,
    /// With a bot.
    WithBot {
        /// Its rendered name.
        name: String,
    },
    /// The two have no series; or none that has not ended.
    NoSeries {
        /// The other's rendered name.
        name: String,
    },
    /// The two have several series; which one is meant has to be said.
    WhichSeries {
        /// The other's rendered name.
        name: String,
        /// The series that it may be.
        among: Vec<Series>,
    },
    /// What was chosen is none of the series of the two.
    NotThatSeries {
        /// The other's rendered name.
        name: String,
    },
    /// It concerns others: nothing of it is said.
    NotYours,
    /// What a button was about is no longer there.
    Gone,
    /// The series has ended.
    Ended(Kind),
    /// Only a manager of the team, of any team, or an admin may do this.
    NotManager(Option<String>),
    /// No team is meant by what was typed.
    NoTeam(NoTeam),
    /// What was typed is no period.
    Period(PeriodError),
    /// A sentence of its own, with the next step.
    Said(String),
    /// The database.
    Fault(sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(fault: sqlx::Error) -> Self {
        Self::Fault(fault)
    }
}

impl From<NoTeam> for Error {
    fn from(why: NoTeam) -> Self {
        Self::NoTeam(why)
    }
}

impl From<NotOverseen> for Error {
    fn from(why: NotOverseen) -> Self {
        match why {
            NotOverseen::NotManager(team) => Self::NotManager(team),
            NotOverseen::NoTeam(why) => Self::NoTeam(why),
            NotOverseen::Gone => Self::Gone,
            NotOverseen::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<PeriodError> for Error {
    fn from(error: PeriodError) -> Self {
        Self::Period(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Fault(fault) => Self::from(fault),
            refused => Self::Refused(crate::cadence::view::refusal(&refused)),
        }
    }
}
