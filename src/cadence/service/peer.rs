//! Peer coaching in turns: a team's peers are paired anew each round.
//!
//! Who manages the team is no peer. A round is made a few days before its date; each pair (or three)
//! becomes a series of its own that runs for that one date once all of it said Fine. Who declines is
//! not asked why; the other is told, and the two are kept apart in the next round. A team has one
//! rotation at a time.

mod answer;
mod round;

pub use answer::{Said, answer_peer, rejoin_peers};
pub use round::{make_rounds, next_round};

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Datelike, Days, Utc, Weekday};
use sqlx::SqliteConnection;

use super::Error;
use super::nudge::reach;
use crate::app::App;
use crate::cadence::recurrence::{Every, Rule};
use crate::cadence::rules::pairing::{Past, Round, pair_up};
use crate::cadence::store::rotations::{self, NewRotation};
use crate::cadence::view;
use crate::db::WriteTx;
use crate::ids::{GuildId, PersonId, TeamId, UserId};
use crate::jobs::outbox::{Outcome, Parcel, Topic};
use crate::people::{self, Overseer, Seen, Team, team_meant, team_overseen};
use crate::time::{self, Named, Zone};
use futures::future::BoxFuture;

/// The messages about rounds.
pub(super) const TOPIC: Topic = Topic::new("cadence.peer", settled).members_only();

/// Earlier rounds that count.
const ROUNDS: u32 = 60;

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct PeerWish<'a> {
    /// The team as typed.
    pub team: &'a str,
    /// How often.
    pub every: Every,
    /// The first date as typed.
    pub when: Option<&'a str>,
    /// How long a session is, in minutes.
    pub minutes: i64,
    /// Who is to be left out.
    pub without: Vec<UserId>,
}

/// A rotation as it would be: what a button can carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The team.
    pub team: TeamId,
    /// The rule's text.
    pub rule: String,
    /// The first date.
    pub at: DateTime<Utc>,
    /// How long a session is, in minutes.
    pub minutes: i64,
    /// Who is to be left out.
    pub without: Vec<PersonId>,
}

/// A rotation with its first round, before or after it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Paired {
    /// The team.
    pub team: Team,
    /// What was asked for.
    pub plan: Plan,
    /// The rhythm in words.
    pub words: String,
    /// The pairs, by their names.
    pub groups: Vec<Vec<String>>,
    /// Who could be paired with nobody, by name.
    pub left: Vec<String>,
    /// Who is away that day or does not want to, by name.
    pub absent: Vec<String>,
    /// Whether the team has a rotation that this one takes the place of.
    pub replaces: bool,
}

/// What a round would be: names, and who.
struct Draw {
    round: Round,
    names: HashMap<PersonId, String>,
    users: HashMap<PersonId, UserId>,
    absent: Vec<String>,
}

/// The first round of a rotation, as it would be. Nothing is kept.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::NotManager`], [`Error::Said`] for a date that cannot be read or fewer
/// than two peers, faults.
pub async fn preview_peers(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    wish: &PeerWish<'_>,
) -> Result<Paired, Error> {
    let team = match team_meant(app, guild, asker, Some(wish.team)).await? {
        Ok(team) => team,
        Err(_) => return Err(Error::NotManager(None)),
    };
    let now = app.now();
    let mut db = app.db.read().acquire().await?;
    let zone = zone_of(&mut db, guild, asker.user).await?;
    let (civil, named) = match wish.when.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) => {
            let read = time::moment::read(typed, now, zone)
                .map_err(|error| Error::Said(error.to_string()))?;
            (read.civil, read.named)
        }
        None => (in_a_week(now, zone).ok_or(Error::Gone)?, Named::Relative),
    };
    let rule = Rule::new(wish.every, civil, named, zone);
    let first = rule.next_after(now).ok_or(Error::Gone)?;
    let mut without = Vec::new();
    for user in &wish.without {
        if let Some(person) = people::find_person(&mut *db, guild, *user).await? {
            without.push(person.id);
        }
    }
    let plan = Plan {
        team: team.id,
        rule: rule.text(),
        at: first.at,
        minutes: wish.minutes,
        without,
    };
    paired(&mut db, guild, team, plan, &rule, now)
        .await
        .map(|(paired, _)| paired)
}

