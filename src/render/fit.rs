//! Keeps a message within Discord's limits: [`Message::check`] says what is over, and what is sent is
//! cut to fit, because a message that arrives shortened is better than one that does not.
//!
//! A view cuts user text itself, where it knows what may go; the cutting here is the last resort and
//! knows nothing of markup that the view put around texts. Custom ids are never cut: a component that
//! could not bring back its own is left out.

use std::collections::HashSet;

use super::component::{Choice, Choose, Press};
use super::limits::{
    BUTTON_LABEL, BUTTON_URL, CONTENT, CUSTOM_ID, EMBED_DESCRIPTION, EMBED_FIELDS, EMBED_FOOTER,
    EMBED_TITLE, EMBED_TOTAL, EMBEDS, FIELD_NAME, FIELD_VALUE, FILE_ALT, FILE_BYTES, FILES,
    OPTION_TEXT, OPTIONS, PINGS, ROW_BUTTONS, ROWS, SELECT_PLACEHOLDER, length,
};
use super::{Button, CustomId, Embed, Message, Row, Select, cut};

/// What of a message Discord would refuse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Overflow {
    /// More than fits: code points of a text, items of a list, or bytes of a file.
    #[error("{what}: {found} where Discord takes {limit}")]
    TooMuch {
        /// "content".
        what: &'static str,
        /// How much there is.
        found: usize,
        /// How much there may be.
        limit: usize,
    },
    /// A text or list that may not be empty.
    #[error("{what} is empty")]
    Empty {
        /// "a field's value".
        what: &'static str,
    },
    /// Two components with the same custom id, or two options with the same value.
    #[error("{what} {text} stands twice")]
    Twice {
        /// "custom id".
        what: &'static str,
        /// The id or value.
        text: String,
    },
}

fn at_most(what: &'static str, found: usize, limit: usize) -> Result<(), Overflow> {
    if found > limit {
        Err(Overflow::TooMuch { what, found, limit })
    } else {
        Ok(())
    }
}

fn present(what: &'static str, empty: bool) -> Result<(), Overflow> {
    if empty {
        Err(Overflow::Empty { what })
    } else {
        Ok(())
    }
}

fn optional(what: &'static str, text: Option<&String>, limit: usize) -> Result<(), Overflow> {
    text.map_or(Ok(()), |text| at_most(what, length(text), limit))
}

impl Message {
    /// Whether Discord would take the message whole. Views are tested with it.
    ///
    /// # Errors
    /// The first [`Overflow`] found.
    pub fn check(&self) -> Result<(), Overflow> {
        let nothing = self.content.trim().is_empty()
            && self.embeds.is_empty()
            && self.rows.is_empty()
            && self.files.is_empty();
        present("the message", nothing)?;
        at_most("content", length(&self.content), CONTENT)?;
        at_most("pings", self.pings.len(), PINGS)?;
        at_most("files", self.files.len(), FILES)?;
        for file in &self.files {
            at_most("a file's bytes", file.bytes.len(), FILE_BYTES)?;
            optional("a file's alternative text", file.alt.as_ref(), FILE_ALT)?;
        }
        at_most("embeds", self.embeds.len(), EMBEDS)?;
        self.embeds.iter().try_for_each(check_embed)?;
        let total = self.embeds.iter().map(Embed::length).sum();
        at_most("all embeds together", total, EMBED_TOTAL)?;
        at_most("rows", self.rows.len(), ROWS)?;
        let mut ids = HashSet::new();
        self.rows
            .iter()
            .try_for_each(|row| check_row(row, &mut ids))
    }

    /// The same message with what is over a limit cut or left out; it passes [`Message::check`]
    /// unless nothing of it is left.
    #[must_use]
    pub(super) fn fitted(&self) -> Self {
        let mut fitted = self.clone();
        if self.check().is_ok() {
            return fitted;
        }
        fitted.content = cut(&fitted.content, CONTENT);
        fitted.pings.truncate(PINGS);
        fitted.files.retain(|file| file.bytes.len() <= FILE_BYTES);
        fitted.files.truncate(FILES);
        for file in &mut fitted.files {
            shorten(&mut file.alt, FILE_ALT);
        }
        fitted.embeds.truncate(EMBEDS);
        let mut room = EMBED_TOTAL;
        for embed in &mut fitted.embeds {
            fit_embed(embed, &mut room);
        }
        let mut ids = HashSet::new();
        fitted.rows = self
            .rows
            .iter()
            .filter_map(|row| fit_row(row, &mut ids))
            .take(ROWS)
            .collect();
        fitted
    }
}

fn check_embed(embed: &Embed) -> Result<(), Overflow> {
    optional("an embed's title", embed.title.as_ref(), EMBED_TITLE)?;
    optional(
        "an embed's description",
        embed.description.as_ref(),
        EMBED_DESCRIPTION,
    )?;
    optional("an embed's footer", embed.footer.as_ref(), EMBED_FOOTER)?;
    at_most("an embed's fields", embed.fields.len(), EMBED_FIELDS)?;
    for field in &embed.fields {
        present("a field's name", field.name.trim().is_empty())?;
        present("a field's value", field.value.trim().is_empty())?;
        at_most("a field's name", length(&field.name), FIELD_NAME)?;
        at_most("a field's value", length(&field.value), FIELD_VALUE)?;
    }
    Ok(())
}

