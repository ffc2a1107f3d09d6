//! Answering an interaction: once, in time, whatever happens.
//!
//! - The first answer goes out within Discord's three seconds: what has not answered by then is
//!   deferred by a timer, and the answer then replaces the deferral. What is large is deferred before
//!   it is uploaded.
//! - 429 and 5xx are tried again while there is time. An answer to an interaction that has been
//!   acknowledged already (40060, after a try of which no word came back) replaces what is there.
//! - The token is kept in memory alone and for as long as the call lasts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::rest::{Rest, RestError};
use crate::ids::{ChannelId, InteractionId, MessageId};
use crate::jobs::outbox::Delivered;
use crate::render::{Message, Modal};

/// How long a call may take before it is deferred, and by when its first answer must be out.
/// Discord waits three seconds from when it sent the interaction.
const DEFER_AFTER: Duration = Duration::from_millis(1_500);
const ANSWER_WITHIN: Duration = Duration::from_millis(2_700);
/// How long a call may wait for what it will say with a file before it is deferred, and from how many
/// bytes on it is deferred in any case: what is uploaded has to arrive in time as well.
const UPLOAD_AFTER: Duration = Duration::from_millis(800);
const UPLOAD_LATER: usize = 256 * 1024;
/// How long an answer to a deferred call is tried; its token lives for fifteen minutes.
const EDIT_WITHIN: Duration = Duration::from_secs(60);

/// Discord's "Interaction has already been acknowledged".
const ACKNOWLEDGED: i64 = 40060;

/// The kinds of callback,
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object>.
mod kind {
    pub(super) const MESSAGE: u8 = 4;
    pub(super) const DEFER: u8 = 5;
    pub(super) const DEFER_UPDATE: u8 = 6;
    pub(super) const UPDATE: u8 = 7;
    pub(super) const MODAL: u8 = 9;
}

/// What a call that takes long turns into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// "Thinking…", for the caller alone.
    Ephemeral,
    /// Nothing visible; the message of the button stays until it is updated.
    Update,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Fresh,
    Deferred(Delay),
    Answered,
}

