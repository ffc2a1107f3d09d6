//! The commands that Discord's client offers a person, as they are listed while one types.

use serde_json::Value;

use super::{Acting, command};
use crate::state::Command;

/// A command or sub-command that can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandView {
    /// 1 slash, 2 user menu, 3 message menu.
    pub kind: u8,
    /// How it is typed, without the slash: "kudos give".
    pub path: String,
    /// What it says it does; empty for menus.
    pub description: String,
    /// Its options, in the order in which they are offered.
    pub options: Vec<OptionView>,
}

/// An option of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionView {
    /// How it is typed.
    pub name: String,
    /// What it says it is.
    pub description: String,
    /// Discord's number of its kind: 3 text, 4 whole number, 5 true or false, 6 person, 7 channel,
    /// 8 role, 9 person or role, 10 number, 11 file.
    pub kind: u64,
    /// Whether the command cannot be sent without it.
    pub required: bool,
    /// Whether the bot suggests values while one types.
    pub autocompletes: bool,
    /// The labels of its choices; empty if anything can be typed.
    pub choices: Vec<String>,
}

impl Acting {
    /// The commands and menus that the person is offered where they are, sub-commands each on
    /// their own, by kind and in the order in which they were registered.
    #[must_use]
    pub fn commands(&self) -> Vec<CommandView> {
        let Ok(place) = self.place() else {
            return Vec::new();
        };
        self.platform.look(|core| {
            let world = &core.world;
            let found = world.channels.get(&place);
            let application = world.applications.get(&self.platform.application);
            let (Some(channel), Some(application)) = (found, application) else {
                return Vec::new();
            };
            let mut offered: Vec<&Command> = application.usable(channel.guild);
            let user = self.person.id();
            offered.retain(|found| command::fits_here(world, user, channel, found).is_ok());
            offered.sort_by_key(|command| command.kind);
            let mut list = Vec::new();
            for command in offered {
                leaves(command.kind, &command.name, &command.body, &mut list);
            }
            list
        })
    }
}

/// Adds what can be sent below `body`: itself, or its sub-commands.
fn leaves(kind: u8, path: &str, body: &Value, list: &mut Vec<CommandView>) {
    let options = body.get("options").and_then(Value::as_array);
    let options = options.map_or(&[][..], Vec::as_slice);
    let deeper = |option: &&Value| matches!(number(option), 1 | 2);
    if options.iter().any(|option| deeper(&option)) {
        for option in options.iter().filter(deeper) {
            let path = format!("{path} {}", text(option, "name"));
            leaves(kind, &path, option, list);
        }
        return;
    }
    list.push(CommandView {
        kind,
        path: path.to_owned(),
        description: text(body, "description"),
        options: options.iter().map(option).collect(),
    });
}

fn option(body: &Value) -> OptionView {
    let is = |key: &str| body.get(key).and_then(Value::as_bool).unwrap_or(false);
    let choices = body.get("choices").and_then(Value::as_array);
    let choices = choices.into_iter().flatten();
    OptionView {
        name: text(body, "name"),
        description: text(body, "description"),
        kind: number(body),
        required: is("required"),
        autocompletes: is("autocomplete"),
        choices: choices.map(|choice| text(choice, "name")).collect(),
    }
}

fn number(of: &Value) -> u64 {
    of.get("type").and_then(Value::as_u64).unwrap_or(0)
}

fn text(of: &Value, key: &str) -> String {
    let text = of.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}
