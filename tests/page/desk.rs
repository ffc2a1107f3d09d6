//! The office with the page in front of it, and a browser that looks at it.

use std::sync::Arc;
use std::time::Duration;

use bellwether::jobs::outbox::Outbox;
use bellwether::time::clock::{Clock, ShiftedClock};
use chrono::TimeDelta;
use discord_sandbox::driver::{Channel, Discord, Person};
use discord_sandbox::page::{self, Controls};
use discord_sandbox::permissions::VIEW_CHANNEL;
use futures::future::BoxFuture;
use tokio::net::TcpListener;

use crate::browser::{Browser, key};
use crate::office::Office;

/// The bot's clock in the page's hands.
#[derive(Debug)]
struct Hands {
    clock: Arc<ShiftedClock>,
    outbox: Outbox,
    discord: Discord,
}

impl Controls for Hands {
    fn now_ms(&self) -> i64 {
        self.clock.now().timestamp_millis()
    }

    fn push(&self, by: Duration) -> BoxFuture<'_, ()> {
        self.clock.push(TimeDelta::from_std(by).unwrap());
        self.discord.time_passes(by);
        self.outbox.wake();
        Box::pin(async {})
    }
}

/// An office and a browser on its page.
pub(crate) struct Desk {
    pub(crate) office: Office,
    pub(crate) browser: Browser,
    address: String,
}

impl Desk {
    /// Opens the page as Ann in #general; `None` where there is no browser.
    pub(crate) async fn open() -> Option<Self> {
        let browser = Browser::start().await?;
        let office = Office::open().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let hands = Hands {
            clock: office.clock.clone(),
            outbox: office.bot().app.outbox.clone(),
            discord: office.discord.clone(),
        };
        tokio::spawn(page::serve(
            office.discord.clone(),
            listener,
            Arc::new(hands),
        ));
        let desk = Self {
            office,
            browser,
            address,
        };
        desk.is_at(&desk.office.ann, &desk.office.general).await;
        Some(desk)
    }

    /// Opens the page anew as somebody, somewhere.
    pub(crate) async fn is_at(&self, person: &Person, channel: &Channel) {
        // Another address first: one that differs in its fragment alone would load nothing.
        self.browser.goto("about:blank").await;
        let place = format!("{}/#{}/{}", self.address, person.id(), channel.id());
        self.browser.goto(&place).await;
        self.is_ready(person).await;
    }

    async fn is_ready(&self, person: &Person) {
        let name = person.name();
        self.browser
            .find(&format!("#self[aria-label^='You are {name}.']"))
            .await;
        self.browser.find(".log-top h2, .message").await;
    }

    /// Becomes somebody else by the menu.
    pub(crate) async fn becomes(&self, person: &Person) {
        self.browser.click("#self").await;
        let name = person.name();
        self.browser
            .click(&format!("//*[@role='menuitemradio'][.//span[.='{name}']]"))
            .await;
        self.is_ready(person).await;
    }

    /// Goes to another channel by the list.
    pub(crate) async fn goes_to(&self, channel: &str) {
        self.browser
            .click(&format!(
                "//button[contains(@class,'place')][.//span[.='{channel}']]"
            ))
            .await;
        self.browser
            .find(&format!(
                "//button[@aria-current='page'][.//span[.='{channel}']]"
            ))
            .await;
    }

    /// Writes into the message box and sends.
    pub(crate) async fn says(&self, words: &str) {
        let field = self.browser.find("#words:enabled").await;
        field.types(words).await;
        field.types(key::ENTER).await;
        self.browser
            .until("document.querySelector('#words').value === ''")
            .await;
    }

    /// Fills a channel of Ann's, which the bot does not see, while nobody looks at it.
    pub(crate) async fn fills_archive(&self, count: usize) -> Channel {
        self.browser.goto("about:blank").await;
        let office = &self.office;
        let archive = office.acme.private_channel("archive", &[&office.ann]);
        archive.denies_bot(VIEW_CHANNEL);
        let ann = office.has(&office.ann);
        for number in 0..count {
            ann.says(
                &archive,
                &format!("number {number}, with **some** words in it"),
            )
            .await;
        }
        archive
    }

    /// Ends the browser, after a look at what it complained of.
    pub(crate) async fn close(self) {
        self.browser.close().await;
    }
}
