//! The file's own shape, and the way from it to definitions and back.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::super::value::canonical;
use super::super::{
    Band, Better, Cadence, Definition, Edges, Perspective, Source, Timing, Unit, lookup,
};
use super::{Entry, WEIGHT};

/// Why a file is no set of metrics.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// It is no TOML of that shape.
    #[error("Line {line}: {what}")]
    Unreadable {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// One of its metrics makes no sense.
    #[error("{key}: {what}")]
    Metric {
        /// Its key.
        key: String,
        /// What is wrong with it.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    metric: Vec<Metric>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Metric {
    key: String,
    name: Option<String>,
    perspective: String,
    unit: String,
    currency: Option<String>,
    most: Option<toml::Value>,
    better: String,
    red: Option<toml::Value>,
    green: Option<toml::Value>,
    weight: Option<toml::Value>,
    kind: String,
    cadence: String,
    cumulative: Option<bool>,
    source: Option<String>,
    active: Option<bool>,
    guard: Option<String>,
    why: Option<String>,
    action: Option<String>,
    may_drive: Option<String>,
}

/// Reads a set. Amounts of money without a currency of their own get `currency`.
///
/// # Errors
/// [`TemplateError`], the first there is.
pub fn parse(text: &str, currency: [u8; 3]) -> Result<Vec<Entry>, TemplateError> {
    let file: File = toml::from_str(text).map_err(|error| {
        let until = error.span().map_or(0, |span| span.start);
        let before = text.get(..until).unwrap_or(text);
        TemplateError::Unreadable {
            line: before.matches('\n').count() + 1,
            what: error.message().to_owned(),
        }
    })?;
    let keys: BTreeSet<String> = file.metric.iter().map(|one| one.key.clone()).collect();
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for metric in file.metric {
        let key = metric.key.clone();
        let refused = |what: String| TemplateError::Metric {
            key: key.clone(),
            what,
        };
        if key.is_empty() || lookup::key_of(&key) != key || key.chars().count() > 60 {
            return Err(refused(
                "a key is up to 60 letters and digits in lower case, words joined by “-”"
                    .to_owned(),
            ));
        }
        if !seen.insert(key.clone()) {
            return Err(refused("it is there twice".to_owned()));
        }
        let guard = metric.guard.clone();
        if guard
            .as_ref()
            .is_some_and(|guard| *guard == key || !keys.contains(guard))
        {
            return Err(refused(
                "its guard is none of the set's other metrics".to_owned(),
            ));
        }
        entries.push(entry(metric, currency).map_err(refused)?);
    }
    Ok(entries)
}

fn entry(metric: Metric, currency: [u8; 3]) -> Result<Entry, String> {
    fn word<T: Copy>(
        field: &str,
        word: &str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Result<T, String> {
        let found = all.iter().copied().find(|one| name(*one) == word);
        found.ok_or_else(|| {
            let known: Vec<&str> = all.iter().copied().map(name).collect();
            format!("{field} is one of {}", known.join(", "))
        })
    }
    let own = metric.currency.as_deref();
    let currency = own.or(std::str::from_utf8(&currency).ok());
    let unit = Unit::from_word(&metric.unit, currency).ok_or(
        "unit is one of %, count, hours, days, ratio, points, 1-5, currency (with a code of three letters)",
    )?;
    let better = word("better", &metric.better, Better::ALL, Better::word)?;
    let source = metric.source.as_deref().unwrap_or(Source::Manual.word());
    let definition = Definition {
        name: metric.name.unwrap_or_else(|| lookup::name_of(&metric.key)),
        perspective: word(
            "perspective",
            &metric.perspective,
            Perspective::ALL,
            Perspective::word,
        )?,
        unit,
        ceiling: metric.most.as_ref().map(number).transpose()?,
        better,
        edges: edges(better, metric.red.as_ref(), metric.green.as_ref())?,
        weight: metric.weight.as_ref().map_or(Ok(WEIGHT), number)?,
        timing: word("kind", &metric.kind, Timing::ALL, Timing::word)?,
        cadence: word("cadence", &metric.cadence, Cadence::ALL, Cadence::word)?,
        is_cumulative: metric.cumulative.unwrap_or_default(),
        why: metric.why,
        action: metric.action,
        may_drive: metric.may_drive,
        guard: None,
        is_active: metric.active.unwrap_or_default(),
    };
    if definition.weight <= Decimal::ZERO {
        return Err("weight is above 0".to_owned());
    }
    if let (true, Some(missing)) = (definition.is_active, definition.missing().first()) {
        return Err(format!("an active metric says {missing}"));
    }
    Ok(Entry {
        source: word("source", source, Source::ALL, Source::word)?,
        key: metric.key,
        definition,
        guard: metric.guard,
    })
}

/// An exact number. What TOML calls a float is read by its shortest text, which is what was written.
fn number(value: &toml::Value) -> Result<Decimal, String> {
    let text = match value {
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::String(text) => text.trim_end_matches('%').trim().to_owned(),
        _ => return Err("a number is wanted".to_owned()),
    };
    Decimal::from_str_exact(&text).map_err(|_| format!("{text} is no number"))
}

fn edges(
    better: Better,
    red: Option<&toml::Value>,
    green: Option<&toml::Value>,
) -> Result<Edges, String> {
    let (red, green) = match (red, green) {
        (None, None) => return Ok(Edges::Unset),
        (Some(red), Some(green)) => (red, green),
        _ => return Err("red and green come together".to_owned()),
    };
    let is_baseline = |edge: &toml::Value| edge.as_str() == Some("baseline");
    match (is_baseline(red), is_baseline(green), better) {
        (true, true, Better::Higher | Better::Lower) => return Ok(Edges::Baseline),
        (false, false, _) => {}
        _ => return Err("a baseline is for both edges, and not for a range".to_owned()),
    }
    let all = |edge: &toml::Value| match edge {
        toml::Value::Array(edges) => edges.clone(),
        edge => vec![edge.clone()],
    };
    let (reds, greens) = (all(red), all(green));
    let shares = reds
        .iter()
        .chain(&greens)
        .filter(|edge| edge.is_str())
        .count();
    if shares != 0 && shares != reds.len() + greens.len() {
        return Err("either all edges are shares of the target, or none is".to_owned());
    }
    let read = |edges: &[toml::Value]| edges.iter().map(number).collect::<Result<Vec<_>, _>>();
    let (reds, greens) = (read(&reds)?, read(&greens)?);
    let band = match (better, reds.as_slice(), greens.as_slice()) {
        (Better::Higher, [red], [green]) => Band::higher(*red, *green),
        (Better::Lower, [red], [green]) => Band::lower(*red, *green),
        (Better::Range, [low, high], [low_green, high_green]) => {
            Band::range((*low, *high), (*low_green, *high_green))
        }
        (Better::Range, ..) => return Err("a range has two red and two green edges".to_owned()),
        _ => return Err("there is one red and one green edge".to_owned()),
    };
    let band = band.map_err(|why| why.to_string())?;
    Ok(if shares == 0 {
        Edges::Fixed(band)
    } else {
        Edges::OfTarget(band)
    })
}

/// The set as a file that [`parse`] reads back.
#[must_use]
pub fn write(set: &[Entry]) -> String {
    let mut out = String::from("# A set of metrics for a balanced scorecard.\n");
    for entry in set {
        let of = &entry.definition;
        out.push_str("\n[[metric]]\n");
        let mut line = |name: &str, value: String| {
            // Writing into a String cannot fail.
            let _written = writeln!(out, "{name} = {value}");
        };
        line("key", quoted(&entry.key));
        line("name", quoted(&of.name));
        line("perspective", quoted(of.perspective.word()));
        line("unit", quoted(of.unit.word()));
        if let Some(code) = of.unit.currency() {
            line("currency", quoted(code));
        }
        if let Some(ceiling) = of.ceiling {
            line("most", canonical(ceiling));
        }
        line("better", quoted(of.better.word()));
        match of.edges {
            Edges::Unset => {}
            Edges::Baseline => {
                line("red", quoted("baseline"));
                line("green", quoted("baseline"));
            }
            Edges::Fixed(band) => {
                let (red, green) = sides(&band, canonical);
                line("red", red);
                line("green", green);
            }
            Edges::OfTarget(band) => {
                let (red, green) = sides(&band, |edge| format!("\"{}%\"", canonical(edge)));
                line("red", red);
                line("green", green);
            }
        }
        line("weight", canonical(of.weight));
        line("kind", quoted(of.timing.word()));
        line("cadence", quoted(of.cadence.word()));
        line("cumulative", of.is_cumulative.to_string());
        line("source", quoted(entry.source.word()));
        line("active", of.is_active.to_string());
        let texts = [
            ("guard", &entry.guard),
            ("why", &of.why),
            ("action", &of.action),
            ("may_drive", &of.may_drive),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                line(name, quoted(text));
            }
        }
    }
    out
}

fn sides(band: &Band, written: impl Fn(Decimal) -> String) -> (String, String) {
    match (band.low(), band.high()) {
        (Some(low), Some(high)) => (
            format!("[{}, {}]", written(low.red), written(high.red)),
            format!("[{}, {}]", written(low.green), written(high.green)),
        ),
        (Some(side), None) | (None, Some(side)) => (written(side.red), written(side.green)),
        (None, None) => (String::new(), String::new()),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
