//! The HTTP server: logs each request, lets faults happen to it, and answers.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State, WebSocketUpgrade};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::net::TcpListener;

use super::incoming::Incoming;
use super::listener::{Breakable, Line};
use super::reply::{Answer, Refusal, Reply};
use super::{ignored, routes};
use crate::faults::{Effect, Outcome};
use crate::gateway;
use crate::platform::{Core, Platform};
use crate::requests;
use crate::state::Snowflake;
use crate::traffic::Traffic;

/// Serves until the task is dropped.
///
/// # Errors
/// Whatever the listener comes to.
pub(crate) async fn serve(listener: TcpListener, platform: Arc<Platform>) -> io::Result<()> {
    let router = Router::new()
        .route("/", get(upgrade))
        .route(
            "/attachments/{channel}/{attachment}/{filename}",
            get(attachment),
        )
        .fallback(any(request))
        .with_state(platform);
    let service = router.into_make_service_with_connect_info::<Line>();
    axum::serve(Breakable(listener), service).await
}

async fn upgrade(
    State(platform): State<Arc<Platform>>,
    ConnectInfo(line): ConnectInfo<Line>,
    upgrade: WebSocketUpgrade,
    request: Request,
) -> Response {
    if platform.look(|core| core.settings.refuses_gateway) {
        line.cut();
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let query = request.uri().query().unwrap_or_default().to_owned();
    upgrade.on_upgrade(move |socket| gateway::serve(platform, socket, query))
}

/// A file, as the content delivery network would serve it: past the log and the limits of the API.
async fn attachment(
    State(platform): State<Arc<Platform>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    for effect in platform.faults.take("GET", request.uri().path()) {
        match effect {
            Effect::Instead { status, .. } => {
                return StatusCode::from_u16(status)
                    .unwrap_or(StatusCode::NOT_FOUND)
                    .into_response();
            }
            Effect::SlowBefore(wait) | Effect::SlowAfter(wait) => tokio::time::sleep(wait).await,
            Effect::Hang => std::future::pending().await,
            Effect::LoseRequest | Effect::LoseAnswer => {
                line.cut();
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
            Effect::HoldBefore(gate) | Effect::HoldAfter(gate) => {
                if gate.hold(None).await == Outcome::Discarded {
                    line.cut();
                    return StatusCode::SERVICE_UNAVAILABLE.into_response();
                }
            }
        }
    }
    let id = request
        .uri()
        .path()
        .split('/')
        .nth(3)
        .and_then(|id| id.parse::<Snowflake>().ok());
    let found = platform.look(|core| core.file(id?));
    match found {
        Some((kind, bytes)) => {
            ([(header::CONTENT_TYPE, kind)], bytes.as_ref().clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn request(
    State(platform): State<Arc<Platform>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    let uri = request.uri().clone();
    let path = uri.path().strip_prefix("/api/v10");
    let shown = path.unwrap_or(uri.path());
    let query = uri.query().unwrap_or_default();
    let mut incoming = Incoming::head(request.method(), shown, query, request.headers());
    let read = match path {
        Some(_) => incoming.read(request).await,
        None => Err(Refusal::no_such_route()),
    };
    let (number, wait) = platform.change(|core| {
        let now = core.world.clock.now_ms();
        let wait = core.rate.count(&incoming.path, now);
        (core.log.begin(entry(&incoming, now)), wait)
    });
    let mut effects = platform.faults.take(&incoming.method, &incoming.path);
    effects.extend(wait.map(|wait| Effect::limited(wait, true)));
    let request = Received {
        platform,
        line,
        incoming,
        read,
        number,
    };
    if effects.is_empty() {
        return request.serve(&effects).await;
    }
    // What was received in full goes its way, also when the bot dies meanwhile.
    let served = tokio::spawn(async move { request.serve(&effects).await });
    served
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn entry(incoming: &Incoming, at_ms: i64) -> requests::Request {
    requests::Request {
        number: 0,
        method: incoming.method.clone(),
        path: incoming.path.clone(),
        query: incoming.query.clone(),
        body: incoming.body.clone(),
        files: incoming
            .files
            .iter()
            .map(|file| file.filename.clone())
            .collect(),
        status: None,
        code: None,
        at_ms,
        unknown: false,
        ignored: ignored::fields(incoming),
    }
}

/// A request that was read and logged.
struct Received {
    platform: Arc<Platform>,
    line: Line,
    incoming: Incoming,
    read: Result<(), Refusal>,
    number: u64,
}

impl Received {
    async fn serve(self, effects: &[Effect]) -> Response {
        for effect in effects {
            match effect {
                Effect::SlowBefore(wait) => tokio::time::sleep(*wait).await,
                Effect::HoldBefore(gate) => {
                    if gate.hold(self.logged()).await == Outcome::Discarded {
                        return self.cut();
                    }
                }
                Effect::Hang => std::future::pending::<()>().await,
                Effect::LoseRequest => return self.cut(),
                Effect::Instead {
                    status,
                    body,
                    headers,
                } => {
                    let answer = Err(Refusal {
                        status: *status,
                        body: body.clone(),
                        unknown_route: false,
                    });
                    self.platform
                        .change(|core| note(core, self.number, &answer));
                    return finish(&answer, headers);
                }
                Effect::SlowAfter(_) | Effect::LoseAnswer | Effect::HoldAfter(_) => {}
            }
        }
        let answer = self.platform.change(|core| {
            let answer = match &self.read {
                Ok(()) => routes::answer(core, &self.incoming),
                Err(refusal) => Err(refusal.clone()),
            };
            core.unsettled.insert(self.number);
            note(core, self.number, &answer);
            answer
        });
        let unsettled = Unsettled {
            platform: self.platform.clone(),
            number: self.number,
        };
        if !effects.iter().any(Effect::comes_after) {
            self.line.settle_when_written(unsettled);
            return finish(&answer, &[]);
        }
        // Who waits for a faulty answer would wait for the fault.
        drop(unsettled);
        for effect in effects {
            match effect {
                Effect::SlowAfter(wait) => tokio::time::sleep(*wait).await,
                Effect::HoldAfter(gate) => match gate.hold(self.logged()).await {
                    Outcome::Released => {}
                    Outcome::Discarded => return self.lose(),
                },
                Effect::LoseAnswer => return self.lose(),
                _ => {}
            }
        }
        finish(&answer, &[])
    }

    fn logged(&self) -> Option<requests::Request> {
        self.platform
            .change(|core| core.log.find_mut(self.number).cloned())
    }

    /// Breaks the connection; the log shows an answer that never came.
    fn lose(&self) -> Response {
        self.platform.change(|core| {
            if let Some(entry) = core.log.find_mut(self.number) {
                entry.status = None;
            }
        });
        self.cut()
    }

    /// Breaks the connection. What is returned is never written.
    fn cut(&self) -> Response {
        self.line.cut();
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}

/// A request that took effect and whose answer is on its way; dropping it says that the answer left.
#[derive(Debug)]
pub(crate) struct Unsettled {
    platform: Arc<Platform>,
    number: u64,
}

impl Drop for Unsettled {
    fn drop(&mut self) {
        self.platform
            .change(|core| core.unsettled.remove(&self.number));
    }
}

fn note(core: &mut Core, number: u64, answer: &Answer) {
    let Some(entry) = core.log.find_mut(number) else {
        return;
    };
    match answer {
        Ok(reply) => entry.status = Some(reply.status),
        Err(refusal) => {
            entry.status = Some(refusal.status);
            entry.code = refusal.body.get("code").and_then(serde_json::Value::as_u64);
            entry.unknown = refusal.unknown_route;
        }
    }
    if core.traffic.receiver_count() > 0 {
        let body = match answer {
            Ok(reply) => reply.body.clone(),
            Err(refusal) => Some(refusal.body.clone()),
        };
        let request = entry.clone();
        // The last listener may have left meanwhile, which is no fault.
        drop(core.traffic.send(Traffic::Request {
            request: Box::new(request),
            answer: body.unwrap_or_default(),
        }));
    }
}

fn finish(answer: &Answer, extra: &[(&'static str, String)]) -> Response {
    let (status, body) = match answer {
        Ok(Reply { status, body }) => (*status, body.as_ref()),
        Err(refusal) => (refusal.status, Some(&refusal.body)),
    };
    let text = body.map(ToString::to_string);
    let mut response = Response::new(text.map_or_else(Body::empty, Body::from));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let headers = response.headers_mut();
    // One bucket that never runs dry: limits are a fault, asked for when they are wanted.
    for (name, value) in [
        ("x-ratelimit-limit", "50"),
        ("x-ratelimit-remaining", "49"),
        ("x-ratelimit-reset-after", "1.000"),
        ("x-ratelimit-bucket", "stand-in"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if body.is_some() {
        let json = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, json);
    }
    for (name, value) in extra {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}
