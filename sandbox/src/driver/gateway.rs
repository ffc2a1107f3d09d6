//! Faults and settings of the gateway.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::gateway::Frame;
use crate::platform::{Platform, Settings};

/// A handle on the gateway's behaviour.
#[derive(Clone, Debug)]
pub struct GatewayControl {
    platform: Arc<Platform>,
}

impl GatewayControl {
    pub(crate) fn new(platform: Arc<Platform>) -> Self {
        Self { platform }
    }

    /// Breaks all connections without a word; sessions can be resumed.
    pub fn drops_sockets(&self) {
        self.tell(|| Frame::Vanish);
    }

    /// Closes all connections with a code, such as 4000.
    pub fn closes(&self, code: u16) {
        self.tell(|| Frame::Close(code, "Closed on demand"));
    }

    /// Op 7: asks to reconnect and resume.
    pub fn asks_to_reconnect(&self) {
        self.tell(|| Frame::Text(r#"{"op":7,"d":null,"s":null,"t":null}"#.to_owned()));
    }

    /// Op 9: the sessions are invalid, and whether they may still be resumed.
    pub fn invalidates_sessions(&self, resumable: bool) {
        self.tell(|| Frame::Invalidate(resumable));
    }

    fn tell(&self, frame: impl Fn() -> Frame) {
        self.platform.change(|core| {
            for session in core.hub.sessions() {
                session.tell(frame());
            }
        });
    }

    /// Breaks every attempt to connect, or accepts them again.
    pub fn refuses_connections(&self, refuses: bool) {
        self.set(|settings| settings.refuses_gateway = refuses);
    }

    /// Answers every attempt to identify with a close code, or accepts them again.
    pub fn closes_identify_with(&self, code: Option<u16>) {
        self.set(|settings| settings.closes_identify = code);
    }

    /// Sends an event just as it stands to every session, whatever its intents: for payloads that
    /// Discord may send and that nothing here causes.
    pub fn dispatches(&self, name: &str, data: &Value) {
        self.platform
            .change(|core| core.hub.push_to_all(name, data));
    }

    /// Tells every session again of everything so far, as a resumption from an old sequence number
    /// does.
    pub fn repeats_everything(&self) {
        self.platform.change(|core| core.hub.repeat());
    }

    /// Stops acknowledging heartbeats, or starts again.
    pub fn ignores_heartbeats(&self, ignores: bool) {
        self.set(|settings| settings.acknowledges_heartbeats = !ignores);
    }

    /// The heartbeat interval that new connections are told.
    pub fn wants_heartbeats_every(&self, interval: Duration) {
        self.set(|settings| settings.heartbeat = interval);
    }

    /// How many shards `/gateway/bot` recommends.
    pub fn recommends_shards(&self, count: u64) {
        self.set(|settings| settings.shards = count);
    }

    /// How many sessions may still be started, and when the count is reset.
    pub fn has_session_starts_left(&self, count: u64, reset_after: Duration) {
        self.set(|settings| {
            settings.session_starts_left = count;
            settings.session_reset_after = reset_after;
        });
    }

    fn set(&self, change: impl FnOnce(&mut Settings)) {
        self.platform.change(|core| change(&mut core.settings));
    }

    /// How many sessions were started so far, resumes not counted.
    #[must_use]
    pub fn identified(&self) -> u64 {
        self.platform.look(|core| core.hub.identified())
    }

    /// How many sessions were resumed so far.
    #[must_use]
    pub fn resumed(&self) -> u64 {
        self.platform.look(|core| core.hub.resumed())
    }

    /// How many sessions have a live connection.
    #[must_use]
    pub fn connected(&self) -> usize {
        self.platform.look(|core| {
            core.hub
                .sessions()
                .filter(|s| s.ready && s.is_live())
                .count()
        })
    }

    /// Waits until so many sessions were started in all.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn waits_until_identified(&self, times: u64) {
        self.until("a session to be started", |hub| hub.identified() >= times)
            .await;
    }

    /// Waits until so many sessions were resumed in all.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn waits_until_resumed(&self, times: u64) {
        self.until("a session to be resumed", |hub| hub.resumed() >= times)
            .await;
    }

    async fn until(&self, what: &str, ready: impl Fn(&crate::gateway::Hub) -> bool) {
        let waited = self
            .platform
            .until(super::PATIENCE, |core| ready(&core.hub).then_some(()));
        if waited.await.is_none() {
            super::give_up(&self.platform, &format!("waited ten seconds for {what}"));
        }
    }
}
