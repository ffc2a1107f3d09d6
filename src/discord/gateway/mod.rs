//! The gateway's life: ask first, connect, watch, start again with patience, and stop in time.
//!
//! serenity resumes and reconnects on its own. Around it stands what it does not do: it falls back
//! to the real Discord when `/gateway` fails, identifies every five seconds without a limit while
//! Discord calls the session invalid, and drops events whose shape it does not expect (`unread`).
//! After close codes 4010 and 4011 it spins until its next heartbeat and lets nothing else run:
//! the command line's watchdog ends the process, and the next one asks for its shards anew.

mod invitation;
mod unread;

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{ConnectionStage, GatewayIntents, ShardManager};
use serenity::gateway::GatewayError;
use serenity::http::HttpBuilder;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::bot::{Bot, Identity};
use super::{commands, events};
use crate::config::Token;
use crate::error::Failure;
use crate::ids::UserId;
use invitation::Accepted;
use unread::{Front, Unread};

/// How long no shard may be connected before the connection is made anew. serenity identifies at
/// most every five seconds; with the pauses in between, a day of this stays below the thousand
/// sessions that Discord allows.
const SILENCE: Duration = Duration::from_secs(30);

/// How much longer for each shard, which start one after the other.
const PER_SHARD: Duration = Duration::from_secs(5);

/// How often the watchdog looks.
const WATCH: Duration = Duration::from_secs(1);

/// How long serenity may take to shut its shards down.
const SHUTDOWN: Duration = Duration::from_millis(1_500);

const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// The longest pause while Discord cannot be reached at all.
const UNREACHABLE_PAUSE: Duration = Duration::from_secs(60);
/// The longest pause between connections that came to nothing.
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// Why the bot cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum GatewayLost {
    /// 401, or close code 4004.
    #[error(
        "Discord refused the token. Reset it in the developer portal (Bot, Reset Token), put the new one into DISCORD_TOKEN and start again."
    )]
    Token,
    /// Trying again would change nothing.
    #[error("Discord refuses the connection for good: {0}. Update Bellwether, or report this.")]
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
    /// Discord cannot be asked: try again after a pause.
    Unreachable(String),
    /// The connection came to nothing: try again after a longer one.
    Again(String),
    Fatal(GatewayLost),
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
            prepared = invitation::accept(&bot, content_refused) => prepared,
        };
        let (ended, lasted) = match prepared {
            Ok(accepted) => {
                let begun = Instant::now();
                let ended = connect(&bot, token, accepted, &stop).await;
                (ended, begun.elapsed())
            }
            Err(ended) => (ended, Duration::ZERO),
        };
        let (reason, longest) = match ended {
            Ended::Stopped => return Ok(()),
            Ended::Fatal(reason) => return Err(reason),
            Ended::WithoutContent => {
                tracing::warn!(
                    "Discord does not grant message content: chat kudos work only where the bot is \
                     mentioned. Switch on \"Message Content Intent\" in the developer portal."
                );
                content_refused = true;
                continue;
            }
            Ended::Unreachable(reason) => (reason, UNREACHABLE_PAUSE),
            Ended::Again(reason) => (reason, LONGEST_PAUSE),
        };
        if lasted > LONGEST_PAUSE {
            pause = FIRST_PAUSE;
        }
        pause = pause.min(longest);
        let seconds = pause.as_secs();
        tracing::warn!(reason, seconds, "not connected; trying again");
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(longest);
    }
    Ok(())
}

async fn connect(bot: &Bot, token: &Token, accepted: Accepted, stop: &CancellationToken) -> Ended {
    let Accepted {
        url,
        shards,
        intents,
    } = accepted;
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
    let front = Front::new(framework(bot.clone()));
    let client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .raw_event_handler(Unread::before(&front))
        .framework(front)
        .cache_settings(cache)
        .await;
    let mut client = match client {
        Ok(client) => client,
        Err(fault) => return Ended::Again(fault.to_string()),
    };
    if let Some(url) = url {
        // What serenity asked for may have failed, and then it is the real Discord's.
        *client.ws_url.lock().await = url;
    }
    let manager = Arc::clone(&client.shard_manager);
    tokio::select! {
        result = client.start_shards(shards) => classify(result, intents),
        () = stop.cancelled() => {
            shut_down(&manager).await;
            Ended::Stopped
        }
        reason = watch(&manager, shards) => {
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
async fn watch(manager: &ShardManager, shards: u32) -> String {
    let patience = SILENCE + PER_SHARD * shards.saturating_sub(1);
    let mut silent_since = Instant::now();
    while silent_since.elapsed() <= patience {
        tokio::time::sleep(WATCH).await;
        let runners = manager.runners.lock().await;
        if runners
            .values()
            .any(|shard| shard.stage == ConnectionStage::Connected)
        {
            silent_since = Instant::now();
        }
    }
    "no session has come about for a while".to_owned()
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
            reason @ (GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents),
        ) => Ended::Fatal(GatewayLost::Closed(reason.to_string())),
        _ => Ended::Again(fault.to_string()),
    }
}

fn framework(bot: Bot) -> poise::Framework<Bot, Failure> {
    let options = poise::FrameworkOptions {
        commands: (bot.tables.commands)(),
        event_handler: |framework, event| {
            Box::pin(async move {
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
