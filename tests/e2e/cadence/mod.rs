//! Conversations about the coaching cadence.

mod agenda;
mod held;
mod log;
mod moments;
mod nudges;
mod outage;
mod promises;
mod question;
mod reach;
mod week;
