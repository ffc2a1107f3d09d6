//! Taking readings from a file: looked at first, then recorded all at once or not at all.
//!
//! - What a file holds waits in the database for an hour, so that it outlives a restart; an answer
//!   takes it up in the transaction that records it, so that nothing is recorded twice.
//! - An answer judges the file anew: who may record, what is there, which day it is. If it would do
//!   something else than was shown, it is shown again instead.
//! - Figures that may be recorded and not be seen are taken without a word of what was there.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::TimeDelta;
use sqlx::SqliteConnection;

use super::who::{self, Asker, Viewer, begin};
use super::{Error, whose};
use crate::app::App;
use crate::db::WriteTx;
use crate::ids::{GuildId, ImportId, MetricId, PersonId};
use crate::people;
use crate::scorecard::rules::exchange::{
    self, Effect, Known, Line, Plan, Read, Step, There, Trouble,
};
use crate::scorecard::rules::lookup::key_of;
use crate::scorecard::rules::{Origin, Source};
use crate::scorecard::store::imports::{self, Stage};
use crate::scorecard::store::metrics::{self, Metric, Scope};
use crate::scorecard::store::readings::{self, NewReading};

/// How long a file waits for an answer.
pub const IMPORT_WAITS: TimeDelta = TimeDelta::hours(1);

/// How many readings of a file do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The first of their period.
    pub new: usize,
    /// In place of others.
    pub corrected: usize,
    /// There already.
    pub unchanged: usize,
    /// Of figures that may not be seen.
    pub unseen: usize,
}

impl Tally {
    fn add(&mut self, effect: &Effect) {
        let which = match effect {
            Effect::New => &mut self.new,
            Effect::Corrected(_) => &mut self.corrected,
            Effect::Unchanged => &mut self.unchanged,
            Effect::Unseen { .. } => &mut self.unseen,
        };
        *which += 1;
    }

    pub(super) fn of(plan: &Plan) -> Self {
        let mut tally = Self::default();
        plan.steps.iter().for_each(|step| tally.add(&step.effect));
        tally
    }
}

/// What a file does to one metric.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The metric.
    pub metric: Metric,
    /// Whose figures it is about; none for the whole guild's.
    pub whose: Option<String>,
    /// How many of its readings do what.
    pub tally: Tally,
    /// Those that take the place of others.
    pub corrections: Vec<Step>,
}

/// What a file does.
#[derive(Clone, Debug)]
pub struct Report {
    /// All of it.
    pub tally: Tally,
    /// By metric, in the order of their keys.
    pub touched: Vec<Touched>,
}

/// What became of a file that was sent.
#[derive(Clone, Debug)]
pub enum Looked {
    /// It waits for an answer.
    Waits(ImportId, Report),
    /// All of it is there already.
    Nothing(Report),
    /// It cannot be taken; by line.
    Wrong(Vec<Trouble>),
}

/// What became of a file that was answered.
#[derive(Clone, Debug)]
pub enum Confirmed {
    /// It was recorded.
    Done(Report),
    /// It would do something else by now: this.
    Changed(ImportId, Report),
    /// It can no longer be taken; by line.
    Wrong(Vec<Trouble>),
    /// It was recorded before, so many readings.
    Already(usize),
}

/// Looks at a file, and keeps it for an answer if it would change something.
///
/// # Errors
/// Faults.
pub async fn preview_import(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    read: Read,
) -> Result<Looked, Error> {
    let viewer = who::viewer(app, guild, asker.seen.user, asker.is_admin).await?;
    let lines = read.lines.clone();
    let mut db = app.db.read().begin().await?;
    let (plan, known) = plan(&mut db, &viewer, read).await?;
    drop(db);
    if !plan.troubles.is_empty() {
        return Ok(Looked::Wrong(plan.troubles));
    }
    let report = report(app, &viewer, &plan, known).await?;
    if !plan
        .steps
        .iter()
        .any(|step| step.effect != Effect::Unchanged)
    {
        return Ok(Looked::Nothing(report));
    }
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    let fingerprint = plan.fingerprint();
    let id = imports::insert(
        &mut tx,
        viewer.guild.id,
        person.id,
        &lines,
        fingerprint,
        app.now(),
    )
    .await?;
    tx.commit().await?;
    Ok(Looked::Waits(id, report))
}

/// Records what a file holds that was looked at, if that is still what was shown.
///
/// # Errors
/// [`Error::Said`] for a file that no longer waits, or is somebody else's; faults.
pub async fn confirm_import(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    id: ImportId,
) -> Result<Confirmed, Error> {
    let now = app.now();
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    let import = imports::find(&mut *tx, guild, id).await?.ok_or_else(gone)?;
    if import.person != person.id {
        return Err(not_yours());
    }
    let lines = match import.stage {
        Stage::Done(recorded) => return Ok(Confirmed::Already(recorded)),
        Stage::Waiting(_) if now - import.at >= IMPORT_WAITS => return Err(gone()),
        Stage::Waiting(lines) => lines,
    };
    let read = Read {
        lines,
        troubles: Vec::new(),
    };
    let (plan, known) = plan(&mut tx, &viewer, read).await?;
    if !plan.troubles.is_empty() {
        return Ok(Confirmed::Wrong(plan.troubles));
    }
    let is_as_shown = plan.fingerprint() == import.fingerprint;
    if is_as_shown {
        let recorded = write(&mut tx, &viewer, &plan, Origin::File, Some(person.id), app).await?;
        imports::set_done(&mut tx, id, recorded, now).await?;
    } else {
        imports::set_fingerprint(&mut tx, id, plan.fingerprint()).await?;
    }
    tx.commit().await?;
    let report = report(app, &viewer, &plan, known).await?;
    Ok(if is_as_shown {
        Confirmed::Done(report)
    } else {
        Confirmed::Changed(id, report)
    })
}

