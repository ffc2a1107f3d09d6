//! What happens: changes of the world together with the events that they cause.
//!
//! Invariants: an action changes the world, tells the gateway and tells those who watch, in that
//! order and under one lock, so that nobody learns of a thing that is not there. People and bots
//! use the same actions. Elsewhere on purpose: whether somebody is allowed to (`rest` for bots,
//! `driver` for people).

mod guilds;
mod interactions;
mod messages;
mod reactions;

pub(crate) use interactions::Used;
pub(crate) use messages::{Draft, Patch};
