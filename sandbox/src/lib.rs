//! A loopback stand-in for Discord's REST v10 and gateway v10.
//!
//! It knows nothing of the bot under test nor of any client library, and writes its own wire
//! JSON, so that it cannot share their mistakes.

pub mod limits;
pub mod permissions;
