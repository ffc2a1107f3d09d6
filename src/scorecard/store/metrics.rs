//! Metrics and the versions of what they mean.

mod asked;
mod row;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::SqliteExecutor;

use super::list;
use crate::ids::{GuildId, MetricId, PersonId, TeamId};
use crate::scorecard::rules::lookup::Called;
use crate::scorecard::rules::{Definition, Source};

pub use crate::measures::Scope;
pub use asked::{insert_asked, list_asked};
use row::{Row, VersionRow};
pub use write::{NewMetric, insert, insert_version, retire, return_retired, set_owner, set_scope};

/// A metric, with what it means now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metric {
    /// The row.
    pub id: MetricId,
    /// The guild.
    pub guild: GuildId,
    /// What it is called for ever: "response-hours".
    pub key: String,
    /// The same for the same metric of several teams.
    pub kin: String,
    /// Whose it is.
    pub scope: Scope,
    /// Who records it.
    pub owner: Option<PersonId>,
    /// Where its readings come from.
    pub source: Source,
    /// Working days after a period's close before anybody is nudged.
    pub grace_days: u32,
    /// When it was retired.
    pub retired_at: Option<DateTime<Utc>>,
    /// What it means by its latest version.
    pub definition: Definition,
}

impl Metric {
    /// What it is called.
    #[must_use]
    pub fn called(&self) -> Called {
        Called {
            id: self.id,
            key: self.key.clone(),
            name: self.definition.name.clone(),
        }
    }
}

/// Who looks, as far as it decides which metrics are seen: a person's figures are seen by that
/// person and by managers of a team that the person is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eyes(pub Option<PersonId>);

/// A metric of the guild, retired or not, whoever looks.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: MetricId,
) -> Result<Option<Metric>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT m.id AS "id!: MetricId", m.guild_id AS "guild: GuildId", m.key, m.kin,
                  m.team_id AS "team: TeamId", m.member_id AS "member: PersonId",
                  m.owner_id AS "owner: PersonId", m.source, m.grace_days, m.retired_at,
                  v.name, v.perspective, v.unit, v.currency, v.ceiling, v.better, v.edges, v.low_red,
                  v.low_green, v.high_green, v.high_red, v.weight, v.timing, v.cadence,
                  v.is_cumulative AS "is_cumulative!: bool", v.why, v.action, v.may_drive,
                  v.guard_id AS "guard: MetricId", v.is_active AS "is_active!: bool"
             FROM metrics m
             JOIN metric_versions v ON v.id = (SELECT n.id FROM metric_versions n WHERE n.metric_id = m.id
                                                ORDER BY n.from_day DESC, n.id DESC LIMIT 1)
            WHERE m.guild_id = ?1 AND m.id = ?2"#,
        guild,
        id
    )
    .fetch_optional(db)
    .await?;
    row.map(Metric::try_from).transpose()
}

/// A metric of the guild by its key, retired or not, whoever looks.
///
/// # Errors
/// The database's own faults.
pub async fn find_by_key(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    key: &str,
) -> Result<Option<Metric>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT m.id AS "id!: MetricId", m.guild_id AS "guild: GuildId", m.key, m.kin,
                  m.team_id AS "team: TeamId", m.member_id AS "member: PersonId",
                  m.owner_id AS "owner: PersonId", m.source, m.grace_days, m.retired_at,
                  v.name, v.perspective, v.unit, v.currency, v.ceiling, v.better, v.edges, v.low_red,
                  v.low_green, v.high_green, v.high_red, v.weight, v.timing, v.cadence,
                  v.is_cumulative AS "is_cumulative!: bool", v.why, v.action, v.may_drive,
                  v.guard_id AS "guard: MetricId", v.is_active AS "is_active!: bool"
             FROM metrics m
             JOIN metric_versions v ON v.id = (SELECT n.id FROM metric_versions n WHERE n.metric_id = m.id
                                                ORDER BY n.from_day DESC, n.id DESC LIMIT 1)
            WHERE m.guild_id = ?1 AND m.key = ?2"#,
        guild,
        key
    )
    .fetch_optional(db)
    .await?;
    row.map(Metric::try_from).transpose()
}

