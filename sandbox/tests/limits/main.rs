//! The limits at each edge: what is just accepted, and what is just refused, with Discord's code.

mod commands;
mod components;
mod embeds;
mod interactions;
mod layout;
mod mentions;
mod messages;
mod options;
mod schema;
mod twilight;

use discord_sandbox::limits::{Checked, Violation, invalid_form_body};
use serde_json::{Value, json};

/// What was refused as `path code`, in order; empty when all is accepted.
fn refused(checked: Checked) -> Vec<String> {
    let violations = checked.err().unwrap_or_default();
    let line = |one: &Violation| format!("{} {}", one.path, one.code);
    violations.iter().map(line).collect()
}

/// A text of that many code points, each of them several bytes long.
fn letters(count: usize) -> String {
    "é".repeat(count)
}

#[test]
fn errors_stand_in_the_answer_at_their_path() {
    let violation = |path: &str, code: &'static str| Violation {
        path: path.to_owned(),
        code,
        message: format!("about {path}"),
    };
    let answer = invalid_form_body(&[
        violation("embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
        violation("embeds.0.title", "STRING_TYPE_REGEX"),
        violation("embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        violation("", "BASE_TYPE_REQUIRED"),
    ]);
    let expected = json!({
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {
            "_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "about "}],
            "embeds": {
                "_errors": [{"code": "MAX_EMBED_SIZE_EXCEEDED", "message": "about embeds"}],
                "0": {"title": {"_errors": [
                    {"code": "BASE_TYPE_MAX_LENGTH", "message": "about embeds.0.title"},
                    {"code": "STRING_TYPE_REGEX", "message": "about embeds.0.title"},
                ]}},
            },
        },
    });
    assert_eq!(answer, expected);
}

/// Puts a value at a dotted path of an object or list, making objects on the way.
fn with(mut body: Value, path: &str, value: Value) -> Value {
    let mut place = &mut body;
    for key in path.split('.') {
        place = match key.parse::<usize>() {
            Ok(index) if place.is_array() => &mut place[index],
            _ => &mut place[key],
        };
    }
    *place = value;
    body
}
