//! The rules of the cadence: pure.

mod kind;
pub mod promise;
pub mod question;

pub use kind::{Answer, Kind, NudgeKind, OccurrenceState, PromiseState, SeriesState, Step, Theme};
