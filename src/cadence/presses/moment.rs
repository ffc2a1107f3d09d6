//! Buttons, selects and forms of coaching moments. They also stand in DMs, so the guild is in their
//! ids.

use futures::future::BoxFuture;

use crate::cadence::{commands, service, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;
use crate::ids::{GuildId, MomentId};

/// Handles a press of a component whose custom id begins with `moment`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        if press.id.action() == "note" {
            return commands::moment_noted(&ask, &press).await;
        }
        let (app, user) = (ask.app(), ask.caller.user);
        let guild = press.id.get::<u64>(0).map(GuildId::from);
        let guild = guild.ok_or_else(view::stale)?;
        let value = press.values.first().map_or("", String::as_str);
        if press.id.action() == "take" {
            let id = value.parse::<MomentId>().map_err(|_| view::stale())?;
            let noted = service::moment(app, guild, user, id).await?;
            return ask.reply(view::moment(&noted, false)).await;
        }
        let id = press.id.get::<MomentId>(1).ok_or_else(view::stale)?;
        let message = match press.id.action() {
            "share" => {
                let noted = service::moment(app, guild, user, id).await?;
                if noted.series.len() > 1 {
                    view::share_where(&noted)
                } else {
                    let (_, circle) = service::share_moment(app, guild, user, id, None).await?;
                    view::moment_shared(&circle)
                }
            }
            "into" => {
                let into = view::chosen_series(value);
                let (_, circle) = service::share_moment(app, guild, user, id, into).await?;
                view::moment_shared(&circle)
            }
            "away" => {
                let noted = service::put_moment_away(app, guild, user, id).await?;
                view::moment_away(&noted)
            }
            "out" => {
                let noted = service::take_moment_out(app, guild, user, id).await?;
                view::moment(&noted, false)
            }
            _ => return Err(view::stale()),
        };
        Ok(ask.answer.update(&message).await?)
    })
}
