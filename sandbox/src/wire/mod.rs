//! How the world looks in Discord's JSON, one file per kind of thing.
//!
//! Invariants: projections read the world and change nothing; every field that a strict client
//! deserialises is present, absent values as Discord sends them. Elsewhere on purpose: who is sent
//! what (`gateway`), who may ask for what (`rest`).

mod guild;
mod interaction;
mod message;
mod user;

pub(crate) use guild::{channel, guild, guild_create, partial_channel, role};
pub(crate) use interaction::{Envelope, command_body, envelope, partial_member, resolved_channel};
pub(crate) use message::{Viewpoint, attachment, emoji, message, withhold};
pub(crate) use user::{application, member, member_with_user, user};
