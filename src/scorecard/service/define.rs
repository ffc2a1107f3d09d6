//! Defining metrics, changing what they mean, retiring them.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::who::{Asker, begin, may_define, may_see};
use super::{Error, KEY_LENGTH, NAME_LENGTH, TEXT_LENGTH};
use crate::app::App;
use crate::db::WriteTx;
use crate::ids::{GuildId, MetricId, PersonId};
use crate::people;
use crate::scorecard::rules::{Better, Definition, Edges, Source, lookup};
use crate::scorecard::store::metrics::{self, Metric, NewMetric, Scope};

/// A metric to be defined.
#[derive(Clone, Debug)]
pub struct New {
    /// Its key, as typed.
    pub key: String,
    /// Whose it is.
    pub scope: Scope,
    /// Who records it; nobody means whoever defines it.
    pub owner: Option<PersonId>,
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
    /// The first day from which it holds; today if none is given.
    pub from: Option<NaiveDate>,
    /// Who records it.
    pub owner: Option<PersonId>,
    /// Working days before the owner is nudged.
    pub grace_days: Option<u32>,
}

/// Defines a metric, from today on.
///
/// # Errors
/// [`Error::NotDefiner`], [`Error::Key`], [`Error::Exists`], [`Error::Retired`], what
/// [`edit`] refuses a definition for, faults.
pub async fn define(app: &App, guild: GuildId, asker: &Asker, new: New) -> Result<Metric, Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    if !may_define(&mut tx, &viewer, new.scope).await? {
        return Err(Error::NotDefiner);
    }
    let key = lookup::key_of(&new.key);
    if key.is_empty() || key.chars().count() > KEY_LENGTH {
        return Err(Error::Key);
    }
    match metrics::find_by_key(&mut *tx, guild, &key).await? {
        Some(known) if known.retired_at.is_some() => return Err(Error::Retired { key }),
        Some(_) => return Err(Error::Exists { key }),
        None => {}
    }
    let mut definition = new.definition;
    if definition.name.trim().is_empty() {
        definition.name = lookup::name_of(&key);
    }
    let definition = checked(&mut tx, guild, None, definition).await?;
    let now = app.now();
    let row = NewMetric {
        guild,
        key: &key,
        kin: &key,
        scope: new.scope,
        owner: Some(new.owner.unwrap_or(person.id)),
        source: new.source,
        created_by: person.id,
    };
    let id = metrics::insert(&mut tx, &row, now).await?;
    metrics::insert_version(&mut tx, id, viewer.today, &definition, person.id, now).await?;
    let about = about(new.scope);
    people::audit(
        &mut tx,
        guild,
        person.id,
        about,
        "metric defined",
        &key,
        now,
    )
    .await?;
    let metric = metrics::find(&mut *tx, guild, id).await?;
    tx.commit().await?;
    metric.ok_or(Error::Gone)
}

/// Changes a metric: its definition by another version from a day on, its owner and grace at once.
/// What was recorded stays judged by the version of its time.
///
/// # Errors
/// [`Error::NoMetric`], [`Error::NotDefiner`], [`Error::NothingToChange`], [`Error::Text`],
/// [`Error::Weight`], [`Error::RangeBaseline`], [`Error::Unanswered`], [`Error::GuardCircle`],
/// faults.
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
        && definition != metric.definition
    {
        let definition = checked(&mut tx, guild, Some(metric.id), definition).await?;
        let from = edit.from.unwrap_or(viewer.today);
        metrics::insert_version(&mut tx, metric.id, from, &definition, person.id, now).await?;
        changed.push(format!("from {from}"));
    }
    let owner = edit.owner.or(metric.owner);
    let grace_days = edit.grace_days.unwrap_or(metric.grace_days).min(30);
    if (owner, grace_days) != (metric.owner, metric.grace_days) {
        metrics::set_owner(&mut tx, metric.id, owner, grace_days).await?;
        changed.push("owner or grace".to_owned());
    }
    if changed.is_empty() {
        return Err(Error::NothingToChange);
    }
    let detail = format!("{}: {}", metric.key, changed.join(", "));
    let about = about(metric.scope);
    people::audit(
        &mut tx,
        guild,
        person.id,
        about,
        "metric edited",
        &detail,
        now,
    )
    .await?;
    let metric = metrics::find(&mut *tx, guild, metric.id).await?;
    tx.commit().await?;
    metric.ok_or(Error::Gone)
}

/// The metric that somebody is about to retire.
///
/// # Errors
/// [`Error::NoMetric`], [`Error::NotDefiner`], faults.
pub async fn metric_to_retire(
    app: &App,
    viewer: &super::Viewer,
    typed: &str,
) -> Result<Metric, Error> {
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
