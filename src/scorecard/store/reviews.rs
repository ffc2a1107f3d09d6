//! What was decided about metrics, and who was told what.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::{known, list, period};
use crate::ids::{MetricId, MetricReviewId, PersonId, PromiseId};
use crate::scorecard::rules::{AlertState, Decision};
use crate::time::Period;
use crate::time::clock::from_millis;

/// What a review decided about a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The row.
    pub id: MetricReviewId,
    /// The metric.
    pub metric: MetricId,
    /// The period that was looked at.
    pub period: Period,
    /// What was decided.
    pub decision: Decision,
    /// What is to be done, in the reviewer's words.
    pub action: Option<String>,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// What they promised; how it stands is for the cadence to say.
    pub promise: Option<PromiseId>,
    /// Who decided.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// A decision to be kept.
#[derive(Clone, Debug)]
pub struct NewReview<'a> {
    /// The metric, found within the guild.
    pub metric: MetricId,
    /// The period that was looked at.
    pub period: Period,
    /// What is decided.
    pub decision: Decision,
    /// What is to be done.
    pub action: Option<&'a str>,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// What they promised.
    pub promise: Option<PromiseId>,
    /// Who decides.
    pub by: PersonId,
}

/// Keeps what a review decided.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    new: &NewReview<'_>,
    now: DateTime<Utc>,
) -> Result<MetricReviewId, sqlx::Error> {
    let (key, starts_on) = (new.period.key(), new.period.start().to_string());
    let decision = new.decision.word();
    let now = now.timestamp_millis();
    let inserted = sqlx::query!(
        "INSERT INTO metric_reviews (metric_id, period, starts_on, decision, action, owner_id,
                                     promise_id, reviewed_by, reviewed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new.metric,
        key,
        starts_on,
        decision,
        new.action,
        new.owner,
        new.promise,
        new.by,
        now
    )
    .execute(tx)
    .await?;
    Ok(MetricReviewId(inserted.last_insert_rowid()))
}

/// The decisions about metrics that were found within the guild; of each by period, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_all(
    db: impl SqliteExecutor<'_>,
    metrics: impl IntoIterator<Item = MetricId>,
) -> Result<Vec<Review>, sqlx::Error> {
    let ids = list(metrics);
    let rows = sqlx::query!(
        r#"SELECT r.id AS "id!: MetricReviewId", r.metric_id AS "metric: MetricId", r.period,
                  r.decision, r.action, r.owner_id AS "owner: PersonId",
                  r.promise_id AS "promise: PromiseId", r.reviewed_by AS "by: PersonId",
                  r.reviewed_at AS at
             FROM json_each(?1) asked
             CROSS JOIN metric_reviews r INDEXED BY reviews_of_metric ON r.metric_id = asked.value
            ORDER BY r.metric_id, r.starts_on, r.id"#,
        ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Review {
                id: row.id,
                metric: row.metric,
                period: period(&row.period)?,
                decision: known(Decision::from_word(&row.decision), &row.decision)?,
                action: row.action,
                owner: row.owner,
                promise: row.promise,
                by: row.by,
                at: from_millis(row.at),
            })
        })
        .collect()
}

/// Writes down that somebody is told of a missing reading; false if they were told before.
///
/// # Errors
/// The database's own faults.
pub async fn insert_reminder(
    tx: &mut SqliteConnection,
    metric: MetricId,
    of: &Period,
    person: PersonId,
    is_manager: bool,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let (key, role) = (of.key(), if is_manager { "manager" } else { "owner" });
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "INSERT OR IGNORE INTO metric_reminders (metric_id, period, person_id, role, told_at)
         VALUES (?, ?, ?, ?, ?)",
        metric,
        key,
        person,
        role,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Up to which period's close a metric was looked at, and how it stood then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The last period whose close was looked at.
    pub period: Period,
    /// How it stood after that.
    pub state: AlertState,
    /// When somebody was told of its red.
    pub told_at: Option<DateTime<Utc>>,
}

/// How a metric that was found within the guild stood when it was last looked at.
///
/// # Errors
/// The database's own faults.
pub async fn find_alert(
    db: impl SqliteExecutor<'_>,
    metric: MetricId,
) -> Result<Option<Alert>, sqlx::Error> {
    let row = sqlx::query!(
        "SELECT period, state, told_at FROM metric_alerts WHERE metric_id = ?",
        metric
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Alert {
        period: period(&row.period)?,
        state: known(AlertState::from_word(&row.state), &row.state)?,
        told_at: row.told_at.map(from_millis),
    }))
}

/// Writes how a metric stands after a period's close.
///
/// # Errors
/// The database's own faults.
pub async fn set_alert(
    tx: &mut SqliteConnection,
    metric: MetricId,
    alert: &Alert,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (key, starts_on) = (alert.period.key(), alert.period.start().to_string());
    let (state, told_at) = (
        alert.state.word(),
        alert.told_at.map(|at| at.timestamp_millis()),
    );
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO metric_alerts (metric_id, period, starts_on, state, told_at, looked_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET period = excluded.period, starts_on = excluded.starts_on,
                state = excluded.state, told_at = excluded.told_at, looked_at = excluded.looked_at",
        metric,
        key,
        starts_on,
        state,
        told_at,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}
