//! The gateway: sessions, sockets, and which event a bot is sent.
//! <https://docs.discord.com/developers/events/gateway>
//!
//! Elsewhere on purpose: what the events say (`wire`) and what causes them (`actions`).

mod encoding;
mod hub;
pub(crate) mod intents;
mod members;
mod socket;

pub(crate) use hub::{Audience, Event, Frame, Hub, Payload, readable_by};
pub(crate) use socket::serve;
