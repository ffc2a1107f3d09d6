//! Metrics that the bot measures by its own records: what each of them is asked, and what it answers.
//!
//! A domain brings a [`Measurement`] for a metric's kin, listed in the registry. It answers with counts
//! and what they came from, never with contents.

use futures::future::BoxFuture;
use rust_decimal::Decimal;
use sqlx::SqliteConnection;

use crate::ids::GuildId;
use crate::scorecard::store::metrics::Scope;
use crate::time::{Period, Zone};

/// Of whom and when something is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The guild.
    pub guild: GuildId,
    /// Whose figures.
    pub scope: Scope,
    /// The period.
    pub period: Period,
    /// The guild's zone, in which the period's days are.
    pub zone: Zone,
}

/// A count that a measured number came from: "one-on-ones planned", 9.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What was counted, in the plural. Never a person's name, nor anybody's words.
    pub what: &'static str,
    /// How many.
    pub count: i64,
}

/// What was measured: a numerator and a denominator, with receipts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// How many of them.
    pub numerator: Decimal,
    /// Out of how many; 0 when there was nothing to count, and then there is no reading.
    pub denominator: Decimal,
    /// The counts that both came from.
    pub receipts: Vec<Receipt>,
}

/// Measures one metric; `None` when it cannot be measured for such a scope.
pub type Measure = for<'a> fn(
    &'a mut SqliteConnection,
    Span,
) -> BoxFuture<'a, Result<Option<Measured>, sqlx::Error>>;

/// A metric that the bot measures.
#[derive(Clone, Copy)]
pub struct Measurement {
    /// The kin of the metrics that it measures: "kudos-coverage".
    pub kin: &'static str,
    /// How.
    pub measure: Measure,
}

impl std::fmt::Debug for Measurement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Measurement").field(&self.kin).finish()
    }
}
