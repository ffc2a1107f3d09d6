//! The body of a message that is sent or edited:
//! <https://discord.com/developers/docs/resources/message#create-message>.
//!
//! Elsewhere on purpose: whether an edit leaves anything to show (that needs the message as it
//! was), and whether referenced messages, stickers and attachments exist.

use std::collections::BTreeSet;

use serde_json::Value;

use super::check::{At, Report, snowflake, whole_number};
use super::{Checked, components, embeds, mentions};

/// How many files one message may carry.
pub const MAX_FILES: usize = 10;
/// How large one file may be, in bytes, in a guild without boosts.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;
/// How many code points the content may have.
const MAX_CONTENT: usize = 2000;

/// The message flags a request may set:
/// <https://discord.com/developers/docs/resources/message#message-object-message-flags>.
pub mod flags {
    /// Show no embeds for the links in the content.
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    /// Only the person who started the interaction sees the message.
    pub const EPHEMERAL: u64 = 1 << 6;
    /// The message makes no sound and no desktop notification.
    pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    /// The message is a voice recording.
    pub const IS_VOICE_MESSAGE: u64 = 1 << 13;
    /// The message is made of components alone.
    pub const IS_COMPONENTS_V2: u64 = 1 << 15;
}

/// Which request carries the message body; they differ in fields and flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    /// `POST /channels/{id}/messages`.
    Create,
    /// `PATCH` of a message, of `@original` or of a follow-up, and the answer "update message".
    Edit,
    /// The message with which an interaction is answered.
    InteractionResponse,
    /// `POST /webhooks/{application}/{token}`.
    FollowUp,
}

impl MessageKind {
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Create => &[
                "content",
                "embeds",
                "allowed_mentions",
                "sticker_ids",
                "components",
                "flags",
                "attachments",
                "poll",
                "message_reference",
                "nonce",
                "enforce_nonce",
                "tts",
            ],
            Self::Edit => &[
                "content",
                "embeds",
                "flags",
                "allowed_mentions",
                "sticker_ids",
                "components",
                "attachments",
            ],
            Self::InteractionResponse | Self::FollowUp => &[
                "content",
                "embeds",
                "allowed_mentions",
                "components",
                "attachments",
                "poll",
                "tts",
                "flags",
            ],
        }
    }

    /// Flags that may be set; `None` where Discord ignores those it does not support.
    fn flags(self) -> Option<u64> {
        let anywhere = flags::SUPPRESS_EMBEDS
            | flags::SUPPRESS_NOTIFICATIONS
            | flags::IS_VOICE_MESSAGE
            | flags::IS_COMPONENTS_V2;
        match self {
            Self::Create => Some(anywhere),
            Self::InteractionResponse | Self::FollowUp => Some(anywhere | flags::EPHEMERAL),
            Self::Edit => None,
        }
    }
}

/// Checks the body of a message.
///
/// An empty message is not a violation but an error of its own (50006): see [`is_empty`].
///
/// # Errors
/// Every broken rule.
pub fn message(body: &Value, kind: MessageKind) -> Checked {
    message_with_flags(body, kind, 0)
}

/// As [`message`], for the edit of a message that already carries `kept` flags.
///
/// # Errors
/// Every broken rule.
pub fn message_with_flags(body: &Value, kind: MessageKind, kept: u64) -> Checked {
    let mut report = Report::default();
    check(&mut report, &At::root(body), kind, kept);
    report.finish()
}

/// The paths of the fields that Discord does not know here and therefore ignores, such as
/// `embeds.0.colour`.
#[must_use]
pub fn unknown_fields(body: &Value, kind: MessageKind) -> Vec<String> {
    let mut report = Report::default();
    check(&mut report, &At::root(body), kind, 0);
    report.unknown
}

/// Whether the body shows nothing, which Discord answers with 50006, "Cannot send an empty
/// message". A forward (reference type 1) shows the message that it forwards.
#[must_use]
pub fn is_empty(body: &Value, has_files: bool) -> bool {
    let at = At::root(body);
    let blank = at
        .get("content")
        .and_then(|content| content.value.as_str())
        .is_none_or(|text| text.trim().is_empty());
    let lists = ["embeds", "components", "sticker_ids"];
    let listed = |name: &&str| at.get(name).is_some_and(|list| !list.items().is_empty());
    let forward = at
        .get("message_reference")
        .and_then(|reference| reference.value.get("type").and_then(whole_number))
        == Some(1);
    blank && !has_files && !lists.iter().any(listed) && !at.has("poll") && !forward
}

/// Checks that each entry of `attachments` names a file of this request (`files[n]` → n) or an
/// attachment that the message already has, and that the files are not too many.
///
/// # Errors
/// Every broken rule.
pub fn uploads(body: &Value, files: &[u64], existing: &[u64]) -> Checked {
    let mut report = Report::default();
    let at = At::root(body);
    report.length("attachments", files.len(), &(0..=MAX_FILES));
    for entry in at
        .get("attachments")
        .map(|list| list.items())
        .unwrap_or_default()
    {
        let id = entry.value.get("id").and_then(snowflake);
        if id.is_some_and(|id| !files.contains(&id) && !existing.contains(&id)) {
            report.refuse(
                entry.path,
                "ATTACHMENT_NOT_FOUND",
                "Attachment data not found",
            );
        }
    }
    report.finish()
}

