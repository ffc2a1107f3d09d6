//! Conversations about the coaching cadence.

mod agenda;
mod digest;
mod handover;
mod health;
mod log;
mod moments;
mod pairing;
mod past;
mod promises;
mod question;
