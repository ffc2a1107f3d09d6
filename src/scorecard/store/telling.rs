//! What the scorecard tells people by itself: what has closed, who was told what, and who is to be.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::reviews::Alert;
use super::{known, list, period};
use crate::ids::{GuildId, MetricId, PersonId};
use crate::scorecard::rules::AlertState;
use crate::scorecard::rules::trend::News;
use crate::time::Period;
use crate::time::clock::from_millis;

/// The guilds that have metrics which are not retired.
///
/// # Errors
/// The database's own faults.
pub async fn list_guilds(db: impl SqliteExecutor<'_>) -> Result<Vec<GuildId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT guild_id AS "guild!: GuildId" FROM metrics WHERE retired_at IS NULL"#
    )
    .fetch_all(db)
    .await
}

/// Who made each of the guild's metrics that are not retired, and since when it is active; of an inactive
/// one since when it is there.
///
/// # Errors
/// The database's own faults.
pub async fn list_makers(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
) -> Result<HashMap<MetricId, (Option<PersonId>, DateTime<Utc>)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT m.id AS "id!: MetricId", m.created_by AS "by: PersonId",
                  coalesce((SELECT min(v.set_at) FROM metric_versions v
                             WHERE v.metric_id = m.id AND v.is_active = 1
                               AND v.id > coalesce((SELECT max(i.id) FROM metric_versions i
                                                     WHERE i.metric_id = m.id AND i.is_active = 0), 0)),
                           m.created_at) AS "since!: i64"
             FROM metrics m WHERE m.guild_id = ? AND m.retired_at IS NULL"#,
        guild
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, (row.by, from_millis(row.since))))
        .collect())
}

/// How the close of a metric's period stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The metric.
    pub metric: MetricId,
    /// Whether its reading is there.
    pub is_read: bool,
    /// When what it is judged by was changed last: its reading, its edges or its target.
    pub changed_at: DateTime<Utc>,
    /// How it stood at the last look, and when that was.
    pub alert: Option<(Alert, DateTime<Utc>)>,
}

/// How the close of a period stands of metrics that were found within the guild.
///
/// # Errors
/// The database's own faults.
pub async fn list_closings(
    db: impl SqliteExecutor<'_>,
    metrics: impl IntoIterator<Item = MetricId>,
    of: &Period,
) -> Result<Vec<Closing>, sqlx::Error> {
    let (ids, key, starts_on) = (list(metrics), of.key(), of.start().to_string());
    let rows = sqlx::query!(
        r#"SELECT m.id AS "metric!: MetricId", r.recorded_at AS "recorded_at?: i64",
                  max(coalesce(r.recorded_at, 0),
                      coalesce((SELECT max(v.set_at) FROM metric_versions v WHERE v.metric_id = m.id), 0),
                      coalesce((SELECT max(t.set_at) FROM metric_targets t
                                 WHERE t.metric_id = m.id AND t.starts_on = ?2), 0))
                      AS "changed_at!: i64",
                  a.period AS "period?", a.state AS "state?", a.told_at AS "told_at?: i64",
                  a.looked_at AS "looked_at?: i64"
             FROM json_each(?1) asked
             CROSS JOIN metrics m ON m.id = asked.value
             LEFT JOIN readings r ON r.metric_id = m.id AND r.starts_on = ?2 AND r.period = ?3
                                 AND r.superseded_by IS NULL
             LEFT JOIN metric_alerts a ON a.metric_id = m.id"#,
        ids,
        starts_on,
        key
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let alert = match (row.period, row.state, row.looked_at) {
                (Some(key), Some(state), Some(looked_at)) => {
                    let alert = Alert {
                        period: period(&key)?,
                        state: known(AlertState::from_word(&state), &state)?,
                        told_at: row.told_at.map(from_millis),
                    };
                    Some((alert, from_millis(looked_at)))
                }
                _ => None,
            };
            Ok(Closing {
                metric: row.metric,
                is_read: row.recorded_at.is_some(),
                changed_at: from_millis(row.changed_at),
                alert,
            })
        })
        .collect()
}

