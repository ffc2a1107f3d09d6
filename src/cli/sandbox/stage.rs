//! The stage: the stand-in with the demo server, and the bot connected to it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use discord_sandbox::driver::{Acting, Channel, Discord, Guild, Person};
use discord_sandbox::{Clock, Seen};
use tokio::sync::broadcast;

use super::hands::Hands;
use super::start::Trouble;
use super::team;
use crate::config::{Config, Token};
use crate::run::{self, Running};
use crate::time::clock::ShiftedClock;

/// The scene, and what it takes to act in it.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) discord: Discord,
    pub(super) guild: Guild,
    pub(super) zone: Tz,
    hands: Hands,
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
        let hands = Hands::new(bot.app.clone(), bot.tasks.clone(), clock, discord.clone());
        let stage = Self {
            discord,
            guild,
            zone,
            hands,
        };
        stage.settles().await;
        if !empty {
            team::lives(&stage).await.map_err(Trouble::Team)?;
        }
        Ok((stage, bot))
    }

    /// The hands of both clocks.
    pub(super) fn hands(&self) -> &Hands {
        &self.hands
    }

    /// What the bot and the stand-in take for now.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.hands.now()
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

    /// Moves the time of both, with all that falls due on the way.
    pub(super) async fn time_passes(&self, by: TimeDelta) {
        self.hands.pass(by).await;
    }

    /// Waits until the bot has dealt with what has happened so far and has nothing left to say.
    pub(super) async fn settles(&self) {
        // The gateway keeps the order, and so does the bot: once this is answered, it has begun on
        // all events before it.
        let asks = self.discord.as_member(&self.guild.owner());
        let _suggested = asks.slash("kudos give").try_types("value", "").await;
        self.hands.rests().await;
    }
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
