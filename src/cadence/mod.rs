//! Coaching cadence: who meets whom and how often, what each side brings, and what was promised.
//!
//! A series is a rhythm of two people (or three), an occurrence one of its dates. Of a running series
//! the next occurrence is always a row, with its own life; the dates after it follow from the rule.
//! What is said in a session concerns those who are in it, and nobody else sees it.
//!
//! - `recurrence` computes dates, `rules` what is owed, kept and asked; both are pure.
//! - `store` is the SQL, `service` the use-cases, `view` what people see.

mod commands;
mod completion;
mod presses;
mod privacy;

pub mod recurrence;
pub mod rules;
pub mod service;
pub mod store;
pub mod view;

pub use commands::commands;
pub use presses::{
    press_health, press_moment, press_nudge, press_peer, press_promise, press_series, press_session,
};
pub use privacy::CLAIM;
pub use service::nudge::heard;
pub use service::nudge::{Briefing, NoBriefing, Source, Subject, topics as nudge_topics};
pub use service::{
    MEASURES, PromiseStanding, TOPICS, Word, manager_changed, promise_asked, promise_standing,
    put_on_agenda, rhythm_changed, say,
};
pub use view::tell;
