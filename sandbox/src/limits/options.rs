//! What Discord checks of the options a person gives before a command reaches the application:
//! <https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure>.
//!
//! Elsewhere on purpose: autocomplete, whose options may still be incomplete and of any length.

use serde_json::Value;

use super::check::{snowflake, whole_number};
use super::choices::INT53;

/// The longest text an option can hold, in code points.
const MAX_TEXT: i64 = 6000;

/// Checks options as they stand in an interaction (`data.options`) against those of the command's
/// schema; `Null` stands for none. Ids are only checked to be ids.
///
/// # Errors
/// A sentence saying which option is wrong and what is allowed.
pub fn command_options(schema_options: &Value, given_options: &Value) -> Result<(), String> {
    level(schema_options, given_options, None)
}

/// As [`command_options`], and every id must stand in the interaction's `data.resolved`: users,
/// roles, attachments, and channels of a type that the option allows.
///
/// # Errors
/// A sentence saying which option is wrong and what is allowed.
pub fn command_options_resolved(
    schema_options: &Value,
    given_options: &Value,
    resolved: &Value,
) -> Result<(), String> {
    level(schema_options, given_options, Some(resolved))
}

fn level(schema: &Value, given: &Value, resolved: Option<&Value>) -> Result<(), String> {
    let schema = schema.as_array().map(Vec::as_slice).unwrap_or_default();
    let given = given.as_array().map(Vec::as_slice).unwrap_or_default();
    if schema.iter().any(|option| kind_of(option) <= 2) {
        return nested(schema, given, resolved);
    }
    for (index, option) in given.iter().enumerate() {
        let name = name_of(option);
        let Some(declared) = schema.iter().find(|declared| name_of(declared) == name) else {
            return Err(format!("There is no option \"{name}\"."));
        };
        if given
            .iter()
            .take(index)
            .any(|earlier| name_of(earlier) == name)
        {
            return Err(format!("The option \"{name}\" is given twice."));
        }
        value(declared, option, resolved)
            .map_err(|reason| format!("Option \"{name}\": {reason}"))?;
    }
    let missing = schema.iter().find(|declared| {
        let name = name_of(declared);
        declared.get("required").and_then(Value::as_bool) == Some(true)
            && !given.iter().any(|option| name_of(option) == name)
    });
    match missing {
        Some(missing) => Err(format!("The option \"{}\" is required.", name_of(missing))),
        None => Ok(()),
    }
}

/// A command with sub-commands is always called by exactly one of them.
fn nested(schema: &[Value], given: &[Value], resolved: Option<&Value>) -> Result<(), String> {
    let [option] = given else {
        let names: Vec<&str> = schema.iter().map(name_of).collect();
        return Err(format!("Choose one of: {}.", names.join(", ")));
    };
    let name = name_of(option);
    let declared = schema.iter().find(|declared| name_of(declared) == name);
    let Some(declared) = declared else {
        return Err(format!("There is no sub-command \"{name}\"."));
    };
    if kind_of(declared) != kind_of(option) {
        return Err(format!("\"{name}\" has the wrong type."));
    }
    let inner = |option: &Value| option.get("options").cloned().unwrap_or_default();
    level(&inner(declared), &inner(option), resolved).map_err(|reason| format!("{name}: {reason}"))
}

fn name_of(option: &Value) -> &str {
    option
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn kind_of(option: &Value) -> i64 {
    option
        .get("type")
        .and_then(whole_number)
        .unwrap_or_default()
}

fn value(declared: &Value, option: &Value, resolved: Option<&Value>) -> Result<(), String> {
    let kind = kind_of(declared);
    if kind_of(option) != kind {
        return Err(format!("must be of type {kind}."));
    }
    let value = option.get("value").unwrap_or(&Value::Null);
    match kind {
        3 => text(declared, value)?,
        4 => {
            let number = whole_number(value).filter(|number| INT53.contains(number));
            let number = number.ok_or("must be a whole number.")?;
            let bound = |name: &str| declared.get(name).and_then(whole_number);
            if bound("min_value").is_some_and(|min| number < min) {
                return Err(format!(
                    "must be at least {}.",
                    bound("min_value").unwrap_or(0)
                ));
            }
            if bound("max_value").is_some_and(|max| number > max) {
                return Err(format!(
                    "must be at most {}.",
                    bound("max_value").unwrap_or(0)
                ));
            }
        }
        5 => {
            value.as_bool().ok_or("must be true or false.")?;
        }
        10 => {
            let number = value.as_f64().ok_or("must be a number.")?;
            let bound = |name: &str| declared.get(name).and_then(Value::as_f64);
            if bound("min_value").is_some_and(|min| number < min) {
                return Err(format!(
                    "must be at least {}.",
                    bound("min_value").unwrap_or(0.0)
                ));
            }
            if bound("max_value").is_some_and(|max| number > max) {
                return Err(format!(
                    "must be at most {}.",
                    bound("max_value").unwrap_or(0.0)
                ));
            }
        }
        6..=9 | 11 => {
            let id = value
                .as_str()
                .and(snowflake(value))
                .ok_or("must be an id.")?;
            if let Some(resolved) = resolved {
                found(declared, kind, id, resolved)?;
            }
        }
        _ => return Err("has a type that takes no value.".to_owned()),
    }
    one_of_choices(declared, value)
}

fn text(declared: &Value, value: &Value) -> Result<(), String> {
    let text = value.as_str().ok_or("must be a text.")?;
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let bound = |name: &str| declared.get(name).and_then(whole_number);
    let (min, max) = (
        bound("min_length").unwrap_or(0),
        bound("max_length").unwrap_or(MAX_TEXT),
    );
    if length < min {
        return Err(format!("must have at least {min} characters."));
    }
    if length > max {
        return Err(format!("must have at most {max} characters."));
    }
    Ok(())
}

fn found(declared: &Value, kind: i64, id: u64, resolved: &Value) -> Result<(), String> {
    let key = id.to_string();
    let get = |map: &str| resolved.get(map).and_then(|map| map.get(&key));
    match kind {
        6 if get("users").is_none() => Err("there is no such user.".to_owned()),
        8 if get("roles").is_none() => Err("there is no such role.".to_owned()),
        9 if get("users").or_else(|| get("roles")).is_none() => {
            Err("there is no such user or role.".to_owned())
        }
        11 if get("attachments").is_none() => Err("there is no such attachment.".to_owned()),
        7 => {
            let channel = get("channels").ok_or("there is no such channel.")?;
            let types = declared.get("channel_types").and_then(Value::as_array);
            let fits = types.is_none_or(|types| {
                types.is_empty() || types.iter().any(|kind| channel.get("type") == Some(kind))
            });
            if fits {
                Ok(())
            } else {
                Err("channels of this type are not allowed.".to_owned())
            }
        }
        _ => Ok(()),
    }
}

/// Fixed choices leave nothing else to send; the value is compared, not the name.
fn one_of_choices(declared: &Value, value: &Value) -> Result<(), String> {
    let choices = declared.get("choices").and_then(Value::as_array);
    let Some(choices) = choices.filter(|choices| !choices.is_empty()) else {
        return Ok(());
    };
    let same = |choice: &Value| match (choice.get("value"), value) {
        // 1 and 1.0 are one number.
        (Some(Value::Number(one)), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (one, other) => one == Some(other),
    };
    if choices.iter().any(same) {
        Ok(())
    } else {
        Err("must be one of the choices.".to_owned())
    }
}
