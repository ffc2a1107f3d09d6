//! The table of routes: which request is answered by what.

use super::incoming::Incoming;
use super::reactions::{self, Place};
use super::reply::{Answer, Refusal};
use super::{channels, commands, guilds, interactions, webhooks};
use crate::platform::Core;
use crate::state::Snowflake;

/// Answers a request. Only the gateway's address, and what carries an interaction's token, need no
/// bot token.
pub(crate) fn answer(core: &mut Core, incoming: &Incoming) -> Answer {
    let path = incoming.path.trim_matches('/');
    let segments: Vec<&str> = path.split('/').collect();
    let method = incoming.method.as_str();
    match (method, segments.as_slice()) {
        ("GET", ["gateway"]) => guilds::gateway(core),
        ("POST", ["interactions", id, token, "callback"]) => {
            interactions::answer(core, id, token, incoming)
        }
        (_, ["webhooks", application, token]) => match method {
            "POST" => webhooks::follow_up(core, application, token, incoming),
            _ => Err(Refusal::method_not_allowed()),
        },
        (_, ["webhooks", application, token, "messages", message]) => match method {
            "GET" => webhooks::get(core, application, token, message),
            "PATCH" => webhooks::edit(core, application, token, message, incoming),
            "DELETE" => webhooks::delete(core, application, token, message),
            _ => Err(Refusal::method_not_allowed()),
        },
        (_, rest) => {
            let token = incoming.token.as_deref();
            let found = token.and_then(|token| core.world.application_by_token(token));
            let bot = found.ok_or_else(Refusal::unauthorized)?.id;
            as_bot(core, bot, rest, incoming)
        }
    }
}

fn as_bot(core: &mut Core, bot: Snowflake, segments: &[&str], incoming: &Incoming) -> Answer {
    let method = incoming.method.as_str();
    match (method, segments) {
        ("GET", ["gateway", "bot"]) => guilds::gateway_bot(core),
        ("GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]) => {
            guilds::application(core, bot)
        }
        ("GET", ["users", "@me"]) => guilds::own_user(core, bot),
        ("GET", ["users", "@me", "guilds"]) => guilds::own_guilds(core, bot),
        ("DELETE", ["users", "@me", "guilds", guild]) => {
            guilds::leave(core, bot, Incoming::id(guild)?)
        }
        ("POST", ["users", "@me", "channels"]) => channels::open_direct(core, bot, incoming),
        ("GET", ["users", user]) => guilds::user(core, Incoming::id(user)?),
        (_, ["channels", channel, rest @ ..]) => {
            in_channel(core, bot, Incoming::id(channel)?, rest, incoming)
        }
        ("GET", ["guilds", guild, rest @ ..]) => {
            in_guild(core, bot, Incoming::id(guild)?, rest, incoming)
        }
        (_, ["applications", application, "commands", rest @ ..]) => {
            let scope = commands::Scope::new(core, bot, application, None)?;
            of_commands(core, scope, rest, incoming)
        }
        (
            _,
            [
                "applications",
                application,
                "guilds",
                guild,
                "commands",
                rest @ ..,
            ],
        ) => {
            let scope = commands::Scope::new(core, bot, application, Some(guild))?;
            of_commands(core, scope, rest, incoming)
        }
        _ => Err(Refusal::no_such_route()),
    }
}

fn in_channel(
    core: &mut Core,
    bot: Snowflake,
    channel: Snowflake,
    segments: &[&str],
    incoming: &Incoming,
) -> Answer {
    let method = incoming.method.as_str();
    match (method, segments) {
        ("GET", []) => channels::get(core, bot, channel),
        ("POST", ["typing"]) => channels::typing(core, bot, channel),
        ("GET", ["messages"]) => channels::history(core, bot, channel, incoming),
        ("POST", ["messages"]) => channels::post(core, bot, channel, incoming),
        ("POST", ["messages", "bulk-delete"]) => {
            channels::bulk_delete(core, bot, channel, incoming)
        }
        (_, ["messages", message]) => {
            let message = Incoming::id(message)?;
            match method {
                "GET" => channels::get_message(core, bot, channel, message),
                "PATCH" => channels::edit(core, bot, channel, message, incoming),
                "DELETE" => channels::delete(core, bot, channel, message),
                _ => Err(Refusal::method_not_allowed()),
            }
        }
        (_, ["messages", message, "reactions", rest @ ..]) => {
            let at = Place {
                bot,
                channel,
                message: Incoming::id(message)?,
            };
            match (method, rest) {
                ("PUT", [emoji, "@me"]) => reactions::add(core, at, emoji),
                ("DELETE", [emoji, whose]) => reactions::remove(core, at, emoji, whose),
                ("DELETE", []) => reactions::clear(core, at, None),
                ("DELETE", [emoji]) => reactions::clear(core, at, Some(emoji)),
                ("GET", [emoji]) => reactions::list(core, at, emoji, incoming),
                _ => Err(Refusal::no_such_route()),
            }
        }
        _ => Err(Refusal::no_such_route()),
    }
}

fn in_guild(
    core: &Core,
    bot: Snowflake,
    guild: Snowflake,
    segments: &[&str],
    incoming: &Incoming,
) -> Answer {
    match segments {
        [] => guilds::get(core, bot, guild, incoming),
        ["channels"] => guilds::channels(core, bot, guild),
        ["threads", "active"] => guilds::active_threads(core, bot, guild),
        ["roles"] => guilds::roles(core, bot, guild),
        ["members"] => guilds::members(core, bot, guild, incoming),
        ["members", "search"] => guilds::search_members(core, bot, guild, incoming),
        ["members", user] => guilds::member(core, bot, guild, Incoming::id(user)?),
        _ => Err(Refusal::no_such_route()),
    }
}

fn of_commands(
    core: &mut Core,
    scope: commands::Scope,
    segments: &[&str],
    incoming: &Incoming,
) -> Answer {
    match (incoming.method.as_str(), segments) {
        ("GET", []) => commands::list(core, scope),
        ("PUT", []) => commands::overwrite(core, scope, incoming),
        ("POST", []) => commands::create(core, scope, incoming),
        ("GET", [id]) => commands::get(core, scope, id),
        ("PATCH", [id]) => commands::change(core, scope, id, incoming),
        ("DELETE", [id]) => commands::delete(core, scope, id),
        _ => Err(Refusal::no_such_route()),
    }
}
