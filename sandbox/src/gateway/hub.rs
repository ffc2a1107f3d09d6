//! The sessions of the gateway, and which event goes to which of them.
//!
//! Invariants: a session's events are numbered without gaps and kept until the session ends, so
//! that a resume replays exactly what was missed; sending never waits. Elsewhere on purpose: the
//! sockets themselves (`socket`).

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::intents;
use crate::state::{Snowflake, World};
use crate::wire::{self, Viewpoint};

/// How many events a session keeps for a resume.
const KEPT: usize = 10_000;
/// For how long a session without a socket can be resumed.
const RESUMABLE_MS: i64 = 3 * 60 * 1_000;

/// What a socket's task is told to do.
#[derive(Debug)]
pub(crate) enum Frame {
    Text(String),
    /// Close with a code and its reason.
    Close(u16, &'static str),
    /// Vanish without a word.
    Vanish,
    /// "Invalid session", and whether it may still be resumed.
    Invalidate(bool),
}

/// A session, connected or waiting to be resumed.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) application: Snowflake,
    /// Its index and how many there are.
    pub(crate) shard: (u64, u64),
    pub(crate) intents: u64,
    pub(crate) sequence: u64,
    history: VecDeque<(u64, String)>,
    socket: Option<(u64, mpsc::UnboundedSender<Frame>)>,
    /// Whether READY and the guilds were sent.
    pub(crate) ready: bool,
    /// When its socket went away.
    away_since_ms: Option<i64>,
}

impl Session {
    pub(crate) fn is_live(&self) -> bool {
        self.socket
            .as_ref()
            .is_some_and(|(_, socket)| !socket.is_closed())
    }

    pub(crate) fn tell(&self, frame: Frame) {
        if let Some((_, socket)) = &self.socket {
            // A socket that just went away misses nothing: the history replays it.
            drop(socket.send(frame));
        }
    }

    fn serves(&self, guild: Option<Snowflake>) -> bool {
        let (index, count) = self.shard;
        guild.map_or(0, |id| (id.get() >> 22) % count.max(1)) == index
    }

    /// Numbers an event, keeps it and sends it.
    pub(crate) fn push(&mut self, name: &str, data: &Value) {
        self.sequence += 1;
        let text = json!({ "op": 0, "t": name, "s": self.sequence, "d": data }).to_string();
        if self.history.len() == KEPT {
            self.history.pop_front();
        }
        self.history.push_back((self.sequence, text.clone()));
        self.tell(Frame::Text(text));
    }
}

/// To whom an event is of interest.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Audience {
    /// Every bot in the guild.
    Guild(Snowflake),
    /// Every bot that can see the channel.
    Channel(Snowflake),
    /// One bot, about a guild or a direct matter.
    Application(Snowflake, Option<Snowflake>),
}

/// What an event says.
#[derive(Debug)]
pub(crate) enum Payload {
    /// The same to everybody.
    Same(Value),
    /// A message, as each bot may see it.
    Message(Snowflake),
}

/// Something that happened, before it is fitted to each session.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    pub(crate) audience: Audience,
    /// Any of these intents lets it through; 0 means that it always is.
    pub(crate) intents: u64,
    pub(crate) payload: Payload,
}

/// All sessions, by id.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    sessions: BTreeMap<String, Session>,
    opened: u64,
    resumed: u64,
    sockets: u64,
}

impl Hub {
    /// Opens a session for a socket and returns its id.
    pub(crate) fn open(
        &mut self,
        application: Snowflake,
        shard: (u64, u64),
        intents: u64,
        socket: (u64, mpsc::UnboundedSender<Frame>),
    ) -> String {
        self.opened += 1;
        let id = format!(
            "{application:x}{:08x}",
            self.opened,
            application = application.get()
        );
        let session = Session {
            id: id.clone(),
            application,
            shard,
            intents,
            sequence: 0,
            history: VecDeque::new(),
            socket: Some(socket),
            ready: false,
            away_since_ms: None,
        };
        self.sessions.insert(id.clone(), session);
        id
    }

    /// A number for a new socket, so that a late goodbye of an old one detaches nothing.
    pub(crate) fn next_socket(&mut self) -> u64 {
        self.sockets += 1;
        self.sockets
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.get_mut(id)
    }

    pub(crate) fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// How often a session was started (resumes not counted).
    pub(crate) fn identified(&self) -> u64 {
        self.opened
    }

    /// How often a session was resumed.
    pub(crate) fn resumed(&self) -> u64 {
        self.resumed
    }

