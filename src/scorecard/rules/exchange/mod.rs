//! Readings as files: what is read of one, what it would change, and how one is written.
//!
//! ```text
//! metric,period,value,note            the columns, in any order and case; more are passed over
//! response-hours,2026-W42,7.5,        a key or a name in full
//! won-deals,2026-Q4,7 of 9,"two late" a value as /metric record takes it
//! ```
//!
//! - CSV: UTF-8 with or without a byte order mark; comma or semicolon, told by the first line.
//! - JSON: a list of objects with the same names, or an object that has it as `readings`.
//! - A file is taken as a whole or not at all; what is wrong in it is said all at once, by line.
//! - In a CSV that is written, a cell that could run as a formula gets a leading apostrophe, which
//!   reading takes off again ([`guard`]).
//! - What is there already is never refused: a file that was written reads as "all unchanged".

pub mod guard;
mod json;
mod plan;
mod sheet;
#[cfg(test)]
mod tests;
mod write;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use plan::{Effect, Known, Meant, Plan, Step, There, meant};
pub use write::{Row, csv, json};

/// The most readings of a file.
pub const ROWS: usize = 10_000;

/// The largest file, in bytes.
pub const BYTES: usize = 8 * 1024 * 1024;

/// The longest note on a reading, in characters.
pub const NOTE_LENGTH: usize = 300;

/// What a JSON file that was written says of itself.
pub const FORMAT: &str = "bellwether-readings-1";

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values, RFC 4180.
    Csv,
    /// JSON, RFC 8259.
    Json,
}

impl Form {
    /// The form that a file's name tells; `None` for one that leaves it open.
    ///
    /// # Errors
    /// [`Unread::Kind`] for the name of something else.
    pub fn of_name(name: &str) -> Result<Option<Self>, Unread> {
        let Some((_, ending)) = name.rsplit_once('.') else {
            return Ok(None);
        };
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Ok(Some(Self::Csv)),
            "json" => Ok(Some(Self::Json)),
            "txt" => Ok(None),
            _ => Err(Unread::Kind),
        }
    }

    /// The ending of a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A reading as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The line of the file on which it begins, from 1.
    pub at: usize,
    /// What the metric is called there.
    pub metric: String,
    /// The period as written.
    pub period: String,
    /// The value as written.
    pub value: String,
    /// The note; none for an empty one.
    pub note: Option<String>,
}

/// What was read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The readings, in their order.
    pub lines: Vec<Line>,
    /// What is wrong with lines that are no readings.
    pub troubles: Vec<Trouble>,
}

/// A column of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// What the metric is called.
    Metric,
    /// Of when it is.
    Period,
    /// What was measured.
    Value,
    /// What is said of it.
    Note,
}

impl Column {
    const ALL: [Self; 4] = [Self::Metric, Self::Period, Self::Value, Self::Note];

    /// Its name in the first line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Period => "period",
            Self::Value => "value",
            Self::Note => "note",
        }
    }
}

/// Something that is wrong in a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The line, from 1.
    pub line: usize,
    /// The column; none if the line as a whole is wrong.
    pub column: Option<Column>,
    /// What stands there, as written; at most 80 characters of it.
    pub value: String,
    /// What is wrong with it and what to write instead: a sentence without markup.
    pub why: String,
}

impl Trouble {
    fn new(line: usize, column: Option<Column>, value: &str, why: impl Into<String>) -> Self {
        Self {
            line,
            column,
            value: brief(value),
            why: why.into(),
        }
    }
}

impl fmt::Display for Trouble {
    /// "Line 3, value “a lot”: I read no number …"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", {}", column.name())?;
        }
        if !self.value.is_empty() {
            write!(f, " “{}”", self.value)?;
        }
        write!(f, ": {}", self.why)
    }
}

/// The beginning of a text, in one line.
fn brief(text: &str) -> String {
    let plain = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(81)
        .collect::<String>();
    let plain = plain.trim();
    match plain.char_indices().nth(80) {
        Some((cut, _)) => plain.get(..cut).unwrap_or(plain).to_owned() + "…",
        None => plain.to_owned(),
    }
}

/// Why nothing at all is read of a file. Each text stands alone and carries no markup.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// Another kind of file.
    #[error(
        "I read CSV and JSON files. In a spreadsheet, save the sheet as “CSV UTF-8” and send that."
    )]
    Kind,
    /// More than [`BYTES`].
    #[error("The file is larger than {} MiB. Split it, and send one part after the other.", BYTES >> 20)]
    TooLarge,
    /// Nothing in it.
    #[error("The file is empty. Its first line names the columns: metric,period,value,note.")]
    Empty,
    /// Another encoding.
    #[error(
        "The file is not UTF-8 text (line {line} shows it). In a spreadsheet, save the sheet as “CSV UTF-8”."
    )]
    NotUtf8 {
        /// The first line that is not.
        line: usize,
    },
    /// The first line does not name the columns.
    #[error(
        "The first line names the columns, such as metric,period,value,note; I found no {missing} in “{found}”. Add that line."
    )]
    NoHeader {
        /// The columns that are missing: "metric, period".
        missing: String,
        /// The first line.
        found: String,
    },
    /// A column is named twice.
    #[error("The first line names the column {0} twice. Leave one out.")]
    Twice(&'static str),
    /// A header and nothing below it, or an empty list.
    #[error("There are no readings in the file. Below the first line stands one on each line.")]
    NoReadings,
    /// More than [`ROWS`].
    #[error("The file has {rows} readings, and I take {} at once. Split it.", ROWS)]
    TooMany {
        /// How many it has.
        rows: usize,
    },
    /// JSON that is none.
    #[error("Line {line}, column {column} is not valid JSON: {why}.")]
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What the parser says.
        why: String,
    },
}

/// Reads a file; without a form its content tells which it has.
///
/// # Errors
/// [`Unread`], if it is to be refused as a whole.
pub fn read(bytes: &[u8], form: Option<Form>) -> Result<Read, Unread> {
    if bytes.len() > BYTES {
        return Err(Unread::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let valid = bytes.get(..fault.valid_up_to()).unwrap_or_default();
        Unread::NotUtf8 {
            line: 1 + valid.iter().filter(|byte| **byte == b'\n').count(),
        }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Unread::Empty);
    }
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let form = form.unwrap_or(if looks_like_json {
        Form::Json
    } else {
        Form::Csv
    });
    let read = match form {
        Form::Csv => sheet::read(text)?,
        Form::Json => json::read(text)?,
    };
    match read.lines.len() + read.troubles.len() {
        0 => Err(Unread::NoReadings),
        rows if rows > ROWS => Err(Unread::TooMany { rows }),
        _ => Ok(read),
    }
}
