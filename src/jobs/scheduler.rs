//! Recurring jobs, run by one deterministic step that looks at the clock.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use sqlx::{SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::error::Failure;
use crate::time::clock::from_millis;

/// Something that happens again and again.
#[derive(Clone, Copy)]
pub struct Job {
    /// Its name in the database and the log; never changes.
    pub name: &'static str,
    /// The least time between two runs; zero runs it at each look. Such a job finds out by itself, and
    /// cheaply, whether there is anything to do, and its runs are not recorded.
    pub every: TimeDelta,
    /// What it does, at the time it is given.
    pub run: Run,
    /// When it has something to do next, where somebody sees it happen: whoever moves the clock by hand
    /// stops there. The scheduler itself does without.
    pub ahead: Option<Ahead>,
}

/// A job's work, at the time it is given.
pub type Run = for<'a> fn(&'a App, DateTime<Utc>) -> BoxFuture<'a, Result<(), Failure>>;

/// When a job has something to do next, seen from the time it is given; in the past if that is now.
pub type Ahead =
    for<'a> fn(&'a App, DateTime<Utc>) -> BoxFuture<'a, Result<Option<DateTime<Utc>>, Failure>>;

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Job").field(&self.name).finish()
    }
}

/// The handle: it wakes the scheduler, and keeps one step from running into another. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Scheduler {
    wake: Arc<Notify>,
    step: Arc<Mutex<()>>,
}

impl Scheduler {
    /// Has the clock looked at now: when it was moved, or when something may have become due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}

/// Runs each job that is due at `now`, in the order given; returns the names of those that ran. When
/// none is due nothing is written. A clock that went backwards by less than a job's interval lets it
/// wait for its usual time, and by more makes it due at once: it runs neither twice nor never.
///
/// # Errors
/// The database's own faults. A job's fault is logged, and the job is due again at its next turn.
pub async fn run_due(
    app: &App,
    jobs: &[Job],
    now: DateTime<Utc>,
) -> Result<Vec<&'static str>, sqlx::Error> {
    let _one_at_a_time = app.scheduler.step.lock().await;
    let last_runs = list_runs(app.db.read()).await?;
    let mut ran = Vec::new();
    for job in jobs {
        let last = last_runs.get(job.name);
        if last.is_some_and(|last| (now - *last).abs() < job.every) {
            continue;
        }
        if let Err(fault) = (job.run)(app, now).await {
            tracing::error!(job = job.name, %fault, "a job failed");
        }
        if job.every > TimeDelta::zero() {
            let mut tx = app.db.write().await?;
            record_run(&mut tx, job.name, now).await?;
            tx.commit().await?;
        }
        ran.push(job.name);
    }
    Ok(ran)
}

/// When each job that can tell has something to do next.
///
/// # Errors
/// The database's own faults.
pub async fn list_ahead(
    app: &App,
    jobs: &[Job],
    now: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, Job)>, Failure> {
    let mut found = Vec::new();
    for job in jobs {
        if let Some(ahead) = job.ahead
            && let Some(at) = ahead(app, now).await?
        {
            found.push((at, *job));
        }
    }
    Ok(found)
}

/// Looks at the clock every `tick`, and at once when woken, until `stop`. A machine that slept goes on
/// with its tick, so that what fell due meanwhile is found within one.
pub async fn run(app: App, jobs: &'static [Job], tick: Duration, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(fault) = run_due(&app, jobs, app.clock.now()).await {
            tracing::error!(%fault, "the scheduler could not look");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.scheduler.wake.notified() => {}
            () = tokio::time::sleep(tick) => {}
        }
    }
}

async fn list_runs(db: &SqlitePool) -> Result<HashMap<String, DateTime<Utc>>, sqlx::Error> {
    let runs = sqlx::query!("SELECT job, ran_at FROM job_runs")
        .fetch_all(db)
        .await?;
    let runs = runs
        .into_iter()
        .map(|run| (run.job, from_millis(run.ran_at)));
    Ok(runs.collect())
}

async fn record_run(
    tx: &mut SqliteConnection,
    job: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO job_runs (job, ran_at) VALUES (?, ?)
         ON CONFLICT (job) DO UPDATE SET ran_at = excluded.ran_at",
        job,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
