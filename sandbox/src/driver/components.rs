//! Clicking buttons and choosing from menus.

use serde_json::{Value, json};

use super::command::Resolved;
use super::wording::named;
use super::{Acting, Answer};
use crate::actions::Used;
use crate::state::kind;
use crate::view::{ButtonView, MessageView, SelectView};
use crate::wire;

impl Acting {
    /// Clicks a button, named by its label, emoji, custom id or the beginning of that, and waits for
    /// the answer.
    ///
    /// # Panics
    /// If the person does not see the message, or it has no such button, or it is disabled.
    pub async fn clicks(&self, message: &MessageView, button: &str) -> Answer {
        self.certain(self.try_clicks(message, button).await)
    }

    /// As [`Acting::clicks`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_clicks(&self, message: &MessageView, button: &str) -> Result<Answer, String> {
        self.platform.settle().await;
        self.sees(message, "click on")?;
        let view = self.fresh(message);
        let buttons = view.buttons();
        let found = find_button(&buttons, button);
        let Some(found) = found else {
            let labels: Vec<&str> = buttons.iter().map(|button| button.label.as_str()).collect();
            return Err(self.cannot(&format!(
                "click {button:?}: there is {labels:?} on the message\n{}",
                view.shown()
            )));
        };
        if found.disabled {
            return Err(self.cannot(&format!("click {button:?}: it is disabled")));
        }
        let Some(custom_id) = &found.custom_id else {
            return Err(self.cannot(&format!("click {button:?}: it is a link")));
        };
        let data = json!({ "component_type": 2, "custom_id": custom_id });
        self.use_component(&view, &found.label, data).await
    }

    /// Sends a click with any custom id, also one that stands on no button, as an old client could.
    pub async fn clicks_raw(&self, message: &MessageView, custom_id: &str) -> Answer {
        let data = json!({ "component_type": 2, "custom_id": custom_id });
        self.certain(self.use_component(message, custom_id, data).await)
    }

    /// Chooses from a select menu, named by its placeholder or custom id (or the beginning of that):
    /// labels or values of a text select, names in the others.
    ///
    /// # Panics
    /// If the person does not see the message, or it has no such menu or choice.
    pub async fn selects(&self, message: &MessageView, menu: &str, chosen: &[&str]) -> Answer {
        self.certain(self.try_selects(message, menu, chosen).await)
    }

    /// As [`Acting::selects`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_selects(
        &self,
        message: &MessageView,
        menu: &str,
        chosen: &[&str],
    ) -> Result<Answer, String> {
        self.platform.settle().await;
        self.sees(message, "choose on")?;
        let view = self.fresh(message);
        let selects = view.selects();
        let found = selects
            .iter()
            .find(|select| select.placeholder == menu || select.custom_id == menu)
            .or_else(|| {
                selects
                    .iter()
                    .find(|select| select.custom_id.starts_with(menu))
            });
        let Some(found) = found else {
            return Err(self.cannot(&format!(
                "choose from {menu:?}: there is no such menu\n{}",
                view.shown()
            )));
        };
        if found.disabled {
            return Err(self.cannot(&format!("choose from {menu:?}: it is disabled")));
        }
        let count = u64::try_from(chosen.len()).unwrap_or(u64::MAX);
        if !(found.range.0..=found.range.1).contains(&count) {
            let (few, many) = found.range;
            return Err(self.cannot(&format!(
                "choose {count} from {menu:?}: {few} to {many} are allowed"
            )));
        }
        let data = self.choice(&view, found, chosen)?;
        self.use_component(&view, menu, data).await
    }

    fn choice(
        &self,
        message: &MessageView,
        select: &SelectView,
        chosen: &[&str],
    ) -> Result<Value, String> {
        let mut values = Vec::new();
        let mut resolved = Resolved::default();
        let channel = message.channel_id();
        for words in chosen {
            let value = if select.kind == 3 {
                let mut options = select.options.iter();
                let fits = |(label, value): &&(String, String)| label == words || value == words;
                options.find(fits).map(|(_, value)| value.clone())
            } else {
                let kind = match select.kind {
                    5 => 6,
                    6 => 8,
                    8 => 7,
                    _ => 9,
                };
                self.platform.look(|core| {
                    let id = named(&core.world, channel, kind, words)?;
                    if core.world.users.contains_key(&id) {
                        resolved.user_in(core, channel, id);
                    } else if core.world.channels.contains_key(&id) {
                        let body = wire::resolved_channel(&core.world, id, self.person.id());
                        resolved.put("channels", id, body);
                    } else {
                        resolved.role_in(core, channel, id);
                    }
                    Some(id.to_string())
                })
            };
            match value {
                Some(value) => values.push(value),
                None => {
                    let known: Vec<&str> = select
                        .options
                        .iter()
                        .map(|(label, _)| label.as_str())
                        .collect();
                    return Err(self.cannot(&format!("choose {words:?}: there is {known:?}")));
                }
            }
        }
        let mut data = json!({
            "component_type": select.kind, "custom_id": select.custom_id, "values": values,
        });
        if let (Some(fields), true) = (data.as_object_mut(), select.kind != 3) {
            fields.insert("resolved".to_owned(), resolved.into_value());
        }
        Ok(data)
    }

    async fn use_component(
        &self,
        message: &MessageView,
        name: &str,
        mut data: Value,
    ) -> Result<Answer, String> {
        let custom_id = data.get("custom_id").cloned().unwrap_or_default();
        let number = numbered(message.components(), &custom_id);
        if let (Some(fields), Some(number)) = (data.as_object_mut(), number) {
            fields.insert("id".to_owned(), number);
        }
        let id = self.platform.change(|core| {
            let used = Used {
                application: self.platform.application,
                kind: kind::COMPONENT,
                command_kind: None,
                name: name.to_owned(),
                channel: message.channel_id(),
                user: self.person.id(),
                source: Some(message.id()),
            };
            let id = core.begin_interaction(used).id;
            core.send_interaction(id, data);
            id
        });
        let answer = Answer::wait_for(self.clone(), id).await;
        answer.wait_while_thinking().await?;
        Ok(answer)
    }

    fn fresh(&self, message: &MessageView) -> MessageView {
        let now = self.platform.look(|core| core.view(message.id()));
        now.unwrap_or_else(|| message.clone())
    }
}

/// By label, then by custom id, then by the beginning of that.
fn find_button<'a>(buttons: &'a [ButtonView], name: &str) -> Option<&'a ButtonView> {
    let labelled = buttons.iter().find(|button| button.label == name);
    let exactly = || {
        buttons
            .iter()
            .find(|button| button.custom_id.as_deref() == Some(name))
    };
    let begins = |button: &&ButtonView| {
        button
            .custom_id
            .as_deref()
            .is_some_and(|id| id.starts_with(name))
    };
    labelled
        .or_else(exactly)
        .or_else(|| buttons.iter().find(begins))
}

/// The number that the platform gave to the component with a custom id.
pub(crate) fn numbered(components: &[Value], custom_id: &Value) -> Option<Value> {
    components.iter().find_map(|component| {
        if component.get("custom_id") == Some(custom_id) {
            return component.get("id").cloned();
        }
        let children = component.get("components").and_then(Value::as_array)?;
        numbered(children, custom_id)
    })
}
