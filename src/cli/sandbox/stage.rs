//! The stage: the stand-in with the demo server, the bot connected to it, and the time of both.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use discord_sandbox::driver::{Acting, Channel, Discord, Guild, Person};
use discord_sandbox::{Clock, Seen};
use tokio::sync::broadcast;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use super::start::Trouble;
use super::team;
use crate::app::App;
use crate::config::{Config, Token};
use crate::jobs::scheduler;
use crate::registry;
use crate::run::{self, Running};
use crate::time::clock::ShiftedClock;

/// How long a quiet bot is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The scene, and what it takes to act in it.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) discord: Discord,
    pub(super) guild: Guild,
    pub(super) zone: Tz,
    app: App,
    tasks: TaskTracker,
    clock: Arc<ShiftedClock>,
}

impl Stage {
    /// Starts the stand-in on `stand_in` and the bot here, and lets the demo team live through its
    /// past unless it is to be `empty`.
    pub(super) async fn open(
        mut config: Config,
        empty: bool,
        stand_in: &tokio::runtime::Handle,
    ) -> Result<(Self, Running), Trouble> {
        let past = if empty { TimeDelta::zero() } else { team::PAST };
        let behind = Clock::behind(past.to_std().unwrap_or_default());
        let served = stand_in.spawn(async move {
            let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
            Discord::serve_by(any_port, behind).await
        });
        let discord = match served.await {
            Ok(Ok(discord)) => discord,
            Ok(Err(fault)) => return Err(Trouble::StandIn(fault.to_string())),
            Err(fault) => return Err(Trouble::StandIn(fault.to_string())),
        };
        let guild = team::gather(&discord);
        let there = |fault: String| Trouble::StandIn(fault);
        config.discord.api_url = discord
            .base_url()
            .parse()
            .map_err(|_| there(format!("{} is no address", discord.base_url())))?;
        // The stand-in has no limits, and nobody waits for those of Discord to watch it.
        config.discord.requests_per_second = u32::MAX;
        config.delivery.opening_pause = Duration::ZERO;
        let token = Token::parse(&discord.token()).map_err(|fault| there(fault.to_string()))?;
        let zone = config.server.timezone;
        let clock = Arc::<ShiftedClock>::default();
        clock.push(-past);
        let bot = run::start(config, token, clock.clone())
            .await
            .map_err(|why| Trouble::Bot(why.to_string()))?;
        discord.try_bot_is_ready().await.map_err(Trouble::Bot)?;
        let stage = Self {
            discord,
            guild,
            zone,
            app: bot.app.clone(),
            tasks: bot.tasks.clone(),
            clock,
        };
        stage.settles().await;
        if !empty {
            team::lives(&stage).await.map_err(Trouble::Team)?;
        }
        Ok((stage, bot))
    }

    /// The bot, apart from Discord.
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// The bot's clock.
    pub(super) fn clock(&self) -> Arc<ShiftedClock> {
        Arc::clone(&self.clock)
    }

    /// What the bot and the stand-in take for now.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }

    /// Everybody, in the order in which they joined.
    pub(super) fn people(&self) -> Vec<Person> {
        self.guild.people()
    }

    /// Somebody by name, in any case; a beginning that fits one person alone will do.
    pub(super) fn person(&self, name: &str) -> Option<Person> {
        one_called(self.people(), name, Person::name)
    }

    /// A channel by name, as [`Stage::person`].
    pub(super) fn channel(&self, name: &str) -> Option<Channel> {
        one_called(self.guild.channels(), name, Channel::name)
    }

    /// Somebody about to act in a channel.
    pub(super) fn acting(&self, person: &Person, channel: &Channel) -> Acting {
        self.discord.as_member(person).in_channel(channel)
    }

    /// Who sees what from now on.
    pub(super) fn watch(&self) -> broadcast::Receiver<Seen> {
        self.discord.watch()
    }

    /// Moves the time of both, and lets happen what falls due by that.
    pub(super) async fn time_passes(&self, by: TimeDelta) {
        self.moves(by);
        falls_due(&self.app).await;
        self.settles().await;
    }

    /// Moves both clocks ahead, without a look at what falls due.
    pub(super) fn moves(&self, by: TimeDelta) {
        self.clock.push(by);
        self.discord.time_passes(by.to_std().unwrap_or_default());
    }

    /// Waits until the bot has dealt with what has happened so far and has nothing left to say.
    pub(super) async fn settles(&self) {
        // The gateway keeps the order, and so does the bot: once this is answered, it has begun on
        // all events before it.
        let asks = self.discord.as_member(&self.guild.owner());
        let _suggested = asks.slash("kudos give").try_types("value", "").await;
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            // Handlers first: what the last of them had to say is in the outbox when it ends.
            if self.tasks.is_empty() && self.app.outbox.is_idle().await.unwrap_or(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// Lets happen what falls due now.
pub(super) async fn falls_due(app: &App) {
    if let Err(fault) = scheduler::run_due(app, registry::TABLES.jobs, app.now()).await {
        tracing::error!(%fault, "the scheduler could not look");
    }
    app.time_moved();
}

/// The one that is called so, else the only one whose name begins so.
fn one_called<T>(all: Vec<T>, name: &str, of: impl Fn(&T) -> &str) -> Option<T> {
    let name = name.trim().trim_start_matches(['@', '#']).to_lowercase();
    let mut begins = all
        .into_iter()
        .filter(|one| !name.is_empty() && of(one).to_lowercase().starts_with(&name))
        .collect::<Vec<_>>();
    let exact = begins.iter().position(|one| of(one).to_lowercase() == name);
    match exact {
        Some(at) => Some(begins.swap_remove(at)),
        None if begins.len() == 1 => begins.pop(),
        None => None,
    }
}
