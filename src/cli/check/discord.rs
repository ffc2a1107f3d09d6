//! Whether Discord, or its stand-in, accepts the token and can be reached.

use std::error::Error;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue, RETRY_AFTER};
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Report;
use crate::config::{Discord, Token};

const TOKEN: &str = "token";
const CONTENT: &str = "message content";
const GATEWAY: &str = "gateway";
const STARTS: &str = "session starts";

/// The application flags for granted message content, verified and unverified,
/// <https://docs.discord.com/developers/resources/application#application-object-application-flags>.
const CONTENT_GRANTED: u64 = 1 << 18 | 1 << 19;

/// A check is watched by a person: shorter than the bot's own patience.
const LONGEST: Duration = Duration::from_secs(5);

#[derive(Deserialize)]
struct Application {
    id: String,
    name: String,
    #[serde(default)]
    flags: u64,
}

#[derive(Deserialize)]
struct Gateway {
    url: String,
    shards: Option<u64>,
    session_start_limit: Option<SessionStarts>,
}

#[derive(Deserialize)]
struct SessionStarts {
    total: u64,
    remaining: u64,
    /// Milliseconds.
    reset_after: u64,
}

/// Token, granted message content, gateway and session starts, in four lines.
pub(super) async fn check(settings: &Discord, report: &mut Report<'_>) {
    let asking = match Asking::new(settings) {
        Ok(asking) => asking,
        Err(fault) => {
            let found = format!("could not be looked at ({fault})");
            report.fail(TOKEN, &found, "Check the TLS set-up of this machine.");
            return;
        }
    };
    let application = asking.token(settings.token.as_ref(), report).await;
    content(settings.message_content, application.as_ref(), report);
    let token = settings.token.as_ref().filter(|_| application.is_some());
    asking.gateway(token, report).await;
}

fn content(wanted: bool, application: Option<&Application>, report: &mut Report<'_>) {
    match application {
        _ if !wanted => report.ok(CONTENT, "not asked for ([discord] message_content = false)"),
        None => report.warn(CONTENT, "not known", "Put the above right and check again."),
        Some(application) if application.flags & CONTENT_GRANTED != 0 => {
            report.ok(CONTENT, "granted; thanks in chat count everywhere");
        }
        Some(_) => report.warn(
            CONTENT,
            "not granted; thanks in chat count only where the bot is mentioned",
            "Switch on Message Content Intent at https://discord.com/developers/applications (your \
             application, Bot, Privileged Gateway Intents), or set [discord] message_content = \
             false.",
        ),
    }
}

/// A client for this one look.
struct Asking<'s> {
    client: Client,
    settings: &'s Discord,
}

/// Why there is no answer to work with.
enum NoAnswer {
    Status {
        status: StatusCode,
        wait: Option<String>,
    },
    Unreachable(String),
    Unreadable,
}

impl<'s> Asking<'s> {
    fn new(settings: &'s Discord) -> Result<Self, reqwest::Error> {
        let mut client = Client::builder()
            .user_agent(concat!(
                "DiscordBot (bellwether, ",
                env!("CARGO_PKG_VERSION"),
                ")"
            ))
            .redirect(reqwest::redirect::Policy::none())
            .timeout(settings.request_timeout.min(LONGEST));
        if !settings.api_url.is_discord() {
            // A stand-in is on this machine or nearby, where no proxy of the environment leads.
            client = client.no_proxy();
        }
        Ok(Self {
            client: client.build()?,
            settings,
        })
    }

