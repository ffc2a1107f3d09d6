//! What somebody reads when something cannot be done, and what to do next.

use std::collections::BTreeSet;

use crate::cadence::service::{Error, rule_of};
use crate::cadence::store::series::Series;
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
            let kinds: BTreeSet<&str> = among.iter().map(|one| one.kind.noun()).collect();
            let is_clear = kinds.len() == among.len();
            let named: Vec<String> = among.iter().map(|one| named(one, is_clear)).collect();
            format!(
                "You and {name} have several series: {}. Say which one with `series`.",
                names::joined(&named)
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

/// A series by its kind, and by its rhythm where there are several of a kind.
fn named(series: &Series, is_clear: bool) -> String {
    let kind = series.kind.noun();
    match rule_of(series) {
        Ok(rule) if !is_clear => format!("{kind} {}", rule.words()),
        _ => kind.to_owned(),
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
