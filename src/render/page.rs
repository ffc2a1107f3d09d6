//! The rows that turn pages. They live in the message alone, so they work after a restart.

use super::theme::{BACK, FORTH};
use super::{Button, CustomId, Row};

/// "‹ Newer" and "Older ›" of a list that is newest first, each grey where there is no more. No row
/// when everything is on one page.
#[must_use]
pub fn newer_older(newer: Option<CustomId>, older: Option<CustomId>) -> Option<Row> {
    if newer.is_none() && older.is_none() {
        return None;
    }
    let turn = |label: String, to: Option<CustomId>, end: &str| match to {
        Some(id) => Button::secondary(label, id),
        None => Button::secondary(label, nowhere(end)).disabled(true),
    };
    Some(Row::from([
        turn(format!("{BACK} Newer"), newer, "newer"),
        turn(format!("Older {FORTH}"), older, "older"),
    ]))
}

/// "‹", "2 of 7" and "›" of a ranked list, grey at its ends. Pages count from 1; `to` gives the id
/// that leads to one. No row when there is only one page.
#[must_use]
pub fn numbered(page: u32, pages: u32, to: impl Fn(u32) -> CustomId) -> Option<Row> {
    if pages <= 1 {
        return None;
    }
    let page = page.clamp(1, pages);
    let back = if page > 1 {
        Button::secondary(BACK, to(page - 1))
    } else {
        Button::secondary(BACK, nowhere("first")).disabled(true)
    };
    let forth = if page < pages {
        Button::secondary(FORTH, to(page + 1))
    } else {
        Button::secondary(FORTH, nowhere("last")).disabled(true)
    };
    let here = Button::secondary(format!("{page} of {pages}"), nowhere("here")).disabled(true);
    Some(Row::from([back, here, forth]))
}

/// A grey button needs an id too, of its own within the message.
fn nowhere(place: &str) -> CustomId {
    CustomId::new("page", "none").arg(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(row: Option<Row>) -> String {
        let Some(Row::Buttons(buttons)) = row else {
            return "nothing".to_owned();
        };
        let texts: Vec<String> = buttons
            .iter()
            .map(|button| {
                let ends = if button.disabled {
                    ("(", ")")
                } else {
                    ("[", "]")
                };
                format!("{}{}{}", ends.0, button.label, ends.1)
            })
            .collect();
        texts.join(" ")
    }

    #[test]
    fn a_pager_is_grey_at_the_ends() {
        let id = |to: &str| Some(CustomId::new("kudos", "history").arg(to));
        assert_eq!(shown(newer_older(id("a"), id("b"))), "[‹ Newer] [Older ›]");
        assert_eq!(shown(newer_older(None, id("b"))), "(‹ Newer) [Older ›]");
        assert_eq!(shown(newer_older(id("a"), None)), "[‹ Newer] (Older ›)");
        assert_eq!(shown(newer_older(None, None)), "nothing");
    }

    #[test]
    fn a_numbered_pager_says_where_one_is() {
        let to = |page: u32| CustomId::new("kudos", "board").arg(page);
        assert_eq!(shown(numbered(1, 7, to)), "(‹) (1 of 7) [›]");
        assert_eq!(shown(numbered(2, 7, to)), "[‹] (2 of 7) [›]");
        assert_eq!(shown(numbered(9, 7, to)), "[‹] (7 of 7) (›)");
        assert_eq!(shown(numbered(1, 1, to)), "nothing");
        assert_eq!(shown(numbered(1, 0, to)), "nothing");
    }
}
