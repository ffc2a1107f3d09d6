//! Telling that a number is missing: its owner once its grace is over, and on the second working day after
//! that its managers, once each; and what they do about it.
//!
//! The owner's days away are no working days. A metric that nobody owns, or whose owner has left, is its
//! managers' from the end of the grace on.

mod act;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::whom::{Whom, managers, whom};
use super::{Closed, batch, draft};
use crate::app::App;
use crate::cadence;
use crate::db::WriteTx;
use crate::ids::PersonId;
use crate::jobs::outbox::{Composed, Draft, Outcome, Parcel, Topic, store as outbox};
use crate::people::{self, Guild, Person};
use crate::render::CustomId;
use crate::scorecard::rules::Source;
use crate::scorecard::rules::period::grace_ends;
use crate::scorecard::rules::reminding::{MANAGERS_AFTER, due_day, morning, told_at};
use crate::scorecard::store::metrics::{self, Metric};
use crate::scorecard::store::telling::{self, Reminded};
use crate::scorecard::store::{readings, reviews};
use crate::scorecard::view;
use crate::time::{Period, Zone};

pub use act::{
    Disowned, Reminding, Sought, Span, disown, missing_of, put_off, record_missing, reminding,
    set_reminding, to_record,
};

/// The topic's name; its subject is the person.
const MISSING: &str = "scorecard.missing";

/// What hears how the messages ended.
pub(super) const TOPIC: Topic = Topic::new(MISSING, settled)
    .composed_by(compose)
    .members_only();

/// A number that is missing, as somebody is told of it.
#[derive(Clone, Debug)]
pub struct MissingNumber {
    /// The metric.
    pub metric: Metric,
    /// The period.
    pub period: Period,
    /// Whether they are told as a manager.
    pub is_manager: bool,
    /// The name of its owner, for a manager; none if nobody owns it, or the owner has left.
    pub owner: Option<String>,
}

/// Writes down who is told that which numbers are missing; whether anybody is.
pub(super) async fn remind(
    app: &App,
    guild: &Guild,
    closed: &[Closed],
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let today = guild.zone.civil_date(now);
    // In the east it is a day more.
    let latest = today.succ_opt().unwrap_or(today);
    let missing: Vec<&Closed> = closed
        .iter()
        .filter(|one| !one.closing.is_read && one.metric.source != Source::Bot)
        .filter(|one| grace_ends(&one.period, one.metric.grace_days) <= latest)
        .collect();
    if missing.is_empty() {
        return Ok(false);
    }
    let mut db = app.db.read().acquire().await?;
    let mut due = Vec::new();
    for one in missing {
        let known = telling::list_reminded(&mut *db, [one.metric.id], &one.period).await?;
        let whom = whom(&mut db, guild.id, &one.metric, one.made_by).await?;
        for (person, is_manager) in whom_to_tell(&mut db, guild, one, whom, &known, now).await? {
            due.push((one, person, is_manager));
        }
    }
    drop(db);
    if due.is_empty() {
        return Ok(false);
    }
    let mut tx = app.db.write().await?;
    let mut told: BTreeMap<PersonId, Person> = BTreeMap::new();
    for (one, person, is_manager) in due {
        let (metric, period) = (one.metric.id, &one.period);
        let is_new =
            reviews::insert_reminder(&mut tx, metric, period, person.id, is_manager, now).await?;
        if is_new {
            told.insert(person.id, person);
        }
    }
    let drafts: Vec<Draft> = told
        .values()
        .filter_map(|person| {
            let user = person.user?;
            let due = told_at(now, people::zone_of(Some(person), guild));
            let mark = view::missing_mark(guild.id, now, None);
            Some(draft(guild, MISSING, (person.id, user), &mark, (now, due)))
        })
        .collect();
    outbox::enqueue_all(&mut tx, &drafts, now).await?;
    tx.commit().await?;
    Ok(!drafts.is_empty())
}

