//! The options that commands declare.

use serde_json::{Value, json};

use super::commands::{changed, option, slash};
use super::{letters, with};

#[test]
fn an_option_is_accepted_or_refused_by_its_fields() {
    let choice = |value: Value| json!([{"name": "n", "value": value}]);
    for (kind, field, value, expected) in [
        (
            3,
            "name",
            json!("Text"),
            "name APPLICATION_COMMAND_INVALID_NAME",
        ),
        (3, "name", json!(letters(33)), "name BASE_TYPE_BAD_LENGTH"),
        (
            3,
            "description",
            json!(letters(101)),
            "description BASE_TYPE_BAD_LENGTH",
        ),
        (3, "required", json!("yes"), "required BOOLEAN_TYPE_CONVERT"),
        (0, "required", json!(true), "type UNION_TYPE_CHOICES"),
        (12, "required", json!(true), "type UNION_TYPE_CHOICES"),
        (3, "min_length", json!(0), ""),
        (3, "min_length", json!(6000), ""),
        (3, "min_length", json!(6001), "min_length NUMBER_TYPE_MAX"),
        (3, "max_length", json!(0), "max_length NUMBER_TYPE_MIN"),
        (3, "max_length", json!(1), ""),
        (3, "max_length", json!(6001), "max_length NUMBER_TYPE_MAX"),
        (3, "max_length", Value::Null, ""),
        (4, "min_value", json!(1.5), "min_value NUMBER_TYPE_COERCE"),
        // Libraries write whole bounds as floats, and Discord takes them.
        (4, "min_value", json!(1.0), ""),
        (4, "max_value", json!(9_007_199_254_740_991_i64), ""),
        (
            4,
            "max_value",
            json!(9_007_199_254_740_992_i64),
            "max_value NUMBER_TYPE_MAX",
        ),
        (10, "min_value", json!(1.5), ""),
        (10, "min_value", json!("1"), "min_value NUMBER_TYPE_COERCE"),
        (7, "channel_types", json!([0, 5]), ""),
        (
            7,
            "channel_types",
            json!([99]),
            "channel_types.0 BASE_TYPE_CHOICES",
        ),
        (3, "choices", choice(json!("v")), ""),
        (3, "choices", choice(json!(letters(100))), ""),
        (
            3,
            "choices",
            choice(json!(letters(101))),
            "choices.0.value BASE_TYPE_BAD_LENGTH",
        ),
        (
            3,
            "choices",
            choice(json!(5)),
            "choices.0.value STRING_TYPE_CONVERT",
        ),
        (4, "choices", choice(json!(5)), ""),
        (
            4,
            "choices",
            choice(json!("5")),
            "choices.0.value NUMBER_TYPE_COERCE",
        ),
        (10, "choices", choice(json!(0.5)), ""),
        (
            10,
            "choices",
            choice(json!("5")),
            "choices.0.value NUMBER_TYPE_COERCE",
        ),
        (
            6,
            "choices",
            choice(json!("v")),
            "choices APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
        ),
        (6, "choices", json!([]), ""),
        (3, "autocomplete", json!(true), ""),
        (
            6,
            "autocomplete",
            json!(true),
            "autocomplete APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
        ),
        (6, "autocomplete", json!(false), ""),
        (
            3,
            "choices",
            json!([{"name": letters(101), "value": "v"}]),
            "choices.0.name BASE_TYPE_BAD_LENGTH",
        ),
        (
            3,
            "choices",
            json!([{"name": "n", "value": "v"}, {"name": "n", "value": "w"}]),
            "choices.1.name APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
        ),
    ] {
        let start = with(slash(), "options", json!([option(kind, "o")]));
        let found = changed(&start, &format!("options.0.{field}"), &value);
        assert_eq!(
            found.trim_start_matches("options.0."),
            expected,
            "{kind}: {field} = {value}"
        );
    }
}

