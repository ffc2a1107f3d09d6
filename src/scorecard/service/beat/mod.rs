//! The scorecard's own rhythm: who is told, unasked, that a number is missing or that one is red.
//!
//! - It is found out by looking at the clock and at what has closed; nothing is planned ahead. What
//!   somebody is told at one look is one message, composed when it goes out from how things stand then.
//! - That somebody is told is written in the transaction that puts the message into the outbox, so it is
//!   said once.
//! - Only active metrics are watched, and only periods that ended after the metric became active.

mod missing;
mod news;
mod whom;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use crate::app::App;
use crate::error::Failure;
use crate::ids::{GuildId, MetricId, PersonId, UserId};
use crate::jobs::outbox::{Draft, Place, Topic};
use crate::people::{self, Guild};
use crate::render::CustomId;
use crate::scorecard::rules::Cadence;
use crate::scorecard::store::metrics::{self, Metric};
use crate::scorecard::store::telling::{self, Closing};
use crate::time::Period;

pub use missing::{
    Disowned, MissingNumber, Reminding, Sought, Span, disown, missing_of, put_off, record_missing,
    reminding, set_reminding, to_record,
};
pub use news::{Told, news_of};
pub(super) use whom::may_see_figures;

/// How long a message about metrics is worth sending.
const KEEPS: TimeDelta = TimeDelta::days(7);

/// The kinds of messages that tell of metrics.
pub const TOPICS: &[Topic] = &[missing::TOPIC, news::TOPIC];

/// A metric whose period has closed.
struct Closed {
    metric: Metric,
    made_by: Option<PersonId>,
    period: Period,
    /// Whether it is the last that has closed; else it is the one before, of which somebody may still be
    /// told that its number is missing.
    is_latest: bool,
    closing: Closing,
}

/// Tells whom it concerns of what has closed, in all guilds.
///
/// # Errors
/// The database's own faults. What was written by then is told.
pub async fn step(app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
    let mut told = false;
    for guild in telling::list_guilds(app.db.read()).await? {
        told |= step_in(app, guild, now).await?;
    }
    if told {
        app.outbox.wake();
    }
    Ok(())
}

async fn step_in(app: &App, guild: GuildId, now: DateTime<Utc>) -> Result<bool, sqlx::Error> {
    let Some(guild) = people::find_guild(app.db.read(), guild).await? else {
        return Ok(false);
    };
    let mut db = app.db.read().acquire().await?;
    let closed = closed(&mut db, &guild, now).await?;
    drop(db);
    let missing = missing::remind(app, &guild, &closed, now).await?;
    let news = news::tell(app, &guild, &closed, now).await?;
    Ok(missing || news)
}

/// The last two closed periods of each metric that is watched, and how they stand.
async fn closed(
    db: &mut SqliteConnection,
    guild: &Guild,
    now: DateTime<Utc>,
) -> Result<Vec<Closed>, sqlx::Error> {
    let today = guild.zone.civil_date(now);
    let makers = telling::list_makers(&mut *db, guild.id).await?;
    let all = metrics::list_all(&mut *db, guild.id).await?;
    let mut found = Vec::new();
    let latest = |cadence: &Cadence| {
        let latest = cadence.latest_closed(today)?;
        Some([(latest, true), (latest.previous()?, false)].map(|of| (*cadence, of)))
    };
    let each = Cadence::ALL.iter().filter_map(latest).flatten();
    for (cadence, (period, is_latest)) in each {
        let is_watched = |metric: &&Metric| {
            let (made, definition) = (makers.get(&metric.id), &metric.definition);
            let was_there = made.is_some_and(|(_, at)| guild.zone.civil_date(*at) < period.end());
            was_there && definition.is_active && definition.cadence == cadence
        };
        let watched: HashMap<MetricId, &Metric> = all
            .iter()
            .filter(is_watched)
            .map(|metric| (metric.id, metric))
            .collect();
        if watched.is_empty() {
            continue;
        }
        let ids = watched.keys().copied();
        for closing in telling::list_closings(&mut *db, ids, &period).await? {
            let Some(metric) = watched.get(&closing.metric) else {
                continue;
            };
            found.push(Closed {
                made_by: makers.get(&metric.id).and_then(|(by, _)| *by),
                metric: (*metric).clone(),
                period,
                is_latest,
                closing,
            });
        }
    }
    found.sort_by(|one, other| one.metric.key.cmp(&other.metric.key));
    Ok(found)
}

/// The row of a message to somebody about what was written for them at the instant `batch`.
fn draft(
    guild: &Guild,
    topic: &'static str,
    (person, user): (PersonId, UserId),
    mark: &CustomId,
    (now, due): (DateTime<Utc>, DateTime<Utc>),
) -> Draft {
    let mark = mark.to_string();
    let draft = Draft::composed(guild.id, topic, person.0, Place::Dm(user), &*mark, now)
        .lane(format!("metrics:{person}"))
        .dedupe(format!("{person}:{mark}"))
        .due(due);
    draft.expires_after(KEEPS)
}

/// The instant that a mark names in its second place.
fn batch(mark: &CustomId) -> Option<DateTime<Utc>> {
    mark.get::<i64>(1).and_then(DateTime::from_timestamp_millis)
}
