//! People use what the bot offers: commands, menus, buttons, selects, forms.

use std::sync::Arc;

use serde_json::{Value, json};

use super::input::{Outcome, Refusal};
use crate::actions::Used;
use crate::driver::command::{self, Given, Resolved, Typed};
use crate::driver::{Acting, Answer, Person, numbered};
use crate::platform::{Core, Platform};
use crate::state::{Interaction, Snowflake, kind};
use crate::view::MessageView;
use crate::wire;

/// A person in a place, about to use something.
#[derive(Debug)]
pub(super) struct Using {
    pub(super) platform: Arc<Platform>,
    pub(super) person: Snowflake,
    pub(super) channel: Snowflake,
}

/// A command as it was filled in.
#[derive(Debug)]
pub(super) struct Filled {
    /// 1 slash, 2 on a person, 3 on a message.
    pub(super) kind: u8,
    pub(super) path: String,
    pub(super) target: Option<Snowflake>,
    pub(super) options: Vec<(String, Given)>,
}

impl Using {
    /// Sends a command and waits for its first answer.
    pub(super) async fn command(self, filled: Filled) -> Outcome<Value> {
        let name = match filled.kind {
            1 => format!("/{}", filled.path),
            _ => filled.path.clone(),
        };
        let used = self.used(kind::COMMAND, Some(filled.kind), name, None);
        let typed = self.typed(filled.path, filled.options, None);
        self.send(used, |core| match filled.target {
            Some(target) => command::compose_menu(core, &typed, filled.kind, target),
            None => command::compose(core, &typed),
        })
        .await
    }

    /// What the bot suggests for an option that is being typed into; nothing if it says nothing in
    /// time.
    pub(super) async fn completes(
        self,
        path: String,
        options: Vec<(String, Given)>,
        focused: (String, String),
    ) -> Outcome<Value> {
        let name = format!("/{path} (typing)");
        let used = self.used(kind::AUTOCOMPLETE, Some(1), name, None);
        let typed = self.typed(path, options, Some(focused));
        let answered = self
            .begin(used, |core| command::compose(core, &typed))
            .await?;
        let choices = answered.and_then(|interaction| interaction.choices);
        Ok(json!({ "choices": choices }))
    }

    /// Clicks a button of a message, or chooses from one of its menus.
    pub(super) async fn component(
        self,
        message: Snowflake,
        custom_id: String,
        values: Vec<String>,
    ) -> Outcome<Value> {
        let view = self.message(message)?;
        let button = view
            .buttons()
            .into_iter()
            .find(|button| button.custom_id.as_ref() == Some(&custom_id) && button.url.is_none());
        if let Some(button) = button {
            if button.disabled {
                return Err(Refusal::new("This button is switched off."));
            }
            let used = self.used(kind::COMPONENT, None, button.label, Some(message));
            let data = json!({
                "component_type": 2, "custom_id": custom_id, "id": number_of(&view, &custom_id),
            });
            return self.send(used, |_| Ok(data)).await;
        }
        let select = view
            .selects()
            .into_iter()
            .find(|select| select.custom_id == custom_id);
        let Some(select) = select else {
            return Err(Refusal::new(
                "There is no such button or menu on this message any more.",
            ));
        };
        if select.disabled {
            return Err(Refusal::new("This menu is switched off."));
        }
        let (few, many) = select.range;
        if !(few..=many).contains(&u64::try_from(values.len()).unwrap_or(u64::MAX)) {
            return Err(Refusal::new(format!("Choose from {few} to {many} here.")));
        }
        let known = |value: &String| select.options.iter().any(|(_, known)| known == value);
        if select.kind == 3 && !values.iter().all(known) {
            return Err(Refusal::new("This is not one of the choices."));
        }
        let used = self.used(kind::COMPONENT, None, select.placeholder, Some(message));
        let (person, channel) = (self.person, self.channel);
        let mut data = json!({
            "component_type": select.kind, "custom_id": custom_id, "values": values,
            "id": number_of(&view, &custom_id),
        });
        self.send(used, move |core| {
            if select.kind != 3 {
                let resolved = resolve(core, channel, person, select.kind, &values)?;
                if let Some(fields) = data.as_object_mut() {
                    fields.insert("resolved".to_owned(), resolved);
                }
            }
            Ok(data)
        })
        .await
    }

    /// Submits the form that an interaction opened.
    pub(super) async fn form(
        self,
        opened_by: Snowflake,
        filled: &serde_json::Map<String, Value>,
    ) -> Outcome<Value> {
        let opened = self
            .platform
            .look(|core| core.world.interactions.get(&opened_by).cloned());
        let opened = opened.filter(|opened| opened.user == self.person);
        let form = opened.as_ref().and_then(|opened| opened.modal.clone());
        let (Some(opened), Some(form)) = (opened, form) else {
            return Err(Refusal::new("This form is not open any more."));
        };
        let rows = form.get("components").and_then(Value::as_array);
        let mut number = 0;
        let mut components = Vec::new();
        for row in rows.into_iter().flatten() {
            number += 2;
            components.extend(row_as_sent(row, number, filled)?);
        }
        let text = |key: &str| form.get(key).and_then(Value::as_str).unwrap_or_default();
        let data = json!({ "custom_id": text("custom_id"), "components": components });
        let mut used = self.used(kind::MODAL, None, text("title").to_owned(), opened.source);
        used.channel = opened.channel;
        self.send(used, |_| Ok(data)).await
    }

    fn used(
        &self,
        kind: u8,
        command_kind: Option<u8>,
        name: String,
        source: Option<Snowflake>,
    ) -> Used {
        Used {
            application: self.platform.application,
            kind,
            command_kind,
            name,
            channel: self.channel,
            user: self.person,
            source,
        }
    }

