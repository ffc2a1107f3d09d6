//! What a file would change, judged by what is there: line by line, and nothing at once.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rustc_hash::FxHasher;

use super::{Column, Line, NOTE_LENGTH, Read, Trouble};
use crate::ids::{MetricId, ReadingId};
use crate::scorecard::rules::lookup::{self, Called, NoMetric, key_of};
use crate::scorecard::rules::period::fitted;
use crate::scorecard::rules::value::{self, Measure, Value, portable};
use crate::scorecard::rules::{Cadence, Unit};
use crate::time::{Kind, Period};

/// How many unknown names are compared with the known ones; a file of nothing else would take long.
const GUESSES: usize = 20;

/// A metric as far as a file may name it.
#[derive(Clone, Debug)]
pub struct Known {
    /// What it is called.
    pub called: Called,
    /// What its values count.
    pub unit: Unit,
    /// What they cannot exceed.
    pub ceiling: Option<Decimal>,
    /// How often it is measured.
    pub cadence: Cadence,
    /// Whether whoever sends the file sees its figures.
    pub is_seen: bool,
    /// Whether they may record it.
    pub may_record: bool,
    /// Whether the bot measures it by itself.
    pub is_measured: bool,
    /// Whether it was retired.
    pub is_retired: bool,
}

/// The reading in force of a metric's period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// Its row.
    pub id: ReadingId,
    /// What was measured.
    pub value: Value,
    /// What was said of it.
    pub note: Option<String>,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is the first reading of its period.
    New,
    /// It takes the place of this one.
    Corrected(There),
    /// It says what is there.
    Unchanged,
    /// Of a figure that may be recorded and not be seen: whether anything stands there is not told.
    Unseen {
        /// Whether it differs from what is there.
        writes: bool,
    },
}

impl Effect {
    /// Whether a reading is to be written.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(
            self,
            Self::New | Self::Corrected(_) | Self::Unseen { writes: true }
        )
    }
}

/// A line that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The line of the file, from 1.
    pub line: usize,
    /// The metric.
    pub metric: MetricId,
    /// The period, one of the metric's.
    pub period: Period,
    /// What was measured.
    pub value: Value,
    /// What is said of it.
    pub note: Option<String>,
    /// What it does.
    pub effect: Effect,
}

/// All of a file: steps to be done together, or what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order of the file.
    pub steps: Vec<Step>,
    /// By line; with one of them nothing is done.
    pub troubles: Vec<Trouble>,
}

impl Plan {
    /// How many steps have such an effect.
    #[must_use]
    pub fn count(&self, is: impl Fn(&Effect) -> bool) -> usize {
        self.steps.iter().filter(|step| is(&step.effect)).count()
    }

    /// A number that is another one once the file would do something else: what to compare what was
    /// looked at with what is about to be done.
    #[must_use]
    pub fn fingerprint(&self) -> i64 {
        let mut hasher = FxHasher::default();
        for step in &self.steps {
            step.metric.0.hash(&mut hasher);
            step.period.start().hash(&mut hasher);
            match &step.effect {
                Effect::New => 0.hash(&mut hasher),
                Effect::Corrected(there) => (1, there.id.0).hash(&mut hasher),
                Effect::Unchanged => 2.hash(&mut hasher),
                Effect::Unseen { .. } => 3.hash(&mut hasher),
            }
        }
        hasher.finish().cast_signed()
    }
}

/// A file whose lines are known to name metrics and periods, as far as they do.
#[derive(Debug)]
pub struct Meant<'a> {
    known: &'a [Known],
    today: NaiveDate,
    lines: Vec<Found>,
    troubles: Vec<Trouble>,
}

#[derive(Debug)]
struct Found {
    line: Line,
    /// Its place among the known ones.
    metric: Option<usize>,
    period: Option<Period>,
}

/// What the lines of a file mean, among the metrics that whoever sends it may name.
#[must_use]
pub fn meant(read: Read, known: &[Known], today: NaiveDate) -> Meant<'_> {
    let mut metrics: HashMap<String, Result<usize, String>> = HashMap::new();
    let mut periods: HashMap<String, Result<Period, String>> = HashMap::new();
    let mut troubles = read.troubles;
    let mut lines = Vec::with_capacity(read.lines.len());
    let mut guesses = GUESSES;
    for line in read.lines {
        let metric = match metrics.entry(line.metric.clone()) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(new) => {
                let found = metric(known, new.key(), &mut guesses);
                new.insert(found)
            }
        };
        let period = match periods.entry(line.period.clone()) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(new) => {
                let found = period(new.key(), today);
                new.insert(found)
            }
        };
        let mut wrong = |column, value: &str, why: &str| {
            troubles.push(Trouble::new(line.at, Some(column), value, why));
        };
        if let Err(why) = metric {
            wrong(Column::Metric, &line.metric, why);
        }
        if let Err(why) = period {
            wrong(Column::Period, &line.period, why);
        }
        let (metric, period) = (metric.as_ref().ok(), period.as_ref().ok());
        lines.push(Found {
            metric: metric.copied(),
            period: period.copied(),
            line,
        });
    }
    Meant {
        known,
        today,
        lines,
        troubles,
    }
}

