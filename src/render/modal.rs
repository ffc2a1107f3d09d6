//! A modal: a form that answers a command or a press.
//!
//! Its inputs stand in rows of their own: newer containers lose their values in the client library
//! that reads them back.

use serde_json::{Value, json};

use super::limits::{INPUT_LABEL, INPUT_PLACEHOLDER, INPUT_VALUE, MODAL_INPUTS, MODAL_TITLE};
use super::{CustomId, cut};

/// A form of one to five text inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modal {
    /// The heading, at most 45 code points.
    pub title: String,
    /// Comes back with what was typed.
    pub id: CustomId,
    /// From the top down.
    pub inputs: Vec<Input>,
}

/// One text input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What its value comes back under; unique within the modal.
    pub key: &'static str,
    /// What is asked, at most 45 code points.
    pub label: String,
    /// Several lines.
    pub long: bool,
    /// The fewest and the most code points that may be typed, at most 4,000. A fewest of 0 makes the
    /// input optional.
    pub length: (usize, usize),
    /// What stands there already.
    pub value: Option<String>,
    /// Shown while it is empty, at most 100 code points.
    pub placeholder: Option<String>,
}

impl Input {
    /// One line of at least one character.
    #[must_use]
    pub fn line(key: &'static str, label: impl Into<String>) -> Self {
        let label = label.into();
        Self {
            key,
            label,
            long: false,
            length: (1, INPUT_VALUE),
            value: None,
            placeholder: None,
        }
    }

    /// Several lines, of at least one character.
    #[must_use]
    pub fn paragraph(key: &'static str, label: impl Into<String>) -> Self {
        Self {
            long: true,
            ..Self::line(key, label)
        }
    }

    /// With how many code points must and may be typed; at least 0 makes it optional.
    #[must_use]
    pub const fn length(mut self, least: usize, most: usize) -> Self {
        self.length = (least, most);
        self
    }

    /// With something there already; left empty if `value` is.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        let value = value.into();
        self.value = (!value.is_empty()).then_some(value);
        self
    }

    /// With a hint while it is empty.
    #[must_use]
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }

    fn wire(&self) -> Value {
        let (least, most) = self.length;
        let most = most.clamp(1, INPUT_VALUE);
        let mut input = json!({
            "type": 4,
            "custom_id": self.key,
            "label": cut(&self.label, INPUT_LABEL),
            "style": if self.long { 2 } else { 1 },
            "min_length": least.min(most),
            "max_length": most,
            "required": least > 0,
        });
        if let Some(object) = input.as_object_mut() {
            if let Some(value) = &self.value {
                object.insert("value".to_owned(), json!(cut(value, most)));
            }
            if let Some(placeholder) = &self.placeholder {
                let placeholder = cut(placeholder, INPUT_PLACEHOLDER);
                object.insert("placeholder".to_owned(), json!(placeholder));
            }
        }
        json!({ "type": 1, "components": [input] })
    }
}

impl Modal {
    /// A form without inputs yet.
    #[must_use]
    pub fn new(title: impl Into<String>, id: CustomId) -> Self {
        Self {
            title: title.into(),
            id,
            inputs: Vec::new(),
        }
    }

    /// With one more input.
    #[must_use]
    pub fn input(mut self, input: Input) -> Self {
        self.inputs.push(input);
        self
    }

    /// The `data` of an interaction response of type 9, with what is over a limit cut:
    /// <https://docs.discord.com/developers/interactions/receiving-and-responding>.
    #[must_use]
    pub fn body(&self) -> Value {
        let inputs = self.inputs.iter().take(MODAL_INPUTS);
        json!({
            "title": cut(&self.title, MODAL_TITLE),
            "custom_id": self.id,
            "components": inputs.map(Input::wire).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_modal_is_rows_of_one_input_each() {
        let modal = Modal::new(
            "Give kudos to somebody with a very long name indeed",
            CustomId::new("kudos", "give"),
        )
        .input(
            Input::paragraph("message", "For what?")
                .length(3, 1000)
                .value("the demo"),
        )
        .input(
            Input::line("value", "Which value?")
                .length(0, 50)
                .placeholder("optional")
                .value(""),
        );
        insta::assert_snapshot!(serde_json::to_string_pretty(&modal.body()).unwrap(), @r#"
        {
          "components": [
            {
              "components": [
                {
                  "custom_id": "message",
                  "label": "For what?",
                  "max_length": 1000,
                  "min_length": 3,
                  "required": true,
                  "style": 2,
                  "type": 4,
                  "value": "the demo"
                }
              ],
              "type": 1
            },
            {
              "components": [
                {
                  "custom_id": "value",
                  "label": "Which value?",
                  "max_length": 50,
                  "min_length": 0,
                  "placeholder": "optional",
                  "required": false,
                  "style": 1,
                  "type": 4
                }
              ],
              "type": 1
            }
          ],
          "custom_id": "kudos:give",
          "title": "Give kudos to somebody with a very long name…"
        }
        "#);
    }
}
