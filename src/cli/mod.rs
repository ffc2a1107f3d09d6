//! The command line: which settings to read, and what to do with them.
//!
//! Invariants: answers go to stdout, complaints and the log to stderr; the exit status is one of
//! `Ended`; the token is never printed. Arguments and environment come in from `main`, so that
//! nothing here reads the process.
//!
//! Elsewhere on purpose: starting and stopping the bot (`run`), and the settings (`config`).

mod backup;
mod check;
mod run;
mod sandbox;
mod signals;
mod stall;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config::{self, ConfigError, Loaded};

/// How a command ended, as the shell sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// 0: done.
    Well,
    /// 1: tried, and it did not work out.
    Failed,
    /// 2: not tried, as the arguments, the settings or the token are missing or wrong.
    Misused,
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        Self::from(match ended {
            Ended::Well => 0,
            Ended::Failed => 1,
            Ended::Misused => 2,
        })
    }
}

#[derive(Debug, Parser)]
#[command(
    name = "bellwether",
    version,
    about = "A Discord bot for recognition, coaching cadence and a balanced scorecard.",
    after_help = "New here? Start with: bellwether sandbox",
    after_long_help = "Environment:
  DISCORD_TOKEN               the bot's token; it never stands in a file
  DATABASE_URL                the database, instead of [database] url
  BELLWETHER_DISCORD_API_URL  a stand-in for Discord, instead of [discord] api_url
  BELLWETHER_READINGS_TOKEN   what opens the door of [readings] to scripts
  RUST_LOG                    what is logged, instead of [log] filter

Exit status:
  0  done; of check: nothing failed
  1  it did not work out; of check: something failed
  2  wrong arguments or settings, or no token

New here? Start with: bellwether sandbox"
)]
struct Arguments {
    /// The settings file [default: bot.toml, if there is one here].
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Connect to Discord and work until told to stop.
    ///
    /// The token comes from the environment variable DISCORD_TOKEN. SIGTERM or Ctrl-C stops the
    /// bot within five seconds; what is in hand is finished first.
    Run,
    /// Try everything here, without Discord, token or set-up.
    ///
    /// Starts a built-in stand-in for Discord with a small team, and the bot connected to it, and
    /// prints the address of a page in which you can be anybody there. Nothing leaves this machine.
    Sandbox(sandbox::Options),
    /// Look for problems in the settings, the database, the token and the connection.
    ///
    /// Prints one line per item: ok, warn or fail, and below a warn or fail what to do about it.
    /// Nothing is changed. The exit status is 0 unless something failed.
    Check,
    /// Copy the database into a new file, also while the bot runs.
    ///
    /// The copy is consistent, readable by its owner alone, and verified. It holds what people
    /// wrote: keep it as safe as the original.
    Backup {
        /// Where to; the file must not exist yet.
        file: PathBuf,
    },
}

/// Does what the arguments say; without any, prints help. `variable` looks up the environment.
pub fn main(
    arguments: impl IntoIterator<Item = OsString>,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(usage) => {
            // Nothing is left to say when stdout or stderr is closed.
            let _unheard = usage.print();
            return if usage.use_stderr() {
                Ended::Misused
            } else {
                Ended::Well
            }
            .into();
        }
    };
    let Some(command) = arguments.command else {
        let _unheard = Arguments::command().print_help();
        return Ended::Well.into();
    };
    let loaded = config::load(arguments.config.as_deref(), variable);
    let colour = variable("NO_COLOR").is_none();
    let ended = match (command, loaded) {
        (Command::Check, loaded) => check::check(loaded, &mut io::stdout().lock()),
        (_, Err(wrong)) => refuse(&wrong),
        (Command::Run, Ok(loaded)) => run::run(loaded.config, colour),
        (Command::Sandbox(options), Ok(loaded)) => {
            sandbox::sandbox(loaded.config, &options, colour)
        }
        (Command::Backup { file }, Ok(Loaded { config, .. })) => {
            backup::backup(&config.database.path, &file)
        }
    };
    ended.into()
}

fn refuse(wrong: &ConfigError) -> Ended {
    complain(&wrong.to_string());
    Ended::Misused
}

/// A line or more to stderr. When nobody listens there is nobody to tell.
fn complain(words: &str) {
    let _unheard = writeln!(io::stderr(), "{words}");
}

/// A size in bytes as people read it: "812 B", "1.2 MiB".
fn size(bytes: u64) -> String {
    let mut size = bytes;
    let mut tenths = 0;
    for unit in ["B", "KiB", "MiB", "GiB"] {
        if size < 1024 {
            return if unit == "B" {
                format!("{size} B")
            } else {
                format!("{size}.{tenths} {unit}")
            };
        }
        tenths = size % 1024 * 10 / 1024;
        size /= 1024;
    }
    format!("{size}.{tenths} TiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn sizes_are_read_by_people() {
        for (bytes, words) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1_300_000, "1.2 MiB"),
            (5 << 30, "5.0 GiB"),
            (3 << 40, "3.0 TiB"),
        ] {
            assert_eq!(size(bytes), words);
        }
    }
}
