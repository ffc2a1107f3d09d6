//! Teams: admins make, rename and delete them, and everybody may see which there are.

use super::super::store::teams::write::{self, TeamLine};
use super::super::store::{audit, guilds, persons, teams};
use super::super::{Person, Seen, Team, team_key};
use super::Error;
use crate::app::App;
use crate::db::WriteTx;
use crate::ids::{GuildId, TeamId};
use crate::render::kept_name;

/// The longest name of a team, in characters.
pub const TEAM_NAME_LENGTH: usize = 60;

/// Teams, or people of a team, on a page.
pub(super) const PAGE: u32 = 10;

/// Who changes teams, and whether they are an admin.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The person.
    pub seen: Seen,
    /// Whether they have Manage Server.
    pub is_admin: bool,
}

/// A page of a list, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Which page it is.
    pub number: u32,
    /// Whether there is another after it.
    pub more: bool,
}

impl<T> Page<T> {
    /// Of what was asked for with one item more than a page holds.
    pub(super) fn of(mut items: Vec<T>, number: u32) -> Self {
        let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = items.len() > most;
        items.truncate(most);
        Self {
            items,
            number,
            more,
        }
    }
}

/// Makes a team.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::TeamName`], [`Error::TeamExists`], faults.
pub async fn create_team(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    name: &str,
) -> Result<Team, Error> {
    let (mut tx, person) = begin_as_admin(app, guild, asker).await?;
    let name = name_of(name)?;
    let key = team_key(&name);
    if let Some(known) = write::find_by_key(&mut *tx, guild, &key).await? {
        return Err(Error::TeamExists { name: known.name });
    }
    let now = app.now();
    write::insert(&mut tx, guild, &name, &key, now).await?;
    let team = write::find_by_key(&mut *tx, guild, &key)
        .await?
        .ok_or(sqlx::Error::RowNotFound)?;
    audit::audit(&mut tx, guild, person.id, None, "team created", &name, now).await?;
    tx.commit().await?;
    Ok(team)
}

/// Gives a team another name; returns it as it was and as it is.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::NoTeam`], [`Error::TeamName`], [`Error::TeamExists`] when another
/// has the name, [`Error::SameName`], faults.
pub async fn rename_team(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    name: &str,
) -> Result<(Team, Team), Error> {
    let (mut tx, person) = begin_as_admin(app, guild, asker).await?;
    let before = teams::find_team(&mut *tx, guild, typed).await??;
    let name = name_of(name)?;
    let key = team_key(&name);
    if name == before.name {
        return Err(Error::SameName { name });
    }
    if let Some(holder) = write::find_by_key(&mut *tx, guild, &key).await?
        && holder.id != before.id
    {
        return Err(Error::TeamExists { name: holder.name });
    }
    write::update_name(&mut tx, before.id, &name, &key).await?;
    let detail = format!("{} → {name}", before.name);
    let now = app.now();
    audit::audit(
        &mut tx,
        guild,
        person.id,
        None,
        "team renamed",
        &detail,
        now,
    )
    .await?;
    tx.commit().await?;
    let id = before.id;
    Ok((before, Team { id, name, key }))
}

/// The team that an admin is about to delete.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::NoTeam`], faults.
pub async fn team_to_delete(
    app: &App,
    guild: GuildId,
    is_admin: bool,
    typed: &str,
) -> Result<Team, Error> {
    if !is_admin {
        return Err(Error::NotAdmin);
    }
    Ok(teams::find_team(app.db.read(), guild, typed).await??)
}

/// Deletes a team. Kudos that were given to it stay with the people who received them.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::TeamGone`], faults.
pub async fn delete_team(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    id: TeamId,
) -> Result<Team, Error> {
    let (mut tx, person) = begin_as_admin(app, guild, asker).await?;
    let team = write::find_by_id(&mut *tx, guild, id)
        .await?
        .ok_or(Error::TeamGone)?;
    write::delete(&mut tx, id).await?;
    let now = app.now();
    audit::audit(
        &mut tx,
        guild,
        person.id,
        None,
        "team deleted",
        &team.name,
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(team)
}

/// A page of the guild's teams, newest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_teams(
    app: &App,
    guild: GuildId,
    number: u32,
) -> Result<Page<TeamLine>, sqlx::Error> {
    let skip = number.saturating_mul(PAGE);
    let mut db = app.db.read().acquire().await?;
    let lines = write::list_lines(&mut db, guild, skip, PAGE + 1).await?;
    Ok(Page::of(lines, number))
}

/// The team that somebody means.
///
/// # Errors
/// [`Error::NoTeam`], faults.
pub async fn team(app: &App, guild: GuildId, typed: &str) -> Result<Team, Error> {
    Ok(teams::find_team(app.db.read(), guild, typed).await??)
}

/// The team with this row.
///
/// # Errors
/// [`Error::TeamGone`], faults.
pub async fn team_by_id(app: &App, guild: GuildId, id: TeamId) -> Result<Team, Error> {
    write::find_by_id(app.db.read(), guild, id)
        .await?
        .ok_or(Error::TeamGone)
}

/// A write in which the asker's row is known.
pub(super) async fn begin(
    app: &App,
    guild: GuildId,
    asker: &Asker,
) -> Result<(WriteTx, Person), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    guilds::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let person = persons::upsert(&mut tx, guild, &asker.seen, now).await?;
    Ok((tx, person))
}

/// The same for an admin alone.
pub(super) async fn begin_as_admin(
    app: &App,
    guild: GuildId,
    asker: &Asker,
) -> Result<(WriteTx, Person), Error> {
    if !asker.is_admin {
        return Err(Error::NotAdmin);
    }
    begin(app, guild, asker).await
}

/// A name as it is kept: on one line, of 1 to [`TEAM_NAME_LENGTH`] characters that can be seen.
fn name_of(typed: &str) -> Result<String, Error> {
    kept_name(typed)
        .filter(|name| name.chars().count() <= TEAM_NAME_LENGTH)
        .ok_or(Error::TeamName)
}