fn check_row(row: &Row, ids: &mut HashSet<String>) -> Result<(), Overflow> {
    match row {
        Row::Buttons(buttons) => {
            present("a row", buttons.is_empty())?;
            at_most("a row's buttons", buttons.len(), ROW_BUTTONS)?;
            for button in buttons {
                present(
                    "a button's label",
                    button.label.is_empty() && button.emoji.is_none(),
                )?;
                at_most("a button's label", length(&button.label), BUTTON_LABEL)?;
                match &button.press {
                    Press::Asks { id, .. } => check_id(id, ids)?,
                    Press::Opens { url } => at_most("an address", length(url), BUTTON_URL)?,
                }
            }
        }
        Row::Select(select) => {
            check_id(&select.id, ids)?;
            optional(
                "a placeholder",
                select.placeholder.as_ref(),
                SELECT_PLACEHOLDER,
            )?;
            at_most("a select's choices", select.max, OPTIONS)?;
            if let Choose::Text(options) = &select.of {
                present("a select", options.is_empty())?;
                at_most("a select's options", options.len(), OPTIONS)?;
                at_most("a select's choices", select.max, options.len())?;
                check_options(options)?;
            }
            at_most("a select's fewest choices", select.min, select.max)?;
        }
    }
    Ok(())
}

fn check_id(id: &CustomId, ids: &mut HashSet<String>) -> Result<(), Overflow> {
    let id = id.to_string();
    at_most("a custom id", length(&id), CUSTOM_ID)?;
    if ids.contains(&id) {
        return Err(Overflow::Twice {
            what: "custom id",
            text: id,
        });
    }
    ids.insert(id);
    Ok(())
}

fn check_options(options: &[Choice]) -> Result<(), Overflow> {
    let mut values = HashSet::new();
    for option in options {
        present("an option's label", option.label.trim().is_empty())?;
        present("an option's value", option.value.is_empty())?;
        at_most("an option's label", length(&option.label), OPTION_TEXT)?;
        at_most("an option's value", length(&option.value), OPTION_TEXT)?;
        optional(
            "an option's description",
            option.description.as_ref(),
            OPTION_TEXT,
        )?;
        if !values.insert(option.value.as_str()) {
            return Err(Overflow::Twice {
                what: "value",
                text: option.value.clone(),
            });
        }
    }
    Ok(())
}

fn shorten(text: &mut Option<String>, limit: usize) {
    if let Some(text) = text {
        *text = cut(text, limit);
    }
}

/// Cuts each text to its limit and to what is left of the room of all embeds together.
fn fit_embed(embed: &mut Embed, room: &mut usize) {
    let mut take = |text: &mut Option<String>, limit: usize| {
        shorten(text, limit.min(*room));
        *room -= text.as_ref().map_or(0, |text| length(text));
    };
    take(&mut embed.title, EMBED_TITLE);
    take(&mut embed.footer, EMBED_FOOTER);
    take(&mut embed.description, EMBED_DESCRIPTION);
    embed.fields.truncate(EMBED_FIELDS);
    embed.fields.retain_mut(|field| {
        field.name = cut(&field.name, FIELD_NAME);
        field.value = cut(&field.value, FIELD_VALUE);
        let needed = length(&field.name) + length(&field.value);
        let fits = needed <= *room;
        let said = !field.name.trim().is_empty() && !field.value.trim().is_empty();
        if fits && said {
            *room -= needed;
        }
        fits && said
    });
}

fn fit_row(row: &Row, ids: &mut HashSet<String>) -> Option<Row> {
    match row {
        Row::Buttons(buttons) => {
            let fitting: Vec<Button> = buttons
                .iter()
                .filter(|button| match &button.press {
                    Press::Asks { id, .. } => check_id(id, ids).is_ok(),
                    Press::Opens { url } => length(url) <= BUTTON_URL,
                })
                .filter(|button| !button.label.is_empty() || button.emoji.is_some())
                .take(ROW_BUTTONS)
                .map(|button| Button {
                    label: cut(&button.label, BUTTON_LABEL),
                    ..button.clone()
                })
                .collect();
            (!fitting.is_empty()).then_some(Row::Buttons(fitting))
        }
        Row::Select(select) => {
            check_id(&select.id, ids).ok()?;
            fit_select(select).map(Row::Select)
        }
    }
}

fn fit_select(select: &Select) -> Option<Select> {
    let mut fitted = select.clone();
    shorten(&mut fitted.placeholder, SELECT_PLACEHOLDER);
    fitted.max = fitted.max.min(OPTIONS);
    if let Choose::Text(options) = &mut fitted.of {
        let mut values = HashSet::new();
        options.retain(|option| {
            !option.label.trim().is_empty()
                && (1..=OPTION_TEXT).contains(&length(&option.value))
                && values.insert(option.value.clone())
        });
        options.truncate(OPTIONS);
        for option in &mut *options {
            option.label = cut(&option.label, OPTION_TEXT);
            shorten(&mut option.description, OPTION_TEXT);
        }
        if options.is_empty() {
            return None;
        }
        fitted.max = fitted.max.min(options.len());
    }
    fitted.min = fitted.min.min(fitted.max);
    Some(fitted)
}

#[cfg(test)]
mod tests;
