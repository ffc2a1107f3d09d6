//! A settings file, read key by key, with the place of everything in it.
//!
//! Invariants: [`Document::read`] is the only list of what exists, so that a setting cannot be read
//! and at once be unknown; a value that is refused leaves the default in place; a value that looks
//! like a token or carries a password is never repeated.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Place, Problem};
use super::token::Token;

/// A section and a key in it.
pub(super) type Name = (&'static str, &'static str);

/// A value as a setting looks at it.
#[derive(Clone, Copy)]
pub(super) enum Found<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number; `None` beyond 64 bits.
    Whole(Option<i64>),
    /// `true` or `false`.
    Switch(bool),
    /// A fraction, a date, a list or a section.
    Other,
}

/// A parsed file, and what was wrong with it so far.
pub(super) struct Document<'t> {
    file: &'t Path,
    text: &'t str,
    root: DeTable<'t>,
    known: Vec<Name>,
    set: Vec<(Name, Place)>,
    refused: Vec<Name>,
    problems: Vec<Problem>,
    well_formed: bool,
}

impl<'t> Document<'t> {
    /// Reads TOML 1.0 text; what is not TOML becomes problems, and the rest is read all the same.
    pub(super) fn parse(file: &'t Path, text: &'t str) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let problems: Vec<Problem> = errors
            .iter()
            .map(|error| Problem {
                place: match error.span() {
                    Some(span) => line_of(file, text, span.start),
                    None => Place::File(file.to_owned()),
                },
                message: format!("not valid TOML: {}", error.message()),
            })
            .collect();
        Self {
            file,
            text,
            root: root.into_inner(),
            known: Vec::new(),
            set: Vec::new(),
            refused: Vec::new(),
            well_formed: problems.is_empty(),
            problems,
        }
    }

    /// Puts the value of a setting into `slot`, if the file has it and `parse` takes it. `parse`
    /// fails with what is allowed.
    pub(super) fn read<T>(
        &mut self,
        name: Name,
        slot: &mut T,
        parse: impl Fn(Found<'_>) -> Result<T, String>,
    ) {
        self.known.push(name);
        let (section, key) = name;
        let Some(value) = self
            .root
            .get(section)
            .and_then(|table| table.get_ref().as_table())
            .and_then(|table| table.get(key))
        else {
            return;
        };
        let place = line_of(self.file, self.text, value.span().start);
        let (parsed, shown) = (parse(found(value.get_ref())), self.show(value));
        self.set.push((name, place.clone()));
        match parsed {
            Ok(parsed) => *slot = parsed,
            Err(allowed) => {
                self.refused.push(name);
                self.problems.push(Problem {
                    place,
                    message: format!("[{section}] {key} is {shown}; allowed: {allowed}"),
                });
            }
        }
    }

    /// The same for a variable of the environment, which has the last word on its setting.
    pub(super) fn override_with<T>(
        &mut self,
        name: Name,
        (variable, value): (&'static str, &str),
        slot: &mut T,
        parse: impl Fn(Found<'_>) -> Result<T, String>,
    ) {
        self.set.push((name, Place::Variable(variable)));
        match parse(Found::Text(value)) {
            Ok(parsed) => {
                self.refused.retain(|refused| *refused != name);
                *slot = parsed;
            }
            Err(allowed) => {
                self.refused.push(name);
                let shown = shown_text(value);
                self.refuse_at(
                    Place::Variable(variable),
                    format!("the value is {shown}; allowed: {allowed}"),
                );
            }
        }
    }

    /// Notes that a secret of the environment is none, without showing it.
    pub(super) fn refuse_secret(&mut self, name: Name, variable: &'static str, why: &str) {
        self.refused.push(name);
        self.refuse_at(Place::Variable(variable), why.to_owned());
    }

    /// Notes something wrong at a place of the caller's.
    pub(super) fn refuse_at(&mut self, place: Place, message: String) {
        self.problems.push(Problem { place, message });
    }

    /// Notes that settings which are each valid do not go together: at the last of them that
    /// somebody has set. Says nothing while one of them is refused for itself.
    pub(super) fn refuse_together(&mut self, names: &[Name], message: String) {
        if names.iter().any(|name| self.refused.contains(name)) {
            return;
        }
        let place = self.set.iter().rev().find(|(name, _)| names.contains(name));
        if let Some((_, place)) = place {
            let place = place.clone();
            self.refuse_at(place, message);
        }
    }

    /// Whether a setting was refused, so that its slot still holds the default.
    pub(super) fn is_refused(&self, name: Name) -> bool {
        self.refused.contains(&name)
    }

    /// Every problem, in the order of the file and then the environment's, unknown keys included.
    ///
    /// In a file that is not TOML keys may have lost their section, so that unknown ones say little
    /// and are left out.
    pub(super) fn finish(mut self) -> (Vec<Problem>, Vec<Name>) {
        if self.well_formed {
            let unknown = self.unknown();
            self.problems.extend(unknown);
        }
        self.problems.sort_by(|a, b| a.place.cmp(&b.place));
        (self.problems, self.known)
    }

    fn unknown(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut refuse = |at: usize, message: String| {
            problems.push(Problem {
                place: line_of(self.file, self.text, at),
                message,
            });
        };
        for (key, value) in &self.root {
            let (at, name) = (key.span().start, key.get_ref().as_ref());
            let is_section = self.known.iter().any(|(section, _)| *section == name);
            match (is_section, value.get_ref()) {
                (true, DeValue::Table(table)) => {
                    for key in table.keys() {
                        let inner = key.get_ref().as_ref();
                        if !self.knows(name, inner) {
                            let message = self.unknown_setting(Some(name), inner);
                            refuse(key.span().start, message);
                        }
                    }
                }
                (true, _) => refuse(
                    at,
                    format!(
                        "{name} is {}; allowed: one section, [{name}]",
                        self.show(value)
                    ),
                ),
                (false, DeValue::Table(_)) => refuse(at, self.unknown_section(name)),
                (false, _) => refuse(at, self.unknown_setting(None, name)),
            }
        }
        problems
    }

    fn knows(&self, section: &str, key: &str) -> bool {
        self.known
            .iter()
            .any(|(home, known)| *home == section && *known == key)
    }

    fn unknown_section(&self, name: &str) -> String {
        if is_about_the_token(name) {
            return token_in_file(None);
        }
        let mut sections: Vec<&str> = self.known.iter().map(|(section, _)| *section).collect();
        sections.dedup();
        match nearest(name, sections.iter().copied()) {
            Some(meant) => format!("unknown section [{name}]; did you mean [{meant}]?"),
            None => {
                let all: Vec<String> = sections.iter().map(|s| format!("[{s}]")).collect();
                format!("unknown section [{name}]; allowed: {}", all.join(", "))
            }
        }
    }

    fn unknown_setting(&self, section: Option<&str>, key: &str) -> String {
        if is_about_the_token(key) {
            return token_in_file(section);
        }
        let here = section.map_or_else(String::new, |section| format!(" in [{section}]"));
        let siblings = || {
            let inside = |name: &&Name| section.is_none_or(|section| name.0 == section);
            self.known.iter().filter(inside).map(|(_, key)| *key)
        };
        if let Some((home, _)) = self.known.iter().find(|(_, known)| *known == key) {
            format!("{key} is not a setting{here}; it belongs under [{home}]")
        } else if let Some(meant) = nearest(key, siblings()) {
            let home = match section {
                Some(_) => String::new(),
                None => self
                    .known
                    .iter()
                    .find(|(_, known)| *known == meant)
                    .map_or_else(String::new, |(home, _)| format!(" under [{home}]")),
            };
            format!("unknown setting {key}{here}; did you mean {meant}{home}?")
        } else if section.is_some() {
            let all: Vec<&str> = siblings().collect();
            format!("unknown setting {key}{here}; allowed: {}", all.join(", "))
        } else {
            format!("unknown setting {key}; settings stand in sections such as [discord]")
        }
    }

    /// A value as the file writes it, short enough for a line.
    fn show(&self, value: &Spanned<DeValue<'_>>) -> String {
        match value.get_ref() {
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a section".to_owned(),
            DeValue::String(text) => shown_text(text),
            _ => shortened(self.text.get(value.span()).unwrap_or_default()),
        }
    }
}

fn found<'a>(value: &'a DeValue<'_>) -> Found<'a> {
    match value {
        DeValue::String(text) => Found::Text(text),
        DeValue::Boolean(on) => Found::Switch(*on),
        DeValue::Integer(number) => {
            Found::Whole(i64::from_str_radix(number.as_str(), number.radix()).ok())
        }
        _ => Found::Other,
    }
}

fn line_of(file: &Path, text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Place::Line {
        file: file.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before.get(start..).map_or(0, |part| part.chars().count()) + 1,
    }
}

/// Text in quotes; a secret in the wrong place is not repeated.
fn shown_text(text: &str) -> String {
    let like_a_token =
        text.len() > 50 && Token::parse(text).is_ok_and(|token| token.discords_own().is_ok());
    let with_password = text.contains("://") && text.contains('@');
    if like_a_token {
        "something that looks like a token".to_owned()
    } else if with_password {
        "a URL with a user in it".to_owned()
    } else {
        shortened(&format!("{text:?}"))
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

fn is_about_the_token(key: &str) -> bool {
    key.to_ascii_lowercase().contains("token")
}

fn token_in_file(section: Option<&str>) -> String {
    let variable = match section {
        Some("readings") => "BELLWETHER_READINGS_TOKEN",
        _ => "DISCORD_TOKEN",
    };
    format!("the token does not belong in a file; put it into the environment variable {variable}")
}

/// The candidate that a slip of the fingers would turn into `word`: about one slip in four letters.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = word.to_lowercase().replace('-', "_");
    candidates
        .into_iter()
        .map(|known| (strsim::osa_distance(&word, &known.to_lowercase()), known))
        .filter(|(slips, known)| *slips <= 1 + known.chars().count() / 4)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, known)| known)
}
