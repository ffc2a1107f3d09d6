//! What the operator decides: defaults, then `bot.toml`, then the environment.
//!
//! Invariants: a [`Config`] that exists is valid as a whole; every problem of a file and of the
//! environment is reported at once, with its line or its variable and what is allowed instead; no
//! value of the token ever reaches a message. The environment comes in as a function, so that
//! nothing here reads the process.
//!
//! Elsewhere on purpose: what a guild chooses for itself (`/setup` keeps it in the database;
//! [`Server`] only says how a new guild starts).

mod allowed;
mod document;
mod emoji;
mod endpoint;
mod load;
mod problem;
mod secret;
mod token;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;

pub use self::emoji::{Emoji, NotAnEmoji};
pub use self::endpoint::{ApiUrl, NotAnApiUrl};
pub use self::load::{DEFAULT_FILE, Loaded, load};
pub use self::problem::{ConfigError, Place, Problem};
pub use self::secret::Secret;
pub use self::token::{Token, TokenFault};

/// Everything that the operator can decide. The default is what the shipped `bot.toml` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The connection to Discord.
    pub discord: Discord,
    /// The SQLite file.
    pub database: Database,
    /// How a newly joined guild starts.
    pub server: Server,
    /// The rules of kudos that hold in every guild.
    pub recognition: Recognition,
    /// How messages that are not answers reach Discord.
    pub delivery: Delivery,
    /// How often the clock is looked at.
    pub scheduler: Scheduler,
    /// The door for scripts on this machine.
    pub readings: Readings,
    /// How long working data is kept.
    pub retention: Retention,
    /// What people are told about their data.
    pub privacy: Privacy,
    /// What is logged.
    pub log: Log,
}

/// The connection to Discord.
#[derive(Clone, Debug, PartialEq)]
pub struct Discord {
    /// The bot's token, from `DISCORD_TOKEN` alone; `None` when it is not set or blank.
    pub token: Option<Token>,
    /// The guild where commands appear at once (its Discord id); `None` registers them everywhere.
    pub development_guild: Option<u64>,
    /// Whether to ask for the text of messages, if Discord has granted it.
    pub message_content: bool,
    /// Where Discord is, or a stand-in for it.
    pub api_url: ApiUrl,
    /// After how long a REST call is given up.
    pub request_timeout: Duration,
    /// The most requests in a second, answers to interactions aside.
    pub requests_per_second: u32,
}

impl Default for Discord {
    fn default() -> Self {
        Self {
            token: None,
            development_guild: None,
            message_content: true,
            api_url: ApiUrl::default(),
            request_timeout: Duration::from_secs(10),
            requests_per_second: 50,
        }
    }
}

/// The SQLite file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    /// The file, relative to the working directory unless absolute.
    pub path: PathBuf,
    /// How many connections read beside the one that writes.
    pub readers: u32,
    /// Whether a write waits until it is on the disk. No setting: only the sandbox, whose data goes
    /// with it, does not.
    pub waits_for_disk: bool,
}

impl Default for Database {
    fn default() -> Self {
        Self {
            path: PathBuf::from("bellwether.db"),
            readers: 4,
            waits_for_disk: true,
        }
    }
}

/// How a newly joined guild starts; `/setup` changes it for one guild.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The zone for people who have not chosen one.
    pub timezone: Tz,
    /// Whether thanks written in chat count.
    pub chat_kudos: bool,
    /// Whether the reaction counts.
    pub reaction_kudos: bool,
    /// The reaction that gives kudos.
    pub reaction: Emoji,
    /// Whether boards may be shown.
    pub leaderboards: bool,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            timezone: Tz::UTC,
            chat_kudos: true,
            reaction_kudos: true,
            reaction: Emoji::Unicode("🏆".to_owned()),
            leaderboards: true,
        }
    }
}

/// The rules of kudos that hold in every guild.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognition {
    /// How many receivers one person may thank a day; `None` is no limit.
    pub daily_allowance: Option<u32>,
    /// How many receivers one kudos may name, teams aside.
    pub max_receivers: u32,
    /// Within how long the same kudos again is answered with the first; zero switches it off.
    pub identical: Duration,
    /// The reaction that confirms a kudos in chat; never [`Server::reaction`].
    pub confirm_reaction: Emoji,
    /// The reaction on a kudos in chat that is over a limit.
    pub refuse_reaction: Emoji,
}

impl Default for Recognition {
    fn default() -> Self {
        Self {
            daily_allowance: Some(50),
            max_receivers: 10,
            identical: Duration::from_secs(60),
            confirm_reaction: Emoji::Unicode("✅".to_owned()),
            refuse_reaction: Emoji::Unicode("⚠️".to_owned()),
        }
    }
}

/// How messages that are not answers reach Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// After how many attempts a message is given up.
    pub max_attempts: u32,
    /// The wait before the second attempt; it doubles from there.
    pub first_retry: Duration,
    /// The longest wait between two attempts.
    pub longest_retry: Duration,
    /// For how long a message belongs to the attempt that took it; longer than
    /// [`Discord::request_timeout`].
    pub lease: Duration,
    /// The pause between two first openings of direct messages.
    pub opening_pause: Duration,
}

impl Default for Delivery {
    fn default() -> Self {
        Self {
            max_attempts: 12,
            first_retry: Duration::from_secs(2),
            longest_retry: Duration::from_secs(30 * 60),
            lease: Duration::from_secs(60),
            opening_pause: Duration::from_millis(400),
        }
    }
}

/// How often the clock is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduler {
    /// The longest time between two looks; at most 15 seconds.
    pub tick: Duration,
}

impl Default for Scheduler {
    fn default() -> Self {
        Self {
            tick: Duration::from_secs(10),
        }
    }
}

/// The door through which scripts on this machine post readings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings {
    /// The loopback address where it is; `None` keeps it shut.
    pub listen: Option<SocketAddr>,
    /// Whose metrics they are (a guild's Discord id); set wherever `listen` is.
    pub server: Option<u64>,
    /// What opens it, from `BELLWETHER_READINGS_TOKEN` alone; set wherever `listen` is.
    pub token: Option<Secret>,
}

/// How long working data is kept. What people gave each other is not working data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Days that a delivered message stays in the outbox.
    pub delivered_days: u32,
    /// Days that the pages of a search can be turned.
    pub search_pages_days: u32,
    /// Days that the audit trail goes back.
    pub audit_days: u32,
    /// Days that a notice waits for somebody who uses no command.
    pub notice_days: u32,
    /// Days that an absence is kept after its end.
    pub absence_days: u32,
    /// Days that a nudge is kept after it was of use.
    pub nudge_days: u32,
    /// Days that an agenda item, a promise or a moment is kept after it was done with.
    pub closed_days: u32,
    /// Days that a series with its sessions is kept after it ended.
    pub ended_series_days: u32,
    /// Days after the bot was removed from a guild that everything about it is deleted.
    pub departed_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            delivered_days: 7,
            search_pages_days: 30,
            audit_days: 730,
            notice_days: 90,
            absence_days: 730,
            nudge_days: 90,
            closed_days: 730,
            ended_series_days: 730,
            departed_days: 30,
        }
    }
}

/// What people are told about their data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Privacy {
    /// Who runs this bot and answers for its data, in a line; empty if the operator has not said.
    pub contact: String,
}

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Levels by target, in the words of `RUST_LOG` (tracing-subscriber's `EnvFilter`); valid.
    pub filter: String,
    /// How a line looks.
    pub format: LogFormat,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            filter: "info".to_owned(),
            format: LogFormat::Text,
        }
    }
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}
