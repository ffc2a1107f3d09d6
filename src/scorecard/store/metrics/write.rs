//! Writing metrics and their versions.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::SqliteConnection;

use super::Scope;
use crate::ids::{GuildId, MetricId, PersonId, TeamId};
use crate::scorecard::rules::value::canonical;
use crate::scorecard::rules::{Definition, Source};

/// A metric to be kept; what it means follows by [`insert_version`].
#[derive(Clone, Debug)]
pub struct NewMetric<'a> {
    /// The guild.
    pub guild: GuildId,
    /// What it is called for ever.
    pub key: &'a str,
    /// The same for the same metric of several teams; the key for one that stands alone.
    pub kin: &'a str,
    /// Whose it is.
    pub scope: Scope,
    /// Who records it.
    pub owner: Option<PersonId>,
    /// Where its readings come from.
    pub source: Source,
    /// Who defines it.
    pub created_by: PersonId,
}

/// Keeps a metric. Its key must be free in the guild.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    new: &NewMetric<'_>,
    now: DateTime<Utc>,
) -> Result<MetricId, sqlx::Error> {
    let (team, member) = columns(new.scope);
    let source = new.source.word();
    let now = now.timestamp_millis();
    let inserted = sqlx::query!(
        "INSERT INTO metrics (guild_id, key, kin, team_id, member_id, owner_id, source, created_by,
                              created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new.guild,
        new.key,
        new.kin,
        team,
        member,
        new.owner,
        source,
        new.created_by,
        now
    )
    .execute(tx)
    .await?;
    Ok(MetricId(inserted.last_insert_rowid()))
}

/// Keeps what a metric means from a civil day on.
///
/// # Errors
/// The database's own faults.
pub async fn insert_version(
    tx: &mut SqliteConnection,
    metric: MetricId,
    from: NaiveDate,
    definition: &Definition,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let from = from.to_string();
    let perspective = definition.perspective.word();
    let (unit, currency) = (definition.unit.word(), definition.unit.currency());
    let ceiling = definition.ceiling.map(canonical);
    let (better, edges) = (definition.better.word(), definition.edges.word());
    let band = definition.edges.band();
    let edge = |number: Option<Decimal>| number.map(canonical);
    let (low, high) = (
        band.and_then(|band| band.low()),
        band.and_then(|band| band.high()),
    );
    let low_red = edge(low.map(|side| side.red));
    let low_green = edge(low.map(|side| side.green));
    let high_green = edge(high.map(|side| side.green));
    let high_red = edge(high.map(|side| side.red));
    let weight = canonical(definition.weight);
    let (timing, cadence) = (definition.timing.word(), definition.cadence.word());
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO metric_versions (metric_id, from_day, name, perspective, unit, currency, ceiling,
                better, edges, low_red, low_green, high_green, high_red, weight, timing, cadence,
                is_cumulative, why, action, may_drive, guard_id, is_active, set_by, set_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        metric,
        from,
        definition.name,
        perspective,
        unit,
        currency,
        ceiling,
        better,
        edges,
        low_red,
        low_green,
        high_green,
        high_red,
        weight,
        timing,
        cadence,
        definition.is_cumulative,
        definition.why,
        definition.action,
        definition.may_drive,
        definition.guard,
        definition.is_active,
        by,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Retires a metric that was found within the guild: it is no longer measured, listed or scored,
/// and what was measured stays.
///
/// # Errors
/// The database's own faults.
pub async fn retire(
    tx: &mut SqliteConnection,
    metric: MetricId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE metrics SET retired_at = ?3, retired_by = ?2 WHERE id = ?1",
        metric,
        by,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a retirement back.
///
/// # Errors
/// The database's own faults.
pub async fn return_retired(
    tx: &mut SqliteConnection,
    metric: MetricId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE metrics SET retired_at = NULL, retired_by = NULL WHERE id = ?1",
        metric
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes who records a metric that was found within the guild, and how many working days they have
/// before they are nudged.
///
/// # Errors
/// The database's own faults.
pub async fn set_owner(
    tx: &mut SqliteConnection,
    metric: MetricId,
    owner: Option<PersonId>,
    grace_days: u32,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE metrics SET owner_id = ?2, grace_days = ?3 WHERE id = ?1",
        metric,
        owner,
        grace_days
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes whose a metric is that was found within the guild.
///
/// # Errors
/// The database's own faults.
pub async fn set_scope(
    tx: &mut SqliteConnection,
    metric: MetricId,
    scope: Scope,
) -> Result<(), sqlx::Error> {
    let (team, member) = columns(scope);
    sqlx::query!(
        "UPDATE metrics SET team_id = ?2, member_id = ?3 WHERE id = ?1",
        metric,
        team,
        member
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The team and the member that a row names.
const fn columns(scope: Scope) -> (Option<TeamId>, Option<PersonId>) {
    match scope {
        Scope::Guild => (None, None),
        Scope::Team(team) => (Some(team), None),
        Scope::Member(member) => (None, Some(member)),
    }
}
