//! The scorecard's use-cases. They know neither serenity nor poise; each writes in one transaction
//! and checks who asks.
//!
//! Who may: anyone looks at what is the guild's or a team's; a person's figures are for that person
//! and their managers. An owner records theirs, a manager those of their teams and of the people in
//! them, an admin any; managers and admins define, edit, retire and set targets likewise. An admin who
//! records a person's figure is not shown the earlier ones.

mod beat;
mod brief;
mod card;
mod compare;
mod define;
mod export;
mod import;
mod keys;
mod listed;
mod measured;
mod metric;
mod post;
mod record;
mod review;
mod sets;
mod target;
mod template;
mod who;

pub use beat::{
    Disowned, MissingNumber, Reminding, Sought, Span, TOPICS, Told, disown, missing_of, news_of,
    put_off, record_missing, reminding, set_reminding, step, to_record,
};
pub use brief::red_lines;
pub use card::{Card, Line, Side, card};
pub use compare::{Against, Incomparable, card_against, metric_against};
pub use define::{Edit, New, define, edit, metric_to_retire, retire};
pub use export::{Exported, Wanted, export};
pub use import::{
    Confirmed, IMPORT_WAITS, Looked, Report, Tally, Touched, confirm_import, leave_import,
    preview_import,
};
pub use listed::{Entry, Listed, listed, name_of, team, whose};
pub use measured::{Receipts, measure_closed, receipts};
pub use metric::{
    History as HistoryPage, Shown, Turn, find, find_by_id, history, list, metric, remember, suggest,
};
pub use post::{Posted, post};
pub use record::{Recorded, record};
pub use review::{Act, Acted, Became, Item, Reason, Walk, act, decide, item, review, review_by_id};
pub use sets::{SET_BYTES, Saved, bring_set, forget_set, save_set, set_names};
pub use target::{Targets, set_targets};
pub use template::{Applied, Preview, apply, preview};
pub use who::{Asker, Viewer, Whose, may_record, may_see, viewer};

use crate::error::Failure;
use crate::people::NoTeam;
use crate::scorecard::rules::edges::EdgesError;
use crate::scorecard::rules::exchange::Unread;
use crate::scorecard::rules::lookup::NoMetric;
use crate::scorecard::rules::period::Unfit;
use crate::scorecard::rules::template::TemplateError;
use crate::scorecard::rules::value::ValueError;
use crate::scorecard::rules::{BandError, Missing};
use crate::time::PeriodError;

/// The longest key, in characters.
pub const KEY_LENGTH: usize = 60;

/// The longest name, in characters.
pub const NAME_LENGTH: usize = 80;

/// The longest answer to one of the questions, in characters.
pub const TEXT_LENGTH: usize = 300;

/// The longest note on a reading, in characters.
pub const NOTE_LENGTH: usize = crate::scorecard::rules::exchange::NOTE_LENGTH;

/// Why a use-case of the scorecard did not succeed.
#[derive(Debug)]
pub enum Error {
    /// No metric is meant by what was typed.
    NoMetric(NoMetric),
    /// What a button was about is no longer there.
    Gone,
    /// The guild, or the team by its name, has no metrics yet.
    NoMetrics(Option<String>),
    /// Only the metric's owner, managers and admins may record it.
    NotRecorder {
        /// The metric's key.
        key: String,
    },
    /// Only managers and admins may define, edit, retire and set targets; of a team its managers.
    NotDefiner,
    /// Only a team's managers and admins review its scorecard; the whole guild's is for admins.
    NotReviewer,
    /// The bot measures it by itself.
    Measured {
        /// The metric's key.
        key: String,
        /// Whether it can by now.
        can: bool,
    },
    /// It has been retired.
    Retired {
        /// The metric's key.
        key: String,
    },
    /// A metric of that key is there already.
    Exists {
        /// The key.
        key: String,
    },
    /// Not a key that a metric may have.
    Key,
    /// A text is empty or too long.
    Text {
        /// What it is: "A name".
        what: &'static str,
        /// The most characters it may have.
        most: usize,
    },
    /// It cannot be active before these are answered.
    Unanswered(Vec<Missing>),
    /// The weight is not above 0.
    Weight,
    /// The edges make no range.
    Band(BandError),
    /// A range has no baseline.
    RangeBaseline,
    /// A metric guards itself, or by way of others.
    GuardCircle,
    /// It has readings or targets in its unit, which would be read wrongly in another.
    UnitStays {
        /// The metric's key.
        key: String,
    },
    /// A person's metric cannot become a team's or another person's.
    PersonStays,
    /// A version cannot begin after today.
    Future,
    /// The change changes nothing.
    NothingToChange,
    /// What was typed is no value of the metric.
    Value(ValueError),
    /// What was typed is no period.
    Period(PeriodError),
    /// The period is none of the metric's.
    Unfit(Unfit),
    /// The period has a target already and is over; it stays.
    PastTarget {
        /// The label of the period.
        period: String,
    },
    /// There is nothing to compare with.
    Incomparable(Incomparable),
    /// There is no set of that name.
    NoTemplate {
        /// The names that there are.
        known: Vec<String>,
    },
    /// A file is no set of metrics.
    Template(TemplateError),
    /// No team is meant by what was typed.
    NoTeam(NoTeam),
    /// Nothing is read of a file.
    Unread(Unread),
    /// A sentence of its own, with the next step.
    Said(String),
    /// The database.
    Fault(sqlx::Error),
}

macro_rules! from {
    ($($from:ty => $variant:ident,)*) => {$(
        impl From<$from> for Error {
            fn from(why: $from) -> Self {
                Self::$variant(why)
            }
        }
    )*};
}

from! {
    sqlx::Error => Fault,
    NoMetric => NoMetric,
    NoTeam => NoTeam,
    Incomparable => Incomparable,
    PeriodError => Period,
    Unfit => Unfit,
    ValueError => Value,
    BandError => Band,
    TemplateError => Template,
    Unread => Unread,
}

impl From<EdgesError> for Error {
    fn from(why: EdgesError) -> Self {
        match why {
            EdgesError::Half => Self::Said(
                "A range needs both edges, the red and the green one. Type both, or neither."
                    .to_owned(),
            ),
            EdgesError::Mixed => Self::Said(
                "Both edges are numbers, or both shares such as “85% of target”, or both “baseline”. \
                 Type them alike."
                    .to_owned(),
            ),
            EdgesError::Value(why) => Self::Value(why),
            EdgesError::Band(why) => Self::Band(why),
        }
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
