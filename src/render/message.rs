//! The one shape of everything the bot posts, answers or sends by DM.
//!
//! A message notifies the people in its `pings` and nobody else, whatever its text holds: every body
//! says so. It is kept as JSON while it waits to be sent, so its stored form only ever gains fields.
//! Whether it is posted, sent or given as an answer is decided where it is delivered.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use super::{Embed, Row};

/// `MessageFlags::EPHEMERAL`.
const EPHEMERAL: u32 = 1 << 6;

/// A message: content, embeds, rows of components, files, and whom it notifies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    /// The text, rendered, at most 2,000 code points.
    pub content: String,
    /// At most ten.
    pub embeds: Vec<Embed>,
    /// At most five.
    pub rows: Vec<Row>,
    /// The only people it notifies: those of them that its content mentions. At most 100.
    pub pings: Vec<u64>,
    /// Seen only by who asked; for answers to interactions.
    pub ephemeral: bool,
    /// At most ten.
    pub files: Vec<File>,
    /// The message that it replies to. The author of that one is notified only when in `pings`.
    pub reply_to: Option<Reference>,
}

/// A message elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Its channel.
    pub channel: u64,
    /// Its id.
    pub message: u64,
}

/// A file that is sent with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name: ASCII letters, digits, `.`, `-` and `_`, so that an embed can show it.
    pub name: String,
    /// What it shows, for those who cannot see it; at most 1,024 code points.
    #[serde(default)]
    pub alt: Option<String>,
    /// Its content; base64 in the stored form.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub bytes: Vec<u8>,
}

fn to_base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&BASE64_STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    BASE64_STANDARD
        .decode(text)
        .map_err(serde::de::Error::custom)
}

impl Message {
    /// A message of one rendered text.
    #[must_use]
    pub fn text(content: impl Into<String>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }

    /// A message of one embed.
    #[must_use]
    pub fn embed(embed: Embed) -> Self {
        Self {
            embeds: vec![embed],
            ..Self::default()
        }
    }

    /// With one more embed.
    #[must_use]
    pub fn and_embed(mut self, embed: Embed) -> Self {
        self.embeds.push(embed);
        self
    }

    /// With one more row: buttons or a select.
    #[must_use]
    pub fn row(mut self, row: impl Into<Row>) -> Self {
        self.rows.push(row.into());
        self
    }

    /// With more rows, or none.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Notifying these people where the content mentions them.
    #[must_use]
    pub fn ping(mut self, people: impl IntoIterator<Item = u64>) -> Self {
        for person in people {
            if !self.pings.contains(&person) {
                self.pings.push(person);
            }
        }
        self
    }

    /// Seen only by who asked.
    #[must_use]
    pub const fn ephemeral(mut self) -> Self {
        self.ephemeral = true;
        self
    }

    /// With one more file.
    #[must_use]
    pub fn file(mut self, file: File) -> Self {
        self.files.push(file);
        self
    }

    /// In reply to a message; posted without the reference if that one is gone.
    #[must_use]
    pub const fn reply_to(mut self, channel: u64, message: u64) -> Self {
        self.reply_to = Some(Reference { channel, message });
        self
    }

    /// What creates the message, or answers an interaction with it:
    /// <https://docs.discord.com/developers/resources/message#create-message>. What is over a limit
    /// is cut, see [`Message::check`]. The files' bytes travel beside it as `files[0]`, `files[1]`, …
    #[must_use]
    pub fn body(&self) -> Value {
        let fitted = self.fitted();
        let mut body = fitted.shared_body();
        if let Some(object) = body.as_object_mut() {
            if fitted.ephemeral {
                object.insert("flags".to_owned(), json!(EPHEMERAL));
            }
            if let Some(to) = fitted.reply_to {
                let reference = json!({
                    "channel_id": to.channel.to_string(),
                    "message_id": to.message.to_string(),
                    "fail_if_not_exists": false,
                });
                object.insert("message_reference".to_owned(), reference);
            }
        }
        body
    }

    /// What edits a message into this one. Content, embeds and components are always named, so that
    /// what is gone here goes there too. Without files of its own it leaves those of the edited
    /// message alone; with files it replaces them.
    #[must_use]
    pub fn edit_body(&self) -> Value {
        self.fitted().shared_body()
    }

    fn shared_body(&self) -> Value {
        let pings: Vec<String> = self.pings.iter().map(u64::to_string).collect();
        let mut body = json!({
            "content": self.content,
            "embeds": self.embeds.iter().map(Embed::wire).collect::<Vec<_>>(),
            "components": self.rows.iter().map(Row::wire).collect::<Vec<_>>(),
            "allowed_mentions": { "parse": [], "users": pings, "replied_user": false },
        });
        if !self.files.is_empty() {
            let files = self.files.iter().enumerate();
            let attachments: Vec<Value> = files
                .map(|(n, file)| {
                    let id = n.to_string();
                    match &file.alt {
                        Some(alt) => json!({ "id": id, "filename": file.name, "description": alt }),
                        None => json!({ "id": id, "filename": file.name }),
                    }
                })
                .collect();
            if let Some(object) = body.as_object_mut() {
                object.insert("attachments".to_owned(), json!(attachments));
            }
        }
        body
    }
}

#[cfg(test)]
mod tests;
