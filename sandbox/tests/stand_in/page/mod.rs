//! The page's server, asked as the page in a browser asks it.

mod acting;
mod guard;
mod seeing;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use discord_sandbox::driver::{Channel, Guild, Person};
use discord_sandbox::page::{self, Controls};
use discord_sandbox::{Clock, Discord, Snowflake};
use futures::future::BoxFuture;
use futures::{SinkExt, StreamExt};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::bot::Bot;

const PATIENCE: Duration = Duration::from_secs(5);

/// The clock of a bot, which only remembers how far it was pushed, beside that of the stand-in.
#[derive(Debug)]
struct Hands(AtomicI64, Discord);

impl Controls for Hands {
    fn now_ms(&self) -> i64 {
        Clock::default().now_ms() + self.0.load(Ordering::SeqCst)
    }

    fn push(&self, by: Duration) -> BoxFuture<'_, ()> {
        let ms = i64::try_from(by.as_millis()).unwrap();
        self.0.fetch_add(ms, Ordering::SeqCst);
        self.1.time_passes(by);
        Box::pin(async {})
    }
}

/// A guild with a channel for all and one for two, a bot, and the page in front of it.
struct Scene {
    discord: Discord,
    acme: Guild,
    ann: Person,
    bo: Person,
    chen: Person,
    general: Channel,
    /// Without Chen.
    deal_room: Channel,
    bot: Bot,
    hands: Arc<Hands>,
    host: String,
    http: Client,
}

impl Scene {
    async fn open() -> Self {
        let discord = Discord::start().await;
        let acme = discord.guild("Acme");
        let (ann, bo, chen) = (acme.member("Ann"), acme.member("Bo"), acme.member("Chen"));
        let general = acme.channel("general");
        let deal_room = acme.private_channel("deal-room", &[&ann, &bo]);
        let bot = Bot::connect(&discord).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let hands = Arc::new(Hands(AtomicI64::default(), discord.clone()));
        tokio::spawn(page::serve(discord.clone(), listener, hands.clone()));
        Self {
            discord,
            acme,
            ann,
            bo,
            chen,
            general,
            deal_room,
            bot,
            hands,
            host,
            http: Client::new(),
        }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("http://{}/{path}", self.host))
    }

    fn post(&self, path: &str) -> RequestBuilder {
        let request = self.http.post(format!("http://{}/act/{path}", self.host));
        request.header("Origin", format!("http://{}", self.host))
    }

    /// Does something, which must work.
    async fn act(&self, path: &str, body: Value) -> Value {
        let (status, answer) = read(self.post(path).json(&body).send().await.unwrap()).await;
        assert_eq!(status, 200, "{path} {body}: {answer}");
        answer
    }

    /// Tries something, and returns the sentence with which it is refused.
    async fn refused(&self, path: &str, body: Value) -> String {
        let (status, answer) = read(self.post(path).json(&body).send().await.unwrap()).await;
        assert!(
            (400..500).contains(&status),
            "{path} {body}: {status} {answer}"
        );
        answer["error"].as_str().unwrap().to_owned()
    }

    /// What a person reads in a channel, oldest first.
    async fn reads(&self, person: &Person, channel: &Channel) -> Vec<Value> {
        let path = format!("messages?as={}&channel={}", person.id(), channel.id());
        let (status, answer) = read(self.get(&path).send().await.unwrap()).await;
        assert_eq!(status, 200, "{answer}");
        answer["messages"].as_array().unwrap().clone()
    }

    async fn says(&self, person: &Person, channel: &Channel, text: &str) -> Value {
        let body = json!({ "as": person.id(), "channel": channel.id(), "text": text });
        self.act("say", body).await;
        self.reads(person, channel).await.pop().unwrap()
    }

    async fn live(&self, person: impl Into<Snowflake>) -> Live {
        let address = format!("ws://{}/live?as={}", self.host, person.into());
        let mut request = address.into_client_request().unwrap();
        let origin = format!("http://{}", self.host).parse().unwrap();
        request.headers_mut().insert("Origin", origin);
        let (socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        Live(socket)
    }
}

async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or(Value::Null))
}

/// One open page.
struct Live(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Live {
    async fn frame(&mut self) -> Value {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.0.next()).await;
            match next.unwrap_or_else(|_| panic!("the page is told nothing")) {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).unwrap(),
                Some(Ok(_)) => {}
                other => panic!("the connection ended: {other:?}"),
            }
        }
    }

    /// The next frame of a kind; others are passed over.
    async fn next(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.frame().await;
            if frame["t"] == kind {
                return frame;
            }
        }
    }

    /// The scene once it looks as described.
    async fn scene(&mut self, looks: impl Fn(&Value) -> bool) -> Value {
        loop {
            let frame = self.next("scene").await;
            if looks(&frame["scene"]) {
                return frame["scene"].clone();
            }
        }
    }

    async fn wishes(&mut self, wish: Value) {
        self.0.send(Message::text(wish.to_string())).await.unwrap();
    }
}

/// A channel of a scene, by name.
fn place<'a>(scene: &'a Value, name: &str) -> Option<&'a Value> {
    let guilds = scene["guilds"].as_array().unwrap().iter();
    let mut places = guilds.flat_map(|guild| guild["channels"].as_array().unwrap());
    places.find(|place| place["name"] == name)
}
