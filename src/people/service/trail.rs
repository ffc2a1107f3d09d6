//! The audit trail, for admins.

use super::super::store::audit::{self, Entry};
use super::super::store::persons;
use super::super::{Person, Seen};
use super::Error;
use crate::app::App;
use crate::ids::{GuildId, PersonId};

/// Entries on a page.
const PAGE: u32 = 10;

/// Where a page of the trail begins. Rows stay where they are while new ones arrive, so a page turns
/// to just what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// With the latest.
    Latest,
    /// With what came before this row.
    Before(i64),
    /// With what came after this row.
    After(i64),
}

/// A page of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Where newer ones begin, if there are any.
    pub newer: Option<From>,
    /// Where older ones begin, if there are any.
    pub older: Option<From>,
}

/// Whose changes an admin asked for, if the guild knows them.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::NoChangesBy`], faults.
pub async fn who_changed(
    app: &App,
    guild: GuildId,
    is_admin: bool,
    who: &Seen,
) -> Result<Person, Error> {
    if !is_admin {
        return Err(Error::NotAdmin);
    }
    persons::find_person(app.db.read(), guild, who.user)
        .await?
        .ok_or_else(|| Error::NoChangesBy {
            name: who.name.clone(),
        })
}

/// A page of the guild's audit trail; only what `who` did, if somebody is given.
///
/// # Errors
/// [`Error::NotAdmin`], faults.
pub async fn trail(
    app: &App,
    guild: GuildId,
    is_admin: bool,
    who: Option<PersonId>,
    from: From,
) -> Result<Trail, Error> {
    if !is_admin {
        return Err(Error::NotAdmin);
    }
    let before = match from {
        From::Latest => i64::MAX,
        From::Before(row) => row,
        From::After(row) => {
            let newer = audit::list_after(app.db.read(), guild, who, row, PAGE + 1).await?;
            if newer.len() > size() {
                return Ok(after(newer));
            }
            // All that is newer fits on one page: that is the first one, and it is shown whole.
            i64::MAX
        }
    };
    let mut entries = audit::list_before(app.db.read(), guild, who, before, PAGE + 1).await?;
    let more = entries.len() > size();
    entries.truncate(size());
    let newest = entries.first().map(|entry| entry.id);
    let newer = match (before, newest) {
        (i64::MAX, _) => None,
        (_, Some(newest)) => Some(From::After(newest)),
        (_, None) => Some(From::Latest),
    };
    let oldest = entries.last().map(|entry| From::Before(entry.id));
    Ok(Trail {
        newer,
        older: oldest.filter(|_| more),
        entries,
    })
}

/// A page out of entries that are oldest first and more than one page.
fn after(mut entries: Vec<Entry>) -> Trail {
    entries.truncate(size());
    entries.reverse();
    let bound = |entry: Option<&Entry>, from: fn(i64) -> From| entry.map(|entry| from(entry.id));
    Trail {
        newer: bound(entries.first(), From::After),
        older: bound(entries.last(), From::Before),
        entries,
    }
}

fn size() -> usize {
    usize::try_from(PAGE).unwrap_or(usize::MAX)
}
