//! Who may ask, and the headers that keep the page to itself.
//!
//! A page elsewhere on the web can make a browser send requests here, and by DNS rebinding even read
//! the answers. So the `Host` must be a name of the loopback interface, whatever changes something
//! or streams must carry this page's own `Origin`, and no answer can be framed, sniffed or embedded.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Nothing but what this server serves; no inline script or style; texts are never parsed as HTML.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The names under which the page may be asked for.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    hosts: [String; 3],
}

impl Guard {
    pub(super) fn new(port: u16) -> Self {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}"));
        Self { hosts }
    }

    fn refusal(&self, method: &Method, headers: &HeaderMap) -> Option<&'static str> {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST).unwrap_or_default();
        if !self.hosts.iter().any(|known| known == host) {
            return Some("This page answers under its loopback address alone.");
        }
        let streams = headers.contains_key(header::UPGRADE);
        let harmless = matches!(*method, Method::GET | Method::HEAD) && !streams;
        let own = text(header::ORIGIN)
            .and_then(|origin| origin.strip_prefix("http://"))
            .map(|origin| origin == host);
        match own {
            Some(true) => None,
            None if harmless && !headers.contains_key(header::ORIGIN) => None,
            _ => Some("Only the sandbox's own page may ask for this."),
        }
    }
}

/// Turns strangers away, and sets the headers of every answer.
pub(super) async fn watch(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = match guard.refusal(request.method(), request.headers()) {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
        (CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

const CROSS_ORIGIN_OPENER_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");
