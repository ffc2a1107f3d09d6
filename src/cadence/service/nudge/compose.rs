//! Composing a nudge from how things stand when it goes out.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::brief::{self, Briefing};
use super::handed;
use crate::cadence::rules::{Answer, NudgeKind, OccurrenceState, PromiseState, SeriesState};
use crate::cadence::service::{Circle, circle};
use crate::cadence::store::due::{self, Nudge};
use crate::cadence::store::nudges::About;
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::promises::{self, Promise};
use crate::cadence::store::{held, series};
use crate::cadence::view;
use crate::ids::{GuildId, PersonId};
use crate::jobs::outbox::{Composed, Parcel};
use crate::people::{self, Guild, Rhythm};

/// A reminder of a promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Reminder {
    /// The guild.
    pub guild: Guild,
    /// The promise.
    pub promise: Promise,
    /// Whether its day is over.
    pub is_overdue: bool,
}

/// Composes a nudge.
pub(super) fn compose<'a, B: Briefing>(
    db: &'a mut SqliteConnection,
    parcel: &'a Parcel,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<Composed, sqlx::Error>> {
    Box::pin(async move {
        let Some(nudge) = handed(&mut *db, parcel).await? else {
            return Ok(Composed::Nothing);
        };
        let Some(guild) = people::find_guild(&mut *db, nudge.guild).await? else {
            return Ok(Composed::Nothing);
        };
        let rhythms = people::rhythm_of(&mut *db, nudge.guild, &[nudge.person], now).await?;
        let Some(rhythm) = rhythms.get(&nudge.person) else {
            return Ok(Composed::Nothing);
        };
        // Who put it off has said themselves when to be told.
        if nudge.kind != NudgeKind::Snoozed
            && let Some(later) = rhythm.free_at(now)
        {
            return Ok(if later < nudge.expires {
                Composed::Later(later)
            } else {
                Composed::Nothing
            });
        }
        match nudge.about {
            About::Occurrence(id) => {
                let Some((circle, date)) = session(&mut *db, &nudge, id).await? else {
                    return Ok(Composed::Nothing);
                };
                if nudge.kind == NudgeKind::Held {
                    return ask_held(db, &nudge, &guild, &circle, &date).await;
                }
                if due::is_overtaken(&mut *db, &nudge, now).await? {
                    return Ok(Composed::Nothing);
                }
                if !is_ahead(&circle, &date, now) {
                    return Ok(Composed::Nothing);
                }
                let brief = brief::brief::<B>(db, guild, circle, date, now).await?;
                Ok(Composed::Message(view::brief(&brief, &nudge, now).body()))
            }
            About::Promise(id) => {
                let promise = promises::find(&mut *db, nudge.guild, id).await?;
                let promise = promise.filter(|promise| {
                    promise.state == PromiseState::Open && promise.owner.person == nudge.person
                });
                let Some(promise) = promise else {
                    return Ok(Composed::Nothing);
                };
                let is_overdue = is_overdue(&promise, rhythm, now);
                let reminder = Reminder {
                    guild,
                    promise,
                    is_overdue,
                };
                Ok(Composed::Message(
                    view::promise_due(&reminder, &nudge, now).body(),
                ))
            }
        }
    })
}

/// Whether a promise's day is over where its owner is.
pub(super) fn is_overdue(promise: &Promise, rhythm: &Rhythm, now: DateTime<Utc>) -> bool {
    promise
        .due_day
        .is_some_and(|day| day < rhythm.zone.civil_date(now))
}

async fn ask_held(
    db: &mut SqliteConnection,
    nudge: &Nudge,
    guild: &Guild,
    circle: &Circle,
    date: &Occurrence,
) -> Result<Composed, sqlx::Error> {
    if date.state != OccurrenceState::Over || !is_unanswered(db, date, nudge.person).await? {
        return Ok(Composed::Nothing);
    }
    Ok(Composed::Message(
        view::was_it_held(guild, circle, date, nudge).body(),
    ))
}

/// Whether somebody has not said yet if a session was held.
pub(super) async fn is_unanswered(
    db: &mut SqliteConnection,
    date: &Occurrence,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    let answers = held::list(db, date.id).await?;
    Ok(answers.iter().all(|answer| answer.person != person))
}

/// Whether a session of a running series lies ahead.
pub(super) fn is_ahead(circle: &Circle, date: &Occurrence, now: DateTime<Utc>) -> bool {
    circle.series.state == SeriesState::Running
        && date.state == OccurrenceState::Planned
        && date.starts_at > now
}

/// The session of a nudge, for somebody who is in its series and wants to be nudged about it.
pub(super) async fn session(
    db: &mut SqliteConnection,
    nudge: &Nudge,
    id: crate::ids::OccurrenceId,
) -> Result<Option<(Circle, Occurrence)>, sqlx::Error> {
    let seated = seated(db, nudge.guild, id, nudge.person).await?;
    Ok(seated.filter(|(circle, _)| circle.me.nudged && circle.me.answer != Answer::Declined))
}

/// A session as one of its people sees it; `None` for everybody else.
pub(super) async fn seated(
    db: &mut SqliteConnection,
    guild: GuildId,
    id: crate::ids::OccurrenceId,
    person: PersonId,
) -> Result<Option<(Circle, Occurrence)>, sqlx::Error> {
    let Some(date) = occurrences::find(&mut *db, guild, id).await? else {
        return Ok(None);
    };
    let Some(series) = series::find(&mut *db, guild, date.series).await? else {
        return Ok(None);
    };
    let circle = circle(db, series, person).await?;
    Ok(circle.map(|circle| (circle, date)))
}
