//! An embed: the framed part of a message.
//!
//! Texts are rendered ones. The image is a file of the same message, never an address, so that nobody
//! else's server is asked.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limits::length;

/// The framed part of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Embed {
    /// The heading, at most 256 code points.
    pub title: Option<String>,
    /// Where the heading leads.
    pub url: Option<String>,
    /// The text, at most 4,096 code points.
    pub description: Option<String>,
    /// The edge, as 0xRRGGBB; see [`super::theme`].
    pub colour: Option<u32>,
    /// Named values, at most 25.
    pub fields: Vec<Field>,
    /// The small text below, at most 2,048 code points; shown without markup.
    pub footer: Option<String>,
    /// The name of the message's file that is shown as a picture.
    pub image: Option<String>,
}

/// A named value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// At most 256 code points, never empty.
    pub name: String,
    /// At most 1,024 code points, never empty.
    pub value: String,
    /// Whether it may stand beside others.
    #[serde(default)]
    pub inline: bool,
}

impl Embed {
    /// An embed of one text.
    #[must_use]
    pub fn text(description: impl Into<String>) -> Self {
        Self {
            description: Some(description.into()),
            ..Self::default()
        }
    }

    /// With a heading.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// With a heading that leads somewhere.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// With an edge of this colour, 0xRRGGBB.
    #[must_use]
    pub const fn colour(mut self, colour: u32) -> Self {
        self.colour = Some(colour);
        self
    }

    /// With one more field, on a line of its own.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push(Field {
            name: name.into(),
            value: value.into(),
            inline: false,
        });
        self
    }

    /// With one more field that may stand beside others.
    #[must_use]
    pub fn inline_field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push(Field {
            name: name.into(),
            value: value.into(),
            inline: true,
        });
        self
    }

    /// With a small text below.
    #[must_use]
    pub fn footer(mut self, footer: impl Into<String>) -> Self {
        self.footer = Some(footer.into());
        self
    }

    /// With the message's file of this name as its picture.
    #[must_use]
    pub fn image(mut self, file: impl Into<String>) -> Self {
        self.image = Some(file.into());
        self
    }

    /// What counts towards the limit on all embeds together, in code points.
    #[must_use]
    pub fn length(&self) -> usize {
        let texts = [&self.title, &self.description, &self.footer];
        let own: usize = texts.into_iter().flatten().map(|text| length(text)).sum();
        let fields: usize = self
            .fields
            .iter()
            .map(|f| length(&f.name) + length(&f.value))
            .sum();
        own + fields
    }

    /// As Discord reads it: <https://docs.discord.com/developers/resources/message#embed-object>.
    pub(super) fn wire(&self) -> Value {
        let mut wire = json!({ "type": "rich", "fields": self.fields });
        let mut set = |key: &str, value: Option<Value>| {
            if let (Some(object), Some(value)) = (wire.as_object_mut(), value) {
                object.insert(key.to_owned(), value);
            }
        };
        set("title", self.title.as_ref().map(|title| json!(title)));
        set("url", self.url.as_ref().map(|url| json!(url)));
        set(
            "description",
            self.description.as_ref().map(|text| json!(text)),
        );
        set("color", self.colour.map(|colour| json!(colour)));
        set(
            "footer",
            self.footer.as_ref().map(|text| json!({ "text": text })),
        );
        set(
            "image",
            self.image
                .as_ref()
                .map(|f| json!({ "url": format!("attachment://{f}") })),
        );
        wire
    }
}
