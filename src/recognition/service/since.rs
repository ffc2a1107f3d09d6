//! What somebody received lately, for another domain that shows it to a reader.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::ids::{GuildId, PersonId};
use crate::recognition::store::history::{self, Listing, Turn};
use crate::recognition::view;

/// A kudos in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedLine {
    /// The giver's rendered name.
    pub from: String,
    /// What was said, as typed; none if it was erased.
    pub text: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The kudos that `member` was given in `[since, until)`, as far as `reader` may see them: at most
/// `most`, newest first.
///
/// # Errors
/// The database's own faults.
pub async fn received_between(
    db: &mut SqliteConnection,
    guild: GuildId,
    (reader, member): (PersonId, PersonId),
    (since, until): (DateTime<Utc>, DateTime<Utc>),
    most: u32,
) -> Result<Vec<ReceivedLine>, sqlx::Error> {
    let Some(stretch) = history::find_stretch(&mut *db, guild, since, until).await? else {
        return Ok(Vec::new());
    };
    let listing = Listing {
        asker: Some(reader),
        member,
        stretch,
        turn: Turn::Newest,
        most,
    };
    let ids = history::list_received(&mut *db, listing).await?;
    let shown = history::list_shown(db, guild, Some(reader), &ids).await?;
    Ok(shown
        .into_iter()
        .map(|kudos| ReceivedLine {
            from: view::name(kudos.giver.as_deref()),
            text: kudos.text,
            at: crate::time::clock::from_millis(kudos.given_at),
        })
        .collect())
}
