//! Adopting a set of metrics: first seen, then applied.
//!
//! What is there already is told by scope and kin: the guild, and each team, can have the same set
//! once, and the same metrics of several teams are kin, which is what compares them.

use std::collections::{HashMap, HashSet};

use super::Error;
use super::sets::find_set;
use super::who::{Asker, Viewer, begin, may_define};
use crate::app::App;
use crate::ids::{GuildId, MetricId};
use crate::people;
use crate::scorecard::rules::lookup;
use crate::scorecard::rules::template::{Entry, Known, Step, plan};
use crate::scorecard::store::metrics::{self, Metric, NewMetric, Scope};

/// What applying a set would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The set's name.
    pub name: String,
    /// Whether the guild saved it.
    pub is_own: bool,
    /// What becomes of each of its metrics, in its order.
    pub steps: Vec<Step>,
}

/// What applying a set did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The keys that were added.
    pub added: Vec<String>,
    /// How many were there already; they are as they were, also where the set has them otherwise.
    pub there: usize,
}

/// What applying a set would do. Amounts of money get `currency`.
///
/// # Errors
/// [`Error::NoTemplate`], [`Error::NotDefiner`], faults.
pub async fn preview(
    app: &App,
    viewer: &Viewer,
    name: &str,
    scope: Scope,
    currency: [u8; 3],
) -> Result<Preview, Error> {
    let mut db = app.db.read().acquire().await?;
    let (set, is_own) = find_set(&mut db, viewer.guild.id, name, currency).await?;
    if !may_define(&mut db, viewer, scope).await? {
        return Err(Error::NotDefiner);
    }
    let known = metrics::list_all(&mut *db, viewer.guild.id).await?;
    Ok(Preview {
        name: lookup::key_of(name),
        is_own,
        steps: plan(&set, &as_known(&known, scope)),
    })
}

/// Applies a set: adds what is not there, and changes nothing that is.
///
/// # Errors
/// [`Error::NoTemplate`], [`Error::NotDefiner`], faults.
pub async fn apply(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    name: &str,
    scope: Scope,
    currency: [u8; 3],
) -> Result<Applied, Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    let (set, _) = find_set(&mut tx, guild, name, currency).await?;
    if !may_define(&mut tx, &viewer, scope).await? {
        return Err(Error::NotDefiner);
    }
    let known = metrics::list_all(&mut *tx, guild).await?;
    let suffix = super::keys::suffix(&mut tx, guild, scope).await?;
    let mut taken: HashSet<String> = known.iter().map(|metric| metric.key.clone()).collect();
    let mut ids: HashMap<String, MetricId> = known
        .iter()
        .filter(|metric| metric.scope == scope)
        .map(|metric| (metric.kin.clone(), metric.id))
        .collect();
    let now = app.now();
    let mut new: Vec<(Entry, String)> = Vec::new();
    for step in plan(&set, &as_known(&known, scope)) {
        let Step::New(entry) = step else { continue };
        let key = super::keys::free(&taken, &entry.key, suffix.as_deref());
        let row = NewMetric {
            guild,
            key: &key,
            kin: &entry.key,
            scope,
            owner: Some(person.id),
            source: entry.source,
            created_by: person.id,
        };
        let id = metrics::insert(&mut tx, &row, now).await?;
        ids.insert(entry.key.clone(), id);
        taken.insert(key.clone());
        new.push((entry, key));
    }
    // Guards name metrics that may come later in the set.
    for (entry, _) in &new {
        let Some(id) = ids.get(&entry.key) else {
            continue;
        };
        let mut definition = entry.definition.clone();
        definition.guard = entry.guard.as_ref().and_then(|key| ids.get(key)).copied();
        metrics::insert_version(&mut tx, *id, viewer.today, &definition, person.id, now).await?;
    }
    if !new.is_empty() {
        let detail = format!("{}: {} metrics", lookup::key_of(name), new.len());
        let action = "template applied";
        people::audit(&mut tx, guild, person.id, None, action, &detail, now).await?;
    }
    tx.commit().await?;
    Ok(Applied {
        there: set.len() - new.len(),
        added: new.into_iter().map(|(_, key)| key).collect(),
    })
}

/// The metrics of a scope as a set names them: by kin.
pub(super) fn as_known(metrics: &[Metric], scope: Scope) -> Vec<Known> {
    let kin: HashMap<MetricId, &str> = metrics
        .iter()
        .map(|metric| (metric.id, metric.kin.as_str()))
        .collect();
    metrics
        .iter()
        .filter(|metric| metric.scope == scope)
        .map(|metric| {
            let guard = metric.definition.guard.and_then(|guard| kin.get(&guard));
            let mut definition = metric.definition.clone();
            definition.guard = None;
            Known {
                is_retired: metric.retired_at.is_some(),
                entry: Entry {
                    key: metric.kin.clone(),
                    source: metric.source,
                    guard: guard.map(|key| (*key).to_owned()),
                    definition,
                },
            }
        })
        .collect()
}
