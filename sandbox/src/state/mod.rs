//! What exists in the stand-in's world: a plain model without any I/O.
//!
//! Invariants: messages are never removed, only marked as deleted; every identifier comes from
//! [`World::mint`], so later things have larger ones. Elsewhere on purpose: what a change causes
//! (`actions`), how things look on the wire (`wire`).

mod access;
mod application;
mod guild;
mod ids;
mod message;
mod world;

pub use ids::Snowflake;

pub(crate) use application::{
    Application, Command, FIRST_ANSWER_MS, Grants, Interaction, TOKEN_MS, callback, kind,
};
pub(crate) use guild::{Channel, ChannelKind, Guild, Member, Role, User};
pub(crate) use message::{
    Attachment, COMPONENTS_V2, EPHEMERAL, Emoji, LOADING, MadeBy, Message, MessageKind, Reaction,
    SUPPRESS_EMBEDS,
};
pub(crate) use world::World;
