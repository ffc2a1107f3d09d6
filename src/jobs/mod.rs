//! What happens without being asked: recurring jobs and messages on their way to Discord.
//!
//! Everything due is found by looking at the clock; nothing is timed by a sleeping task, so that a
//! suspended machine or a corrected clock is noticed at the next look.

pub mod notices;
pub mod outbox;
mod personal;
mod privacy;
pub mod scheduler;
#[cfg(test)]
pub(crate) mod testing;

pub use personal::{cancel_unsent, list_sent};
pub use privacy::CLAIM;