    async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        token: Option<&Token>,
    ) -> Result<T, NoAnswer> {
        let mut request = self.client.get(self.settings.api_url.rest(path));
        if let Some(token) = token {
            let header = HeaderValue::from_str(&format!("Bot {}", token.reveal()));
            if let Ok(mut header) = header {
                header.set_sensitive(true);
                request = request.header(AUTHORIZATION, header);
            }
        }
        let answer = request
            .send()
            .await
            .map_err(|fault| NoAnswer::unreachable(&fault))?;
        let status = answer.status();
        if !status.is_success() {
            let wait = answer
                .headers()
                .get(RETRY_AFTER)
                .and_then(|wait| wait.to_str().ok());
            return Err(NoAnswer::Status {
                status,
                wait: wait.map(str::to_owned),
            });
        }
        let body = answer
            .bytes()
            .await
            .map_err(|fault| NoAnswer::unreachable(&fault))?;
        serde_json::from_slice(&body).map_err(|_| NoAnswer::Unreadable)
    }

    async fn token(&self, token: Option<&Token>, report: &mut Report<'_>) -> Option<Application> {
        let Some(token) = token else {
            report.fail(
                TOKEN,
                "DISCORD_TOKEN is not set",
                "Copy the token from https://discord.com/developers/applications (your \
                 application, Bot, Reset Token) into DISCORD_TOKEN. To try the bot without one: \
                 bellwether sandbox",
            );
            return None;
        };
        match self
            .get::<Application>("/oauth2/applications/@me", Some(token))
            .await
        {
            Ok(application) => {
                let Application { id, name, .. } = &application;
                report.ok(
                    TOKEN,
                    &format!("accepted; it belongs to {name:?}, application {id}"),
                );
                Some(application)
            }
            Err(NoAnswer::Status {
                status: StatusCode::UNAUTHORIZED,
                ..
            }) => {
                report.fail(
                    TOKEN,
                    &format!("{} does not accept it", self.whom()),
                    "Reset it at https://discord.com/developers/applications (your application, \
                     Bot, Reset Token) and put the new one into DISCORD_TOKEN.",
                );
                None
            }
            Err(other) => {
                let (found, remedy) = other.said(self);
                report.fail(TOKEN, &format!("could not be tried: {found}"), &remedy);
                None
            }
        }
    }

    async fn gateway(&self, token: Option<&Token>, report: &mut Report<'_>) {
        let path = if token.is_some() {
            "/gateway/bot"
        } else {
            "/gateway"
        };
        let gateway = match self.get::<Gateway>(path, token).await {
            Ok(gateway) => gateway,
            Err(none) => {
                let (found, remedy) = none.said(self);
                report.fail(GATEWAY, &found, &remedy);
                report.warn(STARTS, "not known", "Put the above right and check again.");
                return;
            }
        };
        match self.knock(&gateway.url).await {
            Ok(()) => report.ok(GATEWAY, &format!("{} can be reached", gateway.url)),
            Err(why) => report.fail(
                GATEWAY,
                &format!("{} cannot be reached ({why})", gateway.url),
                "Let this machine's network and firewall through to it.",
            ),
        }
        match gateway.session_start_limit {
            Some(starts) => session_starts(&starts, gateway.shards.unwrap_or(1), report),
            None => {
                report.warn(STARTS, "not known", "Put the token right and check again.");
            }
        }
    }

    /// Any answer over HTTP at all means that name, network and TLS work; what a WebSocket server
    /// says to a plain request does not matter, and no session is started.
    async fn knock(&self, gateway: &str) -> Result<(), String> {
        let door = match gateway.split_once("://") {
            Some(("wss", rest)) => format!("https://{rest}"),
            Some(("ws", rest)) => format!("http://{rest}"),
            _ => return Err("this is no WebSocket address".to_owned()),
        };
        self.client
            .get(door)
            .send()
            .await
            .map(|_| ())
            .map_err(|fault| root(&fault))
    }

    fn whom(&self) -> String {
        if self.settings.api_url.is_discord() {
            "Discord".to_owned()
        } else {
            self.settings.api_url.to_string()
        }
    }
}

impl NoAnswer {
    fn unreachable(fault: &reqwest::Error) -> Self {
        Self::Unreachable(root(fault))
    }

    /// What was found, and the remedy.
    fn said(&self, asking: &Asking<'_>) -> (String, String) {
        let whom = asking.whom();
        match self {
            Self::Unreachable(why) => (
                format!("{whom} cannot be reached ({why})"),
                "Check this machine's network, its proxy and [discord] api_url.".to_owned(),
            ),
            Self::Status {
                status: StatusCode::TOO_MANY_REQUESTS,
                wait,
            } => (
                format!("{whom} asks to be left alone for a while"),
                match wait {
                    Some(seconds) => format!("Check again in {seconds} seconds."),
                    None => "Check again in an hour.".to_owned(),
                },
            ),
            Self::Status { status, .. } if status.is_server_error() => (
                format!("{whom} is unwell (status {})", status.as_u16()),
                "Look at https://discordstatus.com and check again later.".to_owned(),
            ),
            Self::Status { status, .. } => (
                format!("{whom} refused to answer (status {})", status.as_u16()),
                "Check [discord] api_url and BELLWETHER_DISCORD_API_URL.".to_owned(),
            ),
            Self::Unreadable => (
                format!("{whom} does not answer like Discord's API"),
                "Check [discord] api_url and BELLWETHER_DISCORD_API_URL.".to_owned(),
            ),
        }
    }
}

fn session_starts(starts: &SessionStarts, shards: u64, report: &mut Report<'_>) {
    let SessionStarts {
        total,
        remaining,
        reset_after,
    } = *starts;
    let minutes = reset_after.div_ceil(60_000);
    let found = format!("{remaining} of {total} left, {shards} needed for a start");
    if remaining < shards {
        report.fail(
            STARTS,
            &found,
            &format!("Discord allows more in {minutes} minutes."),
        );
    } else if remaining < total / 10 {
        report.warn(
            STARTS,
            &found,
            &format!(
                "Something restarts the bot often: look at the log. Discord allows more in \
                 {minutes} minutes."
            ),
        );
    } else {
        report.ok(STARTS, &found);
    }
}

/// The innermost reason, such as "Connection refused": the outer ones repeat the URL.
fn root(fault: &reqwest::Error) -> String {
    if fault.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut inner: &dyn Error = fault;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}
