//! Finding out who an account is: from what is known, else by asking Discord.

use reqwest::Method;
use serde_json::Value;

use super::{Seen, find_person};
use crate::discord::bot::{Bot, Caller};
use crate::discord::rest::RestError;
use crate::error::Failure;
use crate::ids::{GuildId, UserId};

impl From<&Caller> for Seen {
    fn from(caller: &Caller) -> Self {
        Self {
            user: caller.user,
            name: caller.name.clone(),
            is_bot: false,
        }
    }
}

/// The member of a guild behind an account; `None` if nobody there has it.
///
/// # Errors
/// Faults of the database and of Discord.
pub async fn member(bot: &Bot, guild: GuildId, user: UserId) -> Result<Option<Seen>, Failure> {
    if let Some(person) = find_person(bot.app.db.read(), guild, user).await?
        && let Some(name) = person.name
    {
        return Ok(Some(Seen {
            user,
            name,
            is_bot: person.is_bot,
        }));
    }
    let path = format!("/guilds/{guild}/members/{user}");
    match bot.rest.call(Method::GET, &path, None).await {
        Ok(member) => Ok(Some(Seen {
            user,
            name: display_name(&member).unwrap_or_default().to_owned(),
            is_bot: member
                .pointer("/user/bot")
                .and_then(Value::as_bool)
                .unwrap_or_default(),
        })),
        Err(RestError::Refused { status: 404, .. }) => Ok(None),
        Err(fault) => Err(Failure::Fault(Box::new(fault))),
    }
}

/// The name that others see: nickname, else display name, else user name.
fn display_name(member: &Value) -> Option<&str> {
    ["/nick", "/user/global_name", "/user/username"]
        .into_iter()
        .find_map(|path| member.pointer(path)?.as_str())
}
