//! A place in a JSON body, and the report that collects what is wrong with it.
//!
//! Invariants: a field that is `null` counts as absent, as in nearly all of Discord's bodies; a
//! length is a number of Unicode code points.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::{Checked, Violation};

/// A value of the body together with its path.
#[derive(Debug, Clone)]
pub(super) struct At<'a> {
    pub(super) value: &'a Value,
    pub(super) path: String,
}

impl<'a> At<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self {
            value,
            path: String::new(),
        }
    }

    /// The path of a field, whether or not it is there.
    pub(super) fn path_to(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The field, unless it is absent or `null`.
    pub(super) fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Self {
            value,
            path: self.path_to(name),
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.value.get(name).is_some_and(|value| !value.is_null())
    }

    /// The elements, or nothing when this is not a list.
    pub(super) fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().map(Vec::as_slice).unwrap_or_default();
        items
            .iter()
            .enumerate()
            .map(|(index, value)| Self {
                value,
                path: self.path_to(&index.to_string()),
            })
            .collect()
    }
}

/// Everything found wrong so far, and every field that Discord does not know.
#[derive(Debug, Default)]
pub(super) struct Report {
    violations: Vec<Violation>,
    pub(super) unknown: Vec<String>,
}

impl Report {
    pub(super) fn finish(self) -> Checked {
        if self.violations.is_empty() {
            Ok(())
        } else {
            Err(self.violations)
        }
    }

    pub(super) fn refuse(
        &mut self,
        path: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.violations.push(Violation {
            path: path.into(),
            code,
            message: message.into(),
        });
    }

    /// Whether this is an object; notes the fields that are not among `known`.
    pub(super) fn object(&mut self, at: &At<'_>, known: &[&str]) -> bool {
        let Some(fields) = at.value.as_object() else {
            self.refuse(
                &at.path,
                "MODEL_TYPE_CONVERT",
                "Only dictionaries may be used in a ModelType",
            );
            return false;
        };
        let unknown = fields.keys().filter(|key| !known.contains(&key.as_str()));
        self.unknown.extend(unknown.map(|key| at.path_to(key)));
        true
    }

    /// Reports the field as missing unless it is there.
    pub(super) fn require(&mut self, at: &At<'_>, name: &str) -> bool {
        let present = at.has(name);
        if !present {
            self.refuse(
                at.path_to(name),
                "BASE_TYPE_REQUIRED",
                "This field is required",
            );
        }
        present
    }

    /// A length that must lie in the range, of a text or a list.
    pub(super) fn length(&mut self, path: &str, length: usize, range: &RangeInclusive<usize>) {
        if range.contains(&length) {
            return;
        }
        let (min, max) = (range.start(), range.end());
        if *min == 0 {
            self.refuse(
                path,
                "BASE_TYPE_MAX_LENGTH",
                format!("Must be {max} or fewer in length."),
            );
        } else {
            self.refuse(
                path,
                "BASE_TYPE_BAD_LENGTH",
                format!("Must be between {min} and {max} in length."),
            );
        }
    }

