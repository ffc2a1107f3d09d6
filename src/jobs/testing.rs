//! An app over a test's database, on a clock that the test sets.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::config::Config;
use crate::db::testing::TestDb;
use crate::jobs::outbox::{Manner, Outbox};
use crate::jobs::scheduler::Scheduler;
use crate::measures::Measures;
use crate::render::chart::Charts;
use crate::time::clock::StillClock;

/// The app at `now`, with its clock. Nobody hears how a message ended.
pub(crate) fn app(db: &TestDb, now: DateTime<Utc>) -> (App, Arc<StillClock>) {
    let clock = Arc::new(StillClock::at(now));
    let manner = Manner {
        max_attempts: 1,
        first_retry: TimeDelta::seconds(1),
        longest_retry: TimeDelta::seconds(1),
        lease: TimeDelta::seconds(60),
        opening_pause: Duration::ZERO,
    };
    let app = App {
        config: Arc::new(Config::default()),
        db: (**db).clone(),
        clock: clock.clone(),
        outbox: Outbox::new((**db).clone(), clock.clone(), &[], manner),
        scheduler: Scheduler::default(),
        charts: Charts::default(),
        measures: Measures::default(),
    };
    (app, clock)
}
