//! The scorecard's SQL.

pub mod imports;
pub mod measured;
pub mod metrics;
pub(super) mod personal;
pub mod readings;
pub mod reviews;
pub mod sets;
pub mod targets;
pub mod telling;

use rust_decimal::Decimal;

use super::rules::value::from_canonical;
use crate::time::Period;

/// A number as it is kept.
fn number(text: &str) -> Result<Decimal, sqlx::Error> {
    from_canonical(text).ok_or_else(|| foreign(text))
}

/// A period by its key. Keys name their year, so any day will do for today.
fn period(key: &str) -> Result<Period, sqlx::Error> {
    Period::parse(key, chrono::NaiveDate::default()).map_err(|_| foreign(key))
}

/// A civil day as it is kept.
fn day(text: &str) -> Result<chrono::NaiveDate, sqlx::Error> {
    text.parse().map_err(|_| foreign(text))
}

/// What a word of the database means.
fn known<T>(meaning: Option<T>, word: &str) -> Result<T, sqlx::Error> {
    meaning.ok_or_else(|| foreign(word))
}

/// What no version of the bot has written there.
fn foreign(text: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("“{text}” is nothing the scorecard knows").into())
}

/// The numbers of rows as a JSON list, for `json_each`.
fn list(ids: impl IntoIterator<Item = crate::ids::MetricId>) -> String {
    let ids: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}

#[cfg(test)]
mod tests;
