//! Pausing, resuming and ending a series, and whether somebody is nudged about it.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::between::chosen;
use super::reply::{Standing, alive};
use super::{Circle, Error, plan, schedule, series_between, told};
use crate::app::App;
use crate::cadence::rules::SeriesState;
use crate::cadence::store::occurrences;
use crate::cadence::store::series::{self, Change, Series};
use crate::cadence::view;
use crate::ids::{GuildId, SeriesId, UserId};
use crate::people::{self, Guild, Seen};
use crate::time::moment;

/// Which series somebody means.
#[derive(Clone, Debug)]
pub struct Meant {
    /// The guild.
    pub guild: GuildId,
    /// Who asks.
    pub me: Seen,
    /// With whom it is.
    pub with: Seen,
    /// What was chosen or typed for `series`.
    pub series: Option<String>,
}

/// The series that is meant, within the transaction that changes it.
///
/// # Errors
/// [`Error::WithOneself`], [`Error::WithBot`], [`Error::NoSeries`], [`Error::WhichSeries`],
/// [`Error::NotThatSeries`], faults.
pub(super) async fn meant(
    app: &App,
    tx: &mut SqliteConnection,
    meant: &Meant,
) -> Result<(Guild, Circle), Error> {
    let now = app.now();
    let guild = people::ensure_guild(tx, meant.guild, &app.config.server, now).await?;
    let me = people::see(tx, guild.id, &meant.me, now).await?;
    let with = people::see(tx, guild.id, &meant.with, now).await?;
    let typed = meant.series.as_deref();
    let chosen = chosen(tx, guild.id, (&me, &with), typed, false).await?;
    let circle = series_between(tx, guild.id, &me, &with, chosen).await?;
    Ok((guild, circle))
}

/// Lets a series rest until a day, or until somebody resumes it; the others are told, with the reason.
///
/// # Errors
/// As `meant`; [`Error::Said`] for a day that cannot be read, and for a series that is not agreed yet.
pub async fn pause(
    app: &App,
    wish: &Meant,
    until: Option<&str>,
    reason: Option<&str>,
) -> Result<Circle, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, mut circle) = meant(app, &mut tx, wish).await?;
    if circle.series.state == SeriesState::Proposed {
        return Err(Error::Said(view::not_agreed(&circle)));
    }
    let zone = schedule::zone_in(&mut tx, &guild, wish.me.user).await?;
    let until = match until {
        Some(typed) => {
            let day = moment::read_day(typed, now, zone);
            let day = day.map_err(|error| Error::Said(error.to_string()))?;
            Some(zone.start_of_day(day))
        }
        None => None,
    };
    if until.is_some_and(|until| until <= now) {
        return Err(Error::Said(view::pause_would_be_over()));
    }
    let is_so = circle.series.state == SeriesState::Paused && circle.series.paused_until == until;
    let change = Change {
        state: SeriesState::Paused,
        until,
        reason,
        by: Some(circle.me.person),
    };
    circle.series.state = SeriesState::Paused;
    circle.series.paused_until = until;
    if is_so {
        return Ok(circle);
    }
    plan::unplan(&mut tx, circle.series.id).await?;
    series::set_state(&mut tx, circle.series.id, &change, now).await?;
    trail(&mut tx, &circle, "series paused", now).await?;
    let words = |_: &_| view::paused(&guild, &circle, reason);
    told::tell_others(&mut tx, &circle, None, &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(circle)
}

/// Resumes a paused series; the others are told. One that runs already goes on as it is.
///
/// # Errors
/// As `meant`; [`Error::Said`] for a series that is not agreed yet.
pub async fn resume(app: &App, wish: &Meant) -> Result<Standing, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = meant(app, &mut tx, wish).await?;
    let standing = resumed(&mut tx, &guild, circle, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(standing)
}

/// The same by a button.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Ended`], [`Error::Said`], faults.
pub async fn resume_by_id(app: &App, id: SeriesId, user: UserId) -> Result<Standing, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = alive(&mut tx, id, user).await?;
    let standing = resumed(&mut tx, &guild, circle, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(standing)
}

