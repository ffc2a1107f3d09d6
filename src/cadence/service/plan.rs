//! The next date of a series: the one place that plans occurrences and the nudges ahead of them.
//!
//! Of a running series one occurrence is planned. Whoever ends that one (it is over, it was skipped)
//! plans the next; whoever stops the series unplans it. Everything here belongs to a transaction of
//! the caller's.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::question;
use crate::cadence::recurrence::Rule;
use crate::cadence::rules::{self, Answer, NudgeKind, OccurrenceState};
use crate::cadence::store::dates::{self, NewDate, Planned};
use crate::cadence::store::nudges::{self, About, NewNudge};
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::series::{self, Member, Series};
use crate::db::WriteTx;
use crate::hooks::RhythmChange;
use crate::ids::{GuildId, OccurrenceId, PersonId, SeriesId};
use crate::people;
use crate::time::Leads;

/// More dates in a row than anybody skips.
const MOST_PASSED_OVER: usize = 500;

/// The rule of a series.
///
/// # Errors
/// [`sqlx::Error::Decode`] for a text that is no rule; only a damaged file holds one.
pub fn rule_of(series: &Series) -> Result<Rule, sqlx::Error> {
    Rule::parse(&series.rule, series.starts, series.zone)
        .map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

/// Plans the next date of a series: the first slot of its rule after `after` that was neither held
/// nor skipped, with the nudges ahead of it. A series whose next date is planned keeps that one.
///
/// The date is in the past when `after` is long ago: then nobody is nudged, and it is over at once.
/// `None` at the end of the calendar, and for a pair of a round, which has one date, once it had it.
///
/// # Errors
/// The database's own faults.
pub async fn plan_next(
    tx: &mut SqliteConnection,
    series: &Series,
    after: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Option<Occurrence>, sqlx::Error> {
    plan_all(tx, &[(series, after)], now).await?;
    occurrences::find_planned(tx, series.id).await
}

/// Plans the next date of each series, each after its moment, as [`plan_next`] does. However many there
/// are, it takes the same few statements.
///
/// # Errors
/// The database's own faults.
pub(super) async fn plan_all(
    tx: &mut SqliteConnection,
    series: &[(&Series, DateTime<Utc>)],
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let ids: Vec<SeriesId> = series.iter().map(|(series, _)| series.id).collect();
    let settled = dates::without_another(&mut *tx, &ids).await?;
    let mut open: Vec<(&Series, DateTime<Utc>)> = series
        .iter()
        .filter(|(series, _)| !settled.contains(&series.id))
        .copied()
        .collect();
    let mut planned: HashMap<SeriesId, Planned> = HashMap::new();
    for _ in 0..MOST_PASSED_OVER {
        let mut wanted = Vec::new();
        for (series, after) in &mut open {
            // At the end of the calendar a series stays without one.
            if let Some(slot) = rule_of(series)?.next_after(*after) {
                *after = slot.at;
                wanted.push(NewDate {
                    series: series.id,
                    slot: slot.at,
                    ends_at: slot.at + TimeDelta::minutes(series.minutes),
                });
            }
        }
        if wanted.is_empty() {
            break;
        }
        let made = dates::plan_all(tx, &wanted).await?;
        planned.extend(made.into_iter().map(|date| (date.series, date)));
        let wanted: HashSet<SeriesId> = wanted.iter().map(|date| date.series).collect();
        // What was held or skipped there is passed over.
        open.retain(|(series, _)| wanted.contains(&series.id) && !planned.contains_key(&series.id));
    }
    let planned: Vec<Planned> = ids.iter().filter_map(|id| planned.remove(id)).collect();
    let ids: Vec<SeriesId> = planned.iter().map(|date| date.series).collect();
    let members = series::members_of_all(&mut *tx, &ids).await?;
    ask(tx, &planned, &members, now).await?;
    let guilds: HashMap<SeriesId, GuildId> = series
        .iter()
        .map(|(series, _)| (series.id, series.guild))
        .collect();
    nudge(tx, &planned, &members, &guilds, now).await
}

/// Gives the brief of each date its question, which its people have been asked from then on. One that was
/// cancelled and comes back keeps its own.
async fn ask(
    tx: &mut SqliteConnection,
    planned: &[Planned],
    members: &HashMap<SeriesId, Vec<Member>>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let open: Vec<&Planned> = planned
        .iter()
        .filter(|date| date.question.is_none())
        .collect();
    let groups: Vec<Vec<PersonId>> = open
        .iter()
        .map(|date| {
            let members = members.get(&date.series).into_iter().flatten();
            members.map(|member| member.person).collect()
        })
        .collect();
    let questions = question::ask_all(tx, &groups, now).await?;
    let asked: Vec<(OccurrenceId, &str)> = open
        .iter()
        .zip(questions)
        .filter_map(|(date, question)| Some((date.id, question?.key.as_str())))
        .collect();
    dates::set_questions(tx, &asked).await
}

/// Makes the nudges ahead of dates that were planned just now.
async fn nudge(
    tx: &mut SqliteConnection,
    planned: &[Planned],
    members: &HashMap<SeriesId, Vec<Member>>,
    guilds: &HashMap<SeriesId, GuildId>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let ids: Vec<OccurrenceId> = planned.iter().map(|date| date.id).collect();
    dates::clear_nudges(tx, &ids).await?;
    let to_nudge = |date: &Planned| {
        let members = members.get(&date.series).into_iter().flatten();
        members
            .filter(|member| is_nudged(member))
            .map(|member| member.person)
    };
    let persons: Vec<PersonId> = planned.iter().flat_map(to_nudge).collect();
    let leads = people::leads_of(&mut *tx, &persons).await?;
    let mut made = Vec::new();
    for date in planned {
        let Some(guild) = guilds.get(&date.series) else {
            continue;
        };
        for person in to_nudge(date) {
            made.extend(ahead_of(
                *guild,
                (date.id, date.starts_at),
                person,
                &leads,
                now,
            ));
        }
    }
    nudges::put_all(tx, &made).await
}

/// Makes the nudges ahead of a planned occurrence anew, from when it starts now: also for those who
/// were nudged when it was to start at another time.
///
/// # Errors
/// The database's own faults.
pub async fn replan(
    tx: &mut SqliteConnection,
    series: &Series,
    planned: &Occurrence,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    nudges::clear_occurrence(tx, planned.id).await?;
    let nudged: Vec<PersonId> = series::members(&mut *tx, series.id)
        .await?
        .iter()
        .filter(|member| is_nudged(member))
        .map(|member| member.person)
        .collect();
    let leads = people::leads_of(&mut *tx, &nudged).await?;
    let date = (planned.id, planned.starts_at);
    let made: Vec<NewNudge> = nudged
        .iter()
        .flat_map(|person| ahead_of(series.guild, date, *person, &leads, now))
        .collect();
    nudges::put_all(tx, &made).await
}

/// Makes the nudges ahead of all next dates of somebody anew: they changed how long before they want
/// them, or for which series. What reached them stays as it was and does not come again.
///
/// # Errors
/// The database's own faults.
pub async fn replan_nudges_of(
    tx: &mut SqliteConnection,
    guild: GuildId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let leads = people::leads_of(&mut *tx, &[person]).await?;
    for planned in occurrences::list_planned_of(&mut *tx, guild, person).await? {
        let members = series::members(&mut *tx, planned.series).await?;
        let mut members = members.iter();
        if !members.any(|member| member.person == person && is_nudged(member)) {
            nudges::stop_ahead_of(tx, planned.id, person).await?;
            continue;
        }
        nudges::clear_ahead_of(tx, planned.id, person).await?;
        let date = (planned.id, planned.starts_at);
        for nudge in ahead_of(guild, date, person, &leads, now) {
            nudges::put_if_new(tx, planned.id, &nudge).await?;
        }
    }
    Ok(())
}

/// Hears that somebody changed how long before a date they want to be nudged.
pub fn rhythm_changed<'a>(
    tx: &'a mut WriteTx,
    change: &'a RhythmChange,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(replan_nudges_of(tx, change.guild, change.person, now))
}

/// Takes the planned date of a series away, with its nudges; returns it as it was.
///
/// # Errors
/// The database's own faults.
pub async fn unplan(
    tx: &mut SqliteConnection,
    series: SeriesId,
) -> Result<Option<Occurrence>, sqlx::Error> {
    let Some(planned) = occurrences::find_planned(&mut *tx, series).await? else {
        return Ok(None);
    };
    nudges::clear_occurrence(tx, planned.id).await?;
    occurrences::set_state(tx, planned.id, OccurrenceState::Cancelled).await?;
    Ok(Some(planned))
}

/// Whether somebody is to be nudged about a series.
fn is_nudged(member: &Member) -> bool {
    member.nudged && member.user.is_some() && !member.has_left && member.answer != Answer::Declined
}

/// The nudges of somebody ahead of a date, as long before as they want them.
fn ahead_of(
    guild: GuildId,
    (date, starts_at): (OccurrenceId, DateTime<Utc>),
    person: PersonId,
    leads: &HashMap<PersonId, Leads>,
    now: DateTime<Utc>,
) -> Vec<NewNudge> {
    let Some(leads) = leads.get(&person) else {
        return Vec::new();
    };
    let ahead = rules::ahead(leads.minutes(), starts_at, now).into_iter();
    ahead
        .map(|ahead| NewNudge {
            guild,
            person,
            about: About::Occurrence(date),
            kind: NudgeKind::Ahead,
            minutes: i64::from(ahead.minutes),
            due: ahead.due,
            expires: starts_at,
        })
        .collect()
}

#[cfg(test)]
mod tests;
