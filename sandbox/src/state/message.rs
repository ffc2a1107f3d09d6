//! Messages: what was said, who may see it, and who was really notified.

use std::sync::Arc;

use serde_json::Value;

use super::ids::Snowflake;

/// Only the person of the interaction sees the message.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// The "is thinking…" state of a deferred answer.
pub(crate) const LOADING: u64 = 1 << 7;
/// Links in the message show no preview.
pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// The message is laid out by components alone.
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;

/// What a message is, as far as the stand-in makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MessageKind {
    Plain,
    Reply,
    CommandAnswer,
    MenuAnswer,
}

impl MessageKind {
    /// Discord's number for it.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Plain => 0,
            Self::Reply => 19,
            Self::CommandAnswer => 20,
            Self::MenuAnswer => 23,
        }
    }
}

/// A file on a message or given to a command.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    pub(crate) id: Snowflake,
    pub(crate) filename: String,
    pub(crate) description: Option<String>,
    pub(crate) content_type: String,
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) ephemeral: bool,
    /// Shown inside an embed, and therefore not in the message's own list.
    pub(crate) in_embed: bool,
}

/// An emoji as a reaction carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Emoji {
    /// `None` for Unicode emoji.
    pub(crate) id: Option<Snowflake>,
    pub(crate) name: String,
}

/// One emoji under a message, and who put it there, first one first.
#[derive(Clone, Debug)]
pub(crate) struct Reaction {
    pub(crate) emoji: Emoji,
    pub(crate) users: Vec<Snowflake>,
}

/// Which interaction made a message.
#[derive(Clone, Debug)]
pub(crate) struct MadeBy {
    pub(crate) interaction: Snowflake,
    /// Discord's number of the interaction's kind.
    pub(crate) kind: u8,
    pub(crate) name: String,
    pub(crate) user: Snowflake,
    /// Set on follow-ups.
    pub(crate) original: Option<Snowflake>,
    /// Set when a component's use made it.
    pub(crate) interacted: Option<Snowflake>,
}

/// A message, kept also after its deletion so that a test can tell what was there.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: Snowflake,
    pub(crate) channel: Snowflake,
    pub(crate) guild: Option<Snowflake>,
    pub(crate) author: Snowflake,
    pub(crate) kind: MessageKind,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) reactions: Vec<Reaction>,
    pub(crate) replies_to: Option<Snowflake>,
    pub(crate) nonce: Option<Value>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) made_by: Option<MadeBy>,
    /// The application whose interaction webhook or bot wrote it.
    pub(crate) application: Option<Snowflake>,
    /// `Some` makes it ephemeral.
    pub(crate) visible_to: Option<Snowflake>,
    pub(crate) edited_ms: Option<i64>,
    pub(crate) deleted: bool,
    pub(crate) mentions_everyone: bool,
    /// Whom the `mentions` array shows.
    pub(crate) mentions: Vec<Snowflake>,
    pub(crate) mention_roles: Vec<Snowflake>,
    /// Whom the message really notified.
    pub(crate) pinged: Vec<Snowflake>,
}

impl Message {
    /// Whether it is an ephemeral message.
    pub(crate) fn is_ephemeral(&self) -> bool {
        self.visible_to.is_some()
    }

    /// Whether nothing stands in it that Discord would accept as a message.
    pub(crate) fn is_empty(&self) -> bool {
        self.content.is_empty()
            && self.embeds.is_empty()
            && self.components.is_empty()
            && self.attachments.is_empty()
    }
}
