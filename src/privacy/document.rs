//! The file that a person gets of their data: its shape, and how a large one is split. Pure.
//!
//! One JSON object, pretty-printed: `format`, `version`, `made_at`, `part` and `parts`, `server`,
//! then one array for each section, in the order of the claims. Instants are RFC 3339 in UTC, other
//! people are given by name. Fields may be added; a change of meaning raises the version.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::Section;
use crate::ids::GuildId;

/// The name of the format.
pub const FORMAT: &str = "bellwether-personal-data";

/// The version of the format.
const VERSION: u32 = 1;

/// A stored instant (Unix milliseconds) as the file has it.
#[must_use]
pub fn instant(millis: i64) -> String {
    let at = crate::time::clock::from_millis(millis);
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Everything about a person in a guild.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The guild.
    pub guild: GuildId,
    /// Its name as last seen.
    pub server: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// What it holds.
    pub sections: Vec<Section>,
}

/// A file of the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The file's name.
    pub name: String,
    /// UTF-8 JSON.
    pub bytes: Vec<u8>,
}

impl Document {
    /// How many entries it has besides the person's own row.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.sections
            .iter()
            .map(|section| section.entries.len())
            .sum()
    }

    /// The document as files of at most `most` bytes each: one, printed for people; one, printed
    /// densely, if that is too large; else as many as it takes. An entry is never cut: one that is
    /// larger than a file makes a file that is larger.
    ///
    /// # Errors
    /// A fault of the serializer.
    pub fn files(&self, most: usize) -> Result<Vec<Part>, serde_json::Error> {
        let whole = Sheet {
            of: self,
            sections: self.sections.clone(),
            part: 1,
            parts: 1,
        };
        let pretty = serde_json::to_vec_pretty(&whole)?;
        if pretty.len() <= most {
            return Ok(vec![self.file(pretty, 1, 1)]);
        }
        let dense = serde_json::to_vec(&whole)?;
        if dense.len() <= most {
            return Ok(vec![self.file(dense, 1, 1)]);
        }
        let sheets = self.split(most)?;
        let parts = sheets.len();
        let mut files = Vec::with_capacity(parts);
        for (n, sections) in sheets.into_iter().enumerate() {
            let part = n + 1;
            let bytes = serde_json::to_vec(&Sheet {
                of: self,
                sections,
                part,
                parts,
            })?;
            files.push(self.file(bytes, part, parts));
        }
        Ok(files)
    }

    /// The sections of each file, filled in order.
    fn split(&self, most: usize) -> Result<Vec<Vec<Section>>, serde_json::Error> {
        // The head, and for each section its name, brackets and comma; part numbers of any length.
        let nothing = self.sections.iter().map(|section| Section {
            name: section.name,
            entries: Vec::new(),
        });
        let empty: Vec<Section> = nothing.collect();
        let head = Sheet {
            of: self,
            sections: empty.clone(),
            part: usize::MAX,
            parts: usize::MAX,
        };
        let head = serde_json::to_vec(&head)?.len();
        let (mut sheets, mut sheet, mut size) = (Vec::new(), empty.clone(), head);
        for (n, section) in self.sections.iter().enumerate() {
            for entry in &section.entries {
                let length = serde_json::to_vec(entry)?.len() + 1;
                if size > head && size + length > most {
                    sheets.push(std::mem::replace(&mut sheet, empty.clone()));
                    size = head;
                }
                size += length;
                if let Some(section) = sheet.get_mut(n) {
                    section.entries.push(entry.clone());
                }
            }
        }
        sheets.push(sheet);
        Ok(sheets)
    }

    fn file(&self, bytes: Vec<u8>, part: usize, parts: usize) -> Part {
        let date = self.made_at.date_naive();
        let of = if parts == 1 {
            String::new()
        } else {
            format!("-{part}-of-{parts}")
        };
        Part {
            name: format!("bellwether-{}-{date}{of}.json", self.guild),
            bytes,
        }
    }
}

/// What stands in one file.
struct Sheet<'a> {
    of: &'a Document,
    sections: Vec<Section>,
    part: usize,
    parts: usize,
}

impl Serialize for Sheet<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = self.of;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("version", &VERSION)?;
        map.serialize_entry("made_at", &instant(document.made_at.timestamp_millis()))?;
        map.serialize_entry("part", &self.part)?;
        map.serialize_entry("parts", &self.parts)?;
        let server = json!({"id": document.guild.to_string(), "name": document.server});
        map.serialize_entry::<_, Value>("server", &server)?;
        for section in &self.sections {
            map.serialize_entry(section.name, &section.entries)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(entries: usize) -> Document {
        let entry = |n: usize| json!({"number": n, "text": "the demo ".repeat(5)});
        Document {
            guild: GuildId::from(7),
            server: "Acme".to_owned(),
            made_at: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
            sections: vec![
                Section {
                    name: "person",
                    entries: vec![json!({"name": "Bo"})],
                },
                Section {
                    name: "kudos_received",
                    entries: (0..entries).map(entry).collect(),
                },
            ],
        }
    }

    #[test]
    fn a_small_one_is_one_file_for_people() {
        let files = document(1).files(10_000).unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].name, "bellwether-7-2026-11-18.json");
        insta::assert_snapshot!(std::str::from_utf8(&files[0].bytes).unwrap(), @r#"
        {
          "format": "bellwether-personal-data",
          "version": 1,
          "made_at": "2026-11-18T11:06:40Z",
          "part": 1,
          "parts": 1,
          "server": {
            "id": "7",
            "name": "Acme"
          },
          "person": [
            {
              "name": "Bo"
            }
          ],
          "kudos_received": [
            {
              "number": 0,
              "text": "the demo the demo the demo the demo the demo "
            }
          ]
        }
        "#);
    }

    #[test]
    fn a_larger_one_is_dense_and_a_large_one_split_without_losing_an_entry() {
        let dense = document(10).files(1_100).unwrap();
        assert_eq!(dense.len(), 1);
        assert!(!dense[0].bytes.contains(&b'\n'));
        let files = document(200).files(2_000).unwrap();
        assert!(files.len() > 5);
        let mut numbers = Vec::new();
        for (n, file) in files.iter().enumerate() {
            assert!(file.bytes.len() <= 2_000, "{}", file.bytes.len());
            assert!(
                file.name
                    .ends_with(&format!("-{}-of-{}.json", n + 1, files.len()))
            );
            let value: Value = serde_json::from_slice(&file.bytes).unwrap();
            assert_eq!(value["parts"], files.len());
            numbers.extend(
                value["kudos_received"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|entry| entry["number"].as_u64().unwrap()),
            );
        }
        assert_eq!(numbers, (0..200).collect::<Vec<u64>>());
    }

    #[test]
    fn an_entry_larger_than_a_file_has_one_of_its_own() {
        let files = document(2).files(10).unwrap();
        assert_eq!(files.len(), 3);
    }
}
