//! Recognition's SQL. Every query is scoped by guild, directly or through a row that is.

pub mod boards;
pub mod coverage;
pub mod digest;
pub mod history;
pub mod ledger;
pub(super) mod personal;
pub mod search;
pub mod values;
