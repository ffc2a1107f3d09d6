//! A request held still, so that a test can act at that very moment.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::requests::Request;

/// The two signals of a pause: the request is here, and it may go on.
#[derive(Debug)]
pub(crate) struct Gate {
    arrived: watch::Sender<Option<Request>>,
    released: watch::Sender<bool>,
}

impl Default for Gate {
    fn default() -> Self {
        Self {
            arrived: watch::Sender::new(None),
            released: watch::Sender::new(false),
        }
    }
}

impl Gate {
    /// Called by the server: reports the request and waits for its release.
    pub(crate) async fn hold(&self, request: Option<Request>) {
        self.arrived.send_replace(request);
        let mut released = self.released.subscribe();
        // The sender lives in this same value, so waiting cannot fail.
        drop(released.wait_for(|released| *released).await);
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

    /// Lets the request go on.
    pub fn release(self) {
        drop(self);
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        self.gate.released.send_replace(true);
    }
}
