//! Conversations: people act at a stand-in for Discord, the real bot answers over the real protocol,
//! a real SQLite file keeps it, and the tests say what people see.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod cadence;
mod faults;
mod office;
mod people;
mod privacy;
mod recognition;
mod scorecard;
mod teams;