    /// The text of a field, when it is a text, even if its length is refused.
    pub(super) fn text<'a>(
        &mut self,
        at: &At<'a>,
        name: &str,
        range: RangeInclusive<usize>,
    ) -> Option<&'a str> {
        let field = at.get(name)?;
        let text = self.plain_text(&field)?;
        self.length(&field.path, text.chars().count(), &range);
        Some(text)
    }

    /// As [`Self::text`], with spaces around the text left out of its length.
    pub(super) fn trimmed_text<'a>(
        &mut self,
        at: &At<'a>,
        name: &str,
        max: usize,
    ) -> Option<&'a str> {
        let field = at.get(name)?;
        let text = self.plain_text(&field)?.trim();
        self.length(&field.path, text.chars().count(), &(0..=max));
        Some(text)
    }

    pub(super) fn required_text<'a>(
        &mut self,
        at: &At<'a>,
        name: &str,
        range: RangeInclusive<usize>,
    ) -> Option<&'a str> {
        self.require(at, name)
            .then(|| self.text(at, name, range))
            .flatten()
    }

    pub(super) fn plain_text<'a>(&mut self, field: &At<'a>) -> Option<&'a str> {
        let text = field.value.as_str();
        if text.is_none() {
            self.refuse(
                &field.path,
                "STRING_TYPE_CONVERT",
                format!("Could not interpret \"{}\" as string.", field.value),
            );
        }
        text
    }

    /// The whole number of a field, even if it is out of range.
    pub(super) fn integer(
        &mut self,
        at: &At<'_>,
        name: &str,
        range: RangeInclusive<i64>,
    ) -> Option<i64> {
        let field = at.get(name)?;
        let Some(number) = whole_number(field.value) else {
            self.not_an_integer(&field);
            return None;
        };
        if number < *range.start() {
            self.refuse(
                &field.path,
                "NUMBER_TYPE_MIN",
                format!(
                    "int value should be greater than or equal to {}.",
                    range.start()
                ),
            );
        } else if number > *range.end() {
            self.refuse(
                &field.path,
                "NUMBER_TYPE_MAX",
                format!("int value should be less than or equal to {}.", range.end()),
            );
        }
        Some(number)
    }

    pub(super) fn not_an_integer(&mut self, field: &At<'_>) {
        self.refuse(
            &field.path,
            "NUMBER_TYPE_COERCE",
            format!("Value \"{}\" is not int.", field.value),
        );
    }

    /// The whole number of a field when it is one of `allowed`.
    pub(super) fn one_of(&mut self, at: &At<'_>, name: &str, allowed: &[i64]) -> Option<i64> {
        let number = self.integer(at, name, i64::MIN..=i64::MAX)?;
        if allowed.contains(&number) {
            return Some(number);
        }
        let allowed = listed(allowed);
        self.refuse(
            at.path_to(name),
            "BASE_TYPE_CHOICES",
            format!("Value must be one of {{{allowed}}}."),
        );
        None
    }

    /// The kind of a component or an option, which decides about all its other fields.
    pub(super) fn kind(&mut self, at: &At<'_>, allowed: &[i64]) -> Option<i64> {
        if !self.require(at, "type") {
            return None;
        }
        let kind = self.integer(at, "type", i64::MIN..=i64::MAX)?;
        if allowed.contains(&kind) {
            return Some(kind);
        }
        let allowed = listed(allowed);
        self.refuse(
            at.path_to("type"),
            "UNION_TYPE_CHOICES",
            format!("Value of field \"type\" must be one of ({allowed})."),
        );
        None
    }

    pub(super) fn boolean(&mut self, at: &At<'_>, name: &str) -> Option<bool> {
        let field = at.get(name)?;
        let truth = field.value.as_bool();
        if truth.is_none() {
            self.refuse(
                &field.path,
                "BOOLEAN_TYPE_CONVERT",
                "Must be either true or false.",
            );
        }
        truth
    }

    pub(super) fn snowflake(&mut self, field: &At<'_>) -> Option<u64> {
        let id = snowflake(field.value);
        if id.is_none() {
            self.refuse(
                &field.path,
                "NUMBER_TYPE_COERCE",
                format!("Value \"{}\" is not snowflake.", field.value),
            );
        }
        id
    }

    /// A list of a length in the range; its elements are returned even if there are too many.
    pub(super) fn list<'a>(
        &mut self,
        at: &At<'a>,
        name: &str,
        range: RangeInclusive<usize>,
    ) -> Vec<At<'a>> {
        let Some(field) = at.get(name) else {
            return Vec::new();
        };
        if !field.value.is_array() {
            self.refuse(
                &field.path,
                "LIST_TYPE_CONVERT",
                "Only iterables may be used in a ListType",
            );
            return Vec::new();
        }
        let items = field.items();
        self.length(&field.path, items.len(), &range);
        items
    }

    /// An address of at most `max` code points with one of the schemes and a host behind it.
    pub(super) fn url(&mut self, at: &At<'_>, name: &str, max: usize, schemes: &[&str]) {
        let Some(url) = self.text(at, name, 0..=max).filter(|url| !url.is_empty()) else {
            return;
        };
        let path = at.path_to(name);
        let Some((scheme, rest)) = url.split_once("://") else {
            self.refuse(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            return;
        };
        if !schemes.contains(&scheme.to_ascii_lowercase().as_str()) {
            let schemes: Vec<String> = schemes.iter().map(|one| format!("'{one}'")).collect();
            self.refuse(
                path,
                "URL_TYPE_INVALID_SCHEME",
                format!(
                    "Scheme \"{scheme}\" must be one of ({}).",
                    schemes.join(", ")
                ),
            );
        } else if rest.starts_with(['/', '?', '#'])
            || rest.is_empty()
            || rest.contains(char::is_whitespace)
        {
            self.refuse(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
    }
}

/// A whole number, which JSON may also write as `5.0`.
pub(super) fn whole_number(value: &Value) -> Option<i64> {
    // Below 2^63 every float without a fraction converts without loss.
    let float =
        |number: f64| (number.fract() == 0.0 && number.abs() < 9.0e18).then_some(number as i64);
    value
        .as_i64()
        .or_else(|| value.as_f64().filter(|_| value.is_f64()).and_then(float))
}

/// An id as Discord accepts it: a text of digits, or a whole number.
pub(super) fn snowflake(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

fn listed(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    numbers.join(", ")
}
