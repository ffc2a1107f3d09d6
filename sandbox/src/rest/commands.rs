//! Registering commands, globally and for one guild.
//! <https://docs.discord.com/developers/interactions/application-commands>

use serde_json::{Value, json};

use super::incoming::Incoming;
use super::reply::{Answer, Refusal, Reply};
use crate::limits;
use crate::platform::Core;
use crate::state::{Command, Snowflake};
use crate::wire;

/// Whose commands, and where they can be used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    pub(crate) bot: Snowflake,
    pub(crate) guild: Option<Snowflake>,
}

impl Scope {
    /// Checks that the bot asks about itself, and about a guild that it is in.
    pub(crate) fn new(
        core: &Core,
        bot: Snowflake,
        application: &str,
        guild: Option<&str>,
    ) -> Result<Self, Refusal> {
        if Incoming::id(application)? != bot {
            return Err(Refusal::not_yours());
        }
        let guild = guild.map(Incoming::id).transpose()?;
        if let Some(id) = guild {
            let found = core.world.guilds.get(&id);
            if !found.is_some_and(|guild| guild.members.contains_key(&bot)) {
                return Err(Refusal::missing_access());
            }
        }
        Ok(Self { bot, guild })
    }

    fn commands(self, core: &Core) -> &[Command] {
        let application = core.world.applications.get(&self.bot);
        application.map_or(&[], |application| application.commands(self.guild))
    }
}

pub(crate) fn list(core: &Core, scope: Scope) -> Answer {
    Ok(Reply::ok(
        scope
            .commands(core)
            .iter()
            .map(|command| command.body.clone())
            .collect(),
    ))
}

pub(crate) fn get(core: &Core, scope: Scope, id: &str) -> Answer {
    let id = Incoming::id(id)?;
    let found = scope.commands(core).iter().find(|command| command.id == id);
    found
        .map(|c| Reply::ok(c.body.clone()))
        .ok_or_else(Refusal::unknown_command)
}

/// Replaces all commands of the scope. A command of the same kind and name keeps its id.
pub(crate) fn overwrite(core: &mut Core, scope: Scope, incoming: &Incoming) -> Answer {
    limits::commands(&incoming.body).map_err(|broken| Refusal::invalid(&broken))?;
    let sent = incoming.body.as_array().cloned().unwrap_or_default();
    let made: Vec<Command> = sent
        .iter()
        .map(|body| make(core, scope, body, None))
        .collect();
    let answer = made.iter().map(|command| command.body.clone()).collect();
    if let Some(application) = core.world.applications.get_mut(&scope.bot) {
        *application.commands_mut(scope.guild) = made;
    }
    Ok(Reply::ok(answer))
}

/// Adds a command; one of the same kind and name is replaced.
pub(crate) fn create(core: &mut Core, scope: Scope, incoming: &Incoming) -> Answer {
    limits::command(&incoming.body).map_err(|broken| Refusal::invalid(&broken))?;
    let made = make(core, scope, &incoming.body, None);
    let known = scope
        .commands(core)
        .iter()
        .any(|command| command.id == made.id);
    let body = made.body.clone();
    put(core, scope, made);
    Ok(if known {
        Reply::ok(body)
    } else {
        Reply::created(body)
    })
}

/// Changes the named fields of a command.
pub(crate) fn change(core: &mut Core, scope: Scope, id: &str, incoming: &Incoming) -> Answer {
    let id = Incoming::id(id)?;
    let found = scope.commands(core).iter().find(|command| command.id == id);
    let mut body = found.ok_or_else(Refusal::unknown_command)?.body.clone();
    if let (Some(fields), Some(changes)) = (body.as_object_mut(), incoming.body.as_object()) {
        for derived in ["id", "application_id", "version", "guild_id"] {
            fields.remove(derived);
        }
        fields.extend(changes.clone());
    }
    limits::command(&body).map_err(|broken| Refusal::invalid(&broken))?;
    let made = make(core, scope, &body, Some(id));
    let body = made.body.clone();
    put(core, scope, made);
    Ok(Reply::ok(body))
}

pub(crate) fn delete(core: &mut Core, scope: Scope, id: &str) -> Answer {
    let id = Incoming::id(id)?;
    if !scope.commands(core).iter().any(|command| command.id == id) {
        return Err(Refusal::unknown_command());
    }
    if let Some(application) = core.world.applications.get_mut(&scope.bot) {
        application
            .commands_mut(scope.guild)
            .retain(|command| command.id != id);
    }
    Ok(Reply::nothing())
}

fn put(core: &mut Core, scope: Scope, made: Command) {
    let Some(application) = core.world.applications.get_mut(&scope.bot) else {
        return;
    };
    let commands = application.commands_mut(scope.guild);
    match commands.iter_mut().find(|command| command.id == made.id) {
        Some(place) => *place = made,
        None => commands.push(made),
    }
}

fn make(core: &mut Core, scope: Scope, body: &Value, known: Option<Snowflake>) -> Command {
    let kind = body.get("type").and_then(Value::as_u64).unwrap_or(1);
    let kind = u8::try_from(kind).unwrap_or(1);
    let name = body
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let same = |command: &&Command| command.kind == kind && command.name == name;
    let before = known.or_else(|| scope.commands(core).iter().find(same).map(|c| c.id));
    let id = before.unwrap_or_else(|| core.world.mint());
    let version = core.world.mint();
    let body = match core.world.applications.get(&scope.bot) {
        Some(application) => wire::command_body(application, scope.guild, id, version, body),
        None => json!({}),
    };
    Command {
        id,
        kind,
        name,
        body,
    }
}
