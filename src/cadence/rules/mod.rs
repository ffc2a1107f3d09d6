//! The rules of the cadence: pure.

mod ahead;
mod kind;

pub use ahead::{Ahead, ahead};
pub use kind::{Answer, Kind, NudgeKind, OccurrenceState, SeriesState};
