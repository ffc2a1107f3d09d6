//! Answers to interactions: messages, deferrals, autocomplete and modals.

use discord_sandbox::limits::{autocomplete, flags, interaction_response, modal};
use serde_json::{Value, json};

use super::{letters, refused, with};

#[test]
fn an_answer_is_checked_by_its_type() {
    let ephemeral = json!({"flags": flags::EPHEMERAL});
    for (body, expected) in [
        (json!({"type": 1}), vec![]),
        (
            json!({"type": 4, "data": {"content": "x", "flags": 64}}),
            vec![],
        ),
        (json!({"type": 4}), vec!["data BASE_TYPE_REQUIRED"]),
        (
            json!({"type": 4, "data": {"content": letters(2001)}}),
            vec!["data.content BASE_TYPE_MAX_LENGTH"],
        ),
        (json!({"type": 5}), vec![]),
        (json!({"type": 5, "data": ephemeral}), vec![]),
        (json!({"type": 5, "data": {"attachments": []}}), vec![]),
        (
            json!({"type": 5, "data": {"content": "x"}}),
            vec!["data.content INTERACTION_DEFERRED_FIELD_IGNORED"],
        ),
        (json!({"type": 6}), vec![]),
        (json!({"type": 6, "data": {"embeds": []}}), vec![]),
        (json!({"type": 7}), vec![]),
        (
            json!({"type": 7, "data": {"content": "x", "components": []}}),
            vec![],
        ),
        (
            json!({"type": 7, "data": {"embeds": 1}}),
            vec!["data.embeds LIST_TYPE_CONVERT"],
        ),
        (json!({"type": 8, "data": {"choices": []}}), vec![]),
        (json!({"type": 8}), vec!["data BASE_TYPE_REQUIRED"]),
        (json!({"type": 9}), vec!["data BASE_TYPE_REQUIRED"]),
        (
            json!({"type": 9, "data": with(full_modal(), "title", json!(""))}),
            vec!["data.title BASE_TYPE_BAD_LENGTH"],
        ),
        (json!({"type": 2}), vec!["type BASE_TYPE_CHOICES"]),
        (json!({"type": "4"}), vec!["type NUMBER_TYPE_COERCE"]),
        (json!({}), vec!["type BASE_TYPE_REQUIRED"]),
        (json!(4), vec![" MODEL_TYPE_CONVERT"]),
    ] {
        assert_eq!(refused(interaction_response(&body)), expected, "{body}");
    }
}

#[test]
fn autocomplete_offers_25_choices_of_a_hundred_code_points() {
    let answer = |choice: Value| refused(autocomplete(&json!({"choices": [choice]})));
    for (name, value, expected) in [
        (json!(letters(100)), json!(letters(100)), vec![]),
        (json!("n"), json!(5), vec![]),
        (json!("n"), json!(0.5), vec![]),
        (
            json!(letters(101)),
            json!("v"),
            vec!["choices.0.name BASE_TYPE_BAD_LENGTH"],
        ),
        (
            json!(""),
            json!("v"),
            vec!["choices.0.name BASE_TYPE_BAD_LENGTH"],
        ),
        (
            Value::Null,
            json!("v"),
            vec!["choices.0.name BASE_TYPE_REQUIRED"],
        ),
        (
            json!("n"),
            json!(letters(101)),
            vec!["choices.0.value BASE_TYPE_BAD_LENGTH"],
        ),
        (
            json!("n"),
            Value::Null,
            vec!["choices.0.value BASE_TYPE_REQUIRED"],
        ),
        (
            json!("n"),
            json!(true),
            vec!["choices.0.value UNION_TYPE_CONVERT"],
        ),
    ] {
        assert_eq!(
            answer(json!({"name": name, "value": value})),
            expected,
            "{name} {value}"
        );
    }
    let many = |count| json!({"choices": vec![json!({"name": "n", "value": "v"}); count]});
    assert_eq!(refused(autocomplete(&many(25))), [""; 0]);
    assert_eq!(
        refused(autocomplete(&many(26))),
        ["choices BASE_TYPE_MAX_LENGTH"]
    );
}

fn input(id: &str) -> Value {
    json!({"type": 4, "custom_id": id, "style": 1, "label": "Why"})
}

fn rows(count: usize) -> Value {
    let row = |index: usize| json!({"type": 1, "components": [input(&format!("i{index}"))]});
    Value::Array((0..count).map(row).collect())
}

fn full_modal() -> Value {
    json!({"title": "Give kudos", "custom_id": "give", "components": rows(2)})
}

