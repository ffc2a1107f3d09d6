//! What a person says and does to messages, checked as Discord's client checks it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::input::{Id, Outcome, Refusal};
use crate::actions::{Draft, Patch};
use crate::driver::wording::{self, parse_emoji};
use crate::limits;
use crate::permissions::{
    ADD_REACTIONS, ATTACH_FILES, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL,
};
use crate::platform::{Core, Platform};
use crate::state::{Attachment, Message, MessageKind, Snowflake};

/// The longest message that a person can send, in characters.
const LONGEST: usize = 2_000;

/// A file as the page sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    name: String,
    /// In base64.
    data: String,
}

impl File {
    pub(super) fn read(self) -> Outcome<(String, Vec<u8>)> {
        let bytes = STANDARD.decode(self.data.as_bytes());
        let bytes = bytes.map_err(|_| Refusal::new("The file did not arrive whole. Try again."))?;
        if bytes.len() > limits::MAX_FILE_BYTES {
            return Err(Refusal::new(format!("{:?} is over 10 MiB.", self.name)));
        }
        Ok((plain(&self.name), bytes))
    }
}

/// Discord keeps letters, digits, dots, dashes and underscores of a file name.
fn plain(name: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = name
        .chars()
        .map(|c| if keep(c) { c } else { '_' })
        .collect();
    if name.is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Say {
    r#as: Id,
    channel: Id,
    text: String,
    reply_to: Option<Id>,
    #[serde(default)]
    files: Vec<File>,
}

pub(super) async fn say(platform: &Arc<Platform>, said: Say) -> Outcome<()> {
    platform.settle().await;
    let (person, channel) = (said.r#as.0, said.channel.0);
    let content = platform.look(|core| wording::with_mentions(&core.world, channel, &said.text));
    let files = said
        .files
        .into_iter()
        .map(File::read)
        .collect::<Outcome<Vec<_>>>()?;
    if files.len() > limits::MAX_FILES {
        return Err(Refusal::new("A message holds at most ten files."));
    }
    check_text(&content, files.is_empty())?;
    platform.change(|core| {
        must(
            core,
            person,
            channel,
            VIEW_CHANNEL | SEND_MESSAGES,
            "write here",
        )?;
        if !files.is_empty() {
            must(core, person, channel, ATTACH_FILES, "attach files here")?;
        }
        let mut draft = Draft::new(channel, person);
        if let Some(original) = said.reply_to {
            if seen(core, person, original.0)?.is_ephemeral() {
                return Err(Refusal::new(
                    "Only you see this message: nobody could follow a reply.",
                ));
            }
            draft.replies_to = Some(original.0);
            draft.kind = MessageKind::Reply;
        }
        draft.content = content;
        for (filename, bytes) in files {
            draft.attachments.push(Attachment {
                id: core.world.mint(),
                content_type: crate::rest::guess_content_type(&filename).to_owned(),
                filename,
                description: None,
                bytes: Arc::new(bytes),
                ephemeral: false,
                in_embed: false,
            });
        }
        core.post(draft);
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Edit {
    r#as: Id,
    message: Id,
    text: String,
}

pub(super) async fn edit(platform: &Arc<Platform>, edit: Edit) -> Outcome<()> {
    platform.settle().await;
    let person = edit.r#as.0;
    platform.change(|core| {
        let message = seen(core, person, edit.message.0)?;
        if message.author != person {
            return Err(Refusal::new("Only its author can edit a message."));
        }
        let bare = message.attachments.is_empty();
        let content = wording::with_mentions(&core.world, message.channel, &edit.text);
        check_text(&content, bare)?;
        if content != message.content {
            let patch = Patch {
                content: Some(content),
                ..Patch::default()
            };
            core.edit(edit.message.0, patch);
        }
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Delete {
    r#as: Id,
    message: Id,
}

/// Deletes a message, or dismisses one that nobody else sees.
pub(super) async fn delete(platform: &Arc<Platform>, delete: Delete) -> Outcome<()> {
    platform.settle().await;
    let person = delete.r#as.0;
    platform.change(|core| {
        let message = seen(core, person, delete.message.0)?;
        let (own, place) = (message.author == person, message.channel);
        if !own && !message.is_ephemeral() {
            must(
                core,
                person,
                place,
                MANAGE_MESSAGES,
                "delete another's message here",
            )?;
        }
        core.delete(delete.message.0);
        Ok(())
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct React {
    r#as: Id,
    message: Id,
    /// `🏆`, or a custom one as `<:name:id>`.
    emoji: String,
    on: bool,
}

pub(super) async fn react(platform: &Arc<Platform>, react: React) -> Outcome<()> {
    platform.settle().await;
    let person = react.r#as.0;
    let emoji = parse_emoji(react.emoji.trim());
    if emoji.name.is_empty() || emoji.name.chars().count() > 32 {
        return Err(Refusal::new("This is not an emoji."));
    }
    platform.change(|core| {
        let message = seen(core, person, react.message.0)?;
        if message.is_ephemeral() {
            return Err(Refusal::new(
                "Only you see this message: it takes no reactions.",
            ));
        }
        if !react.on {
            core.unreact(react.message.0, &emoji, person);
            return Ok(());
        }
        let there = message
            .reactions
            .iter()
            .any(|reaction| reaction.emoji == emoji);
        let needed = if there {
            READ_MESSAGE_HISTORY
        } else {
            READ_MESSAGE_HISTORY | ADD_REACTIONS
        };
        must(core, person, message.channel, needed, "react here")?;
        core.react(react.message.0, &emoji, person);
        Ok(())
    })
}

fn check_text(content: &str, must_say_something: bool) -> Outcome<()> {
    if must_say_something && content.trim().is_empty() {
        return Err(Refusal::new("Type something first."));
    }
    let length = content.chars().count();
    if length > LONGEST {
        return Err(Refusal::new(format!(
            "A message holds 2,000 characters; this has {length}."
        )));
    }
    Ok(())
}

/// A message that the person sees.
fn seen(core: &Core, person: Snowflake, id: Snowflake) -> Outcome<&Message> {
    let found = core.world.messages.get(&id);
    let seen = found.filter(|message| core.world.sees(person, message));
    seen.ok_or_else(|| Refusal::new("This message is not there any more."))
}

fn must(core: &Core, person: Snowflake, place: Snowflake, bits: u64, what: &str) -> Outcome<()> {
    if core.world.may(person, place, bits) {
        return Ok(());
    }
    let name = core.world.display_name(None, person);
    Err(Refusal::new(format!("{name} may not {what}.")))
}
