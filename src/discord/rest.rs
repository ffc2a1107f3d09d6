//! The REST client: what the bot says to Discord, by way of one thin layer over reqwest.
//!
//! serenity's own client is used for the gateway alone. With a stand-in it can honour no rate limit
//! (it must be told not to), it has no timeout and gives no `Retry-After` to its caller; and a path
//! that only production took would be a path that no test has seen.
//!
//! - Nothing is said about a request that names its URL: interaction tokens stand in there.
//! - All requests together keep to the `Pace` that Discord allows.
//! - Buckets are kept by route and major parameter, from the `X-RateLimit-*` headers,
//!   <https://docs.discord.com/developers/topics/rate-limits>.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use tokio::time::Instant;

use super::pace::Pace;
use crate::config::Token;
use crate::render::message::File;

/// Why a request did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum RestError {
    /// Discord refused it for good (4xx but 429).
    #[error("refused with status {status}, code {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code, 0 if it gave none.
        code: i64,
        /// Discord's explanation.
        message: String,
    },
    /// Too many requests; nothing was done.
    #[error("rate limited for {} ms", after.as_millis())]
    RateLimited {
        /// How long to wait.
        after: Duration,
    },
    /// Discord is unwell (5xx). The request may have taken effect.
    #[error("Discord answered with status {status}")]
    Unwell {
        /// The HTTP status.
        status: u16,
    },
    /// No answer came. The request may have taken effect, unless it was never `sent`.
    #[error("no answer: {fault}")]
    Lost {
        /// Whether a connection was there.
        sent: bool,
        /// What reqwest said, without the URL.
        fault: reqwest::Error,
    },
}

impl RestError {
    /// Whether the request may have taken effect in spite of the error.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        match self {
            Self::Refused { .. } | Self::RateLimited { .. } => false,
            Self::Unwell { .. } => true,
            Self::Lost { sent, .. } => *sent,
        }
    }

    /// Discord's error code, if it gave one.
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }
}

/// The client.
#[derive(Debug)]
pub struct Rest {
    client: reqwest::Client,
    base: String,
    pace: Pace,
    /// When a bucket that is empty fills again.
    closed_until: Mutex<HashMap<String, Instant>>,
}

/// The key of the limit that holds for all routes together.
const GLOBAL: &str = "*";

impl Rest {
    /// A client of the API at `api_url` (without `/api/v10`) that makes at most `per_second` requests a
    /// second, answers to interactions aside.
    ///
    /// # Errors
    /// When the TLS backend cannot be set up or the token is no header value.
    pub fn new(
        api_url: &str,
        token: &Token,
        timeout: Duration,
        per_second: u32,
    ) -> Result<Self, reqwest::Error> {
        let mut headers = HeaderMap::new();
        if let Ok(mut value) = HeaderValue::from_str(&format!("Bot {}", token.reveal())) {
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        headers.insert(
            USER_AGENT,
            HeaderValue::from_static(concat!(
                "DiscordBot (https://discord.com, ",
                env!("CARGO_PKG_VERSION"),
                ") Bellwether"
            )),
        );
        let mut builder = reqwest::Client::builder();
        if !api_url.starts_with("https://") {
            // A stand-in on this machine is never behind a proxy.
            builder = builder.no_proxy();
        }
        let client = builder
            .default_headers(headers)
            .timeout(timeout)
            .connect_timeout(timeout.min(Duration::from_secs(5)))
            .tcp_nodelay(true)
            .build()?;
        let base = format!("{}/api/v10", api_url.trim_end_matches('/'));
        Ok(Self {
            client,
            base,
            pace: Pace::new(per_second),
            closed_until: Mutex::default(),
        })
    }

    /// One request, one try. A bucket known to be empty is not asked.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, RestError> {
        self.send(method, path, body, &[]).await
    }

