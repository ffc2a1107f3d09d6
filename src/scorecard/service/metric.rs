//! Looking at one metric: judged in a period, its history, the list, and what an option offers.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, Months, NaiveDate};
use sqlx::SqliteConnection;

use super::Error;
use super::measured::add_live;
use super::who::{Viewer, may_see};
use crate::app::App;
use crate::ids::{GuildId, MetricId};
use crate::people::{self, Seen};
use crate::scorecard::rules::card::{Guarded, guarded};
use crate::scorecard::rules::history::{History as Record, Judged, Lens};
use crate::scorecard::rules::lookup::{self, Called};
use crate::scorecard::rules::period;
use crate::scorecard::store::metrics::{self, Metric};
use crate::scorecard::store::readings::{self, Place, Reading};
use crate::scorecard::store::targets;
use crate::time::Period;

/// How far back a judged answer looks: the same period a year before, and a spark of what was since.
const MONTHS: u32 = 27;

/// Notes that are shown of a metric.
const NOTES: u32 = 7;

/// Readings on a page of a history.
const PAGE: u32 = 10;

/// A metric as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The metric, as it is defined now.
    pub metric: Metric,
    /// It in the period.
    pub judged: Judged,
    /// Whether the period was chosen by the bot.
    pub by_default: bool,
    /// By which definition it is judged.
    pub lens: Lens,
    /// What is known of it over two years and a quarter, for the chart.
    pub history: Record,
    /// Its guard and that one's state, if it has one that the viewer may see.
    pub guard: Option<(Metric, Judged, Guarded)>,
    /// The readings of that time that something was said of, the latest first; at most seven.
    pub notes: Vec<Reading>,
}

/// The metrics that somebody sees, by key.
///
/// # Errors
/// Faults.
pub async fn list(app: &App, viewer: &Viewer) -> Result<Vec<Metric>, Error> {
    Ok(metrics::list_seen(app.db.read(), viewer.guild.id, viewer.eyes()).await?)
}

/// The metric that somebody means, among those they see.
///
/// # Errors
/// [`Error::NoMetric`], faults.
pub async fn find(app: &App, viewer: &Viewer, typed: &str) -> Result<Metric, Error> {
    pick(list(app, viewer).await?, typed)
}

/// A metric that a button names, if they see it.
///
/// # Errors
/// [`Error::Gone`], faults.
pub async fn find_by_id(app: &App, viewer: &Viewer, id: MetricId) -> Result<Metric, Error> {
    let known = list(app, viewer).await?;
    let found = known.into_iter().find(|metric| metric.id == id);
    found.ok_or(Error::Gone)
}

pub(super) fn pick(known: Vec<Metric>, typed: &str) -> Result<Metric, Error> {
    let called: Vec<Called> = known.iter().map(Metric::called).collect();
    let id = lookup::pick(&called, typed)?.id;
    let found = known.into_iter().find(|metric| metric.id == id);
    found.ok_or(Error::Gone)
}

/// The metric that somebody means to record: among those they see and own, and for an admin among
/// all.
pub(super) async fn pick_to_record(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    typed: &str,
) -> Result<Metric, Error> {
    let mut known = metrics::list_all(&mut *db, viewer.guild.id).await?;
    known.retain(|metric| metric.retired_at.is_none());
    let seen = metrics::list_seen(db, viewer.guild.id, viewer.eyes()).await?;
    known.retain(|metric| {
        let is_owner = viewer.person.is_some() && metric.owner == viewer.person;
        viewer.is_admin || is_owner || seen.iter().any(|seen| seen.id == metric.id)
    });
    pick(known, typed)
}

/// What an option offers for what was typed so far, the likeliest first. Where several metrics have
/// one name, the name says whose each is.
///
/// # Errors
/// Faults.
pub async fn suggest(app: &App, viewer: &Viewer, typed: &str) -> Result<Vec<Called>, Error> {
    let known = list(app, viewer).await?;
    let mut called: Vec<Called> = known.iter().map(Metric::called).collect();
    let mut named: HashMap<&str, usize> = HashMap::new();
    for metric in &known {
        *named.entry(&metric.definition.name).or_default() += 1;
    }
    for (metric, called) in known.iter().zip(&mut called) {
        if named
            .get(called.name.as_str())
            .is_some_and(|count| *count > 1)
            && let Some(whose) = super::whose(app, viewer, metric.scope).await?
        {
            called.name = format!("{} · {whose}", called.name);
        }
    }
    let recent = match viewer.person {
        Some(person) => metrics::list_asked(app.db.read(), person).await?,
        None => Vec::new(),
    };
    Ok(lookup::ranked(&called, typed, &recent)
        .into_iter()
        .cloned()
        .collect())
}

