//! Starting and ending the sandbox: folder, log, stand-in, bot, and the page or the terminal in
//! front of them.

use std::fs;
use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::Options;
use super::page::Door;
use super::screen::Screen;
use super::stage::Stage;
use super::terminal::{Input, Terminal};
use crate::cli::signals::Signals;
use crate::cli::{Ended, complain};
use crate::config::{self, Config};
use crate::telemetry;

/// How long what is left of the two runtimes may take at the end.
const LAST: Duration = Duration::from_millis(500);

const REAL_TOKEN: &str = "\
DISCORD_TOKEN holds what looks like a real token. The sandbox needs none and must not get one by \
accident. Start it without: env -u DISCORD_TOKEN bellwether sandbox";

/// Why the sandbox did not start, or ended badly. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("{}: cannot be used ({fault}); name a folder that may be written to", .path.display())]
    Folder { path: PathBuf, fault: io::Error },
    #[error(
        "{}: there is a database of an earlier session here. The stand-in does not remember that \
         session's server, so name an empty folder", .0.display()
    )]
    Used(PathBuf),
    #[error("{}: cannot be read ({fault}); name a file of lines such as “Ann: thanks @Bo”", .path.display())]
    Script { path: PathBuf, fault: io::Error },
    #[error("the page cannot be at {address} ({fault}); name another address with --listen")]
    Address {
        address: SocketAddr,
        fault: io::Error,
    },
    #[error("the stand-in could not be started: {0}")]
    StandIn(String),
    #[error("the bot could not be started: {0}")]
    Bot(String),
    #[error("the demo team could not be set up: {0}")]
    Team(String),
    #[error("the output could not be written: {0}")]
    Output(io::Error),
    #[error("signals cannot be listened to: {0}")]
    Signals(io::Error),
    #[error("{}, line {line}: {why}", .path.display())]
    Line {
        path: PathBuf,
        line: usize,
        why: String,
    },
}

impl Trouble {
    fn ended(&self) -> Ended {
        match self {
            Self::Folder { .. } | Self::Used(_) | Self::Script { .. } | Self::Address { .. } => {
                Ended::Misused
            }
            _ => Ended::Failed,
        }
    }
}

/// Starts, plays, ends, and says what went wrong.
pub(super) fn start(mut config: Config, options: &Options, colour: bool) -> Ended {
    let token = config.discord.token.take();
    if token.is_some_and(|token| token.discords_own().is_ok()) {
        complain(REAL_TOKEN);
        return Ended::Misused;
    }
    match played(config, options, colour) {
        Ok(()) => Ended::Well,
        Err(trouble) => {
            complain(&format!("sandbox: {trouble}"));
            trouble.ended()
        }
    }
}

/// What stands in front of the bot and its server.
enum Front {
    Page(Door),
    Terminal(Input),
}

fn played(mut config: Config, options: &Options, colour: bool) -> Result<(), Trouble> {
    let front = match &options.script {
        Some(script) => Front::Terminal(read(script)?),
        None if options.terminal => Front::Terminal(Input::from_stdin()),
        None => Front::Page(Door::open(options.listen)?),
    };
    let folder = Folder::prepare(options.data.as_deref())?;
    let log = folder.log()?;
    let log_path = folder.path().join(LOG);
    // A log that is there already, as in a test, is as good as this one.
    let _there = telemetry::init_to(&config.log, log);
    config.database.path = folder.path().join(DATABASE);
    // A slow disk would make a newcomer wait through all of the demo's past.
    config.database.waits_for_disk = false;
    config.discord.development_guild = None;
    // The door is for the real server.
    config.readings = config::Readings::default();
    let stand_in = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("stand-in")
        .enable_all()
        .build()
        .map_err(|fault| Trouble::StandIn(fault.to_string()))?;
    // One thread for the bot, as `run` has it.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|fault| Trouble::Bot(fault.to_string()))?;
    let ended = runtime.block_on(async {
        let mut signals = Signals::listen().map_err(Trouble::Signals)?;
        let started = Stage::open(config, options.empty, stand_in.handle());
        let (stage, bot) = tokio::select! {
            opened = started => opened?,
            () = signals.next() => return Ok(()),
        };
        let mut outcome = Ok(());
        match front {
            Front::Page(door) => {
                let until = bot.until(async {
                    tokio::select! {
                        served = door.serve(&stage, stand_in.handle()) => outcome = served,
                        () = signals.next() => {}
                    }
                });
                until.await
            }
            Front::Terminal(input) => {
                let colour = colour && io::stdout().is_terminal();
                let mut terminal = Terminal::new(stage, Screen::new(colour), log_path);
                let until = bot.until(async {
                    tokio::select! {
                        played = terminal.play(input) => outcome = played,
                        () = signals.next() => terminal.break_off(),
                    }
                });
                until.await
            }
        }
        .map_err(|why| Trouble::Bot(why.to_string()))?;
        outcome
    });
    runtime.shutdown_timeout(LAST);
    stand_in.shutdown_timeout(LAST);
    ended
}

fn read(path: &Path) -> Result<Input, Trouble> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Input::script(path, &text)),
        Err(fault) => Err(Trouble::Script {
            path: path.to_owned(),
            fault,
        }),
    }
}

const DATABASE: &str = "bellwether.db";
const LOG: &str = "bellwether.log";

/// Where the database and the log are; a temporary one goes with this value.
enum Folder {
    Temporary(TempDir),
    Kept(PathBuf),
}

impl Folder {
    fn prepare(kept: Option<&Path>) -> Result<Self, Trouble> {
        let Some(path) = kept else {
            let made = tempfile::Builder::new()
                .prefix("bellwether-sandbox-")
                .tempdir();
            return made.map(Self::Temporary).map_err(|fault| Trouble::Folder {
                path: std::env::temp_dir(),
                fault,
            });
        };
        fs::create_dir_all(path).map_err(|fault| Trouble::Folder {
            path: path.to_owned(),
            fault,
        })?;
        if path.join(DATABASE).exists() {
            return Err(Trouble::Used(path.join(DATABASE)));
        }
        Ok(Self::Kept(path.to_owned()))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Temporary(folder) => folder.path(),
            Self::Kept(path) => path,
        }
    }

    /// The log's file, readable by its owner alone.
    fn log(&self) -> Result<fs::File, Trouble> {
        let path = self.path().join(LOG);
        let opened = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o600)
            .open(&path);
        opened.map_err(|fault| Trouble::Folder { path, fault })
    }
}
