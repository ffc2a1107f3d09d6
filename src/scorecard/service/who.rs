//! Who asks, and what they may see and do.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::SqliteConnection;

use super::Error;
use crate::app::App;
use crate::db::WriteTx;
use crate::ids::{GuildId, PersonId, TeamId, UserId};
use crate::people::{self, Guild, Person, Seen};
use crate::scorecard::store::metrics::{self, Eyes, Metric, Scope};

/// Who changes something, and whether they have Manage Server.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The person.
    pub seen: Seen,
    /// Whether they have Manage Server.
    pub is_admin: bool,
}

/// Somebody in a guild, with what decides what they may.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// What the guild has set.
    pub guild: Guild,
    /// The person; none for somebody of whom nothing is known yet.
    pub person: Option<PersonId>,
    /// Whether they have Manage Server.
    pub is_admin: bool,
    /// The teams that they manage.
    pub manages: Vec<TeamId>,
    /// The civil date where the guild is.
    pub today: NaiveDate,
}

impl Viewer {
    /// As it decides which metrics are seen.
    #[must_use]
    pub const fn eyes(&self) -> Eyes {
        Eyes(self.person)
    }

    /// Whether they manage anybody, or are an admin.
    #[must_use]
    pub fn may_define_some(&self) -> bool {
        self.is_admin || !self.manages.is_empty()
    }
}

/// Who looks.
///
/// # Errors
/// Faults.
pub async fn viewer(
    app: &App,
    guild: GuildId,
    user: UserId,
    is_admin: bool,
) -> Result<Viewer, Error> {
    let known = people::find_guild(app.db.read(), guild).await?;
    let guild = match known {
        Some(known) => known,
        None => {
            let mut tx = app.db.write().await?;
            let new = people::ensure_guild(&mut tx, guild, &app.config.server, app.now()).await?;
            tx.commit().await?;
            new
        }
    };
    let person = people::find_person(app.db.read(), guild.id, user).await?;
    let manages = match &person {
        Some(person) => people::managed_by(app.db.read(), guild.id, person.id).await?,
        None => Vec::new(),
    };
    Ok(Viewer {
        today: guild.zone.civil_date(app.now()),
        guild,
        person: person.map(|person| person.id),
        is_admin,
        manages: manages.into_iter().map(|team| team.id).collect(),
    })
}

/// Whose a metric is to be, as an option names it.
#[derive(Clone, Debug)]
pub enum Whose {
    /// The whole guild's.
    Guild,
    /// A team's.
    Team(TeamId),
    /// A person's.
    Member(Seen),
}

/// The scope that is meant. A person of whom nothing is known yet is known from then on, if the
/// write is committed.
pub(super) async fn scope(
    tx: &mut WriteTx,
    guild: GuildId,
    whose: &Whose,
    now: DateTime<Utc>,
) -> Result<Scope, sqlx::Error> {
    Ok(match whose {
        Whose::Guild => Scope::Guild,
        Whose::Team(team) => Scope::Team(*team),
        Whose::Member(seen) => Scope::Member(people::see(tx, guild, seen, now).await?.id),
    })
}

/// A write that somebody begins: the transaction, and who they are.
pub(super) async fn begin(
    app: &App,
    guild: GuildId,
    asker: &Asker,
) -> Result<(WriteTx, Viewer, Person), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let person = people::see(&mut tx, guild.id, &asker.seen, now).await?;
    let manages = people::managed_by(&mut *tx, guild.id, person.id).await?;
    let viewer = Viewer {
        today: guild.zone.civil_date(now),
        guild,
        person: Some(person.id),
        is_admin: asker.is_admin,
        manages: manages.into_iter().map(|team| team.id).collect(),
    };
    Ok((tx, viewer, person))
}

/// Whether somebody sees a metric's figures. Being an admin does not help with a person's.
///
/// # Errors
/// Faults.
pub async fn may_see(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    metric: &Metric,
) -> Result<bool, sqlx::Error> {
    let Scope::Member(member) = metric.scope else {
        return Ok(true);
    };
    match viewer.person {
        Some(person) if person == member => Ok(true),
        Some(person) => metrics::is_manager_of(db, person, member).await,
        None => Ok(false),
    }
}

/// Whether somebody manages those whose figures these are: the team, or the person. Nobody manages
/// the whole guild; that is for admins.
async fn manages(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    scope: Scope,
) -> Result<bool, sqlx::Error> {
    match (scope, viewer.person) {
        (Scope::Guild, _) => Ok(false),
        (Scope::Team(team), _) => Ok(viewer.manages.contains(&team)),
        (Scope::Member(member), Some(person)) => metrics::is_manager_of(db, person, member).await,
        (Scope::Member(_), None) => Ok(false),
    }
}

/// Whether somebody may record a metric: its owner, a manager of it, an admin.
///
/// # Errors
/// Faults.
pub async fn may_record(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    metric: &Metric,
) -> Result<bool, sqlx::Error> {
    let is_owner = viewer.person.is_some() && viewer.person == metric.owner;
    if is_owner || viewer.is_admin {
        return Ok(true);
    }
    manages(db, viewer, metric.scope).await
}

/// Whether somebody may define, edit and retire a metric of this scope, and set its targets: a
/// manager of it, or an admin. What is the whole guild's is for admins.
pub(super) async fn may_define(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    scope: Scope,
) -> Result<bool, sqlx::Error> {
    Ok(viewer.is_admin || manages(db, viewer, scope).await?)
}
