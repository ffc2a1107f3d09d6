//! Embeds: each part, all together, and what Discord finds empty.

use discord_sandbox::limits::{MessageKind, message};
use serde_json::{Value, json};

use super::{letters, refused, with};

fn create(body: &Value) -> Vec<String> {
    refused(message(body, MessageKind::Create))
}

/// An embed with every part, all within the limits.
fn full_embed() -> Value {
    json!({
        "title": "t", "description": "d", "url": "https://example.org", "color": 0x00ff_ffff,
        "timestamp": "2026-02-03T04:05:06.789Z",
        "author": {"name": "a", "url": "http://example.org", "icon_url": "attachment://a.png"},
        "footer": {"text": "f", "icon_url": "https://example.org/f.png"},
        "image": {"url": "attachment://chart.png"}, "thumbnail": {"url": "https://example.org/t"},
        "fields": [{"name": "n", "value": "v", "inline": true}],
    })
}

#[test]
fn each_part_of_an_embed_has_its_limit() {
    for (path, most) in [
        ("title", 256),
        ("description", 4096),
        ("author.name", 256),
        ("footer.text", 2048),
        ("fields.0.name", 256),
        ("fields.0.value", 1024),
    ] {
        let body = |count| json!({"embeds": [with(full_embed(), path, json!(letters(count)))]});
        assert_eq!(create(&body(most)), [""; 0], "{path}");
        assert_eq!(
            create(&body(most + 1)),
            [format!("embeds.0.{path} BASE_TYPE_MAX_LENGTH")]
        );
    }
}

#[test]
fn an_embed_is_refused_for() {
    let field = json!({"name": "n", "value": "v"});
    for (path, value, expected) in [
        (
            "fields.0.name",
            json!(""),
            "fields.0.name BASE_TYPE_REQUIRED",
        ),
        (
            "fields.0.value",
            json!("  "),
            "fields.0.value BASE_TYPE_REQUIRED",
        ),
        (
            "fields.0.value",
            Value::Null,
            "fields.0.value BASE_TYPE_REQUIRED",
        ),
        (
            "fields",
            json!(vec![field; 26]),
            "fields BASE_TYPE_MAX_LENGTH",
        ),
        ("color", json!(0x0100_0000), "color NUMBER_TYPE_MAX"),
        ("color", json!(-1), "color NUMBER_TYPE_MIN"),
        (
            "url",
            json!("ftp://example.org"),
            "url URL_TYPE_INVALID_SCHEME",
        ),
        (
            "url",
            json!("attachment://a.png"),
            "url URL_TYPE_INVALID_SCHEME",
        ),
        ("url", json!("example.org"), "url URL_TYPE_INVALID_URL"),
        ("url", json!("https://"), "url URL_TYPE_INVALID_URL"),
        (
            "image.url",
            json!("data:image/png"),
            "image.url URL_TYPE_INVALID_URL",
        ),
        ("image.url", Value::Null, "image.url BASE_TYPE_REQUIRED"),
        ("author.name", Value::Null, "author.name BASE_TYPE_REQUIRED"),
        (
            "timestamp",
            json!("yesterday"),
            "timestamp DATE_TIME_TYPE_PARSE",
        ),
        ("footer", json!("text"), "footer MODEL_TYPE_CONVERT"),
    ] {
        let body = json!({"embeds": [with(full_embed(), path, value.clone())]});
        assert_eq!(
            create(&body),
            [format!("embeds.0.{expected}")],
            "{path} = {value}"
        );
    }
}

#[test]
fn spaces_around_a_text_of_an_embed_do_not_count() {
    let title = format!("  {}\n", letters(256));
    assert_eq!(create(&json!({"embeds": [{"title": title}]})), [""; 0]);
}

#[test]
fn an_embed_that_shows_nothing_is_refused() {
    let nothing = ["embeds.0.description BASE_TYPE_REQUIRED"];
    assert_eq!(create(&json!({"embeds": [{}]})), nothing);
    assert_eq!(create(&json!({"embeds": [{"color": 5}]})), nothing);
    for embed in [
        json!({"title": "t"}),
        json!({"image": {"url": "https://example.org"}}),
        json!({"fields": [{"name": "n", "value": "v"}]}),
        json!({"footer": {"text": "f"}}),
    ] {
        assert_eq!(create(&json!({"embeds": [embed]})), [""; 0]);
    }
}

#[test]
fn ten_embeds_are_accepted_and_eleven_refused() {
    let body = |count| json!({"embeds": vec![json!({"title": "t"}); count]});
    assert_eq!(create(&body(10)), [""; 0]);
    assert_eq!(create(&body(11)), ["embeds BASE_TYPE_MAX_LENGTH"]);
}

#[test]
fn all_embeds_together_have_six_thousand_code_points() {
    let body = |last| {
        json!({"embeds": [
            {"description": letters(4096), "fields": [{"name": letters(100), "value": letters(500)}]},
            {"title": letters(204), "footer": {"text": letters(1000)},
                "author": {"name": letters(last)}},
        ]})
    };
    assert_eq!(create(&body(100)), [""; 0]);
    assert_eq!(create(&body(101)), ["embeds MAX_EMBED_SIZE_EXCEEDED"]);
}