#[test]
fn a_modal_is_accepted_or_refused_by_its_fields() {
    let at = "components.0.components.0";
    for (path, value, expected) in [
        ("title", json!(letters(45)), String::new()),
        (
            "title",
            json!(letters(46)),
            "title BASE_TYPE_BAD_LENGTH".to_owned(),
        ),
        ("custom_id", json!(letters(100)), String::new()),
        (
            "custom_id",
            json!(letters(101)),
            "custom_id BASE_TYPE_BAD_LENGTH".to_owned(),
        ),
        (
            "custom_id",
            Value::Null,
            "custom_id BASE_TYPE_REQUIRED".to_owned(),
        ),
        (
            "components",
            json!([]),
            "components BASE_TYPE_BAD_LENGTH".to_owned(),
        ),
        ("components", rows(5), String::new()),
        (
            "components",
            rows(6),
            "components BASE_TYPE_BAD_LENGTH".to_owned(),
        ),
        (
            "components.0.type",
            json!(17),
            "components.0.type UNION_TYPE_CHOICES".to_owned(),
        ),
        (
            "components.0.components",
            json!([input("a"), input("b")]),
            "components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED".to_owned(),
        ),
        (
            "components.0.components.0.type",
            json!(2),
            format!("{at}.type UNION_TYPE_CHOICES"),
        ),
        (
            "components.0.components.0.type",
            json!(3),
            format!("{at}.type UNION_TYPE_CHOICES"),
        ),
        (
            "components.0.components.0.label",
            json!(letters(45)),
            String::new(),
        ),
        (
            "components.0.components.0.label",
            json!(letters(46)),
            format!("{at}.label BASE_TYPE_BAD_LENGTH"),
        ),
        (
            "components.0.components.0.label",
            Value::Null,
            format!("{at}.label BASE_TYPE_REQUIRED"),
        ),
        ("components.0.components.0.style", json!(2), String::new()),
        (
            "components.0.components.0.style",
            json!(3),
            format!("{at}.style BASE_TYPE_CHOICES"),
        ),
        (
            "components.0.components.0.custom_id",
            json!("i1"),
            "components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED".to_owned(),
        ),
        (
            "components.0.components.0.min_length",
            json!(0),
            String::new(),
        ),
        (
            "components.0.components.0.min_length",
            json!(4000),
            String::new(),
        ),
        (
            "components.0.components.0.max_length",
            json!(0),
            format!("{at}.max_length NUMBER_TYPE_MIN"),
        ),
        (
            "components.0.components.0.max_length",
            json!(4000),
            String::new(),
        ),
        (
            "components.0.components.0.max_length",
            json!(4001),
            format!("{at}.max_length NUMBER_TYPE_MAX"),
        ),
        (
            "components.0.components.0.value",
            json!(letters(4000)),
            String::new(),
        ),
        (
            "components.0.components.0.value",
            json!(letters(4001)),
            format!("{at}.value BASE_TYPE_MAX_LENGTH"),
        ),
        (
            "components.0.components.0.placeholder",
            json!(letters(100)),
            String::new(),
        ),
        (
            "components.0.components.0.placeholder",
            json!(letters(101)),
            format!("{at}.placeholder BASE_TYPE_MAX_LENGTH"),
        ),
        (
            "components.0.components.0.required",
            json!(1),
            format!("{at}.required BOOLEAN_TYPE_CONVERT"),
        ),
    ] {
        let found = refused(modal(&with(full_modal(), path, value.clone()))).join(", ");
        assert_eq!(found, expected, "{path} = {value}");
    }
}

#[test]
fn the_lengths_of_an_input_must_fit_each_other_and_its_text() {
    let with_input = |input: Value| {
        let modal_of = with(full_modal(), "components.0.components.0", input);
        refused(modal(&modal_of)).join(", ")
    };
    let at = "components.0.components.0";
    let lengths = |min: u32, max: u32, text: &str| {
        json!({"type": 4, "custom_id": "i", "style": 2, "label": "l",
            "min_length": min, "max_length": max, "value": text})
    };
    assert_eq!(with_input(lengths(2, 2, "ab")), "");
    assert_eq!(with_input(lengths(2, 3, "")), "");
    assert_eq!(
        with_input(lengths(2, 3, "abcd")),
        format!("{at}.value BASE_TYPE_BAD_LENGTH")
    );
    assert_eq!(
        with_input(lengths(3, 2, "")),
        format!("{at}.min_length NUMBER_TYPE_MAX")
    );
}

#[test]
fn a_label_holds_one_component() {
    let child = json!({"type": 4, "custom_id": "i", "style": 1});
    let select = json!({"type": 5, "custom_id": "s", "required": false});
    let label = |component: &Value| json!({"type": 18, "label": "Why", "component": component});
    for (component, expected) in [
        (label(&child), ""),
        (label(&select), ""),
        (with(label(&child), "label", json!(letters(45))), ""),
        (
            with(label(&child), "label", json!(letters(46))),
            "label BASE_TYPE_BAD_LENGTH",
        ),
        (
            with(label(&child), "description", json!(letters(101))),
            "description BASE_TYPE_BAD_LENGTH",
        ),
        (
            with(label(&child), "component", Value::Null),
            "component BASE_TYPE_REQUIRED",
        ),
        (
            with(label(&child), "component.label", json!("l")),
            "component.label COMPONENT_LABEL_DUPLICATED",
        ),
        (
            with(label(&child), "component.type", json!(2)),
            "component.type UNION_TYPE_CHOICES",
        ),
        (
            with(label(&select), "component.disabled", json!(true)),
            "component.disabled COMPONENT_DISABLED_IN_MODAL",
        ),
        (json!({"type": 10, "content": "Read this first"}), ""),
    ] {
        let found = refused(modal(&with(
            full_modal(),
            "components.0",
            component.clone(),
        )));
        assert_eq!(
            found.join(", ").trim_start_matches("components.0."),
            expected,
            "{component}"
        );
    }
}
