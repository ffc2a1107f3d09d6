//! Registering the commands with Discord, only when they changed, and mentioning them by their ids.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use reqwest::Method;
use serde_json::Value;

use super::bot::Bot;
use super::rest::RestError;
use crate::db::Db;
use crate::error::Failure;

/// The ids under which the commands stand at Discord, by name.
#[derive(Clone, Debug, Default)]
pub struct CommandIds(Arc<RwLock<HashMap<String, u64>>>);

impl CommandIds {
    /// A mention such as `</kudos give:123>` that opens the command when tapped; plain code while
    /// the ids are not known.
    #[must_use]
    pub fn mention(&self, command: &str) -> String {
        let top = command.split(' ').next().unwrap_or(command);
        let ids = self.0.read().unwrap_or_else(PoisonError::into_inner);
        match ids.get(top) {
            Some(id) => format!("</{command}:{id}>"),
            None => format!("`/{command}`"),
        }
    }

    fn keep(&self, registered: &Value) {
        let ids = registered
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|command| {
                let name = command.get("name")?.as_str()?.to_owned();
                Some((name, command.get("id")?.as_str()?.parse().ok()?))
            });
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = ids.collect();
    }
}

/// Registers the commands of the tables, globally or for the one development guild, unless Discord
/// has just these already.
///
/// # Errors
/// [`RestError`] as a fault: without commands there is no bot, so the caller says so and goes on
/// trying.
pub async fn register(bot: &Bot, application: u64) -> Result<(), Failure> {
    let scope = match bot.app.config.discord.development_guild {
        Some(guild) => format!("/applications/{application}/guilds/{guild}/commands"),
        None => format!("/applications/{application}/commands"),
    };
    let wanted = body(&(bot.tables.commands)())?;
    let fact = format!("commands:{scope}");
    let there = bot
        .rest
        .call(Method::GET, &scope, None)
        .await
        .map_err(fault)?;
    let text = wanted.to_string();
    if names(&there) == names(&wanted)
        && read_fact(&bot.app.db, &fact).await?.as_ref() == Some(&text)
    {
        bot.command_ids.keep(&there);
        return Ok(());
    }
    let registered = bot
        .rest
        .call(Method::PUT, &scope, Some(&wanted))
        .await
        .map_err(fault)?;
    bot.command_ids.keep(&registered);
    write_fact(&bot.app.db, &fact, &text).await?;
    tracing::info!(count = names(&wanted).len(), "registered the commands");
    Ok(())
}

/// The body of Bulk Overwrite Global Application Commands,
/// <https://docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands>.
fn body(commands: &[poise::Command<Bot, Failure>]) -> Result<Value, Failure> {
    let mut body = serde_json::to_value(poise::builtins::create_application_commands(commands))?;
    drop_nulls(&mut body);
    for command in body.as_array_mut().into_iter().flatten() {
        number_permissions(command);
        // Not in that description either, and what it says is the default.
        command.as_object_mut().map(|fields| fields.remove("nsfw"));
    }
    Ok(body)
}

/// Discord's description of this request has the permissions as a number, where serenity writes
/// the text that other places want.
fn number_permissions(command: &mut Value) {
    let permissions = command
        .get("default_member_permissions")
        .and_then(Value::as_str)
        .and_then(|bits| bits.parse::<u64>().ok());
    if let (Some(bits), Some(fields)) = (permissions, command.as_object_mut()) {
        fields.insert("default_member_permissions".to_owned(), bits.into());
    }
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

fn names(commands: &Value) -> Vec<(&str, u64)> {
    let mut names: Vec<_> = commands
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|command| {
            let kind = command.get("type").and_then(Value::as_u64).unwrap_or(1);
            Some((command.get("name")?.as_str()?, kind))
        })
        .collect();
    names.sort_unstable();
    names
}

fn fault(fault: RestError) -> Failure {
    Failure::Fault(Box::new(fault))
}

async fn read_fact(db: &Db, key: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("SELECT value FROM facts WHERE key = ?", key)
        .fetch_optional(db.read())
        .await
}

async fn write_fact(db: &Db, key: &str, value: &str) -> Result<(), sqlx::Error> {
    let mut tx = db.write().await?;
    sqlx::query!(
        "INSERT INTO facts (key, value) VALUES (?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn permissions_are_registered_as_the_number_that_discord_describes() {
        let mut command = json!({"name": "setup", "default_member_permissions": "32"});
        number_permissions(&mut command);
        assert_eq!(command["default_member_permissions"], json!(32));
        let mut open = json!({"name": "kudos"});
        number_permissions(&mut open);
        assert_eq!(open, json!({"name": "kudos"}));
    }
}
