//! What somebody missed while nobody looked at the clock, and what of it still matters.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::compose::{is_ahead, is_overdue, is_unanswered, session};
use crate::cadence::rules::{NudgeKind, OccurrenceState, PromiseState};
use crate::cadence::service::Circle;
use crate::cadence::store::agenda;
use crate::cadence::store::due::{self, Nudge};
use crate::cadence::store::nudges::About;
use crate::cadence::store::occurrences::Occurrence;
use crate::cadence::store::promises::{self, Promise};
use crate::cadence::view;
use crate::ids::PersonId;
use crate::jobs::outbox::{Composed, Parcel};
use crate::people::{self, Guild, Rhythm};
use crate::render::CustomId;

/// What was missed and still matters.
#[derive(Clone, Debug, PartialEq)]
pub struct CatchUp {
    /// The guild.
    pub guild: Guild,
    /// Sessions that lie ahead, with how many items are on their agenda.
    pub ahead: Vec<(Circle, Occurrence, i64)>,
    /// Sessions of which is not known whether they were held.
    pub ended: Vec<(Circle, Occurrence)>,
    /// Promises that are due, with whether they are overdue.
    pub promises: Vec<(Promise, bool)>,
}

impl CatchUp {
    /// Whether nothing is left to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ahead.is_empty() && self.ended.is_empty() && self.promises.is_empty()
    }
}

/// Composes the one message about what was missed.
pub(super) fn compose<'a>(
    db: &'a mut SqliteConnection,
    parcel: &'a Parcel,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<Composed, sqlx::Error>> {
    Box::pin(async move {
        let (Some(guild), Some(person)) = (parcel.guild, parcel.subject.map(PersonId)) else {
            return Ok(Composed::Nothing);
        };
        let mark = parcel.mark.as_deref().and_then(CustomId::parse);
        let guild = people::find_guild(&mut *db, guild).await?;
        let (Some(mark), Some(guild)) = (mark, guild) else {
            return Ok(Composed::Nothing);
        };
        let rhythms = people::rhythm_of(&mut *db, guild.id, &[person], now).await?;
        let Some(rhythm) = rhythms.get(&person) else {
            return Ok(Composed::Nothing);
        };
        let late = due::list_late(&mut *db, person).await?;
        let missed = read(db, guild, rhythm, &late, now).await?;
        if missed.is_empty() {
            return Ok(Composed::Nothing);
        }
        if let Some(later) = rhythm.free_at(now) {
            return Ok(Composed::Later(later));
        }
        Ok(Composed::Message(view::catch_up(&missed, mark, now).body()))
    })
}

async fn read(
    db: &mut SqliteConnection,
    guild: Guild,
    rhythm: &Rhythm,
    late: &[Nudge],
    now: DateTime<Utc>,
) -> Result<CatchUp, sqlx::Error> {
    let mut missed = CatchUp {
        guild,
        ahead: Vec::new(),
        ended: Vec::new(),
        promises: Vec::new(),
    };
    let mut sessions = HashSet::new();
    let mut promised = HashSet::new();
    for nudge in late.iter().filter(|nudge| nudge.expires > now) {
        match nudge.about {
            About::Occurrence(id) => {
                let Some((circle, date)) = session(db, nudge, id).await? else {
                    continue;
                };
                if nudge.kind == NudgeKind::Held {
                    if date.state == OccurrenceState::Over
                        && is_unanswered(db, &date, nudge.person).await?
                    {
                        missed.ended.push((circle, date));
                    }
                } else if is_ahead(&circle, &date, now)
                    && !due::is_overtaken(&mut *db, nudge, now).await?
                    && sessions.insert(id.0)
                {
                    let items = agenda::count_open(&mut *db, circle.series.id).await?;
                    missed.ahead.push((circle, date, items));
                }
            }
            About::Promise(id) => {
                let found = promises::find(&mut *db, nudge.guild, id).await?;
                let is_mine = |promise: &Promise| {
                    promise.state == PromiseState::Open && promise.owner.person == nudge.person
                };
                if let Some(promise) = found.filter(is_mine)
                    && promised.insert(promise.id.0)
                {
                    let overdue = is_overdue(&promise, rhythm, now);
                    missed.promises.push((promise, overdue));
                }
            }
        }
    }
    missed.ahead.sort_by_key(|(_, date, _)| date.starts_at);
    missed.ended.sort_by_key(|(_, date)| date.starts_at);
    Ok(missed)
}
