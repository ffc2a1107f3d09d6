//! The options a person gives to a command.

use discord_sandbox::limits::{command_options, command_options_resolved};
use serde_json::{Value, json};

use super::with;

fn declared(kind: i64) -> Value {
    json!({"type": kind, "name": "o", "description": "d"})
}

fn given(kind: i64, value: &Value) -> Value {
    json!({"type": kind, "name": "o", "value": value})
}

/// The reason of the refusal, or nothing.
fn reason(schema: &Value, given: &Value) -> String {
    command_options(schema, given).err().unwrap_or_default()
}

#[test]
fn each_type_takes_its_own_values() {
    for (kind, right, wrong) in [
        (3, json!("text"), json!(5)),
        (4, json!(5), json!(5.5)),
        (
            4,
            json!(-9_007_199_254_740_991_i64),
            json!(9_007_199_254_740_992_i64),
        ),
        (5, json!(true), json!("true")),
        (6, json!("77"), json!(77)),
        (7, json!("77"), json!("general")),
        (8, json!("77"), json!(null)),
        (9, json!("77"), json!("@Ann")),
        (10, json!(0.5), json!("0.5")),
        (10, json!(5), json!(null)),
        (11, json!("77"), json!("chart.png")),
    ] {
        let schema = json!([declared(kind)]);
        assert_eq!(
            reason(&schema, &json!([given(kind, &right)])),
            "",
            "{kind} {right}"
        );
        let refusal = reason(&schema, &json!([given(kind, &wrong)]));
        assert!(
            refusal.starts_with("Option \"o\": must be "),
            "{kind} {wrong}: {refusal}"
        );
    }
    let refusal = reason(&json!([declared(3)]), &json!([given(4, &json!(5))]));
    assert_eq!(refusal, "Option \"o\": must be of type 3.");
}

#[test]
fn bounds_hold_at_both_ends() {
    for (kind, name, bound, right, wrong) in [
        (3, "min_length", 2, json!("éé"), json!("é")),
        (3, "max_length", 2, json!("éé"), json!("ééé")),
        (4, "min_value", 2, json!(2), json!(1)),
        (4, "max_value", 2, json!(2), json!(3)),
        (4, "min_value", 2, json!(2.0), json!(1.0)),
        (10, "min_value", 2, json!(2.0), json!(1.9)),
        (10, "max_value", 2, json!(2.0), json!(2.1)),
    ] {
        let schema = json!([with(declared(kind), name, json!(bound))]);
        assert_eq!(
            reason(&schema, &json!([given(kind, &right)])),
            "",
            "{name} {right}"
        );
        let refusal = reason(&schema, &json!([given(kind, &wrong)]));
        let (least, most) = (format!("at least {bound}"), format!("at most {bound}"));
        assert!(
            refusal.contains(&least) || refusal.contains(&most),
            "{refusal}"
        );
    }
    let float = json!([with(declared(4), "max_value", json!(10.0))]);
    assert_eq!(
        reason(&float, &json!([given(4, &json!(11))])),
        "Option \"o\": must be at most 10."
    );
    let long = "a".repeat(6001);
    let refusal = reason(&json!([declared(3)]), &json!([given(3, &json!(long))]));
    assert_eq!(refusal, "Option \"o\": must have at most 6000 characters.");
}

#[test]
fn choices_leave_nothing_else() {
    let choices = json!([{"name": "Great", "value": 1}, {"name": "Fine", "value": 2}]);
    let schema = json!([with(declared(4), "choices", choices)]);
    assert_eq!(reason(&schema, &json!([given(4, &json!(2))])), "");
    assert_eq!(
        reason(&schema, &json!([given(4, &json!(3))])),
        "Option \"o\": must be one of the choices."
    );
}

#[test]
fn options_are_known_given_once_and_complete() {
    let must = json!({"type": 3, "name": "must", "description": "d", "required": true});
    let schema = json!([must, declared(3)]);
    let text = |name: &str| json!({"type": 3, "name": name, "value": "v"});
    assert_eq!(reason(&schema, &json!([text("must")])), "");
    assert_eq!(reason(&schema, &json!([text("o"), text("must")])), "");
    assert_eq!(
        reason(&schema, &json!([text("o")])),
        "The option \"must\" is required."
    );
    assert_eq!(
        reason(&schema, &Value::Null),
        "The option \"must\" is required."
    );
    assert_eq!(
        reason(&schema, &json!([text("x")])),
        "There is no option \"x\"."
    );
    assert_eq!(
        reason(&schema, &json!([text("must"), text("must")])),
        "The option \"must\" is given twice."
    );
}

#[test]
fn a_command_with_sub_commands_is_called_by_exactly_one() {
    let must = json!({"type": 3, "name": "must", "description": "d", "required": true});
    let sub = json!({"type": 1, "name": "give", "description": "d", "options": [must]});
    let group = json!({"type": 2, "name": "team", "description": "d", "options": [sub]});
    let schema = json!([sub, group]);
    let give = json!({"type": 1, "name": "give", "options":
        [{"type": 3, "name": "must", "value": "v"}]});
    let team = json!({"type": 2, "name": "team", "options": [give]});
    assert_eq!(reason(&schema, &json!([give])), "");
    assert_eq!(reason(&schema, &json!([team])), "");
    for (given, expected) in [
        (json!([]), "Choose one of: give, team."),
        (json!([give, team]), "Choose one of: give, team."),
        (
            json!([{"type": 1, "name": "take"}]),
            "There is no sub-command \"take\".",
        ),
        (
            json!([{"type": 2, "name": "give"}]),
            "\"give\" has the wrong type.",
        ),
        (
            json!([{"type": 1, "name": "give"}]),
            "give: The option \"must\" is required.",
        ),
        (
            json!([{"type": 2, "name": "team", "options": []}]),
            "team: Choose one of: give.",
        ),
    ] {
        assert_eq!(reason(&schema, &given), expected);
    }
}

#[test]
fn ids_are_looked_up_in_what_the_interaction_resolves() {
    let resolved = json!({"users": {"1": {}}, "roles": {"2": {}},
        "channels": {"3": {"type": 0}}, "attachments": {"4": {}}});
    let check = |kind: i64, id: &str, types: Value| {
        let schema = json!([with(declared(kind), "channel_types", types)]);
        let given = json!([given(kind, &json!(id))]);
        command_options_resolved(&schema, &given, &resolved).is_ok()
    };
    for (kind, known) in [
        (6, vec!["1"]),
        (7, vec!["3"]),
        (8, vec!["2"]),
        (9, vec!["1", "2"]),
        (11, vec!["4"]),
    ] {
        for id in ["1", "2", "3", "4", "5"] {
            assert_eq!(
                check(kind, id, Value::Null),
                known.contains(&id),
                "{kind} {id}"
            );
        }
    }
    assert!(check(7, "3", json!([0, 5])));
    assert!(check(7, "3", json!([])));
    assert!(!check(7, "3", json!([2])));
}
