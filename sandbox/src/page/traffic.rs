//! The latest of what went over the wire, as the page's panel shows it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::Shared;
use crate::traffic::Traffic;

/// How many entries are kept.
const KEPT: usize = 300;

/// The latest entries, oldest first, and word of new ones.
#[derive(Debug)]
pub(super) struct Tape {
    latest: Mutex<VecDeque<Value>>,
    news: broadcast::Sender<Value>,
}

impl Default for Tape {
    fn default() -> Self {
        Self {
            latest: Mutex::default(),
            news: broadcast::Sender::new(KEPT),
        }
    }
}

impl Tape {
    fn latest(&self) -> MutexGuard<'_, VecDeque<Value>> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is kept, oldest first, and everything from then on.
    pub(super) fn follow(&self) -> (Vec<Value>, broadcast::Receiver<Value>) {
        let latest = self.latest();
        (latest.iter().cloned().collect(), self.news.subscribe())
    }

    fn add(&self, entry: Value) {
        let mut latest = self.latest();
        if latest.len() == KEPT {
            latest.pop_front();
        }
        latest.push_back(entry.clone());
        // Nobody may be looking, which is no fault.
        drop(self.news.send(entry));
    }
}

/// Notes what goes over the wire until the page ends.
pub(super) async fn tape(shared: Arc<Shared>) {
    let mut traffic = shared.platform.look(|core| core.traffic.subscribe());
    loop {
        match traffic.recv().await {
            Ok(entry) => shared.tape.add(shown(&entry)),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

fn shown(entry: &Traffic) -> Value {
    match entry {
        Traffic::Event {
            name,
            at_ms,
            reached,
            data,
        } => json!({
            "way": "out", "name": name, "at_ms": at_ms, "reached": reached, "body": data,
        }),
        Traffic::Request { request, answer } => json!({
            "way": "in",
            "name": format!("{} {}", request.method, request.path),
            "at_ms": request.at_ms,
            "status": request.status,
            "files": request.files,
            "body": request.body,
            "answer": answer,
        }),
    }
}