/// The metric that somebody means, judged in a period as typed, else the default one.
///
/// # Errors
/// [`Error::NoMetric`], [`Error::Period`], [`Error::Unfit`], faults.
pub async fn metric(
    app: &App,
    viewer: &Viewer,
    typed: &str,
    period: Option<&str>,
    lens: Lens,
) -> Result<Shown, Error> {
    let metric = find(app, viewer, typed).await?;
    judged_in(app, viewer, metric, period, lens).await
}

/// A metric that was found for the viewer, judged.
pub(super) async fn judged_in(
    app: &App,
    viewer: &Viewer,
    metric: Metric,
    period: Option<&str>,
    lens: Lens,
) -> Result<Shown, Error> {
    let mut db = app.db.read().acquire().await?;
    let asked = period_of(&mut db, viewer, &metric, period).await?;
    let by_default = period.is_none_or(|typed| typed.trim().is_empty());
    let mut known = histories(&mut db, &[metric.id], asked.end()).await?;
    let (own, now) = (std::slice::from_ref(&metric), app.now());
    add_live(&mut db, app.measures, &viewer.guild, own, &mut known, now).await?;
    let history = known.remove(&metric.id).ok_or(Error::Gone)?;
    let judged = history.judged(asked, viewer.today, by_default, lens);
    let (from, until) = reach(asked.end());
    let notes = readings::list_noted(&mut *db, metric.id, from, until, NOTES).await?;
    let guard = match metric.definition.guard {
        Some(id) => guard(&mut db, viewer, id, &judged, lens).await?,
        None => None,
    };
    Ok(Shown {
        metric,
        judged,
        by_default,
        lens,
        history,
        guard,
        notes,
    })
}

async fn guard(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    id: MetricId,
    own: &Judged,
    lens: Lens,
) -> Result<Option<(Metric, Judged, Guarded)>, Error> {
    let Some(guard) = metrics::find(&mut *db, viewer.guild.id, id).await? else {
        return Ok(None);
    };
    if guard.retired_at.is_some() || !may_see(&mut *db, viewer, &guard).await? {
        return Ok(None);
    }
    // The guard may be measured in another cadence: what counts is the day.
    let day = own.period.last_day().min(viewer.today);
    let Some(period) = guard.definition.cadence.holding(day) else {
        return Ok(None);
    };
    let Some(history) = one_history(db, &guard, period).await? else {
        return Ok(None);
    };
    let judged = history.judged(period, viewer.today, true, lens);
    let doubt = guarded(own.verdict.colour, judged.verdict.colour);
    Ok(Some((guard, judged, doubt)))
}

/// Remembers that somebody asked for a metric, so that it is offered first the next time.
///
/// # Errors
/// Faults.
pub async fn remember(
    app: &App,
    guild: GuildId,
    seen: &Seen,
    metric: MetricId,
) -> Result<(), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let person = people::see(&mut tx, guild.id, seen, now).await?;
    metrics::insert_asked(&mut tx, person.id, metric, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The period that somebody means, one of the metric's and not in the future.
pub(super) async fn period_of(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    metric: &Metric,
    typed: Option<&str>,
) -> Result<Period, Error> {
    let cadence = metric.definition.cadence;
    if let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        let period = Period::parse(typed, viewer.today)?;
        return Ok(period::fitted(cadence, period, viewer.today)?);
    }
    let has_reading = match cadence.latest_closed(viewer.today) {
        Some(closed) => readings::find_in_force(db, metric.id, &closed)
            .await?
            .is_some(),
        None => false,
    };
    let asked = period::by_default(cadence, viewer.today, metric.grace_days, |_| has_reading);
    asked.ok_or(Error::Gone)
}

