//! Who a message really pings: <https://discord.com/developers/docs/resources/message#allowed-mentions-object>.
//!
//! Invariants: only the content pings, never an embed or a component; nothing inside code pings; a
//! mention that is not allowed is shown, but is not in the message's `mentions`.
//!
//! Elsewhere on purpose: whether the people and roles exist, are in the guild and see the channel,
//! and whether a role may be mentioned by everybody.

use std::collections::BTreeSet;

use serde_json::Value;

use super::check::{At, Report, snowflake};

/// The outcome for one message; ids in the order of their first mention, without repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// Everybody in the channel (or everybody online, for `@here`) is pinged: `mention_everyone`.
    pub everyone: bool,
    /// The people who are pinged, the author of the message replied to first.
    pub users: Vec<u64>,
    /// The roles that are pinged if they may be: `mention_roles`.
    pub roles: Vec<u64>,
    /// The people in the message's `mentions`. The same as `users`, for Discord leaves out those
    /// whose mention is not allowed (<https://github.com/discord/discord-api-docs/issues/2126>).
    pub shown_users: Vec<u64>,
}

/// Works out who is mentioned.
///
/// `allowed_mentions` is the field of the request; `None` or `null` allows everything that the
/// content says and, in a reply, the author of the other message (`replied_user`). When it is
/// given, only what it names is allowed.
#[must_use]
pub fn resolve(
    content: &str,
    allowed_mentions: Option<&Value>,
    author_may_mention_everyone: bool,
    replied_user: Option<u64>,
) -> Mentioned {
    let allowed = Allowed::new(allowed_mentions.filter(|value| !value.is_null()));
    let mut mentioned = Mentioned::default();
    if allowed.replied_user {
        mentioned.users.extend(replied_user);
    }
    for piece in outside_code(content) {
        mentioned.everyone |= author_may_mention_everyone
            && allowed.everyone
            && (piece.contains("@everyone") || piece.contains("@here"));
        for (kind, id) in tags(piece) {
            let (list, pings) = match kind {
                Tag::User => (&mut mentioned.users, allowed.users.allows(id)),
                Tag::Role => (&mut mentioned.roles, allowed.roles.allows(id)),
            };
            if pings && !list.contains(&id) {
                list.push(id);
            }
        }
    }
    mentioned.shown_users.clone_from(&mentioned.users);
    mentioned
}

/// Checks the field `allowed_mentions` of a message body.
pub(super) fn check(report: &mut Report, body: &At<'_>) {
    let Some(at) = body.get("allowed_mentions") else {
        return;
    };
    if !report.object(&at, &["parse", "users", "roles", "replied_user"]) {
        return;
    }
    let mut parsed = BTreeSet::new();
    for item in report.list(&at, "parse", 0..=1521) {
        let Some(word) = report.plain_text(&item) else {
            continue;
        };
        if !matches!(word, "users" | "roles" | "everyone") {
            report.refuse(
                item.path,
                "BASE_TYPE_CHOICES",
                "Value must be one of ('users', 'roles', 'everyone').",
            );
        } else if !parsed.insert(word) {
            repeated(report, item.path);
        }
    }
    for name in ["users", "roles"] {
        let mut ids = BTreeSet::new();
        for item in report.list(&at, name, 0..=100) {
            if let Some(id) = report.snowflake(&item)
                && !ids.insert(id)
            {
                repeated(report, item.path);
            }
        }
        if !ids.is_empty() && parsed.contains(name) {
            report.refuse(
                &at.path,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{name}\"] and {name}: [ids...] are mutually exclusive."),
            );
        }
    }
    report.boolean(&at, "replied_user");
}

fn repeated(report: &mut Report, path: String) {
    report.refuse(
        path,
        "SET_TYPE_ALREADY_CONTAINS_VALUE",
        "The set already contains this value",
    );
}

struct Allowed {
    everyone: bool,
    users: Ids,
    roles: Ids,
    replied_user: bool,
}

enum Ids {
    All,
    Only(Vec<u64>),
}

impl Ids {
    fn allows(&self, id: u64) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(&id),
        }
    }
}

impl Allowed {
    fn new(field: Option<&Value>) -> Self {
        let Some(field) = field else {
            return Self {
                everyone: true,
                users: Ids::All,
                roles: Ids::All,
                replied_user: true,
            };
        };
        let list = |name: &str| {
            field
                .get(name)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let parses = |word: &str| list("parse").any(|item| item == word);
        let ids = |name: &str| {
            if parses(name) {
                Ids::All
            } else {
                Ids::Only(list(name).filter_map(snowflake).collect())
            }
        };
        Self {
            everyone: parses("everyone"),
            users: ids("users"),
            roles: ids("roles"),
            replied_user: field.get("replied_user") == Some(&Value::Bool(true)),
        }
    }
}

enum Tag {
    User,
    Role,
}

/// The mentions `<@id>`, `<@!id>` and `<@&id>` of a piece of text, in order.
fn tags(piece: &str) -> impl Iterator<Item = (Tag, u64)> {
    piece.split("<@").skip(1).filter_map(|rest| {
        let (inside, _) = rest.split_once('>')?;
        let (tag, digits) = match inside.strip_prefix('&') {
            Some(digits) => (Tag::Role, digits),
            None => (Tag::User, inside.strip_prefix('!').unwrap_or(inside)),
        };
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        plain
            .then(|| digits.parse().ok())
            .flatten()
            .map(|id| (tag, id))
    })
}

/// The pieces of a text between its code spans and code blocks.
///
/// A run of backticks opens code when a run of the same length closes it; three or more open a
/// block, which the next three close. Without a closing run the backticks are plain text, as is
/// one after a backslash.
fn outside_code(content: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(open) = content.get(from..).and_then(|rest| rest.find('`')) {
        let open = from + open;
        if escaped(content, open) {
            from = open + 1;
            continue;
        }
        let run = run_at(content, open);
        match closing(content, open, run) {
            Some(end) => {
                pieces.extend(content.get(start..open));
                (start, from) = (end, end);
            }
            None => from = open + run,
        }
    }
    pieces.extend(content.get(start..));
    pieces
}

/// Whether an odd number of backslashes stands before the byte.
fn escaped(content: &str, at: usize) -> bool {
    let before = content.get(..at).unwrap_or_default();
    let slashes = before.len() - before.trim_end_matches('\\').len();
    slashes % 2 == 1
}

fn run_at(content: &str, at: usize) -> usize {
    let rest = content.get(at..).unwrap_or_default();
    rest.len() - rest.trim_start_matches('`').len()
}

/// Where the code that a run of backticks opens ends, if anything closes it.
fn closing(content: &str, open: usize, run: usize) -> Option<usize> {
    if run >= 3 {
        // At least one character stands between the marks of a block.
        let inside = content.get(open + 3..)?;
        let first = inside.chars().next()?.len_utf8();
        let end = inside.get(first..)?.find("```")?;
        return Some(open + 3 + first + end + 3);
    }
    let mut from = open + run;
    while let Some(next) = content.get(from..)?.find('`') {
        let next = from + next;
        let length = run_at(content, next);
        if length == run {
            return Some(next + length);
        }
        from = next + length;
    }
    None
}
