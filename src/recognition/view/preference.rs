//! How somebody likes to be recognised, as they see it themselves.

use crate::people::{Person, Style};
use crate::render::{Message, escape, theme};

/// What somebody said of being recognised, and how to change it; for them alone.
#[must_use]
pub fn preference(person: &Person) -> Message {
    let style = match person.style {
        Some(Style::Public) => {
            "You like to be recognised **publicly**: kudos to you are announced.".to_owned()
        }
        Some(Style::Private) => format!(
            "{} You like to be recognised **privately**: kudos to you come by direct message, and \
             only you and the giver see them.",
            theme::LOCK
        ),
        None => "You have not said how you like to be recognised, so kudos to you are announced \
             unless the giver chooses otherwise."
            .to_owned(),
    };
    let note = match &person.note {
        Some(note) => format!(
            "Whoever thanks you reads: “{}”. `/kudos preference note:-` takes that away.",
            escape::inline(note)
        ),
        None => "You can leave a note for whoever thanks you, with `/kudos preference` and `note`."
            .to_owned(),
    };
    Message::text(format!("{style}\n{note}")).ephemeral()
}
