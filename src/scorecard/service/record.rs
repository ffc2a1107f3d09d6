//! Recording a reading.

use super::who::{self, Asker, begin};
use super::{Error, NOTE_LENGTH};
use crate::app::App;
use crate::ids::GuildId;
use crate::people;
use crate::scorecard::rules::history::Judged;
use crate::scorecard::rules::period::{self, Lateness};
use crate::scorecard::rules::value::{self, Measure, Value};
use crate::scorecard::rules::{Origin, Source};
use crate::scorecard::store::metrics::Metric;
use crate::scorecard::store::readings::{self, NewReading, Reading};
use crate::time::Period;

/// A reading that was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The metric.
    pub metric: Metric,
    /// The period.
    pub period: Period,
    /// How that lies to today.
    pub lateness: Lateness,
    /// What was understood.
    pub value: Value,
    /// What it corrects, of the same period; kept. None for somebody who may record but not see.
    pub corrects: Option<Reading>,
    /// How it is judged; none for somebody who may record but not see.
    pub judged: Option<Judged>,
}

/// Records a value as typed, for a period as typed, else the default one. A second reading of a
/// period is a correction that keeps the first; the same value again with nothing to say is refused.
///
/// # Errors
/// [`Error::NoMetric`], [`Error::NotRecorder`], [`Error::Measured`], [`Error::Period`],
/// [`Error::Unfit`], [`Error::Value`], [`Error::Text`], [`Error::NothingToChange`], faults.
pub async fn record(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    value: &str,
    period: Option<&str>,
    note: Option<&str>,
) -> Result<Recorded, Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    let metric = super::metric::pick_to_record(&mut tx, &viewer, typed).await?;
    if !who::may_record(&mut tx, &viewer, &metric).await? {
        return Err(Error::NotRecorder { key: metric.key });
    }
    if metric.source == Source::Bot {
        let can = app.measures.of(&metric.kin).is_some();
        return Err(Error::Measured {
            key: metric.key,
            can,
        });
    }
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > NOTE_LENGTH) {
        return Err(Error::Text {
            what: "A note",
            most: NOTE_LENGTH,
        });
    }
    let period = super::metric::period_of(&mut tx, &viewer, &metric, period).await?;
    let measure = Measure {
        unit: metric.definition.unit,
        ceiling: metric.definition.ceiling,
    };
    let value = value::read(value, measure)?;
    let before = readings::find_in_force(&mut *tx, metric.id, &period).await?;
    if let Some(before) = &before
        && before.point.value == value
        && (note.is_none() || note == before.note.as_deref())
    {
        return Err(Error::NothingToChange);
    }
    let now = app.now();
    let new = NewReading {
        metric: metric.id,
        period,
        value,
        note,
        origin: Origin::Typed,
        by: Some(person.id),
    };
    readings::insert(&mut tx, &new, now).await?;
    let detail = format!("{} {}", metric.key, period.key());
    let action = if before.is_some() {
        "reading corrected"
    } else {
        "reading recorded"
    };
    people::audit(&mut tx, guild, person.id, None, action, &detail, now).await?;
    let sees = who::may_see(&mut tx, &viewer, &metric).await?;
    let judged = if sees {
        let history = super::metric::one_history(&mut tx, &metric, period).await?;
        history.map(|history| super::metric::fresh(&history, period, viewer.today))
    } else {
        None
    };
    tx.commit().await?;
    Ok(Recorded {
        lateness: period::lateness(&period, viewer.today, metric.grace_days),
        metric,
        period,
        value,
        corrects: before.filter(|_| sees),
        judged,
    })
}
