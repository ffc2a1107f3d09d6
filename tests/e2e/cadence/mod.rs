//! Conversations about the coaching cadence.

mod agenda;
mod log;
mod moments;
mod promises;
mod question;
