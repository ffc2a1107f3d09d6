//! A bot without a library: one socket, one HTTP client.

use std::io::Read;
use std::time::Duration;

use discord_sandbox::{Discord, Snowflake};
use flate2::read::ZlibDecoder;
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Guilds, messages, reactions, direct ones, and content.
pub(crate) const INTENTS: u64 = 1 | 1 << 9 | 1 << 10 | 1 << 12 | 1 << 13 | 1 << 15;
/// The same without content.
pub(crate) const NO_CONTENT: u64 = INTENTS & !(1 << 15);

const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) sequence: u64,
    /// How many payloads came compressed.
    pub(crate) inflated: usize,
}

impl Socket {
    /// Connects as far as HELLO.
    pub(crate) async fn open(discord: &Discord) -> Self {
        let url = discord.base_url().replacen("http", "ws", 1);
        let url = format!("{url}/?v=10&encoding=json");
        let (stream, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        let mut socket = Self {
            stream,
            sequence: 0,
            inflated: 0,
        };
        let hello = socket.next().await;
        assert_eq!(hello["op"], 10, "{hello}");
        socket
    }

    pub(crate) async fn send(&mut self, op: u64, data: Value) {
        let text = json!({ "op": op, "d": data }).to_string();
        self.stream.send(Message::text(text)).await.unwrap();
    }

    pub(crate) async fn identify(&mut self, token: &str, intents: u64, shard: (u64, u64)) {
        let data = json!({
            "token": token, "intents": intents, "shard": [shard.0, shard.1],
            "properties": { "os": "linux", "browser": "none", "device": "none" },
        });
        self.send(2, data).await;
    }

    /// The next payload.
    pub(crate) async fn next(&mut self) -> Value {
        let text = match self.message().await {
            Some(Message::Text(text)) => text.to_string(),
            Some(Message::Binary(bytes)) => {
                let mut text = String::new();
                ZlibDecoder::new(&bytes[..])
                    .read_to_string(&mut text)
                    .unwrap();
                self.inflated += 1;
                text
            }
            other => panic!("expected a payload, got {other:?}"),
        };
        crate::wire::assert_payload_parses(&text);
        let payload: Value = serde_json::from_str(&text).unwrap();
        if let Some(sequence) = payload["s"].as_u64() {
            self.sequence = sequence;
        }
        payload
    }

    /// The next event of this name; others are passed over.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            let payload = self.next().await;
            if payload["t"] == name {
                return payload["d"].clone();
            }
        }
    }

    /// The names of the events up to and including this one.
    pub(crate) async fn names_until(&mut self, last: &str) -> Vec<String> {
        let mut names = Vec::new();
        loop {
            let payload = self.next().await;
            let name = payload["t"].as_str().unwrap_or_default().to_owned();
            names.push(name.clone());
            if name == last {
                return names;
            }
        }
    }

    /// The code with which the connection is closed; 1006 if without a word.
    pub(crate) async fn close_code(&mut self) -> u16 {
        loop {
            match self.message().await {
                Some(Message::Close(Some(frame))) => return frame.code.into(),
                Some(Message::Close(None)) | None => return 1006,
                Some(_) => {}
            }
        }
    }

    async fn message(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(PATIENCE, self.stream.next()).await;
        next.unwrap_or_else(|_| panic!("the gateway said nothing"))
            .and_then(Result::ok)
    }
}

/// A connected bot.
pub(crate) struct Bot {
    pub(crate) socket: Socket,
    pub(crate) ready: Value,
    http: reqwest::Client,
    base: String,
    token: String,
    pub(crate) id: Snowflake,
}

impl Bot {
    pub(crate) async fn connect(discord: &Discord) -> Self {
        Self::connect_with(discord, INTENTS, (0, 1)).await
    }

    pub(crate) async fn connect_with(discord: &Discord, intents: u64, shard: (u64, u64)) -> Self {
        let mut socket = Socket::open(discord).await;
        socket.identify(&discord.token(), intents, shard).await;
        let ready = socket.event("READY").await;
        Self {
            socket,
            ready,
            http: reqwest::Client::new(),
            base: format!("{}/api/v10", discord.base_url()),
            token: discord.token(),
            id: discord.bot_id(),
        }
    }

    /// A request with the bot's token: status and body.
    pub(crate) async fn ask(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        self.try_ask(method, path, body).await.unwrap()
    }

    pub(crate) async fn try_ask(
        &self,
        method: &str,
        path: &str,
        body: Value,
    ) -> reqwest::Result<(u16, Value)> {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        request = request.header("Authorization", format!("Bot {}", self.token));
        if !body.is_null() {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        Ok((status, response.json().await.unwrap_or(Value::Null)))
    }

    pub(crate) fn multipart(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.http.request(method, format!("{}{path}", self.base));
        request.header("Authorization", format!("Bot {}", self.token))
    }

    pub(crate) async fn post(&self, channel: impl Into<Snowflake>, body: Value) -> (u16, Value) {
        self.ask(
            "POST",
            &format!("/channels/{}/messages", channel.into()),
            body,
        )
        .await
    }

    pub(crate) async fn register(&self, commands: Value) -> Value {
        let path = format!("/applications/{}/commands", self.id);
        let (status, body) = self.ask("PUT", &path, commands).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The next interaction.
    pub(crate) async fn interaction(&mut self) -> Value {
        self.socket.event("INTERACTION_CREATE").await
    }

    /// Answers an interaction: status and body.
    pub(crate) async fn callback(&self, interaction: &Value, body: Value) -> (u16, Value) {
        let (id, token) = (text(interaction, "id"), text(interaction, "token"));
        self.ask(
            "POST",
            &format!("/interactions/{id}/{token}/callback"),
            body,
        )
        .await
    }

    /// Waits for an interaction and answers it, which must work.
    pub(crate) async fn answers(&mut self, body: Value) -> Value {
        let interaction = self.interaction().await;
        let (status, answer) = self.callback(&interaction, body).await;
        assert_eq!(status, 204, "{answer}");
        interaction
    }

    /// A request below the interaction's webhook.
    pub(crate) async fn webhook(
        &self,
        method: &str,
        interaction: &Value,
        rest: &str,
        body: Value,
    ) -> (u16, Value) {
        let token = text(interaction, "token");
        self.ask(
            method,
            &format!("/webhooks/{}/{token}{rest}", self.id),
            body,
        )
        .await
    }
}

pub(crate) fn text(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_default().to_owned()
}

/// A slash command without options.
pub(crate) fn command(name: &str) -> Value {
    json!({ "name": name, "description": "A command" })
}

/// The answer "say this".
pub(crate) fn say(content: &str) -> Value {
    json!({ "type": 4, "data": { "content": content } })
}
