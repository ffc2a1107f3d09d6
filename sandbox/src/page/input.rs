//! What the page sends, read strictly, and the sentence for what cannot be read or done.

use axum::body::Bytes;
use axum::extract::{FromRequest, Query, Request};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::json;

use crate::state::Snowflake;

/// Why something cannot be done, as the page shows it.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    sentence: String,
}

/// What a route comes to.
pub(super) type Outcome<T> = Result<T, Refusal>;

impl Refusal {
    /// The person may not, or it is not possible now.
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        Self {
            status: StatusCode::CONFLICT,
            sentence: sentence.into(),
        }
    }

    fn unreadable(why: &impl std::fmt::Display) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            sentence: format!("This request cannot be read: {why}"),
        }
    }
}

impl From<String> for Refusal {
    fn from(sentence: String) -> Self {
        Self::new(sentence)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = axum::Json(json!({ "error": self.sentence }));
        (self.status, body).into_response()
    }
}

/// A JSON body of the shape `T`.
#[derive(Debug)]
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|why| Refusal::unreadable(&why.body_text()))?;
        let read = serde_json::from_slice(&bytes);
        Ok(Self(read.map_err(|why| Refusal::unreadable(&why))?))
    }
}

/// The parameters of an address, of the shape `T`.
pub(super) fn parameters<T: DeserializeOwned>(uri: &Uri) -> Outcome<T> {
    let Query(read) =
        Query::try_from_uri(uri).map_err(|why| Refusal::unreadable(&why.body_text()))?;
    Ok(read)
}

/// An identifier, which JSON carries as a string.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id(pub(super) Snowflake);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let id = text.parse().map(Self);
        id.map_err(|_| serde::de::Error::custom(format!("{text:?} is no id")))
    }
}
