//! Reading a JSON file: a list of readings, or an object that has it as `readings`.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Column, Line, Read, Trouble, Unread};
use crate::scorecard::rules::value::exact;

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    readings: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Entry<'a> {
    #[serde(borrow, default)]
    metric: Option<&'a RawValue>,
    #[serde(borrow, default)]
    period: Option<&'a RawValue>,
    #[serde(borrow, default)]
    value: Option<&'a RawValue>,
    #[serde(borrow, default)]
    note: Option<&'a RawValue>,
}

/// Reads the text of a file.
pub(super) fn read(text: &str) -> Result<Read, Unread> {
    let entries = if text.trim_start().starts_with('[') {
        serde_json::from_str::<Vec<&RawValue>>(text)
    } else {
        serde_json::from_str::<File<'_>>(text).map(|file| file.readings)
    };
    let entries = entries.map_err(|fault| Unread::NotJson {
        line: fault.line(),
        column: fault.column(),
        why: reason(&fault),
    })?;
    let mut lines = Lines {
        text,
        at: 0,
        line: 1,
    };
    let mut read = Read::default();
    for entry in entries {
        let at = lines.line_of(entry);
        match line(entry, at) {
            Ok(line) => read.lines.push(line),
            Err(trouble) => read.troubles.push(trouble),
        }
    }
    Ok(read)
}

/// What the parser says, without the place, which stands beside it.
fn reason(fault: &serde_json::Error) -> String {
    let said = fault.to_string();
    let bare = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(bare, _)| bare);
    bare.to_owned()
}

fn line(raw: &RawValue, at: usize) -> Result<Line, Trouble> {
    let entry: Entry<'_> = serde_json::from_str(raw.get()).map_err(|_| {
        let why = "This is no reading. Write one such as {\"metric\": \"response-hours\", \
                   \"period\": \"2026-W42\", \"value\": \"7.5\"}.";
        Trouble::new(at, None, raw.get(), why)
    })?;
    let text = |raw: Option<&RawValue>, column| match raw {
        None => Ok(String::new()),
        Some(raw) => serde_json::from_str::<String>(raw.get()).map_err(|_| {
            Trouble::new(
                at,
                Some(column),
                raw.get(),
                "This is no text in quotes. Put it in quotes.",
            )
        }),
    };
    let value = match entry.value.map(RawValue::get) {
        Some(number) if number.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
            let read =
                Decimal::from_str_exact(number).or_else(|_| Decimal::from_scientific(number));
            // A number of JSON has one meaning, whatever thousands look like.
            read.map_or_else(|_| number.to_owned(), exact)
        }
        _ => text(entry.value, Column::Value)?,
    };
    let note = text(entry.note, Column::Note)?.trim().to_owned();
    Ok(Line {
        at,
        metric: text(entry.metric, Column::Metric)?.trim().to_owned(),
        period: text(entry.period, Column::Period)?.trim().to_owned(),
        value: value.trim().to_owned(),
        note: (!note.is_empty()).then_some(note),
    })
}

/// Counts lines up to parts of the text, asked in rising order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line_of(&mut self, part: &RawValue) -> usize {
        // The part was borrowed from the text, so its address tells where it stands.
        let from = (part.get().as_ptr().addr()).saturating_sub(self.text.as_ptr().addr());
        let between = self.text.get(self.at..from).unwrap_or_default();
        self.line += between.bytes().filter(|byte| *byte == b'\n').count();
        self.at = self.at.max(from);
        self.line
    }
}
