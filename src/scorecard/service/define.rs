//! Defining metrics, changing what they mean, retiring them.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use super::who::{self, Asker, Viewer, Whose, begin, may_define, may_see};
use super::{Error, KEY_LENGTH, NAME_LENGTH, TEXT_LENGTH, keys};
use crate::app::App;
use crate::db::WriteTx;
use crate::ids::{GuildId, MetricId, PersonId};
use crate::people::{self, Seen};
use crate::scorecard::rules::{Better, Definition, Edges, Source, lookup};
use crate::scorecard::store::metrics::{self, Metric, NewMetric, Scope};
use crate::time::period;

/// A metric to be defined.
#[derive(Clone, Debug)]
pub struct New {
    /// Its key, as typed.
    pub key: String,
    /// Whose it is.
    pub whose: Whose,
    /// Who records it; nobody means whoever defines it.
    pub owner: Option<Seen>,
    /// Where its readings come from.
    pub source: Source,
    /// What it means. An empty name is made from the key.
    pub definition: Definition,
}

/// What is to be changed; `None` leaves a thing as it is.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The definition as it is to be. Callers start from the metric's and change what was asked.
    pub definition: Option<Definition>,
    /// The first day from which it holds, not after today; today if none is given.
    pub from: Option<NaiveDate>,
    /// Whose it is to be.
    pub whose: Option<Whose>,
    /// Who records it.
    pub owner: Option<Seen>,
    /// Working days before the owner is nudged.
    pub grace_days: Option<u32>,
}

/// Defines a metric, from today on. One that another team, or another person, has by that key already
/// becomes its kin with a key of its own.
///
/// # Errors
/// [`Error::NotDefiner`], [`Error::Key`], [`Error::Exists`], [`Error::Retired`], what
/// [`edit`] refuses a definition for, faults.
pub async fn define(app: &App, guild: GuildId, asker: &Asker, new: New) -> Result<Metric, Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    let now = app.now();
    let scope = who::scope(&mut tx, guild, &new.whose, now).await?;
    if !may_define(&mut tx, &viewer, scope).await? {
        return Err(Error::NotDefiner);
    }
    let wanted = lookup::key_of(&new.key);
    if wanted.is_empty() || wanted.chars().count() > KEY_LENGTH {
        return Err(Error::Key);
    }
    let (key, kin) = key_and_kin(&mut tx, guild, scope, wanted).await?;
    let mut definition = new.definition;
    if definition.name.trim().is_empty() {
        definition.name = lookup::name_of(&kin);
    }
    let definition = checked(&mut tx, guild, None, definition).await?;
    let owner = match &new.owner {
        Some(owner) => people::see(&mut tx, guild, owner, now).await?.id,
        None => person.id,
    };
    let row = NewMetric {
        guild,
        key: &key,
        kin: &kin,
        scope,
        owner: Some(owner),
        source: new.source,
        created_by: person.id,
    };
    let id = metrics::insert(&mut tx, &row, now).await?;
    metrics::insert_version(&mut tx, id, viewer.today, &definition, person.id, now).await?;
    let (about, action) = (about(scope), "metric defined");
    people::audit(&mut tx, guild, person.id, about, action, &key, now).await?;
    let metric = metrics::find(&mut *tx, guild, id).await?;
    tx.commit().await?;
    metric.ok_or(Error::Gone)
}

/// The key of a new metric and the name of its kin.
async fn key_and_kin(
    tx: &mut WriteTx,
    guild: GuildId,
    scope: Scope,
    wanted: String,
) -> Result<(String, String), Error> {
    let Some(known) = metrics::find_by_key(&mut **tx, guild, &wanted).await? else {
        return Ok((wanted.clone(), wanted));
    };
    let all = metrics::list_all(&mut **tx, guild).await?;
    let own = |metric: &&Metric| metric.scope == scope && metric.kin == known.kin;
    let both_are_apart = known.scope != Scope::Guild && scope != Scope::Guild;
    match all.iter().find(own) {
        None if both_are_apart => {}
        own => {
            let there = own.unwrap_or(&known);
            let key = there.key.clone();
            return Err(match there.retired_at {
                Some(_) => Error::Retired { key },
                None => Error::Exists { key },
            });
        }
    }
    let taken: HashSet<String> = all.into_iter().map(|metric| metric.key).collect();
    let suffix = keys::suffix(tx, guild, scope).await?;
    Ok((keys::free(&taken, &wanted, suffix.as_deref()), known.kin))
}

