//! The office of the crash tests: people at the stand-in, and the bot as a process of its own that
//! can be killed at any moment.

use std::fs::File;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use discord_sandbox::driver::{Acting, Channel, Discord, Guild, Person};
use discord_sandbox::{MessageView, Request};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// A request by its method and path, as faults name it.
pub(crate) type Step = (&'static str, &'static str);

/// The first answer to a call.
pub(crate) const ANSWER: Step = ("POST", "/interactions/*/*/callback");
/// A message to a channel, or by DM.
pub(crate) const POST: Step = ("POST", "/channels/*/messages");
/// The opening of a DM.
pub(crate) const OPEN_DM: Step = ("POST", "/users/@me/channels");
/// The change of a message.
pub(crate) const EDIT: Step = ("PATCH", "/channels/*/messages/*");
/// The deletion of a message.
pub(crate) const DELETE: Step = ("DELETE", "/channels/*/messages/*");
/// The bot's reaction, and its removal.
pub(crate) const REACT: Step = ("PUT", "/channels/*/messages/*/reactions/*/@me");
pub(crate) const UNREACT: Step = ("DELETE", "/channels/*/messages/*/reactions/*/@me");

/// Where in the life of a request its sender dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The request is on its way, and is lost with the process.
    Unheard,
    /// The request is on its way, and takes effect after the process died.
    Orphaned,
    /// The request took effect, and its answer finds nobody.
    Unanswered,
}

/// All moments.
pub(crate) const MOMENTS: [Moment; 3] = [Moment::Unheard, Moment::Orphaned, Moment::Unanswered];

/// How long anything may take on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a person's client waits for the first answer to a call.
const CLIENT_WAITS: Duration = Duration::from_millis(3_001);

/// A server with a few members and an admin, and the bot in it.
pub(crate) struct Office {
    pub(crate) discord: Discord,
    pub(crate) acme: Guild,
    pub(crate) ann: Person,
    pub(crate) bo: Person,
    pub(crate) chen: Person,
    pub(crate) dee: Person,
    /// Has Manage Server.
    pub(crate) max: Person,
    pub(crate) general: Channel,
    /// Where kudos are announced once an admin has chosen it.
    pub(crate) wins: Channel,
    /// The system channel, where the bot introduces itself.
    pub(crate) lobby: Channel,
    process: Option<Child>,
    folder: TempDir,
}

impl Office {
    /// The office with the bot running and introduced.
    pub(crate) async fn open() -> Self {
        let mut office = Self::closed().await;
        office.starts().await;
        let dee = office.has(&office.dee);
        dee.waits_for(&office.lobby, |_| true).await;
        office.settles().await;
        office
    }