#[test]
fn the_least_must_not_be_more_than_the_most() {
    let code = "APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID";
    for (kind, min, max) in [
        (3, "min_length", "max_length"),
        (4, "min_value", "max_value"),
        (10, "min_value", "max_value"),
    ] {
        let bounds = |least: i64, most: i64| {
            let one = with(option(kind, "o"), min, json!(least));
            changed(&slash(), "options", &json!([with(one, max, json!(most))]))
        };
        assert_eq!(bounds(2, 2), "");
        assert_eq!(bounds(3, 2), format!("options.0.{min} {code}"));
    }
}

#[test]
fn choices_are_25_at_most_and_exclude_autocomplete() {
    let choices = |count: usize| {
        let choice = |index: usize| json!({"name": format!("n{index}"), "value": "v"});
        let list = Value::Array((0..count).map(choice).collect());
        with(option(3, "o"), "choices", list)
    };
    assert_eq!(changed(&slash(), "options", &json!([choices(25)])), "");
    let expected = "options.0.choices BASE_TYPE_MAX_LENGTH";
    assert_eq!(
        changed(&slash(), "options", &json!([choices(26)])),
        expected
    );
    let both = with(choices(1), "autocomplete", json!(true));
    assert_eq!(
        changed(&slash(), "options", &json!([both])),
        "options.0.autocomplete APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"
    );
}

#[test]
fn each_level_has_25_options_of_different_names() {
    let many = |count: usize, kind: i64| {
        Value::Array(
            (0..count)
                .map(|index| option(kind, &format!("o{index}")))
                .collect(),
        )
    };
    let nested = |options: Value| json!([with(option(1, "sub"), "options", options)]);
    assert_eq!(changed(&slash(), "options", &many(25, 3)), "");
    assert_eq!(
        changed(&slash(), "options", &many(26, 3)),
        "options BASE_TYPE_MAX_LENGTH"
    );
    assert_eq!(changed(&slash(), "options", &many(25, 1)), "");
    assert_eq!(
        changed(&slash(), "options", &many(26, 1)),
        "options BASE_TYPE_MAX_LENGTH"
    );
    assert_eq!(changed(&slash(), "options", &nested(many(25, 3))), "");
    assert_eq!(
        changed(&slash(), "options", &nested(many(26, 3))),
        "options.0.options BASE_TYPE_MAX_LENGTH"
    );
    let twins = json!([option(3, "o"), option(4, "o")]);
    let exists = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS";
    assert_eq!(
        changed(&slash(), "options", &twins),
        format!("options.1.name {exists}")
    );
    assert_eq!(
        changed(&slash(), "options", &nested(twins)),
        format!("options.0.options.1.name {exists}")
    );
}

#[test]
fn required_options_come_first_on_every_level() {
    let required = with(option(3, "must"), "required", json!(true));
    let right = json!([required, option(3, "may")]);
    let wrong = json!([option(3, "may"), required]);
    assert_eq!(changed(&slash(), "options", &right), "");
    let code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID";
    assert_eq!(
        changed(&slash(), "options", &wrong),
        format!("options.1 {code}")
    );
    let nested = json!([with(option(1, "sub"), "options", wrong)]);
    assert_eq!(
        changed(&slash(), "options", &nested),
        format!("options.0.options.1 {code}")
    );
}

#[test]
fn sub_commands_nest_in_groups_and_in_nothing_else() {
    let sub = |kind: i64| with(option(1, "sub"), "options", json!([option(kind, "inner")]));
    let group = |inner: Value| with(option(2, "group"), "options", json!([inner]));
    let union = "UNION_TYPE_CHOICES";
    for (options, expected) in [
        (json!([sub(3), group(sub(6))]), String::new()),
        (
            json!([group(option(3, "text"))]),
            format!("options.0.options.0.type {union}"),
        ),
        (
            json!([group(option(2, "deeper"))]),
            format!("options.0.options.0.type {union}"),
        ),
        (json!([sub(1)]), format!("options.0.options.0.type {union}")),
        (json!([sub(2)]), format!("options.0.options.0.type {union}")),
        (
            json!([sub(3), option(3, "text")]),
            "options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID".to_owned(),
        ),
    ] {
        assert_eq!(
            changed(&slash(), "options", &options),
            expected,
            "{options}"
        );
    }
}
