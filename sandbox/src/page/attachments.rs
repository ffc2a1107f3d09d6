//! Files on messages, for whoever sees the message.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Shared;
use super::input::{Id, parameters};
use crate::state::Attachment;

/// What a browser may show by itself; everything else is offered for download. No SVG: it is a
/// document that can carry scripts.
const IMAGES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

#[derive(Debug, Deserialize)]
struct Asked {
    r#as: Id,
}

/// `GET /attachments/{channel}/{id}/{name}?as=PERSON`
pub(super) async fn attachment(
    State(shared): State<Arc<Shared>>,
    Path((channel, id, _name)): Path<(Id, Id, String)>,
    uri: Uri,
) -> Response {
    let asked: Asked = match parameters(&uri) {
        Ok(asked) => asked,
        Err(refusal) => return refusal.into_response(),
    };
    let found: Option<Attachment> = shared.platform.look(|core| {
        let channel = core.world.channels.get(&channel.0)?;
        let messages = channel.messages.iter().rev();
        let seen = messages
            .filter_map(|id| core.world.messages.get(id))
            .filter(|message| !message.attachments.is_empty());
        let mut files =
            seen.flat_map(|message| message.attachments.iter().map(move |f| (message, f)));
        let (message, file) = files.find(|(_, file)| file.id == id.0)?;
        core.world.sees(asked.r#as.0, message).then(|| file.clone())
    });
    let Some(file) = found else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let mut response = Response::new(Body::from(file.bytes.as_ref().clone()));
    let headers = response.headers_mut();
    let image = IMAGES.contains(&file.content_type.as_str());
    let (kind, disposition) = if image {
        (file.content_type.as_str(), "inline")
    } else {
        ("application/octet-stream", "attachment")
    };
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static(disposition),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    response
}