/// A metric by its key or name in full: a file is not read by somebody who would notice a guess.
fn metric(known: &[Known], typed: &str, guesses: &mut usize) -> Result<usize, String> {
    if typed.is_empty() {
        return Err("There is no metric. Write its key, such as “response-hours”.".to_owned());
    }
    let wanted = key_of(typed);
    let by = |is: &dyn Fn(&Known) -> bool| known.iter().position(is);
    let found = by(&|one| one.called.key == wanted).or_else(|| {
        let mut named = (known.iter().enumerate())
            .filter(|(_, one)| !one.is_retired && key_of(&one.called.name) == wanted);
        match (named.next(), named.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    });
    let Some((index, one)) = found.and_then(|index| Some((index, known.get(index)?))) else {
        return Err(no_metric(known, typed, guesses));
    };
    if one.is_retired {
        return Err(format!(
            "“{}” was retired and takes no readings. Take its lines out.",
            one.called.key
        ));
    }
    Ok(index)
}

/// That there is none, with the nearest ones while there are guesses left.
fn no_metric(known: &[Known], typed: &str, guesses: &mut usize) -> String {
    let is_guessed = *guesses > 0;
    *guesses = guesses.saturating_sub(1);
    let known = if is_guessed { known } else { &[] };
    let called: Vec<Called> = (known.iter().filter(|one| !one.is_retired))
        .map(|one| one.called.clone())
        .collect();
    let near = match lookup::pick(&called, typed) {
        Ok(one) => vec![one.key.clone()],
        Err(NoMetric::Unclear { among, .. }) => among,
        Err(NoMetric::Unknown { .. } | NoMetric::NoneYet) => Vec::new(),
    };
    let near: Vec<String> = near.iter().map(|key| format!("“{key}”")).collect();
    match near.split_last() {
        None => "I know no such metric. Write its key, as the list of metrics shows it.".to_owned(),
        Some((only, [])) => format!("I know no such metric. Write {only} if you mean that one."),
        Some((last, before)) => {
            let before = before.join(", ");
            format!("I know no such metric. Write {before} or {last} if you mean one of them.")
        }
    }
}

fn period(typed: &str, today: NaiveDate) -> Result<Period, String> {
    if typed.is_empty() {
        return Err(
            "There is no period. Write one such as “2026-W42”, “2026-10” or “2026-Q4”.".to_owned(),
        );
    }
    Period::parse(typed, today).map_err(|why| why.to_string())
}

impl Meant<'_> {
    /// The metrics that are named.
    #[must_use]
    pub fn metrics(&self) -> BTreeSet<MetricId> {
        let found = self.lines.iter().filter_map(|found| self.of(found.metric));
        found.map(|known| known.called.id).collect()
    }

    /// From which day until before which one the periods begin that count; `None` if none does.
    #[must_use]
    pub fn stretch(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = self.lines.iter().filter_map(|found| {
            let (known, period) = (self.of(found.metric)?, found.period?);
            let holding = known.cadence.holding(period.start())?.start();
            // A period without a beginning is nobody's.
            let start = if period.kind() == Kind::All {
                holding
            } else {
                period.start()
            };
            Some((holding.min(start), holding.max(start)))
        });
        let (first, last) = days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))?;
        Some((first, last.checked_add_days(Days::new(1)).unwrap_or(last)))
    }

    fn of(&self, metric: Option<usize>) -> Option<&Known> {
        self.known.get(metric?)
    }

    /// What each line does, by the readings in force of those metrics and days.
    #[must_use]
    pub fn weighed(mut self, there: &HashMap<(MetricId, String), There>) -> Plan {
        let mut steps = Vec::with_capacity(self.lines.len());
        let mut first: HashMap<(MetricId, String), usize> = HashMap::new();
        for found in std::mem::take(&mut self.lines) {
            let at = found.line.at;
            let is_short = (found.line.note.as_deref()).is_none_or(is_note);
            let Some((known, period)) = self.of(found.metric).zip(found.period) else {
                if !is_short {
                    self.troubles.push(long_note(&found.line));
                }
                continue;
            };
            match step(known, period, &found.line, there, self.today) {
                Ok(step) => match first.entry((step.metric, step.period.key())) {
                    Entry::Vacant(new) => {
                        new.insert(at);
                        steps.push(step);
                    }
                    Entry::Occupied(before) => {
                        let why = format!(
                            "Line {} has the same metric and period. Keep one of the two.",
                            before.get()
                        );
                        let period = &found.line.period;
                        self.troubles
                            .push(Trouble::new(at, Some(Column::Period), period, why));
                    }
                },
                Err(mut troubles) => self.troubles.append(&mut troubles),
            }
        }
        self.troubles
            .sort_by_key(|trouble| (trouble.line, trouble.column));
        Plan {
            steps,
            troubles: self.troubles,
        }
    }
}

