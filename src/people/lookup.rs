//! Finding out who an account is: from what is known, else by asking Discord.

use futures::future::join_all;
use reqwest::Method;
use serde_json::Value;

use super::{Overseer, Seen, find_person};
use crate::discord::bot::{Bot, Caller, Ctx};
use crate::discord::rest::RestError;
use crate::error::Failure;
use crate::ids::{GuildId, UserId};

impl From<&Caller> for Seen {
    fn from(caller: &Caller) -> Self {
        Self {
            user: caller.user,
            name: caller.name.clone(),
            is_bot: false,
            is_here: true,
        }
    }
}

impl From<&Caller> for Overseer {
    fn from(caller: &Caller) -> Self {
        Self {
            user: caller.user,
            is_admin: caller.is_admin,
        }
    }
}

/// A person whom an option names, by the name that others see in the guild.
#[must_use]
pub fn seen(ctx: Ctx<'_>, user: &serenity::all::User) -> Seen {
    // Discord shows the member beside the user of whoever is in the guild.
    let member = ctx.interaction.data.resolved.members.get(&user.id);
    let nick = member.and_then(|member| member.nick.clone());
    Seen {
        user: UserId::from(user.id),
        name: nick.unwrap_or_else(|| user.display_name().to_owned()),
        is_bot: user.bot,
        is_here: member.is_some(),
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
            is_here: false,
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
            is_here: true,
        })),
        // 400: what a button names is no id at all.
        Err(RestError::Refused {
            status: 400 | 404, ..
        }) => Ok(None),
        Err(fault) => Err(Failure::Fault(Box::new(fault))),
    }
}

/// Which of these accounts are in the guild now, in their order: true or false by Discord's word,
/// `None` where it gave none. One request an account, so ask about few. Without the members intent
/// nobody tells the bot that somebody left; it finds out where it matters.
pub(super) async fn are_here(bot: &Bot, guild: GuildId, users: &[UserId]) -> Vec<Option<bool>> {
    let ask = |user: &UserId| {
        let path = format!("/guilds/{guild}/members/{user}");
        async move {
            match bot.rest.call(Method::GET, &path, None).await {
                Ok(_) => Some(true),
                Err(RestError::Refused { status: 404, .. }) => Some(false),
                Err(_) => None,
            }
        }
    };
    join_all(users.iter().map(ask)).await
}

/// The name that others see: nickname, else display name, else user name.
fn display_name(member: &Value) -> Option<&str> {
    ["/nick", "/user/global_name", "/user/username"]
        .into_iter()
        .find_map(|path| member.pointer(path)?.as_str())
}
