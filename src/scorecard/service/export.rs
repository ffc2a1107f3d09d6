//! Readings as a file, as far as whoever asks may see them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::metric::{list, pick};
use super::who::Viewer;
use super::{Error, whose};
use crate::app::App;
use crate::ids::TeamId;
use crate::scorecard::rules::exchange::{self, BYTES, Form, ROWS, Row};
use crate::scorecard::store::metrics::{Metric, Scope};
use crate::scorecard::store::readings;
use crate::time::Period;

/// Which readings are wanted; all of them if nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Those of this metric, as typed.
    pub name: Option<&'a str>,
    /// Those of this team.
    pub team: Option<TeamId>,
    /// Those of periods that begin in this one, as typed.
    pub period: Option<&'a str>,
}

/// A file of readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// How many readings.
    pub readings: usize,
    /// Of how many metrics.
    pub metrics: usize,
    /// The day on which it was made, where the guild is.
    pub day: NaiveDate,
}

/// The readings in force that somebody sees, by metric, oldest first. Retired metrics are left out.
///
/// # Errors
/// [`Error::NoMetrics`], [`Error::NoMetric`], [`Error::Period`], [`Error::Said`] for none and for
/// more than a file holds, faults.
pub async fn export(
    app: &App,
    viewer: &Viewer,
    form: Form,
    wanted: Wanted<'_>,
) -> Result<Exported, Error> {
    let metrics = chosen(app, viewer, wanted).await?;
    let (from, until) = match wanted
        .period
        .map(str::trim)
        .filter(|typed| !typed.is_empty())
    {
        Some(typed) => {
            let period = Period::parse(typed, viewer.today)?;
            (period.start(), period.end())
        }
        None => (NaiveDate::MIN, NaiveDate::MAX),
    };
    // Days are compared as text, which holds for years of four digits.
    let bound = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let (from, until) = (from.max(bound(1)), until.min(bound(9999)));
    let rows = rows(app, viewer, &metrics, from, until).await?;
    let mut keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    keys.dedup();
    let (readings, metrics) = (rows.len(), keys.len());
    let bytes = match form {
        Form::Csv => exchange::csv(&rows).map_err(|fault| sqlx::Error::Encode(fault.into()))?,
        Form::Json => exchange::json(&rows, &viewer.guild.name, app.now())
            .map_err(|fault| sqlx::Error::Encode(fault.into()))?,
    };
    if bytes.len() > BYTES {
        return Err(too_many());
    }
    Ok(Exported {
        bytes,
        readings,
        metrics,
        day: viewer.today,
    })
}

async fn chosen(app: &App, viewer: &Viewer, wanted: Wanted<'_>) -> Result<Vec<Metric>, Error> {
    let mut known = list(app, viewer).await?;
    if known.is_empty() {
        return Err(Error::NoMetrics(None));
    }
    if let Some(only) = wanted.team {
        known.retain(|metric| metric.scope == Scope::Team(only));
    }
    match wanted.name.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) => Ok(vec![pick(known, typed)?]),
        None => Ok(known),
    }
}

async fn rows(
    app: &App,
    viewer: &Viewer,
    metrics: &[Metric],
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Row>, Error> {
    let ids = metrics.iter().map(|metric| metric.id);
    let found = readings::list_in_force(app.db.read(), ids, from, until, ROWS + 1).await?;
    if found.len() > ROWS {
        return Err(too_many());
    }
    if found.is_empty() {
        return Err(Error::Said(
            "There are no readings in that. `/metric list` shows what there is, `/metric record` \
             takes the first ones."
                .to_owned(),
        ));
    }
    let mut of = HashMap::new();
    for reading in found {
        let readings: &mut Vec<_> = of.entry(reading.metric).or_default();
        readings.push(reading);
    }
    let mut rows = Vec::new();
    let mut names: HashMap<Scope, Option<String>> = HashMap::new();
    for metric in metrics {
        let Some(mut readings) = of.remove(&metric.id) else {
            continue;
        };
        readings.sort_by_key(|reading| (reading.point.period.start(), reading.id.0));
        let whose = match names.get(&metric.scope) {
            Some(name) => name.clone(),
            None => {
                let name = whose(app, viewer, metric.scope).await?;
                names.insert(metric.scope, name.clone());
                name
            }
        };
        rows.extend(readings.into_iter().map(|reading| Row {
            key: metric.key.clone(),
            name: metric.definition.name.clone(),
            unit: metric.definition.unit,
            whose: whose.clone(),
            period: reading.point.period,
            value: reading.point.value,
            note: reading.note,
            at: reading.at,
        }));
    }
    Ok(rows)
}

fn too_many() -> Error {
    Error::Said(format!(
        "That is more than one file holds: {ROWS} readings, {} MiB. Ask for less with `period`, \
         `team` or `name`, and for the rest afterwards.",
        BYTES >> 20
    ))
}
