//! A request held still, so that a test can act at that very moment.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::requests::Request;

/// What becomes of a held request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Released,
    /// The connection breaks.
    Discarded,
}

/// The two signals of a pause: the request is here, and what becomes of it.
#[derive(Debug)]
pub(crate) struct Gate {
    arrived: watch::Sender<Option<Request>>,
    outcome: watch::Sender<Option<Outcome>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            arrived: watch::Sender::new(None),
            outcome: watch::Sender::new(None),
        }
    }
}

impl Gate {
    /// Called by the server: reports the request and waits for what becomes of it.
    pub(crate) async fn hold(&self, request: Option<Request>) -> Outcome {
        self.arrived.send_replace(request);
        let mut outcome = self.outcome.subscribe();
        // The sender lives in this same value, so waiting cannot fail.
        let decided = outcome.wait_for(Option::is_some).await;
        decided
            .ok()
            .and_then(|decided| *decided)
            .unwrap_or(Outcome::Released)
    }

    fn decide(&self, outcome: Outcome) {
        self.outcome.send_if_modified(|decided| {
            let first = decided.is_none();
            decided.get_or_insert(outcome);
            first
        });
    }
}

/// A handle on a moment to come. Dropping it releases the request.
#[derive(Debug)]
#[must_use = "dropping it releases the request at once"]
pub struct Pause {
    gate: Arc<Gate>,
}

impl Pause {
    pub(crate) fn new(gate: Arc<Gate>) -> Self {
        Self { gate }
    }

    /// Waits until the request is here and held, and returns it; `None` if it does not come within
    /// ten seconds.
    pub async fn arrived(&self) -> Option<Request> {
        let mut arrived = self.gate.arrived.subscribe();
        let wait = arrived.wait_for(Option::is_some);
        let found = tokio::time::timeout(Duration::from_secs(10), wait).await;
        found.ok()?.ok()?.clone()
    }

    /// Whether the request is here by now.
    #[must_use]
    pub fn has_arrived(&self) -> bool {
        self.gate.arrived.borrow().is_some()
    }

    /// Lets the request go on: it takes effect (if it has not), also if the bot died meanwhile.
    pub fn release(self) {
        self.gate.decide(Outcome::Released);
    }

    /// Breaks the connection instead: a request held before its effect never has one, and of one
    /// held after it the answer is lost.
    pub fn discard(self) {
        self.gate.decide(Outcome::Discarded);
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        self.gate.decide(Outcome::Released);
    }
}
