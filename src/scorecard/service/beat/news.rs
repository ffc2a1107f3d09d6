//! Telling of a metric that closed red, once, with what is to be done; and once that it has recovered.
//!
//! A close is looked at when nothing that it is judged by (its reading, its edges, its target) was
//! changed for an hour, so that a slip that is put right at once alarms nobody; and again whenever any of
//! that was changed.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::whom::{may_see_figures, whom};
use super::{Closed, batch, draft};
use crate::app::App;
use crate::cadence;
use crate::db::WriteTx;
use crate::ids::{GuildId, MetricId, PersonId, UserId};
use crate::jobs::outbox::{Composed, Draft, Outcome, Parcel, Topic, store as outbox};
use crate::people::{self, Guild, Person};
use crate::render::CustomId;
use crate::scorecard::rules::alerting::{self, standing};
use crate::scorecard::rules::history::{History, Judged, Lens};
use crate::scorecard::rules::reminding::told_at;
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::rules::trend::News;
use crate::scorecard::rules::{AlertState, Cadence};
use crate::scorecard::service::Error;
use crate::scorecard::service::metric::histories;
use crate::scorecard::store::metrics::{self, Metric, Scope};
use crate::scorecard::store::reviews::{self, Alert};
use crate::scorecard::store::telling;
use crate::scorecard::view;
use crate::time::Period;

/// The topic's name; its subject is the person.
const NEWS: &str = "scorecard.news";

/// What hears how the messages ended.
pub(super) const TOPIC: Topic = Topic::new(NEWS, settled)
    .composed_by(compose)
    .members_only();

/// How long nothing must have changed before a close is looked at.
const UNCHANGED: TimeDelta = TimeDelta::hours(1);

/// What somebody is told of a metric.
#[derive(Clone, Debug)]
pub struct Told {
    /// The metric.
    pub metric: Metric,
    /// It in the period of which is told.
    pub judged: Judged,
    /// What is told.
    pub news: News,
    /// The name of its owner, for others; none if nobody owns it.
    pub owner: Option<String>,
    /// The name of its guard if that is red.
    pub guard: Option<String>,
}

/// A close that has news, or has been looked at.
struct Look<'a> {
    closed: &'a Closed,
    alert: Alert,
    news: News,
}

/// Looks at the closes that changed, and writes down who is told what of them; whether anybody is.
pub(super) async fn tell(
    app: &App,
    guild: &Guild,
    closed: &[Closed],
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let due: Vec<&Closed> = closed.iter().filter(|one| is_due(one, now)).collect();
    if due.is_empty() {
        return Ok(false);
    }
    let mut tx = app.db.write().await?;
    let looks = look(&mut tx, guild, &due, now).await?;
    let mut told: BTreeMap<PersonId, Person> = BTreeMap::new();
    for look in &looks {
        let (metric, period) = (&look.closed.metric, &look.alert.period);
        reviews::set_alert(&mut tx, metric.id, &look.alert, now).await?;
        if look.news == News::Nothing {
            continue;
        }
        let whom = whom(&mut tx, guild.id, metric, look.closed.made_by).await?;
        // Whose own figures they are is told, whoever records them.
        let own = match metric.scope {
            Scope::Member(member) => people::reachable_among(&mut *tx, guild.id, &[member]).await?,
            Scope::Guild | Scope::Team(_) => Vec::new(),
        };
        for person in whom.owner.into_iter().chain(whom.managers).chain(own) {
            if may_see_figures(&mut tx, metric, person.id).await? {
                let is_red = look.news == News::Red;
                telling::insert_news(&mut tx, person.id, metric.id, period, is_red, now).await?;
                told.insert(person.id, person);
            }
        }
    }
    let drafts: Vec<Draft> = told
        .values()
        .filter_map(|person| {
            let user = person.user?;
            let due = told_at(now, people::zone_of(Some(person), guild));
            let mark = view::news_mark(guild.id, now);
            Some(draft(guild, NEWS, (person.id, user), &mark, (now, due)))
        })
        .collect();
    outbox::enqueue_all(&mut tx, &drafts, now).await?;
    tx.commit().await?;
    Ok(!drafts.is_empty())
}

fn is_due(closed: &Closed, now: DateTime<Utc>) -> bool {
    let closing = &closed.closing;
    let is_new = closing.alert.is_none_or(|(alert, looked_at)| {
        alert.period != closed.period || looked_at < closing.changed_at
    });
    closed.is_latest && closing.is_read && is_new && closing.changed_at + UNCHANGED <= now
}