/// Changes a metric: what it means by another version from a day on, whose it is, its owner and its
/// grace at once. What was recorded before that day stays judged by the version of its time.
///
/// # Errors
/// [`Error::NoMetric`], [`Error::NotDefiner`], [`Error::NothingToChange`], [`Error::Text`],
/// [`Error::Weight`], [`Error::RangeBaseline`], [`Error::Unanswered`], [`Error::GuardCircle`],
/// [`Error::UnitStays`], [`Error::PersonStays`], [`Error::Exists`], [`Error::Future`], faults.
pub async fn edit(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    edit: Edit,
) -> Result<Metric, Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    let metric = super::metric::pick_to_record(&mut tx, &viewer, typed).await?;
    if !may_define(&mut tx, &viewer, metric.scope).await? {
        return Err(Error::NotDefiner);
    }
    let now = app.now();
    let mut changed = Vec::new();
    if let Some(definition) = edit.definition
        && (definition != metric.definition || edit.from.is_some())
    {
        let from = edit.from.unwrap_or(viewer.today);
        if from > viewer.today {
            return Err(Error::Future);
        }
        let is_other = definition.unit != metric.definition.unit;
        if is_other && metrics::has_figures(&mut *tx, metric.id).await? {
            return Err(Error::UnitStays { key: metric.key });
        }
        let definition = checked(&mut tx, guild, Some(metric.id), definition).await?;
        write_from(&mut tx, &metric, from, &definition, (person.id, now)).await?;
        changed.push(format!("from {from}"));
    }
    if let Some(whose) = &edit.whose {
        let scope = who::scope(&mut tx, guild, whose, now).await?;
        if scope != metric.scope {
            hand(&mut tx, &viewer, &metric, scope).await?;
            changed.push("whose it is".to_owned());
        }
    }
    let owner = match &edit.owner {
        Some(owner) => Some(people::see(&mut tx, guild, owner, now).await?.id),
        None => metric.owner,
    };
    let grace_days = edit.grace_days.unwrap_or(metric.grace_days).min(30);
    if (owner, grace_days) != (metric.owner, metric.grace_days) {
        metrics::set_owner(&mut tx, metric.id, owner, grace_days).await?;
        changed.push("owner or grace".to_owned());
    }
    if changed.is_empty() {
        return Err(Error::NothingToChange);
    }
    let detail = format!("{}: {}", metric.key, changed.join(", "));
    let (about, action) = (about(metric.scope), "metric edited");
    people::audit(&mut tx, guild, person.id, about, action, &detail, now).await?;
    let metric = metrics::find(&mut *tx, guild, metric.id).await?;
    tx.commit().await?;
    metric.ok_or(Error::Gone)
}

/// Writes what a metric means from a day on: also on the days of later versions, which would take its
/// place. The first version holds for what lies before all; if the day is before it, it is written
/// again at the beginning of time, so that it goes on to hold for that.
async fn write_from(
    tx: &mut WriteTx,
    metric: &Metric,
    from: NaiveDate,
    definition: &Definition,
    (by, now): (PersonId, DateTime<Utc>),
) -> Result<(), Error> {
    let versions = metrics::list_versions(&mut **tx, [metric.id]).await?;
    let beginning = NaiveDate::from_ymd_opt(*period::YEARS.start(), 1, 1).unwrap_or(from);
    if let Some(first) = versions.first()
        && beginning < from
        && from < first.from
    {
        let by = first.set_by.unwrap_or(by);
        metrics::insert_version(tx, metric.id, beginning, &first.definition, by, now).await?;
    }
    let later = versions.iter().map(|version| version.from);
    let days: BTreeSet<NaiveDate> = later
        .filter(|day| *day > from)
        .chain(std::iter::once(from))
        .collect();
    for day in days {
        metrics::insert_version(tx, metric.id, day, definition, by, now).await?;
    }
    Ok(())
}

