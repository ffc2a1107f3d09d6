//! Finding a registered command and fitting what a person typed to its options, as Discord's
//! client does.

use serde_json::{Map, Value, json};

use super::wording::named;
use crate::limits;
use crate::permissions::{self, USE_APPLICATION_COMMANDS, VIEW_CHANNEL};
use crate::platform::Core;
use crate::state::{Attachment, Channel, Command, Snowflake, World};
use crate::wire;

/// What somebody puts into an option.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// Words: a text, a choice's label, a number, or the name of a person, channel or role.
    Text(String),
    Value(Value),
    Id(Snowflake),
    File(String, Vec<u8>),
    /// Sent as it is, with its type number, past all checks.
    Raw(u8, Value),
}

/// Who types what, where.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) application: Snowflake,
    pub(crate) user: Snowflake,
    pub(crate) channel: Snowflake,
    /// "kudos give"
    pub(crate) path: String,
    pub(crate) options: Vec<(String, Given)>,
    /// The option being typed into, for autocomplete.
    pub(crate) focused: Option<(String, String)>,
}

/// The `data` of the interaction that it comes to, or why Discord's client would refuse.
pub(crate) fn compose(core: &mut Core, typed: &Typed) -> Result<Value, String> {
    let words: Vec<&str> = typed
        .path
        .trim_start_matches('/')
        .split_whitespace()
        .collect();
    let (first, deeper) = words.split_first().ok_or("name a command")?;
    let command = usable(&core.world, typed, 1, first)?;
    let mut schema = command.body.get("options").cloned().unwrap_or(json!([]));
    let mut levels = Vec::new();
    for word in deeper {
        let list = schema.as_array().cloned().unwrap_or_default();
        let found = list.iter().find(|option| {
            matches!(number(option, "type"), 1 | 2) && text(option, "name") == *word
        });
        let Some(found) = found else {
            let known: Vec<String> = list.iter().map(|option| text(option, "name")).collect();
            return Err(format!(
                "/{} has no {word:?} (there is: {})",
                typed.path,
                known.join(", ")
            ));
        };
        levels.push((word.to_string(), number(found, "type")));
        schema = found.get("options").cloned().unwrap_or(json!([]));
    }
    let rest = schema.as_array().cloned().unwrap_or_default();
    if let Some(sub) = rest
        .iter()
        .find(|option| matches!(number(option, "type"), 1 | 2))
    {
        return Err(format!(
            "/{} needs a sub-command, such as {}",
            typed.path,
            text(sub, "name")
        ));
    }
    let mut resolved = Resolved::default();
    let mut options = Vec::new();
    let mut raw = false;
    for (name, given) in &typed.options {
        let option = rest.iter().find(|option| text(option, "name") == *name);
        if let Given::Raw(kind, value) = given {
            raw = true;
            options.push(json!({ "name": name, "type": kind, "value": value }));
            continue;
        }
        let Some(option) = option else {
            let known: Vec<String> = rest.iter().map(|option| text(option, "name")).collect();
            return Err(format!(
                "/{} has no option {name:?} (there is: {})",
                typed.path,
                known.join(", ")
            ));
        };
        let value = fit(core, typed, option, given, &mut resolved)?;
        options.push(json!({ "name": name, "type": number(option, "type"), "value": value }));
    }
    let resolved = resolved.into_value();
    if let Some((name, part)) = &typed.focused {
        let option = rest.iter().find(|option| text(option, "name") == *name);
        let option = option.ok_or_else(|| format!("/{} has no option {name:?}", typed.path))?;
        if option.get("autocomplete") != Some(&json!(true)) {
            return Err(format!(
                "the option {name:?} of /{} does not autocomplete",
                typed.path
            ));
        }
        let kind = number(option, "type");
        options.push(json!({ "name": name, "type": kind, "value": part, "focused": true }));
    } else if !raw {
        let given = Value::Array(options.clone());
        limits::command_options_resolved(&schema, &given, &resolved)?;
    }
    for (name, kind) in levels.into_iter().rev() {
        options = vec![json!({ "name": name, "type": kind, "options": options })];
    }
    let mut data = json!({ "id": command.id, "name": command.name, "type": 1 });
    if let Some(fields) = data.as_object_mut() {
        if !options.is_empty() {
            fields.insert("options".to_owned(), json!(options));
        }
        if resolved
            .as_object()
            .is_some_and(|resolved| !resolved.is_empty())
        {
            fields.insert("resolved".to_owned(), resolved);
        }
        if let Some(guild) = command.body.get("guild_id") {
            fields.insert("guild_id".to_owned(), guild.clone());
        }
    }
    Ok(data)
}

