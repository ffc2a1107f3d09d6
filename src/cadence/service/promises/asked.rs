//! Promises that another domain asks for, as the review of a scorecard does; and how they stand.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::SqliteConnection;

use super::super::tell::{Word, tell};
use super::super::{Error, agenda, circle};
use super::{Promised, keep, promises};
use crate::cadence::rules::{Kind, PromiseState, SeriesState};
use crate::cadence::store::promises::NewPromise;
use crate::cadence::store::series;
use crate::cadence::view;
use crate::ids::{GuildId, PersonId, PromiseId};
use crate::people::{self, Guild, Person};
use crate::time::moment;

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseStanding {
    /// It was kept.
    Kept,
    /// It was dropped.
    Dropped,
    /// It is open, with its day.
    Open(Option<NaiveDate>),
    /// It is open, and its day is over.
    Overdue(NaiveDate),
}

/// Writes down what one person asks another, or themselves, to promise, with its day in words; the other
/// is told, and can say that it is not theirs. The inner result is the refusal in words.
///
/// # Errors
/// The database's own faults.
pub async fn promise_asked(
    tx: &mut SqliteConnection,
    guild: &Guild,
    (by, owner): (&Person, &Person),
    text: &str,
    due: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Result<PromiseId, String>, sqlx::Error> {
    let zone = people::zone_of(Some(owner), guild);
    let due_day = match due
        .map(|typed| moment::read_day(typed, now, zone))
        .transpose()
    {
        Ok(day) => day,
        Err(refused) => return Ok(Err(refused.to_string())),
    };
    let new = NewPromise {
        guild: guild.id,
        owner: owner.id,
        other: (owner.id != by.id).then_some(by.id),
        by: by.id,
        occurrence: None,
        text,
        due_day,
    };
    let promise = match keep(&mut *tx, Promised { new, guild }, now).await {
        Ok(promise) => promise,
        Err(Error::Fault(fault)) => return Err(fault),
        Err(refused) => return Ok(Err(view::refusal(&refused))),
    };
    if let Some(user) = promise.owner.reachable().filter(|_| owner.id != by.id) {
        let word = Word {
            guild: guild.id,
            to: user,
            about: ("promise", promise.id.0),
            once: None,
        };
        let message = view::promise_for_you(&promise, by, guild);
        tell(tx, word, &message, by.id, now).await?;
    }
    Ok(Ok(promise.id))
}

/// How a promise of the guild stands; none if it is no longer known.
///
/// # Errors
/// The database's own faults.
pub async fn promise_standing(
    db: &mut SqliteConnection,
    guild: &Guild,
    id: PromiseId,
    now: DateTime<Utc>,
) -> Result<Option<PromiseStanding>, sqlx::Error> {
    let found = promises::find(db, guild.id, id).await?;
    Ok(found.map(|promise| match (promise.state, promise.due_day) {
        (PromiseState::Done, _) => PromiseStanding::Kept,
        (PromiseState::Dropped, _) => PromiseStanding::Dropped,
        (PromiseState::Open, Some(day)) if day < promise.zone(guild.zone).civil_date(now) => {
            PromiseStanding::Overdue(day)
        }
        (PromiseState::Open, day) => PromiseStanding::Open(day),
    }))
}

/// Puts something on the agenda of the next one-on-one of two people, as the first of them; false if they
/// have none that runs, or its agenda is full.
///
/// # Errors
/// The database's own faults.
pub async fn put_on_agenda(
    tx: &mut SqliteConnection,
    guild: GuildId,
    (me, other): (PersonId, PersonId),
    item: &str,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let shared = series::list_between(&mut *tx, guild, me, other, false).await?;
    let runs = shared.into_iter().find(|one| {
        one.state == SeriesState::Running
            && matches!(one.kind, Kind::OneOnOne | Kind::ReviewAndPlan)
    });
    let Some(series) = runs else {
        return Ok(false);
    };
    let Some(circle) = circle(&mut *tx, series, me).await? else {
        return Ok(false);
    };
    match agenda::add(tx, &circle, item, None, now).await {
        Ok(_) => Ok(true),
        Err(Error::Fault(fault)) => Err(fault),
        Err(_) => Ok(false),
    }
}
