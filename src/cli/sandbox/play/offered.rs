//! Using what the bot offers: buttons, select menus, menus of messages and people, forms.

use discord_sandbox::MessageView;
use discord_sandbox::driver::{Answer, ModalView};

use super::{One, same, there_is, unknown};
use crate::cli::sandbox::line::{self, On};

impl One<'_> {
    pub(super) async fn clicks(&self, button: &str) -> Result<Answer, String> {
        let all = self.everywhere();
        let called = |view: &MessageView, enabled: bool| {
            let buttons = view.buttons();
            let mut called = buttons.iter().filter(|one| same(&one.label, button));
            called
                .find(|one| !enabled || !one.disabled)
                .map(|one| one.label.clone())
        };
        let newest = |enabled| {
            all.iter()
                .rev()
                .find_map(|view| called(view, enabled).map(|label| (view, label)))
        };
        let Some((view, label)) = newest(true).or_else(|| newest(false)) else {
            let mut labels: Vec<String> = Vec::new();
            for view in all.iter().rev() {
                for one in view.buttons().into_iter().filter(|one| !one.disabled) {
                    if !labels.contains(&one.label) && labels.len() < 8 {
                        labels.push(one.label);
                    }
                }
            }
            let name = self.person.name();
            return Err(format!(
                "{name} sees no button “{button}”. {}",
                there_is("There is", &labels)
            ));
        };
        self.acting().try_clicks(view, &label).await
    }

    pub(super) async fn chooses(
        &self,
        chosen: &[String],
        menu: Option<&str>,
    ) -> Result<Answer, String> {
        let all = self.everywhere();
        let found = all.iter().rev().find_map(|view| {
            let selects = view.selects();
            let select = selects
                .iter()
                .filter(|select| !select.disabled)
                .find(|select| {
                    let named = menu.is_none_or(|menu| {
                        let placeholder = select.placeholder.to_lowercase();
                        placeholder.contains(&menu.to_lowercase())
                    });
                    let has =
                        |one: &String| select.options.iter().any(|(label, _)| same(label, one));
                    let picks = match chosen.first() {
                        Some(first) if first.starts_with('#') => select.kind == 8,
                        _ => select.kind != 8,
                    };
                    named
                        && if select.kind == 3 {
                            chosen.iter().all(has)
                        } else {
                            picks
                        }
                });
            select.cloned().map(|select| (view, select))
        });
        let Some((view, select)) = found else {
            let name = self.person.name();
            return Err(format!(
                "{name} sees no menu with “{}”. A menu shows what can be chosen below it.",
                chosen.join(", ")
            ));
        };
        let labels: Vec<&str> = chosen
            .iter()
            .map(|one| {
                let known = select.options.iter().find(|(label, _)| same(label, one));
                known.map_or(one.as_str(), |(label, _)| label.as_str())
            })
            .collect();
        self.acting()
            .try_selects(view, &select.custom_id, &labels)
            .await
    }

    pub(super) async fn opens(&self, name: &str, on: &On) -> Result<Answer, String> {
        let kind = if matches!(on, On::Person(_)) { 2 } else { 3 };
        let menus = self.acting().commands();
        let mut menus = menus.into_iter().filter(|menu| menu.kind == kind);
        let name = menus
            .find(|menu| same(&menu.path, name))
            .map_or(name.to_owned(), |m| m.path);
        match on {
            On::Person(whom) => {
                let Some(whom) = self.stage.person(whom) else {
                    return Err(unknown(self.stage, whom));
                };
                self.acting().user_menu(&name, &whom).try_send().await
            }
            On::Message(target) => {
                let message = self.message(target)?;
                self.acting().message_menu(&name, &message).try_send().await
            }
        }
    }

    pub(super) async fn fills(&self, form: &ModalView, typed: &str) -> Result<Answer, String> {
        let inputs = form.inputs();
        let names: Vec<&str> = inputs
            .iter()
            .flat_map(|input| [input.label.as_str(), input.custom_id.as_str()])
            .collect();
        let read = line::named(typed, &names);
        let mut filled: Vec<(&str, &str)> = Vec::new();
        if !read.before.is_empty() {
            let first = inputs.first().ok_or("This form has nothing to fill in.")?;
            filled.push((&first.custom_id, &read.before));
        }
        filled.extend(
            read.pairs
                .iter()
                .map(|(name, words)| (name.as_str(), words.as_str())),
        );
        self.acting().try_submits(form, &filled).await
    }
}
