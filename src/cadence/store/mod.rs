//! The cadence's SQL. Every query is scoped by guild, directly or through a row that is.

pub mod digests;
pub mod health;
pub mod nudges;
pub mod occurrences;
pub mod series;
