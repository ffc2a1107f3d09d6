//! Writing readings to a file.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::FORMAT;
use super::guard::guarded;
use crate::scorecard::rules::Unit;
use crate::scorecard::rules::value::{Value, canonical, portable};
use crate::time::Period;

/// A reading to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The metric's key.
    pub key: String,
    /// The metric's name.
    pub name: String,
    /// The unit of its values.
    pub unit: Unit,
    /// Whose figure it is; none for the whole guild's.
    pub whose: Option<String>,
    /// Of when it is.
    pub period: Period,
    /// What was measured.
    pub value: Value,
    /// What is said of it.
    pub note: Option<String>,
    /// When it was recorded.
    pub at: DateTime<Utc>,
}

/// A row in words; the first four are what reading needs.
#[derive(Serialize)]
struct Written<'a> {
    metric: &'a str,
    period: String,
    value: String,
    note: Option<&'a str>,
    number: String,
    numerator: Option<String>,
    denominator: Option<String>,
    unit: &'a str,
    name: &'a str,
    of: Option<&'a str>,
    recorded_at: String,
}

/// The names of the columns, as [`Written`] has them.
const COLUMNS: [&str; 11] = [
    "metric",
    "period",
    "value",
    "note",
    "number",
    "numerator",
    "denominator",
    "unit",
    "name",
    "of",
    "recorded_at",
];

impl<'a> Written<'a> {
    fn of(row: &'a Row) -> Self {
        Self {
            metric: &row.key,
            period: row.period.key(),
            value: portable(&row.value, row.unit),
            note: row.note.as_deref(),
            number: canonical(row.value.number),
            numerator: row
                .value
                .fraction
                .map(|(numerator, _)| canonical(numerator)),
            denominator: (row.value.fraction).map(|(_, denominator)| canonical(denominator)),
            unit: row.unit.currency().unwrap_or_else(|| row.unit.word()),
            name: &row.name,
            of: row.whose.as_deref(),
            recorded_at: row.at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }

    fn cells(&self) -> [&str; 11] {
        [
            self.metric,
            &self.period,
            &self.value,
            self.note.unwrap_or_default(),
            &self.number,
            self.numerator.as_deref().unwrap_or_default(),
            self.denominator.as_deref().unwrap_or_default(),
            self.unit,
            self.name,
            self.of.unwrap_or_default(),
            &self.recorded_at,
        ]
    }
}

/// The rows as CSV: UTF-8 with the byte order mark by which spreadsheets know it, lines as RFC 4180
/// has them.
///
/// # Errors
/// Those of memory that is written to: none.
pub fn csv(rows: &[Row]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS)?;
    for row in rows {
        writer.write_record(Written::of(row).cells().map(guarded))?;
    }
    writer
        .into_inner()
        .map_err(|fault| fault.into_error().into())
}

/// The rows as JSON, one a line.
///
/// # Errors
/// Those of memory that is written to: none.
pub fn json(
    rows: &[Row],
    server: &str,
    made_at: DateTime<Utc>,
) -> Result<Vec<u8>, serde_json::Error> {
    let made_at = made_at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut text = format!(
        "{{\n\"format\": {},\n\"server\": {},\n\"made_at\": {},\n\"readings\": [",
        serde_json::to_string(FORMAT)?,
        serde_json::to_string(server)?,
        serde_json::to_string(&made_at)?
    );
    for (index, row) in rows.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(&Written::of(row))?);
    }
    text.push_str("\n]\n}\n");
    Ok(text.into_bytes())
}
