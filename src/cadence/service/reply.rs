//! What the others of a series say to it: that it is fine, another time, or no; and what its maker says
//! to another time. Asked by the buttons of a direct message, which know of the series its row alone.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Circle, Error, circle_of, plan, rule_of, schedule, told};
use crate::app::App;
use crate::cadence::rules::{Answer, Repeat, SeriesState};
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::series::{self, Change};
use crate::cadence::view;
use crate::ids::{PersonId, SeriesId, UserId};
use crate::people::{self, Guild};
use crate::time::moment;

/// A series as somebody in it sees it, with its next date.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The series.
    pub circle: Circle,
    /// Its next date.
    pub next: Option<Occurrence>,
}

/// Another time that somebody suggested for a whole series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// When it would be first.
    pub at: DateTime<Utc>,
    /// How it would repeat that.
    pub repeat: Repeat,
    /// Who suggested it.
    pub by: PersonId,
}

/// The series and its guild, for an account that is in it.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub(super) async fn entered(
    tx: &mut SqliteConnection,
    id: SeriesId,
    user: UserId,
) -> Result<(Guild, Circle), Error> {
    let series = series::find_anywhere(&mut *tx, id).await?;
    let series = series.ok_or(Error::Gone)?;
    let guild = people::find_guild(&mut *tx, series.guild).await?;
    let circle = circle_of(tx, series.guild, id, user).await?;
    Ok((guild.ok_or(Error::Gone)?, circle))
}

/// The same, if it has not ended.
pub(super) async fn alive(
    tx: &mut SqliteConnection,
    id: SeriesId,
    user: UserId,
) -> Result<(Guild, Circle), Error> {
    let (guild, circle) = entered(tx, id, user).await?;
    match circle.series.state {
        SeriesState::Ended => Err(Error::Ended(circle.series.kind)),
        _ => Ok((guild, circle)),
    }
}

/// Keeps that a series is fine with somebody. What waited for everybody's agreement runs once all have
/// said so.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Ended`], faults.
pub async fn agree(app: &App, id: SeriesId, user: UserId) -> Result<Standing, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, mut circle) = alive(&mut tx, id, user).await?;
    if circle.me.answer != Answer::Fine {
        series::set_answer(&mut tx, id, circle.me.person, Answer::Fine, now).await?;
        circle.me.answer = Answer::Fine;
        plan::replan_nudges_of(&mut tx, circle.series.guild, circle.me.person, now).await?;
    }
    if begin_if_all_agree(&mut tx, &mut circle, now).await? {
        let next = occurrences::find_planned(&mut *tx, id).await?;
        let words = |_: &_| view::begins(&guild, &circle, next.as_ref());
        told::tell_others(&mut tx, &circle, None, &words, now).await?;
    }
    let next = occurrences::find_planned(&mut *tx, id).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(Standing { circle, next })
}

/// Lets a proposed series run when everybody in it has agreed; returns whether it began now.
pub(super) async fn begin_if_all_agree(
    tx: &mut SqliteConnection,
    circle: &mut Circle,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let all = circle.everybody().all(|one| one.answer == Answer::Fine);
    if circle.series.state != SeriesState::Proposed || !all {
        return Ok(false);
    }
    let change = Change {
        state: SeriesState::Running,
        until: None,
        reason: None,
        by: Some(circle.me.person),
    };
    series::set_state(tx, circle.series.id, &change, now).await?;
    circle.series.state = SeriesState::Running;
    plan::plan_next(tx, &circle.series, now, now).await?;
    Ok(true)
}

