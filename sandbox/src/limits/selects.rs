//! Select menus, in messages and in modals:
//! <https://discord.com/developers/docs/components/reference#string-select>.

use std::collections::BTreeSet;

use super::check::{At, Report, whole_number};
use super::components::{Whole, emoji_of};

/// Where the select stands; a modal's may be required and must not be disabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Message,
    Modal,
}

/// Every kind of channel: <https://discord.com/developers/docs/resources/channel#channel-object-channel-types>.
pub(super) const CHANNEL_TYPES: [i64; 13] = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16];

/// Checks a select whose kind (3, 5, 6, 7 or 8) is known to be right.
pub(super) fn select<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>, place: Place) {
    let known = [
        "type",
        "id",
        "custom_id",
        "placeholder",
        "min_values",
        "max_values",
        "disabled",
        "required",
        "options",
        "default_values",
        "channel_types",
    ];
    if !report.object(at, &known) {
        return;
    }
    whole.enter(report, at);
    whole.custom_id(report, at);
    report.text(at, "placeholder", 0..=150);
    report.boolean(at, "required");
    let disabled = report.boolean(at, "disabled");
    if place == Place::Modal && disabled == Some(true) {
        report.refuse(
            at.path_to("disabled"),
            "COMPONENT_DISABLED_IN_MODAL",
            "A component of a modal cannot be disabled",
        );
    }
    let min = report.integer(at, "min_values", 0..=25).unwrap_or(1);
    let max = report.integer(at, "max_values", 1..=25).unwrap_or(1);
    if min > max {
        report.refuse(
            at.path_to("min_values"),
            "NUMBER_TYPE_MAX",
            format!("int value should be less than or equal to {max}."),
        );
    }
    let kind = at.value.get("type").and_then(whole_number);
    if kind == Some(3) {
        options(report, at, max);
    } else {
        default_values(report, at, kind, min, max);
    }
    if let Some(types) = at.get("channel_types") {
        channel_types(report, &types);
    }
}

fn options(report: &mut Report, at: &At<'_>, max: i64) {
    if at.has("default_values") {
        report.refuse(
            at.path_to("default_values"),
            "SELECT_COMPONENT_DEFAULT_VALUES_INVALID",
            "A string select marks its defaults at the options",
        );
    }
    report.require(at, "options");
    // Discord wants at least as many options as may be chosen.
    let fewest = usize::try_from(max.clamp(1, 25)).unwrap_or(1);
    let (mut values, mut defaults) = (BTreeSet::new(), 0);
    for option in report.list(at, "options", fewest..=25) {
        if !report.object(
            &option,
            &["label", "value", "description", "default", "emoji"],
        ) {
            continue;
        }
        report.required_text(&option, "label", 1..=100);
        let value = report.required_text(&option, "value", 1..=100);
        if value.is_some_and(|value| !values.insert(value)) {
            report.refuse(
                &option.path,
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
        report.text(&option, "description", 0..=100);
        defaults += i64::from(report.boolean(&option, "default") == Some(true));
        if let Some(emoji) = option.get("emoji") {
            emoji_of(report, &emoji);
        }
    }
    too_many_defaults(report, at, defaults, max);
}

/// <https://discord.com/developers/docs/components/reference#user-select-select-default-value-structure>.
fn default_values(report: &mut Report, at: &At<'_>, kind: Option<i64>, min: i64, max: i64) {
    let allowed: &[&str] = match kind {
        Some(5) => &["user"],
        Some(6) => &["role"],
        Some(7) => &["user", "role"],
        _ => &["channel"],
    };
    let values = report.list(at, "default_values", 0..=25);
    for value in &values {
        if !report.object(value, &["id", "type"]) {
            continue;
        }
        if report.require(value, "id")
            && let Some(id) = value.get("id")
        {
            report.snowflake(&id);
        }
        let kind = report.required_text(value, "type", 0..=100);
        if kind.is_some_and(|kind| !allowed.contains(&kind)) {
            report.refuse(
                value.path_to("type"),
                "BASE_TYPE_CHOICES",
                format!("Value must be one of {{{}}}.", allowed.join(", ")),
            );
        }
    }
    let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
    if count > 0 && count < min {
        report.refuse(
            at.path_to("default_values"),
            "SELECT_COMPONENT_TOO_FEW_DEFAULT_VALUES",
            "Too few default values",
        );
    }
    too_many_defaults(report, at, count, max);
}

fn too_many_defaults(report: &mut Report, at: &At<'_>, defaults: i64, max: i64) {
    if defaults > max {
        report.refuse(
            &at.path,
            "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
            "Too many default values",
        );
    }
}

/// A list of distinct kinds of channels.
pub(super) fn channel_types(report: &mut Report, types: &At<'_>) {
    if !types.value.is_array() {
        report.refuse(
            &types.path,
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        );
    }
    let mut seen = BTreeSet::new();
    for item in types.items() {
        match whole_number(item.value) {
            None => report.not_an_integer(&item),
            Some(kind) if !CHANNEL_TYPES.contains(&kind) => report.refuse(
                item.path,
                "BASE_TYPE_CHOICES",
                format!("There is no channel type {kind}."),
            ),
            Some(kind) if !seen.insert(kind) => report.refuse(
                item.path,
                "SET_TYPE_ALREADY_CONTAINS_VALUE",
                "The set already contains this value",
            ),
            Some(_) => {}
        }
    }
}
