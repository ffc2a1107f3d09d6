//! Who may look at a team's cadence, and which team somebody means.

use super::Error;
use crate::app::App;
use crate::ids::{GuildId, TeamId, UserId};
use crate::people::{self, NoTeam, Team};

/// Who asks about a team.
#[derive(Clone, Copy, Debug)]
pub struct Overseer {
    /// The account.
    pub user: UserId,
    /// Whether they have Manage Server.
    pub is_admin: bool,
}

/// The team that is typed, else the only one that the asker manages, else, for an admin, the guild's
/// only one; or those that it may be, by name.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::NotManager`], faults.
pub(super) async fn team_meant(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    typed: Option<&str>,
) -> Result<Result<Team, Vec<Team>>, Error> {
    let mut managed = managed(app, guild, asker).await?;
    if let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) {
        if managed.is_empty() && !asker.is_admin {
            return Err(Error::NotManager(None));
        }
        let team = people::find_team(app.db.read(), guild, typed).await??;
        if !asker.is_admin && !managed.contains(&team) {
            return Err(Error::NotManager(Some(team.name)));
        }
        return Ok(Ok(team));
    }
    if managed.is_empty() {
        if !asker.is_admin {
            return Err(Error::NotManager(None));
        }
        managed = people::list_teams(app.db.read(), guild).await?;
    }
    match (managed.pop(), managed.is_empty()) {
        (None, _) => Err(NoTeam::NoneYet.into()),
        (Some(only), true) => Ok(Ok(only)),
        (Some(last), false) => {
            managed.push(last);
            Ok(Err(managed))
        }
    }
}

/// The team with this row, if the asker may look at it.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotManager`], faults.
pub(super) async fn team_overseen(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    team: TeamId,
) -> Result<Team, Error> {
    let managed = managed(app, guild, asker).await?;
    if !asker.is_admin && !managed.iter().any(|known| known.id == team) {
        return Err(Error::NotManager(None));
    }
    let team = people::team_by_id(app.db.read(), guild, team).await?;
    team.ok_or(Error::Gone)
}

async fn managed(app: &App, guild: GuildId, asker: Overseer) -> Result<Vec<Team>, sqlx::Error> {
    match people::find_person(app.db.read(), guild, asker.user).await? {
        Some(person) => people::managed_by(app.db.read(), guild, person.id).await,
        None => Ok(Vec::new()),
    }
}
