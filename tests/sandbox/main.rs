//! `bellwether sandbox`: the real binary, from lines to what people see, and where its page is.

#![cfg(feature = "sandbox")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod conversation;
mod ending;
mod page;
mod past;
mod picture;
mod shell;
