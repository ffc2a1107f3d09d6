//! Forms: what they ask, and submitting them.

use serde_json::{Value, json};

use super::{Acting, Answer};
use crate::actions::Used;
use crate::state::{Snowflake, kind};

/// A form as it opened.
#[derive(Clone, Debug)]
pub struct ModalView {
    json: Value,
    channel: Snowflake,
    source: Option<Snowflake>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputView {
    /// What stands above it.
    pub label: String,
    /// What the bot gets back.
    pub custom_id: String,
    /// What is already in it.
    pub value: String,
    /// The grey text in it.
    pub placeholder: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// The fewest and the most characters.
    pub length: (u64, u64),
    /// Whether it has several lines.
    pub paragraph: bool,
}

impl ModalView {
    pub(crate) fn new(json: Value, channel: Snowflake, source: Option<Snowflake>) -> Self {
        Self {
            json,
            channel,
            source,
        }
    }

    /// The title.
    #[must_use]
    pub fn title(&self) -> String {
        text(&self.json, "title")
    }

    /// The custom id.
    #[must_use]
    pub fn custom_id(&self) -> String {
        text(&self.json, "custom_id")
    }

    /// The text fields, from top to bottom.
    #[must_use]
    pub fn inputs(&self) -> Vec<InputView> {
        let rows = self.json.get("components").and_then(Value::as_array);
        rows.into_iter().flatten().filter_map(input).collect()
    }

    /// The modal as the bot sent it.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }
}

/// The text field of a row or a label.
fn input(row: &Value) -> Option<InputView> {
    let labelled = row.get("component");
    let field = labelled.or_else(|| row.pointer("/components/0"))?;
    if field.get("type").and_then(Value::as_u64) != Some(4) {
        return None;
    }
    let number = |key: &str, other: u64| field.get(key).and_then(Value::as_u64).unwrap_or(other);
    let label = if labelled.is_some() {
        text(row, "label")
    } else {
        text(field, "label")
    };
    Some(InputView {
        label,
        custom_id: text(field, "custom_id"),
        value: text(field, "value"),
        placeholder: text(field, "placeholder"),
        required: field
            .get("required")
            .and_then(Value::as_bool)
            .unwrap_or(true),
        length: (number("min_length", 0), number("max_length", 4_000)),
        paragraph: number("style", 1) == 2,
    })
}

fn text(of: &Value, key: &str) -> String {
    of.get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

impl Acting {
    /// Fills in fields, named by label or custom id, and submits the form; the others keep what is
    /// already in them. Waits for the answer.
    ///
    /// # Panics
    /// If there is no such field, or Discord's client would not submit it.
    pub async fn submits(&self, modal: &ModalView, inputs: &[(&str, &str)]) -> Answer {
        self.certain(self.try_submits(modal, inputs).await)
    }

    /// As [`Acting::submits`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_submits(
        &self,
        modal: &ModalView,
        inputs: &[(&str, &str)],
    ) -> Result<Answer, String> {
        self.platform.settle().await;
        let fields = modal.inputs();
        for (name, _) in inputs {
            if !fields
                .iter()
                .any(|field| field.label == *name || field.custom_id == *name)
            {
                let labels: Vec<&str> = fields.iter().map(|field| field.label.as_str()).collect();
                return Err(self.cannot(&format!("fill in {name:?}: the form has {labels:?}")));
            }
        }
        let filled = |field: &InputView| {
            let typed = inputs
                .iter()
                .find(|(name, _)| field.label == *name || field.custom_id == *name)
                .map(|(_, words)| (*words).to_owned());
            typed.unwrap_or_else(|| field.value.clone())
        };
        for field in &fields {
            let value = filled(field);
            let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
            let (few, many) = field.length;
            let blank = value.is_empty();
            if blank && field.required {
                return Err(self.cannot(&format!("leave {:?} empty", field.label)));
            }
            if !blank && !(few..=many).contains(&length) {
                return Err(self.cannot(&format!(
                    "put {length} characters into {:?}: {few} to {many} are allowed",
                    field.label
                )));
            }
        }
        let rows = modal.json.get("components").and_then(Value::as_array);
        let mut number = 0;
        let mut next = || {
            number += 1;
            number
        };
        let components: Vec<Value> = rows
            .into_iter()
            .flatten()
            .filter_map(|row| {
                let field = input(row)?;
                let (outer, inner) = (next(), next());
                let value = filled(&field);
                let leaf = json!({
                    "type": 4, "id": inner, "custom_id": field.custom_id, "value": value,
                });
                Some(if row.get("component").is_some() {
                    json!({ "type": 18, "id": outer, "component": leaf })
                } else {
                    json!({ "type": 1, "id": outer, "components": [leaf] })
                })
            })
            .collect();
        let data = json!({ "custom_id": modal.custom_id(), "components": components });
        let id = self.platform.change(|core| {
            let used = Used {
                application: self.platform.application,
                kind: kind::MODAL,
                command_kind: None,
                name: modal.title(),
                channel: modal.channel,
                user: self.person.id(),
                source: modal.source,
            };
            let id = core.begin_interaction(used).id;
            core.send_interaction(id, data);
            id
        });
        let answer = Answer::wait_for(self.clone(), id).await;
        answer.wait_while_thinking().await?;
        Ok(answer)
    }
}
