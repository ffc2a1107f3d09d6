//! What a domain says about the personal data it keeps.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use serde_json::Value;
use sqlx::SqliteConnection;

use crate::app::App;
use crate::config::Retention;
use crate::ids::{GuildId, PersonId, UserId};

/// Somebody in one guild, whose data is exported or erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The guild.
    pub guild: GuildId,
    /// The person's row.
    pub person: PersonId,
    /// The account.
    pub user: UserId,
    /// The name as last seen.
    pub name: String,
}

/// A domain's word on personal data.
#[derive(Clone, Copy)]
pub struct Claim {
    /// What it is about, as a heading.
    pub title: &'static str,
    /// What it keeps.
    pub holdings: &'static [Holding],
    /// Columns that look as if they could tell of a person and do not: table, column, reason.
    pub plain: &'static [(&'static str, &'static str, &'static str)],
    /// Reads everything about a person: one section for each of the holdings that have one.
    pub export: Export,
    /// Takes a person out.
    pub erase: Erase,
    /// Deletes some of what has been kept long enough; true while there may be more.
    pub expire: Expire,
    /// Deletes some of what it keeps of a guild; true while there is more.
    pub forget: Forget,
}

impl std::fmt::Debug for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Claim").field(&self.title).finish()
    }
}

/// Columns that are kept for the same reason, as long, and end the same way.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// In a few words.
    pub title: &'static str,
    /// What it is, with whose it is.
    pub what: &'static str,
    /// Why it is kept.
    pub why: &'static str,
    /// Who may see it.
    pub seen_by: &'static str,
    /// How long it is kept.
    pub keep: Keep,
    /// Its sections in an export; none with the reason in `what`.
    pub sections: &'static [&'static str],
    /// What an erasure does to it.
    pub erased: &'static str,
    /// Where it stands.
    pub columns: &'static [Column],
}

/// A column that names or describes a person.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub name: &'static str,
    /// What an erasure leaves there.
    pub end: End,
}

/// What an erasure leaves of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Nothing: the value is emptied, or its row deleted.
    Gone,
    /// The number of a person's row that is empty then.
    Nobody,
    /// The value without the person's name and mention.
    Redacted,
}

/// How long something is kept.
#[derive(Clone, Copy, Debug)]
pub enum Keep {
    /// Until the person erases it, or the guild is forgotten.
    UntilErased,
    /// As these words say, which follow "Kept".
    Said(&'static str),
    /// So many days, and not longer than that.
    Days {
        /// How many, by the operator's settings.
        days: fn(&Retention) -> u32,
        /// The name of the setting in `bot.toml`.
        setting: &'static str,
        /// From when they count: "after it was delivered".
        after: &'static str,
    },
    /// So many days whatever the settings say, as it is of no use after them.
    Useful {
        /// How many.
        days: u32,
        /// From when they count.
        after: &'static str,
    },
}

/// A part of an export: its name in the file, and its entries.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The key in the file.
    pub name: &'static str,
    /// One object for each entry, oldest first.
    pub entries: Vec<Value>,
}

/// Reads a person's data, within one snapshot of the database.
pub type Export = for<'a> fn(
    &'a mut SqliteConnection,
    &'a Subject,
) -> BoxFuture<'a, Result<Vec<Section>, sqlx::Error>>;

/// Erases a person's data, within the one transaction of the erasure.
pub type Erase = for<'a> fn(
    &'a App,
    &'a mut SqliteConnection,
    &'a Subject,
) -> BoxFuture<'a, Result<(), sqlx::Error>>;

/// Deletes a batch of what is older than the settings allow at the time given.
pub type Expire = for<'a> fn(
    &'a mut SqliteConnection,
    &'a Retention,
    DateTime<Utc>,
) -> BoxFuture<'a, Result<bool, sqlx::Error>>;

/// Deletes a batch of a guild's rows.
pub type Forget =
    for<'a> fn(&'a mut SqliteConnection, GuildId) -> BoxFuture<'a, Result<bool, sqlx::Error>>;
