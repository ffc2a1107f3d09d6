//! The scorecard's slash commands: arguments in, a use-case, a message out.

mod card;
mod choices;
mod define;
mod edit;
mod export;
mod import;
mod list;
mod record;
mod remind;
mod review;
mod show;
mod template;

use poise::Command;

pub(super) use card::card_shared;
pub(super) use define::retire_pressed;
pub(super) use edit::questions_answered;
pub(super) use import::import_pressed;
pub(super) use list::{history_turned, list_turned};
pub(super) use remind::{
    disowned, missing_recorded, news_opened, record_pressed, reminder_put_off,
};
pub(super) use review::review_pressed;
pub(super) use show::{metric_shared, receipts_opened};
pub(super) use template::template_pressed;

use super::service::{self, Asker, Viewer};
use super::view;
use crate::discord::bot::{Ask, Bot, Ctx, Press};
use crate::error::Failure;
use crate::people::{self, Seen};
use crate::render::chart::{Picture, Undrawable};
use crate::time::Period;

/// The commands of the scorecard.
#[must_use]
pub fn commands() -> Vec<Command<Bot, Failure>> {
    vec![scorecard(), metric()]
}

/// What is measured, on one card.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("card::show", "review::review", "template::template", "template::save")
)]
async fn scorecard(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Ask for a number, and record one.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands(
        "show::show",
        "record::record",
        "record::target",
        "import::import",
        "export::export",
        "list::list",
        "list::history",
        "define::define",
        "edit::edit",
        "define::retire",
        "remind::remind"
    )
)]
async fn metric(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Who changes something.
fn asker(ask: &Ask<'_>) -> Asker {
    Asker {
        seen: Seen::from(&ask.caller),
        is_admin: ask.caller.is_admin,
    }
}

/// Who looks.
async fn viewer(ask: &Ask<'_>) -> Result<Viewer, Failure> {
    let (user, is_admin) = (ask.caller.user, ask.caller.is_admin);
    Ok(service::viewer(ask.app(), ask.guild()?, user, is_admin).await?)
}

/// The picture of an answer. What cannot be drawn is logged, and the answer goes without: its text
/// says the same.
async fn drawn(
    ask: &Ask<'_>,
    drawing: impl Future<Output = Result<Picture, Undrawable>>,
) -> Result<Option<Picture>, Failure> {
    match ask.answer.upon(drawing).await? {
        Ok(picture) => Ok(Some(picture)),
        Err(fault) => {
            tracing::error!(%fault, "a picture could not be drawn");
            Ok(None)
        }
    }
}

/// The period that a button names; its key reads the same on any day.
fn period_arg(press: &Press<'_>, index: usize) -> Option<Period> {
    let key = press.id.args().get(index)?;
    Period::parse(key, chrono::NaiveDate::default()).ok()
}

/// What a button says that something is compared with, as it could be typed: a period, or a team.
async fn compared_arg(
    ask: &Ask<'_>,
    viewer: &Viewer,
    press: &Press<'_>,
    index: usize,
) -> Result<Option<String>, Failure> {
    let arg = press.id.args().get(index).map_or("", String::as_str);
    let Some(team) = arg.strip_prefix(view::TEAM) else {
        return Ok(period_arg(press, index).map(|period| period.key()));
    };
    let id = team.parse().map_err(|_| view::stale())?;
    let found = people::team_by_id(ask.app().db.read(), viewer.guild.id, id).await?;
    Ok(Some(found.ok_or(service::Error::Gone)?.key))
}