/// Starts a rotation, in place of the team's earlier one, and asks those of its first round.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotManager`], [`Error::Said`] if the date has passed meanwhile or fewer
/// than two peers are there, faults.
pub async fn start_peers(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    is_admin: bool,
    plan: Plan,
) -> Result<Paired, Error> {
    let overseer = Overseer {
        user: asker.user,
        is_admin,
    };
    let team = team_overseen(app, guild, overseer, plan.team).await?;
    let now = app.now();
    if plan.at <= now {
        return Err(Error::Said(
            "The date of the first round has passed. Call `/one-on-one pair` again.".to_owned(),
        ));
    }
    let mut tx = app.db.write().await?;
    let me = people::see(&mut tx, guild, asker, now).await?;
    let zone = zone_of(&mut tx, guild, asker.user).await?;
    let civil = zone.civil(plan.at);
    let rule = Rule::parse(&plan.rule, civil, zone).map_err(|_| Error::Gone)?;
    let (paired, _) = paired(&mut tx, guild, team, plan.clone(), &rule, now).await?;
    let mut left_out: Vec<(PersonId, bool)> =
        plan.without.iter().map(|person| (*person, false)).collect();
    if let Some(before) = rotations::find_running(&mut *tx, guild, plan.team).await? {
        let known = rotations::list_left_out(&mut *tx, before.id).await?;
        left_out.extend(known.into_iter().filter(|(_, by_own_word)| *by_own_word));
        round::call_off_open(&mut tx, &before, me.id, now).await?;
        rotations::stop(&mut tx, before.id, me.id, now).await?;
        trail(&mut tx, guild, &paired.team, me.id, "pairs stopped", now).await?;
    }
    let new = NewRotation {
        guild,
        team: plan.team,
        rule: plan.rule.clone(),
        starts: civil,
        zone,
        minutes: plan.minutes,
        created_by: me.id,
    };
    let id = rotations::insert(&mut tx, &new, now).await?;
    for (person, by_own_word) in left_out {
        rotations::leave_out(&mut tx, id, person, by_own_word, now).await?;
    }
    let rotation = rotations::find_running(&mut *tx, guild, plan.team).await?;
    let rotation = rotation.ok_or(Error::Gone)?;
    round::make(&mut tx, &rotation, plan.at, now).await?;
    trail(&mut tx, guild, &paired.team, me.id, "pairs started", now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(paired)
}

/// Stops a team's rotation. The round that was made stands.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::NotManager`], [`Error::Said`] if there is none, faults.
pub async fn stop_peers(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    is_admin: bool,
    team: &str,
) -> Result<Team, Error> {
    let overseer = Overseer {
        user: asker.user,
        is_admin,
    };
    let Ok(team) = team_meant(app, guild, overseer, Some(team)).await? else {
        return Err(Error::NotManager(None));
    };
    let now = app.now();
    let mut tx = app.db.write().await?;
    let Some(rotation) = rotations::find_running(&mut *tx, guild, team.id).await? else {
        return Err(Error::Said(
            "This team has no pairs in turns. `/one-on-one pair` starts them.".to_owned(),
        ));
    };
    let me = people::see(&mut tx, guild, asker, now).await?;
    rotations::stop(&mut tx, rotation.id, me.id, now).await?;
    trail(&mut tx, guild, &team, me.id, "pairs stopped", now).await?;
    tx.commit().await?;
    Ok(team)
}

async fn trail(
    tx: &mut WriteTx,
    guild: GuildId,
    team: &Team,
    by: PersonId,
    what: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    people::audit(tx, guild, by, None, what, &team.name, now).await
}

async fn paired(
    db: &mut SqliteConnection,
    guild: GuildId,
    team: Team,
    plan: Plan,
    rule: &Rule,
    now: DateTime<Utc>,
) -> Result<(Paired, Draw), Error> {
    let running = rotations::find_running(&mut *db, guild, team.id).await?;
    let mut without = plan.without.clone();
    if let Some(running) = &running {
        let known = rotations::list_left_out(&mut *db, running.id).await?;
        let own = known.into_iter().filter(|(_, by_own_word)| *by_own_word);
        without.extend(own.map(|(person, _)| person));
    }
    let draw = draw(db, guild, team.id, &without, plan.at, now).await?;
    if draw.round.groups.is_empty() {
        return Err(Error::Said(format!(
            "Pairs need two people, and {} has fewer who are there and do not manage it. `/team add` \
             adds people.",
            crate::render::escape::name(&team.name)
        )));
    }
    let named = |people: &[PersonId]| -> Vec<String> {
        let names = people.iter().filter_map(|person| draw.names.get(person));
        names.cloned().collect()
    };
    let paired = Paired {
        groups: draw.round.groups.iter().map(|group| named(group)).collect(),
        left: named(&draw.round.left),
        absent: draw.absent.clone(),
        replaces: running.is_some(),
        words: rule.words(),
        team,
        plan,
    };
    Ok((paired, draw))
}

/// Pairs a team's peers for a date: without those who manage it, are left out, have left, or are away
/// that day by their own calendar.
async fn draw(
    db: &mut SqliteConnection,
    guild: GuildId,
    team: TeamId,
    without: &[PersonId],
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Draw, sqlx::Error> {
    let mates = people::mates_of(&mut *db, guild, team).await?;
    let mut names = HashMap::new();
    let mut users = HashMap::new();
    for mate in mates {
        let (Some(name), Some(user)) = (mate.name, mate.user) else {
            continue;
        };
        if mate.joined_at.is_some() && !mate.is_manager && !mate.has_left {
            names.insert(mate.person, name);
            users.insert(mate.person, user);
        }
    }
    let asked: Vec<PersonId> = names.keys().copied().collect();
    let mut there: BTreeSet<PersonId> = asked.iter().copied().collect();
    there.retain(|person| !without.contains(person));
    for (person, rhythm) in people::rhythm_of(&mut *db, guild, &asked, now).await? {
        let day = rhythm.zone.civil_date(at);
        if rhythm.absences.iter().any(|absence| absence.holds(day)) {
            there.remove(&person);
        }
    }
    let earlier = rotations::list_earlier(&mut *db, guild, team, ROUNDS).await?;
    let latest = earlier.first().map(|group| group.round);
    let mut past = Past::default();
    for group in &earlier {
        if group.met {
            past.meet(&group.people);
        } else if group.was_declined && Some(group.round) == latest {
            past.keep_apart(&group.people);
        }
    }
    let mut absent: Vec<String> = names
        .iter()
        .filter(|(person, _)| !there.contains(person))
        .map(|(_, name)| name.clone())
        .collect();
    absent.sort_by_key(|name| name.to_lowercase());
    let mut round = pair_up(&there, &past);
    if round.groups.is_empty() && there.len() > 1 {
        // Two who declined each other and nobody else: better again than never.
        round = pair_up(&there, &Past::default());
    }
    Ok(Draw {
        round,
        names,
        users,
        absent,
    })
}

/// The zone that somebody types times in: their own, else the guild's.
async fn zone_of(db: &mut SqliteConnection, guild: GuildId, user: UserId) -> Result<Zone, Error> {
    let person = people::find_person(&mut *db, guild, user).await?;
    let guild = people::find_guild(&mut *db, guild).await?;
    let guild = guild.ok_or(Error::NotManager(None))?;
    Ok(people::zone_of(person.as_ref(), &guild))
}

/// Ten o'clock in a week, on a weekday.
fn in_a_week(now: DateTime<Utc>, zone: Zone) -> Option<chrono::NaiveDateTime> {
    let day = zone.civil_date(now).checked_add_days(Days::new(7))?;
    let more = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    day.checked_add_days(Days::new(more))?.and_hms_opt(10, 0, 0)
}

fn settled<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(reach::heard(tx, parcel, outcome, Some(view::WAITING), now))
}