/// Lets go of a file that was looked at.
///
/// # Errors
/// [`Error::Said`] for a file that no longer waits, or is somebody else's; faults.
pub async fn leave_import(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    id: ImportId,
) -> Result<(), Error> {
    let (mut tx, _, person) = begin(app, guild, asker).await?;
    if !imports::delete(&mut tx, guild, id, person.id).await? {
        return Err(gone());
    }
    tx.commit().await?;
    Ok(())
}

fn gone() -> Error {
    Error::Said(
        "That file is no longer waiting: it waits for an hour, and a newer one takes its place. \
         Nothing was recorded by this; send it again with `/metric import`."
            .to_owned(),
    )
}

fn not_yours() -> Error {
    Error::Said(
        "That file was sent by somebody else. Send your own with `/metric import`.".to_owned(),
    )
}

/// What a file would do, by what `viewer` may; and the guild's metrics.
pub(super) async fn plan(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    read: Read,
) -> Result<(Plan, Vec<Metric>), Error> {
    let metrics = metrics::list_all(&mut *db, viewer.guild.id).await?;
    let known = known(db, viewer, &metrics, &read.lines).await?;
    let meant = exchange::meant(read, &known, viewer.today);
    let mut there = HashMap::new();
    if let Some((from, until)) = meant.stretch() {
        let asked = meant.metrics();
        for found in readings::list_in_force(db, asked, from, until, usize::MAX).await? {
            let reading = There {
                id: found.id,
                value: found.point.value,
                note: found.note,
            };
            there.insert((found.metric, found.point.period.key()), reading);
        }
    }
    Ok((meant.weighed(&there), metrics))
}

/// The metrics that a file of `viewer` may name: those they see or own, and for an admin all. A
/// retired one is known as such, unless it was a person's.
async fn known(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    metrics: &[Metric],
    lines: &[Line],
) -> Result<Vec<Known>, Error> {
    let named: HashSet<&str> = lines.iter().map(|line| line.metric.as_str()).collect();
    let named: HashSet<String> = named.into_iter().map(key_of).collect();
    let seen = metrics::list_seen(&mut *db, viewer.guild.id, viewer.eyes()).await?;
    let seen: HashSet<MetricId> = seen.into_iter().map(|metric| metric.id).collect();
    let mut known = Vec::new();
    for metric in metrics {
        let is_retired = metric.retired_at.is_some();
        let is_owner = viewer.person.is_some() && viewer.person == metric.owner;
        let is_seen = seen.contains(&metric.id);
        let may_be_named = if is_retired {
            !matches!(metric.scope, Scope::Member(_))
        } else {
            is_seen || is_owner || viewer.is_admin
        };
        if !may_be_named {
            continue;
        }
        let is_named =
            named.contains(&metric.key) || named.contains(&key_of(&metric.definition.name));
        known.push(Known {
            called: metric.called(),
            unit: metric.definition.unit,
            ceiling: metric.definition.ceiling,
            cadence: metric.definition.cadence,
            is_seen,
            may_record: is_named && who::may_record(db, viewer, metric).await?,
            is_measured: metric.source == Source::Bot,
            is_retired,
        });
    }
    Ok(known)
}

/// Writes the steps that change something, and into the audit trail that it was done; how many.
pub(super) async fn write(
    tx: &mut WriteTx,
    viewer: &Viewer,
    plan: &Plan,
    origin: Origin,
    by: Option<PersonId>,
    app: &App,
) -> Result<usize, Error> {
    let steps = plan.steps.iter().filter(|step| step.effect.writes());
    let new = steps.map(|step| NewReading {
        metric: step.metric,
        period: step.period,
        value: step.value,
        note: step.note.as_deref(),
        origin,
        by,
    });
    let now = app.now();
    readings::insert_all(tx, new, now).await?;
    // How many of them are new would tell of figures that an admin does not see.
    let taken = plan.count(|effect| *effect != Effect::Unchanged);
    if taken > 0 {
        let detail = taken.to_string();
        let guild = viewer.guild.id;
        people::audit(tx, guild, by, None, "readings imported", &detail, now).await?;
    }
    Ok(taken)
}

async fn report(
    app: &App,
    viewer: &Viewer,
    plan: &Plan,
    known: Vec<Metric>,
) -> Result<Report, Error> {
    let mut by_metric: BTreeMap<MetricId, (Tally, Vec<Step>)> = BTreeMap::new();
    for step in &plan.steps {
        let (tally, corrections) = by_metric.entry(step.metric).or_default();
        tally.add(&step.effect);
        if matches!(step.effect, Effect::Corrected(_)) {
            corrections.push(step.clone());
        }
    }
    let mut touched = Vec::new();
    let mut names: HashMap<Scope, Option<String>> = HashMap::new();
    for metric in known {
        let Some((tally, corrections)) = by_metric.remove(&metric.id) else {
            continue;
        };
        let whose = match names.get(&metric.scope) {
            Some(name) => name.clone(),
            None => {
                let name = whose(app, viewer, metric.scope).await?;
                names.insert(metric.scope, name.clone());
                name
            }
        };
        touched.push(Touched {
            metric,
            whose,
            tally,
            corrections,
        });
    }
    Ok(Report {
        tally: Tally::of(plan),
        touched,
    })
}
