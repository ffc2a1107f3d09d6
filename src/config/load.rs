//! Defaults, then the file, then the environment: every setting is named here once.
//!
//! Invariants: a blank variable counts as not set; a missing file is an error only when it was
//! asked for; nothing is returned unless everything is valid.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::document::{Document, Name};
use super::problem::{ConfigError, Place, Problem};
use super::{Config, Secret, Token, allowed};

/// The file that is read from the working directory when none is named.
pub const DEFAULT_FILE: &str = "bot.toml";

/// A valid configuration and where it came from.
#[derive(Debug)]
pub struct Loaded {
    /// What holds.
    pub config: Config,
    /// The file that was read; `None` when there was none and the defaults hold.
    pub file: Option<PathBuf>,
}

/// Reads `file`, or [`DEFAULT_FILE`] if it is there, and the variables `DISCORD_TOKEN`,
/// `DATABASE_URL`, `BELLWETHER_DISCORD_API_URL`, `BELLWETHER_READINGS_TOKEN` and `RUST_LOG` through
/// `variable`.
///
/// # Errors
/// Every problem of the file and of the environment, at once.
pub fn load(
    file: Option<&Path>,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Loaded, ConfigError> {
    let path = file.unwrap_or(Path::new(DEFAULT_FILE));
    let (text, unreadable) = match read(path) {
        Ok(text) => (Some(text), None),
        Err(fault) if file.is_none() && fault.kind() == ErrorKind::NotFound => (None, None),
        Err(fault) => {
            let place = Place::File(path.to_owned());
            (
                None,
                Some(Problem {
                    place,
                    message: unreadable(&fault),
                }),
            )
        }
    };
    let (config, mut problems, _) = assemble(path, text.as_deref().unwrap_or_default(), variable);
    problems.splice(0..0, unreadable);
    if problems.is_empty() {
        Ok(Loaded {
            config,
            file: text.map(|_| path.to_owned()),
        })
    } else {
        Err(ConfigError { problems })
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

fn unreadable(fault: &std::io::Error) -> String {
    match fault.kind() {
        ErrorKind::NotFound => {
            "there is no such file; leave --config out to run with the defaults".to_owned()
        }
        ErrorKind::InvalidData => "this is not UTF-8 text".to_owned(),
        ErrorKind::PermissionDenied => "the file cannot be read: permission denied".to_owned(),
        _ => format!("the file cannot be read: {fault}"),
    }
}

const REQUEST_TIMEOUT: Name = ("discord", "request_timeout_seconds");
const API_URL: Name = ("discord", "api_url");
const DATABASE_URL: Name = ("database", "url");
const REACTION: Name = ("server", "reaction");
const CONFIRM: Name = ("recognition", "confirm_reaction");
const REFUSE: Name = ("recognition", "refuse_reaction");
const FIRST_RETRY: Name = ("delivery", "first_retry_seconds");
const LONGEST_RETRY: Name = ("delivery", "longest_retry_minutes");
const LEASE: Name = ("delivery", "lease_seconds");
const LISTEN: Name = ("readings", "listen");
const LISTEN_FOR: Name = ("readings", "server");
/// No setting of the file: the name under which a refused variable is remembered.
const READINGS_TOKEN: Name = ("readings", "token");
const FILTER: Name = ("log", "filter");

/// The configuration, the problems in order, and the name of every setting of the file.
fn assemble(
    path: &Path,
    text: &str,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> (Config, Vec<Problem>, Vec<Name>) {
    let mut config = Config::default();
    let mut file = Document::parse(path, text);
    from_file(&mut file, &mut config);
    from_environment(&mut file, &mut config, variable);
    together(&mut file, &config);
    let (problems, known) = file.finish();
    (config, problems, known)
}

fn from_file(file: &mut Document<'_>, config: &mut Config) {
    let discord = &mut config.discord;
    let guild = &mut discord.development_guild;
    file.read(("discord", "development_guild"), guild, allowed::server_id);
    file.read(
        ("discord", "message_content"),
        &mut discord.message_content,
        allowed::switch,
    );
    file.read(API_URL, &mut discord.api_url, allowed::api_url);
    file.read(
        REQUEST_TIMEOUT,
        &mut discord.request_timeout,
        allowed::seconds(1..=60),
    );
    file.read(
        ("discord", "requests_per_second"),
        &mut discord.requests_per_second,
        allowed::whole(5..=1_000),
    );

    let database = &mut config.database;
    file.read(DATABASE_URL, &mut database.path, allowed::database);
    file.read(
        ("database", "readers"),
        &mut database.readers,
        allowed::whole(1..=64),
    );

    let server = &mut config.server;
    file.read(("server", "timezone"), &mut server.timezone, allowed::zone);
    file.read(
        ("server", "chat_kudos"),
        &mut server.chat_kudos,
        allowed::switch,
    );
    file.read(
        ("server", "reaction_kudos"),
        &mut server.reaction_kudos,
        allowed::switch,
    );
    file.read(REACTION, &mut server.reaction, allowed::emoji);
    file.read(
        ("server", "leaderboards"),
        &mut server.leaderboards,
        allowed::switch,
    );

    let rules = &mut config.recognition;
    let allowance = &mut rules.daily_allowance;
    file.read(
        ("recognition", "daily_allowance"),
        allowance,
        allowed::limit(10_000),
    );
    file.read(
        ("recognition", "max_receivers"),
        &mut rules.max_receivers,
        allowed::whole(1..=50),
    );
    let identical = &mut rules.identical;
    file.read(
        ("recognition", "identical_seconds"),
        identical,
        allowed::seconds(0..=86_400),
    );
    file.read(CONFIRM, &mut rules.confirm_reaction, allowed::emoji);
    file.read(REFUSE, &mut rules.refuse_reaction, allowed::emoji);

    let delivery = &mut config.delivery;
    file.read(
        ("delivery", "max_attempts"),
        &mut delivery.max_attempts,
        allowed::whole(1..=100),
    );
    file.read(
        FIRST_RETRY,
        &mut delivery.first_retry,
        allowed::seconds(1..=3_600),
    );
    file.read(
        LONGEST_RETRY,
        &mut delivery.longest_retry,
        allowed::minutes(1..=1_440),
    );
    file.read(LEASE, &mut delivery.lease, allowed::seconds(10..=3_600));
    file.read(
        ("delivery", "opening_pause_milliseconds"),
        &mut delivery.opening_pause,
        allowed::milliseconds(0..=60_000),
    );

    file.read(
        ("scheduler", "tick_seconds"),
        &mut config.scheduler.tick,
        allowed::seconds(1..=15),
    );

    let readings = &mut config.readings;
    file.read(LISTEN, &mut readings.listen, allowed::loopback);
    file.read(LISTEN_FOR, &mut readings.server, allowed::one_server_id);

    let keep = &mut config.retention;
    file.read(
        ("retention", "delivered_days"),
        &mut keep.delivered_days,
        allowed::whole(1..=3_650),
    );
    let pages = &mut keep.search_pages_days;
    file.read(
        ("retention", "search_pages_days"),
        pages,
        allowed::whole(1..=365),
    );
    file.read(
        ("retention", "audit_days"),
        &mut keep.audit_days,
        allowed::whole(30..=36_500),
    );
    file.read(
        ("retention", "notice_days"),
        &mut keep.notice_days,
        allowed::whole(1..=3_650),
    );
    file.read(
        ("retention", "absence_days"),
        &mut keep.absence_days,
        allowed::whole(1..=3_650),
    );
    file.read(
        ("retention", "nudge_days"),
        &mut keep.nudge_days,
        allowed::whole(30..=3_650),
    );
    file.read(
        ("retention", "closed_days"),
        &mut keep.closed_days,
        allowed::whole(30..=36_500),
    );
    file.read(
        ("retention", "ended_series_days"),
        &mut keep.ended_series_days,
        allowed::whole(1..=36_500),
    );
    file.read(
        ("retention", "departed_days"),
        &mut keep.departed_days,
        allowed::whole(1..=3_650),
    );

    let contact = &mut config.privacy.contact;
    file.read(("privacy", "contact"), contact, allowed::line);

    file.read(FILTER, &mut config.log.filter, allowed::filter);
    file.read(("log", "format"), &mut config.log.format, allowed::format);
}

fn from_environment(
    file: &mut Document<'_>,
    config: &mut Config,
    variable: &dyn Fn(&str) -> Option<OsString>,
) {
    let mut text = |name: &'static str| {
        let value = variable(name)?;
        let Some(text) = value.to_str() else {
            let message = "the value is not UTF-8 text".to_owned();
            file.refuse_at(Place::Variable(name), message);
            return None;
        };
        (!text.trim().is_empty()).then(|| text.to_owned())
    };
    let database = text("DATABASE_URL");
    let api = text("BELLWETHER_DISCORD_API_URL");
    let log = text("RUST_LOG");
    let readings = text("BELLWETHER_READINGS_TOKEN");
    let token = text("DISCORD_TOKEN");

    if let Some(url) = database {
        let slot = &mut config.database.path;
        file.override_with(
            DATABASE_URL,
            ("DATABASE_URL", &url),
            slot,
            allowed::database,
        );
    }
    if let Some(url) = api {
        let slot = &mut config.discord.api_url;
        file.override_with(
            API_URL,
            ("BELLWETHER_DISCORD_API_URL", &url),
            slot,
            allowed::api_url,
        );
    }
    if let Some(filter) = log {
        let slot = &mut config.log.filter;
        file.override_with(FILTER, ("RUST_LOG", &filter), slot, allowed::filter);
    }
    match readings.map(|pasted| Secret::parse(&pasted)) {
        Some(Ok(secret)) => config.readings.token = Some(secret),
        Some(Err(why)) => file.refuse_secret(READINGS_TOKEN, "BELLWETHER_READINGS_TOKEN", why),
        None => {}
    }
    if let Some(pasted) = token {
        let checked = Token::parse(&pasted).and_then(|token| {
            if config.discord.api_url.is_discord() && !file.is_refused(API_URL) {
                token.discords_own()?;
            }
            Ok(token)
        });
        match checked {
            Ok(token) => config.discord.token = Some(token),
            Err(fault) => file.refuse_at(Place::Variable("DISCORD_TOKEN"), fault.to_string()),
        }
    }
}

/// What holds between settings.
fn together(file: &mut Document<'_>, config: &Config) {
    let (server, rules) = (&config.server, &config.recognition);
    if rules.confirm_reaction == server.reaction {
        file.refuse_together(
            &[CONFIRM, REACTION],
            format!(
                "[recognition] confirm_reaction and [server] reaction are both {}; allowed: two \
                 different emoji, or the bot's confirmation would look like kudos",
                server.reaction
            ),
        );
    }
    if rules.refuse_reaction == server.reaction || rules.refuse_reaction == rules.confirm_reaction {
        file.refuse_together(
            &[REFUSE, CONFIRM, REACTION],
            format!(
                "[recognition] refuse_reaction {} is also the confirmation or the kudos reaction; \
                 allowed: an emoji of its own",
                rules.refuse_reaction
            ),
        );
    }
    let readings = &config.readings;
    if readings.listen.is_some() && readings.server.is_none() {
        file.refuse_together(
            &[LISTEN, LISTEN_FOR],
            "[readings] listen is set and server is not; allowed: the id of the server whose \
             metrics are posted"
                .to_owned(),
        );
    }
    if readings.listen.is_some() && readings.token.is_none() {
        file.refuse_together(
            &[LISTEN, READINGS_TOKEN],
            "[readings] listen needs a token that scripts show; put one into the environment \
             variable BELLWETHER_READINGS_TOKEN, such as openssl rand -hex 32 makes"
                .to_owned(),
        );
    }
    let delivery = &config.delivery;
    if delivery.first_retry > delivery.longest_retry {
        file.refuse_together(
            &[FIRST_RETRY, LONGEST_RETRY],
            format!(
                "[delivery] first_retry_seconds is {}, longer than longest_retry_minutes ({} \
                 seconds); allowed: a first wait no longer than the longest",
                delivery.first_retry.as_secs(),
                delivery.longest_retry.as_secs()
            ),
        );
    }
    if delivery.lease <= config.discord.request_timeout {
        file.refuse_together(
            &[LEASE, REQUEST_TIMEOUT],
            format!(
                "[delivery] lease_seconds is {}; allowed: more than [discord] \
                 request_timeout_seconds ({}), or a message could be taken up twice",
                delivery.lease.as_secs(),
                config.discord.request_timeout.as_secs()
            ),
        );
    }
}

#[cfg(test)]
mod tests;