/// Why an answer did not go out.
#[derive(Debug, thiserror::Error)]
#[error("an answer did not go out: {0}")]
pub struct Unanswered(#[from] pub RestError);

/// The way back to one interaction.
#[derive(Debug)]
pub struct Answer {
    rest: Arc<Rest>,
    interaction: InteractionId,
    application: u64,
    token: String,
    begun: Instant,
    delay: Delay,
    /// The message whose component was used is seen by others, too.
    shared: AtomicBool,
    state: Mutex<State>,
}

impl Answer {
    /// The way back to the interaction, with its timer running.
    #[must_use]
    pub fn begin(
        rest: Arc<Rest>,
        interaction: InteractionId,
        application: u64,
        token: String,
        delay: Delay,
    ) -> Arc<Self> {
        let begun = Instant::now();
        let state = Mutex::new(State::Fresh);
        let answer = Arc::new(Self {
            rest,
            interaction,
            application,
            token,
            begun,
            delay,
            shared: AtomicBool::new(false),
            state,
        });
        let waiting = Arc::downgrade(&answer);
        tokio::spawn(async move {
            tokio::time::sleep_until(begun + DEFER_AFTER).await;
            if let Some(answer) = waiting.upgrade()
                && let Err(fault) = answer.defer().await
            {
                tracing::warn!(%fault, "a slow call could not be deferred");
            }
        });
        answer
    }

    /// Says that the message whose component was used is seen by others, too: what is for the caller
    /// alone is then said beside it, never in its place.
    pub(super) fn is_of_shared_message(&self) {
        self.shared.store(true, Ordering::Relaxed);
    }

    /// Whether the call took so long that it was deferred.
    pub async fn is_deferred(&self) -> bool {
        matches!(*self.state.lock().await, State::Deferred(_))
    }

    /// Acknowledges now and answers later, if nothing was said yet.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub async fn defer(&self) -> Result<(), Unanswered> {
        let mut state = self.state.lock().await;
        self.defer_in(&mut state).await
    }

    async fn defer_in(&self, state: &mut State) -> Result<(), Unanswered> {
        if *state != State::Fresh {
            return Ok(());
        }
        let body = match self.delay {
            Delay::Ephemeral => json!({"type": kind::DEFER, "data": {"flags": 64}}),
            Delay::Update => json!({"type": kind::DEFER_UPDATE}),
        };
        self.callback(&body, &Message::default()).await?;
        *state = State::Deferred(self.delay);
        Ok(())
    }

    /// Awaits what will be said with a file; if that takes long, the call is acknowledged meanwhile.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub async fn upon<T>(&self, work: impl Future<Output = T>) -> Result<T, Unanswered> {
        tokio::pin!(work);
        match tokio::time::timeout_at(self.begun + UPLOAD_AFTER, &mut work).await {
            Ok(done) => Ok(done),
            Err(_) => {
                self.defer().await?;
                Ok(work.await)
            }
        }
    }

    /// Says `message`: as the first answer, in place of the deferral, or as a follow-up. Returns
    /// where it stands, if Discord said.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub async fn reply(&self, message: &Message) -> Result<Option<Delivered>, Unanswered> {
        let mut state = self.state.lock().await;
        self.say(&mut state, message).await
    }

    async fn say(
        &self,
        state: &mut State,
        message: &Message,
    ) -> Result<Option<Delivered>, Unanswered> {
        let bytes: usize = message.files.iter().map(|file| file.bytes.len()).sum();
        if bytes > UPLOAD_LATER && message.ephemeral && self.delay == Delay::Ephemeral {
            self.defer_in(state).await?;
        }
        let sent = match *state {
            State::Fresh => {
                let body = json!({"type": kind::MESSAGE, "data": message.body()});
                match self.callback(&body, message).await? {
                    Some(answer) => answer.pointer("/resource/message").map(delivered),
                    None => Some(delivered(&self.edit_original(message).await?)),
                }
            }
            State::Deferred(Delay::Ephemeral) => {
                Some(delivered(&self.edit_original(message).await?))
            }
            State::Deferred(Delay::Update) | State::Answered => {
                Some(delivered(&self.post_follow_up(message).await?))
            }
        };
        *state = State::Answered;
        Ok(sent.flatten())
    }

    /// Changes the message whose button was pressed; after another answer, the answer. What is for the
    /// caller alone takes no shared message's place: it is said beside it.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub async fn update(&self, message: &Message) -> Result<(), Unanswered> {
        let mut state = self.state.lock().await;
        if message.ephemeral && self.shared.load(Ordering::Relaxed) {
            self.say(&mut state, message).await?;
            return Ok(());
        }
        let body = json!({"type": kind::UPDATE, "data": message.edit_body()});
        if *state != State::Fresh || self.callback(&body, message).await?.is_none() {
            self.edit_original(message).await?;
        }
        *state = State::Answered;
        Ok(())
    }

    /// Opens a modal. Only as the first answer, and never to a modal. A call that took so long that
    /// it was deferred cannot open one any more, and says so.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub async fn modal(&self, modal: &Modal) -> Result<(), Unanswered> {
        let mut state = self.state.lock().await;
        if *state != State::Fresh {
            let words = "I was too slow to open the form. Please try that again.";
            self.say(&mut state, &Message::text(words).ephemeral())
                .await?;
            return Ok(());
        }
        let body = json!({"type": kind::MODAL, "data": modal.body()});
        self.callback(&body, &Message::default()).await?;
        *state = State::Answered;
        Ok(())
    }

    /// One more message after the answer.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub async fn follow_up(&self, message: &Message) -> Result<(), Unanswered> {
        self.post_follow_up(message).await?;
        Ok(())
    }

    /// The message that the first answer became.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub async fn original(&self) -> Result<Option<Delivered>, Unanswered> {
        let deadline = Instant::now() + EDIT_WITHIN;
        let path = format!("{}/messages/@original", self.webhook());
        let message = self
            .rest
            .insist(Method::GET, &path, None, &[], deadline)
            .await?;
        Ok(delivered(&message))
    }

    /// `None` if the interaction had been acknowledged before: by a try of which no word came back.
    async fn callback(&self, body: &Value, message: &Message) -> Result<Option<Value>, Unanswered> {
        let path = format!(
            "/interactions/{}/{}/callback?with_response=true",
            self.interaction, self.token
        );
        let deadline = self.begun + ANSWER_WITHIN;
        match self
            .rest
            .insist(Method::POST, &path, Some(body), &message.files, deadline)
            .await
        {
            Err(RestError::Refused {
                code: ACKNOWLEDGED, ..
            }) => Ok(None),
            other => Ok(Some(other?)),
        }
    }

    async fn edit_original(&self, message: &Message) -> Result<Value, Unanswered> {
        let path = format!("{}/messages/@original", self.webhook());
        let deadline = Instant::now() + EDIT_WITHIN;
        let body = message.edit_body();
        Ok(self
            .rest
            .insist(Method::PATCH, &path, Some(&body), &message.files, deadline)
            .await?)
    }

    async fn post_follow_up(&self, message: &Message) -> Result<Value, Unanswered> {
        let deadline = Instant::now() + EDIT_WITHIN;
        let body = message.body();
        Ok(self
            .rest
            .insist(
                Method::POST,
                &self.webhook(),
                Some(&body),
                &message.files,
                deadline,
            )
            .await?)
    }

    fn webhook(&self) -> String {
        format!("/webhooks/{}/{}", self.application, self.token)
    }
}

/// Where a message object says that it stands.
fn delivered(message: &Value) -> Option<Delivered> {
    let id = |field: &str| message.get(field)?.as_str()?.parse::<u64>().ok();
    Some(Delivered {
        channel: ChannelId::from(id("channel_id")?),
        message: Some(MessageId::from(id("id")?)),
    })
}
