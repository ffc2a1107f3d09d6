//! The rules of the cadence: pure.

mod ahead;
mod kind;
pub mod lines;
pub mod promise;
pub mod question;

pub use ahead::{Ahead, ahead};
pub use kind::{Answer, Kind, NudgeKind, NudgeState, OccurrenceState, PromiseState, SeriesState, Step, Theme};
