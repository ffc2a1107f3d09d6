//! Who changed what, for admins.

use serenity::all::User;

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::PersonId;
use crate::people::service::{self, TrailFrom};
use crate::people::{lookup, view};
use crate::render::Message;

/// See who changed what in settings, teams and values (admins).
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_GUILD")]
pub(super) async fn audit(
    ctx: Ctx<'_>,
    #[description = "Only what this person changed"] who: Option<User>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let who = match who {
            Some(who) => {
                let (guild, is_admin) = (ask.guild()?, ask.caller.is_admin);
                let who = lookup::seen(ctx, &who);
                Some(
                    service::who_changed(ask.app(), guild, is_admin, &who)
                        .await?
                        .id,
                )
            }
            None => None,
        };
        let message = page(&ask, who, TrailFrom::Latest).await?;
        ask.reply(message).await
    })
    .await
}

/// Handles a press of a component whose custom id begins with `audit`: another page.
pub(in crate::people) async fn audit_pressed(
    ask: &Ask<'_>,
    press: &Press<'_>,
) -> Result<(), Failure> {
    let row = || press.id.get::<i64>(0).ok_or_else(view::stale);
    let from = match press.id.action() {
        "latest" => TrailFrom::Latest,
        "before" => TrailFrom::Before(row()?),
        "after" => TrailFrom::After(row()?),
        _ => return Err(view::stale()),
    };
    let message = page(ask, press.id.get::<PersonId>(1), from).await?;
    Ok(ask.answer.update(&message).await?)
}

async fn page(ask: &Ask<'_>, who: Option<PersonId>, from: TrailFrom) -> Result<Message, Failure> {
    let (app, guild, is_admin) = (ask.app(), ask.guild()?, ask.caller.is_admin);
    let trail = service::trail(app, guild, is_admin, who, from).await?;
    let who = match who {
        Some(id) => crate::people::person_by_id(app.db.read(), guild, id).await?,
        None => None,
    };
    Ok(view::audit(&trail, who.as_ref(), ask.bot.tables.tellers))
}
