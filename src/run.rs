//! Starting and stopping: the parts put together, for `run`, for the sandbox and for tests alike.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::config::{self, Config, Secret, Token};
use crate::db::{Db, DbError, Location};
use crate::discord::Bot;
use crate::discord::commands::CommandIds;
use crate::discord::files::Files;
use crate::discord::gateway::{self, GatewayLost};
use crate::discord::handled::Handled;
use crate::discord::rest::Rest;
use crate::discord::sender::Sender;
use crate::discord::turns::Turns;
use crate::http::{Door, Listening};
use crate::ids::GuildId;
use crate::jobs::outbox::{Manner, Outbox};
use crate::jobs::scheduler::{self, Scheduler};
use crate::registry;
use crate::render::chart::Charts;
use crate::time::clock::SharedClock;

/// How long handlers and deliveries under way may take once the bot is told to stop.
const LAST_WORDS: Duration = Duration::from_millis(2_500);

/// Why the bot did not start, or could not go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The gateway.
    #[error(transparent)]
    Gateway(#[from] GatewayLost),
    /// The door for scripts.
    #[error("[readings] listen: {address} cannot be listened at ({fault})")]
    Door {
        /// Where it was to be.
        address: SocketAddr,
        /// What the system said.
        fault: io::Error,
    },
    /// The HTTP client.
    #[error("the HTTP client could not be set up: {0}")]
    Http(#[from] reqwest::Error),
}

/// A running Bellwether.
#[derive(Debug)]
pub struct Running {
    /// Its parts.
    pub app: App,
    /// The handlers under way.
    pub tasks: TaskTracker,
    /// Where the door for scripts is; none while it is shut.
    pub door: Option<SocketAddr>,
    stop: CancellationToken,
    gateway: JoinHandle<Result<(), GatewayLost>>,
    loops: Vec<JoinHandle<()>>,
}

/// Opens the database and connects; returns as soon as both are under way.
///
/// # Errors
/// [`RunError`].
pub async fn start(config: Config, token: Token, clock: SharedClock) -> Result<Running, RunError> {
    // Before anything else: a taken address is found out before the bot goes online.
    let listening = listen(&config.readings).await?;
    let config = Arc::new(config);
    let mut location = Location::file(&config.database.path);
    if !config.database.waits_for_disk {
        location = location.without_waiting();
    }
    let db = Db::open(&location, config.database.readers).await?;
    let manner = Manner {
        max_attempts: i64::from(config.delivery.max_attempts),
        first_retry: span(config.delivery.first_retry),
        longest_retry: span(config.delivery.longest_retry),
        lease: span(config.delivery.lease),
        opening_pause: config.delivery.opening_pause,
    };
    let outbox = Outbox::new(db.clone(), clock.clone(), registry::TABLES.topics, manner);
    let app = App {
        config: Arc::clone(&config),
        db,
        clock,
        outbox,
        scheduler: Scheduler::default(),
        charts: Charts::default(),
        measures: registry::MEASURES,
    };
    let rest = Arc::new(Rest::new(
        config.discord.api_url.as_str(),
        &token,
        config.discord.request_timeout,
        config.discord.requests_per_second,
    )?);
    let files = Files::new(&config.discord.api_url, config.discord.request_timeout)?;
    let bot = Bot {
        app: app.clone(),
        rest: Arc::clone(&rest),
        files: Arc::new(files),
        cache: Arc::default(),
        tables: registry::TABLES,
        tasks: TaskTracker::new(),
        identity: Arc::new(OnceLock::new()),
        handled: Handled::default(),
        turns: Turns::default(),
        command_ids: CommandIds::default(),
    };
    let stop = CancellationToken::new();
    let tick = config.scheduler.tick;
    let mut loops = vec![
        tokio::spawn(
            app.outbox
                .clone()
                .run(Arc::new(Sender::new(rest)), tick, stop.clone()),
        ),
        tokio::spawn(scheduler::run(
            app.clone(),
            registry::TABLES.jobs,
            tick,
            stop.clone(),
        )),
    ];
    let door = listening.as_ref().map(|(listening, _)| listening.address());
    if let Some((listening, (guild, secret))) = listening {
        let door = Door {
            app: app.clone(),
            guild,
            secret,
            routes: registry::ROUTES,
        };
        loops.push(tokio::spawn(listening.serve(door, stop.clone())));
    }
    let tasks = bot.tasks.clone();
    let until = stop.clone();
    let gateway = tokio::spawn(async move { gateway::run(bot, &token, until).await });
    Ok(Running {
        app,
        tasks,
        door,
        stop,
        gateway,
        loops,
    })
}

/// The door for scripts, if the settings open it: the guild that it is for, and what opens it.
async fn listen(
    readings: &config::Readings,
) -> Result<Option<(Listening, (GuildId, Secret))>, RunError> {
    let Some(address) = readings.listen else {
        return Ok(None);
    };
    // Valid settings have all three.
    let Some(key) = readings
        .server
        .map(GuildId::from)
        .zip(readings.token.clone())
    else {
        return Ok(None);
    };
    let listening = Listening::at(address).await;
    let listening = listening.map_err(|fault| RunError::Door { address, fault })?;
    tracing::info!(address = %listening.address(), "scripts can post readings");
    Ok(Some((listening, key)))
}

impl Running {
    /// Runs until `asked` resolves or the bot cannot go on; then stops within five seconds,
    /// finishing what is in hand.
    ///
    /// # Errors
    /// [`RunError::Gateway`] when it could not go on.
    pub async fn until(mut self, asked: impl Future<Output = ()>) -> Result<(), RunError> {
        let ended = tokio::select! {
            () = asked => None,
            ended = &mut self.gateway => Some(ended),
        };
        let result = match ended {
            Some(Ok(result)) => result.map_err(RunError::from),
            Some(Err(_)) => Err(GatewayLost::SetUp("the gateway task panicked".to_owned()).into()),
            None => Ok(()),
        };
        self.stop().await;
        result
    }

    /// Stops: no new calls, those in hand are finished, the database is closed.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.close();
        let last_words = async {
            if !self.gateway.is_finished() {
                let _ended = self.gateway.await;
            }
            self.tasks.wait().await;
            for work in self.loops {
                let _ended = work.await;
            }
        };
        if tokio::time::timeout(LAST_WORDS, last_words).await.is_err() {
            tracing::warn!("some work was not finished in time; what was acknowledged is kept");
        }
        let _closed = tokio::time::timeout(Duration::from_secs(1), self.app.db.close()).await;
    }
}

/// A setting's duration as the clock's arithmetic wants it; settings are at most hours.
fn span(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}
