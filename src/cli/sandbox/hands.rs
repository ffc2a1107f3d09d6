//! The hands of both clocks, the bot's and the stand-in's: time that is pushed, and what happens on the way.
//!
//! Invariants: both clocks show the same; one push runs at a time.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use discord_sandbox::driver::Discord;
use tokio::sync::Mutex;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::jobs::scheduler::{self, Job};
use crate::registry;
use crate::time::clock::ShiftedClock;

/// How long a quiet bot is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a push stops at the most; the rest of it is one leap.
const MOST_STOPS: usize = 400;
/// How far a stop is from the one before, at the least: as far as jobs are apart.
const APART: TimeDelta = TimeDelta::minutes(1);

/// The hands. Clones move the same clocks.
#[derive(Clone, Debug)]
pub(super) struct Hands {
    app: App,
    tasks: TaskTracker,
    clock: Arc<ShiftedClock>,
    discord: Discord,
    one_at_a_time: Arc<Mutex<()>>,
}

impl Hands {
    pub(super) fn new(
        app: App,
        tasks: TaskTracker,
        clock: Arc<ShiftedClock>,
        discord: Discord,
    ) -> Self {
        Self {
            app,
            tasks,
            clock,
            discord,
            one_at_a_time: Arc::default(),
        }
    }

    /// What the bot and the stand-in take for now.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }

    /// Moves the time as [`Hands::moves`] does, and then lets happen whatever is due by the end.
    pub(super) async fn pass(&self, by: TimeDelta) {
        self.moves(by).await;
        self.falls_due(registry::TABLES.jobs).await;
    }

    /// Moves the time and stops wherever something falls due, so that it happens at its own time as it
    /// would have. Where the bot does not come to rest, for a fault that was switched on, it does not
    /// stop again.
    pub(super) async fn moves(&self, by: TimeDelta) {
        let _one = self.one_at_a_time.lock().await;
        let until = self.now() + by;
        for _ in 0..MOST_STOPS {
            let Some((stop, jobs)) = self.stop_before(until).await else {
                break;
            };
            self.moves_to(stop);
            if !self.falls_due(&jobs).await {
                break;
            }
        }
        self.moves_to(until);
    }

    /// Where something falls due next, if that is before `until`, and which jobs do it.
    async fn stop_before(&self, until: DateTime<Utc>) -> Option<(DateTime<Utc>, Vec<Job>)> {
        let now = self.now();
        let jobs = scheduler::list_ahead(&self.app, registry::TABLES.jobs, now).await;
        let message = self.app.outbox.next_due().await;
        let (jobs, message) = match (jobs, message) {
            (Ok(jobs), Ok(message)) => (jobs, message),
            (Err(fault), _) => return cannot_look(&fault),
            (_, Err(fault)) => return cannot_look(&fault),
        };
        let next = jobs.iter().map(|(at, _)| *at).chain(message).min()?;
        let stop = next.max(now + APART);
        let due = jobs.into_iter().filter(|(at, _)| *at <= stop);
        (stop < until).then(|| (stop, due.map(|(_, job)| job).collect()))
    }

    fn moves_to(&self, then: DateTime<Utc>) {
        // The clocks count whole milliseconds; no time is left where the machine took longer.
        let left = (then - self.now()).num_milliseconds() + 1;
        let by = TimeDelta::milliseconds(left.max(0));
        self.clock.push(by);
        self.discord.time_passes(by.to_std().unwrap_or_default());
    }

    /// Lets happen what of these jobs, and of the outbox, is due now; whether it came to rest.
    async fn falls_due(&self, jobs: &[Job]) -> bool {
        if let Err(fault) = scheduler::run_due(&self.app, jobs, self.now()).await {
            tracing::error!(%fault, "the scheduler could not look");
        }
        self.app.outbox.wake();
        self.rests().await
    }

    /// Waits until the bot has nothing in hand and nothing to say; whether it came to that.
    pub(super) async fn rests(&self) -> bool {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let progress = self.app.outbox.progress();
            // Handlers first: what the last of them had to say is in the outbox when it ends.
            if self.tasks.is_empty() && self.app.outbox.is_idle().await.unwrap_or(true) {
                return true;
            }
            // A handler says nothing when it ends.
            let _either = tokio::time::timeout(Duration::from_millis(1), progress).await;
        }
        false
    }
}

fn cannot_look<T>(fault: &dyn std::fmt::Display) -> Option<T> {
    tracing::error!(%fault, "what falls due next could not be found");
    None
}
