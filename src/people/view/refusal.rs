//! What somebody reads when a rule says no, and what to do next.

use crate::error::Failure;
use crate::people::service::Error;
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
        Error::Fault(_) => "Something went wrong on my side. Please try again.".to_owned(),
    }
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

/// A button that an earlier version made and this one does not know.
#[must_use]
pub fn stale() -> Failure {
    Failure::refused(
        "This button is from an earlier version and does nothing any more. Use the command instead; \
         `/help` lists them.",
    )
}
