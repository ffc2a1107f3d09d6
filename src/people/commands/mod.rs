//! The slash commands of people and settings: arguments in, a use-case, a message out.

mod audit;
mod help;
mod own;
mod privacy;
mod setup;
mod team;

pub(super) use audit::audit_pressed;
pub(super) use help::help_pressed;
pub(super) use own::own_pressed;
pub(super) use privacy::privacy_pressed;
pub(super) use setup::{emoji, find_place, panel, weekly, zone};
pub(super) use team::team_pressed;

use poise::Command;

use crate::discord::bot::Bot;
use crate::error::Failure;

/// The commands of people and settings.
#[must_use]
pub fn commands() -> Vec<Command<Bot, Failure>> {
    vec![
        team::team(),
        setup::setup(),
        audit::audit(),
        own::my(),
        privacy::privacy(),
        help::help(),
    ]
}
