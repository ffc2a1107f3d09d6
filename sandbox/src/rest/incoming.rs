//! A request as the routes read it: path, query, token, body and files.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart};
use axum::http::{HeaderMap, Method, header};
use serde_json::Value;

use super::reply::Refusal;
use crate::state::Snowflake;

/// The largest body that is read.
const LARGEST: usize = 110 * 1024 * 1024;

/// A file of a multipart request.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// The n of `files[n]`.
    pub(crate) index: u64,
    pub(crate) filename: String,
    pub(crate) content_type: String,
    pub(crate) bytes: Arc<Vec<u8>>,
}

/// What came in.
#[derive(Clone, Debug)]
pub(crate) struct Incoming {
    pub(crate) method: String,
    /// Below `/api/v10`, with a leading slash.
    pub(crate) path: String,
    pub(crate) query: String,
    /// The bot token of the header.
    pub(crate) token: Option<String>,
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
}

impl Incoming {
    pub(crate) fn head(method: &Method, path: &str, query: &str, headers: &HeaderMap) -> Self {
        let authorization = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        Self {
            method: method.as_str().to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            token: authorization
                .and_then(|value| value.strip_prefix("Bot "))
                .map(str::to_owned),
            body: Value::Null,
            files: Vec::new(),
        }
    }

    /// Reads the body: JSON, or multipart with `payload_json` and `files[n]`.
    pub(crate) async fn read(&mut self, request: axum::extract::Request) -> Result<(), Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        if kind.starts_with("multipart/form-data") {
            let form = Multipart::from_request(request, &()).await;
            return self.read_form(form.map_err(|_| Refusal::bad_json())?).await;
        }
        let body = axum::body::to_bytes(request.into_body(), LARGEST).await;
        let body: Bytes = body.map_err(|_| Refusal::bad_json())?;
        if !body.is_empty() {
            self.body = serde_json::from_slice(&body).map_err(|_| Refusal::bad_json())?;
        }
        Ok(())
    }

    async fn read_form(&mut self, mut form: Multipart) -> Result<(), Refusal> {
        while let Some(field) = form.next_field().await.map_err(|_| Refusal::bad_json())? {
            let name = field.name().unwrap_or_default().to_owned();
            let filename = field.file_name().map(str::to_owned);
            let content_type = field.content_type().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|_| Refusal::bad_json())?;
            if name == "payload_json" {
                self.body = serde_json::from_slice(&bytes).map_err(|_| Refusal::bad_json())?;
            } else if let Some(filename) = filename {
                let index = name
                    .strip_prefix("files[")
                    .and_then(|rest| rest.strip_suffix(']'));
                let counted = u64::try_from(self.files.len()).unwrap_or(u64::MAX);
                self.files.push(Upload {
                    index: index.and_then(|n| n.parse().ok()).unwrap_or(counted),
                    content_type: content_type.unwrap_or_else(|| guess(&filename).to_owned()),
                    filename: plain(&filename),
                    bytes: Arc::new(bytes.to_vec()),
                });
            }
        }
        Ok(())
    }

    /// The value of a query parameter.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// A field of the body; `null` counts as absent.
    pub(crate) fn field(&self, name: &str) -> Option<&Value> {
        self.body.get(name).filter(|value| !value.is_null())
    }

    /// A path segment or a parameter as an identifier.
    pub(crate) fn id(text: &str) -> Result<Snowflake, Refusal> {
        text.parse().map_err(|_| {
            let message = format!("Value \"{text}\" is not snowflake.");
            Refusal::field("id", "NUMBER_TYPE_COERCE", &message)
        })
    }
}

/// The content type that Discord derives from a file's name.
pub(crate) fn guess(filename: &str) -> &'static str {
    match filename.rsplit_once('.').map(|(_, end)| end) {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Discord keeps letters, digits, dots, dashes and underscores of a file name.
fn plain(filename: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    filename
        .chars()
        .map(|c| if keep(c) { c } else { '_' })
        .collect()
}

/// Decodes `%20` and its kin.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let coded = hex
            .filter(|_| *first == b'%')
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match coded {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
