//! The outbox's way to Discord.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value, json};

use super::rest::{Rest, RestError};
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::jobs::outbox::{Act, Delivered, MessageRef, Parcel, Place, Post, Undelivered, code};
use crate::time::clock::from_millis;

/// Discord's "Unknown Message" and "You are opening direct messages too fast".
const UNKNOWN_MESSAGE: i64 = 10008;
const OPENING_DMS_TOO_FAST: i64 = 40003;

/// How many of a channel's messages are looked through for a copy.
const LOOK_BACK: u8 = 100;

/// How much older than its row a copy may seem, for clocks that differ.
const SKEW: TimeDelta = TimeDelta::minutes(2);

/// The first second of 2015, from which Discord's ids count milliseconds.
const DISCORD_EPOCH: i64 = 1_420_070_400_000;

/// Sends parcels by REST.
#[derive(Clone, Debug)]
pub struct Sender {
    rest: Arc<Rest>,
}

impl Sender {
    /// A sender by way of `rest`.
    #[must_use]
    pub fn new(rest: Arc<Rest>) -> Self {
        Self { rest }
    }
}

const LATER: Undelivered = Undelivered::Later {
    after: None,
    doubtful: false,
};

/// Where a new message is posted; a DM has been opened by now.
fn channel(place: Place, dm: Option<ChannelId>) -> Result<ChannelId, Undelivered> {
    match place {
        Place::Channel(channel) => Ok(channel),
        Place::Dm(_) => dm.ok_or(LATER),
    }
}

impl Post for Sender {
    async fn open_dm(&self, user: UserId) -> Result<ChannelId, Undelivered> {
        let body = json!({"recipient_id": user.to_string()});
        let channel = self
            .rest
            .call(Method::POST, "/users/@me/channels", Some(&body))
            .await
            .map_err(|fault| undelivered(&fault))?;
        id(&channel, "id").map(ChannelId::from).ok_or(LATER)
    }

    async fn is_member(&self, guild: GuildId, user: UserId) -> Result<bool, Undelivered> {
        let path = format!("/guilds/{guild}/members/{user}");
        match self.rest.call(Method::GET, &path, None).await {
            Ok(_) => Ok(true),
            Err(RestError::Refused {
                code: code::UNKNOWN_MEMBER | code::UNKNOWN_USER,
                ..
            }) => Ok(false),
            Err(fault) => Err(undelivered(&fault)),
        }
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<Delivered, Undelivered> {
        match &parcel.act {
            Act::Send(place, body) => {
                let channel = channel(*place, parcel.dm_channel)?;
                let path = format!("/channels/{channel}/messages");
                let body = with_nonce(body, &parcel.nonce);
                let message = self
                    .rest
                    .call(Method::POST, &path, Some(&body))
                    .await
                    .map_err(|fault| undelivered(&fault))?;
                Ok(Delivered {
                    channel,
                    message: id(&message, "id").map(MessageId::from),
                })
            }
            Act::Edit(MessageRef::Known(channel, message), body) => {
                let path = format!("/channels/{channel}/messages/{message}");
                self.rest
                    .call(Method::PATCH, &path, Some(body))
                    .await
                    .map_err(|fault| undelivered(&fault))?;
                Ok(Delivered {
                    channel: *channel,
                    message: Some(*message),
                })
            }
            Act::Delete(MessageRef::Known(channel, message)) => {
                let path = format!("/channels/{channel}/messages/{message}");
                self.gone(Method::DELETE, &path).await?;
                Ok(Delivered {
                    channel: *channel,
                    message: Some(*message),
                })
            }
            Act::React(channel, message, emoji) => {
                let path = reaction_path(*channel, *message, emoji);
                self.rest
                    .call(Method::PUT, &path, None)
                    .await
                    .map_err(|fault| undelivered(&fault))?;
                Ok(Delivered {
                    channel: *channel,
                    message: None,
                })
            }
            Act::Unreact(channel, message, emoji) => {
                self.gone(Method::DELETE, &reaction_path(*channel, *message, emoji))
                    .await?;
                Ok(Delivered {
                    channel: *channel,
                    message: None,
                })
            }
            Act::Compose(_) => Err(LATER),
            Act::Edit(MessageRef::SentBy(_), _) | Act::Delete(MessageRef::SentBy(_)) => {
                Err(Undelivered::Refused(UNKNOWN_MESSAGE))
            }
        }
    }

    async fn find(&self, parcel: &Parcel) -> Result<Vec<Delivered>, Undelivered> {
        let Some(place) = parcel.place() else {
            return Ok(Vec::new());
        };
        let channel = channel(place, parcel.dm_channel)?;
        // A copy stands among the messages that followed the row, or among the last ones if it was
        // tried again much later.
        let since = id_at(parcel.created - SKEW);
        let mut found = Vec::new();
        for window in [
            format!("after={since}&limit={LOOK_BACK}"),
            format!("limit={LOOK_BACK}"),
        ] {
            let path = format!("/channels/{channel}/messages?{window}");
            match self.rest.call(Method::GET, &path, None).await {
                Ok(messages) => found.extend(copies(&messages, parcel)),
                // Without the permission to read the history nothing can be found; the nonce is
                // what is left.
                Err(RestError::Refused { .. }) => return Ok(Vec::new()),
                Err(fault) => return Err(undelivered(&fault)),
            }
        }
        found.sort_unstable();
        found.dedup();
        let delivered = |message| Delivered {
            channel,
            message: Some(MessageId::from(message)),
        };
        Ok(found.into_iter().map(delivered).collect())
    }
}

impl Sender {
    /// A deletion: what is gone already is gone.
    async fn gone(&self, method: Method, path: &str) -> Result<(), Undelivered> {
        match self.rest.call(method, path, None).await {
            Ok(_) | Err(RestError::Refused { status: 404, .. }) => Ok(()),
            Err(fault) => Err(undelivered(&fault)),
        }
    }
}

fn with_nonce(body: &Value, nonce: &str) -> Value {
    let mut body = body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("nonce".to_owned(), json!(nonce));
        fields.insert("enforce_nonce".to_owned(), json!(true));
    }
    body
}

