//! The door for scripts on this machine: HTTP/1.1 on loopback, closed unless the operator opens it.
//!
//! - It listens on a loopback address alone, and every request carries the operator's token, which is
//!   compared in constant time and named nowhere.
//! - A request has so many bytes and so much time, and so many of them are taken at once; the rest
//!   wait. Once the bot is to stop, nothing new is taken and what is in hand is finished.
//! - Nothing is said of what was sent: neither in the log nor in a fault's answer.
//!
//! What can be asked comes in as a table of [`Route`]s, which `registry` writes.

mod call;
mod serve;

pub use call::{Call, Reply};
pub use serve::{Door, Listening};

use futures::future::BoxFuture;

use crate::app::App;
use crate::ids::GuildId;

/// Answers a call for the guild that the token belongs to.
pub type Handler = for<'a> fn(&'a App, GuildId, Call) -> BoxFuture<'a, Reply>;

/// What can be asked: `POST` to a path.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The path: "/readings".
    pub path: &'static str,
    /// The largest body, in bytes.
    pub most: usize,
    /// Who answers.
    pub handler: Handler,
}
