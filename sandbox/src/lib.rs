//! A loopback stand-in for Discord's REST v10 and gateway v10.
//!
//! It knows nothing of the bot under test nor of any client library, and writes its own wire
//! JSON, so that it cannot share their mistakes.

pub mod limits;
pub mod permissions;

mod actions;
mod clock;
pub mod driver;
mod faults;
mod gateway;
pub mod page;
mod platform;
mod requests;
mod rest;
mod state;
mod traffic;
mod view;
mod wire;

pub use clock::Clock;
pub use driver::Discord;
pub use faults::{Fault, Faults, Pause};
pub use requests::Request;
pub use state::Snowflake;
pub use view::{ButtonView, MessageView, Seen, SelectView, Sight};
