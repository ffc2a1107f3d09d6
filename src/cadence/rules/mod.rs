//! The rules of the cadence: pure.

mod ahead;
pub mod health;
mod kind;
pub mod lines;
pub mod pairing;
pub mod promise;
pub mod question;

pub use ahead::{Ahead, ahead};
pub use kind::{Answer, Kind, NudgeKind, OccurrenceState, PromiseState, SeriesState, Step, Theme};
