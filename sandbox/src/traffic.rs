//! What goes over the wire between the bot and the stand-in, for whoever develops a bot.
//!
//! Invariants: it costs nothing while nobody listens. Elsewhere on purpose: the log of requests that
//! tests read ([`crate::Request`]).

use serde_json::Value;

use crate::requests::Request;

/// Something that went over the wire.
#[derive(Clone, Debug)]
pub(crate) enum Traffic {
    /// A gateway event to the bot.
    Event {
        name: &'static str,
        /// By the stand-in's clock.
        at_ms: i64,
        /// How many live connections it went to.
        reached: usize,
        data: Value,
    },
    /// A request of the bot, with its answer.
    Request {
        request: Box<Request>,
        answer: Value,
    },
}
