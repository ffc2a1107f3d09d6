//! Bellwether: recognition, coaching cadence and a balanced scorecard in a Discord server.

pub mod config;
pub mod recognition;
pub mod time;
