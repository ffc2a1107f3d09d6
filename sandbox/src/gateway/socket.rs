//! One connection to the gateway: hello, identify or resume, heartbeats, goodbye.
//!
//! Invariants: a close carries Discord's code
//! (<https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes>);
//! a client that stops its heartbeats is cut off.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::encoding::Encoding;
use super::hub::Frame;
use super::{intents, members};
use crate::platform::{Core, Platform};
use crate::state::Snowflake;
use crate::wire;

/// How many payloads a client may send within a minute.
const MOST_PER_MINUTE: u32 = 120;
/// The largest payload that a client may send, in bytes.
const LARGEST: usize = 4_096;

/// Why a connection ends.
type Close = (u16, &'static str);

const UNKNOWN_OPCODE: Close = (4001, "Unknown opcode");
const DECODE_ERROR: Close = (4002, "Decode error");
const NOT_AUTHENTICATED: Close = (4003, "Not authenticated");
const AUTHENTICATION_FAILED: Close = (4004, "Authentication failed");
const ALREADY_AUTHENTICATED: Close = (4005, "Already authenticated");
const RATE_LIMITED: Close = (4008, "Rate limited");
const SESSION_TIMED_OUT: Close = (4009, "Session timed out");
const INVALID_SHARD: Close = (4010, "Invalid shard");
const INVALID_INTENTS: Close = (4013, "Invalid intent(s)");
const DISALLOWED_INTENTS: Close = (4014, "Disallowed intent(s)");

struct Connection {
    platform: Arc<Platform>,
    number: u64,
    session: Option<String>,
    outbox: mpsc::UnboundedSender<Frame>,
    encoding: Encoding,
    /// When the current minute began, and how many payloads came in it.
    pace: (Instant, u32),
}

/// Serves one connection until it ends.
pub(crate) async fn serve(platform: Arc<Platform>, mut socket: WebSocket, query: String) {
    let (outbox, mut frames) = mpsc::unbounded_channel();
    let (number, interval) =
        platform.change(|core| (core.hub.next_socket(), core.settings.heartbeat));
    let mut connection = Connection {
        platform,
        number,
        session: None,
        outbox,
        encoding: Encoding::from_query(&query),
        pace: (Instant::now(), 0),
    };
    let hello = json!({
        "op": 10, "s": null, "t": null,
        "d": {
            "heartbeat_interval": u64::try_from(interval.as_millis()).unwrap_or(41_250),
            "_trace": ["[\"stand-in\",{}]"],
        },
    });
    let patience = interval + interval / 2 + Duration::from_millis(500);
    let mut deadline = Instant::now() + patience;
    let hello = connection.encoding.encode(hello.to_string());
    let mut ended = socket.send(hello).await.is_err();
    while !ended {
        let outcome = tokio::select! {
            frame = frames.recv() => match frame {
                Some(frame) => connection.send(&mut socket, frame).await,
                None => Err(None),
            },
            received = socket.recv() => match received {
                Some(Ok(message)) => connection.receive(message, &mut deadline, patience),
                Some(Err(_)) | None => Err(None),
            },
            () = tokio::time::sleep_until(deadline) => Err(Some(SESSION_TIMED_OUT)),
        };
        if let Err(why) = outcome {
            if let Some((code, reason)) = why {
                close(&mut socket, code, reason).await;
            }
            ended = true;
        }
    }
    connection.detach(false);
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame {
        code,
        reason: reason.into(),
    };
    // The other side may already be gone, which is what was wanted.
    drop(socket.send(Message::Close(Some(frame))).await);
}

impl Connection {
    async fn send(&mut self, socket: &mut WebSocket, frame: Frame) -> Result<(), Option<Close>> {
        match frame {
            Frame::Text(text) => {
                let message = self.encoding.encode(text);
                socket.send(message).await.map_err(|_| None)
            }
            Frame::Close(code, reason) => Err(Some((code, reason))),
            Frame::Vanish => Err(None),
            Frame::Invalidate(resumable) => {
                self.detach(!resumable);
                let text = json!({ "op": 9, "d": resumable, "s": null, "t": null }).to_string();
                let message = self.encoding.encode(text);
                socket.send(message).await.map_err(|_| None)
            }
        }
    }

    fn detach(&mut self, ends: bool) {
        if let Some(session) = self.session.take() {
            self.platform
                .change(|core| core.hub.detach(&session, self.number, ends, &core.world));
        }
    }

    fn answer(&self, op: u8, data: &Value) {
        let text = json!({ "op": op, "d": data, "s": null, "t": null }).to_string();
        // The receiver lives as long as this connection.
        drop(self.outbox.send(Frame::Text(text)));
    }

    fn receive(
        &mut self,
        message: Message,
        deadline: &mut Instant,
        patience: Duration,
    ) -> Result<(), Option<Close>> {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(frame) => {
                let goodbye = frame.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                self.detach(goodbye);
                return Err(None);
            }
            Message::Binary(_) => return Err(Some(DECODE_ERROR)),
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
        };
        if self.pace.0.elapsed() > Duration::from_secs(60) {
            self.pace = (Instant::now(), 0);
        }
        self.pace.1 += 1;
        if self.pace.1 > MOST_PER_MINUTE {
            return Err(Some(RATE_LIMITED));
        }
        if text.len() > LARGEST {
            return Err(Some(DECODE_ERROR));
        }
        let payload: Value = serde_json::from_str(&text).map_err(|_| Some(DECODE_ERROR))?;
        let data = payload.get("d").cloned().unwrap_or_default();
        match payload.get("op").and_then(Value::as_u64) {
            Some(1) => {
                *deadline = Instant::now() + patience;
                if self
                    .platform
                    .look(|core| core.settings.acknowledges_heartbeats)
                {
                    self.answer(11, &Value::Null);
                }
                Ok(())
            }
            Some(2) => self.identify(&data).map_err(Some),
            Some(6) => self.resume(&data).map_err(Some),
            Some(3 | 4 | 8 | 31) if self.session.is_none() => Err(Some(NOT_AUTHENTICATED)),
            Some(8) => {
                if let Some(session) = &self.session {
                    self.platform
                        .change(|core| members::send_chunk(core, session, &data));
                }
                Ok(())
            }
            // Presence, voice state and sounds change nothing here.
            Some(3 | 4 | 31) => Ok(()),
            Some(_) => Err(Some(UNKNOWN_OPCODE)),
            None => Err(Some(DECODE_ERROR)),
        }
    }

    fn identify(&mut self, data: &Value) -> Result<(), Close> {
        if self.session.is_some() {
            return Err(ALREADY_AUTHENTICATED);
        }
        let token = data
            .get("token")
            .and_then(Value::as_str)
            .ok_or(DECODE_ERROR)?;
        let intents = data
            .get("intents")
            .and_then(Value::as_u64)
            .ok_or(DECODE_ERROR)?;
        let shard = match data
            .get("shard")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            None => (0, 1),
            Some([index, count]) => (
                index.as_u64().ok_or(DECODE_ERROR)?,
                count.as_u64().ok_or(DECODE_ERROR)?,
            ),
            Some(_) => return Err(DECODE_ERROR),
        };
        if data.get("properties").is_none() {
            return Err(DECODE_ERROR);
        }
        if data.get("compress").and_then(Value::as_bool) == Some(true) {
            self.encoding.compress_payloads();
        }
        let socket = (self.number, self.outbox.clone());
        let begun = self.platform.change(|core| {
            if let Some(code) = core.settings.closes_identify {
                return Err((code, "Closed on demand"));
            }
            let application = core.world.application_by_token(strip(token));
            let application = application.ok_or(AUTHENTICATION_FAILED)?;
            match intents::refusal(intents, application.grants) {
                None => {}
                Some(4014) => return Err(DISALLOWED_INTENTS),
                Some(_) => return Err(INVALID_INTENTS),
            }
            if shard.0 >= shard.1 {
                return Err(INVALID_SHARD);
            }
            let application = application.id;
            if core.settings.session_starts_left == 0 {
                return Ok(None);
            }
            core.settings.session_starts_left -= 1;
            let id = core.hub.open(application, shard, intents, socket);
            greet(core, &id, application, shard);
            Ok(Some(id))
        })?;
        match begun {
            Some(id) => self.session = Some(id),
            None => self.answer(9, &json!(false)),
        }
        Ok(())
    }

    fn resume(&mut self, data: &Value) -> Result<(), Close> {
        if self.session.is_some() {
            return Err(ALREADY_AUTHENTICATED);
        }
        let token = data
            .get("token")
            .and_then(Value::as_str)
            .ok_or(DECODE_ERROR)?;
        let id = data
            .get("session_id")
            .and_then(Value::as_str)
            .ok_or(DECODE_ERROR)?;
        let sequence = data
            .get("seq")
            .and_then(Value::as_u64)
            .ok_or(DECODE_ERROR)?;
        let socket = (self.number, self.outbox.clone());
        let resumed = self.platform.change(|core| {
            let application = core.world.application_by_token(strip(token));
            let application = application.ok_or(AUTHENTICATION_FAILED)?.id;
            Ok(core.hub.resume(id, application, sequence, socket))
        })?;
        match resumed {
            Some(()) => self.session = Some(id.to_owned()),
            None => self.answer(9, &json!(false)),
        }
        Ok(())
    }
}

