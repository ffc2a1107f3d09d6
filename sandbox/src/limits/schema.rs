//! The options that a slash command declares, its sub-commands among them:
//! <https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure>.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::check::{At, Report};
use super::choices::{INT53, MAX_CHOICES, choice};
use super::selects::channel_types;

/// Every language a text may be given in: <https://discord.com/developers/docs/reference#locales>.
const LOCALES: [&str; 34] = [
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he",
    "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE",
    "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/// <https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming>.
#[expect(
    clippy::expect_used,
    reason = "the pattern is a constant, and every test of a name compiles it"
)]
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$").expect("a valid pattern")
});

/// Where a list of options stands, which decides what may be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Either sub-commands and groups, or values.
    Command,
    /// Sub-commands alone.
    Group,
    /// Values alone.
    SubCommand,
}

impl Level {
    fn kinds(self) -> &'static [i64] {
        match self {
            Self::Command => &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
            Self::Group => &[1],
            Self::SubCommand => &[3, 4, 5, 6, 7, 8, 9, 10, 11],
        }
    }
}

/// Checks that a name of a slash command or an option has only letters that Discord allows, in
/// lower case where they have one. Its length is checked by the caller.
pub(super) fn name(report: &mut Report, at: &At<'_>, name: &str) {
    let too_long = name.chars().count() > 32;
    if !name.is_empty() && !too_long && (!NAME.is_match(name) || name.to_lowercase() != name) {
        report.refuse(
            at.path_to("name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        );
    }
}

/// Checks translations: known languages, each text within the range; `strict` asks for the letters
/// of a slash command's name.
pub(super) fn localizations(
    report: &mut Report,
    at: &At<'_>,
    field: &str,
    range: RangeInclusive<usize>,
    strict: bool,
) {
    let Some(map) = at.get(field) else {
        return;
    };
    let Some(texts) = map.value.as_object() else {
        report.refuse(
            map.path,
            "DICT_TYPE_CONVERT",
            "Only dictionaries may be used in a DictType",
        );
        return;
    };
    for locale in texts.keys() {
        if !LOCALES.contains(&locale.as_str()) {
            report.refuse(
                map.path_to(locale),
                "BASE_TYPE_CHOICES",
                format!("There is no locale {locale}."),
            );
        }
        let text = report.text(&map, locale, range.clone());
        let valid = text.is_none_or(|text| {
            range.end() < &text.chars().count()
                || (NAME.is_match(text) && text.to_lowercase() == text)
        });
        if strict && !valid {
            report.refuse(
                map.path_to(locale),
                "APPLICATION_COMMAND_INVALID_NAME",
                "Command name is invalid",
            );
        }
    }
}

/// Checks `options` of a command, a group or a sub-command.
pub(super) fn options(report: &mut Report, parent: &At<'_>, level: Level) {
    let items = report.list(parent, "options", 0..=25);
    let (mut names, mut optional_seen, mut nested, mut values) = (BTreeSet::new(), false, 0, 0);
    for at in &items {
        if !at.value.is_object() {
            // Says so in Discord's words.
            report.object(at, &[]);
            continue;
        }
        let Some(kind) = report.kind(at, level.kinds()) else {
            continue;
        };
        if kind <= 2 {
            nested += 1;
        } else {
            values += 1;
            let required = report.boolean(at, "required") == Some(true);
            if required && optional_seen {
                report.refuse(
                    &at.path,
                    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "Required options must be placed before non-required options",
                );
            }
            optional_seen |= !required;
        }
        let text = at.value.get("name").and_then(Value::as_str);
        if text.is_some_and(|text| !names.insert(text)) {
            report.refuse(
                at.path_to("name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        option(report, at, kind);
    }
    if nested > 0 && values > 0 {
        report.refuse(
            parent.path_to("options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
}

fn option(report: &mut Report, at: &At<'_>, kind: i64) {
    if let Some(text) = report.required_text(at, "name", 1..=32) {
        name(report, at, text);
    }
    localizations(report, at, "name_localizations", 1..=32, true);
    report.required_text(at, "description", 1..=100);
    localizations(report, at, "description_localizations", 1..=100, false);
    match kind {
        1 => options(report, at, Level::SubCommand),
        2 => options(report, at, Level::Group),
        3 => lengths(report, at),
        4 => {
            let min = report.integer(at, "min_value", INT53);
            let max = report.integer(at, "max_value", INT53);
            if let (Some(min), Some(max)) = (min, max) {
                ordered(report, at, "min_value", min <= max);
            }
        }
        7 => {
            if let Some(types) = at.get("channel_types") {
                channel_types(report, &types);
            }
        }
        10 => {
            let (min, max) = (
                number(report, at, "min_value"),
                number(report, at, "max_value"),
            );
            if let (Some(min), Some(max)) = (min, max) {
                ordered(report, at, "min_value", min <= max);
            }
        }
        _ => {}
    }
    choices(report, at, kind);
}

fn lengths(report: &mut Report, at: &At<'_>) {
    let min = report.integer(at, "min_length", 0..=6000);
    let max = report.integer(at, "max_length", 1..=6000);
    if let (Some(min), Some(max)) = (min, max) {
        ordered(report, at, "min_length", min <= max);
    }
}

fn number(report: &mut Report, at: &At<'_>, name: &str) -> Option<f64> {
    let field = at.get(name)?;
    let number = field.value.as_f64();
    if number.is_none() {
        report.refuse(
            &field.path,
            "NUMBER_TYPE_COERCE",
            format!("Value \"{}\" is not float.", field.value),
        );
    }
    number
}

fn ordered(report: &mut Report, at: &At<'_>, name: &str, in_order: bool) {
    if !in_order {
        report.refuse(
            at.path_to(name),
            "APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID",
            "The minimum must not be greater than the maximum",
        );
    }
}

/// Only texts and numbers have choices or autocomplete, and never both.
fn choices(report: &mut Report, at: &At<'_>, kind: i64) {
    let takes_choices = matches!(kind, 3 | 4 | 10);
    let autocomplete = report.boolean(at, "autocomplete") == Some(true);
    let items = report.list(at, "choices", 0..=MAX_CHOICES);
    if autocomplete && (!takes_choices || !items.is_empty()) {
        report.refuse(
            at.path_to("autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            "Autocomplete is for text and number options without choices",
        );
    }
    if !takes_choices && !items.is_empty() {
        report.refuse(
            at.path_to("choices"),
            "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
            "Choices are for text and number options",
        );
        return;
    }
    let mut names = BTreeSet::new();
    for item in &items {
        choice(report, item, Some(kind));
        let name = item.value.get("name").and_then(Value::as_str);
        if name.is_some_and(|name| !names.insert(name)) {
            report.refuse(
                item.path_to("name"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                "Option choice name already exists",
            );
        }
    }
}

/// The code points of a command or option that count towards the 8,000: its name and description,
/// the longest translation of each, and the same of everything inside; of choices the names and
/// the texts.
pub(super) fn size_of(at: &At<'_>) -> usize {
    let mut size = longest(at, "name") + longest(at, "description");
    for option in at
        .get("options")
        .map(|list| list.items())
        .unwrap_or_default()
    {
        size += size_of(&option);
    }
    for choice in at
        .get("choices")
        .map(|list| list.items())
        .unwrap_or_default()
    {
        size += longest(&choice, "name") + length(choice.value.get("value"));
    }
    size
}

fn longest(at: &At<'_>, name: &str) -> usize {
    let own = length(at.value.get(name));
    let translated = at.value.get(format!("{name}_localizations"));
    let translated = translated.and_then(Value::as_object).into_iter().flatten();
    translated
        .map(|(_, text)| length(Some(text)))
        .fold(own, usize::max)
}

fn length(value: Option<&Value>) -> usize {
    value
        .and_then(Value::as_str)
        .map_or(0, |text| text.chars().count())
}
