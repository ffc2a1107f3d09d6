//! The app as `run` makes it, on a clock that stands still.

use std::sync::Arc;

use bellwether::app::App;
use bellwether::config::Config;
use bellwether::db::Db;
use bellwether::jobs::outbox::{Manner, Outbox};
use bellwether::jobs::scheduler::Scheduler;
use bellwether::registry;
use bellwether::render::chart::Charts;
use bellwether::time::clock::StillClock;
use chrono::{DateTime, TimeDelta, Utc};

/// The app over a database, at `now`.
pub(super) fn app(db: Db, config: Config, now: DateTime<Utc>) -> App {
    let clock = Arc::new(StillClock::at(now));
    let manner = Manner {
        max_attempts: i64::from(config.delivery.max_attempts),
        first_retry: TimeDelta::seconds(2),
        longest_retry: TimeDelta::minutes(30),
        lease: TimeDelta::minutes(1),
        opening_pause: config.delivery.opening_pause,
    };
    let outbox = Outbox::new(db.clone(), clock.clone(), registry::TABLES.topics, manner);
    App {
        config: Arc::new(config),
        db,
        clock,
        outbox,
        scheduler: Scheduler::default(),
        charts: Charts::default(),
        measures: registry::MEASURES,
    }
}
