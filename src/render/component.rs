//! Buttons and selects, in rows below a message.
//!
//! A pressed component brings back its [`CustomId`], for as long as the message stands. Who may press
//! is checked then, not here.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::CustomId;

/// One row: up to five buttons, or one select.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Row {
    /// Buttons, left to right.
    Buttons(Vec<Button>),
    /// One select.
    Select(Select),
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What stands on it, at most 80 code points; better 34.
    pub label: String,
    /// What it does.
    pub press: Press,
    /// Before the label: a Unicode emoji, or a custom one as `<:name:id>`.
    #[serde(default)]
    pub emoji: Option<String>,
    /// Shown grey, cannot be pressed.
    #[serde(default)]
    pub disabled: bool,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Press {
    /// Brings its id back to the bot.
    Asks {
        /// How weighty it looks.
        style: Style,
        /// Unique within the message.
        id: CustomId,
    },
    /// Opens an address.
    Opens {
        /// An `https` or `discord` address.
        url: String,
    },
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// The one main thing to do; at most one in a row.
    Primary,
    /// Anything else.
    Secondary,
    /// Agrees to something.
    Success,
    /// Destroys something.
    Danger,
}

/// A select: one or more of a list, of people, of roles or of channels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Select {
    /// Unique within the message.
    pub id: CustomId,
    /// What may be chosen.
    pub of: Choose,
    /// Shown while nothing is chosen, at most 150 code points.
    #[serde(default)]
    pub placeholder: Option<String>,
    /// The fewest that must be chosen.
    pub min: usize,
    /// The most that may be chosen, at most 25.
    pub max: usize,
    /// Shown grey, cannot be used.
    #[serde(default)]
    pub disabled: bool,
}

/// What a select offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choose {
    /// Up to 25 options.
    Text(Vec<Choice>),
    /// People of the server; these are chosen at first.
    People(Vec<u64>),
    /// Roles of the server; these are chosen at first.
    Roles(Vec<u64>),
    /// Channels of the server.
    Channels {
        /// Discord's numbers of channel types; none means all. 0 is a text channel.
        types: Vec<u8>,
        /// Those chosen at first.
        chosen: Vec<u64>,
    },
}

/// One option of a select.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What is shown, at most 100 code points; without markup.
    pub label: String,
    /// What comes back, at most 100 code points, unique within the select.
    pub value: String,
    /// Small text below the label, at most 100 code points.
    #[serde(default)]
    pub description: Option<String>,
    /// Before the label.
    #[serde(default)]
    pub emoji: Option<String>,
    /// Chosen at first.
    #[serde(default)]
    pub chosen: bool,
}

impl Button {
    fn asks(style: Style, label: impl Into<String>, id: CustomId) -> Self {
        let press = Press::Asks { style, id };
        Self {
            label: label.into(),
            press,
            emoji: None,
            disabled: false,
        }
    }

    /// The one main thing to do.
    #[must_use]
    pub fn primary(label: impl Into<String>, id: CustomId) -> Self {
        Self::asks(Style::Primary, label, id)
    }

    /// Anything else.
    #[must_use]
    pub fn secondary(label: impl Into<String>, id: CustomId) -> Self {
        Self::asks(Style::Secondary, label, id)
    }

    /// Agrees to something.
    #[must_use]
    pub fn success(label: impl Into<String>, id: CustomId) -> Self {
        Self::asks(Style::Success, label, id)
    }

    /// Destroys something.
    #[must_use]
    pub fn danger(label: impl Into<String>, id: CustomId) -> Self {
        Self::asks(Style::Danger, label, id)
    }

    /// Opens an address.
    #[must_use]
    pub fn link(label: impl Into<String>, url: impl Into<String>) -> Self {
        let press = Press::Opens { url: url.into() };
        Self {
            label: label.into(),
            press,
            emoji: None,
            disabled: false,
        }
    }

    /// With an emoji before the label: a Unicode one, or a custom one as `<:name:id>`.
    #[must_use]
    pub fn emoji(mut self, emoji: impl Into<String>) -> Self {
        self.emoji = Some(emoji.into());
        self
    }

    /// Grey, if so.
    #[must_use]
    pub const fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    fn wire(&self) -> Value {
        let mut wire = json!({ "type": 2, "label": self.label, "disabled": self.disabled });
        match &self.press {
            Press::Asks { style, id } => {
                let style = match style {
                    Style::Primary => 1,
                    Style::Secondary => 2,
                    Style::Success => 3,
                    Style::Danger => 4,
                };
                put(&mut wire, "style", json!(style));
                put(&mut wire, "custom_id", json!(id));
            }
            Press::Opens { url } => {
                put(&mut wire, "style", json!(5));
                put(&mut wire, "url", json!(url));
            }
        }
        if let Some(emoji) = &self.emoji {
            put(&mut wire, "emoji", emoji_wire(emoji));
        }
        wire
    }
}

