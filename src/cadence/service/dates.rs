//! Moving and skipping one date of a series, and what the others say to it.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::change::{Meant, meant};
use super::reply::alive;
use super::{Circle, Error, plan, rule_of, schedule, told};
use crate::app::App;
use crate::cadence::rules::{OccurrenceState, SeriesState};
use crate::cadence::store::nudges;
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::series;
use crate::cadence::view;
use crate::ids::{OccurrenceId, PersonId, SeriesId, UserId};
use crate::people::Guild;
use crate::time::moment;

/// A date that was moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The series.
    pub circle: Circle,
    /// The date as it is now.
    pub date: Occurrence,
    /// When it was to start before; the same if it was there already.
    pub from: DateTime<Utc>,
    /// The date after it, if it now comes no earlier than that one.
    pub beyond: Option<DateTime<Utc>>,
}

/// A date that was skipped.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// The series.
    pub circle: Circle,
    /// The date.
    pub date: Occurrence,
    /// The next date.
    pub next: Option<Occurrence>,
}

/// Which date a button is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRef {
    /// Its series.
    pub series: SeriesId,
    /// The date.
    pub date: OccurrenceId,
}

/// Moves the next date of a series to a time in words; the others are told.
///
/// # Errors
/// As `meant`; [`Error::Said`] for a time that cannot be read, and for a series without a next date.
pub async fn move_next(app: &App, wish: &Meant, typed: &str) -> Result<Moved, Error> {
    let mut tx = app.db.write().await?;
    let (guild, circle) = meant(app, &mut tx, wish).await?;
    let date = next_of(&mut tx, &circle).await?;
    let moved = move_typed(app, &mut tx, &guild, circle, date, wish.me.user, typed).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(moved)
}

/// Moves a date by a button; the others are told.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Ended`], [`Error::Said`] for a time that cannot be read
/// and for a date that is no longer ahead; faults.
pub async fn move_date(
    app: &App,
    which: DateRef,
    user: UserId,
    typed: &str,
) -> Result<Moved, Error> {
    let mut tx = app.db.write().await?;
    let (guild, circle, date) = planned(&mut tx, which, user).await?;
    let moved = move_typed(app, &mut tx, &guild, circle, date, user, typed).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(moved)
}

/// Tells the others of another time that somebody would rather have for a date that was moved.
///
/// # Errors
/// As [`move_date`].
pub async fn suggest_date(
    app: &App,
    which: DateRef,
    user: UserId,
    typed: &str,
) -> Result<(Circle, DateTime<Utc>), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle, date) = planned(&mut tx, which, user).await?;
    let zone = schedule::zone_in(&mut tx, &guild, user).await?;
    let read = moment::read(typed, now, zone).map_err(|error| Error::Said(error.to_string()))?;
    let words = |_: &_| view::date_suggested(&guild, &circle, &date, read.at);
    told::tell_others(&mut tx, &circle, None, &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok((circle, read.at))
}

/// Moves a date to the time that somebody else suggested; the others are told.
///
/// # Errors
/// As [`move_date`].
pub async fn take_date(
    app: &App,
    which: DateRef,
    user: UserId,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<Moved, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle, date) = planned(&mut tx, which, user).await?;
    if circle.me.person == by {
        return Err(Error::NotYours);
    }
    if at <= now {
        return Err(Error::Said(view::suggestion_has_passed(at)));
    }
    let moved = move_to(&mut tx, &guild, circle, date, at, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(moved)
}

/// Leaves a date where it is although somebody else suggested another time; the others are told, once.
///
/// # Errors
/// As [`move_date`].
pub async fn keep_date(
    app: &App,
    which: DateRef,
    user: UserId,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<(Circle, Occurrence), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle, date) = planned(&mut tx, which, user).await?;
    if circle.me.person == by {
        return Err(Error::NotYours);
    }
    let key = format!("date:kept:{}:{}", date.id, at.timestamp());
    let words = |_: &_| view::date_kept(&guild, &circle, &date);
    told::tell_others(&mut tx, &circle, Some(key), &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok((circle, date))
}

/// The date that a button is about, for somebody in its series, while it is ahead.
///
/// # Errors
/// As [`move_date`].
pub async fn date_of(
    app: &App,
    which: DateRef,
    user: UserId,
) -> Result<(Circle, Occurrence), Error> {
    let mut tx = app.db.write().await?;
    let (_, circle, date) = planned(&mut tx, which, user).await?;
    Ok((circle, date))
}

/// Skips the next date of a series; the others are told, with the reason.
///
/// # Errors
/// As `meant`; [`Error::Said`] for a series without a next date.
pub async fn skip_next(app: &App, wish: &Meant, reason: Option<&str>) -> Result<Skipped, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = meant(app, &mut tx, wish).await?;
    let date = next_of(&mut tx, &circle).await?;
    let skipped = skip(&mut tx, &guild, circle, date, reason, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(skipped)
}

