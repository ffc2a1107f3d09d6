//! A message as a person reads it.

use serde_json::Value;

use super::readable;
use crate::platform::Core;
use crate::state::{LOADING, Message, Snowflake};
use crate::wire::{self, Viewpoint};

/// A snapshot of a message.
#[derive(Clone, Debug)]
pub struct MessageView {
    id: Snowflake,
    channel: Snowflake,
    author: Snowflake,
    author_name: String,
    visible_to: Option<Snowflake>,
    thinking: bool,
    deleted: bool,
    pinged: Vec<Snowflake>,
    pinged_names: Vec<String>,
    reactions: Vec<(String, Vec<String>)>,
    text: String,
    shown: String,
    files: Vec<(String, Option<String>, std::sync::Arc<Vec<u8>>)>,
    json: Value,
}

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ButtonView {
    /// What stands on it; its emoji if there is no label.
    pub label: String,
    /// `None` for a link.
    pub custom_id: Option<String>,
    /// Where a link leads.
    pub url: Option<String>,
    /// Greyed out.
    pub disabled: bool,
}

/// A select menu under a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectView {
    /// Discord's number of its kind: 3 text, 5 users, 6 roles, 7 either, 8 channels.
    pub kind: u64,
    /// The grey text in it, or nothing.
    pub placeholder: String,
    /// What the bot gets back.
    pub custom_id: String,
    /// Label and value of each option of a text select.
    pub options: Vec<(String, String)>,
    /// How few and how many can be chosen.
    pub range: (u64, u64),
    /// Greyed out.
    pub disabled: bool,
}

impl MessageView {
    pub(crate) fn of(core: &Core, message: &Message) -> Self {
        let world = &core.world;
        let view = Viewpoint {
            user: message.author,
            base_url: &core.base_url,
            on_gateway: true,
        };
        let json = wire::message(world, message, &view);
        let name = |user: &Snowflake| world.display_name(message.guild, *user);
        let read = |text: &str| readable(world, message.guild, text);
        let mut lines = Vec::new();
        if message.flags & LOADING != 0 {
            lines.push("(thinking…)".to_owned());
        }
        if !message.content.is_empty() {
            lines.push(read(&message.content));
        }
        for embed in &message.embeds {
            embed_lines(embed, &mut |text| lines.push(read(text)));
        }
        for file in &message.attachments {
            lines.push(format!("[file {}]", file.filename));
        }
        for component in &message.components {
            component_lines(component, &mut |text| lines.push(read(text)));
        }
        let reactions = message.reactions.iter().map(|reaction| {
            (
                reaction.emoji.name.clone(),
                reaction.users.iter().map(name).collect(),
            )
        });
        let files = message.attachments.iter().map(|file| {
            (
                file.filename.clone(),
                file.description.clone(),
                file.bytes.clone(),
            )
        });
        Self {
            id: message.id,
            channel: message.channel,
            author: message.author,
            author_name: name(&message.author),
            visible_to: message.visible_to,
            thinking: message.flags & LOADING != 0,
            deleted: message.deleted,
            pinged: message.pinged.clone(),
            pinged_names: message.pinged.iter().map(name).collect(),
            reactions: reactions.collect(),
            text: read(&message.content),
            shown: lines.join("\n"),
            files: files.collect(),
            json,
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// The channel it stands in.
    #[must_use]
    pub fn channel_id(&self) -> Snowflake {
        self.channel
    }

    /// Who wrote it.
    #[must_use]
    pub fn author_id(&self) -> Snowflake {
        self.author
    }

    /// The name of who wrote it.
    #[must_use]
    pub fn author(&self) -> &str {
        &self.author_name
    }

    /// The content with names instead of ids; empty if there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The content exactly as it was sent.
    #[must_use]
    pub fn content(&self) -> &str {
        self.json
            .get("content")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// Everything that can be read on it, a line each: content, embeds (author, title,
    /// description, fields, footer), files, texts and labels of components. Names instead of ids.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether only one person sees it.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.visible_to.is_some()
    }

    /// The one person who sees it, if it is ephemeral.
    #[must_use]
    pub fn visible_to(&self) -> Option<Snowflake> {
        self.visible_to
    }

    /// Whether it only says that the bot is thinking.
    #[must_use]
    pub fn is_thinking(&self) -> bool {
        self.thinking
    }

    /// Whether it was changed after it was posted.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.json
            .get("edited_timestamp")
            .is_some_and(|at| !at.is_null())
    }

    /// Whether it was gone when this view was taken.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.deleted
    }

    /// Who was really notified when it was posted, by id.
    #[must_use]
    pub fn pinged(&self) -> &[Snowflake] {
        &self.pinged
    }

    /// Who was really notified when it was posted, by name.
    #[must_use]
    pub fn pinged_names(&self) -> Vec<&str> {
        self.pinged_names.iter().map(String::as_str).collect()
    }

