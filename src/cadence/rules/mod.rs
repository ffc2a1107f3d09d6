//! The rules of the cadence: pure.

pub mod health;
mod kind;
pub mod pairing;

pub use kind::{Answer, Kind, NudgeKind, OccurrenceState, SeriesState};
