//! Who is really pinged.

use discord_sandbox::limits::mentions::{Mentioned, resolve};
use serde_json::json;

fn mentioned(everyone: bool, users: &[u64], roles: &[u64]) -> Mentioned {
    Mentioned {
        everyone,
        users: users.to_vec(),
        roles: roles.to_vec(),
        shown_users: users.to_vec(),
    }
}

#[test]
fn without_allowed_mentions_the_content_decides() {
    for (content, everyone, users, roles) in [
        ("thanks <@1> and <@!2>, <@&3>", false, vec![1, 2], vec![3]),
        ("<@1> <@1> <@!1>", false, vec![1], vec![]),
        ("hello @everyone", true, vec![], vec![]),
        ("hello @here", true, vec![], vec![]),
        (
            "<@> <@!> <@&> <@one> <@1 <@+1> <#5> <@99999999999999999999999>",
            false,
            vec![],
            vec![],
        ),
        ("<<@1>>", false, vec![1], vec![]),
        (r"\<@1>", false, vec![1], vec![]),
        ("", false, vec![], vec![]),
    ] {
        let found = resolve(content, None, true, None);
        assert_eq!(found, mentioned(everyone, &users, &roles), "{content}");
    }
}

#[test]
fn code_pings_nobody() {
    for (content, users) in [
        ("`<@1>` <@2>", vec![2]),
        ("``<@1> ` <@3>`` <@2>", vec![2]),
        ("```\n<@1>\n``` <@2>", vec![2]),
        ("```rust\n<@1> ` <@3>\n```<@2>", vec![2]),
        ("``` `<@1>` ``` <@2>", vec![2]),
        // Not closed, or closed by another number of backticks, is no code.
        ("`<@1>", vec![1]),
        ("`<@1>``", vec![1]),
        ("```<@1>", vec![1]),
        ("`````` <@1>", vec![1]),
        (r"\`<@1>`", vec![1]),
        (r"\\`<@1>`", vec![]),
        ("`@everyone` é`<@1>`é <@2>", vec![2]),
    ] {
        let found = resolve(content, None, true, None);
        assert_eq!(found, mentioned(false, &users, &[]), "{content}");
    }
}

#[test]
fn everyone_needs_the_permission_and_the_allowance() {
    let nobody = json!({"parse": ["users", "roles"]});
    let everyone = json!({"parse": ["everyone"]});
    for (allowed, permitted, pings) in [
        (None, true, true),
        (None, false, false),
        (Some(&nobody), true, false),
        (Some(&everyone), true, true),
        (Some(&everyone), false, false),
    ] {
        let found = resolve("@everyone", allowed, permitted, None);
        assert_eq!(found.everyone, pings, "{allowed:?} {permitted}");
    }
}

#[test]
fn allowed_mentions_let_through_only_what_they_name() {
    let content = "<@1> <@2> <@&3> <@&4> @everyone";
    for (allowed, expected) in [
        (json!(null), mentioned(true, &[9, 1, 2], &[3, 4])),
        (json!({}), mentioned(false, &[], &[])),
        (json!({"parse": []}), mentioned(false, &[], &[])),
        (
            json!({"parse": ["users"], "users": []}),
            mentioned(false, &[1, 2], &[]),
        ),
        (json!({"parse": ["roles"]}), mentioned(false, &[], &[3, 4])),
        (json!({"users": ["2", "7"]}), mentioned(false, &[2], &[])),
        (
            json!({"users": [2], "parse": ["everyone"]}),
            mentioned(true, &[2], &[]),
        ),
        (
            json!({"roles": ["4"], "replied_user": true}),
            mentioned(false, &[9], &[4]),
        ),
        (
            json!({"replied_user": false, "parse": ["users"]}),
            mentioned(false, &[1, 2], &[]),
        ),
    ] {
        assert_eq!(
            resolve(content, Some(&allowed), true, Some(9)),
            expected,
            "{allowed}"
        );
    }
}

#[test]
fn the_author_replied_to_is_named_once() {
    let found = resolve("thanks <@9>", None, false, Some(9));
    assert_eq!(found, mentioned(false, &[9], &[]));
}
