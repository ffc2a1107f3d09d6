//! What somebody reads when a rule says no, and what to do next.

use crate::error::Failure;
use crate::people::service::{Error, TEAM_NAME_LENGTH};
use crate::people::{NoTeam, Team};
use crate::render::{cut_graphemes, escape, names};

/// The refusal in words.
#[must_use]
pub fn refusal(error: &Error) -> String {
    match error {
        Error::NotAdmin => {
            "Only people with the *Manage Server* permission can do this. Ask one of \
             them."
                .to_owned()
        }
        Error::CannotPost(missing) => {
            let missing: Vec<String> = missing.iter().map(|name| format!("*{name}*")).collect();
            format!(
                "I can't post there: I lack {}. Give me that in the channel's settings, or choose \
                 another channel.",
                names::joined(&missing)
            )
        }
        Error::ReactionTaken(emoji) => format!(
            "I mark messages with {emoji} myself, so it can't also give kudos. Choose another emoji."
        ),
        Error::Stranger => {
            "I don't know you from any server yet. Use one of my commands in your server \
             first, such as `/my`; after that it works here too."
                .to_owned()
        }
        Error::NoTeam(reason) => no_team(reason),
        Error::TeamGone => {
            "This team has been deleted. `/team list` shows the teams there are.".to_owned()
        }
        Error::TeamName => format!(
            "A team's name has 1 to {TEAM_NAME_LENGTH} characters that one can see. Choose another."
        ),
        Error::TeamExists { name } => format!(
            "There is a team **{}** already; capitals and spaces make no difference. Choose another \
             name, or add people to it with `/team add`.",
            escape::inline(name)
        ),
        Error::SameName { name } => format!(
            "The team is called **{}** already. Give the name it should have.",
            escape::inline(name)
        ),
        Error::NotYourTeam { name } => format!(
            "Only the managers of **{}** and admins can change who is in it. `/team list` shows who \
             they are.",
            escape::inline(name)
        ),
        Error::IsBot { name } => format!(
            "{} is a bot, and teams are for people. Choose somebody else.",
            escape::name(name)
        ),
        Error::NotHere { name } => format!(
            "{} is not in this server. Invite them first, then try again.",
            escape::name(name)
        ),
        Error::NoChangesBy { name } => format!(
            "{} has changed nothing here. `/audit` without a person shows all changes.",
            escape::name(name)
        ),
        Error::NotAway(error) => error.to_string(),
        Error::StillHere => {
            "They are a member of this server and can do that themselves with `/privacy erase`. For \
             others it is there once they have left."
                .to_owned()
        }
        Error::Fault(_) => "Something went wrong on my side. Please try again.".to_owned(),
    }
}

/// Why what somebody typed means no team, and which teams there are.
#[must_use]
pub fn no_team(reason: &NoTeam) -> String {
    let listed = |teams: &[Team]| {
        let teams: Vec<String> = teams
            .iter()
            .map(|team| escape::inline(&team.name))
            .collect();
        names::joined_up_to(&teams, 10)
    };
    match reason {
        NoTeam::NoneYet => {
            "There are no teams here yet. An admin makes one with `/team create`.".to_owned()
        }
        NoTeam::Unknown { typed, known } => format!(
            "There is no team “{}” here. Choose one of these: {}.",
            typed_name(typed),
            listed(known)
        ),
        NoTeam::Ambiguous { typed, matching } => format!(
            "“{}” fits several teams: {}. Type more of the name.",
            typed_name(typed),
            listed(matching)
        ),
    }
}

fn typed_name(typed: &str) -> String {
    escape::inline(&cut_graphemes(typed, 60))
}

/// The refusal of a text that is not one emoji.
#[must_use]
pub fn not_an_emoji(typed: &str) -> String {
    format!(
        "“{}” is not an emoji that I know. Give exactly one, such as 🏆; for one of this server, \
         pick it from the emoji list of the command's option.",
        escape::inline(&cut_graphemes(typed, 40))
    )
}

/// The refusal of a channel that this server does not have.
#[must_use]
pub fn no_such_channel() -> Failure {
    Failure::refused("I can't find that channel in this server. Choose another one.")
}

/// A button that an earlier version made and this one does not know.
#[must_use]
pub fn stale() -> Failure {
    Failure::refused(
        "This button is from an earlier version and does nothing any more. Use the command instead; \
         `/help` lists them.",
    )
}
