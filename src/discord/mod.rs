//! Everything that awaits Discord: the gateway, the REST client, answers, and the one boundary
//! where failures become words.
//!
//! No domain is known here: commands, handlers and topics come in as tables ([`Tables`]), which
//! `registry` writes.

pub mod answer;
pub mod bot;
pub mod boundary;
pub mod commands;
pub mod events;
pub mod files;
pub mod gateway;
pub mod handled;
pub mod help;
mod pace;
pub mod rest;
pub mod sender;
pub mod turns;
pub mod visibility;

pub use answer::{Answer, Delay, Unanswered};
pub use bot::{Ask, Bot, Caller, Ctx, Press, Tables};
pub use boundary::{asked, autocompleted};
