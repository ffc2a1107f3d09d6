//! The rules of the scorecard: pure. Words and definitions, values as people type them, judging,
//! trend, periods, finding a metric by its name, sets of metrics, readings as files.

pub mod alerting;
pub mod card;
mod definition;
pub mod edges;
pub mod exchange;
pub mod history;
pub mod lookup;
pub mod period;
pub mod reminding;
pub mod reviewing;
pub mod scoring;
pub mod settling;
pub mod show;
pub mod template;
pub mod trend;
pub mod value;
mod words;

pub use definition::{Band, BandError, Definition, Edges, Missing, Side, Unit};
pub use words::{AlertState, Better, Cadence, Decision, Origin, Perspective, Source, Timing};
