//! Recognition: who thanked whom, for what, and who may see it.
//!
//! The ledger is the truth: a kudos is a row with its giver, its receivers, where it came from and
//! who may see it. Nothing in it is a counter and nothing is deleted; what is taken back is recorded
//! as taken back. Boards are derived from it by the database itself.
//!
//! - `grammar` reads thanks in chat, `query` what is searched for, `rules` says what counts and who may
//!   see it; all are pure.
//! - `store` is the SQL, `service` the use-cases, `view` what people see.
//! - `commands`, `presses` and `events` are the adapters to Discord.

mod commands;
mod completion;
mod events;
pub mod grammar;
mod presses;
mod privacy;
pub mod query;
pub mod rules;
pub mod service;
pub mod store;
pub mod view;

pub use commands::commands;
pub use events::hear;
pub use presses::{press, press_value};
pub use privacy::CLAIM;
pub use service::{LastReceived, MEASURES, ReceivedLine, TOPICS, last_received, received_between};
pub use view::tell;
