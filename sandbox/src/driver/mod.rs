//! The driver: a test says what people do, and looks at what they see.
//!
//! Invariants: nothing polls or sleeps, every wait ends with the event waited for or, after ten
//! seconds, with a panic that shows what everybody saw and what the bot asked for; people can do
//! only what Discord's client would let them do. Elsewhere on purpose: faults of REST requests
//! ([`crate::Faults`]).

mod acting;
mod answer;
mod channel;
pub(crate) mod command;
mod components;
mod gateway;
mod guild;
mod invocation;
mod listing;
mod modal;
mod person;
mod sight;
mod transcript;
pub(crate) mod wording;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

pub use acting::Acting;
pub use answer::Answer;
pub use channel::{Channel, Role};
pub(crate) use components::numbered;
pub use gateway::GatewayControl;
pub use guild::Guild;
pub use invocation::{Choice, Slash};
pub use listing::{CommandView, OptionView};
pub use modal::{InputView, ModalView};
pub use person::Person;

use crate::clock::Clock;
use crate::faults::Faults;
use crate::platform::Platform;
use crate::requests::Request;
use crate::state::Snowflake;
use crate::view::{MessageView, Seen};
use transcript::give_up;

/// How long the driver waits for anything, in real time.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running stand-in with one application. Clones share it; the server ends with the last one.
#[derive(Clone, Debug)]
pub struct Discord {
    platform: Arc<Platform>,
    _server: Arc<Server>,
}

#[derive(Debug)]
struct Server(JoinHandle<()>);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Discord {
    /// Starts on a free port of the loopback interface.
    ///
    /// # Panics
    /// If no port can be had.
    pub async fn start() -> Self {
        match Self::serve(SocketAddr::from(([127, 0, 0, 1], 0))).await {
            Ok(discord) => discord,
            Err(error) => transcript::refuse(&format!("no port for the stand-in: {error}")),
        }
    }

