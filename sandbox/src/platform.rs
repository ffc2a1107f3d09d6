//! The running stand-in: its world behind one lock, and word of every change.
//!
//! Invariants: the lock is never held across an await; whoever changes the world does it through
//! [`Platform::change`], which wakes all who wait. Elsewhere on purpose: what the changes are
//! (`actions`), and who asks for them (`rest`, `gateway`, `driver`).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{broadcast, watch};

use crate::clock::Clock;
use crate::faults::Faults;
use crate::gateway::Hub;
use crate::requests::RequestLog;
use crate::rest::rate::Rate;
use crate::state::{Snowflake, World};
use crate::traffic::Traffic;
use crate::view::Seen;

/// How many sights a slow watcher may lag behind before it loses some.
const WATCHED: usize = 4_096;

/// The world with everything that follows a change of it.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) world: World,
    pub(crate) hub: Hub,
    pub(crate) log: RequestLog,
    pub(crate) seen: broadcast::Sender<Seen>,
    /// What goes over the wire, for whoever develops a bot.
    pub(crate) traffic: broadcast::Sender<Traffic>,
    pub(crate) base_url: String,
    pub(crate) settings: Settings,
    pub(crate) rate: Rate,
    /// Requests that took effect and whose answers have not left yet, by number.
    pub(crate) unsettled: BTreeSet<u64>,
}

/// What a test can turn about the platform itself.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) heartbeat: Duration,
    /// What `/gateway/bot` recommends.
    pub(crate) shards: u64,
    pub(crate) session_starts_left: u64,
    pub(crate) session_reset_after: Duration,
    pub(crate) acknowledges_heartbeats: bool,
    pub(crate) refuses_gateway: bool,
    /// The close code that answers every attempt to identify.
    pub(crate) closes_identify: Option<u16>,
}

impl Core {
    /// A file by its attachment's id: content type and bytes.
    pub(crate) fn file(&self, id: Snowflake) -> Option<(String, Arc<Vec<u8>>)> {
        let of_messages = self
            .world
            .messages
            .values()
            .flat_map(|message| &message.attachments);
        let mut all = of_messages.chain(&self.world.uploads);
        let found = all.find(|file| file.id == id)?;
        Some((found.content_type.clone(), found.bytes.clone()))
    }
}

/// The stand-in, shared by the server's tasks and the driver.
#[derive(Debug)]
pub(crate) struct Platform {
    core: Mutex<Core>,
    changed: watch::Sender<u64>,
    pub(crate) faults: Faults,
    pub(crate) clock: Clock,
    /// The application whose bot is under test.
    pub(crate) application: Snowflake,
}

impl Platform {
    pub(crate) fn new(base_url: String, clock: Clock) -> Self {
        let mut world = World::new(clock.clone());
        let developer = world.add_user("Developer", false);
        let application = world.add_application("Bot", developer);
        let core = Core {
            world,
            hub: Hub::default(),
            log: RequestLog::default(),
            seen: broadcast::Sender::new(WATCHED),
            traffic: broadcast::Sender::new(WATCHED),
            base_url,
            unsettled: BTreeSet::new(),
            rate: Rate::default(),
            settings: Settings {
                heartbeat: Duration::from_millis(41_250),
                shards: 1,
                session_starts_left: 1_000,
                session_reset_after: Duration::from_secs(14_400),
                acknowledges_heartbeats: true,
                refuses_gateway: false,
                closes_identify: None,
            },
        };
        Self {
            core: Mutex::new(core),
            changed: watch::Sender::new(0),
            faults: Faults::default(),
            clock,
            application,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Core> {
        // A test that failed an assertion elsewhere must not hide its message behind a poisoned lock.
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the world.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&Core) -> T) -> T {
        at(&self.lock())
    }

    /// Changes the world and wakes all who wait for something.
    pub(crate) fn change<T>(&self, with: impl FnOnce(&mut Core) -> T) -> T {
        let outcome = with(&mut self.lock());
        self.wake();
        outcome
    }

    /// Lets every waiter look again.
    pub(crate) fn wake(&self) {
        self.changed
            .send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Word of every change, for who looks at the world again after each.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Waits until `ready` finds what it looks for, looking once now and after every change; `None`
    /// after `patience`.
    pub(crate) async fn until<T>(
        &self,
        patience: Duration,
        mut ready: impl FnMut(&Core) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.changed.subscribe();
        let search = async {
            loop {
                changes.borrow_and_update();
                if let Some(found) = self.look(&mut ready) {
                    return found;
                }
                if changes.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::time::timeout(patience, search).await.ok()
    }

    /// Waits until the answers to all that the bot did so far have left. People are slower than the
    /// wire: nobody clicks a button before its sender knows that it was sent.
    pub(crate) async fn settle(&self) {
        let now = self.look(|core| core.unsettled.clone());
        // A request that hangs for another reason must not keep people from acting.
        let _settled = self
            .until(Duration::from_secs(1), |core| {
                core.unsettled.is_disjoint(&now).then_some(())
            })
            .await;
    }
}
