//! `bellwether sandbox`: the bot and a stand-in for Discord, in a terminal.

use std::path::PathBuf;

use super::{Ended, complain};
use crate::config::Config;

/// Says that this build has no sandbox to play in.
pub(super) fn sandbox(_config: Config, _script: Option<PathBuf>) -> Ended {
    complain(if cfg!(feature = "sandbox") {
        "This version has the stand-in for Discord, but not yet the terminal in front of it."
    } else {
        "This bellwether was built without the sandbox. Build one that has it: cargo build --release"
    });
    Ended::Misused
}