    /// Each emoji below it with the names of who put it there.
    #[must_use]
    pub fn reactions(&self) -> &[(String, Vec<String>)] {
        &self.reactions
    }

    /// Whether somebody of this name reacted with this emoji.
    #[must_use]
    pub fn has_reaction(&self, emoji: &str, by: &str) -> bool {
        let mut all = self.reactions.iter();
        all.any(|(name, people)| name == emoji && people.iter().any(|person| person == by))
    }

    /// The message that it replies to.
    #[must_use]
    pub fn replies_to(&self) -> Option<Snowflake> {
        self.json
            .pointer("/message_reference/message_id")
            .and_then(Snowflake::from_json)
    }

    /// Its files: name, alternative text and bytes, those shown in embeds included.
    #[must_use]
    pub fn files(&self) -> Vec<(&str, Option<&str>, &[u8])> {
        let files = self.files.iter();
        files
            .map(|(name, alt, bytes)| (name.as_str(), alt.as_deref(), bytes.as_slice()))
            .collect()
    }

    /// Its embeds as JSON.
    #[must_use]
    pub fn embeds(&self) -> &[Value] {
        list(&self.json, "embeds")
    }

    /// Its components as JSON.
    #[must_use]
    pub fn components(&self) -> &[Value] {
        list(&self.json, "components")
    }

    /// Its buttons, in reading order.
    #[must_use]
    pub fn buttons(&self) -> Vec<ButtonView> {
        let mut found = Vec::new();
        each(self.components(), &mut |component| {
            if kind(component) == Some(2) {
                let emoji = component.pointer("/emoji/name").and_then(Value::as_str);
                found.push(ButtonView {
                    label: string(component, "label")
                        .or_else(|| emoji.map(str::to_owned))
                        .unwrap_or_default(),
                    custom_id: string(component, "custom_id"),
                    url: string(component, "url"),
                    disabled: is_disabled(component),
                });
            }
        });
        found
    }

    /// Its select menus, in reading order.
    #[must_use]
    pub fn selects(&self) -> Vec<SelectView> {
        let mut found = Vec::new();
        each(self.components(), &mut |component| {
            let Some(kind @ (3 | 5..=8)) = kind(component) else {
                return;
            };
            let number = |key: &str| component.get(key).and_then(Value::as_u64).unwrap_or(1);
            let options = list(component, "options").iter().map(|option| {
                let label = string(option, "label").unwrap_or_default();
                (label, string(option, "value").unwrap_or_default())
            });
            found.push(SelectView {
                kind,
                placeholder: string(component, "placeholder").unwrap_or_default(),
                custom_id: string(component, "custom_id").unwrap_or_default(),
                options: options.collect(),
                range: (number("min_values"), number("max_values")),
                disabled: is_disabled(component),
            });
        });
        found
    }

    /// The whole message as the gateway would send it to its author.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }
}

fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    of.get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn string(of: &Value, key: &str) -> Option<String> {
    of.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn kind(component: &Value) -> Option<u64> {
    component.get("type").and_then(Value::as_u64)
}

fn is_disabled(component: &Value) -> bool {
    component
        .get("disabled")
        .and_then(Value::as_bool)
        .unwrap_or(false)
}

/// Visits components depth first.
fn each<'a>(components: &'a [Value], visit: &mut impl FnMut(&'a Value)) {
    for component in components {
        visit(component);
        each(list(component, "components"), visit);
        for key in ["component", "accessory"] {
            if let Some(child) = component.get(key) {
                each(std::slice::from_ref(child), visit);
            }
        }
    }
}

fn embed_lines(embed: &Value, line: &mut impl FnMut(&str)) {
    for path in ["/author/name", "/title", "/description"] {
        if let Some(text) = embed.pointer(path).and_then(Value::as_str) {
            line(text);
        }
    }
    for field in list(embed, "fields") {
        let name = string(field, "name").unwrap_or_default();
        let value = string(field, "value").unwrap_or_default();
        line(&format!("{name}: {value}"));
    }
    if let Some(text) = embed.pointer("/footer/text").and_then(Value::as_str) {
        line(text);
    }
}

fn component_lines(component: &Value, line: &mut impl FnMut(&str)) {
    each(std::slice::from_ref(component), &mut |part| {
        let emoji = part
            .pointer("/emoji/name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let state = if is_disabled(part) { " (disabled)" } else { "" };
        match kind(part) {
            Some(2) => {
                let label = string(part, "label").unwrap_or_default();
                let words = [emoji, label.as_str()];
                let words = words.into_iter().filter(|word| !word.is_empty());
                line(&format!("[{}{state}]", words.collect::<Vec<_>>().join(" ")));
            }
            Some(3 | 5..=8) => {
                let placeholder = string(part, "placeholder").unwrap_or_default();
                line(&format!("[▾ {placeholder}{state}]"));
            }
            Some(10) => line(&string(part, "content").unwrap_or_default()),
            _ => {}
        }
    });
}
