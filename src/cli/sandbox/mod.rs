//! `bellwether sandbox`: the real bot and a stand-in for Discord, with a demo team to be for a while.
//!
//! Invariants: nothing leaves this machine; no token is needed and none is used; the database is the
//! sandbox's own. The bot is started as `run` starts it, on one thread; the stand-in has another.
//!
//! Elsewhere on purpose: the stand-in (`discord-sandbox`).

#[cfg(feature = "sandbox")]
mod hands;
#[cfg(feature = "sandbox")]
mod line;
#[cfg(feature = "sandbox")]
mod page;
#[cfg(feature = "sandbox")]
mod passed;
#[cfg(feature = "sandbox")]
mod plain;
#[cfg(feature = "sandbox")]
mod play;
#[cfg(feature = "sandbox")]
mod screen;
#[cfg(feature = "sandbox")]
mod stage;
#[cfg(feature = "sandbox")]
mod start;
#[cfg(feature = "sandbox")]
mod team;
#[cfg(feature = "sandbox")]
mod terminal;
#[cfg(feature = "sandbox")]
mod when;

use std::net::SocketAddr;
use std::path::PathBuf;

use super::Ended;
use crate::config::Config;

/// What to start, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Where the page is: an address of this machine [default: 127.0.0.1:8137, or the next free port].
    #[arg(
        long, value_name = "ADDRESS", conflicts_with_all = ["terminal", "script"],
        value_parser = on_this_machine,
    )]
    listen: Option<SocketAddr>,
    /// Read lines in this terminal instead of showing a page.
    #[arg(long)]
    terminal: bool,
    /// Play the lines of a file and end; at a line that cannot be played, with its number.
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Keep the database and the log in this folder [default: a temporary one].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Start as after the invitation: the people are there, but nothing is set up or said.
    #[arg(long)]
    empty: bool,
}

/// An address that only this machine reaches.
fn on_this_machine(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| "an address and a port are needed, such as 127.0.0.1:8137".to_owned())?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err("the page has no lock: it is for this machine alone, such as 127.0.0.1:8137".to_owned())
}

/// Plays until there is nothing more to play.
#[cfg(feature = "sandbox")]
pub(super) fn sandbox(config: Config, options: &Options, colour: bool) -> Ended {
    start::start(config, options, colour)
}

/// Says that this build has no sandbox to play in.
#[cfg(not(feature = "sandbox"))]
pub(super) fn sandbox(_config: Config, _options: &Options, _colour: bool) -> Ended {
    super::complain(
        "This bellwether was built without the sandbox. Build one that has it: cargo build --release",
    );
    Ended::Misused
}