/// How the closes stand, and what follows from it.
async fn look<'a>(
    db: &mut SqliteConnection,
    guild: &Guild,
    due: &[&'a Closed],
    now: DateTime<Utc>,
) -> Result<Vec<Look<'a>>, sqlx::Error> {
    let metrics: Vec<&Metric> = due.iter().map(|one| &one.metric).collect();
    let today = guild.zone.civil_date(now);
    let (known, guards) = with_guards(db, guild.id, &metrics, today).await?;
    let mut looks = Vec::new();
    for closed in due {
        let Some(history) = known.get(&closed.metric.id) else {
            continue;
        };
        let guard = guard_of(&closed.metric, &known, &guards);
        let stands = standing(history, guard, &closed.period);
        let before = closed.closing.alert.map(|(alert, _)| alert);
        let told_at = before.and_then(|alert| alert.told_at);
        let news = alerting::news(stands, told_at.is_some());
        let told_at = match (news, stands.0) {
            (News::Red, _) => Some(now),
            (News::Recovered, _) | (News::Nothing, AlertState::Calm) => None,
            (News::Nothing, _) => told_at,
        };
        let alert = Alert {
            period: closed.period,
            state: stands.0,
            told_at,
        };
        looks.push(Look {
            closed,
            alert,
            news,
        });
    }
    Ok(looks)
}

/// What is known of metrics and of their guards, and how often and as what the guards are measured.
async fn with_guards(
    db: &mut SqliteConnection,
    guild: GuildId,
    among: &[&Metric],
    until: chrono::NaiveDate,
) -> Result<(BTreeMap<MetricId, History>, BTreeMap<MetricId, Metric>), sqlx::Error> {
    let mut guards = BTreeMap::new();
    for metric in among {
        let Some(id) = metric.definition.guard else {
            continue;
        };
        let found = metrics::find(&mut *db, guild, id).await?;
        if let Some(guard) = found.filter(|guard| guard.retired_at.is_none()) {
            guards.insert(id, guard);
        }
    }
    let mut ids: Vec<MetricId> = among.iter().map(|metric| metric.id).collect();
    ids.extend(guards.keys());
    ids.sort_unstable();
    ids.dedup();
    Ok((histories(db, &ids, until).await?, guards))
}

fn guard_of<'a>(
    metric: &Metric,
    known: &'a BTreeMap<MetricId, History>,
    guards: &BTreeMap<MetricId, Metric>,
) -> Option<(&'a History, Cadence)> {
    let guard = guards.get(&metric.definition.guard?)?;
    Some((known.get(&guard.id)?, guard.definition.cadence))
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
        let mut told = read(db, &guild, person, at, now).await?;
        // What was put right since is not told.
        told.retain(|one| one.is_so());
        if told.is_empty() {
            return Ok(Composed::Nothing);
        }
        let rhythms = people::rhythm_of(&mut *db, guild.id, &[person], now).await?;
        let later = rhythms.get(&person).and_then(|rhythm| rhythm.free_at(now));
        Ok(match later {
            Some(later) => Composed::Later(later),
            None => Composed::Message(view::news(&guild, person, &told, mark).body()),
        })
    })
}

impl Told {
    /// Whether a red is still red.
    fn is_so(&self) -> bool {
        let is_red = self.judged.verdict.colour == Colour::Red;
        self.news != News::Red || is_red
    }
}

/// What somebody was told at one moment, as it stands now.
async fn read(
    db: &mut SqliteConnection,
    guild: &Guild,
    person: PersonId,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Told>, sqlx::Error> {
    let today = guild.zone.civil_date(now);
    let mut told = Vec::new();
    let mut found: Vec<(Metric, Period, News)> = Vec::new();
    for (id, period, news) in telling::list_news(&mut *db, person, at).await? {
        let metric = metrics::find(&mut *db, guild.id, id).await?;
        if let Some(metric) = metric.filter(|metric| metric.retired_at.is_none())
            && may_see_figures(&mut *db, &metric, person).await?
        {
            found.push((metric, period, news));
        }
    }
    let among: Vec<&Metric> = found.iter().map(|(metric, ..)| metric).collect();
    let (known, guards) = with_guards(db, guild.id, &among, today).await?;
    for (metric, period, news) in found {
        let Some(history) = known.get(&metric.id) else {
            continue;
        };
        let guard = guard_of(&metric, &known, &guards).and_then(|(history, cadence)| {
            let period = cadence.holding(period.last_day())?;
            let colour = alerting::closed_as(history, None, &period);
            (colour == Colour::Red).then_some(())?;
            let guard = guards.get(&metric.definition.guard?)?;
            Some(guard.definition.name.clone())
        });
        let owner = match metric.owner.filter(|owner| *owner != person) {
            Some(owner) => people::person_by_id(&mut *db, guild.id, owner).await?,
            None => None,
        };
        told.push(Told {
            judged: history.judged(period, today, false, Lens::OfItsTime),
            owner: owner.and_then(|owner| owner.name),
            guard,
            news,
            metric,
        });
    }
    Ok(told)
}

/// What an account was told at one moment, as it stands now.
///
/// # Errors
/// [`Error::Gone`] for somebody who was told nothing then, faults.
pub async fn news_of(
    app: &App,
    guild: GuildId,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<(Guild, PersonId, Vec<Told>), Error> {
    let mut db = app.db.read().acquire().await?;
    let person = people::find_person(&mut *db, guild, user).await?;
    let guild = people::find_guild(&mut *db, guild).await?;
    let (Some(person), Some(guild)) = (person, guild) else {
        return Err(Error::Gone);
    };
    let told = read(&mut db, &guild, person.id, at, app.now()).await?;
    if told.is_empty() {
        return Err(Error::Gone);
    }
    Ok((guild, person.id, told))
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
