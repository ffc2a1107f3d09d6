//! What one domain hears of another: called in the transaction in which it becomes true, so that what
//! follows from it is kept with it or not at all.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::db::WriteTx;
use crate::ids::{GuildId, PersonId, TeamId};

/// Somebody has begun to manage a team, or no longer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManagerChange {
    /// The guild.
    pub guild: GuildId,
    /// The team.
    pub team: TeamId,
    /// Who.
    pub person: PersonId,
    /// Whether they manage it from now on.
    pub manages: bool,
}

/// Somebody has changed how long before a date they want to be nudged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RhythmChange {
    /// The guild.
    pub guild: GuildId,
    /// Who.
    pub person: PersonId,
}

/// Hears of a [`RhythmChange`] that has just been written.
pub type OnRhythmChange = for<'a> fn(
    &'a mut WriteTx,
    &'a RhythmChange,
    DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>>;

/// Hears of a [`ManagerChange`] that has just been written.
pub type OnManagerChange = for<'a> fn(
    &'a mut WriteTx,
    &'a ManagerChange,
    DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>>;
