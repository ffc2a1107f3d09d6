//! What Discord says before a connection: in how many shards, how many sessions may still be
//! started, and whether message content is granted.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use serenity::all::GatewayIntents;

use super::{Ended, GatewayLost};
use crate::discord::bot::Bot;
use crate::discord::rest::RestError;

/// The application flags that say that message content is granted,
/// <https://docs.discord.com/developers/resources/application#application-object-application-flags>.
const CONTENT_GRANTED: u64 = 1 << 18 | 1 << 19;

/// Discord's "Invalid API version provided".
const INVALID_API_VERSION: i64 = 50041;

/// A connection that Discord is ready for.
pub(super) struct Accepted {
    /// Where the gateway is.
    pub(super) url: Option<String>,
    /// In how many shards.
    pub(super) shards: u32,
    /// What to ask for.
    pub(super) intents: GatewayIntents,
}

struct Invitation {
    url: Option<String>,
    shards: u32,
    remaining: u64,
    reset_after: Duration,
}

/// Waits until a session may be started in each shard.
pub(super) async fn accept(bot: &Bot, content_refused: bool) -> Result<Accepted, Ended> {
    let invitation = loop {
        let invitation = ask(bot).await?;
        if invitation.remaining >= u64::from(invitation.shards) {
            break invitation;
        }
        tracing::warn!(
            minutes = invitation.reset_after.as_secs().div_ceil(60),
            left = invitation.remaining,
            shards = invitation.shards,
            "too few session starts are left today; waiting until Discord allows more"
        );
        tokio::time::sleep(invitation.reset_after).await;
    };
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
    Ok(Accepted {
        url: invitation.url,
        shards: invitation.shards,
        intents,
    })
}

async fn ask(bot: &Bot) -> Result<Invitation, Ended> {
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
    let url = answer.get("url").and_then(Value::as_str);
    Ok(Invitation {
        url: url.map(str::to_owned),
        shards: u32::try_from(shards).unwrap_or(1),
        remaining: limit("remaining").unwrap_or(u64::MAX),
        reset_after: Duration::from_millis(limit("reset_after").unwrap_or_default().max(1_000)),
    })
}

async fn get(bot: &Bot, path: &str) -> Result<Value, Ended> {
    match bot.rest.call(Method::GET, path, None).await {
        Ok(answer) => Ok(answer),
        Err(RestError::Refused { status: 401, .. }) => Err(Ended::Fatal(GatewayLost::Token)),
        Err(RestError::Refused {
            code: INVALID_API_VERSION,
            message,
            ..
        }) => Err(Ended::Fatal(GatewayLost::Closed(message))),
        Err(RestError::RateLimited { after }) => {
            tokio::time::sleep(after).await;
            Err(Ended::Unreachable("rate limited".to_owned()))
        }
        Err(fault) => Err(Ended::Unreachable(fault.to_string())),
    }
}
