//! The rules of the cadence: pure.

mod kind;

pub use kind::{Answer, Kind, NudgeKind, OccurrenceState, SeriesState};
