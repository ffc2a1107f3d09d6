//! The cadence's SQL. Every query is scoped by guild, directly or through a row that is.

pub mod agenda;
pub mod dates;
pub mod digests;
pub mod due;
pub mod health;
pub mod held;
pub mod history;
pub mod moments;
pub mod nudges;
pub mod occurrences;
pub(in crate::cadence) mod personal;
pub mod promises;
pub mod questions;
pub mod releases;
pub mod reviews;
pub mod rotations;
pub mod series;

#[cfg(test)]
mod tests;
