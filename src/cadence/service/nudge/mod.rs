//! Nudges on their way: what goes into the outbox, what becomes of it when it goes out, and what follows
//! from how that ended.
//!
//! A nudge is composed when it goes out, from how things stand then. Whoever is away or has quiet hours
//! is told afterwards, unless that is too late; what is no longer so is not told at all.

mod act;
pub(super) mod brief;
mod catch_up;
mod compose;
pub(super) mod reach;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::cadence::rules::{NudgeKind, NudgeState};
use crate::cadence::store::due::{self, Nudge};
use crate::cadence::view;
use crate::db::WriteTx;
use crate::ids::{GuildId, NudgeId, PersonId, UserId};
use crate::jobs::outbox::{Draft, Outcome, Parcel, Place, Topic};

pub use act::{
    Ahead, PutOff, Span, Upcoming, ahead, next_dates, put_off, put_off_wish, say_held, stop_nudges,
};
pub use brief::{Brief, Briefing, NoBriefing, Other, Source, Subject};
pub use catch_up::CatchUp;
pub use compose::Reminder;
pub use reach::heard;

/// A nudge about one thing; its subject is the nudge.
const NUDGE: &str = "cadence.nudge";
/// What somebody missed while the bot was away; its subject is the person.
const CATCH_UP: &str = "cadence.catch-up";

/// The kinds of messages that nudge, with what `B` has to say in a brief.
#[must_use]
pub const fn topics<B: Briefing>() -> [Topic; 3] {
    [
        Topic::new(NUDGE, nudge_settled)
            .composed_by(compose::compose::<B>)
            .members_only(),
        Topic::new(CATCH_UP, catch_up_settled)
            .composed_by(catch_up::compose)
            .members_only(),
        reach::TOPIC,
    ]
}

/// How urgent a nudge is: what is nearer goes first. Lower goes first.
pub(super) fn urgency(nudge: &Nudge) -> i64 {
    match nudge.kind {
        NudgeKind::Ahead if nudge.minutes > 60 => 3,
        NudgeKind::Ahead | NudgeKind::Snoozed => 2,
        NudgeKind::Due => 5,
        NudgeKind::Overdue => 6,
        NudgeKind::Held => 7,
    }
}

/// The row of a nudge in the outbox; none for somebody who is no longer there.
pub(super) fn draft(nudge: &Nudge, now: DateTime<Utc>) -> Option<Draft> {
    let user = nudge.user.filter(|_| !nudge.has_left)?;
    let mark = view::nudge_mark(nudge).to_string();
    // What somebody put off themselves does not wait behind what their quiet hours hold back.
    let lane = match nudge.kind {
        NudgeKind::Snoozed => format!("nudge:{}:snoozed", nudge.person),
        _ => format!("nudge:{}", nudge.person),
    };
    let draft = Draft::composed(nudge.guild, NUDGE, nudge.id.0, Place::Dm(user), &*mark, now)
        .lane(lane)
        .dedupe(format!("{mark}:{}", nudge.person))
        .urgency(urgency(nudge));
    Some(Draft {
        expires: Some(nudge.expires),
        ..draft
    })
}

/// The row of what somebody missed.
pub(super) fn catch_up_draft(
    guild: GuildId,
    person: PersonId,
    user: UserId,
    now: DateTime<Utc>,
) -> Draft {
    let mark = view::catch_up_mark(guild, now).to_string();
    Draft::composed(guild, CATCH_UP, person.0, Place::Dm(user), mark, now)
        .lane(format!("nudge:{person}"))
        .urgency(4)
}

/// The nudge of a parcel, if it is still the one that was handed out.
pub(super) async fn handed(
    db: impl sqlx::SqliteExecutor<'_>,
    parcel: &Parcel,
) -> Result<Option<Nudge>, sqlx::Error> {
    let (Some(guild), Some(id)) = (parcel.guild, parcel.subject.map(NudgeId)) else {
        return Ok(None);
    };
    let nudge = due::find(db, guild, id).await?;
    Ok(nudge.filter(|nudge| {
        nudge.state == NudgeState::Handed
            && parcel.mark == Some(view::nudge_mark(nudge).to_string())
    }))
}

fn nudge_settled<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        let nudge = handed(&mut **tx, parcel).await?;
        if let Some(nudge) = &nudge {
            due::set_state(tx, &[nudge.id], NudgeState::Done).await?;
        }
        reach::heard(tx, parcel, outcome, Some(view::WAITING), now).await
    })
}

fn catch_up_settled<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        if let Some(person) = parcel.subject.map(PersonId) {
            let late = due::list_late(&mut **tx, person).await?;
            let ids: Vec<NudgeId> = late.iter().map(|nudge| nudge.id).collect();
            due::set_state(tx, &ids, NudgeState::Done).await?;
        }
        reach::heard(tx, parcel, outcome, Some(view::WAITING), now).await
    })
}
