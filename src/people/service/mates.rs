//! Who is in a team: its managers and admins say so, and admins say who manages it.

use chrono::{DateTime, Utc};

use super::super::store::teams::write::{self, Mate, Role};
use super::super::store::{audit, persons, teams};
use super::super::{Person, Seen, Team};
use super::Error;
use super::teams::{Asker, PAGE, Page, begin, begin_as_admin};
use crate::app::App;
use crate::db::WriteTx;
use crate::hooks::{ManagerChange, OnManagerChange};
use crate::ids::{GuildId, PersonId, TeamId};

/// What a change of a team's people came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The team.
    pub team: Team,
    /// The names of those for whom it changed something.
    pub changed: Vec<String>,
    /// The names of those for whom it was so before.
    pub unchanged: Vec<String>,
}

/// Makes people members of a team.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::NotYourTeam`], [`Error::IsBot`], [`Error::NotHere`], faults.
pub async fn add_members(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    people: &[Seen],
) -> Result<Changed, Error> {
    let (mut tx, by) = begin(app, guild, asker).await?;
    let team = teams::find_team(&mut *tx, guild, typed).await??;
    may_change(&mut tx, asker, &by, &team).await?;
    for named in people {
        may_join(named)?;
    }
    let now = app.now();
    let mut result = Changed::nothing_yet(team);
    for named in people {
        let person = persons::upsert(&mut tx, guild, named, now).await?;
        let (team, about) = (&result.team, Some(person.id));
        let is_new = write::insert_mate(&mut tx, team.id, person.id, Role::Member, now).await?;
        if is_new {
            audit::audit(
                &mut tx,
                guild,
                by.id,
                about,
                "team member added",
                &team.name,
                now,
            )
            .await?;
        }
        result.note(&named.name, is_new);
    }
    tx.commit().await?;
    Ok(result)
}

/// Takes somebody out of a team. They may have left the server.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::NotYourTeam`], faults.
pub async fn remove_member(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    named: &Seen,
) -> Result<Changed, Error> {
    let (mut tx, by) = begin(app, guild, asker).await?;
    let team = teams::find_team(&mut *tx, guild, typed).await??;
    may_change(&mut tx, asker, &by, &team).await?;
    let action = (Role::Member, "team member removed");
    let result = take_away(app, &mut tx, guild, by.id, team, named, action).await?;
    tx.commit().await?;
    Ok(result)
}