    /// The same with files, as `multipart/form-data`.
    ///
    /// # Errors
    /// [`RestError`].
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        files: &[File],
    ) -> Result<Value, RestError> {
        let bucket = bucket(&method, path);
        self.is_open(&bucket)?;
        if !answers_interaction(path) {
            self.pace.turn().await;
            // What went before may have emptied the bucket meanwhile.
            self.is_open(&bucket)?;
        }
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if files.is_empty() {
            if let Some(body) = body {
                request = request.json(body);
            }
        } else {
            request = request.multipart(form(body, files));
        }
        let response = request.send().await.map_err(lost)?;
        let status = response.status();
        self.note(&bucket, response.headers());
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Err(self.too_many(&bucket, response).await);
        }
        if status.is_server_error() {
            return Err(RestError::Unwell {
                status: status.as_u16(),
            });
        }
        let text = response.text().await.map_err(lost)?;
        let value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(value);
        }
        Err(RestError::Refused {
            status: status.as_u16(),
            code: value
                .get("code")
                .and_then(Value::as_i64)
                .unwrap_or_default(),
            message: value
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
        })
    }

    /// Tries again what may succeed later, until `deadline`. A repeated request must be harmless.
    ///
    /// # Errors
    /// The last [`RestError`].
    pub async fn insist(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        files: &[File],
        deadline: Instant,
    ) -> Result<Value, RestError> {
        let mut pause = Duration::from_millis(150);
        loop {
            let tried =
                tokio::time::timeout_at(deadline, self.send(method.clone(), path, body, files))
                    .await;
            let Ok(result) = tried else {
                return Err(RestError::Unwell { status: 504 });
            };
            let wait = match &result {
                Ok(_) | Err(RestError::Refused { .. }) => return result,
                Err(RestError::RateLimited { after }) => *after,
                Err(RestError::Unwell { .. } | RestError::Lost { .. }) => pause,
            };
            if Instant::now() + wait >= deadline {
                return result;
            }
            tokio::time::sleep(wait).await;
            pause *= 2;
        }
    }

    fn is_open(&self, bucket: &str) -> Result<(), RestError> {
        let now = Instant::now();
        let mut closed = self
            .closed_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if closed.is_empty() {
            return Ok(());
        }
        closed.retain(|_, until| *until > now);
        match closed.get(GLOBAL).or_else(|| closed.get(bucket)) {
            Some(until) => Err(RestError::RateLimited {
                after: *until - now,
            }),
            None => Ok(()),
        }
    }

    fn close(&self, bucket: &str, after: Duration) {
        let until = Instant::now() + after;
        self.closed_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(bucket.to_owned(), until);
    }

    fn note(&self, bucket: &str, headers: &HeaderMap) {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<f64>().ok();
        if number("x-ratelimit-remaining") == Some(0.0)
            && let Some(after) = number("x-ratelimit-reset-after")
        {
            self.close(bucket, seconds(after));
        }
    }

    async fn too_many(&self, bucket: &str, response: reqwest::Response) -> RestError {
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let by_header = header("retry-after").and_then(|value| value.parse::<f64>().ok());
        let mut global = header("x-ratelimit-global").is_some();
        let body: Value = response.json().await.unwrap_or(Value::Null);
        global |= body
            .get("global")
            .and_then(Value::as_bool)
            .unwrap_or_default();
        let by_body = body.get("retry_after").and_then(Value::as_f64);
        let after = seconds(by_body.or(by_header).unwrap_or(1.0));
        self.close(if global { GLOBAL } else { bucket }, after);
        RestError::RateLimited { after }
    }
}

/// Whether a request answers an interaction; those do not count into the limit for all routes.
fn answers_interaction(path: &str) -> bool {
    path.starts_with("/interactions/") || path.starts_with("/webhooks/")
}

/// Seconds as Discord writes them, at least a moment and at most an hour.
fn seconds(value: f64) -> Duration {
    Duration::try_from_secs_f64(value)
        .unwrap_or(Duration::from_secs(1))
        .clamp(Duration::from_millis(1), Duration::from_secs(3600))
}

fn lost(fault: reqwest::Error) -> RestError {
    RestError::Lost {
        sent: !fault.is_connect(),
        fault: fault.without_url(),
    }
}

fn form(body: Option<&Value>, files: &[File]) -> reqwest::multipart::Form {
    let mut form = reqwest::multipart::Form::new();
    if let Some(body) = body {
        form = form.text("payload_json", body.to_string());
    }
    for (n, file) in files.iter().enumerate() {
        let part = reqwest::multipart::Part::bytes(file.bytes.clone()).file_name(file.name.clone());
        form = form.part(format!("files[{n}]"), part);
    }
    form
}

/// The rate limit a request falls under: its method and path, with every id but the major parameter
/// (channel, guild, or webhook with token) left out, and reactions taken together.
fn bucket(method: &Method, path: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    let mut key = method.as_str().to_owned();
    for (n, segment) in path.split('/').skip(1).enumerate() {
        let is_id = segment.len() > 14 && segment.bytes().all(|byte| byte.is_ascii_digit());
        key.push('/');
        key.push_str(if is_id && n != 1 { "id" } else { segment });
        if segment == "reactions" {
            break;
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_keeps_the_channel_and_forgets_the_message() {
        let of = |path| bucket(&Method::PUT, path);
        assert_eq!(
            of("/channels/100000000000000001/messages/200000000000000002/reactions/%E2%9C%85/@me"),
            "PUT/channels/100000000000000001/messages/id/reactions"
        );
        assert_ne!(
            of("/channels/100000000000000001/messages"),
            of("/channels/100000000000000009/messages")
        );
    }
}
