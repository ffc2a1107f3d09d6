//! Rows, buttons and selects of a message.

use discord_sandbox::limits::{MessageKind, message};
use serde_json::{Value, json};

use super::{letters, refused, with};

/// What is refused of these components, with the leading `components.` cut off.
fn refused_of(components: Value) -> Vec<String> {
    let body = with(json!({"content": "x"}), "components", components);
    let lines = refused(message(&body, MessageKind::Create));
    let short = |line: String| {
        line.strip_prefix("components.")
            .map(str::to_owned)
            .unwrap_or(line)
    };
    lines.into_iter().map(short).collect()
}

fn row(children: &[Value]) -> Value {
    json!({"type": 1, "components": children})
}

fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "Undo", "custom_id": id})
}

fn select(options: usize) -> Value {
    let option = |index: usize| json!({"label": "l", "value": format!("v{index}")});
    let options: Vec<Value> = (0..options).map(option).collect();
    json!({"type": 3, "custom_id": "select", "options": options})
}

/// What is refused of one component alone in its row, from its own place on.
fn alone(component: Value) -> Vec<String> {
    let lines = refused_of(json!([row(&[component])]));
    let short = |line: String| {
        line.replacen("0.components.0", "", 1)
            .trim_start_matches('.')
            .to_owned()
    };
    lines.into_iter().map(short).collect()
}

#[test]
fn five_rows_of_five_buttons_are_accepted_and_no_more() {
    let rows = |rows: usize, wide: usize| {
        let row_of = |r| {
            row(&(0..wide)
                .map(|b| button(&format!("{r}-{b}")))
                .collect::<Vec<_>>())
        };
        Value::Array((0..rows).map(row_of).collect())
    };
    assert_eq!(refused_of(rows(5, 5)), [""; 0]);
    assert_eq!(refused_of(rows(6, 1)), ["components BASE_TYPE_MAX_LENGTH"]);
    assert_eq!(
        refused_of(rows(1, 6)),
        [
            "0.components BASE_TYPE_BAD_LENGTH",
            "0.components.5 COMPONENT_LAYOUT_WIDTH_EXCEEDED"
        ]
    );
    assert_eq!(
        refused_of(rows(1, 0)),
        ["0.components BASE_TYPE_BAD_LENGTH"]
    );
}

#[test]
fn a_select_has_its_row_to_itself() {
    let wide = "0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED";
    assert_eq!(refused_of(json!([row(&[select(1)])])), [""; 0]);
    assert_eq!(refused_of(json!([row(&[select(1), button("b")])])), [wide]);
    assert_eq!(refused_of(json!([row(&[button("b"), select(1)])])), [wide]);
}

#[test]
fn only_rows_stand_in_a_message_and_only_buttons_and_selects_in_a_row() {
    for kind in [2, 3, 4, 9, 10, 12, 13, 14, 17, 18] {
        let top = json!([{"type": kind}]);
        assert_eq!(refused_of(top), ["0.type UNION_TYPE_CHOICES"], "{kind}");
    }
    for kind in [1, 4, 9, 10, 11, 17, 18] {
        assert_eq!(
            alone(json!({"type": kind})),
            ["type UNION_TYPE_CHOICES"],
            "{kind}"
        );
    }
    assert_eq!(alone(json!({})), ["type BASE_TYPE_REQUIRED"]);
    assert_eq!(
        refused_of(json!([{"type": 1}])),
        ["0.components BASE_TYPE_REQUIRED"]
    );
}

#[test]
fn custom_ids_are_unique_in_the_whole_message() {
    let rows = json!([row(&[button("same")]), row(&[button("same")])]);
    let expected = "1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED";
    assert_eq!(refused_of(rows), [expected]);
    let rows = json!([row(&[button("one")]), row(&[button("two")])]);
    assert_eq!(refused_of(rows), [""; 0]);
}

