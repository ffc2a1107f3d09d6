//! `bellwether run`: the bot, until a signal asks it to stop or it cannot go on.
//!
//! Invariants: without a token nothing is started; a first signal stops in good order, a second one
//! at once; whatever hangs, the process ends (`stall`).
//!
//! Elsewhere on purpose: what starts, and how it stops within five seconds (`crate::run`).

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::signals::Signals;
use super::{Ended, complain, stall};
use crate::config::Config;
use crate::run::{self, RunError};
use crate::telemetry;
use crate::time::clock::SystemClock;

const NO_TOKEN: &str = "\
The bot needs a token, and DISCORD_TOKEN is not set. To get one:
1. Open https://discord.com/developers/applications and choose your application, or New Application.
2. Under Bot, press Reset Token and copy what it shows.
3. Put it into the environment variable DISCORD_TOKEN and start again: bellwether run

To try everything without a token: bellwether sandbox";

const STALLED: &str = "the bot stood still for four seconds and ends, so that whatever started it can start \
                       it again. One known reason is Discord refusing its shards (close codes 4010 and 4011); \
                       the line above then says so";

/// How long what is left of the runtime may take once the bot has stopped.
const LAST: Duration = Duration::from_millis(500);

/// Runs the bot; the log goes to stderr.
pub(super) fn run(config: Config, colour: bool) -> Ended {
    let Some(token) = config.discord.token.clone() else {
        complain(NO_TOKEN);
        return Ended::Misused;
    };
    if let Err(fault) = telemetry::init(&config.log, colour) {
        complain(&format!("the log could not be started: {fault}"));
        return Ended::Failed;
    }
    // One thread: tasks then start in the order in which the gateway told of events, which
    // `discord::turns` relies on. SQLite has threads of its own.
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(fault) => return stopped(&format!("the runtime could not be started: {fault}")),
    };
    stall::watch(&runtime, || {
        stopped(STALLED);
        std::process::exit(1);
    });
    let ended = runtime.block_on(async {
        let signals = Signals::listen().map_err(Stopped::Signals)?;
        let bot = run::start(config, token, Arc::new(SystemClock)).await?;
        bot.until(asked_to_stop(signals)).await?;
        Ok(())
    });
    runtime.shutdown_timeout(LAST);
    match ended {
        Ok(()) => Ended::Well,
        Err(Stopped::Bot(why)) => stopped(&why.to_string()),
        Err(Stopped::Signals(why)) => stopped(&format!("signals cannot be listened to: {why}")),
    }
}

/// Why the bot did not run until it was asked to stop.
enum Stopped {
    Bot(RunError),
    Signals(io::Error),
}

impl From<RunError> for Stopped {
    fn from(why: RunError) -> Self {
        Self::Bot(why)
    }
}

/// The reason goes to the log, or to stderr if the log does not want it: it is always said.
fn stopped(why: &str) -> Ended {
    if tracing::enabled!(tracing::Level::ERROR) {
        tracing::error!(why, "stopped");
    } else {
        complain(&format!("stopped: {why}"));
    }
    Ended::Failed
}

/// Resolves at the first signal; from then on another one ends the process.
async fn asked_to_stop(mut signals: Signals) {
    signals.next().await;
    tracing::info!("asked to stop; finishing what is in hand");
    tokio::spawn(async move {
        signals.next().await;
        std::process::exit(1);
    });
}