/// The ids of those messages that are copies of the parcel's.
fn copies(messages: &Value, parcel: &Parcel) -> Vec<u64> {
    let messages = messages.as_array().into_iter().flatten();
    let copies = messages.filter(|message| is_copy(message, parcel));
    copies.filter_map(|message| id(message, "id")).collect()
}

/// Whether a message of the channel is the parcel's, sent by an earlier attempt: it carries the
/// nonce or the mark, or, without a mark, says the same and is not older than the row.
fn is_copy(message: &Value, parcel: &Parcel) -> bool {
    if message
        .get("nonce")
        .and_then(Value::as_str)
        .is_some_and(|nonce| nonce == parcel.nonce)
    {
        return true;
    }
    if let Some(mark) = &parcel.mark {
        return message
            .get("components")
            .is_some_and(|components| carries(components, mark));
    }
    // What was composed and has no mark cannot be compared either.
    let Act::Send(_, body) = &parcel.act else {
        return false;
    };
    let is_ours = message.pointer("/author/bot").and_then(Value::as_bool) == Some(true);
    let sent = id(message, "id").map(sent_at);
    is_ours
        && sent.is_some_and(|sent| sent + SKEW >= parcel.created)
        && message
            .get("content")
            .and_then(Value::as_str)
            .unwrap_or_default()
            == body
                .get("content")
                .and_then(Value::as_str)
                .unwrap_or_default()
        && descriptions(message) == descriptions(body)
}

/// Whether any custom id within is `mark`.
fn carries(components: &Value, mark: &str) -> bool {
    components
        .as_array()
        .into_iter()
        .flatten()
        .any(|component| {
            component.get("custom_id").and_then(Value::as_str) == Some(mark)
                || component
                    .get("components")
                    .is_some_and(|inner| carries(inner, mark))
        })
}

fn descriptions(message: &Value) -> Vec<&str> {
    message
        .get("embeds")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|embed| {
            embed
                .get("description")
                .and_then(Value::as_str)
                .unwrap_or_default()
        })
        .collect()
}

fn id(object: &Value, field: &str) -> Option<u64> {
    object.get(field)?.as_str()?.parse().ok()
}

/// When an id was made, <https://docs.discord.com/developers/reference#snowflakes>.
fn sent_at(id: u64) -> DateTime<Utc> {
    from_millis(DISCORD_EPOCH.saturating_add((id >> 22).cast_signed()))
}

/// The least id that a message of this instant can have.
fn id_at(instant: DateTime<Utc>) -> u64 {
    let millis = instant
        .timestamp_millis()
        .saturating_sub(DISCORD_EPOCH)
        .max(0);
    millis.cast_unsigned() << 22
}

fn reaction_path(channel: ChannelId, message: MessageId, emoji: &str) -> String {
    // A custom emoji is written name:id in the path, <a:name:id> in text.
    let emoji = emoji
        .trim_start_matches("<a:")
        .trim_start_matches("<:")
        .trim_end_matches('>');
    let emoji: String = url::form_urlencoded::byte_serialize(emoji.as_bytes()).collect();
    format!("/channels/{channel}/messages/{message}/reactions/{emoji}/@me")
}

fn undelivered(fault: &RestError) -> Undelivered {
    match fault {
        RestError::Refused {
            code: OPENING_DMS_TOO_FAST,
            ..
        } => Undelivered::Later {
            after: Some(TimeDelta::minutes(1)),
            doubtful: false,
        },
        // The token was revoked or Discord is confused: nothing is lost by waiting.
        RestError::Refused { status: 401, .. } => LATER,
        RestError::Refused { status, code, .. } => Undelivered::Refused(if *code == 0 {
            i64::from(*status)
        } else {
            *code
        }),
        RestError::RateLimited { after } => {
            let after = TimeDelta::from_std(*after).unwrap_or(TimeDelta::seconds(1));
            Undelivered::Later {
                after: Some(after),
                doubtful: false,
            }
        }
        RestError::Unwell { .. } | RestError::Lost { .. } => Undelivered::Later {
            after: None,
            doubtful: fault.is_doubtful(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_written_as_the_path_wants_them() {
        let path = |emoji| reaction_path(ChannelId::from(1), MessageId::from(2), emoji);
        assert!(path("✅").ends_with("/reactions/%E2%9C%85/@me"));
        assert!(path("<:party:42>").ends_with("/reactions/party%3A42/@me"));
    }
}
