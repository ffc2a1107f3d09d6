//! The rules of the cadence: pure.

mod ahead;
pub mod code;
pub mod health;
mod kind;
pub mod lines;
pub mod pairing;
mod preview;
pub mod promise;
pub mod question;
mod repeat;

pub use ahead::{Ahead, ahead};
pub use kind::{
    Answer, Kind, NudgeKind, NudgeState, OccurrenceState, PromiseState, SeriesState, Step, Theme,
};
pub use preview::{Date, Side, SideDate, dates};
pub use repeat::Repeat;
