//! What the domains count of themselves for the scorecard: counts, never contents.
//!
//! A domain brings a [`Measurement`] for each kin of metrics that it can measure; the registry lists
//! them all, and the scorecard keeps and judges what they answer. A number that everybody in a team may
//! look at must not tell of one person what that person's colleagues do not know: where so few people
//! are behind it that one of them could be read off it, a measurement leaves out what is private, or
//! says that they are [too few](Counted::TooFew).

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use crate::ids::{GuildId, PersonId, TeamId};
use crate::time::{Period, Zone};

/// Whose figures a metric's are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everybody's in the guild.
    Guild,
    /// A team's.
    Team(TeamId),
    /// A person's: for that person and their managers only.
    Member(PersonId),
}

impl Scope {
    /// The team, if it is one's.
    #[must_use]
    pub const fn team(self) -> Option<TeamId> {
        match self {
            Self::Team(team) => Some(team),
            Self::Guild | Self::Member(_) => None,
        }
    }
}

/// Of whom and when something is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The guild.
    pub guild: GuildId,
    /// Whose figures.
    pub scope: Scope,
    /// The period; of a running one, what has come of it so far.
    pub period: Period,
    /// The guild's zone, in which the period's days are.
    pub zone: Zone,
    /// The time.
    pub now: DateTime<Utc>,
}

/// A count that a measured number came from: "dates promised", 9.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What was counted, in the plural. Never a person's name, nor anybody's words.
    pub what: &'static str,
    /// How many.
    pub count: u32,
}

impl Receipt {
    /// So many of these.
    #[must_use]
    pub const fn new(what: &'static str, count: u32) -> Self {
        Self { what, count }
    }
}

/// What was measured: a share, with the counts that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// How many of them.
    pub part: u32,
    /// Out of how many; above 0.
    pub whole: u32,
    /// The counts that both came from.
    pub receipts: Vec<Receipt>,
    /// What one should know of how it was counted this time.
    pub note: Option<&'static str>,
}

/// What came of measuring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A number.
    Of(Measured),
    /// There is nothing to count.
    Nothing,
    /// It would point at somebody.
    TooFew {
        /// What there are too few of, in the plural.
        what: &'static str,
        /// From how many on it is measured.
        least: u32,
    },
}

/// Measures one metric.
pub type Measure =
    for<'a> fn(&'a mut SqliteConnection, Span) -> BoxFuture<'a, Result<Counted, sqlx::Error>>;

/// A metric that the bot measures.
#[derive(Clone, Copy)]
pub struct Measurement {
    /// The kin of the metrics that it measures: "kudos-coverage".
    pub kin: &'static str,
    /// How it is counted, as a sentence.
    pub how: &'static str,
    /// Measures it.
    pub measure: Measure,
}

impl std::fmt::Debug for Measurement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Measurement").field(&self.kin).finish()
    }
}

/// All that the bot can measure.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measures(pub &'static [&'static [Measurement]]);

impl Measures {
    /// The one that measures metrics of this kin.
    #[must_use]
    pub fn of(self, kin: &str) -> Option<Measurement> {
        let all = self.0.iter().copied().flatten();
        all.copied().find(|one| one.kin == kin)
    }
}