/// Makes a metric a team's, a person's or the whole guild's. What is a person's stays that person's:
/// their figures are not for others.
async fn hand(
    tx: &mut WriteTx,
    viewer: &Viewer,
    metric: &Metric,
    scope: Scope,
) -> Result<(), Error> {
    if matches!(metric.scope, Scope::Member(_)) {
        return Err(Error::PersonStays);
    }
    if !may_define(tx, viewer, scope).await? {
        return Err(Error::NotDefiner);
    }
    let all = metrics::list_all(&mut **tx, metric.guild).await?;
    let twin = all
        .into_iter()
        .find(|other| other.scope == scope && other.kin == metric.kin);
    if let Some(twin) = twin {
        return Err(Error::Exists { key: twin.key });
    }
    Ok(metrics::set_scope(tx, metric.id, scope).await?)
}

/// The metric that somebody is about to retire.
///
/// # Errors
/// [`Error::NoMetric`], [`Error::NotDefiner`], faults.
pub async fn metric_to_retire(app: &App, viewer: &Viewer, typed: &str) -> Result<Metric, Error> {
    let metric = super::metric::find(app, viewer, typed).await?;
    let mut db = app.db.read().acquire().await?;
    if !may_define(&mut db, viewer, metric.scope).await? {
        return Err(Error::NotDefiner);
    }
    Ok(metric)
}

/// Retires a metric, or, with `back`, takes that back. What was measured stays.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotDefiner`], [`Error::NothingToChange`], faults.
pub async fn retire(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    id: MetricId,
    back: bool,
) -> Result<Metric, Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    let metric = metrics::find(&mut *tx, guild, id).await?;
    let metric = metric.ok_or(Error::Gone)?;
    if !may_define(&mut tx, &viewer, metric.scope).await? {
        let sees = may_see(&mut tx, &viewer, &metric).await?;
        return Err(if sees { Error::NotDefiner } else { Error::Gone });
    }
    if metric.retired_at.is_some() != back {
        return Err(Error::NothingToChange);
    }
    let now = app.now();
    let action = if back {
        metrics::return_retired(&mut tx, id).await?;
        "metric returned"
    } else {
        metrics::retire(&mut tx, id, person.id, now).await?;
        "metric retired"
    };
    let about = about(metric.scope);
    people::audit(&mut tx, guild, person.id, about, action, &metric.key, now).await?;
    tx.commit().await?;
    Ok(metric)
}

/// Whom the audit trail names beside the one who did it.
const fn about(scope: Scope) -> Option<PersonId> {
    match scope {
        Scope::Member(member) => Some(member),
        Scope::Guild | Scope::Team(_) => None,
    }
}

/// A definition as it may be kept: tidy, answered where it is active, without a circle of guards.
pub(super) async fn checked(
    tx: &mut WriteTx,
    guild: GuildId,
    of: Option<MetricId>,
    mut definition: Definition,
) -> Result<Definition, Error> {
    definition.name = definition
        .name
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let length = definition.name.chars().count();
    if length == 0 || length > NAME_LENGTH {
        return Err(Error::Text {
            what: "A name",
            most: NAME_LENGTH,
        });
    }
    for (what, text) in [
        ("The reason", &mut definition.why),
        ("The action", &mut definition.action),
        ("The side effect", &mut definition.may_drive),
    ] {
        *text = text
            .take()
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty());
        if text
            .as_ref()
            .is_some_and(|text| text.chars().count() > TEXT_LENGTH)
        {
            return Err(Error::Text {
                what,
                most: TEXT_LENGTH,
            });
        }
    }
    if definition.weight <= Decimal::ZERO || definition.weight > Decimal::ONE_HUNDRED {
        return Err(Error::Weight);
    }
    if definition.better == Better::Range && definition.edges == Edges::Baseline {
        return Err(Error::RangeBaseline);
    }
    if let Some(band) = definition.edges.band() {
        definition.better = band.better();
    }
    let missing = definition.missing();
    if definition.is_active && !missing.is_empty() {
        return Err(Error::Unanswered(missing));
    }
    let mut guard = definition.guard;
    let mut steps = 0;
    while let Some(id) = guard {
        steps += 1;
        if Some(id) == of || steps > 20 {
            return Err(Error::GuardCircle);
        }
        let found = metrics::find(&mut **tx, guild, id).await?;
        guard = found.ok_or(Error::Gone)?.definition.guard;
    }
    Ok(definition)
}
