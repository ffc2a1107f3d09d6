//! A real process dies at each step between a write, its answer and its announcement; the next one
//! on the same database finishes what was begun: nothing is lost, and nothing is said twice.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod chat;
mod gateway;
mod give;
mod import;
mod metrics;
mod nudges;
mod office;
mod reactions;
mod settings;
mod stop;
mod undo;
