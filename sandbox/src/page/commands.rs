//! The commands that a person is offered in a place.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};

use crate::driver::command;
use crate::permissions::{USE_APPLICATION_COMMANDS, VIEW_CHANNEL};
use crate::platform::Core;
use crate::state::Snowflake;

/// The commands and menus that Discord's client would list, by name.
pub(super) fn offered(core: &Core, bot: Snowflake, person: Snowflake, place: Snowflake) -> Value {
    let channel = core.world.channels.get(&place);
    let application = core.world.applications.get(&bot);
    let (Some(channel), Some(application)) = (channel, application) else {
        return json!([]);
    };
    let needed = VIEW_CHANNEL | USE_APPLICATION_COMMANDS;
    if channel.guild.is_some() && !core.world.may(person, place, needed) {
        return json!([]);
    }
    let usable = application.usable(channel.guild).into_iter();
    let fitting =
        usable.filter(|found| command::fits_here(&core.world, person, channel, found).is_ok());
    let mut offered: Vec<&Value> = fitting.map(|found| &found.body).collect();
    offered.sort_by_key(|body| body.get("name").and_then(Value::as_str).map(str::to_owned));
    json!(offered)
}

/// A mark that changes when what is registered does.
pub(super) fn mark(core: &Core, bot: Snowflake) -> String {
    let mut hasher = DefaultHasher::new();
    if let Some(application) = core.world.applications.get(&bot) {
        let by_guild = application.guild_commands.values().flatten();
        for command in application.global_commands.iter().chain(by_guild) {
            command.id.hash(&mut hasher);
            command
                .body
                .get("version")
                .map(Value::to_string)
                .hash(&mut hasher);
        }
    }
    format!("{:016x}", hasher.finish())
}