/// Somebody who was told that a reading is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// The metric.
    pub metric: MetricId,
    /// Who.
    pub person: PersonId,
    /// Whether as a manager.
    pub is_manager: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// Who was told that the reading of a period is missing, of metrics that were found within the guild.
///
/// # Errors
/// The database's own faults.
pub async fn list_reminded(
    db: impl SqliteExecutor<'_>,
    metrics: impl IntoIterator<Item = MetricId>,
    of: &Period,
) -> Result<Vec<Reminded>, sqlx::Error> {
    let (ids, key) = (list(metrics), of.key());
    let rows = sqlx::query!(
        r#"SELECT n.metric_id AS "metric!: MetricId", n.person_id AS "person!: PersonId", n.role,
                  n.told_at
             FROM json_each(?1) asked
             CROSS JOIN metric_reminders n ON n.metric_id = asked.value AND n.period = ?2"#,
        ids,
        key
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Reminded {
            metric: row.metric,
            person: row.person,
            is_manager: row.role == "manager",
            at: from_millis(row.told_at),
        })
        .collect())
}

/// What somebody was told to be missing at one moment: metric, period, whether as a manager.
///
/// # Errors
/// The database's own faults.
pub async fn list_missing(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<Vec<(MetricId, Period, bool)>, sqlx::Error> {
    let at = at.timestamp_millis();
    let rows = sqlx::query!(
        r#"SELECT metric_id AS "metric!: MetricId", period AS "key!", role AS "role!"
             FROM metric_reminders INDEXED BY reminders_by_person
            WHERE person_id = ? AND told_at = ? ORDER BY metric_id"#,
        person,
        at
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| Ok((row.metric, period(&row.key)?, row.role == "manager")))
        .collect()
}

/// Keeps what somebody is to be told of a metric.
///
/// # Errors
/// The database's own faults.
pub async fn insert_news(
    tx: &mut SqliteConnection,
    person: PersonId,
    metric: MetricId,
    of: &Period,
    is_red: bool,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (key, starts_on) = (of.key(), of.start().to_string());
    let (news, now) = (
        if is_red { "red" } else { "recovered" },
        now.timestamp_millis(),
    );
    sqlx::query!(
        "INSERT OR IGNORE INTO metric_news (person_id, told_at, metric_id, period, starts_on, news)
         VALUES (?, ?, ?, ?, ?, ?)",
        person,
        now,
        metric,
        key,
        starts_on,
        news
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What somebody was told of metrics at one moment.
///
/// # Errors
/// The database's own faults.
pub async fn list_news(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<Vec<(MetricId, Period, News)>, sqlx::Error> {
    let at = at.timestamp_millis();
    let rows = sqlx::query!(
        r#"SELECT metric_id AS "metric!: MetricId", period AS "key!", news AS "news!"
             FROM metric_news WHERE person_id = ? AND told_at = ? ORDER BY metric_id"#,
        person,
        at
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let news = match row.news.as_str() {
                "red" => News::Red,
                _ => News::Recovered,
            };
            Ok((row.metric, period(&row.key)?, news))
        })
        .collect()
}

/// Who manages a team that somebody is in, by row.
///
/// # Errors
/// The database's own faults.
pub async fn list_managers_of(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Vec<PersonId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT g.person_id AS "person!: PersonId"
             FROM team_members m JOIN team_managers g ON g.team_id = m.team_id
            WHERE m.person_id = ?1 AND g.person_id <> ?1 ORDER BY g.person_id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// Deletes some of what was told before an instant; how many rows.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn delete_old(
    tx: &mut SqliteConnection,
    before: DateTime<Utc>,
    most: i64,
) -> Result<u64, sqlx::Error> {
    let before = before.timestamp_millis();
    let done = sqlx::query!(
        "DELETE FROM metric_news WHERE (person_id, told_at, metric_id) IN
             (SELECT person_id, told_at, metric_id FROM metric_news WHERE told_at < ? LIMIT ?)",
        before,
        most
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}