/// The `data` of a menu command on a user or message.
pub(crate) fn compose_menu(
    core: &Core,
    typed: &Typed,
    kind: u8,
    target: Snowflake,
) -> Result<Value, String> {
    let command = usable(&core.world, typed, kind, &typed.path)?;
    let mut resolved = Resolved::default();
    if kind == 2 {
        resolved.user(core, typed, target);
    } else {
        let message = core.world.standing(target).ok_or("the message is gone")?;
        if message.is_ephemeral() {
            return Err("an ephemeral message has no menu".to_owned());
        }
        let view = wire::Viewpoint {
            user: typed.application,
            base_url: &core.base_url,
            on_gateway: false,
        };
        let body = wire::message(&core.world, message, &view);
        resolved.put("messages", target, Some(body));
    }
    Ok(json!({
        "id": command.id, "name": command.name, "type": kind,
        "target_id": target, "resolved": resolved.into_value(),
    }))
}

fn usable(world: &World, typed: &Typed, kind: u8, name: &str) -> Result<Command, String> {
    let channel = world
        .channels
        .get(&typed.channel)
        .ok_or("the channel is gone")?;
    let application = world
        .applications
        .get(&typed.application)
        .ok_or("there is no bot")?;
    if let Some(guild) = channel.guild {
        let there = world.guilds.get(&guild);
        if !there.is_some_and(|guild| guild.members.contains_key(&application.id)) {
            return Err("the bot is not in this guild".to_owned());
        }
        if !world.may(
            typed.user,
            channel.id,
            VIEW_CHANNEL | USE_APPLICATION_COMMANDS,
        ) {
            return Err(format!(
                "no commands can be used in #{} by this person",
                channel.name
            ));
        }
    }
    let all = application.usable(channel.guild);
    let found = all
        .iter()
        .find(|command| command.kind == kind && command.name == name);
    let Some(command) = found else {
        let same = all.iter().filter(|command| command.kind == kind);
        let known: Vec<&str> = same.map(|command| command.name.as_str()).collect();
        return Err(format!(
            "there is no command {name:?} (there is: {})",
            known.join(", ")
        ));
    };
    fits_here(world, typed.user, channel, command)?;
    Ok((*command).clone())
}

/// Whether a person is offered a command in a channel: where it can be used, and by whom.
pub(crate) fn fits_here(
    world: &World,
    user: Snowflake,
    channel: &Channel,
    command: &Command,
) -> Result<(), String> {
    let (body, name) = (&command.body, &command.name);
    let context = i32::from(channel.guild.is_none());
    let contexts = body.get("contexts").and_then(Value::as_array);
    let here = contexts.is_none_or(|list| list.contains(&json!(context)));
    let in_direct = body.get("dm_permission") != Some(&json!(false));
    if !here || (channel.guild.is_none() && contexts.is_none() && !in_direct) {
        return Err(format!("{name:?} cannot be used here"));
    }
    let needed = body
        .get("default_member_permissions")
        .and_then(Value::as_str);
    if let (Some(needed), Some(_)) = (needed.and_then(|n| n.parse::<u64>().ok()), channel.guild) {
        let held = world.permissions_in(user, channel.id);
        let missing = if needed == 0 {
            held & permissions::ADMINISTRATOR == 0
        } else {
            held & needed != needed
        };
        if missing {
            return Err(format!(
                "{name:?} is hidden from this person (needs {needed:#x})"
            ));
        }
    }
    Ok(())
}

