//! The rules of the cadence: pure.

pub mod health;
mod kind;
pub mod pairing;
pub mod promise;
pub mod question;

pub use kind::{Answer, Kind, NudgeKind, OccurrenceState, PromiseState, SeriesState, Step, Theme};
