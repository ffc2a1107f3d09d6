//! Whom a metric concerns: who owns it, and who manages those whose figures it is.

use sqlx::SqliteConnection;

use crate::ids::{GuildId, PersonId};
use crate::people::{self, Person};
use crate::scorecard::store::metrics::{self, Metric, Scope};
use crate::scorecard::store::telling;

/// Who can be reached about a metric.
pub(super) struct Whom {
    /// Its owner; none if nobody owns it or the owner has left.
    pub(super) owner: Option<Person>,
    /// Its managers, without the owner.
    pub(super) managers: Vec<Person>,
}

/// Who can be reached about a metric.
pub(super) async fn whom(
    db: &mut SqliteConnection,
    guild: GuildId,
    metric: &Metric,
    made_by: Option<PersonId>,
) -> Result<Whom, sqlx::Error> {
    let owner = match metric.owner {
        Some(owner) => people::reachable_among(&mut *db, guild, &[owner])
            .await?
            .pop(),
        None => None,
    };
    Ok(Whom {
        owner,
        managers: managers(db, guild, metric, made_by).await?,
    })
}

/// Who manages a metric and can be reached, without its owner: of a team its managers, of a person those
/// of the teams that the person is in, of what is the whole guild's those of the owner's teams. Where
/// nobody does, it is who made it, except of a person's figures.
pub(in crate::scorecard::service) async fn managers(
    db: &mut SqliteConnection,
    guild: GuildId,
    metric: &Metric,
    made_by: Option<PersonId>,
) -> Result<Vec<Person>, sqlx::Error> {
    let mut ids = match (metric.scope, metric.owner) {
        (Scope::Team(team), _) => people::managers_within(&mut *db, guild, Some(team)).await?,
        (Scope::Member(member), _) => telling::list_managers_of(&mut *db, member).await?,
        (Scope::Guild, Some(owner)) => telling::list_managers_of(&mut *db, owner).await?,
        (Scope::Guild, None) => Vec::new(),
    };
    if ids.is_empty() && !matches!(metric.scope, Scope::Member(_)) {
        ids.extend(made_by);
    }
    ids.retain(|id| Some(*id) != metric.owner);
    people::reachable_among(db, guild, &ids).await
}

/// Whether somebody sees a metric's figures; nobody is told of them who does not.
pub(in crate::scorecard::service) async fn may_see_figures(
    db: &mut SqliteConnection,
    metric: &Metric,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    match metric.scope {
        Scope::Member(member) if member != person => {
            metrics::is_manager_of(db, person, member).await
        }
        _ => Ok(true),
    }
}
