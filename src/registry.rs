//! The one closed list: every command, button, event, topic and job of every domain.
//!
//! Adding to a domain ends with a line here; what has no line here does not happen.

use crate::discord::bot::{Bot, Tables};
use crate::error::Failure;
use crate::{people, recognition};

/// What the domains bring.
pub const TABLES: Tables = Tables {
    commands,
    presses: &[
        ("kudos", recognition::press),
        ("value", recognition::press_value),
        ("setup", people::press_setup),
        ("my", people::press_own),
        ("team", people::press_team),
    ],
    events: &[people::hear, recognition::hear],
    topics: recognition::TOPICS,
    jobs: &[],
};

/// The commands, in the order in which Discord lists them.
fn commands() -> Vec<poise::Command<Bot, Failure>> {
    let mut commands = recognition::commands();
    commands.extend(people::commands());
    commands
}
