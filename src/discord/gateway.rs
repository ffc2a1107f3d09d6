//! The gateway's life: ask first, connect, watch, start again with patience, and stop in time.
//!
//! serenity resumes and reconnects on its own. Around it stands what it does not do: it falls back
//! to the real Discord when `/gateway` fails, never gives up on some close codes, and identifies
//! every five seconds without a limit while Discord calls the session invalid.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use serenity::all::{ConnectionStage, FullEvent, GatewayIntents, ShardManager};
use serenity::gateway::GatewayError;
use serenity::http::HttpBuilder;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::bot::{Bot, Identity};
use super::rest::RestError;
use super::{commands, events};
use crate::config::Token;
use crate::error::Failure;
use crate::ids::UserId;

/// The application flags that say that message content is granted,
/// <https://docs.discord.com/developers/resources/application#application-object-application-flags>.
const CONTENT_GRANTED: u64 = 1 << 18 | 1 << 19;

/// So many IDENTIFYs without a session in between, and the connection is given up for a while.
const IDENTIFIES_AT_ONCE: u32 = 4;

/// How long no shard may be connected before the connection is made anew.
const SILENCE: Duration = Duration::from_secs(90);

/// How often the watchdog looks.
const WATCH: Duration = Duration::from_secs(1);

/// How long serenity may take to shut its shards down.
const SHUTDOWN: Duration = Duration::from_millis(1_500);

const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Why the bot cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum GatewayLost {
    /// 401, or close code 4004.
    #[error(
        "Discord refused the token. Reset it in the developer portal (Bot, Reset Token), put the new one into DISCORD_TOKEN and start again."
    )]
    Token,
    /// A close code after which trying again would change nothing.
    #[error("Discord closed the connection for good: {0}. Update Bellwether, or report this.")]
    Closed(String),
    /// The client could not be set up.
    #[error("the connection to Discord could not be set up: {0}")]
    SetUp(String),
}

/// How one connection ended.
enum Ended {
    Stopped,
    /// Message content was refused: go on without.
    WithoutContent,
    /// Try again after a pause.
    Again(String),
    Fatal(GatewayLost),
}

/// What Discord says before a connection: where, in how many shards, and how many starts are left.
struct Invitation {
    shards: u32,
    remaining: u64,
    reset_after: Duration,
}