#[test]
fn a_button_is_accepted_or_refused_by_its_fields() {
    let link = json!({"type": 2, "style": 5, "label": "l", "url": "https://example.org"});
    let shop = json!({"type": 2, "style": 6, "sku_id": "77"});
    for (start, field, value, expected) in [
        (button("b"), "label", json!(letters(80)), ""),
        (
            button("b"),
            "label",
            json!(letters(81)),
            "label BASE_TYPE_MAX_LENGTH",
        ),
        (button("b"), "custom_id", json!(letters(100)), ""),
        (
            button("b"),
            "custom_id",
            json!(letters(101)),
            "custom_id BASE_TYPE_BAD_LENGTH",
        ),
        (
            button("b"),
            "custom_id",
            json!(""),
            "custom_id BASE_TYPE_BAD_LENGTH",
        ),
        (
            button("b"),
            "custom_id",
            Value::Null,
            "custom_id BASE_TYPE_REQUIRED",
        ),
        (button("b"), "style", json!(4), ""),
        (button("b"), "style", json!(0), "style BASE_TYPE_CHOICES"),
        (button("b"), "style", json!(7), "style BASE_TYPE_CHOICES"),
        (
            button("b"),
            "style",
            Value::Null,
            "style BASE_TYPE_REQUIRED",
        ),
        (button("b"), "disabled", json!(true), ""),
        (
            button("b"),
            "disabled",
            json!("yes"),
            "disabled BOOLEAN_TYPE_CONVERT",
        ),
        (
            button("b"),
            "url",
            json!("https://example.org"),
            "url BUTTON_COMPONENT_FIELD_EXCLUSIVE",
        ),
        (
            button("b"),
            "label",
            Value::Null,
            " BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
        ),
        (
            button("b"),
            "label",
            json!(""),
            " BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
        ),
        (button("b"), "emoji", json!({"name": "🏆"}), ""),
        (
            button("b"),
            "emoji",
            json!({"id": "5", "name": "party", "animated": true}),
            "",
        ),
        (button("b"), "emoji", json!({"id": null, "name": "1️⃣"}), ""),
        (
            button("b"),
            "emoji",
            json!({"name": "trophy"}),
            "emoji.name BUTTON_COMPONENT_INVALID_EMOJI",
        ),
        (
            button("b"),
            "emoji",
            json!({"name": ":🏆:"}),
            "emoji.name BUTTON_COMPONENT_INVALID_EMOJI",
        ),
        (
            button("b"),
            "emoji",
            json!({}),
            "emoji.name BUTTON_COMPONENT_INVALID_EMOJI",
        ),
        (
            button("b"),
            "emoji",
            json!({"id": "five"}),
            "emoji.id NUMBER_TYPE_COERCE",
        ),
        (
            button("b"),
            "emoji",
            json!("🏆"),
            "emoji MODEL_TYPE_CONVERT",
        ),
        (link.clone(), "disabled", json!(false), ""),
        (link.clone(), "url", Value::Null, "url BASE_TYPE_REQUIRED"),
        (link.clone(), "url", json!("discord://-/channels/1/2"), ""),
        (
            link.clone(),
            "url",
            json!("javascript://x"),
            "url URL_TYPE_INVALID_SCHEME",
        ),
        (
            link.clone(),
            "url",
            json!(format!("https://{}", "a".repeat(504))),
            "",
        ),
        (
            link.clone(),
            "url",
            json!(format!("https://{}", "a".repeat(505))),
            "url BASE_TYPE_MAX_LENGTH",
        ),
        (
            link,
            "custom_id",
            json!("b"),
            "custom_id BUTTON_COMPONENT_FIELD_EXCLUSIVE",
        ),
        (shop.clone(), "disabled", json!(false), ""),
        (
            shop.clone(),
            "sku_id",
            Value::Null,
            "sku_id BASE_TYPE_REQUIRED",
        ),
        (
            shop,
            "label",
            json!("l"),
            "label BUTTON_COMPONENT_FIELD_EXCLUSIVE",
        ),
    ] {
        let found = alone(with(start, field, value.clone())).join(", ");
        assert_eq!(found.trim(), expected.trim(), "{field} = {value}");
    }
}

