//! From the body of a request to the parts of a message, checked against Discord's limits.

use serde_json::Value;

use super::incoming::{Incoming, Upload};
use super::reply::Refusal;
use crate::actions::{Draft, Patch};
use crate::limits::{self, MessageKind};
use crate::platform::Core;
use crate::state::{Attachment, COMPONENTS_V2, Message, SUPPRESS_EMBEDS, Snowflake};

/// Flags that a sender may set and that stay on the message.
const KEPT_FLAGS: u64 = SUPPRESS_EMBEDS | COMPONENTS_V2 | SUPPRESS_NOTIFICATIONS;
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

/// Refuses a body that breaks a rule of messages, or that shows nothing.
pub(crate) fn check_new(body: &Value, files: &[Upload], kind: MessageKind) -> Result<(), Refusal> {
    limits::message(body, kind).map_err(|broken| Refusal::invalid(&broken))?;
    check_files(body, files, &[])?;
    if limits::is_empty(body, !files.is_empty()) {
        return Err(Refusal::empty_message());
    }
    Ok(())
}

fn check_files(body: &Value, files: &[Upload], existing: &[u64]) -> Result<(), Refusal> {
    let indexes: Vec<u64> = files.iter().map(|file| file.index).collect();
    limits::uploads(body, &indexes, existing).map_err(|broken| Refusal::invalid(&broken))?;
    let most = limits::MAX_FILE_BYTES;
    if files.len() > limits::MAX_FILES {
        return Err(Refusal::field(
            "files",
            "BASE_TYPE_MAX_LENGTH",
            "Must be 10 or fewer in length.",
        ));
    }
    if files.iter().any(|file| file.bytes.len() > most) {
        return Err(Refusal::too_large());
    }
    Ok(())
}

/// Fills a draft from a checked body.
pub(crate) fn fill(core: &mut Core, draft: &mut Draft, body: &Value, files: &[Upload]) {
    draft.content = text(body, "content").unwrap_or_default();
    draft.embeds = list(body, "embeds").unwrap_or_default();
    draft.components = list(body, "components").unwrap_or_default();
    draft.attachments = uploads(core, body, files, draft.visible_to.is_some());
    draft.flags |= body.get("flags").and_then(Value::as_u64).unwrap_or(0) & KEPT_FLAGS;
    draft.tts = body.get("tts").and_then(Value::as_bool).unwrap_or(false);
    draft.nonce = body.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
    draft.allowed_mentions = body
        .get("allowed_mentions")
        .filter(|a| !a.is_null())
        .cloned();
}

/// What an edit of a message comes to.
pub(crate) fn patch(
    core: &mut Core,
    message: &Message,
    incoming: &Incoming,
) -> Result<Patch, Refusal> {
    patch_of(core, message, &incoming.body, &incoming.files)
}

/// As [`patch`], from a body that is part of a larger one.
pub(crate) fn patch_of(
    core: &mut Core,
    message: &Message,
    body: &Value,
    files: &[Upload],
) -> Result<Patch, Refusal> {
    let kept = message.flags & KEPT_FLAGS;
    limits::message_with_flags(body, MessageKind::Edit, kept)
        .map_err(|broken| Refusal::invalid(&broken))?;
    let existing: Vec<u64> = message
        .attachments
        .iter()
        .map(|file| file.id.get())
        .collect();
    check_files(body, files, &existing)?;
    let cleared = |key: &str| body.get(key).is_some_and(Value::is_null);
    let content = text(body, "content").or_else(|| cleared("content").then(String::new));
    let attachments = attachments_after(core, message, body, files);
    let flags = body.get("flags").and_then(Value::as_u64);
    let patch = Patch {
        content,
        embeds: list(body, "embeds").or_else(|| cleared("embeds").then(Vec::new)),
        components: list(body, "components").or_else(|| cleared("components").then(Vec::new)),
        attachments,
        flags: flags.map(|flags| message.flags & !KEPT_FLAGS | flags & KEPT_FLAGS),
        allowed_mentions: body
            .get("allowed_mentions")
            .filter(|a| !a.is_null())
            .cloned(),
    };
    let mut after = message.clone();
    if let Some(content) = &patch.content {
        after.content.clone_from(content);
    }
    if let Some(embeds) = &patch.embeds {
        after.embeds.clone_from(embeds);
    }
    if let Some(components) = &patch.components {
        after.components.clone_from(components);
    }
    if let Some(attachments) = &patch.attachments {
        after.attachments.clone_from(attachments);
    }
    if after.is_empty() {
        Err(Refusal::empty_message())
    } else {
        Ok(patch)
    }
}

/// The files of a message after an edit: without `attachments` the old ones stay and new ones join
/// them; with it only what it names stays.
fn attachments_after(
    core: &mut Core,
    message: &Message,
    body: &Value,
    files: &[Upload],
) -> Option<Vec<Attachment>> {
    let named = body.get("attachments").and_then(Value::as_array);
    if named.is_none() && files.is_empty() {
        return None;
    }
    let stays = |file: &&Attachment| {
        named.is_none_or(|list| {
            list.iter()
                .any(|entry| entry.get("id").and_then(Snowflake::from_json) == Some(file.id))
        })
    };
    let mut after: Vec<Attachment> = message.attachments.iter().filter(stays).cloned().collect();
    after.extend(uploads(core, body, files, message.is_ephemeral()));
    Some(after)
}

fn uploads(core: &mut Core, body: &Value, files: &[Upload], ephemeral: bool) -> Vec<Attachment> {
    let entries = list(body, "attachments").unwrap_or_default();
    let mut made = Vec::new();
    for file in files {
        let about = entries.iter().find(|entry| {
            let id = entry.get("id").and_then(Snowflake::from_json);
            id.is_some_and(|id| id.get() == file.index)
        });
        let told = |key: &str| about.and_then(|entry| text(entry, key));
        made.push(Attachment {
            id: core.world.mint(),
            filename: told("filename").unwrap_or_else(|| file.filename.clone()),
            description: told("description"),
            content_type: file.content_type.clone(),
            bytes: file.bytes.clone(),
            ephemeral,
            in_embed: false,
        });
    }
    made
}

fn text(body: &Value, key: &str) -> Option<String> {
    body.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn list(body: &Value, key: &str) -> Option<Vec<Value>> {
    body.get(key).and_then(Value::as_array).cloned()
}