fn strip(token: &str) -> &str {
    token.strip_prefix("Bot ").unwrap_or(token)
}

/// Sends READY, and each guild of the shard.
fn greet(core: &mut Core, session: &str, application: Snowflake, shard: (u64, u64)) {
    let Some(open) = core.hub.get_mut(session) else {
        return;
    };
    let Some(found) = core.world.applications.get(&application) else {
        return;
    };
    let here = |id: Snowflake| (id.get() >> 22) % shard.1.max(1) == shard.0;
    let guilds: Vec<_> = core
        .world
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&application) && here(guild.id))
        .collect();
    let mut bot = core
        .world
        .users
        .get(&application)
        .map(wire::user)
        .unwrap_or_default();
    if let Some(fields) = bot.as_object_mut() {
        fields.insert("verified".to_owned(), json!(true));
        fields.insert("mfa_enabled".to_owned(), json!(false));
        fields.insert("email".to_owned(), Value::Null);
    }
    let unavailable: Vec<Value> = guilds
        .iter()
        .map(|guild| json!({ "id": guild.id, "unavailable": true }))
        .collect();
    let ready = json!({
        "v": 10,
        "user": bot,
        "user_settings": {},
        "session_type": "normal",
        "session_id": session,
        "resume_gateway_url": core.base_url.replacen("http", "ws", 1),
        "relationships": [],
        "private_channels": [],
        "presences": [],
        "guilds": unavailable,
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": [],
        "shard": [shard.0, shard.1],
        "application": { "id": application, "flags": found.flags() },
        "_trace": ["[\"stand-in\",{}]"],
    });
    open.push("READY", &ready);
    open.ready = true;
    if open.intents & intents::GUILDS == 0 {
        return;
    }
    let all = open.intents & intents::GUILD_MEMBERS != 0;
    for guild in guilds {
        open.push(
            "GUILD_CREATE",
            &wire::guild_create(&core.world, guild, application, all),
        );
    }
}
