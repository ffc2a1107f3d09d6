//! Adopting a set of metrics: first seen, then applied; and a guild's own set as a file.

use std::collections::HashMap;

use super::who::{Asker, Viewer, begin, may_define};
use super::{Error, KEY_LENGTH};
use crate::app::App;
use crate::ids::{GuildId, MetricId};
use crate::people;
use crate::scorecard::rules::lookup;
use crate::scorecard::rules::template::{self, Entry, Known, Step, builtin, names, plan};
use crate::scorecard::store::metrics::{self, Metric, NewMetric, Scope};

/// What applying a set would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The set's name.
    pub name: String,
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

/// What applying a built-in set would do. Amounts of money get `currency`.
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
    let set = set(name, currency)?;
    let mut db = app.db.read().acquire().await?;
    if !may_define(&mut db, viewer, scope).await? {
        return Err(Error::NotDefiner);
    }
    let known = metrics::list_all(&mut *db, viewer.guild.id).await?;
    Ok(Preview {
        name: name.trim().to_lowercase(),
        steps: plan(&set, &as_known(&known)),
    })
}

/// Applies a built-in set: adds what is not there, and changes nothing that is.
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
    let set = set(name, currency)?;
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    if !may_define(&mut tx, &viewer, scope).await? {
        return Err(Error::NotDefiner);
    }
    let known = metrics::list_all(&mut *tx, guild).await?;
    let mut ids: HashMap<String, MetricId> = known
        .iter()
        .map(|metric| (metric.key.clone(), metric.id))
        .collect();
    let now = app.now();
    let mut new: Vec<Entry> = Vec::new();
    for step in plan(&set, &as_known(&known)) {
        let Step::New(entry) = step else { continue };
        let row = NewMetric {
            guild,
            key: &entry.key,
            kin: &entry.key,
            scope,
            owner: Some(person.id),
            source: entry.source,
            created_by: person.id,
        };
        let id = metrics::insert(&mut tx, &row, now).await?;
        ids.insert(entry.key.clone(), id);
        new.push(entry);
    }
    // Guards name metrics that may come later in the set.
    for entry in &new {
        let Some(id) = ids.get(&entry.key) else {
            continue;
        };
        let mut definition = entry.definition.clone();
        definition.guard = entry.guard.as_ref().and_then(|key| ids.get(key)).copied();
        metrics::insert_version(&mut tx, *id, viewer.today, &definition, person.id, now).await?;
    }
    if !new.is_empty() {
        let detail = format!("{}: {} metrics", name.trim().to_lowercase(), new.len());
        let action = "template applied";
        people::audit(&mut tx, guild, person.id, None, action, &detail, now).await?;
    }
    tx.commit().await?;
    Ok(Applied {
        there: set.len() - new.len(),
        added: new.into_iter().map(|entry| entry.key).collect(),
    })
}

/// The metrics of a scope that somebody sees, as a file that can be applied elsewhere.
///
/// # Errors
/// Faults.
pub async fn own_set(app: &App, viewer: &Viewer, scope: Scope) -> Result<String, Error> {
    let mut known = super::metric::list(app, viewer).await?;
    known.retain(|metric| metric.scope == scope && metric.key.chars().count() <= KEY_LENGTH);
    let mut set: Vec<Entry> = as_known(&known)
        .into_iter()
        .map(|known| known.entry)
        .collect();
    let keys: Vec<String> = set.iter().map(|entry| entry.key.clone()).collect();
    for entry in &mut set {
        // A guard outside the set cannot go with it.
        entry.guard = entry.guard.take().filter(|guard| keys.contains(guard));
    }
    Ok(template::write(&set))
}

fn set(name: &str, currency: [u8; 3]) -> Result<Vec<Entry>, Error> {
    let found = builtin(&lookup::key_of(name), currency);
    found.ok_or_else(|| Error::NoTemplate { known: names() })
}

fn as_known(metrics: &[Metric]) -> Vec<Known> {
    let keys: HashMap<MetricId, &str> = metrics
        .iter()
        .map(|metric| (metric.id, metric.key.as_str()))
        .collect();
    metrics
        .iter()
        .map(|metric| {
            let guard = metric.definition.guard.and_then(|guard| keys.get(&guard));
            let mut definition = metric.definition.clone();
            definition.guard = None;
            Known {
                is_retired: metric.retired_at.is_some(),
                entry: Entry {
                    key: metric.key.clone(),
                    source: metric.source,
                    guard: guard.map(|key| (*key).to_owned()),
                    definition,
                },
            }
        })
        .collect()
}
