//! What one person sees, as it happens: one WebSocket per open page and person.
//!
//! Each frame is an object with its kind under `t`: `scene` (where one is, whole, whenever it
//! changed), `message` (one as it is now, with `what` happened to it), `gone` (one that is not to be
//! seen any more), `traffic` (entries, once asked for) and `behind` (too much happened: load again).

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::Shared;
use super::input::{Id, Refusal, parameters};
use super::{scene, shown};
use crate::state::Snowflake;
use crate::view::{Seen, Sight};

#[derive(Debug, Deserialize)]
struct Asked {
    r#as: Id,
}

/// What a page can ask for over its socket.
#[derive(Debug, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
enum Wish {
    Traffic { on: bool },
}

/// `GET /live?as=PERSON`
pub(super) async fn live(
    State(shared): State<Arc<Shared>>,
    uri: Uri,
    upgrade: WebSocketUpgrade,
) -> Response {
    let asked: Asked = match parameters(&uri) {
        Ok(asked) => asked,
        Err(refusal) => return refusal.into_response(),
    };
    let person = asked.r#as.0;
    let human = shared.platform.look(|core| {
        let user = core.world.users.get(&person);
        user.is_some_and(|user| !user.bot)
    });
    if !human {
        return Refusal::new("There is nobody with this id.").into_response();
    }
    upgrade.on_upgrade(move |socket| async move {
        let live = Live {
            shared,
            person,
            socket,
            scene: Value::Null,
            tape: None,
        };
        // A page that was closed is no fault.
        let _closed = live.run().await;
    })
}

/// The socket is gone.
struct Closed;

struct Live {
    shared: Arc<Shared>,
    person: Snowflake,
    socket: WebSocket,
    /// The scene as it was last sent.
    scene: Value,
    tape: Option<broadcast::Receiver<Value>>,
}

impl Live {
    async fn run(mut self) -> Result<(), Closed> {
        let platform = self.shared.platform.clone();
        let mut seen = platform.look(|core| core.seen.subscribe());
        let mut changes = platform.changes();
        // Everybody finds the bot among their direct messages.
        let bot = platform.application;
        platform.change(|core| core.world.direct_channel(bot, self.person));
        self.send_scene().await?;
        loop {
            tokio::select! {
                happened = seen.recv() => match happened {
                    Ok(seen) => self.tell(&seen).await?,
                    Err(RecvError::Lagged(_)) => self.send(&json!({ "t": "behind" })).await?,
                    Err(RecvError::Closed) => return Ok(()),
                },
                changed = changes.changed() => {
                    if changed.is_err() {
                        return Ok(());
                    }
                    self.send_scene().await?;
                }
                entry = next(&mut self.tape) => {
                    self.send(&json!({ "t": "traffic", "entries": [entry] })).await?;
                }
                wish = self.socket.recv() => match wish {
                    Some(Ok(Message::Text(text))) => self.grant(&text).await?,
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Ok(()),
                },
            }
        }
    }

    async fn send_scene(&mut self) -> Result<(), Closed> {
        let scene = scene::of(&self.shared, self.person);
        if scene != self.scene {
            self.send(&json!({ "t": "scene", "scene": scene })).await?;
            self.scene = scene;
        }
        Ok(())
    }

    async fn tell(&mut self, seen: &Seen) -> Result<(), Closed> {
        if seen.person != self.person {
            return Ok(());
        }
        let (what, view) = match &seen.sight {
            Sight::Shown(view) => ("shown", view),
            Sight::Edited(view) => ("edited", view),
            Sight::Reacted(view) => ("reacted", view),
            Sight::Deleted(view) => ("deleted", view),
            Sight::Form { .. } | Sight::Failed { .. } => return Ok(()),
        };
        let (id, channel) = (view.id(), view.channel_id());
        let look = |core: &crate::platform::Core| shown::message(core, id, self.person);
        let frame = match self.shared.platform.look(look) {
            Some(message) => json!({ "t": "message", "what": what, "message": message }),
            None => json!({ "t": "gone", "id": id, "channel": channel }),
        };
        self.send(&frame).await
    }

    async fn grant(&mut self, text: &str) -> Result<(), Closed> {
        match serde_json::from_str(text) {
            Ok(Wish::Traffic { on: true }) => {
                let (entries, news) = self.shared.tape.follow();
                self.tape = Some(news);
                self.send(&json!({ "t": "traffic", "entries": entries, "fresh": true }))
                    .await
            }
            Ok(Wish::Traffic { on: false }) => {
                self.tape = None;
                Ok(())
            }
            Err(why) => {
                let error = format!("This request cannot be read: {why}");
                self.send(&json!({ "t": "error", "error": error })).await
            }
        }
    }

    async fn send(&mut self, frame: &Value) -> Result<(), Closed> {
        let text = Message::text(frame.to_string());
        self.socket.send(text).await.map_err(|_| Closed)
    }
}

/// The next entry of the tape; never, while nobody wants it.
async fn next(tape: &mut Option<broadcast::Receiver<Value>>) -> Value {
    loop {
        let Some(news) = tape else {
            return std::future::pending().await;
        };
        match news.recv().await {
            Ok(entry) => return entry,
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => *tape = None,
        }
    }
}