    fn typed(
        &self,
        path: String,
        options: Vec<(String, Given)>,
        focused: Option<(String, String)>,
    ) -> Typed {
        Typed {
            application: self.platform.application,
            user: self.person,
            channel: self.channel,
            path,
            options,
            focused,
        }
    }

    /// A message that the person sees.
    fn message(&self, id: Snowflake) -> Outcome<MessageView> {
        let view = self.platform.look(|core| {
            let found = core.world.messages.get(&id)?;
            core.world.sees(self.person, found).then(|| core.view(id))?
        });
        view.ok_or_else(|| Refusal::new("This message is not there any more."))
    }

    /// Sends an interaction and tells what came first: an answer, a form, or nothing.
    async fn send(
        &self,
        used: Used,
        compose: impl FnOnce(&mut Core) -> Result<Value, String>,
    ) -> Outcome<Value> {
        let answered = self.begin(used, compose).await?;
        let Some(interaction) = answered else {
            return Ok(json!({ "outcome": "failed" }));
        };
        Ok(match interaction.modal {
            Some(form) => json!({ "outcome": "form", "interaction": interaction.id, "form": form }),
            None if interaction.failed => json!({ "outcome": "failed" }),
            None => json!({ "outcome": "answered" }),
        })
    }

    async fn begin(
        &self,
        used: Used,
        compose: impl FnOnce(&mut Core) -> Result<Value, String>,
    ) -> Outcome<Option<Interaction>> {
        self.platform.settle().await;
        let id = self.platform.change(|core| {
            let data = compose(core)?;
            let id = core.begin_interaction(used).id;
            core.send_interaction(id, data);
            Ok::<_, String>(id)
        })?;
        let guild = self.platform.look(|core| {
            let interaction = core.world.interactions.get(&id)?;
            interaction
                .guild
                .or_else(|| core.world.guilds.keys().next().copied())
        });
        let person = Person::new(
            self.platform.clone(),
            self.person,
            guild.unwrap_or(self.person),
        );
        let acting = Acting::new(self.platform.clone(), person);
        Ok(Answer::wait_for(acting, id).await.interaction())
    }
}

/// The number that the platform gave to a component.
fn number_of(view: &MessageView, custom_id: &str) -> Value {
    let numbered = numbered(view.components(), &json!(custom_id));
    numbered.unwrap_or_default()
}

/// What the ids chosen from a select of people, roles or channels refer to.
fn resolve(
    core: &Core,
    channel: Snowflake,
    person: Snowflake,
    kind: u64,
    values: &[String],
) -> Result<Value, String> {
    let world = &core.world;
    let guild = world.channels.get(&channel).and_then(|place| place.guild);
    let guild = guild.and_then(|id| world.guilds.get(&id));
    let mut resolved = Resolved::default();
    for value in values {
        let id: Snowflake = value.parse().map_err(|_| format!("{value:?} is no id"))?;
        let member = guild.is_some_and(|guild| guild.members.contains_key(&id));
        let role = guild.is_some_and(|guild| guild.roles.contains_key(&id));
        match kind {
            5 | 7 if member => resolved.user_in(core, channel, id),
            6 | 7 if role => resolved.role_in(core, channel, id),
            8 if world.can_view(person, id) => {
                resolved.put("channels", id, wire::resolved_channel(world, id, person));
            }
            _ => return Err("This is not one of the choices.".to_owned()),
        }
    }
    Ok(resolved.into_value())
}

/// A row or label of a form with what was put into it; nothing for mere text.
fn row_as_sent(
    row: &Value,
    number: u64,
    filled: &serde_json::Map<String, Value>,
) -> Outcome<Option<Value>> {
    let labelled = row.get("component");
    let Some(field) = labelled.or_else(|| row.pointer("/components/0")) else {
        return Ok(None);
    };
    let text = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).map(str::to_owned);
    let custom_id = text(field, "custom_id").unwrap_or_default();
    let label = text(field, "label")
        .or_else(|| text(row, "label"))
        .unwrap_or_default();
    let required = field
        .get("required")
        .and_then(Value::as_bool)
        .unwrap_or(true);
    let given = filled.get(&custom_id).cloned().unwrap_or_default();
    let kind = field.get("type").and_then(Value::as_u64).unwrap_or(0);
    let mut leaf = json!({ "type": kind, "id": number, "custom_id": custom_id });
    let (key, value) = if kind == 4 {
        let words = given.as_str().unwrap_or_default().to_owned();
        check_words(field, &label, required, &words)?;
        ("value", json!(words))
    } else {
        let chosen = given.as_array().cloned().unwrap_or_default();
        if chosen.is_empty() && required {
            return Err(Refusal::new(format!("Choose something for “{label}”.")));
        }
        ("values", json!(chosen))
    };
    if let Some(fields) = leaf.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
    Ok(Some(match labelled {
        Some(_) => json!({ "type": 18, "id": number - 1, "component": leaf }),
        None => json!({ "type": 1, "id": number - 1, "components": [leaf] }),
    }))
}

fn check_words(field: &Value, label: &str, required: bool, words: &str) -> Outcome<()> {
    let bound = |key: &str, other: u64| field.get(key).and_then(Value::as_u64).unwrap_or(other);
    let (few, many) = (bound("min_length", 0), bound("max_length", 4_000));
    let length = u64::try_from(words.chars().count()).unwrap_or(u64::MAX);
    if words.is_empty() {
        return if required {
            Err(Refusal::new(format!("Fill in “{label}”.")))
        } else {
            Ok(())
        };
    }
    if (few..=many).contains(&length) {
        Ok(())
    } else {
        Err(Refusal::new(format!(
            "“{label}” takes {few} to {many} characters; this has {length}."
        )))
    }
}
