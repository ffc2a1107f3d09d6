//! The list of metrics, each with its state, and what those whose figures they are are called.

use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;

use super::Error;
use super::measured::add_live;
use super::metric::{histories, list};
use super::who::Viewer;
use crate::app::App;
use crate::ids::{MetricId, PersonId, TeamId};
use crate::people::{self, Team};
use crate::scorecard::rules::history::{Judged, Lens};
use crate::scorecard::rules::{Perspective, period};
use crate::scorecard::store::metrics::{Metric, Scope};

/// Metrics on a page of the list.
const PAGE: usize = 14;

/// A metric of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The metric.
    pub metric: Metric,
    /// It in its default period, or what stands in for that; none if nothing is known of it.
    pub judged: Option<Judged>,
    /// Whose figures they are; none for the whole guild's.
    pub whose: Option<String>,
}

/// A page of the list: the first ones hold the active metrics by perspective, the others the rest.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The metrics of the page, by perspective, then by key. All of them are active, or none is.
    pub entries: Vec<Entry>,
    /// How many are active in all.
    pub active: usize,
    /// How many are not.
    pub inactive: usize,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// The team that is meant by what was typed.
///
/// # Errors
/// [`Error::NoTeam`], faults.
pub async fn team(app: &App, viewer: &Viewer, typed: &str) -> Result<Team, Error> {
    let known = people::list_teams(app.db.read(), viewer.guild.id).await?;
    Ok(people::pick_team(known, typed)?)
}

/// A page of the metrics that somebody sees; only those of a perspective, or of a team, if one is
/// given.
///
/// # Errors
/// [`Error::NoMetrics`], [`Error::Said`] when none is left, faults.
pub async fn listed(
    app: &App,
    viewer: &Viewer,
    perspective: Option<Perspective>,
    team: Option<TeamId>,
    page: usize,
) -> Result<Listed, Error> {
    let mut known = list(app, viewer).await?;
    if known.is_empty() {
        return Err(Error::NoMetrics(None));
    }
    known.retain(|metric| {
        perspective.is_none_or(|only| metric.definition.perspective == only)
            && team.is_none_or(|only| metric.scope == Scope::Team(only))
    });
    if known.is_empty() {
        return Err(Error::Said(
            "No metric fits that. Leave `perspective` and `team` out to see them all.".to_owned(),
        ));
    }
    known.sort_by_key(|metric| metric.definition.perspective);
    let (active, inactive): (Vec<Metric>, Vec<Metric>) = known
        .into_iter()
        .partition(|metric| metric.definition.is_active);
    let chunks: Vec<&[Metric]> = active.chunks(PAGE).chain(inactive.chunks(PAGE)).collect();
    let page = page.clamp(1, chunks.len().max(1));
    let shown = chunks.get(page - 1).copied().unwrap_or_default();
    Ok(Listed {
        entries: entries(app, viewer, shown).await?,
        active: active.len(),
        inactive: inactive.len(),
        page,
        pages: chunks.len(),
    })
}

async fn entries(app: &App, viewer: &Viewer, shown: &[Metric]) -> Result<Vec<Entry>, Error> {
    let ids: Vec<MetricId> = shown.iter().map(|metric| metric.id).collect();
    let mut db = app.db.read().acquire().await?;
    let mut known = histories(&mut db, &ids, viewer.today).await?;
    let (guild, now) = (&viewer.guild, app.now());
    add_live(&mut db, app.measures, guild, shown, &mut known, now).await?;
    drop(db);
    let mut called: HashMap<Scope, Option<String>> = HashMap::new();
    let mut entries = Vec::new();
    for metric in shown {
        let whose = match called.entry(metric.scope) {
            MapEntry::Occupied(known) => known.get().clone(),
            MapEntry::Vacant(unknown) => {
                let name = whose(app, viewer, metric.scope).await?;
                unknown.insert(name).clone()
            }
        };
        let judged = known.get(&metric.id).and_then(|history| {
            let cadence = metric.definition.cadence;
            let asked = period::by_default(cadence, viewer.today, metric.grace_days, |closed| {
                history.point(closed).is_some()
            });
            Some(history.judged(asked?, viewer.today, true, Lens::OfItsTime))
        });
        entries.push(Entry {
            judged,
            whose,
            metric: metric.clone(),
        });
    }
    Ok(entries)
}

/// What those whose figures these are are called; none for the whole guild.
///
/// # Errors
/// Faults.
pub async fn whose(app: &App, viewer: &Viewer, scope: Scope) -> Result<Option<String>, Error> {
    match scope {
        Scope::Guild => Ok(None),
        Scope::Team(team) => {
            let found = people::team_by_id(app.db.read(), viewer.guild.id, team).await?;
            Ok(found.map(|team| team.name))
        }
        Scope::Member(person) => name_of(app, viewer, person).await,
    }
}

/// The name of a person of the guild as last seen; none once the person was erased.
///
/// # Errors
/// Faults.
pub async fn name_of(
    app: &App,
    viewer: &Viewer,
    person: PersonId,
) -> Result<Option<String>, Error> {
    let found = people::person_by_id(app.db.read(), viewer.guild.id, person).await?;
    Ok(found.and_then(|person| person.name))
}
