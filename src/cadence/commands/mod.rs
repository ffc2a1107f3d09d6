//! The cadence's slash commands and menus: arguments in, a use-case, a message out.

mod calendar;
mod change;
mod health;
mod list;
mod moment;
mod promise;
mod schedule;
mod session;

pub(super) use crate::people::seen;
pub(super) use health::{digest_switched, health_chosen, health_turned};
pub(super) use list::list_turned;
pub(super) use moment::noted as moment_noted;
pub(super) use schedule::{cancelled, confirmed, picked};

use poise::Command;

use crate::discord::bot::{Bot, Ctx};
use crate::error::Failure;

/// The commands of the cadence.
#[must_use]
pub fn commands() -> Vec<Command<Bot, Failure>> {
    vec![one_on_one(), promise::promise(), moment::note()]
}

/// Meet in a rhythm: schedule it, prepare it, keep it.
#[poise::command(
    slash_command,
    guild_only,
    rename = "one-on-one",
    subcommand_required,
    subcommands(
        "schedule::schedule",
        "list::list",
        "list::show",
        "session::agenda",
        "session::log",
        "change::move_next",
        "change::skip",
        "change::pause",
        "change::resume",
        "change::end",
        "session::history",
        "calendar::calendar",
        "session::question",
        "health::health"
    )
)]
async fn one_on_one(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}