/// Who is to be told now that a number is missing, and whether as a manager.
async fn whom_to_tell(
    db: &mut SqliteConnection,
    guild: &Guild,
    one: &Closed,
    whom: Whom,
    known: &[Reminded],
    now: DateTime<Utc>,
) -> Result<Vec<(Person, bool)>, sqlx::Error> {
    let was_told = |person: &Person| known.iter().any(|one| one.person == person.id);
    let (end, grace) = (one.period.end(), one.metric.grace_days);
    let Some(owner) = whom.owner else {
        let day = due_day(end, grace, |_| false);
        let managers = whom.managers.into_iter();
        return Ok(managers
            .filter(|person| has_come(day, people::zone_of(Some(person), guild), now))
            .filter(|person| !was_told(person))
            .map(|person| (person, true))
            .collect());
    };
    let last = guild.zone.civil_date(now);
    let last = last.succ_opt().unwrap_or(last);
    let absences = people::absences_between(db, &[owner.id], end.min(last), last).await?;
    let is_away = |day: NaiveDate| absences.iter().any(|absence| absence.holds(day));
    let zone = people::zone_of(Some(&owner), guild);
    let Some(told) = known.iter().find(|one| one.person == owner.id) else {
        let is_due = has_come(due_day(end, grace, is_away), zone, now);
        return Ok(if is_due {
            vec![(owner, false)]
        } else {
            Vec::new()
        });
    };
    let next = zone.civil_date(told.at).succ_opt().unwrap_or(end);
    let day = due_day(next, MANAGERS_AFTER, is_away);
    Ok(whom
        .managers
        .into_iter()
        .filter(|person| has_come(day, people::zone_of(Some(person), guild), now))
        .filter(|person| !was_told(person))
        .map(|person| (person, true))
        .collect())
}

fn has_come(day: NaiveDate, zone: Zone, now: DateTime<Utc>) -> bool {
    morning(day, zone) <= now
}

fn compose<'a>(
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
        let Some(at) = batch(&mark) else {
            return Ok(Composed::Nothing);
        };
        let missing = read(db, &guild, person, at).await?;
        if missing.is_empty() {
            return Ok(Composed::Nothing);
        }
        // Who put it off has said themselves when to be told.
        let was_put_off = mark.args().len() > 2;
        let rhythms = people::rhythm_of(&mut *db, guild.id, &[person], now).await?;
        let later = rhythms.get(&person).and_then(|rhythm| rhythm.free_at(now));
        Ok(match later.filter(|_| !was_put_off) {
            Some(later) => Composed::Later(later),
            None => Composed::Message(view::missing(&guild, &missing, mark).body()),
        })
    })
}

/// What somebody was told to be missing at one moment, and still is, and is still theirs.
async fn read(
    db: &mut SqliteConnection,
    guild: &Guild,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<Vec<MissingNumber>, sqlx::Error> {
    let makers = telling::list_makers(&mut *db, guild.id).await?;
    let mut missing = Vec::new();
    for (id, period, is_manager) in telling::list_missing(&mut *db, person, at).await? {
        let metric = metrics::find(&mut *db, guild.id, id).await?;
        let is_watched = |metric: &Metric| {
            metric.retired_at.is_none()
                && metric.definition.is_active
                && metric.definition.cadence.kind() == period.kind()
        };
        let Some(metric) = metric.filter(is_watched) else {
            continue;
        };
        if readings::find_in_force(&mut *db, id, &period)
            .await?
            .is_some()
        {
            continue;
        }
        let is_theirs = if is_manager {
            let made_by = makers.get(&id).and_then(|(by, _)| *by);
            let managers = managers(db, guild.id, &metric, made_by).await?;
            managers.iter().any(|manager| manager.id == person)
        } else {
            metric.owner == Some(person)
        };
        if !is_theirs {
            continue;
        }
        let owner = match metric.owner.filter(|_| is_manager) {
            Some(owner) => people::reachable_among(&mut *db, guild.id, &[owner])
                .await?
                .pop(),
            None => None,
        };
        missing.push(MissingNumber {
            owner: owner.and_then(|owner| owner.name),
            metric,
            period,
            is_manager,
        });
    }
    Ok(missing)
}

fn settled<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(cadence::heard(
        tx,
        parcel,
        outcome,
        Some(view::WAITING),
        now,
    ))
}