#[test]
fn a_select_is_accepted_or_refused_by_its_fields() {
    for (field, value, expected) in [
        ("placeholder", json!(letters(150)), ""),
        (
            "placeholder",
            json!(letters(151)),
            "placeholder BASE_TYPE_MAX_LENGTH",
        ),
        ("custom_id", Value::Null, "custom_id BASE_TYPE_REQUIRED"),
        ("options", Value::Null, "options BASE_TYPE_REQUIRED"),
        ("options", json!([]), "options BASE_TYPE_BAD_LENGTH"),
        ("options.0.label", json!(letters(100)), ""),
        (
            "options.0.label",
            json!(letters(101)),
            "options.0.label BASE_TYPE_BAD_LENGTH",
        ),
        (
            "options.0.label",
            json!(""),
            "options.0.label BASE_TYPE_BAD_LENGTH",
        ),
        ("options.0.value", json!(letters(100)), ""),
        (
            "options.0.value",
            json!(letters(101)),
            "options.0.value BASE_TYPE_BAD_LENGTH",
        ),
        (
            "options.0.value",
            Value::Null,
            "options.0.value BASE_TYPE_REQUIRED",
        ),
        (
            "options.0.value",
            json!("v1"),
            "options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        ("options.0.description", json!(letters(100)), ""),
        (
            "options.0.description",
            json!(letters(101)),
            "options.0.description BASE_TYPE_MAX_LENGTH",
        ),
        ("options.0.emoji", json!({"name": "🏆"}), ""),
        ("min_values", json!(0), ""),
        ("min_values", json!(-1), "min_values NUMBER_TYPE_MIN"),
        ("min_values", json!(2), "min_values NUMBER_TYPE_MAX"),
        ("max_values", json!(2), ""),
        ("max_values", json!(3), "options BASE_TYPE_BAD_LENGTH"),
        (
            "max_values",
            json!(0),
            "max_values NUMBER_TYPE_MIN, min_values NUMBER_TYPE_MAX",
        ),
        ("disabled", json!(true), ""),
        (
            "default_values",
            json!([]),
            "default_values SELECT_COMPONENT_DEFAULT_VALUES_INVALID",
        ),
    ] {
        let found = alone(with(select(2), field, value.clone())).join(", ");
        assert_eq!(found, expected, "{field} = {value}");
    }
}

#[test]
fn a_select_has_25_options_at_most_and_no_more_defaults_than_it_may_have_values() {
    assert_eq!(alone(select(25)), [""; 0]);
    assert_eq!(alone(select(26)), ["options BASE_TYPE_BAD_LENGTH"]);
    let one = with(select(2), "options.0.default", json!(true));
    assert_eq!(alone(one.clone()), [""; 0]);
    let two = with(one, "options.1.default", json!(true));
    assert_eq!(
        alone(two.clone()),
        [" SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"]
    );
    assert_eq!(alone(with(two, "max_values", json!(2))), [""; 0]);
}

#[test]
fn selects_of_people_roles_and_channels_take_defaults_of_their_own_kind() {
    let select = |kind: i64, default: &str| json!({"type": kind, "custom_id": "s", "default_values": [{"id": "5", "type": default}]});
    for (kind, fits, wrong) in [
        (5, vec!["user"], vec!["role", "channel"]),
        (6, vec!["role"], vec!["user", "channel"]),
        (7, vec!["user", "role"], vec!["channel"]),
        (8, vec!["channel"], vec!["user", "role"]),
    ] {
        for default in fits {
            assert_eq!(alone(select(kind, default)), [""; 0], "{kind} {default}");
        }
        for default in wrong {
            let expected = ["default_values.0.type BASE_TYPE_CHOICES"];
            assert_eq!(alone(select(kind, default)), expected, "{kind} {default}");
        }
    }
    let two = json!({"type": 5, "custom_id": "s", "default_values":
        [{"id": "5", "type": "user"}, {"id": "6", "type": "user"}]});
    assert_eq!(
        alone(two.clone()),
        [" SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"]
    );
    assert_eq!(alone(with(two, "max_values", json!(2))), [""; 0]);
    let few = with(select(5, "user"), "min_values", json!(2));
    assert_eq!(
        alone(with(few, "max_values", json!(2))),
        ["default_values SELECT_COMPONENT_TOO_FEW_DEFAULT_VALUES"]
    );
}

#[test]
fn the_channel_types_of_a_select_are_distinct_and_real() {
    let select = |types: Value| alone(json!({"type": 8, "custom_id": "s", "channel_types": types}));
    assert_eq!(select(json!([0, 5, 15])), [""; 0]);
    assert_eq!(select(json!([9])), ["channel_types.0 BASE_TYPE_CHOICES"]);
    assert_eq!(
        select(json!([0, 0])),
        ["channel_types.1 SET_TYPE_ALREADY_CONTAINS_VALUE"]
    );
    assert_eq!(
        select(json!(["text"])),
        ["channel_types.0 NUMBER_TYPE_COERCE"]
    );
}
