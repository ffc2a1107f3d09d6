//! Fields that Discord would silently ignore, for tests that want to know.

use serde_json::Value;

use super::incoming::Incoming;
use crate::limits::{self, MessageKind};

/// The paths of the fields of a message body that Discord does not know; none for other requests.
pub(crate) fn fields(incoming: &Incoming) -> Vec<String> {
    let segments: Vec<&str> = incoming.path.trim_matches('/').split('/').collect();
    let kind = match (incoming.method.as_str(), segments.as_slice()) {
        ("POST", ["channels", _, "messages"]) => MessageKind::Create,
        ("POST", ["webhooks", _, _]) => MessageKind::FollowUp,
        ("PATCH", ["channels", _, "messages", _] | ["webhooks", _, _, "messages", _]) => {
            MessageKind::Edit
        }
        ("POST", ["interactions", _, _, "callback"]) => {
            let data = incoming.body.get("data").unwrap_or(&Value::Null);
            return match incoming.body.get("type").and_then(Value::as_u64) {
                Some(4) => limits::unknown_fields(data, MessageKind::InteractionResponse),
                Some(7) => limits::unknown_fields(data, MessageKind::Edit),
                _ => Vec::new(),
            };
        }
        _ => return Vec::new(),
    };
    limits::unknown_fields(&incoming.body, kind)
}
