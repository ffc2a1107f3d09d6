//! Buttons, selects and modals of promises. They also stand in DMs, so the guild is in their ids.

use futures::future::BoxFuture;

use crate::cadence::rules::PromiseState;
use crate::cadence::{service, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;
use crate::ids::{GuildId, PersonId, PromiseId};

/// Handles a press of a component whose custom id begins with `promise`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        let (app, user) = (ask.app(), ask.caller.user);
        if press.id.action() == "page" {
            return turn(&ask, &press).await;
        }
        let guild = press.id.get::<u64>(0).map(GuildId::from);
        let guild = guild.ok_or_else(view::stale)?;
        if let "kept" | "day-of" = press.id.action() {
            let id = chosen(&press)?;
            if press.id.action() == "day-of" {
                return Ok(ask.answer.modal(&view::day_form(guild, id)).await?);
            }
            let done = PromiseState::Done;
            let done = service::finish_promise(app, guild, user, Ok(id), done, None).await?;
            return ask.reply(view::promise_finished(&done, app.now())).await;
        }
        let id = press.id.get::<PromiseId>(1).ok_or_else(view::stale)?;
        let finished = match press.id.action() {
            "done" => {
                service::finish_promise(app, guild, user, Ok(id), PromiseState::Done, None).await?
            }
            "dropped" => {
                let (state, reason) = (PromiseState::Dropped, Some(press.field("reason")));
                service::finish_promise(app, guild, user, Ok(id), state, reason).await?
            }
            "not-mine" => service::not_mine(app, guild, user, id).await?,
            "reopen" => service::reopen_promise(app, guild, user, id).await?,
            "dated" => {
                let typed = press.field("due");
                let dated = service::set_promise_day(app, guild, user, id, typed).await?;
                return ask.reply(view::promise_dated(&dated, app.now())).await;
            }
            "drop" => return Ok(ask.answer.modal(&view::drop_form(guild, id)).await?),
            "day" => return Ok(ask.answer.modal(&view::day_form(guild, id)).await?),
            _ => return Err(view::stale()),
        };
        ask.reply(view::promise_finished(&finished, app.now()))
            .await
    })
}

fn chosen(press: &Press<'_>) -> Result<PromiseId, Failure> {
    let chosen = press.values.first().and_then(|id| id.parse().ok());
    chosen.ok_or_else(view::stale)
}

async fn turn(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (with, page) = (press.id.get::<i64>(0), press.id.get::<u32>(1));
    let (with, page) = with.zip(page).ok_or_else(view::stale)?;
    let with = Some(with).filter(|id| *id != 0).map(PersonId).map(Ok);
    let (app, guild, user) = (ask.app(), ask.guild()?, ask.caller.user);
    let listed = service::list_promises(app, guild, user, with, page).await?;
    let page = view::promises(&listed, app.now());
    Ok(ask.answer.update(&page).await?)
}