async fn resumed(
    tx: &mut SqliteConnection,
    guild: &Guild,
    mut circle: Circle,
    now: DateTime<Utc>,
) -> Result<Standing, Error> {
    match circle.series.state {
        SeriesState::Proposed => return Err(Error::Said(view::not_agreed(&circle))),
        SeriesState::Ended => return Err(Error::Ended(circle.series.kind)),
        SeriesState::Running => {
            let next = occurrences::find_planned(&mut *tx, circle.series.id).await?;
            return Ok(Standing { circle, next });
        }
        SeriesState::Paused => {}
    }
    let by = Some(circle.me.person);
    let next = run_again(tx, &mut circle.series, by, now).await?;
    trail(tx, &circle, "series resumed", now).await?;
    let words = |_: &_| view::resumed(guild, &circle, next.as_ref(), true);
    told::tell_others(tx, &circle, None, &words, now).await?;
    Ok(Standing { circle, next })
}

async fn run_again(
    tx: &mut SqliteConnection,
    series: &mut Series,
    by: Option<crate::ids::PersonId>,
    now: DateTime<Utc>,
) -> Result<Option<occurrences::Occurrence>, sqlx::Error> {
    let change = Change {
        state: SeriesState::Running,
        until: None,
        reason: None,
        by,
    };
    series::set_state(tx, series.id, &change, now).await?;
    series.state = SeriesState::Running;
    series.paused_until = None;
    plan::plan_next(tx, series, now, now).await
}

/// Resumes the series whose pause is over, each in a transaction of its own, and tells everybody in
/// them; returns how many.
///
/// # Errors
/// The database's own faults.
pub async fn resume_due(app: &App, now: DateTime<Utc>) -> Result<usize, sqlx::Error> {
    let due = series::list_resuming(app.db.read(), now).await?;
    let mut resumed = 0;
    for found in due {
        let mut tx = app.db.write().await?;
        let fresh = series::find(&mut *tx, found.guild, found.id).await?;
        let is_due = |series: &Series| series.paused_until.is_some_and(|until| until <= now);
        let Some(mut series) = fresh.filter(is_due) else {
            continue;
        };
        let next = run_again(&mut tx, &mut series, None, now).await?;
        if let Some(guild) = people::find_guild(&mut *tx, series.guild).await? {
            for member in series::members(&mut *tx, series.id).await? {
                let person = member.person;
                let Some(circle) = super::circle(&mut tx, series.clone(), person).await? else {
                    continue;
                };
                let words = view::resumed(&guild, &circle, next.as_ref(), false);
                told::tell_one(&mut tx, &circle, &circle.me, None, &words, now).await?;
            }
        }
        tx.commit().await?;
        resumed += 1;
    }
    if resumed > 0 {
        app.outbox.wake();
    }
    Ok(resumed)
}

/// The series that somebody may want to end.
///
/// # Errors
/// As `meant`.
pub async fn to_end(app: &App, wish: &Meant) -> Result<Circle, Error> {
    let mut tx = app.db.write().await?;
    let (_, circle) = meant(app, &mut tx, wish).await?;
    Ok(circle)
}

/// Ends a series for good; the others are told, with the reason.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Ended`], faults.
pub async fn end(
    app: &App,
    id: SeriesId,
    user: UserId,
    reason: Option<&str>,
) -> Result<Circle, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = alive(&mut tx, id, user).await?;
    stop(&mut tx, &circle, reason, now).await?;
    let words = |_: &_| view::ended(&guild, &circle, reason);
    told::tell_others(&mut tx, &circle, None, &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(circle)
}

/// Ends a series, with its next date.
pub(super) async fn stop(
    tx: &mut SqliteConnection,
    circle: &Circle,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    plan::unplan(tx, circle.series.id).await?;
    let change = Change {
        state: SeriesState::Ended,
        until: None,
        reason,
        by: Some(circle.me.person),
    };
    series::set_state(tx, circle.series.id, &change, now).await?;
    trail(tx, circle, "series ended", now).await
}

/// Stops the nudges of somebody about a series, or lets them come again.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Ended`], faults.
pub async fn set_nudged(
    app: &App,
    id: SeriesId,
    user: UserId,
    nudged: bool,
) -> Result<Circle, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (_, mut circle) = alive(&mut tx, id, user).await?;
    series::set_nudged(&mut tx, id, circle.me.person, nudged).await?;
    circle.me.nudged = nudged;
    plan::replan_nudges_of(&mut tx, circle.series.guild, circle.me.person, now).await?;
    tx.commit().await?;
    Ok(circle)
}

/// Who did what to a series with whom; nothing of what it is about.
async fn trail(
    tx: &mut SqliteConnection,
    circle: &Circle,
    what: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let series = &circle.series;
    let about = circle.others.first().map(|other| other.person);
    let (me, kind) = (circle.me.person, series.kind.word());
    people::audit(tx, series.guild, me, about, what, kind, now).await
}
