//! Commands as they are registered.

use discord_sandbox::limits::{command, commands};
use serde_json::{Value, json};

use super::{letters, refused, with};

pub(super) fn slash() -> Value {
    json!({"name": "kudos", "description": "Thank somebody"})
}

pub(super) fn option(kind: i64, name: &str) -> Value {
    json!({"type": kind, "name": name, "description": "d"})
}

/// What is refused of a command with the value put at the path.
pub(super) fn changed(start: &Value, path: &str, value: &Value) -> String {
    refused(command(&with(start.clone(), path, value.clone()))).join(", ")
}

#[test]
fn names_of_slash_commands_are_lower_case_letters_digits_and_dashes() {
    for name in [
        "kudos",
        "give-kudos",
        "a_b",
        "l'étoile",
        "日本語",
        "नमस्ते",
        "สวัสดี",
        "42",
        "ß",
    ] {
        assert_eq!(changed(&slash(), "name", &json!(name)), "", "{name}");
    }
    for name in ["Kudos", "give kudos", "a.b", "a/b", "🏆", "É", "a\n"] {
        let expected = "name APPLICATION_COMMAND_INVALID_NAME";
        assert_eq!(changed(&slash(), "name", &json!(name)), expected, "{name}");
    }
}

#[test]
fn a_slash_command_is_accepted_or_refused_by_its_fields() {
    for (path, value, expected) in [
        ("name", json!(letters(32)), ""),
        ("name", json!(letters(33)), "name BASE_TYPE_BAD_LENGTH"),
        ("name", json!(""), "name BASE_TYPE_BAD_LENGTH"),
        ("name", Value::Null, "name BASE_TYPE_REQUIRED"),
        ("description", json!(letters(100)), ""),
        (
            "description",
            json!(letters(101)),
            "description BASE_TYPE_BAD_LENGTH",
        ),
        ("description", json!(""), "description BASE_TYPE_BAD_LENGTH"),
        ("description", Value::Null, "description BASE_TYPE_REQUIRED"),
        ("type", json!(5), "type BASE_TYPE_CHOICES"),
        ("default_member_permissions", json!("32"), ""),
        ("default_member_permissions", json!(32), ""),
        (
            "default_member_permissions",
            json!("manage"),
            "default_member_permissions NUMBER_TYPE_COERCE",
        ),
        ("contexts", json!([0, 1, 2]), ""),
        ("contexts", json!([]), "contexts BASE_TYPE_BAD_LENGTH"),
        ("contexts", json!([3]), "contexts.0 BASE_TYPE_CHOICES"),
        (
            "contexts",
            json!([0, 0]),
            "contexts.1 SET_TYPE_ALREADY_CONTAINS_VALUE",
        ),
        ("integration_types", json!([0, 1]), ""),
        (
            "integration_types",
            json!([2]),
            "integration_types.0 BASE_TYPE_CHOICES",
        ),
        (
            "dm_permission",
            json!("no"),
            "dm_permission BOOLEAN_TYPE_CONVERT",
        ),
        (
            "name_localizations",
            json!({"de": "lob", "fr": "bravo"}),
            "",
        ),
        (
            "name_localizations",
            json!({"de": "Lob"}),
            "name_localizations.de APPLICATION_COMMAND_INVALID_NAME",
        ),
        (
            "name_localizations",
            json!({"tlh": "lob"}),
            "name_localizations.tlh BASE_TYPE_CHOICES",
        ),
        (
            "name_localizations",
            json!(["lob"]),
            "name_localizations DICT_TYPE_CONVERT",
        ),
        (
            "description_localizations",
            json!({"de": letters(101)}),
            "description_localizations.de BASE_TYPE_BAD_LENGTH",
        ),
        ("options", json!({}), "options LIST_TYPE_CONVERT"),
        ("options", json!([5]), "options.0 MODEL_TYPE_CONVERT"),
    ] {
        assert_eq!(
            changed(&slash(), path, &value),
            expected,
            "{path} = {value}"
        );
    }
}

#[test]
fn a_menu_command_has_a_free_name_and_neither_description_nor_options() {
    for kind in [2, 3] {
        let menu = json!({"type": kind, "name": "Give Kudos!", "description": "", "options": []});
        let not_allowed =
            |name| format!("{name} APPLICATION_COMMAND_CONTEXT_MENU_FIELD_NOT_ALLOWED");
        for (path, value, expected) in [
            ("name", json!(letters(32)), String::new()),
            (
                "name",
                json!(letters(33)),
                "name BASE_TYPE_BAD_LENGTH".to_owned(),
            ),
            ("description", Value::Null, String::new()),
            ("description", json!("d"), not_allowed("description")),
            (
                "options",
                json!([option(3, "text")]),
                not_allowed("options"),
            ),
        ] {
            assert_eq!(changed(&menu, path, &value), expected, "{path} = {value}");
        }
    }
}

#[test]
fn a_command_has_eight_thousand_code_points_in_all() {
    let choice = |index: usize| json!({"name": format!("{index:0>100}"), "value": "v".repeat(100)});
    let choices: Vec<Value> = (0..25).map(choice).collect();
    let sized = |extra: usize| {
        let long = |index: usize| {
            with(
                option(3, &format!("{index:0>32}")),
                "description",
                json!(letters(100)),
            )
        };
        let mut options: Vec<Value> = (0..22).map(long).collect();
        options.push(with(option(3, "o"), "choices", json!(choices)));
        let body = with(slash(), "options", json!(options));
        with(body, "description", json!(letters(extra)))
    };
    // The name's 5, 22 options of 132, one of 2, and its choices of 5,000 leave 89.
    assert_eq!(refused(command(&sized(89))), [""; 0]);
    assert_eq!(
        refused(command(&sized(90))),
        [" APPLICATION_COMMAND_TOO_LARGE"]
    );
    // Of translations the longest counts, and only once.
    let translated = json!({"de": letters(90), "fr": letters(88)});
    let longer = with(sized(1), "description_localizations", translated);
    assert_eq!(
        refused(command(&longer)),
        [" APPLICATION_COMMAND_TOO_LARGE"]
    );
    let shorter = json!({"de": letters(89), "fr": letters(89)});
    let fits = with(sized(89), "description_localizations", shorter);
    assert_eq!(refused(command(&fits)), [""; 0]);
}

#[test]
fn each_type_of_command_has_its_number() {
    for (kind, most) in [(1, 100), (2, 15), (3, 15), (4, 1)] {
        let one = |index: usize| {
            let description = if kind == 1 { "d" } else { "" };
            json!({"type": kind, "name": format!("c{index}"), "description": description})
        };
        let list = |count: usize| Value::Array((0..count).map(one).collect());
        assert_eq!(refused(commands(&list(most))), [""; 0]);
        assert_eq!(
            refused(commands(&list(most + 1))),
            [" APPLICATION_COMMANDS_MAX_EXCEEDED"]
        );
    }
}

#[test]
fn names_are_unique_within_a_type() {
    let menu = json!({"type": 3, "name": "kudos"});
    assert_eq!(refused(commands(&json!([slash(), menu]))), [""; 0]);
    let expected = ["1.name APPLICATION_COMMANDS_DUPLICATE_NAME"];
    assert_eq!(refused(commands(&json!([slash(), slash()]))), expected);
    assert_eq!(refused(commands(&json!({}))), [" LIST_TYPE_CONVERT"]);
    assert_eq!(refused(commands(&json!([1]))), ["0 MODEL_TYPE_CONVERT"]);
}