/// Ends a series that somebody was asked to and does not want; the others are told, with the reason.
///
/// # Errors
/// As [`agree`], and [`Error::Said`] for somebody who has agreed to it before.
pub async fn decline(
    app: &App,
    id: SeriesId,
    user: UserId,
    reason: Option<&str>,
) -> Result<Circle, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = alive(&mut tx, id, user).await?;
    if circle.me.answer == Answer::Fine {
        return Err(Error::Said(view::agreed_before(&circle)));
    }
    series::set_answer(&mut tx, id, circle.me.person, Answer::Declined, now).await?;
    super::change::stop(&mut tx, &circle, reason, now).await?;
    let words = |_: &_| view::declined(&guild, &circle, reason);
    told::tell_others(&mut tx, &circle, None, &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(circle)
}

/// Tells the others of a series of another time that somebody would rather have, in words, for them to
/// take or leave.
///
/// # Errors
/// As [`agree`], and [`Error::Said`] for a time that cannot be read.
pub async fn suggest(
    app: &App,
    id: SeriesId,
    user: UserId,
    typed: &str,
) -> Result<(Circle, Suggestion), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = alive(&mut tx, id, user).await?;
    let zone = schedule::zone_in(&mut tx, &guild, user).await?;
    let read = moment::read(typed, now, zone).map_err(|error| Error::Said(error.to_string()))?;
    let suggestion = Suggestion {
        at: read.at,
        repeat: Repeat::of(rule_of(&circle.series)?.every(), read.named),
        by: circle.me.person,
    };
    let words = |_: &_| view::suggested(&guild, &circle, &suggestion);
    told::tell_others(&mut tx, &circle, None, &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok((circle, suggestion))
}

/// Gives a series the time that somebody else suggested, from then on; the others are told.
///
/// # Errors
/// As [`agree`], and [`Error::Said`] if that time has passed or was taken before.
pub async fn take(
    app: &App,
    id: SeriesId,
    user: UserId,
    suggestion: Suggestion,
) -> Result<Standing, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = suggested_to(&mut tx, id, user, suggestion).await?;
    if suggestion.at <= now {
        return Err(Error::Said(view::suggestion_has_passed(suggestion.at)));
    }
    let zone = circle.series.zone;
    let starts = zone.civil(suggestion.at);
    let rule = suggestion.repeat.rule(starts, zone);
    plan::unplan(&mut tx, id).await?;
    series::set_rule(&mut tx, id, &rule.text(), starts).await?;
    series::set_answer(&mut tx, id, suggestion.by, Answer::Fine, now).await?;
    let mut circle = circle_of(&mut tx, guild.id, id, user).await?;
    if circle.series.state == SeriesState::Running {
        plan::plan_next(&mut tx, &circle.series, now, now).await?;
    }
    begin_if_all_agree(&mut tx, &mut circle, now).await?;
    let next = occurrences::find_planned(&mut *tx, id).await?;
    let words = |_: &_| view::rule_moved(&guild, &circle, next.as_ref());
    told::tell_others(&mut tx, &circle, None, &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(Standing { circle, next })
}

/// Leaves a series at its time although somebody else suggested another; the others are told, once.
///
/// # Errors
/// As [`take`].
pub async fn keep(
    app: &App,
    id: SeriesId,
    user: UserId,
    suggestion: Suggestion,
) -> Result<Circle, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = suggested_to(&mut tx, id, user, suggestion).await?;
    let key = format!("series:kept:{id}:{}", suggestion.at.timestamp());
    let words = |other: &_| view::rule_kept(&guild, &circle, other);
    told::tell_others(&mut tx, &circle, Some(key), &words, now).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(circle)
}

/// The series, for somebody to whom another time was suggested that it does not have yet.
async fn suggested_to(
    tx: &mut SqliteConnection,
    id: SeriesId,
    user: UserId,
    suggestion: Suggestion,
) -> Result<(Guild, Circle), Error> {
    let (guild, circle) = alive(tx, id, user).await?;
    if circle.me.person == suggestion.by {
        return Err(Error::NotYours);
    }
    let zone = circle.series.zone;
    if circle.series.starts == zone.civil(suggestion.at) {
        return Err(Error::Said(view::rule_moved_before(&circle)));
    }
    Ok((guild, circle))
}