fn is_note(note: &str) -> bool {
    note.chars().count() <= NOTE_LENGTH
}

fn long_note(line: &Line) -> Trouble {
    let note = line.note.as_deref().unwrap_or_default();
    let why = if note.contains('\n') {
        format!(
            "A note has at most {NOTE_LENGTH} characters. This one goes over several lines: is a quote not closed?"
        )
    } else {
        format!("A note has at most {NOTE_LENGTH} characters. Shorten it.")
    };
    Trouble::new(line.at, Some(Column::Note), note, why)
}

/// A line of a known metric and a period that was read, or all that is wrong with it.
fn step(
    known: &Known,
    period: Period,
    line: &Line,
    there: &HashMap<(MetricId, String), There>,
    today: NaiveDate,
) -> Result<Step, Vec<Trouble>> {
    let of = |period: &Period| there.get(&(known.called.id, period.key()));
    let fit = fitted(known.cadence, period, today);
    let before = of(&period).or_else(|| of(fit.as_ref().ok()?));
    let step = |period, value, effect| Step {
        line: line.at,
        metric: known.called.id,
        period,
        value,
        note: line.note.clone(),
        effect,
    };
    let says_the_same = |before: &There| {
        let note = before.note.as_deref().map(str::trim);
        line.note.is_none() || line.note.as_deref() == note
    };
    // What is there already is never refused, by whatever rule it came to be.
    if let Some(before) = before.filter(|_| known.is_seen)
        && line.value == portable(&before.value, known.unit)
        && says_the_same(before)
    {
        let period = if of(&period).is_some() {
            period
        } else {
            fit.unwrap_or(period)
        };
        return Ok(step(period, before.value, Effect::Unchanged));
    }
    let measure = Measure {
        unit: known.unit,
        ceiling: known.ceiling,
    };
    let value = value::read(&line.value, measure);
    if let (Ok(value), Ok(period), Some(before)) = (&value, &fit, before)
        && known.is_seen
        && before.value == *value
        && says_the_same(before)
    {
        return Ok(step(*period, *value, Effect::Unchanged));
    }
    let mut troubles = Vec::new();
    let mut wrong = |column, cell: &str, why: String| {
        troubles.push(Trouble::new(line.at, Some(column), cell, why));
    };
    if !known.may_record {
        let why = format!(
            "You do not record “{}”: its owner, its team's managers and admins do.",
            known.called.key
        );
        wrong(Column::Metric, &line.metric, why);
    } else if known.is_measured {
        let why = format!(
            "I measure “{}” myself. Take its lines out.",
            known.called.key
        );
        wrong(Column::Metric, &line.metric, why);
    }
    if let Err(why) = &fit {
        wrong(Column::Period, &line.period, why.to_string());
    }
    if let Err(why) = &value {
        wrong(Column::Value, &line.value, why.to_string());
    }
    let note = line.note.as_deref();
    if note.is_some_and(|note| !is_note(note)) {
        troubles.push(long_note(line));
    }
    match (fit, value) {
        (Ok(period), Ok(value)) if troubles.is_empty() => {
            let effect = match (before, known.is_seen) {
                (before, false) => Effect::Unseen {
                    writes: before
                        .is_none_or(|before| before.value != value || !says_the_same(before)),
                },
                (None, true) => Effect::New,
                (Some(before), true) => Effect::Corrected(before.clone()),
            };
            Ok(step(period, value, effect))
        }
        _ => Err(troubles),
    }
}
