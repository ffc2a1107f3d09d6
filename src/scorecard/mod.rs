//! The balanced scorecard: what is measured, why, how well it goes, and what is done about it.
//!
//! - A metric is a row that lasts ([`store::metrics::Metric`]); what it means is a
//!   [`Definition`](rules::Definition), of which there is one from a day on. A reading is judged by
//!   the definition of its period, unless it is asked for by today's.
//! - Readings and targets are only ever added. A second reading of a period is a correction; the
//!   first stays and says which one took its place.
//! - Numbers are exact decimals from what is typed to what is kept; there is no float.
//! - A person's figures are seen by that person and their managers, and by nobody else.
//!
//! `rules` judges and reads, and is pure; `template` is about sets of metrics; `store` is the SQL,
//! `service` the use-cases, `view` what people see.

mod commands;
mod completion;
mod door;
mod presses;
pub mod rules;
pub mod service;
pub mod store;
pub mod view;

mod privacy;

pub use commands::commands;
pub use door::ROUTE;
pub use presses::{press_metric, press_review, press_scorecard};
pub use privacy::CLAIM;
pub use service::{TOPICS, red_lines};
pub use view::tell;
