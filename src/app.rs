//! The composition root: what every use-case stands on.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::config::Config;
use crate::db::Db;
use crate::jobs::outbox::Outbox;
use crate::jobs::scheduler::Scheduler;
use crate::measures::Measures;
use crate::render::chart::Charts;
use crate::time::clock::SharedClock;

/// The parts of a running Bellwether that know nothing of Discord. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    /// The settings.
    pub config: Arc<Config>,
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: SharedClock,
    /// Messages on their way.
    pub outbox: Outbox,
    /// The recurring jobs.
    pub scheduler: Scheduler,
    /// Pictures, and those that were drawn lately.
    pub charts: Charts,
    /// What the domains count of themselves for the scorecard.
    pub measures: Measures,
}

impl App {
    /// The current instant.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Says that the clock was moved: jobs and messages that are due by it need not wait for the next
    /// look.
    pub fn time_moved(&self) {
        self.scheduler.wake();
        self.outbox.wake();
    }
}
