//! Recognition's slash commands and menus: arguments in, a use-case, a message out.

mod board;
mod coverage;
mod give;
mod history;
mod preference;
mod search;
mod value;

pub(super) use crate::people::seen;
pub(super) use board::board_pressed;
pub(super) use coverage::{coverage_chosen, coverage_pressed};
pub(super) use give::from_menu;
pub(super) use history::turn_history;
pub(super) use search::turn_search;
pub(super) use value::value_pressed;

use poise::Command;

use crate::discord::bot::{Bot, Ctx};
use crate::error::Failure;

/// The commands of recognition.
#[must_use]
pub fn commands() -> Vec<Command<Bot, Failure>> {
    vec![
        kudos(),
        value::value(),
        give::give_to_author(),
        give::give_to_person(),
    ]
}

/// Thank people, and see who was thanked for what.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands(
        "give::give",
        "give::team",
        "give::undo",
        "history::history",
        "search::search",
        "board::leaderboard",
        "coverage::coverage",
        "preference::preference"
    )
)]
async fn kudos(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}
