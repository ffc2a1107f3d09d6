//! How somebody likes to be recognised.

use super::Error;
use crate::app::App;
use crate::ids::GuildId;
use crate::people::{self, Person, Seen, Style};
use crate::recognition::rules::Refusal;

/// The longest note, in characters.
pub const NOTE_LENGTH: usize = 200;

/// What somebody says of being recognised. `None` leaves a thing as it is.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// In front of everybody or privately.
    pub style: Option<Style>,
    /// What a giver should know; an empty text takes it away.
    pub note: Option<String>,
}

/// Keeps what somebody wishes, and returns them as they are then.
///
/// # Errors
/// [`Error::Refused`] for a note that is too long, faults.
pub async fn preference(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    wish: &Wish,
) -> Result<Person, Error> {
    let note = wish.note.as_deref().map(str::trim);
    if note.is_some_and(|note| note.chars().count() > NOTE_LENGTH) {
        return Err(Refusal::Note.into());
    }
    let now = app.now();
    let mut tx = app.db.write().await?;
    people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let mut person = people::see(&mut tx, guild, asker, now).await?;
    if let Some(style) = wish.style {
        person.style = Some(style);
    }
    if let Some(note) = note {
        person.note = Some(note.to_owned()).filter(|note| !note.is_empty());
    }
    people::set_preference(&mut tx, &person).await?;
    tx.commit().await?;
    Ok(person)
}
