//! What somebody reads when something cannot be done, and what to do next.

use crate::cadence::service::Error;
use crate::error::Failure;
use crate::people;
use crate::render::{escape, names};

/// The refusal in words.
#[must_use]
pub fn refusal(error: &Error) -> String {
    match error {
        Error::WithOneself => "That takes two. Choose somebody else with `with`.".to_owned(),
        Error::WithBot { name } => {
            format!("{name} is a bot and keeps no appointments. Choose a person with `with`.")
        }
        Error::NoSeries { name } => {
            format!("You and {name} have no running series. `/one-on-one schedule` starts one.")
        }
        Error::WhichSeries { name, among } => {
            let kinds: Vec<&str> = among.iter().map(|series| series.kind.noun()).collect();
            format!(
                "You and {name} have several series: {}. Say which one with `series`.",
                names::joined(&kinds)
            )
        }
        Error::NotThatSeries { name } => format!(
            "That is no running series of yours with {name}. Choose one that `series` offers."
        ),
        Error::NotYours => {
            "This concerns other people. `/one-on-one list` shows what is yours.".to_owned()
        }
        Error::Gone => {
            "That is no longer there. `/one-on-one list` shows what there is.".to_owned()
        }
        Error::Ended(kind) => format!(
            "This {} has ended. `/one-on-one schedule` starts a new one.",
            kind.noun()
        ),
        Error::NotManager(Some(team)) => format!(
            "Only managers of **{}** and admins see this. `/one-on-one show` shows how yours stand.",
            escape::name(team)
        ),
        Error::NotManager(None) => "Only managers of a team and admins see this. \
             `/one-on-one show` shows how yours stand."
            .to_owned(),
        Error::NoTeam(why) => people::no_team(why),
        Error::Period(error) => error.to_string(),
        Error::Said(words) => words.clone(),
        Error::Fault(_) => String::new(),
    }
}

/// The refusal of a button whose id can no longer be read.
#[must_use]
pub fn stale() -> Failure {
    Failure::refused(
        "This button is from an earlier version and does nothing any more. Use the command instead; \
         `/help` lists them.",
    )
}