/// The guild's metrics that `eyes` see and that are not retired, by key.
///
/// # Errors
/// The database's own faults.
pub async fn list_seen(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    eyes: Eyes,
) -> Result<Vec<Metric>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT m.id AS "id!: MetricId", m.guild_id AS "guild: GuildId", m.key, m.kin,
                  m.team_id AS "team: TeamId", m.member_id AS "member: PersonId",
                  m.owner_id AS "owner: PersonId", m.source, m.grace_days, m.retired_at,
                  v.name, v.perspective, v.unit, v.currency, v.ceiling, v.better, v.edges, v.low_red,
                  v.low_green, v.high_green, v.high_red, v.weight, v.timing, v.cadence,
                  v.is_cumulative AS "is_cumulative!: bool", v.why, v.action, v.may_drive,
                  v.guard_id AS "guard: MetricId", v.is_active AS "is_active!: bool"
             FROM metrics m
             JOIN metric_versions v ON v.id = (SELECT n.id FROM metric_versions n WHERE n.metric_id = m.id
                                                ORDER BY n.from_day DESC, n.id DESC LIMIT 1)
            WHERE m.guild_id = ?1 AND m.retired_at IS NULL
              AND (m.member_id IS NULL OR m.member_id = ?2
                   OR EXISTS (SELECT 1 FROM team_managers g
                                JOIN team_members t ON t.team_id = g.team_id
                               WHERE g.person_id = ?2 AND t.person_id = m.member_id))
            ORDER BY m.key"#,
        guild,
        eyes.0
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Metric::try_from).collect()
}

/// All of the guild's metrics, retired ones and those of persons too, by key: for writes that need
/// to know what is there, and never to be shown as it is.
///
/// # Errors
/// The database's own faults.
pub async fn list_all(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
) -> Result<Vec<Metric>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT m.id AS "id!: MetricId", m.guild_id AS "guild: GuildId", m.key, m.kin,
                  m.team_id AS "team: TeamId", m.member_id AS "member: PersonId",
                  m.owner_id AS "owner: PersonId", m.source, m.grace_days, m.retired_at,
                  v.name, v.perspective, v.unit, v.currency, v.ceiling, v.better, v.edges, v.low_red,
                  v.low_green, v.high_green, v.high_red, v.weight, v.timing, v.cadence,
                  v.is_cumulative AS "is_cumulative!: bool", v.why, v.action, v.may_drive,
                  v.guard_id AS "guard: MetricId", v.is_active AS "is_active!: bool"
             FROM metrics m
             JOIN metric_versions v ON v.id = (SELECT n.id FROM metric_versions n WHERE n.metric_id = m.id
                                                ORDER BY n.from_day DESC, n.id DESC LIMIT 1)
            WHERE m.guild_id = ?1
            ORDER BY m.key"#,
        guild
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Metric::try_from).collect()
}

/// Whether somebody manages a team that a person is in.
///
/// # Errors
/// The database's own faults.
pub async fn is_manager_of(
    db: impl SqliteExecutor<'_>,
    manager: PersonId,
    member: PersonId,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM team_managers g JOIN team_members t ON t.team_id = g.team_id
                           WHERE g.person_id = ?1 AND t.person_id = ?2) AS "is!: bool""#,
        manager,
        member
    )
    .fetch_one(db)
    .await
}

/// Whether a metric that was found within the guild has readings or targets.
///
/// # Errors
/// The database's own faults.
pub async fn has_figures(
    db: impl SqliteExecutor<'_>,
    metric: MetricId,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM readings WHERE metric_id = ?1)
               OR EXISTS (SELECT 1 FROM metric_targets WHERE metric_id = ?1) AS "has!: bool""#,
        metric
    )
    .fetch_one(db)
    .await
}

/// A version of what a metric means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The metric.
    pub metric: MetricId,
    /// The civil day from which it holds.
    pub from: NaiveDate,
    /// What it means.
    pub definition: Definition,
    /// Who wrote it.
    pub set_by: Option<PersonId>,
    /// When.
    pub set_at: DateTime<Utc>,
}

/// The versions of metrics that were found within the guild, of each in the order in which they
/// took effect.
///
/// # Errors
/// The database's own faults.
pub async fn list_versions(
    db: impl SqliteExecutor<'_>,
    metrics: impl IntoIterator<Item = MetricId>,
) -> Result<Vec<Version>, sqlx::Error> {
    let ids = list(metrics);
    let rows = sqlx::query_as!(
        VersionRow,
        r#"SELECT v.metric_id AS "metric: MetricId", v.from_day,
                  v.name, v.perspective, v.unit, v.currency, v.ceiling, v.better, v.edges, v.low_red,
                  v.low_green, v.high_green, v.high_red, v.weight, v.timing, v.cadence,
                  v.is_cumulative AS "is_cumulative!: bool", v.why, v.action, v.may_drive,
                  v.guard_id AS "guard: MetricId", v.is_active AS "is_active!: bool",
                  v.set_by AS "set_by: PersonId", v.set_at
             FROM json_each(?1) asked
             CROSS JOIN metric_versions v ON v.metric_id = asked.value
            ORDER BY v.metric_id, v.from_day, v.id"#,
        ids
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Version::try_from).collect()
}
