//! Coverage: for the manager of a team, or an admin, who of it was seen and who was not.

use super::Error;
use crate::app::App;
use crate::ids::{GuildId, PersonId, TeamId};
use crate::people::{self, Guild, Overseer, Team};
use crate::recognition::rules;
use crate::recognition::store::boards::Something;
use crate::recognition::store::coverage::{self, Giver, Member, Scope};
use crate::time::{Kind, Period};

/// Members on a page, and givers, and values.
const MEMBERS: usize = 15;
const GIVERS: usize = 8;
const VALUES: usize = 6;

/// What a call for coverage comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Covered {
    /// A page of it.
    Page(Box<Coverage>),
    /// Which of these teams is meant is not clear; by name.
    Which(Vec<Team>, Period),
}

/// A page of a team's coverage.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The team.
    pub team: Team,
    /// The days.
    pub period: Period,
    /// Whether the period is not over.
    pub is_running: bool,
    /// How many of the members were seen, and how many there are.
    pub seen: usize,
    /// See there.
    pub total: usize,
    /// The first of those who were not seen, by name.
    pub first_unseen: Option<String>,
    /// The first value that can be given and that nobody was thanked for.
    pub first_unseen_value: Option<Something>,
    /// How many were neither seen nor there on any of the days; they are not counted.
    pub away: usize,
    /// The page's members: those who were not seen first, those who were away in between, each by
    /// name.
    pub members: Vec<Watched>,
    /// How many joined the team after the period; they are not counted.
    pub later: usize,
    /// The page's givers, the asker marked.
    pub givers: Vec<(Giver, bool)>,
    /// Whether the asker thanked any of the members in public.
    pub asker_gave: bool,
    /// The page's values, with how many members were thanked for each.
    pub values: Vec<(Something, i64)>,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// A member, and how much of the period they were there.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// The member.
    pub member: Member,
    /// Whether they joined within the period.
    pub joined: bool,
    /// On how many of its days, up to today, they were away.
    pub days_away: u32,
    /// Whether they are away today.
    pub is_away: bool,
    /// Whether nobody could see them: they were not seen, and away on all of its days.
    pub is_excused: bool,
}

/// The first page of the coverage of a team: the one that is typed, else the only one that the asker
/// manages, else, for an admin, the guild's only one. Without a period it is this quarter.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::NotManager`], [`Error::Period`], [`Error::NotBegun`],
/// [`Error::EmptyTeam`], faults.
pub async fn coverage(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    team: Option<&str>,
    period: Option<&str>,
) -> Result<Covered, Error> {
    let settings = super::settings(app, guild).await?;
    let today = settings.zone.civil_date(app.now());
    let period = match period.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) => Period::parse(typed, today)?,
        None => Period::holding(Kind::Quarter, today).unwrap_or(Period::ALL),
    };
    if period.start() > today {
        return Err(Error::NotBegun(period));
    }
    let team = match people::team_meant(app, guild, asker, team).await? {
        Ok(team) => team,
        Err(teams) => return Ok(Covered::Which(teams, period)),
    };
    let page = read(app, &settings, asker, team, period, 1).await?;
    Ok(Covered::Page(Box::new(page)))
}

/// Another page of the coverage of a team, counted from 1; beyond the last it is the last.
///
/// # Errors
/// [`Error::TeamGone`], [`Error::NotManager`], [`Error::EmptyTeam`], faults.
pub async fn turn_coverage(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    (team, period): (TeamId, Period),
    page: usize,
) -> Result<Coverage, Error> {
    let settings = super::settings(app, guild).await?;
    let team = people::team_overseen(app, guild, asker, team).await?;
    read(app, &settings, asker, team, period, page).await
}

async fn read(
    app: &App,
    guild: &Guild,
    asker: Overseer,
    team: Team,
    period: Period,
    page: usize,
) -> Result<Coverage, Error> {
    let db = app.db.read();
    let scope = Scope {
        guild: guild.id,
        team: team.id,
        period,
        zone: guild.zone,
    };
    let (_, until) = period.instants(guild.zone);
    let mut members = coverage::list_members(db, scope).await?;
    let all = members.len();
    members.retain(|member| member.joined_at < until);
    if members.is_empty() {
        return Err(Error::EmptyTeam { team: team.name });
    }
    let later = all - members.len();
    let mut members = watch(app, guild, period, members).await?;
    members.sort_by_key(|one| (one.member.was_seen, one.is_excused));
    let away = members.iter().filter(|one| one.is_excused).count();
    let total = members.len() - away;
    let seen = members.iter().filter(|one| one.member.was_seen).count();
    let first_unseen = members
        .iter()
        .find(|one| !one.member.was_seen && !one.is_excused)
        .map(|one| one.member.name.clone().unwrap_or_default());
    let asker = people::find_person(db, guild.id, asker.user).await?;
    let is_asker = |giver: &Giver| asker.as_ref().is_some_and(|asker| asker.id == giver.person);
    let givers = coverage::list_givers(db, scope).await?;
    let asker_gave = givers.iter().any(is_asker);
    let values = coverage::list_values(db, scope).await?;
    let first_unseen_value = values.iter().find(|(_, members)| *members == 0);
    let first_unseen_value = first_unseen_value.map(|(value, _)| value.clone());
    let pages = [
        members.len().div_ceil(MEMBERS),
        givers.len().div_ceil(GIVERS),
        values.len().div_ceil(VALUES),
    ];
    let pages = pages.into_iter().max().unwrap_or(1).max(1);
    let page = page.clamp(1, pages);
    Ok(Coverage {
        team,
        period,
        is_running: period.kind() != Kind::All && app.now() < until,
        seen,
        total,
        first_unseen,
        first_unseen_value,
        away,
        members: slice(members, page, MEMBERS).collect(),
        later,
        givers: slice(givers, page, GIVERS)
            .map(|giver| {
                let is_asker = is_asker(&giver);
                (giver, is_asker)
            })
            .collect(),
        asker_gave,
        values: slice(values, page, VALUES).collect(),
        page,
        pages,
    })
}

/// The members with how much of the period they were there, as far as it has come.
async fn watch(
    app: &App,
    guild: &Guild,
    period: Period,
    members: Vec<Member>,
) -> Result<Vec<Watched>, sqlx::Error> {
    let today = guild.zone.civil_date(app.now());
    let is_all = period.kind() == Kind::All;
    let last = period.last_day().min(today);
    let persons: Vec<PersonId> = members.iter().map(|member| member.person).collect();
    let absences =
        people::absences_between(app.db.read(), &persons, period.start().min(today), today).await?;
    let watched = members.into_iter().map(|member| {
        let own = absences.iter().filter(|one| one.person == member.person);
        let is_away = own.clone().any(|absence| absence.holds(today));
        let own: Vec<_> = own.map(|absence| (absence.first, absence.last)).collect();
        let joined_on = guild.zone.civil_date(member.joined_at);
        let joined = !is_all && joined_on >= period.start();
        // Of all time there is no first day that one could have been away from.
        let first = if is_all || joined {
            joined_on
        } else {
            period.start()
        };
        let days_away = rules::days_away((first, last), &own);
        Watched {
            joined,
            days_away,
            is_away,
            is_excused: !member.was_seen
                && days_away > 0
                && days_away == rules::length((first, last)),
            member,
        }
    });
    Ok(watched.collect())
}

fn slice<T>(all: Vec<T>, page: usize, size: usize) -> impl Iterator<Item = T> {
    all.into_iter().skip((page - 1) * size).take(size)
}
