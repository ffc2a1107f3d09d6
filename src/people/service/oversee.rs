//! Who may look at how a team does, and which team somebody means.

use crate::app::App;
use crate::ids::{GuildId, TeamId, UserId};
use crate::people::store::persons::find_person;
use crate::people::store::teams::{NoTeam, Team, find_team, list_teams, managed_by, team_by_id};

/// Who asks about a team.
#[derive(Clone, Copy, Debug)]
pub struct Overseer {
    /// The account.
    pub user: UserId,
    /// Whether they have Manage Server.
    pub is_admin: bool,
}

/// Why somebody does not get to look at a team.
#[derive(Debug)]
pub enum NotOverseen {
    /// They manage no team, or not the one that they name.
    NotManager(Option<String>),
    /// No team is meant by what was typed.
    NoTeam(NoTeam),
    /// The team is there no longer.
    Gone,
    /// The database.
    Fault(sqlx::Error),
}

impl From<sqlx::Error> for NotOverseen {
    fn from(fault: sqlx::Error) -> Self {
        Self::Fault(fault)
    }
}

impl From<NoTeam> for NotOverseen {
    fn from(why: NoTeam) -> Self {
        Self::NoTeam(why)
    }
}

/// The team that is typed, else the only one that the asker manages, else, for an admin, the guild's
/// only one; or those that it may be, by name.
///
/// # Errors
/// [`NotOverseen::NoTeam`], [`NotOverseen::NotManager`], faults.
pub async fn team_meant(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    typed: Option<&str>,
) -> Result<Result<Team, Vec<Team>>, NotOverseen> {
    let mut teams = managed(app, guild, asker).await?;
    if let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) {
        let team = find_team(app.db.read(), guild, typed).await??;
        return match asker.is_admin || teams.contains(&team) {
            true => Ok(Ok(team)),
            false => Err(NotOverseen::NotManager(Some(team.name))),
        };
    }
    if teams.is_empty() {
        if !asker.is_admin {
            return Err(NotOverseen::NotManager(None));
        }
        teams = list_teams(app.db.read(), guild).await?;
    }
    match (teams.pop(), teams.is_empty()) {
        (None, _) => Err(NoTeam::NoneYet.into()),
        (Some(only), true) => Ok(Ok(only)),
        (Some(last), false) => {
            teams.push(last);
            Ok(Err(teams))
        }
    }
}

/// The team with this row, if the asker may look at it.
///
/// # Errors
/// [`NotOverseen::Gone`], [`NotOverseen::NotManager`], faults.
pub async fn team_overseen(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    team: TeamId,
) -> Result<Team, NotOverseen> {
    let team = team_by_id(app.db.read(), guild, team).await?;
    let team = team.ok_or(NotOverseen::Gone)?;
    match asker.is_admin || managed(app, guild, asker).await?.contains(&team) {
        true => Ok(team),
        false => Err(NotOverseen::NotManager(Some(team.name))),
    }
}

async fn managed(app: &App, guild: GuildId, asker: Overseer) -> Result<Vec<Team>, sqlx::Error> {
    match find_person(app.db.read(), guild, asker.user).await? {
        Some(person) => managed_by(app.db.read(), guild, person.id).await,
        None => Ok(Vec::new()),
    }
}