/// Connects and stays connected until `stop`.
///
/// # Errors
/// [`GatewayLost`] when trying again is of no use.
pub async fn run(bot: Bot, token: &Token, stop: CancellationToken) -> Result<(), GatewayLost> {
    let mut content_refused = false;
    let mut pause = FIRST_PAUSE;
    while !stop.is_cancelled() {
        let prepared = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            prepared = prepare(&bot, content_refused) => prepared,
        };
        let (ended, lasted) = match prepared {
            Ok((shards, intents)) => {
                let begun = Instant::now();
                let ended = connect(&bot, token, shards, intents, &stop).await;
                (ended, begun.elapsed())
            }
            Err(ended) => (ended, Duration::ZERO),
        };
        match ended {
            Ended::Stopped => return Ok(()),
            Ended::Fatal(reason) => return Err(reason),
            Ended::WithoutContent => {
                tracing::warn!(
                    "Discord does not grant message content: chat kudos work only where the bot is \
                     mentioned. Switch on \"Message Content Intent\" in the developer portal."
                );
                content_refused = true;
            }
            Ended::Again(reason) => {
                if lasted > LONGEST_PAUSE {
                    pause = FIRST_PAUSE;
                }
                tracing::warn!(
                    reason,
                    seconds = pause.as_secs(),
                    "not connected; trying again"
                );
                tokio::select! {
                    () = stop.cancelled() => return Ok(()),
                    () = tokio::time::sleep(pause) => {}
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
    Ok(())
}

async fn prepare(bot: &Bot, content_refused: bool) -> Result<(u32, GatewayIntents), Ended> {
    let invitation = invitation(bot).await?;
    if invitation.remaining < u64::from(invitation.shards) {
        tracing::warn!(
            minutes = invitation.reset_after.as_secs() / 60,
            "no session starts are left today; waiting for Discord to allow more"
        );
        tokio::time::sleep(invitation.reset_after).await;
    }
    let mut intents = GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::GUILD_MESSAGE_REACTIONS;
    if bot.app.config.discord.message_content && !content_refused {
        let application = get(bot, "/oauth2/applications/@me").await?;
        let flags = application
            .get("flags")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        if flags & CONTENT_GRANTED == 0 {
            return Err(Ended::WithoutContent);
        }
        intents |= GatewayIntents::MESSAGE_CONTENT;
    }
    Ok((invitation.shards, intents))
}

async fn invitation(bot: &Bot) -> Result<Invitation, Ended> {
    let answer = get(bot, "/gateway/bot").await?;
    let limit = |field: &str| {
        answer
            .pointer(&format!("/session_start_limit/{field}"))
            .and_then(Value::as_u64)
    };
    let shards = answer
        .get("shards")
        .and_then(Value::as_u64)
        .unwrap_or(1)
        .max(1);
    Ok(Invitation {
        shards: u32::try_from(shards).unwrap_or(1),
        remaining: limit("remaining").unwrap_or(u64::MAX),
        reset_after: Duration::from_millis(limit("reset_after").unwrap_or_default().max(1_000)),
    })
}

async fn get(bot: &Bot, path: &str) -> Result<Value, Ended> {
    match bot.rest.call(Method::GET, path, None).await {
        Ok(answer) => Ok(answer),
        Err(RestError::Refused { status: 401, .. }) => Err(Ended::Fatal(GatewayLost::Token)),
        Err(RestError::RateLimited { after }) => {
            tokio::time::sleep(after).await;
            Err(Ended::Again("rate limited".to_owned()))
        }
        Err(fault) => Err(Ended::Again(fault.to_string())),
    }
}

/// What the watchdog looks at; one a connection.
#[derive(Debug, Default)]
pub struct Pulse {
    identifies: AtomicU32,
    connected: AtomicBool,
}

impl Pulse {
    fn connected(&self) {
        self.identifies.store(0, Ordering::SeqCst);
        self.connected.store(true, Ordering::SeqCst);
    }

    fn hear(&self, event: &FullEvent) {
        match event {
            FullEvent::Ready { .. } | FullEvent::Resume { .. } => self.connected(),
            FullEvent::ShardStageUpdate { event } => match event.new {
                ConnectionStage::Identifying => {
                    self.identifies.fetch_add(1, Ordering::SeqCst);
                }
                ConnectionStage::Disconnected => self.connected.store(false, Ordering::SeqCst),
                _ => {}
            },
            _ => {}
        }
    }
}

async fn connect(
    bot: &Bot,
    token: &Token,
    shards: u32,
    intents: GatewayIntents,
    stop: &CancellationToken,
) -> Ended {
    let pulse = Arc::new(Pulse::default());
    let bot = Bot {
        pulse: Arc::clone(&pulse),
        ..bot.clone()
    };
    let config = &bot.app.config.discord;
    let http = match reqwest::Client::builder()
        .timeout(config.request_timeout)
        .build()
    {
        Ok(client) => HttpBuilder::new(token.reveal())
            .client(client)
            .proxy(config.api_url.as_str().trim_end_matches('/'))
            .ratelimiter_disabled(true)
            .build(),
        Err(fault) => return Ended::Fatal(GatewayLost::SetUp(fault.to_string())),
    };
    let mut cache = serenity::cache::Settings::default();
    cache.cache_users = false;
    let client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .framework(framework(bot.clone()))
        .cache_settings(cache)
        .await;
    let mut client = match client {
        Ok(client) => client,
        Err(fault) => return Ended::Again(fault.to_string()),
    };
    let manager = Arc::clone(&client.shard_manager);
    tokio::select! {
        result = client.start_shards(shards) => classify(result, intents),
        () = stop.cancelled() => {
            shut_down(&manager).await;
            Ended::Stopped
        }
        reason = watch(&pulse) => {
            shut_down(&manager).await;
            Ended::Again(reason)
        }
    }
}

async fn shut_down(manager: &Arc<ShardManager>) {
    if tokio::time::timeout(SHUTDOWN, manager.shutdown_all())
        .await
        .is_err()
    {
        tracing::debug!("the shards did not stop in time; left to the end of the process");
    }
}

/// Waits until the connection is beyond serenity's own mending; gives the reason.
async fn watch(pulse: &Pulse) -> String {
    let mut silent_since = Instant::now();
    loop {
        tokio::time::sleep(WATCH).await;
        if pulse.connected.load(Ordering::SeqCst) {
            silent_since = Instant::now();
        }
        if pulse.identifies.load(Ordering::SeqCst) > IDENTIFIES_AT_ONCE {
            return "Discord keeps calling the session invalid".to_owned();
        }
        if silent_since.elapsed() > SILENCE {
            return "no shard has been connected for a while".to_owned();
        }
    }
}

fn classify(result: serenity::Result<()>, intents: GatewayIntents) -> Ended {
    let fault = match result {
        Ok(()) => return Ended::Again("the connection ended".to_owned()),
        Err(fault) => fault,
    };
    match &fault {
        serenity::Error::Gateway(
            GatewayError::InvalidAuthentication | GatewayError::NoAuthentication,
        ) => Ended::Fatal(GatewayLost::Token),
        serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)
            if intents.message_content() =>
        {
            Ended::WithoutContent
        }
        serenity::Error::Gateway(
            reason @ (GatewayError::DisallowedGatewayIntents
            | GatewayError::InvalidGatewayIntents
            | GatewayError::InvalidShardData),
        ) => Ended::Fatal(GatewayLost::Closed(reason.to_string())),
        serenity::Error::Gateway(GatewayError::Closed(Some(frame)))
            if u16::from(frame.code) == 4012 =>
        {
            Ended::Fatal(GatewayLost::Closed("invalid API version".to_owned()))
        }
        _ => Ended::Again(fault.to_string()),
    }
}

fn framework(bot: Bot) -> poise::Framework<Bot, Failure> {
    let options = poise::FrameworkOptions {
        commands: (bot.tables.commands)(),
        event_handler: |framework, event| {
            Box::pin(async move {
                framework.user_data.pulse.hear(event);
                events::handle(framework.user_data, event).await;
                Ok(())
            })
        },
        on_error: |error| {
            Box::pin(async move {
                // Commands answer for themselves (`boundary::asked`); what arrives here is a call
                // that fits no command, or arguments of another shape than the registered ones.
                tracing::warn!(%error, "poise could not dispatch a call");
            })
        },
        initialize_owners: false,
        prefix_options: poise::PrefixFrameworkOptions {
            mention_as_prefix: false,
            ..Default::default()
        },
        ..Default::default()
    };
    poise::Framework::builder()
        .options(options)
        .setup(move |context, ready, _| {
            Box::pin(async move {
                bot.pulse.connected();
                let identity = Identity {
                    user: UserId::from(ready.user.id),
                    application: ready.application.id.get(),
                };
                // Set once: a reconnection is the same bot.
                let _already = bot.identity.set(identity);
                let bot = Bot {
                    cache: Arc::clone(&context.cache),
                    ..bot
                };
                tokio::spawn(keep_registering(bot.clone(), identity.application));
                Ok(bot)
            })
        })
        .build()
}

/// Registers the commands, and tries again while Discord does not take them.
async fn keep_registering(bot: Bot, application: u64) {
    let mut pause = FIRST_PAUSE;
    while let Err(fault) = commands::register(&bot, application).await {
        tracing::error!(%fault, "the commands could not be registered; trying again");
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
