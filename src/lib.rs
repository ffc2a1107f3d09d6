//! Bellwether: recognition, coaching cadence and a balanced scorecard in a Discord server.

pub mod app;
pub mod cadence;
pub mod cli;
pub mod config;
pub mod db;
pub mod discord;
pub mod error;
pub mod hooks;
pub mod http;
pub mod ids;
pub mod jobs;
pub mod measures;
pub mod people;
pub mod privacy;
pub mod recognition;
pub mod registry;
pub mod render;
pub mod run;
pub mod scorecard;
pub mod telemetry;
pub mod time;
