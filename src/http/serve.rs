//! Listening, letting in, and answering.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;

use super::{Call, Reply, Route};
use crate::app::App;
use crate::config::Secret;
use crate::ids::GuildId;

/// Connections at once.
const CONNECTIONS: usize = 16;
/// How long the head of a request may take, and its body.
const HEAD_WITHIN: Duration = Duration::from_secs(5);
const BODY_WITHIN: Duration = Duration::from_secs(10);
/// How long a connection that cannot be taken is left before the next is tried.
const PAUSE: Duration = Duration::from_millis(200);

/// What stands behind the door.
#[derive(Clone, Debug)]
pub struct Door {
    /// The use-cases' ground.
    pub app: App,
    /// Whose door it is.
    pub guild: GuildId,
    /// What opens it.
    pub secret: Secret,
    /// What can be asked.
    pub routes: &'static [Route],
}

/// A door that is listened at.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
}

impl Listening {
    /// Listens at a loopback address; port 0 takes a free one.
    ///
    /// # Errors
    /// When the address is no loopback address, or is taken.
    pub async fn at(address: SocketAddr) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            let why = "not a loopback address";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop`; then takes nothing new and returns once what is in hand is answered.
    pub async fn serve(self, door: Door, stop: CancellationToken) {
        let door = Arc::new(door);
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let graceful = GracefulShutdown::new();
        loop {
            let taken = tokio::select! {
                () = stop.cancelled() => break,
                taken = self.next(&places) => taken,
            };
            match taken {
                Ok((stream, place)) => {
                    let door = Arc::clone(&door);
                    let asked = service_fn(move |request| {
                        let door = Arc::clone(&door);
                        async move { Ok::<_, Infallible>(door.answer(request).await) }
                    });
                    let connection = http1::Builder::new()
                        .timer(TokioTimer::new())
                        .header_read_timeout(HEAD_WITHIN)
                        .serve_connection(TokioIo::new(stream), asked);
                    let connection = graceful.watch(connection);
                    tokio::spawn(async move {
                        // Whoever breaks off has nothing more to be told.
                        let _broken_off = connection.await;
                        drop(place);
                    });
                }
                Err(fault) => {
                    tracing::warn!(%fault, "a connection of a script could not be taken");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        drop(self.listener);
        graceful.shutdown().await;
    }

    /// The next connection, once there is a place for it.
    async fn next(
        &self,
        places: &Arc<Semaphore>,
    ) -> io::Result<(TcpStream, Option<OwnedSemaphorePermit>)> {
        // The places are never closed.
        let place = Arc::clone(places).acquire_owned().await.ok();
        let (stream, _) = self.listener.accept().await?;
        Ok((stream, place))
    }
}

impl Door {
    async fn answer(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path().to_owned();
        let reply = match self.asked(request).await {
            Ok(reply) | Err(reply) => reply,
        };
        tracing::info!(path, status = reply.status, "a script was answered");
        response(&reply)
    }

    /// Lets a request in, or says why not.
    async fn asked(&self, request: Request<Incoming>) -> Result<Reply, Reply> {
        let path = request.uri().path();
        let Some(route) = self.routes.iter().find(|route| route.path == path) else {
            let known: Vec<&str> = self.routes.iter().map(|route| route.path).collect();
            let words = format!("There is nothing here. There is: {}.", known.join(", "));
            return Err(Reply::refused(404, &words));
        };
        if request.method() != Method::POST {
            return Err(Reply::refused(405, "Send it with POST."));
        }
        if !self.opens(&request) {
            let words = "The token is missing or wrong. Send it as: Authorization: Bearer TOKEN";
            return Err(Reply::refused(401, words));
        }
        let content_type = (request.headers().get(CONTENT_TYPE))
            .and_then(|value| value.to_str().ok())
            .map(|value| {
                let kind = value.split(';').next().unwrap_or_default();
                kind.trim().to_ascii_lowercase()
            });
        let body = Limited::new(request.into_body(), route.most).collect();
        let body = match tokio::time::timeout(BODY_WITHIN, body).await {
            Ok(Ok(body)) => body.to_bytes().to_vec(),
            Ok(Err(fault)) if fault.is::<LengthLimitError>() => {
                let words = format!("That is more than {} bytes. Split it.", route.most);
                return Err(Reply::refused(413, &words));
            }
            Ok(Err(_)) => return Err(Reply::refused(400, "The request broke off. Send it again.")),
            Err(_) => {
                let words = "The request took too long. Send it again.";
                return Err(Reply::refused(408, words));
            }
        };
        Ok((route.handler)(&self.app, self.guild, Call { content_type, body }).await)
    }

    fn opens(&self, request: &Request<Incoming>) -> bool {
        let header = request.headers().get(AUTHORIZATION);
        let header = header.map(HeaderValue::as_bytes).unwrap_or_default();
        let (scheme, token) = header.split_at_checked(7).unwrap_or_default();
        // The comparison takes as long whatever is wrong.
        self.secret.is(token.trim_ascii()) & scheme.eq_ignore_ascii_case(b"bearer ")
    }
}

fn response(reply: &Reply) -> Response<Full<Bytes>> {
    let text = format!("{}\n", reply.body);
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() =
        StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    match reply.status {
        401 => headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
        405 => headers.insert(ALLOW, HeaderValue::from_static("POST")),
        _ => None,
    };
    response
}