impl Choice {
    /// An option that shows `label` and brings back `value`.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            description: None,
            emoji: None,
            chosen: false,
        }
    }

    /// With small text below the label.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// With an emoji before the label.
    #[must_use]
    pub fn emoji(mut self, emoji: impl Into<String>) -> Self {
        self.emoji = Some(emoji.into());
        self
    }

    /// Chosen at first, if so.
    #[must_use]
    pub const fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    fn wire(&self) -> Value {
        let mut wire = json!({ "label": self.label, "value": self.value, "default": self.chosen });
        if let Some(description) = &self.description {
            put(&mut wire, "description", json!(description));
        }
        if let Some(emoji) = &self.emoji {
            put(&mut wire, "emoji", emoji_wire(emoji));
        }
        wire
    }
}

impl Select {
    fn new(id: CustomId, of: Choose) -> Self {
        Self {
            id,
            of,
            placeholder: None,
            min: 1,
            max: 1,
            disabled: false,
        }
    }

    /// One of a list.
    #[must_use]
    pub fn text(id: CustomId, options: impl IntoIterator<Item = Choice>) -> Self {
        Self::new(id, Choose::Text(options.into_iter().collect()))
    }

    /// One of the server's people; `chosen` are chosen at first.
    #[must_use]
    pub fn people(id: CustomId, chosen: impl IntoIterator<Item = u64>) -> Self {
        Self::new(id, Choose::People(chosen.into_iter().collect()))
    }

    /// One of the server's roles; `chosen` are chosen at first.
    #[must_use]
    pub fn roles(id: CustomId, chosen: impl IntoIterator<Item = u64>) -> Self {
        Self::new(id, Choose::Roles(chosen.into_iter().collect()))
    }

    /// One of the server's text and announcement channels; `chosen` are chosen at first.
    #[must_use]
    pub fn text_channels(id: CustomId, chosen: impl IntoIterator<Item = u64>) -> Self {
        let chosen = chosen.into_iter().collect();
        Self::new(
            id,
            Choose::Channels {
                types: vec![0, 5],
                chosen,
            },
        )
    }

    /// With a text that is shown while nothing is chosen.
    #[must_use]
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }

    /// With how many must and may be chosen.
    #[must_use]
    pub const fn between(mut self, min: usize, max: usize) -> Self {
        self.min = min;
        self.max = max;
        self
    }

    fn wire(&self) -> Value {
        let mut wire = json!({
            "custom_id": self.id,
            "min_values": self.min,
            "max_values": self.max,
            "disabled": self.disabled,
        });
        if let Some(placeholder) = &self.placeholder {
            put(&mut wire, "placeholder", json!(placeholder));
        }
        let (kind, chosen, sort): (u8, &[u64], &str) = match &self.of {
            Choose::Text(options) => {
                let options: Vec<Value> = options.iter().map(Choice::wire).collect();
                put(&mut wire, "options", json!(options));
                (3, &[], "")
            }
            Choose::People(chosen) => (5, chosen, "user"),
            Choose::Roles(chosen) => (6, chosen, "role"),
            Choose::Channels { types, chosen } => {
                if !types.is_empty() {
                    put(&mut wire, "channel_types", json!(types));
                }
                (8, chosen, "channel")
            }
        };
        put(&mut wire, "type", json!(kind));
        if !chosen.is_empty() {
            let chosen: Vec<Value> = chosen
                .iter()
                .map(|id| json!({ "id": id.to_string(), "type": sort }))
                .collect();
            put(&mut wire, "default_values", json!(chosen));
        }
        wire
    }
}

impl Row {
    /// As Discord reads it: <https://docs.discord.com/developers/components/reference>.
    pub(super) fn wire(&self) -> Value {
        let components: Vec<Value> = match self {
            Self::Buttons(buttons) => buttons.iter().map(Button::wire).collect(),
            Self::Select(select) => vec![select.wire()],
        };
        json!({ "type": 1, "components": components })
    }
}

impl<const N: usize> From<[Button; N]> for Row {
    fn from(buttons: [Button; N]) -> Self {
        Self::Buttons(buttons.into())
    }
}

impl From<Vec<Button>> for Row {
    fn from(buttons: Vec<Button>) -> Self {
        Self::Buttons(buttons)
    }
}

impl From<Select> for Row {
    fn from(select: Select) -> Self {
        Self::Select(select)
    }
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// A custom emoji by its id, any other text as a Unicode emoji.
fn emoji_wire(emoji: &str) -> Value {
    let custom = emoji
        .strip_prefix('<')
        .and_then(|inner| inner.strip_suffix('>'))
        .and_then(|inner| {
            let (animated, rest) = inner.split_once(':')?;
            let (name, id) = rest.split_once(':')?;
            Some(json!({ "name": name, "id": id, "animated": animated == "a" }))
        });
    custom.unwrap_or_else(|| json!({ "name": emoji }))
}
