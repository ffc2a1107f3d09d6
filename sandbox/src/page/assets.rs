//! The page's own files, compiled in.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../page/", $name)))),*]
    };
}

const INDEX: &str = include_str!("../../page/index.html");

const FILES: &[(&str, &str)] = files![
    "choose.js",
    "command.js",
    "complete.js",
    "components.js",
    "composer.css",
    "composer.js",
    "context.js",
    "dom.js",
    "embed.js",
    "emoji.js",
    "entities.js",
    "form.js",
    "header.js",
    "icon.svg",
    "layout.css",
    "listbox.js",
    "log.js",
    "main.js",
    "markdown.js",
    "menu.js",
    "message.css",
    "message.js",
    "option.js",
    "overlay.css",
    "panel.js",
    "render.js",
    "sidebar.js",
    "state.js",
    "theme.css",
    "time.js",
    "wire.js",
];

/// `GET /`
pub(super) async fn index() -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], INDEX).into_response()
}

/// `GET /page/{name}`
pub(super) async fn file(Path(name): Path<String>) -> Response {
    let Some((name, text)) = FILES.iter().find(|(known, _)| *known == name) else {
        return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
    };
    let kind = match name.rsplit_once('.') {
        Some((_, "js")) => "text/javascript; charset=utf-8",
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "svg")) => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
    ([(header::CONTENT_TYPE, kind)], *text).into_response()
}
