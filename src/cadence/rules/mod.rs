//! The rules of the cadence: pure.

mod ahead;
mod kind;
mod preview;
mod repeat;

pub use ahead::{Ahead, ahead};
pub use kind::{Answer, Kind, NudgeKind, OccurrenceState, SeriesState};
pub use preview::{Date, Side, SideDate, dates};
pub use repeat::Repeat;
