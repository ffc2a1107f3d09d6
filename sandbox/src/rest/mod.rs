//! The REST side: routes, their rules and their refusals.
//! <https://docs.discord.com/developers/reference>
//!
//! Invariants: every request below `/api/v10` is logged with its answer; a route that does not exist
//! is a 404 and marked in the log. Elsewhere on purpose: how a change spreads (`actions`), field
//! limits (`limits`).

mod channels;
mod commands;
mod content;
mod guilds;
mod ignored;
mod incoming;
mod interactions;
mod listener;
pub(crate) mod rate;
mod reactions;
mod reply;
mod routes;
mod server;
mod webhooks;

pub(crate) use incoming::guess as guess_content_type;
pub(crate) use server::serve;
