//! What happens at each look at the clock: sessions that ended are over and the next are planned,
//! nudges that are due go into the outbox, and those that were missed become one message a person.
//!
//! - States go one way, and what is due is found by comparing with the clock: a clock that was set back
//!   repeats nothing, one that jumped ahead is caught up with by one look.
//! - When nothing is due, one query says so and nothing is written.
//! - Everything is done in batches, each in a transaction of its own, so that nobody waits for long.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::{change, nudge, plan};
use crate::app::App;
use crate::cadence::rules::{Answer, NudgeKind, NudgeState, SeriesState};
use crate::cadence::store::dates;
use crate::cadence::store::due::{self, Nudge};
use crate::cadence::store::nudges::{self, About, NewNudge};
use crate::cadence::store::series::{self, Series};
use crate::error::Failure;
use crate::ids::{OccurrenceId, SeriesId};
use crate::jobs::outbox::{Draft, store as outbox};

/// After so long a nudge is late: it is told with the others that were missed.
const LATE: TimeDelta = TimeDelta::minutes(10);

/// How long the question whether a session was held is worth asking.
const HELD_KEEPS: TimeDelta = TimeDelta::days(7);

/// Nudges that are handed out in one transaction.
const HANDED_AT_ONCE: u32 = 1_000;

/// Sessions that are ended in one transaction.
const ENDED_AT_ONCE: u32 = 100;

/// Does everything that is due at `now`.
///
/// # Errors
/// The database's own faults. What was done by then stays done.
pub async fn step(app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
    if !due::is_anything(app.db.read(), now).await? {
        return Ok(());
    }
    change::resume_due(app, now).await?;
    while end_some(app, now).await? {}
    let mut handed = gather_late(app, now).await?;
    while hand_some(app, now).await? {
        handed = true;
    }
    if handed {
        app.outbox.wake();
    }
    Ok(())
}

/// When the next of that is due; in the past if it is due.
///
/// # Errors
/// The database's own faults.
pub async fn next_step(app: &App) -> Result<Option<DateTime<Utc>>, Failure> {
    Ok(due::next(app.db.read()).await?)
}

/// Ends some of the sessions whose end has passed: asks their people whether they were held, and plans the
/// next ones. Whether there were any.
async fn end_some(app: &App, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    if dates::list_ended(app.db.read(), now, 1).await?.is_empty() {
        return Ok(false);
    }
    let mut tx = app.db.write().await?;
    let ended = dates::list_ended(&mut *tx, now, ENDED_AT_ONCE).await?;
    let ids: Vec<OccurrenceId> = ended.iter().map(|one| one.id).collect();
    dates::end_all(&mut tx, &ids).await?;
    let mut ids: Vec<SeriesId> = ended.iter().map(|one| one.series).collect();
    ids.sort_unstable();
    ids.dedup();
    let members = series::members_of_all(&mut *tx, &ids).await?;
    let mut questions = Vec::new();
    for one in &ended {
        for member in members.get(&one.series).into_iter().flatten() {
            let is_asked = member.nudged && member.user.is_some() && !member.has_left;
            if is_asked && member.answer != Answer::Declined {
                questions.push(NewNudge {
                    guild: one.guild,
                    person: member.person,
                    about: About::Occurrence(one.id),
                    kind: NudgeKind::Held,
                    minutes: 0,
                    due: one.ends_at,
                    expires: one.ends_at + HELD_KEEPS,
                });
            }
        }
    }
    nudges::put_all(&mut tx, &questions).await?;
    let mut after: BTreeMap<SeriesId, DateTime<Utc>> = BTreeMap::new();
    for one in &ended {
        // One that was moved beyond its next date took that one's place.
        let latest = after.entry(one.series).or_insert(one.slot);
        *latest = one.slot.max(one.starts_at).max(*latest);
    }
    let found = series::find_all(&mut *tx, &ids).await?;
    let running: Vec<(&Series, DateTime<Utc>)> = after
        .iter()
        .filter_map(|(id, after)| Some((found.get(id)?, *after)))
        .filter(|(series, _)| series.state == SeriesState::Running)
        .collect();
    plan::plan_all(&mut tx, &running, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Marks what was missed as late, and puts one message about it for each person into the outbox;
/// whether there is any.
async fn gather_late(app: &App, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    let mut tx = app.db.write().await?;
    let late = due::mark_late(&mut tx, now - LATE, now).await?;
    if late.is_empty() {
        tx.commit().await?;
        return Ok(false);
    }
    let drafts: Vec<Draft> = due::list_reachable(&mut tx, &late)
        .await?
        .into_iter()
        .map(|(guild, person, user)| nudge::catch_up_draft(guild, person, user, now))
        .collect();
    outbox::enqueue_all(&mut tx, &drafts, now).await?;
    tx.commit().await?;
    Ok(!drafts.is_empty())
}

/// Puts some of the nudges that are due into the outbox; whether there were any.
async fn hand_some(app: &App, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    let mut tx = app.db.write().await?;
    let mut waiting = due::list_due(&mut *tx, now, HANDED_AT_ONCE).await?;
    if waiting.is_empty() {
        return Ok(false);
    }
    // What is alike in urgency goes out in the order in which it is written, and so does all of one
    // person: of two sessions the nearer goes first, however long before somebody wants to be told.
    waiting.sort_by_key(|nudge| (nudge::urgency(nudge), nudge.expires, nudge.due));
    let drafts: Vec<Draft> = waiting
        .iter()
        .filter_map(|nudge| nudge::draft(nudge, now))
        .collect();
    outbox::enqueue_all(&mut tx, &drafts, now).await?;
    let (handed, idle): (Vec<&Nudge>, Vec<&Nudge>) = waiting
        .iter()
        .partition(|nudge| nudge.user.is_some() && !nudge.has_left);
    let ids = |nudges: &[&Nudge]| nudges.iter().map(|nudge| nudge.id).collect::<Vec<_>>();
    due::set_state(&mut tx, &ids(&handed), NudgeState::Handed).await?;
    if !idle.is_empty() {
        due::set_state(&mut tx, &ids(&idle), NudgeState::Done).await?;
    }
    tx.commit().await?;
    Ok(true)
}

#[cfg(test)]
mod tests;