    /// Attaches a socket again and replays what it missed after `sequence`. `None` if the session
    /// is unknown or the sequence is not one that it sent.
    pub(crate) fn resume(
        &mut self,
        id: &str,
        application: Snowflake,
        sequence: u64,
        socket: (u64, mpsc::UnboundedSender<Frame>),
    ) -> Option<()> {
        let session = self
            .sessions
            .get_mut(id)
            .filter(|s| s.application == application)?;
        let oldest = session
            .history
            .front()
            .map_or(session.sequence + 1, |(number, _)| *number);
        if sequence > session.sequence || sequence + 1 < oldest {
            return None;
        }
        session.tell(Frame::Close(4000, "Unknown error"));
        session.socket = Some(socket);
        session.away_since_ms = None;
        let missed: Vec<String> = session
            .history
            .iter()
            .filter(|(number, _)| *number > sequence)
            .map(|(_, text)| text.clone())
            .collect();
        for text in missed {
            session.tell(Frame::Text(text));
        }
        session.push("RESUMED", &json!({ "_trace": [] }));
        self.resumed += 1;
        Some(())
    }

    /// The socket is gone; the session waits to be resumed, or ends.
    pub(crate) fn detach(&mut self, id: &str, socket: u64, ends: bool, world: &World) {
        let current = |s: &Session| {
            s.socket
                .as_ref()
                .is_some_and(|(number, _)| *number == socket)
        };
        if !self.sessions.get(id).is_some_and(current) {
            return;
        }
        if ends {
            self.sessions.remove(id);
        } else if let Some(session) = self.sessions.get_mut(id) {
            session.socket = None;
            session.away_since_ms = Some(world.clock.now_ms());
        }
    }

    /// Sends every session again what it was sent so far, but for the greetings.
    pub(crate) fn repeat(&self) {
        for session in self.sessions.values() {
            for (_, text) in &session.history {
                let greets = text.contains(r#""t":"READY""#) || text.contains(r#""t":"RESUMED""#);
                if !greets {
                    session.tell(Frame::Text(text.clone()));
                }
            }
        }
    }

    /// Sends an event to every session that has begun.
    pub(crate) fn push_to_all(&mut self, name: &str, data: &Value) {
        for session in self.sessions.values_mut().filter(|session| session.ready) {
            session.push(name, data);
        }
    }

    /// Sends an event to whom it concerns, and returns to how many live sockets it went.
    /// Interactions are not kept for a session that is away: who used them sees a failure.
    pub(crate) fn dispatch(&mut self, world: &World, base_url: &str, event: &Event) -> usize {
        let now = world.clock.now_ms();
        let lost = |s: &Session| {
            s.away_since_ms
                .is_some_and(|since| now - since > RESUMABLE_MS)
        };
        self.sessions.retain(|_, session| !lost(session));
        let mut reached = 0;
        for session in self.sessions.values_mut() {
            if !concerns(world, session, event) {
                continue;
            }
            if event.name == "INTERACTION_CREATE" && !session.is_live() {
                continue;
            }
            match &event.payload {
                Payload::Same(data) => session.push(event.name, data),
                Payload::Message(id) => {
                    let Some(data) = message_for(world, base_url, session, *id) else {
                        continue;
                    };
                    session.push(event.name, &data);
                }
            }
            reached += usize::from(session.is_live());
        }
        reached
    }
}

fn concerns(world: &World, session: &Session, event: &Event) -> bool {
    let wanted = event.intents == 0 || session.intents & event.intents != 0;
    let bot = session.application;
    let here = match event.audience {
        Audience::Guild(id) => {
            let guild = world.guilds.get(&id);
            guild.is_some_and(|g| g.members.contains_key(&bot)) && session.serves(Some(id))
        }
        Audience::Channel(id) => {
            let guild = world.channels.get(&id).and_then(|channel| channel.guild);
            world.can_view(bot, id) && session.serves(guild)
        }
        Audience::Application(id, guild) => id == bot && session.serves(guild),
    };
    session.ready && wanted && here
}

/// A message as a session may see it: with its content withheld where the intent is missing,
/// except in direct messages, its own, and where it is mentioned.
fn message_for(world: &World, base: &str, session: &Session, id: Snowflake) -> Option<Value> {
    let message = world.messages.get(&id)?;
    let bot = session.application;
    let view = Viewpoint {
        user: bot,
        base_url: base,
        on_gateway: true,
    };
    let mut body = wire::message(world, message, &view);
    if session.intents & intents::MESSAGE_CONTENT == 0 && message.guild.is_some() {
        wire::withhold(&mut body, &|message| readable_by(message, bot));
    }
    Some(body)
}

/// Whether a bot reads a guild message without the message content intent: its own, or one that
/// mentions it.
pub(crate) fn readable_by(message: &Value, bot: Snowflake) -> bool {
    let bot = json!(bot);
    let author = message.pointer("/author/id") == Some(&bot);
    let mentions = message.get("mentions").and_then(Value::as_array);
    author || mentions.is_some_and(|list| list.iter().any(|user| user.get("id") == Some(&bot)))
}
