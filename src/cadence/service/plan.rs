//! The next date of a series: the one place that plans occurrences and the nudges ahead of them.
//!
//! Of a running series one occurrence is planned. Whoever ends that one (it is over, it was skipped)
//! plans the next; whoever stops the series unplans it. Everything here belongs to a transaction of
//! the caller's.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::question;
use crate::cadence::recurrence::Rule;
use crate::cadence::rules::question::Filter;
use crate::cadence::rules::{self, Answer, NudgeKind, OccurrenceState};
use crate::cadence::store::nudges::{self, About, NewNudge};
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::rotations;
use crate::cadence::store::series::{self, Member, Series};
use crate::db::WriteTx;
use crate::hooks::RhythmChange;
use crate::ids::{GuildId, PersonId, SeriesId};
use crate::people;

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
    if let Some(planned) = occurrences::find_planned(&mut *tx, series.id).await? {
        return Ok(Some(planned));
    }
    if rotations::has_had_its_date(&mut *tx, series.id).await? {
        return Ok(None);
    }
    let rule = rule_of(series)?;
    let mut after = after;
    for _ in 0..MOST_PASSED_OVER {
        let Some(slot) = rule.next_after(after) else {
            return Ok(None);
        };
        let ends_at = slot.at + TimeDelta::minutes(series.minutes);
        let Some(id) = occurrences::plan(tx, series.id, slot.at, ends_at).await? else {
            after = slot.at;
            continue;
        };
        let Some(mut planned) = occurrences::find(&mut *tx, series.guild, id).await? else {
            return Ok(None);
        };
        if planned.question.is_none()
            && let Some(question) = question_for(tx, series.id, now).await?
        {
            occurrences::set_question(tx, id, &question).await?;
            planned.question = Some(question);
        }
        replan(tx, series, &planned, now).await?;
        return Ok(Some(planned));
    }
    Ok(None)
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
    for nudge in ahead_of(tx, series.guild, &nudged, planned, now).await? {
        nudges::put(tx, &nudge).await?;
    }
    Ok(())
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
    for planned in occurrences::list_planned_of(&mut *tx, guild, person).await? {
        let members = series::members(&mut *tx, planned.series).await?;
        let mut members = members.iter();
        if !members.any(|member| member.person == person && is_nudged(member)) {
            nudges::stop_ahead_of(tx, planned.id, person).await?;
            continue;
        }
        nudges::clear_ahead_of(tx, planned.id, person).await?;
        for nudge in ahead_of(tx, guild, &[person], &planned, now).await? {
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

async fn ahead_of(
    tx: &mut SqliteConnection,
    guild: GuildId,
    persons: &[PersonId],
    planned: &Occurrence,
    now: DateTime<Utc>,
) -> Result<Vec<NewNudge>, sqlx::Error> {
    let rhythms = people::rhythm_of(tx, guild, persons, now).await?;
    let mut made = Vec::new();
    for person in persons {
        let Some(rhythm) = rhythms.get(person) else {
            continue;
        };
        let ahead = rules::ahead(rhythm.leads.minutes(), planned.starts_at, now);
        made.extend(ahead.into_iter().map(|ahead| NewNudge {
            guild,
            person: *person,
            about: About::Occurrence(planned.id),
            kind: NudgeKind::Ahead,
            minutes: i64::from(ahead.minutes),
            due: ahead.due,
            expires: planned.starts_at,
        }));
    }
    Ok(made)
}

/// The question that the brief of a date asks: a key of the bank, which its people have been asked
/// from then on.
async fn question_for(
    tx: &mut SqliteConnection,
    series: SeriesId,
    now: DateTime<Utc>,
) -> Result<Option<String>, sqlx::Error> {
    let members = series::members(&mut *tx, series).await?;
    let persons: Vec<PersonId> = members.iter().map(|member| member.person).collect();
    let Some(next) = question::pick(tx, &persons, Filter::default()).await? else {
        return Ok(None);
    };
    question::mark_asked(tx, &persons, next, now).await?;
    Ok(Some(next.key.clone()))
}

#[cfg(test)]
mod tests;