/// What is known of a metric as far as a period needs it.
pub(super) async fn one_history(
    db: &mut SqliteConnection,
    metric: &Metric,
    period: Period,
) -> Result<Option<Record>, sqlx::Error> {
    let mut all = histories(db, &[metric.id], period.end()).await?;
    Ok(all.remove(&metric.id))
}

/// What is known of metrics that were found within the guild, up to the day `until` and as far back
/// as two years and a quarter before: in four queries, however many there are.
pub(super) async fn histories(
    db: &mut SqliteConnection,
    ids: &[MetricId],
    until: NaiveDate,
) -> Result<BTreeMap<MetricId, Record>, sqlx::Error> {
    let (from, until) = reach(until);
    let each = || ids.iter().copied();
    let mut versions: BTreeMap<MetricId, Vec<_>> = BTreeMap::new();
    for version in metrics::list_versions(&mut *db, each()).await? {
        let of = versions.entry(version.metric).or_default();
        of.push((version.from, version.definition));
    }
    let mut points: BTreeMap<MetricId, Vec<_>> = BTreeMap::new();
    for (metric, point) in readings::list_points(&mut *db, each(), from, until).await? {
        points.entry(metric).or_default().push(point);
    }
    let mut beginnings: BTreeMap<MetricId, Vec<_>> = BTreeMap::new();
    for (metric, point) in readings::list_beginnings(&mut *db, each()).await? {
        beginnings.entry(metric).or_default().push(point);
    }
    let mut aims: BTreeMap<MetricId, BTreeMap<String, _>> = BTreeMap::new();
    for (metric, period, value) in targets::list_targets(db, each(), from, until).await? {
        aims.entry(metric).or_default().insert(period.key(), value);
    }
    Ok(versions
        .into_iter()
        .filter_map(|(metric, versions)| {
            let history = Record::new(versions)?
                .with_points(points.remove(&metric).unwrap_or_default())
                .with_beginning(beginnings.remove(&metric).unwrap_or_default())
                .with_targets(aims.remove(&metric).unwrap_or_default());
            Some((metric, history))
        })
        .collect())
}

/// The days on which a period has to begin, `[from, until)`, to be known of on the day `until`.
fn reach(until: NaiveDate) -> (NaiveDate, NaiveDate) {
    let from = until
        .checked_sub_months(Months::new(MONTHS))
        .unwrap_or(until);
    // Periods that begin on the last day before `until` count.
    (from, until.checked_add_days(Days::new(1)).unwrap_or(until))
}

pub(super) fn fresh(history: &Record, period: Period, today: NaiveDate) -> Judged {
    history.judged(period, today, false, Lens::OfItsTime)
}

/// Where a page of a history begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// With the newest.
    Newest,
    /// After this one.
    Older(Place),
    /// So that it ends before this one.
    Newer(Place),
}

/// A page of a metric's readings.
#[derive(Clone, Debug)]
pub struct History {
    /// The metric.
    pub metric: Metric,
    /// Newest period first; of a period the one in force, then those that it corrected.
    pub readings: Vec<Reading>,
    /// Before which there are newer ones, if there are any.
    pub newer: Option<Place>,
    /// After which there are older ones, if there are any.
    pub older: Option<Place>,
}

/// A page of the readings of a metric that was found for the viewer.
///
/// # Errors
/// Faults.
pub async fn history(app: &App, metric: Metric, turn: Turn) -> Result<History, Error> {
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let db = app.db.read();
    let (mut found, is_back) = match turn {
        Turn::Newest => (
            readings::list_older(db, metric.id, None, PAGE + 1).await?,
            false,
        ),
        Turn::Older(place) => {
            let after = Some(place);
            (
                readings::list_older(db, metric.id, after, PAGE + 1).await?,
                false,
            )
        }
        Turn::Newer(place) => (
            readings::list_newer(db, metric.id, place, PAGE + 1).await?,
            true,
        ),
    };
    let more = found.len() > most;
    found.truncate(most);
    if is_back {
        found.reverse();
    }
    let first = found.first().map(Reading::place);
    let last = found.last().map(Reading::place);
    Ok(History {
        metric,
        newer: first.filter(|_| if is_back { more } else { turn != Turn::Newest }),
        older: last.filter(|_| is_back || more),
        readings: found,
    })
}
