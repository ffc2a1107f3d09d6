//! Recurring jobs, run by one deterministic step that looks at the clock.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::error::Failure;
use crate::time::clock::from_millis;

/// Something that happens again and again.
#[derive(Clone, Copy)]
pub struct Job {
    /// Its name in the database and the log; never changes.
    pub name: &'static str,
    /// The least time between two runs.
    pub every: TimeDelta,
    /// What it does, at the time it is given.
    pub run: Run,
}

/// A job's work, at the time it is given.
pub type Run = for<'a> fn(&'a App, DateTime<Utc>) -> BoxFuture<'a, Result<(), Failure>>;

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Job").field(&self.name).finish()
    }
}

/// Runs each job that is due at `now`, in the order given; returns the names of those that ran.
/// A clock that went backwards makes a job due at once rather than never.
///
/// # Errors
/// The database's own faults. A job's fault is logged, and the job is due again at its next turn.
pub async fn run_due(
    app: &App,
    jobs: &[Job],
    now: DateTime<Utc>,
) -> Result<Vec<&'static str>, sqlx::Error> {
    let mut ran = Vec::new();
    for job in jobs {
        let last = last_run(app, job.name).await?;
        if last.is_some_and(|last| last <= now && now - last < job.every) {
            continue;
        }
        if let Err(fault) = (job.run)(app, now).await {
            tracing::error!(job = job.name, %fault, "a job failed");
        }
        let mut tx = app.db.write().await?;
        record_run(&mut tx, job.name, now).await?;
        tx.commit().await?;
        ran.push(job.name);
    }
    Ok(ran)
}

/// Looks at the clock every `tick` until `stop`.
pub async fn run(app: App, jobs: &'static [Job], tick: Duration, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(fault) = run_due(&app, jobs, app.clock.now()).await {
            tracing::error!(%fault, "the scheduler could not look");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(tick) => {}
        }
    }
}

async fn last_run(app: &App, job: &str) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let at = sqlx::query_scalar!("SELECT ran_at FROM job_runs WHERE job = ?", job)
        .fetch_optional(app.db.read())
        .await?;
    Ok(at.map(from_millis))
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
