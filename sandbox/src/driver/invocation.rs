//! A command on its way: its options, and sending it.

use serde_json::{Value, json};

use super::command::{self, Given, Typed};
use super::{Acting, Answer};
use crate::actions::Used;
use crate::state::{Snowflake, kind};

/// A slash or menu command being typed.
#[derive(Clone, Debug)]
#[must_use = "a command does nothing until it is sent"]
pub struct Slash {
    acting: Acting,
    kind: u8,
    path: String,
    target: Option<Snowflake>,
    options: Vec<(String, Given)>,
}

/// A suggestion of autocomplete.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is shown.
    pub name: String,
    /// What is sent if it is picked.
    pub value: Value,
}

impl Slash {
    pub(crate) fn new(acting: Acting, path: &str) -> Self {
        let path = path.trim_start_matches('/').to_owned();
        Self {
            acting,
            kind: 1,
            path,
            target: None,
            options: Vec::new(),
        }
    }

    pub(crate) fn menu(acting: Acting, kind: u8, name: &str, target: Snowflake) -> Self {
        let path = name.to_owned();
        Self {
            acting,
            kind,
            path,
            target: Some(target),
            options: Vec::new(),
        }
    }

    fn with(mut self, name: &str, given: Given) -> Self {
        self.options.push((name.to_owned(), given));
        self
    }

    /// Types words into an option: a text, a choice's label or value, a number, yes or no, or the
    /// name of a person, channel or role. `@Name` in a text becomes a mention.
    pub fn text(self, name: &str, words: &str) -> Self {
        self.with(name, Given::Text(words.to_owned()))
    }

    /// Picks a person (a [`super::Person`], or an id).
    pub fn user(self, name: &str, person: impl Into<Snowflake>) -> Self {
        self.with(name, Given::Id(person.into()))
    }

    /// Picks a channel.
    pub fn channel(self, name: &str, channel: impl Into<Snowflake>) -> Self {
        self.with(name, Given::Id(channel.into()))
    }

    /// Picks a role.
    pub fn role(self, name: &str, role: impl Into<Snowflake>) -> Self {
        self.with(name, Given::Id(role.into()))
    }

    /// A whole number.
    pub fn integer(self, name: &str, number: i64) -> Self {
        self.with(name, Given::Value(json!(number)))
    }

    /// Any number.
    pub fn number(self, name: &str, number: f64) -> Self {
        self.with(name, Given::Value(json!(number)))
    }

    /// True or false.
    pub fn boolean(self, name: &str, value: bool) -> Self {
        self.with(name, Given::Value(json!(value)))
    }

    /// Attaches a file.
    pub fn file(self, name: &str, filename: &str, bytes: &[u8]) -> Self {
        self.with(name, Given::File(filename.to_owned(), bytes.to_vec()))
    }

    /// Sends a value that Discord's client would refuse, with the number of its type, past all
    /// checks of the options.
    pub fn raw(self, name: &str, kind: u8, value: Value) -> Self {
        self.with(name, Given::Raw(kind, value))
    }

    /// Sends the command and waits for its answer; a deferred answer is waited for as well.
    ///
    /// # Panics
    /// If Discord's client would not let it be sent.
    pub async fn send(self) -> Answer {
        let acting = self.acting.clone();
        let answer = self.first_answer().await;
        acting.certain(answer.wait_while_thinking().await);
        answer
    }

    /// Sends the command and waits for the first answer only, which may be "thinking…".
    ///
    /// # Panics
    /// If Discord's client would not let it be sent.
    pub async fn first_answer(self) -> Answer {
        let acting = self.acting.clone();
        let answer = self.try_first_answer().await;
        acting.certain(answer.map_err(|why| acting.cannot(&format!("send this: {why}"))))
    }

    /// As [`Slash::send`], but returns what Discord's client would say instead of sending.
    ///
    /// # Errors
    /// A sentence with the reason: an unknown command, a missing option, a value out of range.
    pub async fn try_send(self) -> Result<Answer, String> {
        let answer = self.try_first_answer().await?;
        answer.wait_while_thinking().await?;
        Ok(answer)
    }

    async fn try_first_answer(self) -> Result<Answer, String> {
        self.acting.platform.settle().await;
        let typed = self.typed(None)?;
        let acting = self.acting;
        let (command_kind, target) = (self.kind, self.target);
        let name = if command_kind == 1 {
            format!("/{}", typed.path)
        } else {
            typed.path.clone()
        };
        let sent = acting.platform.change(|core| {
            let data = match target {
                Some(target) => command::compose_menu(core, &typed, command_kind, target)?,
                None => command::compose(core, &typed)?,
            };
            let used = Used {
                application: typed.application,
                kind: kind::COMMAND,
                command_kind: Some(command_kind),
                name,
                channel: typed.channel,
                user: typed.user,
                source: None,
            };
            let id = core.begin_interaction(used).id;
            core.send_interaction(id, data);
            Ok::<_, String>(id)
        })?;
        Ok(Answer::wait_for(acting, sent).await)
    }

    /// Types into an option that autocompletes, with the other options as they are so far, and
    /// returns the suggestions; none if the bot does not answer in time.
    ///
    /// # Panics
    /// If there is no such command or the option does not autocomplete.
    pub async fn types(self, option: &str, part: &str) -> Vec<Choice> {
        let acting = self.acting.clone();
        let choices = self.try_types(option, part).await;
        acting.certain(choices.map_err(|why| acting.cannot(&format!("type that: {why}"))))
    }

    /// As [`Slash::types`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_types(self, option: &str, part: &str) -> Result<Vec<Choice>, String> {
        self.acting.platform.settle().await;
        let typed = self.typed(Some((option.to_owned(), part.to_owned())))?;
        let acting = self.acting;
        let sent = acting.platform.change(|core| {
            let data = command::compose(core, &typed)?;
            let used = Used {
                application: typed.application,
                kind: kind::AUTOCOMPLETE,
                command_kind: Some(1),
                name: format!("/{} (typing)", typed.path),
                channel: typed.channel,
                user: typed.user,
                source: None,
            };
            let id = core.begin_interaction(used).id;
            core.send_interaction(id, data);
            Ok::<_, String>(id)
        });
        let answer = Answer::wait_for(acting, sent?).await;
        let choices = answer
            .interaction()
            .and_then(|interaction| interaction.choices);
        let choice = |choice: Value| Choice {
            name: choice
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            value: choice.get("value").cloned().unwrap_or_default(),
        };
        let choices = choices.unwrap_or_default();
        Ok(choices.into_iter().map(choice).collect())
    }

    fn typed(&self, focused: Option<(String, String)>) -> Result<Typed, String> {
        let channel = self.acting.place()?;
        let mut options = self.options.clone();
        for (_, given) in &mut options {
            if let Given::Text(words) = given {
                *words = self.acting.with_mentions(channel, words);
            }
        }
        Ok(Typed {
            application: self.acting.platform.application,
            user: self.acting.person.id(),
            channel,
            path: self.path.clone(),
            options,
            focused,
        })
    }
}