/// Makes somebody a manager of a team.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::NoTeam`], [`Error::IsBot`], [`Error::NotHere`], faults.
pub async fn add_manager(
    app: &App,
    hooks: &[OnManagerChange],
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    named: &Seen,
) -> Result<Changed, Error> {
    let (mut tx, by) = begin_as_admin(app, guild, asker).await?;
    let team = teams::find_team(&mut *tx, guild, typed).await??;
    may_join(named)?;
    let now = app.now();
    let person = persons::upsert(&mut tx, guild, named, now).await?;
    let is_new = write::insert_mate(&mut tx, team.id, person.id, Role::Manager, now).await?;
    if is_new {
        let about = Some(person.id);
        audit::audit(
            &mut tx,
            guild,
            by.id,
            about,
            "team manager added",
            &team.name,
            now,
        )
        .await?;
        let change = ManagerChange {
            guild,
            team: team.id,
            person: person.id,
            manages: true,
        };
        hear(&mut tx, hooks, &change, now).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    let mut result = Changed::nothing_yet(team);
    result.note(&named.name, is_new);
    Ok(result)
}

/// Ends that somebody manages a team. They may have left the server.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::NoTeam`], faults.
pub async fn remove_manager(
    app: &App,
    hooks: &[OnManagerChange],
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    named: &Seen,
) -> Result<Changed, Error> {
    let (mut tx, by) = begin_as_admin(app, guild, asker).await?;
    let team = teams::find_team(&mut *tx, guild, typed).await??;
    let action = (Role::Manager, "team manager removed");
    let result = take_away(app, &mut tx, guild, by.id, team, named, action).await?;
    if !result.changed.is_empty()
        && let Some(person) = persons::find_person(&mut *tx, guild, named.user).await?
    {
        let change = ManagerChange {
            guild,
            team: result.team.id,
            person: person.id,
            manages: false,
        };
        hear(&mut tx, hooks, &change, app.now()).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(result)
}

/// Takes everybody who has left the server out of a team; returns the team and how many they were.
///
/// # Errors
/// [`Error::TeamGone`], [`Error::NotYourTeam`], faults.
pub async fn remove_departed(
    app: &App,
    hooks: &[OnManagerChange],
    guild: GuildId,
    asker: &Asker,
    id: TeamId,
) -> Result<(Team, usize), Error> {
    let (mut tx, by) = begin(app, guild, asker).await?;
    let team = write::find_by_id(&mut *tx, guild, id)
        .await?
        .ok_or(Error::TeamGone)?;
    may_change(&mut tx, asker, &by, &team).await?;
    let departed = write::list_departed(&mut *tx, guild, id).await?;
    let now = app.now();
    for person in &departed {
        for (role, action) in [
            (Role::Member, "team member removed"),
            (Role::Manager, "team manager removed"),
        ] {
            if write::delete_mate(&mut tx, id, *person, role).await? {
                audit::audit(
                    &mut tx,
                    guild,
                    by.id,
                    Some(*person),
                    action,
                    &team.name,
                    now,
                )
                .await?;
                if role == Role::Manager {
                    let change = ManagerChange {
                        guild,
                        team: id,
                        person: *person,
                        manages: false,
                    };
                    hear(&mut tx, hooks, &change, now).await?;
                }
            }
        }
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok((team, departed.len()))
}

/// A page of those in a team: managers first, then the latest to join.
///
/// # Errors
/// The database's own faults.
pub async fn list_mates(
    app: &App,
    guild: GuildId,
    team: TeamId,
    number: u32,
) -> Result<Page<Mate>, sqlx::Error> {
    let skip = number.saturating_mul(PAGE);
    let mates = write::list_mates(app.db.read(), guild, team, skip, PAGE + 1).await?;
    Ok(Page::of(mates, number))
}

/// Whether somebody may change who is in a team: an admin, or its manager.
///
/// # Errors
/// The database's own faults.
pub async fn may_change_team(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    team: TeamId,
) -> Result<bool, sqlx::Error> {
    if asker.is_admin {
        return Ok(true);
    }
    match persons::find_person(app.db.read(), guild, asker.seen.user).await? {
        Some(person) => write::is_manager(app.db.read(), team, person.id).await,
        None => Ok(false),
    }
}

/// Keeps what Discord said of people: who has left the guild, and who is there.
///
/// # Errors
/// The database's own faults.
pub async fn keep_whereabouts(
    app: &App,
    guild: GuildId,
    left: &[PersonId],
    here: &[PersonId],
) -> Result<(), sqlx::Error> {
    if left.is_empty() && here.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let mut tx = app.db.write().await?;
    for person in left {
        persons::set_left(&mut tx, guild, *person, Some(now)).await?;
    }
    for person in here {
        persons::set_left(&mut tx, guild, *person, None).await?;
    }
    tx.commit().await
}

impl Changed {
    const fn nothing_yet(team: Team) -> Self {
        Self {
            team,
            changed: Vec::new(),
            unchanged: Vec::new(),
        }
    }

    fn note(&mut self, name: &str, changed: bool) {
        let names = if changed {
            &mut self.changed
        } else {
            &mut self.unchanged
        };
        names.push(name.to_owned());
    }
}

async fn hear(
    tx: &mut WriteTx,
    hooks: &[OnManagerChange],
    change: &ManagerChange,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    for hook in hooks {
        hook(tx, change, now).await?;
    }
    Ok(())
}

async fn may_change(
    tx: &mut WriteTx,
    asker: &Asker,
    person: &Person,
    team: &Team,
) -> Result<(), Error> {
    if asker.is_admin || write::is_manager(&mut **tx, team.id, person.id).await? {
        return Ok(());
    }
    Err(Error::NotYourTeam {
        name: team.name.clone(),
    })
}

fn may_join(named: &Seen) -> Result<(), Error> {
    let name = || named.name.clone();
    if named.is_bot {
        return Err(Error::IsBot { name: name() });
    }
    if !named.is_here {
        return Err(Error::NotHere { name: name() });
    }
    Ok(())
}

/// Ends one role of one person. Nobody is made known by it: whoever is in a team is known.
async fn take_away(
    app: &App,
    tx: &mut WriteTx,
    guild: GuildId,
    by: PersonId,
    team: Team,
    named: &Seen,
    (role, action): (Role, &str),
) -> Result<Changed, Error> {
    let mut was = false;
    if let Some(person) = persons::find_person(&mut **tx, guild, named.user).await? {
        was = write::delete_mate(tx, team.id, person.id, role).await?;
        if was {
            let about = Some(person.id);
            audit::audit(tx, guild, by, about, action, &team.name, app.now()).await?;
        }
    }
    let mut result = Changed::nothing_yet(team);
    result.note(&named.name, was);
    Ok(result)
}
