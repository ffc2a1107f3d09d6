//! The stand-in over real HTTP and a real WebSocket, asked by a bot made of nothing but these.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod bot;
mod channels;
mod commands;
mod driver;
mod faults;
mod gateway;
mod interactions;
mod page;
mod wire;