    /// The office before the bot was ever started.
    pub(crate) async fn closed() -> Self {
        let discord = Discord::start().await;
        discord.bot_is_called("Bellwether");
        let acme = discord.guild("Acme");
        let (ann, bo) = (acme.member("Ann"), acme.member("Bo"));
        let (chen, dee) = (acme.member("Chen"), acme.member("Dee"));
        let max = acme.admin("Max");
        let (general, wins) = (acme.channel("general"), acme.channel("wins"));
        let lobby = acme.channel("lobby");
        acme.has_system_channel(&lobby);
        Self {
            discord,
            acme,
            ann,
            bo,
            chen,
            dee,
            max,
            general,
            wins,
            lobby,
            process: None,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Starts the bot on the office's database and waits until it is connected.
    pub(crate) async fn starts(&mut self) {
        self.spawns();
        self.discord.bot_is_ready().await;
    }

    /// Leaves a `bot.toml` for the next start.
    pub(crate) fn is_configured(&self, settings: &str) {
        std::fs::write(self.folder.path().join("bot.toml"), settings).unwrap();
    }

    /// Starts the bot and does not wait.
    pub(crate) fn spawns(&mut self) {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("log"))
            .unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_bellwether"))
            .arg("run")
            .current_dir(self.folder.path())
            .env_clear()
            .env("DISCORD_TOKEN", self.discord.token())
            .env("BELLWETHER_DISCORD_API_URL", self.discord.base_url())
            .stderr(Stdio::from(log))
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        assert!(self.process.replace(child).is_none(), "one at a time");
    }

    /// `kill -9`.
    pub(crate) async fn dies(&mut self) {
        let mut process = self.process.take().expect("a running bot");
        process.kill().await.unwrap();
        self.discord.bot_is_gone().await;
    }

    /// `kill -TERM`; returns how the process ended.
    pub(crate) async fn is_asked_to_stop(&mut self) -> ExitStatus {
        let mut process = self.process.take().expect("a running bot");
        let id = process.id().expect("a running bot").to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await;
        assert!(asked.unwrap().success());
        process.wait().await.unwrap()
    }

    /// Waits until the process has ended on its own; returns how.
    pub(crate) async fn ends(&mut self) -> ExitStatus {
        let mut process = self.process.take().expect("a running bot");
        let ended = tokio::time::timeout(PATIENCE, process.wait()).await;
        ended
            .unwrap_or_else(|_| panic!("it goes on:\n{}", self.log()))
            .unwrap()
    }

    /// Waits until the bot has logged these words.
    pub(crate) async fn has_logged(&self, words: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while !self.log().contains(words) {
            assert!(tokio::time::Instant::now() < deadline, "{}", self.log());
            tokio::task::yield_now().await;
        }
    }

    /// What the bot has logged so far.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// Somebody does something, and the bot dies at this moment of the first such request that it
    /// makes for it. Then it is started again and finishes what it had begun.
    pub(crate) async fn dies_during<T>(
        &mut self,
        (method, path): Step,
        moment: Moment,
        act: impl Future<Output = T>,
    ) -> T {
        let faults = self.discord.faults();
        let pause = match moment {
            Moment::Unanswered => faults.pause_after(method, path),
            Moment::Unheard | Moment::Orphaned => faults.pause_before(method, path),
        };
        let discord = self.discord.clone();
        let crash = async {
            let held = pause.arrived().await;
            let held =
                held.unwrap_or_else(|| panic!("no {method} {path}:\n{}", discord.transcript()));
            if is_deferral(&held) {
                // On a machine so slow that the bot asked for time the moment has passed.
                return pause.release();
            }
            self.dies().await;
            if moment == Moment::Unheard {
                pause.discard();
            } else {
                pause.release();
                discord
                    .waits_for_request(|request| request.number == held.number)
                    .await;
            }
            // Who waits for an answer gives it up.
            discord.time_passes(CLIENT_WAITS);
        };
        let (done, ()) = tokio::join!(act, crash);
        if self.process.is_some() {
            self.dies().await;
        }
        self.starts().await;
        self.settles().await;
        done
    }

    /// Waits until the bot has dealt with everything so far and has nothing left to say.
    pub(crate) async fn settles(&self) {
        // The gateway keeps the order, and so does the bot.
        self.has(&self.dee)
            .slash("kudos give")
            .types("value", "")
            .await;
        let mut database = self.database().await;
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let busy: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'leased')",
            )
            .fetch_one(&mut database)
            .await
            .unwrap();
            if busy == 0 {
                break;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "the bot is still busy:\n{}\n{}",
                self.discord.transcript(),
                self.log()
            );
        }
        database.close().await.unwrap();
    }

    /// The bot's database file, beside the bot.
    pub(crate) async fn database(&self) -> SqliteConnection {
        SqliteConnectOptions::new()
            .filename(self.folder.path().join("bellwether.db"))
            .busy_timeout(Duration::from_secs(5))
            .connect()
            .await
            .unwrap()
    }

    /// Somebody acting in #general.
    pub(crate) fn has(&self, person: &Person) -> Acting {
        self.discord.as_member(person).in_channel(&self.general)
    }

    /// An admin makes #wins the recognition channel.
    pub(crate) async fn announces_in_wins(&self) {
        let setup = self.has(&self.max).slash("setup");
        let answer = setup.channel("channel", &self.wins).send().await;
        assert!(!answer.failed(), "{}", self.log());
    }

    /// How often the bot says these words in a channel.
    pub(crate) fn said(&self, channel: &Channel, words: &str) -> usize {
        count(&self.has(&self.dee).sees_in(channel), self, words)
    }

    /// How often the bot says these words to somebody by DM.
    pub(crate) fn told(&self, person: &Person, words: &str) -> usize {
        count(&self.has(person).dms(), self, words)
    }

    /// The bot's reactions to a message, by emoji.
    pub(crate) fn marks(&self, message: &MessageView) -> Vec<String> {
        let now = self.discord.message(message);
        let by_bot =
            |(_, people): &&(String, Vec<String>)| people.iter().any(|one| one == "Bellwether");
        let marks = now.reactions().iter().filter(by_bot);
        marks.map(|(emoji, _)| emoji.clone()).collect()
    }
}

/// Whether an answer only asks for time.
pub(crate) fn is_deferral(request: &Request) -> bool {
    matches!(
        request.body.get("type").and_then(serde_json::Value::as_u64),
        Some(5 | 6)
    )
}

fn count(messages: &[MessageView], office: &Office, words: &str) -> usize {
    let bot = office.discord.bot_id();
    let by_bot = messages.iter().filter(|message| message.author_id() == bot);
    by_bot
        .filter(|message| message.shown().contains(words))
        .count()
}
