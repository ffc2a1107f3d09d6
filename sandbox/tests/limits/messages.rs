//! Message bodies, but for their embeds and components.

use discord_sandbox::limits::{
    MessageKind, flags, is_empty, message, message_with_flags, unknown_fields, uploads,
};
use serde_json::{Value, json};

use super::{letters, refused};

const KINDS: [MessageKind; 4] = [
    MessageKind::Create,
    MessageKind::Edit,
    MessageKind::InteractionResponse,
    MessageKind::FollowUp,
];

fn create(body: &Value) -> Vec<String> {
    refused(message(body, MessageKind::Create))
}

#[test]
fn content_is_counted_in_code_points() {
    for kind in KINDS {
        let body = |count| json!({"content": letters(count)});
        assert_eq!(refused(message(&body(2000), kind)), [""; 0]);
        assert_eq!(
            refused(message(&body(2001), kind)),
            ["content BASE_TYPE_MAX_LENGTH"]
        );
    }
}

#[test]
fn a_field_of_the_wrong_type_is_refused() {
    for (field, value, code) in [
        ("content", json!(5), "STRING_TYPE_CONVERT"),
        ("tts", json!("yes"), "BOOLEAN_TYPE_CONVERT"),
        ("embeds", json!({}), "LIST_TYPE_CONVERT"),
        ("components", json!("x"), "LIST_TYPE_CONVERT"),
        ("flags", json!("64"), "NUMBER_TYPE_COERCE"),
        ("allowed_mentions", json!([]), "MODEL_TYPE_CONVERT"),
        ("nonce", json!(true), "STRING_TYPE_CONVERT"),
        ("enforce_nonce", json!(1), "BOOLEAN_TYPE_CONVERT"),
        ("message_reference", json!("1"), "MODEL_TYPE_CONVERT"),
        ("attachments", json!({}), "LIST_TYPE_CONVERT"),
        ("poll", json!({}), "POLL_UNSUPPORTED"),
    ] {
        let mut body = json!({"content": "hello"});
        body[field] = value;
        assert_eq!(create(&body), [format!("{field} {code}")]);
    }
    assert_eq!(create(&json!([])), [" MODEL_TYPE_CONVERT"]);
}

#[test]
fn null_is_the_same_as_absent() {
    let body = json!({"content": "hello", "embeds": null, "tts": null, "flags": null,
        "allowed_mentions": null, "components": null, "nonce": null, "message_reference": null});
    assert_eq!(create(&body), [""; 0]);
}

#[test]
fn a_message_is_empty_when_nothing_would_be_shown() {
    for (body, empty) in [
        (json!({}), true),
        (json!({"content": " \n"}), true),
        (
            json!({"content": null, "embeds": [], "components": []}),
            true,
        ),
        (json!({"content": "x"}), false),
        (json!({"embeds": [{"title": "t"}]}), false),
        (json!({"components": [{}]}), false),
        (json!({"sticker_ids": ["1"]}), false),
        (json!({"message_reference": {"message_id": "1"}}), true),
        (
            json!({"message_reference": {"type": 1, "message_id": "1", "channel_id": "2"}}),
            false,
        ),
    ] {
        assert_eq!(is_empty(&body, false), empty, "{body}");
        assert!(!is_empty(&body, true), "{body}");
    }
}

#[test]
fn only_some_flags_may_be_set() {
    use MessageKind::{Create, Edit, FollowUp, InteractionResponse};
    let invalid = vec!["flags MESSAGE_FLAGS_INVALID"];
    for (kind, flag, expected) in [
        (Create, flags::SUPPRESS_EMBEDS, vec![]),
        (Create, flags::SUPPRESS_NOTIFICATIONS, vec![]),
        (Create, flags::EPHEMERAL, invalid.clone()),
        (Create, 1 << 1, invalid.clone()),
        (InteractionResponse, flags::EPHEMERAL, vec![]),
        (
            InteractionResponse,
            flags::EPHEMERAL | flags::SUPPRESS_EMBEDS,
            vec![],
        ),
        (InteractionResponse, 1 << 0, invalid.clone()),
        (FollowUp, flags::EPHEMERAL, vec![]),
        (FollowUp, 1 << 4, invalid),
        (Edit, flags::EPHEMERAL, vec![]),
    ] {
        let body = json!({"content": "x", "flags": flag});
        assert_eq!(refused(message(&body, kind)), expected, "{kind:?} {flag}");
    }
}

#[test]
fn a_nonce_is_a_number_or_a_text_of_25_code_points() {
    for (nonce, expected) in [
        (json!(i64::MAX), vec![]),
        (json!(u64::MAX), vec!["nonce STRING_TYPE_CONVERT"]),
        (json!(letters(25)), vec![]),
        (json!(letters(26)), vec!["nonce BASE_TYPE_MAX_LENGTH"]),
    ] {
        let body = json!({"content": "x", "nonce": nonce, "enforce_nonce": true});
        assert_eq!(create(&body), expected, "{nonce}");
    }
}

