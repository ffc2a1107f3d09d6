//! `bellwether sandbox` in a terminal: the real binary, from lines to what people see.

#![cfg(feature = "sandbox")]
#![expect(clippy::unwrap_used, reason = "tests")]

mod conversation;
mod ending;
mod past;
mod picture;
mod shell;
