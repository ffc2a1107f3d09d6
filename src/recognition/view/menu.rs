//! The modal that the menus open.

use crate::recognition::rules::MESSAGE_LENGTH;
use crate::render::{CustomId, Input, Modal, cut_graphemes};

/// Asks what somebody is thanked for.
#[must_use]
pub fn menu(id: CustomId, name: &str) -> Modal {
    let title = cut_graphemes(&format!("Kudos for {name}"), 40);
    let (least, most) = (*MESSAGE_LENGTH.start(), *MESSAGE_LENGTH.end());
    Modal::new(title, id)
        .input(
            Input::paragraph("message", "What for?")
                .placeholder("What they did, and what it changed")
                .length(least, most),
        )
        .input(
            Input::line("value", "Value (optional)")
                .length(0, 100)
                .placeholder("One of your team's values"),
        )
        .input(
            Input::line("private", "Private? (optional)")
                .length(0, 10)
                .placeholder("Type yes to announce nothing"),
        )
}
