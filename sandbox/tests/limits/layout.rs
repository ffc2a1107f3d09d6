//! Messages made of components alone (IS_COMPONENTS_V2).

use discord_sandbox::limits::{MessageKind, flags, interaction_response_with_flags, message};
use serde_json::{Value, json};

use super::{letters, refused};

fn create(components: &Value) -> Vec<String> {
    let body = json!({"flags": flags::IS_COMPONENTS_V2, "components": components});
    refused(message(&body, MessageKind::Create))
}

fn text(content: &str) -> Value {
    json!({"type": 10, "content": content})
}

#[test]
fn every_layout_component_is_accepted() {
    let components = json!([
        text("# Title"),
        {"type": 9, "components": [text("a")],
            "accessory": {"type": 11, "media": {"url": "attachment://a.png"}}},
        {"type": 9, "components": [text("a"), text("b"), text("c")],
            "accessory": {"type": 2, "style": 1, "custom_id": "go", "label": "Go"}},
        {"type": 12, "items": [{"media": {"url": "https://example.org/a"}, "description": "alt"}]},
        {"type": 13, "file": {"url": "attachment://report.csv"}},
        {"type": 14, "spacing": 2, "divider": false},
        {"type": 17, "accent_color": 5, "components": [
            text("inside"),
            {"type": 1, "components": [{"type": 5, "custom_id": "who"}]},
        ]},
    ]);
    assert_eq!(create(&components), [""; 0]);
}

#[test]
fn a_layout_component_is_refused_for() {
    let thumbnail = json!({"type": 11, "media": {"url": "https://example.org"}});
    let section = |texts: usize, accessory: &Value| {
        json!({"type": 9, "components": vec![text("a"); texts],
            "accessory": accessory})
    };
    for (component, expected) in [
        (text(""), "content BASE_TYPE_BAD_LENGTH"),
        (json!({"type": 10}), "content BASE_TYPE_REQUIRED"),
        (section(0, &thumbnail), "components BASE_TYPE_BAD_LENGTH"),
        (section(4, &thumbnail), "components BASE_TYPE_BAD_LENGTH"),
        (section(1, &Value::Null), "accessory BASE_TYPE_REQUIRED"),
        (section(1, &text("a")), "accessory.type UNION_TYPE_CHOICES"),
        (
            json!({"type": 12, "items": []}),
            "items BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({"type": 12, "items": [{}]}),
            "items.0.media BASE_TYPE_REQUIRED",
        ),
        (
            json!({"type": 13, "file": {"url": "https://example.org"}}),
            "file.url URL_TYPE_INVALID_SCHEME",
        ),
        (
            json!({"type": 14, "spacing": 3}),
            "spacing BASE_TYPE_CHOICES",
        ),
        (
            json!({"type": 17, "components": []}),
            "components BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({"type": 17, "components": [{"type": 17, "components": [text("a")]}]}),
            "components.0.type UNION_TYPE_CHOICES",
        ),
        (
            json!({"type": 2, "style": 1, "custom_id": "c", "label": "l"}),
            "type UNION_TYPE_CHOICES",
        ),
    ] {
        let found = create(&json!([component]));
        assert_eq!(found, [format!("components.0.{expected}")], "{component}");
    }
}

#[test]
fn ten_pictures_are_accepted_in_a_gallery_and_eleven_refused() {
    let body = |count: usize| {
        let item = json!({"media": {"url": "attachment://a.png"}, "description": letters(1024)});
        json!([{"type": 12, "items": vec![item; count]}])
    };
    assert_eq!(create(&body(10)), [""; 0]);
    assert_eq!(
        create(&body(11)),
        ["components.0.items BASE_TYPE_BAD_LENGTH"]
    );
}

#[test]
fn forty_components_are_accepted_in_all_and_nested_ones_count() {
    let body = |texts: usize| json!([{"type": 17, "components": vec![text("a"); texts]}]);
    assert_eq!(create(&body(39)), [""; 0]);
    assert_eq!(
        create(&body(40)),
        ["components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"]
    );
}

#[test]
fn all_texts_together_have_four_thousand_code_points() {
    let body = |last| json!([text(&letters(3000)), text(&letters(last))]);
    assert_eq!(create(&body(1000)), [""; 0]);
    assert_eq!(
        create(&body(1001)),
        ["components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"]
    );
}

#[test]
fn content_and_embeds_are_not_for_a_message_of_components() {
    let body = json!({"flags": flags::IS_COMPONENTS_V2, "components": [text("a")],
        "content": "x", "embeds": [{"title": "t"}]});
    let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    assert_eq!(
        refused(message(&body, MessageKind::Create)),
        [format!("content {code}"), format!("embeds {code}")]
    );
    let cleared = json!({"flags": flags::IS_COMPONENTS_V2, "components": [text("a")],
        "content": "", "embeds": []});
    assert_eq!(refused(message(&cleared, MessageKind::Edit)), [""; 0]);
}

#[test]
fn numbers_of_components_are_unique_but_for_zero() {
    let numbered = |id: i64| json!({"type": 10, "content": "a", "id": id});
    assert_eq!(
        create(&json!([numbered(0), numbered(0), numbered(1)])),
        [""; 0]
    );
    assert_eq!(
        create(&json!([numbered(1), numbered(1)])),
        ["components.1.id COMPONENT_ID_DUPLICATED"]
    );
}

#[test]
fn an_update_counts_the_flag_of_the_message_it_updates() {
    let body = json!({"type": 7, "data": {"components": [text("a")]}});
    let answer = |kept| refused(interaction_response_with_flags(&body, kept));
    assert_eq!(answer(flags::IS_COMPONENTS_V2), [""; 0]);
    assert_eq!(answer(0), ["data.components.0.type UNION_TYPE_CHOICES"]);
}
