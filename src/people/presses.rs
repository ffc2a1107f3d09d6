//! Buttons, selects and modals of people and settings. Who presses is checked by the use-cases, at
//! every press.

use futures::future::BoxFuture;

use super::service::{self, Change, Place};
use super::view::SetupPage;
use super::{Seen, commands, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;
use crate::ids::{ChannelId, GuildId};

/// Handles a press of a component whose custom id begins with `setup`.
pub fn press_setup<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        let guild = ask.guild()?;
        let is_admin = ask.caller.is_admin;
        let settings = service::settings(ask.app(), guild, is_admin).await?;
        let change = match press.id.action() {
            "open" => {
                let panel = commands::panel(&ask, &settings, SetupPage::First, false).await;
                return ask.reply(panel).await;
            }
            "first" | "second" => {
                let page = match press.id.action() {
                    "first" => SetupPage::First,
                    _ => SetupPage::Second,
                };
                let panel = commands::panel(&ask, &settings, page, false).await;
                return Ok(ask.answer.update(&panel).await?);
            }
            "zone" => return Ok(ask.answer.modal(&view::zone_modal(&settings)).await?),
            "reaction" => return Ok(ask.answer.modal(&view::reaction_modal(&settings)).await?),
            "digest" => return Ok(ask.answer.modal(&view::digest_modal(&settings)).await?),
            "digest-typed" => Change::Digest(commands::weekly(press.field("digest"))?),
            "digest-off" => Change::Digest(None),
            "cadence" => Change::CadenceChannel(Some(place(&ask, &press, guild).await?)),
            "cadence-off" => Change::CadenceChannel(None),
            "zone-typed" => Change::Zone(commands::zone(press.field("zone"))?),
            "reaction-typed" => Change::Reaction(commands::emoji(press.field("reaction"))?),
            "channel" => Change::Channel(Some(place(&ask, &press, guild).await?)),
            "here" => Change::Channel(None),
            "forms" => Change::Forms(press.values.clone()),
            "chat" => Change::ChatKudos(switch(&press)?),
            "reactions" => Change::ReactionKudos(switch(&press)?),
            "boards" => Change::Leaderboards(switch(&press)?),
            "done" => Change::Done,
            _ => return Err(view::stale()),
        };
        let is_done = change == Change::Done;
        let admin = Seen::from(&ask.caller);
        let changes = [change];
        let settings = service::set_up(ask.app(), guild, &admin, is_admin, &changes).await?;
        let message = if is_done {
            view::set_up(|name| ask.bot.command_ids.mention(name))
        } else {
            commands::panel(&ask, &settings, SetupPage::of(&changes), true).await
        };
        Ok(ask.answer.update(&message).await?)
    })
}

/// The channel that was chosen from a list.
async fn place(ask: &Ask<'_>, press: &Press<'_>, guild: GuildId) -> Result<Place, Failure> {
    let channel = press.values.first().and_then(|id| id.parse::<u64>().ok());
    let channel = ChannelId::from(channel.ok_or_else(view::stale)?);
    commands::find_place(ask, guild, channel).await
}

/// Whether a switch was pressed to be on or off.
fn switch(press: &Press<'_>) -> Result<bool, Failure> {
    match press.id.args() {
        [state] if state == "on" => Ok(true),
        [state] if state == "off" => Ok(false),
        _ => Err(view::stale()),
    }
}

/// Handles a press of a component whose custom id begins with `my`.
pub fn press_own<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move { commands::own_pressed(&ask, &press).await })
}

/// Handles a press of a component whose custom id begins with `team`.
pub fn press_team<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move { commands::team_pressed(&ask, &press).await })
}

/// Handles a press of a component whose custom id begins with `help`.
pub fn press_help<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move { commands::help_pressed(&ask, &press).await })
}

/// Handles a press of a component whose custom id begins with `audit`.
pub fn press_audit<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move { commands::audit_pressed(&ask, &press).await })
}

/// Handles a press of a component whose custom id begins with `privacy`.
pub fn press_privacy<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move { commands::privacy_pressed(&ask, &press).await })
}