/// Skips a date by a button; the others are told, with the reason.
///
/// # Errors
/// As [`move_date`].
pub async fn skip_date(
    app: &App,
    which: DateRef,
    user: UserId,
    reason: Option<&str>,
) -> Result<Skipped, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle, date) = planned(&mut tx, which, user).await?;
    let skipped = skip(&mut tx, &guild, circle, date, reason, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(skipped)
}

/// Puts a date back that was skipped, while it is ahead; the others are told.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Ended`], [`Error::Said`] if it cannot be put back;
/// faults.
pub async fn unskip(
    app: &App,
    which: DateRef,
    user: UserId,
) -> Result<(Circle, Occurrence), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = alive(&mut tx, which.series, user).await?;
    let date = date_in(&mut tx, &circle, which.date).await?;
    match date.state {
        OccurrenceState::Planned => return Ok((circle, date)),
        OccurrenceState::Skipped if date.starts_at > now => {}
        _ => return Err(Error::Said(view::date_is_past(&circle, &date))),
    }
    if circle.series.state != SeriesState::Running {
        return Err(Error::Said(view::no_next(&circle)));
    }
    plan::unplan(&mut tx, circle.series.id).await?;
    occurrences::unskip(&mut tx, date.id).await?;
    series::set_changed(&mut tx, circle.series.id).await?;
    let date = date_in(&mut tx, &circle, date.id).await?;
    plan::replan(&mut tx, &circle.series, &date, now).await?;
    let words = |_: &_| view::unskipped(&guild, &circle, &date);
    told::tell_others(&mut tx, &circle, None, &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok((circle, date))
}

async fn move_typed(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    circle: Circle,
    date: Occurrence,
    user: UserId,
    typed: &str,
) -> Result<Moved, Error> {
    let now = app.now();
    let zone = schedule::zone_in(tx, guild, user).await?;
    let read = moment::read(typed, now, zone).map_err(|error| Error::Said(error.to_string()))?;
    move_to(tx, guild, circle, date, read.at, now).await
}

async fn move_to(
    tx: &mut SqliteConnection,
    guild: &Guild,
    circle: Circle,
    date: Occurrence,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Moved, Error> {
    let from = date.starts_at;
    let after = rule_of(&circle.series)?.next_after(date.slot);
    let beyond = after.map(|slot| slot.at).filter(|next| *next <= at);
    if at == from {
        return Ok(Moved {
            circle,
            date,
            from,
            beyond,
        });
    }
    let ends_at = at + TimeDelta::minutes(circle.series.minutes);
    let by = circle.me.person;
    occurrences::move_to(tx, &date, (at, ends_at), by, now).await?;
    series::set_changed(tx, circle.series.id).await?;
    let date = date_in(tx, &circle, date.id).await?;
    plan::replan(tx, &circle.series, &date, now).await?;
    let words = |_: &_| view::date_moved(guild, &circle, &date, from);
    told::tell_others(tx, &circle, None, &words, now).await?;
    Ok(Moved {
        circle,
        date,
        from,
        beyond,
    })
}

async fn skip(
    tx: &mut SqliteConnection,
    guild: &Guild,
    circle: Circle,
    date: Occurrence,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Skipped, Error> {
    nudges::clear_occurrence(tx, date.id).await?;
    occurrences::skip(tx, date.id, circle.me.person, reason).await?;
    series::set_changed(tx, circle.series.id).await?;
    let after = date.slot.max(now);
    let next = plan::plan_next(tx, &circle.series, after, now).await?;
    let words = |_: &_| view::date_skipped(guild, &circle, &date, reason, next.as_ref());
    told::tell_others(tx, &circle, None, &words, now).await?;
    Ok(Skipped { circle, date, next })
}

async fn next_of(tx: &mut SqliteConnection, circle: &Circle) -> Result<Occurrence, Error> {
    let next = occurrences::find_planned(&mut *tx, circle.series.id).await?;
    next.ok_or_else(|| Error::Said(view::no_next(circle)))
}

async fn date_in(
    tx: &mut SqliteConnection,
    circle: &Circle,
    id: OccurrenceId,
) -> Result<Occurrence, Error> {
    let date = occurrences::find(&mut *tx, circle.series.guild, id).await?;
    let date = date.filter(|date| date.series == circle.series.id);
    date.ok_or(Error::Gone)
}

async fn planned(
    tx: &mut SqliteConnection,
    which: DateRef,
    user: UserId,
) -> Result<(Guild, Circle, Occurrence), Error> {
    let (guild, circle) = alive(tx, which.series, user).await?;
    let date = date_in(tx, &circle, which.date).await?;
    match date.state {
        OccurrenceState::Planned => Ok((guild, circle, date)),
        _ => Err(Error::Said(view::date_is_past(&circle, &date))),
    }
}
