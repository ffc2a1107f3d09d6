//! The commands that an application registers:
//! <https://discord.com/developers/docs/interactions/application-commands#create-global-application-command>.
//!
//! The options of a command stand in `schema`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Checked;
use super::check::{At, Report, snowflake, whole_number};
use super::schema::{self, localizations, size_of};

/// How many code points the names, descriptions and choices of a command may have together.
const MAX_SIZE: usize = 8000;
/// Type of a command, what it is called, and how many of it may be registered.
const PER_TYPE: [(i64, &str, usize); 4] = [
    (1, "slash", 100),
    (2, "user", 15),
    (3, "message", 15),
    (4, "entry point", 1),
];

/// Checks the body of a bulk overwrite (`PUT …/commands`), a list of commands.
///
/// # Errors
/// Every broken rule; a path starts with the index of its command.
pub fn commands(list: &Value) -> Checked {
    let mut report = Report::default();
    let root = At::root(list);
    if !list.is_array() {
        report.refuse(
            "",
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        );
    }
    let items = root.items();
    let mut names = BTreeSet::new();
    for at in &items {
        check(&mut report, at);
        let name = at.value.get("name").and_then(Value::as_str);
        if name.is_some_and(|name| !names.insert((type_of(at), name))) {
            report.refuse(
                at.path_to("name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    for (kind, called, most) in PER_TYPE {
        if items.iter().filter(|at| type_of(at) == kind).count() > most {
            report.refuse(
                "",
                "APPLICATION_COMMANDS_MAX_EXCEEDED",
                format!("Maximum number of {called} commands reached ({most})"),
            );
        }
    }
    report.finish()
}

/// Checks the body with which one command is created (`POST …/commands`).
///
/// # Errors
/// Every broken rule.
pub fn command(body: &Value) -> Checked {
    let mut report = Report::default();
    check(&mut report, &At::root(body));
    report.finish()
}

/// A command without a type is a slash command.
fn type_of(at: &At<'_>) -> i64 {
    at.get("type")
        .and_then(|kind| whole_number(kind.value))
        .unwrap_or(1)
}

fn check(report: &mut Report, at: &At<'_>) {
    if !at.value.is_object() {
        // Says so in Discord's words.
        report.object(at, &[]);
        return;
    }
    let kind = if at.has("type") {
        report.one_of(at, "type", &[1, 2, 3, 4])
    } else {
        Some(1)
    };
    let slash = kind == Some(1);
    let name = report.required_text(at, "name", 1..=32);
    if slash && let Some(name) = name {
        schema::name(report, at, name);
    }
    localizations(report, at, "name_localizations", 1..=32, slash);
    if slash {
        report.required_text(at, "description", 1..=100);
        localizations(report, at, "description_localizations", 1..=100, false);
        schema::options(report, at, schema::Level::Command);
    } else if kind.is_some() {
        for name in ["description", "options"] {
            let empty = at.get(name).is_none_or(|field| {
                field.value == "" || field.value.as_array().is_some_and(Vec::is_empty)
            });
            if !empty {
                report.refuse(
                    at.path_to(name),
                    "APPLICATION_COMMAND_CONTEXT_MENU_FIELD_NOT_ALLOWED",
                    format!("Context menu commands cannot have the field \"{name}\""),
                );
            }
        }
    }
    permissions(report, at);
    for name in ["dm_permission", "nsfw"] {
        report.boolean(at, name);
    }
    numbers(report, at, "contexts", &[0, 1, 2]);
    numbers(report, at, "integration_types", &[0, 1]);
    if size_of(at) > MAX_SIZE {
        report.refuse(
            &at.path,
            "APPLICATION_COMMAND_TOO_LARGE",
            format!("Command exceeds maximum size ({MAX_SIZE})"),
        );
    }
}

/// A bit set as text, as documented, or as a whole number, as also accepted.
fn permissions(report: &mut Report, at: &At<'_>) {
    let Some(field) = at.get("default_member_permissions") else {
        return;
    };
    if snowflake(field.value).is_none() {
        report.not_an_integer(&field);
    }
}

/// A list of distinct numbers out of `allowed`, not empty when it is there.
fn numbers(report: &mut Report, at: &At<'_>, name: &str, allowed: &[i64]) {
    let mut seen = BTreeSet::new();
    for item in report.list(at, name, 1..=allowed.len()) {
        match whole_number(item.value) {
            None => report.not_an_integer(&item),
            Some(number) if !allowed.contains(&number) => report.refuse(
                item.path,
                "BASE_TYPE_CHOICES",
                format!("Value must be one of {allowed:?}."),
            ),
            Some(number) if !seen.insert(number) => report.refuse(
                item.path,
                "SET_TYPE_ALREADY_CONTAINS_VALUE",
                "The set already contains this value",
            ),
            Some(_) => {}
        }
    }
}
