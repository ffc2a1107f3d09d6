//! What Discord refuses in a request body, as pure functions over JSON.
//!
//! Invariants: nothing here keeps state, waits or reads a clock; every broken rule of a body is
//! reported, not only the first; paths and codes are Discord's where they are known
//! (<https://discord.com/developers/docs/reference#error-messages>). Where Discord would quietly
//! drop or convert a value that is certainly a mistake (a number as content, EPHEMERAL on a channel
//! message), these functions refuse it, so that a test finds the mistake.
//!
//! Elsewhere on purpose: anything that needs to know the guild, the channel or the clock, such as
//! permissions ([`crate::permissions`]), unknown ids, and the deadlines of interactions.

mod check;
mod choices;
mod commands;
mod components;
mod embeds;
mod interactions;
mod layout;
pub mod mentions;
mod messages;
mod modals;
mod options;
mod schema;
mod selects;

pub use commands::{command, commands};
pub use interactions::{autocomplete, interaction_response, interaction_response_with_flags};
pub use messages::{
    MAX_FILE_BYTES, MAX_FILES, MessageKind, flags, is_empty, message, message_with_flags,
    unknown_fields, uploads,
};
pub use modals::modal;
pub use options::{command_options, command_options_resolved};

use serde_json::{Map, Value, json};

/// One broken rule of a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where, with dots and list indexes: `embeds.0.title`. Empty for the body as a whole.
    pub path: String,
    /// Discord's name of the rule, such as `BASE_TYPE_MAX_LENGTH`.
    pub code: &'static str,
    /// Discord's sentence, such as `Must be 256 or fewer in length.`
    pub message: String,
}

/// `Ok` when nothing is broken, otherwise every broken rule in the order of the checks.
pub type Checked = Result<(), Vec<Violation>>;

/// The answer Discord gives with status 400: code 50035, with the violations nested by path.
///
/// Each violation stands in the `_errors` list of the object at its path, as described at
/// <https://discord.com/developers/docs/reference#error-messages>.
#[must_use]
pub fn invalid_form_body(violations: &[Violation]) -> Value {
    let mut errors = Map::new();
    for violation in violations {
        let error = json!({ "code": violation.code, "message": violation.message });
        let mut keys = violation.path.split('.').filter(|key| !key.is_empty());
        insert(&mut errors, &mut keys, error);
    }
    json!({ "code": 50035, "message": "Invalid Form Body", "errors": errors })
}

fn insert(errors: &mut Map<String, Value>, keys: &mut dyn Iterator<Item = &str>, error: Value) {
    let Some(key) = keys.next() else {
        let list = errors.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(error);
        }
        return;
    };
    let inner = errors.entry(key).or_insert_with(|| json!({}));
    if let Value::Object(inner) = inner {
        insert(inner, keys, error);
    }
}