#[test]
fn a_reference_names_the_message() {
    for (reference, expected) in [
        (json!({"message_id": "7"}), vec![]),
        (
            json!({"message_id": 7, "fail_if_not_exists": false, "type": 0}),
            vec![],
        ),
        (
            json!({"type": 1, "message_id": "7", "channel_id": "8"}),
            vec![],
        ),
        (
            json!({"type": 1, "message_id": "7"}),
            vec!["channel_id BASE_TYPE_REQUIRED"],
        ),
        (
            json!({"channel_id": "7"}),
            vec!["message_id BASE_TYPE_REQUIRED"],
        ),
        (
            json!({"message_id": "seven"}),
            vec!["message_id NUMBER_TYPE_COERCE"],
        ),
        (
            json!({"message_id": "7", "type": 2}),
            vec!["type BASE_TYPE_CHOICES"],
        ),
    ] {
        let expected: Vec<String> = expected
            .iter()
            .map(|one| format!("message_reference.{one}"))
            .collect();
        assert_eq!(
            create(&json!({"content": "x", "message_reference": reference})),
            expected
        );
    }
}

#[test]
fn attachments_are_ten_with_distinct_ids_and_a_short_description() {
    let body = |entries: Vec<Value>| json!({"attachments": entries});
    let entry = |id: usize| json!({"id": id, "filename": "a.png", "description": letters(1024)});
    assert_eq!(create(&body((0..10).map(entry).collect())), [""; 0]);
    assert_eq!(
        create(&body((0..11).map(entry).collect())),
        ["attachments BASE_TYPE_MAX_LENGTH"]
    );
    assert_eq!(
        create(&body(vec![entry(0), entry(0)])),
        ["attachments.1.id SET_TYPE_ALREADY_CONTAINS_VALUE"]
    );
    assert_eq!(
        create(&body(vec![json!({"id": 0, "description": letters(1025)})])),
        ["attachments.0.description BASE_TYPE_MAX_LENGTH"]
    );
    assert_eq!(
        create(&body(vec![json!({"filename": "a.png"})])),
        ["attachments.0.id BASE_TYPE_REQUIRED"]
    );
}

#[test]
fn an_attachment_must_be_a_file_of_the_request_or_of_the_message() {
    let body = json!({"attachments": [{"id": 0}, {"id": "55"}]});
    assert_eq!(refused(uploads(&body, &[0], &[55])), [""; 0]);
    assert_eq!(
        refused(uploads(&body, &[0], &[])),
        ["attachments.1 ATTACHMENT_NOT_FOUND"]
    );
    let eleven: Vec<u64> = (0..11).collect();
    assert_eq!(
        refused(uploads(&json!({}), &eleven, &[])),
        ["attachments BASE_TYPE_MAX_LENGTH"]
    );
}

#[test]
fn allowed_mentions_must_not_contradict_themselves() {
    let many = |count: u64| (1..=count).map(|id| id.to_string()).collect::<Vec<_>>();
    for (allowed, expected) in [
        (json!({}), vec![]),
        (
            json!({"parse": [], "users": ["1", 2], "replied_user": true}),
            vec![],
        ),
        (json!({"parse": ["users", "roles", "everyone"]}), vec![]),
        (
            json!({"parse": ["users"], "users": [], "roles": ["1"]}),
            vec![],
        ),
        (json!({"users": many(100)}), vec![]),
        (
            json!({"users": many(101)}),
            vec![".users BASE_TYPE_MAX_LENGTH"],
        ),
        (
            json!({"roles": many(101)}),
            vec![".roles BASE_TYPE_MAX_LENGTH"],
        ),
        (
            json!({"users": ["1", "1"]}),
            vec![".users.1 SET_TYPE_ALREADY_CONTAINS_VALUE"],
        ),
        (
            json!({"users": ["Ann"]}),
            vec![".users.0 NUMBER_TYPE_COERCE"],
        ),
        (
            json!({"parse": ["here"]}),
            vec![".parse.0 BASE_TYPE_CHOICES"],
        ),
        (
            json!({"parse": ["users", "users"]}),
            vec![".parse.1 SET_TYPE_ALREADY_CONTAINS_VALUE"],
        ),
        (
            json!({"parse": ["users"], "users": ["1"]}),
            vec![" MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"],
        ),
        (
            json!({"parse": ["roles"], "roles": ["1"]}),
            vec![" MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"],
        ),
        (
            json!({"replied_user": "no"}),
            vec![".replied_user BOOLEAN_TYPE_CONVERT"],
        ),
    ] {
        let expected: Vec<String> = expected
            .iter()
            .map(|one| format!("allowed_mentions{one}"))
            .collect();
        let body = json!({"content": "x", "allowed_mentions": allowed});
        assert_eq!(create(&body), expected, "{allowed}");
    }
}

#[test]
fn fields_that_discord_does_not_know_are_named() {
    let body = json!({
        "content": "x", "contents": 1, "embeds": [{"title": "t", "colour": 3}],
        "components": [{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "l", "custom_id": "c", "tooltip": "?"},
        ]}],
    });
    let expected = [
        "contents",
        "embeds.0.colour",
        "components.0.components.0.tooltip",
    ];
    assert_eq!(unknown_fields(&body, MessageKind::Create), expected);
    assert_eq!(create(&body), [""; 0]);
    let nonce = json!({"content": "x", "nonce": "n"});
    assert_eq!(unknown_fields(&nonce, MessageKind::Create), [""; 0]);
    assert_eq!(unknown_fields(&nonce, MessageKind::FollowUp), ["nonce"]);
}

#[test]
fn the_flag_of_the_message_counts_when_it_is_edited() {
    let body = json!({"components": [{"type": 10, "content": "text"}]});
    let edit = |kept| refused(message_with_flags(&body, MessageKind::Edit, kept));
    assert_eq!(edit(flags::IS_COMPONENTS_V2), [""; 0]);
    assert_eq!(edit(0), ["components.0.type UNION_TYPE_CHOICES"]);
}
