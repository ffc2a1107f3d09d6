//! The cadence's slash commands and menus: arguments in, a use-case, a message out.

mod health;
mod moment;
mod pair;
mod promise;
mod session;

pub(super) use health::{digest_switched, health_chosen, health_turned};
pub(super) use moment::noted as moment_noted;
pub(super) use pair::{peer_answered, peer_rejoined, peers_cancelled, peers_confirmed};

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
        "session::agenda",
        "session::log",
        "session::history",
        "session::question",
        "health::health",
        "pair::pair"
    )
)]
async fn one_on_one(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}