    /// Starts on an address, for bots in other processes.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub async fn serve(address: SocketAddr) -> std::io::Result<Self> {
        Self::serve_by(address, Clock::default()).await
    }

    /// As [`Discord::serve`], on a clock of one's own.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub async fn serve_by(address: SocketAddr, clock: Clock) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let platform = Arc::new(Platform::new(base_url, clock));
        let served = crate::rest::serve(listener, platform.clone());
        let server = tokio::spawn(async move {
            if let Err(error) = served.await {
                tracing::error!(%error, "the stand-in stopped");
            }
        });
        Ok(Self {
            platform,
            _server: Arc::new(Server(server)),
        })
    }

    /// The world behind it.
    pub(crate) fn platform(&self) -> &Arc<Platform> {
        &self.platform
    }

    /// The bot's token.
    #[must_use]
    pub fn token(&self) -> String {
        let id = self.platform.application;
        let token = self.platform.look(|core| {
            core.world
                .applications
                .get(&id)
                .map(|application| application.token.clone())
        });
        token.unwrap_or_default()
    }

    /// Where the server is, such as `http://127.0.0.1:40123`; REST is below `/api/v10`.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.platform.look(|core| core.base_url.clone())
    }

    /// The id of the application and of its bot user.
    #[must_use]
    pub fn bot_id(&self) -> Snowflake {
        self.platform.application
    }

    /// Renames the bot, "Bot" by default.
    pub fn bot_is_called(&self, name: &str) {
        let id = self.platform.application;
        self.platform.change(|core| {
            if let Some(user) = core.world.users.get_mut(&id) {
                name.clone_into(&mut user.name);
            }
            if let Some(application) = core.world.applications.get_mut(&id) {
                name.clone_into(&mut application.name);
            }
        });
    }

    /// A new guild that the bot is in, with an owner and without channels.
    #[must_use]
    pub fn guild(&self, name: &str) -> Guild {
        let guild = self.guild_without_bot(name);
        guild.bot_joins();
        guild
    }

    /// As [`Discord::guild`], with an owner of this name.
    #[must_use]
    pub fn guild_owned_by(&self, name: &str, owner: &str) -> Guild {
        let guild = self.found_guild(name, owner);
        guild.bot_joins();
        guild
    }

    /// A new guild that the bot is not in yet.
    #[must_use]
    pub fn guild_without_bot(&self, name: &str) -> Guild {
        self.found_guild(name, &format!("{name} owner"))
    }

    fn found_guild(&self, name: &str, owner: &str) -> Guild {
        let id = self.platform.change(|core| {
            let owner = core.world.add_user(owner, false);
            core.world.add_guild(name, owner)
        });
        Guild::new(self.platform.clone(), id)
    }

    /// Acts as a person, in the guild that the handle is from.
    #[must_use]
    pub fn as_member(&self, person: &Person) -> Acting {
        Acting::new(self.platform.clone(), person.clone())
    }

    /// Waits until the bot is connected, knows its guilds and has registered commands.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn bot_is_ready(&self) {
        let ready = self.try_bot_is_ready().await;
        ready.unwrap_or_else(|why| give_up(&self.platform, &why));
    }

    /// As [`Discord::bot_is_ready`], but says what was missed.
    ///
    /// # Errors
    /// A sentence, after ten seconds.
    pub async fn try_bot_is_ready(&self) -> Result<(), String> {
        let bot = self.platform.application;
        let what = "the bot to be connected with commands registered";
        self.try_until(what, |core| {
            let application = core.world.applications.get(&bot)?;
            let has_commands = !application.global_commands.is_empty()
                || application
                    .guild_commands
                    .values()
                    .any(|list| !list.is_empty());
            let connected = core
                .hub
                .sessions()
                .any(|session| session.ready && session.is_live());
            (has_commands && connected).then_some(())
        })
        .await
    }

    /// Waits until the bot has a live session, whatever its commands.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn bot_is_connected(&self) {
        self.until("the bot to be connected", |core| {
            let mut sessions = core.hub.sessions();
            sessions
                .any(|session| session.ready && session.is_live())
                .then_some(())
        })
        .await;
    }

    /// Waits until the bot has no live connection.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn bot_is_gone(&self) {
        self.until("the bot to be gone", |core| {
            let connected = core.hub.sessions().any(|session| session.is_live());
            (!connected).then_some(())
        })
        .await;
    }

    /// Whether the privileged message content intent is granted; it is, unless this says otherwise.
    pub fn grants_message_content(&self, granted: bool) {
        self.grant(|grants| grants.message_content = granted);
    }

    /// Whether the privileged members intent is granted; it is not, unless this says otherwise.
    pub fn grants_members(&self, granted: bool) {
        self.grant(|grants| grants.members = granted);
    }

    fn grant(&self, change: impl FnOnce(&mut crate::state::Grants)) {
        let bot = self.platform.application;
        self.platform.change(|core| {
            if let Some(application) = core.world.applications.get_mut(&bot) {
                change(&mut application.grants);
            }
        });
    }

    /// Refuses what exceeds so many requests in any second from now on (429, for the whole bot), answers
    /// to interactions aside. Discord's limit is 50; without this there is none.
    pub fn limits_requests(&self, per_second: usize) {
        self.platform.change(|core| core.rate.limit(per_second));
    }

    /// Faults of REST requests.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.platform.faults
    }

    /// Faults and settings of the gateway.
    #[must_use]
    pub fn gateway(&self) -> GatewayControl {
        GatewayControl::new(self.platform.clone())
    }

    /// The stand-in's clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.platform.clock
    }

    /// Moves the stand-in's clock ahead, so that deadlines pass at once.
    pub fn time_passes(&self, by: Duration) {
        self.platform.clock.advance(by);
        self.platform.wake();
    }

    /// What the bot asked for so far, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.platform.look(|core| core.log.all().cloned().collect())
    }

    /// The requests for routes that the stand-in does not know; a test can expect none.
    #[must_use]
    pub fn unknown_requests(&self) -> Vec<Request> {
        self.requests()
            .into_iter()
            .filter(|request| request.unknown)
            .collect()
    }

    /// Waits for an answered request that fits, past ones included.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn waits_for_request(&self, mut fits: impl FnMut(&Request) -> bool) -> Request {
        self.until("a request of the bot", |core| {
            core.log
                .all()
                .find(|request| request.status.is_some() && fits(request))
                .cloned()
        })
        .await
    }

    /// A message as it is now, also if it was deleted since.
    #[must_use]
    pub fn message(&self, message: &MessageView) -> MessageView {
        let now = self.platform.look(|core| core.view(message.id()));
        now.unwrap_or_else(|| message.clone())
    }

    /// Waits until a message looks as described.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn waits_until(
        &self,
        message: &MessageView,
        mut looks: impl FnMut(&MessageView) -> bool,
    ) -> MessageView {
        self.until("a message to look as expected", |core| {
            core.view(message.id()).filter(&mut looks)
        })
        .await
    }

    /// Who sees what from now on: one entry for each person and each thing that became visible,
    /// changed or went away.
    #[must_use]
    pub fn watch(&self) -> broadcast::Receiver<Seen> {
        self.platform.look(|core| core.seen.subscribe())
    }

    /// Everything that anybody said and the bot asked for, for a failure's message.
    #[must_use]
    pub fn transcript(&self) -> String {
        self.platform.look(transcript::of)
    }

    async fn until<T>(
        &self,
        what: &str,
        ready: impl FnMut(&crate::platform::Core) -> Option<T>,
    ) -> T {
        let found = self.try_until(what, ready).await;
        found.unwrap_or_else(|why| give_up(&self.platform, &why))
    }

    async fn try_until<T>(
        &self,
        what: &str,
        ready: impl FnMut(&crate::platform::Core) -> Option<T>,
    ) -> Result<T, String> {
        let found = self.platform.until(PATIENCE, ready).await;
        found.ok_or_else(|| format!("waited ten seconds for {what}"))
    }
}
