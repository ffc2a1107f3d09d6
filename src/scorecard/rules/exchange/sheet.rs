//! Reading a CSV file.

use csv::{ReaderBuilder, StringRecord};

use super::guard::unguarded;
use super::{Column, Line, Read, Trouble, Unread, brief};

/// What may stand between the cells of a line.
const DELIMITERS: [u8; 2] = [b',', b';'];

/// Where the columns stand.
struct Header {
    delimiter: u8,
    cells: usize,
    places: [Option<usize>; 4],
}

/// Reads the text of a file.
pub(super) fn read(text: &str) -> Result<Read, Unread> {
    let (text, skipped) = without_hint(text);
    let header = header(text)?;
    let mut lines = Lines::of(text, skipped);
    let mut read = Read::default();
    let mut reader = reader(text, header.delimiter);
    let mut record = StringRecord::new();
    let mut is_first = true;
    // The text is UTF-8 and lines may be of any length: there is nothing that can fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let from = record.position().map_or(0, csv::Position::byte);
        let at = lines.line_of(usize::try_from(from).unwrap_or(usize::MAX));
        if std::mem::take(&mut is_first) || record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match header.line(&record, at) {
            Ok(line) => read.lines.push(line),
            Err(trouble) => read.troubles.push(trouble),
        }
    }
    Ok(read)
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// Takes off the line "sep=;" that some spreadsheets begin a file with; how many lines that is.
fn without_hint(text: &str) -> (&str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let hint = first.trim_end().to_ascii_lowercase();
    match hint.strip_prefix("sep=") {
        Some(mark) if mark.chars().count() == 1 => (rest, 1),
        _ => (text, 0),
    }
}

/// The first line, by whichever mark names all the columns that are needed.
fn header(text: &str) -> Result<Header, Unread> {
    let mut best: Option<(usize, Vec<&'static str>)> = None;
    for delimiter in DELIMITERS {
        let mut record = StringRecord::new();
        if !reader(text, delimiter)
            .read_record(&mut record)
            .unwrap_or(false)
        {
            return Err(Unread::Empty);
        }
        let names: Vec<String> = (record.iter())
            .map(|name| name.trim().trim_start_matches('\'').to_lowercase())
            .collect();
        let mut places = [None; 4];
        for (column, place) in Column::ALL.into_iter().zip(&mut places) {
            let mut found = names.iter().enumerate();
            let mut found = found.by_ref().filter(|(_, name)| *name == column.name());
            *place = found.next().map(|(index, _)| index);
            if found.next().is_some() {
                return Err(Unread::Twice(column.name()));
            }
        }
        let missing: Vec<&str> = (Column::ALL.into_iter().zip(&places))
            .filter(|(column, place)| place.is_none() && *column != Column::Note)
            .map(|(column, _)| column.name())
            .collect();
        if missing.is_empty() {
            return Ok(Header {
                delimiter,
                cells: names.len(),
                places,
            });
        }
        if best
            .as_ref()
            .is_none_or(|(_, least)| missing.len() < least.len())
        {
            best = Some((names.len(), missing));
        }
    }
    let missing = best.map(|(_, missing)| missing).unwrap_or_default();
    let first = text.trim_start().lines().next().unwrap_or_default();
    Err(Unread::NoHeader {
        missing: missing.join(", "),
        found: brief(first),
    })
}

impl Header {
    fn line(&self, record: &StringRecord, at: usize) -> Result<Line, Trouble> {
        let mut beyond = record.iter().skip(self.cells);
        if let Some(cell) = beyond.find(|cell| !cell.trim().is_empty()) {
            let why = format!(
                "This line has {} cells, and the first line names {}. Put quotes round a cell that \
                 holds a “{}”.",
                record.len(),
                self.cells,
                char::from(self.delimiter)
            );
            return Err(Trouble::new(at, None, cell, why));
        }
        let [metric, period, value, note] = self.places.map(|place| {
            place
                .and_then(|place| record.get(place))
                .unwrap_or_default()
        });
        // Whoever keeps a number or a date as text in a spreadsheet puts an apostrophe there.
        let word = |cell: &str| cell.trim().trim_start_matches('\'').trim().to_owned();
        let note = unguarded(note).trim();
        Ok(Line {
            at,
            metric: word(metric),
            period: word(period),
            value: word(value),
            note: (!note.is_empty()).then(|| note.to_owned()),
        })
    }
}

/// Counts lines, whatever ends them.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    const fn of(text: &'a str, skipped: usize) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line: 1 + skipped,
        }
    }

    /// The line on which the record begins that follows the byte `from`; asked in rising order.
    fn line_of(&mut self, from: usize) -> usize {
        while let Some(byte) = self.bytes.get(self.at) {
            let is_break = matches!(byte, b'\r' | b'\n');
            if self.at >= from && !is_break {
                break;
            }
            let is_half = *byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            if is_break && !is_half {
                self.line += 1;
            }
            self.at += 1;
        }
        self.line
    }
}