/// The objects that ids in options refer to.
#[derive(Debug, Default)]
pub(crate) struct Resolved(Map<String, Value>);

impl Resolved {
    pub(crate) fn put(&mut self, kind: &str, id: Snowflake, body: Option<Value>) {
        let Some(body) = body else { return };
        let group = self.0.entry(kind).or_insert_with(|| json!({}));
        if let Some(group) = group.as_object_mut() {
            group.insert(id.to_string(), body);
        }
    }

    fn user(&mut self, core: &Core, typed: &Typed, id: Snowflake) {
        self.user_in(core, typed.channel, id);
    }

    pub(crate) fn user_in(&mut self, core: &Core, channel: Snowflake, id: Snowflake) {
        self.put("users", id, core.world.users.get(&id).map(wire::user));
        self.put(
            "members",
            id,
            wire::partial_member(&core.world, channel, id),
        );
    }

    pub(crate) fn role_in(&mut self, core: &Core, channel: Snowflake, id: Snowflake) {
        let guild = core
            .world
            .channels
            .get(&channel)
            .and_then(|channel| channel.guild);
        let guild = guild.and_then(|id| core.world.guilds.get(&id));
        let role = guild.and_then(|guild| guild.roles.get(&id));
        self.put("roles", id, role.map(wire::role));
    }

    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

fn fit(
    core: &mut Core,
    typed: &Typed,
    option: &Value,
    given: &Given,
    resolved: &mut Resolved,
) -> Result<Value, String> {
    let name = text(option, "name");
    let kind = number(option, "type");
    let id = match (kind, given) {
        (11, Given::File(filename, bytes)) => {
            let id = core.world.mint();
            let file = Attachment {
                id,
                filename: filename.clone(),
                description: None,
                content_type: crate::rest::guess_content_type(filename).to_owned(),
                bytes: std::sync::Arc::new(bytes.clone()),
                ephemeral: true,
                in_embed: false,
            };
            let body = wire::attachment(&file, typed.channel, &core.base_url);
            core.world.uploads.push(file);
            resolved.put("attachments", id, Some(body));
            return Ok(json!(id));
        }
        (6..=9, Given::Id(id)) => *id,
        (6..=9, Given::Text(words)) => named(&core.world, typed.channel, kind, words)
            .ok_or_else(|| format!("nothing is called {words:?} (option {name:?})"))?,
        (_, Given::Text(words)) => return Ok(worded(option, kind, words)),
        (_, Given::Value(value)) => return Ok(value.clone()),
        _ => return Err(format!("the option {name:?} is of another type")),
    };
    match kind {
        6 => resolved.user(core, typed, id),
        7 => {
            let body = wire::resolved_channel(&core.world, id, typed.user);
            resolved.put("channels", id, body);
        }
        8 => resolved.role_in(core, typed.channel, id),
        _ if core.world.users.contains_key(&id) => resolved.user(core, typed, id),
        _ => resolved.role_in(core, typed.channel, id),
    }
    Ok(json!(id))
}

/// A choice by its label or value, else the words as the option's type.
fn worded(option: &Value, kind: u64, words: &str) -> Value {
    let choices = option.get("choices").and_then(Value::as_array);
    let plain = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    for choice in choices.into_iter().flatten() {
        let value = choice.get("value").cloned().unwrap_or_default();
        if text(choice, "name").eq_ignore_ascii_case(words) || plain(&value) == words {
            return value;
        }
    }
    let parsed = match kind {
        4 => words.parse::<i64>().ok().map(|number| json!(number)),
        10 => words.parse::<f64>().ok().map(|number| json!(number)),
        5 => match words.to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(json!(true)),
            "false" | "no" => Some(json!(false)),
            _ => None,
        },
        _ => None,
    };
    parsed.unwrap_or_else(|| json!(words))
}

fn text(of: &Value, key: &str) -> String {
    of.get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn number(of: &Value, key: &str) -> u64 {
    of.get(key).and_then(Value::as_u64).unwrap_or(0)
}