/// Checks a message body at its place, which is `data` in the answer to an interaction.
pub(super) fn check(report: &mut Report, at: &At<'_>, kind: MessageKind, kept: u64) {
    if !report.object(at, kind.fields()) {
        return;
    }
    report.text(at, "content", 0..=MAX_CONTENT);
    embeds::embeds(report, at);
    let flags = kept | flags_of(report, at, kind);
    let v2 = flags & flags::IS_COMPONENTS_V2 != 0;
    if v2 {
        no_legacy_fields(report, at);
    }
    components::components(report, at, v2);
    mentions::check(report, at);
    attachments(report, at);
    for sticker in report.list(at, "sticker_ids", 0..=3) {
        report.snowflake(&sticker);
    }
    if kind != MessageKind::Edit {
        report.boolean(at, "tts");
        if at.has("poll") {
            report.refuse(
                at.path_to("poll"),
                "POLL_UNSUPPORTED",
                "This stand-in does not offer polls.",
            );
        }
    }
    if kind == MessageKind::Create {
        nonce(report, at);
        reference(report, at);
    }
}

fn flags_of(report: &mut Report, at: &At<'_>, kind: MessageKind) -> u64 {
    let flags = report.integer(at, "flags", 0..=i64::from(i32::MAX));
    let flags = flags
        .and_then(|flags| u64::try_from(flags).ok())
        .unwrap_or(0);
    let refused = kind.flags().map_or(0, |allowed| flags & !allowed);
    if refused != 0 {
        report.refuse(
            at.path_to("flags"),
            "MESSAGE_FLAGS_INVALID",
            format!("The flags {refused} cannot be set here."),
        );
    }
    flags
}

/// <https://discord.com/developers/docs/components/reference#component-reference>: the flag
/// disables content, embeds, stickers and polls.
fn no_legacy_fields(report: &mut Report, at: &At<'_>) {
    for name in ["content", "embeds", "sticker_ids", "poll"] {
        let used = at.get(name).is_some_and(|field| {
            field.value.as_str() != Some("")
                && field.value.as_array().is_none_or(|list| !list.is_empty())
        });
        if used {
            report.refuse(
                at.path_to(name),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                format!(
                    "The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                ),
            );
        }
    }
}

fn attachments(report: &mut Report, at: &At<'_>) {
    let known = [
        "id",
        "filename",
        "description",
        "duration_secs",
        "waveform",
        "title",
        "is_spoiler",
        "is_remix",
        // The rest are read-only, and accepted when a message is edited with what it had.
        "content_type",
        "size",
        "url",
        "proxy_url",
        "height",
        "width",
        "ephemeral",
        "content_scan_version",
        "flags",
        "placeholder",
        "placeholder_version",
    ];
    let mut ids = BTreeSet::new();
    for entry in report.list(at, "attachments", 0..=MAX_FILES) {
        if !report.object(&entry, &known) {
            continue;
        }
        if report.require(&entry, "id")
            && let Some(id) = entry.get("id")
            && let Some(number) = report.snowflake(&id)
            && !ids.insert(number)
        {
            report.refuse(
                id.path,
                "SET_TYPE_ALREADY_CONTAINS_VALUE",
                "The set already contains this value",
            );
        }
        report.text(&entry, "filename", 1..=1024);
        report.text(&entry, "description", 0..=1024);
        report.text(&entry, "title", 0..=1024);
        report.text(&entry, "waveform", 0..=400);
        report.boolean(&entry, "is_spoiler");
        report.boolean(&entry, "is_remix");
    }
}

/// <https://discord.com/developers/docs/resources/message#create-message-jsonform-params>.
fn nonce(report: &mut Report, at: &At<'_>) {
    report.boolean(at, "enforce_nonce");
    let Some(field) = at.get("nonce") else {
        return;
    };
    if field.value.is_i64() {
        return;
    }
    report.text(at, "nonce", 0..=25);
}

/// <https://discord.com/developers/docs/resources/message#message-reference-structure>.
fn reference(report: &mut Report, at: &At<'_>) {
    let known = [
        "type",
        "message_id",
        "channel_id",
        "guild_id",
        "fail_if_not_exists",
    ];
    let Some(reference) = at.get("message_reference") else {
        return;
    };
    if !report.object(&reference, &known) {
        return;
    }
    let kind = report.one_of(&reference, "type", &[0, 1]);
    report.require(&reference, "message_id");
    if kind == Some(1) {
        report.require(&reference, "channel_id");
    }
    for name in ["message_id", "channel_id", "guild_id"] {
        if let Some(id) = reference.get(name) {
            report.snowflake(&id);
        }
    }
    report.boolean(&reference, "fail_if_not_exists");
}
