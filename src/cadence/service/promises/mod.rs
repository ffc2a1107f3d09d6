//! Promises: made, looked at, kept or dropped; and who is told of it.
//!
//! A promise is seen by who keeps it and by whom it was made to, and by nobody else.

mod add;
mod asked;
mod finish;
mod list;

pub use add::{AddPromise, Added, add_promise};
pub(super) use add::{Promised, keep};
pub use asked::{PromiseStanding, promise_asked, promise_standing, put_on_agenda};
pub use finish::{Finished, finish_promise, not_mine, reopen_promise, set_promise_day};
pub use list::{Listed, list_promises, suggest_promises};

use sqlx::SqliteConnection;

use super::Error;
use super::pair;
use crate::cadence::rules::promise::{self as rule, Reminder};
use crate::cadence::rules::{NudgeKind, PromiseState};
use crate::cadence::store::nudges::{self, About, NewNudge};
use crate::cadence::store::promises::{self, Party, Promise};
use crate::ids::{GuildId, PersonId, PromiseId, UserId};
use crate::people::{self, Person};
use crate::time::Zone;
use chrono::{DateTime, Utc};

impl Party {
    /// The name as it is shown: rendered, in bold.
    #[must_use]
    pub fn shown(&self) -> String {
        pair::shown(self.name.as_deref())
    }

    /// The account to tell; none of somebody who left or was erased.
    #[must_use]
    pub fn reachable(&self) -> Option<UserId> {
        self.user.filter(|_| !self.has_left)
    }
}

impl Promise {
    /// Whether somebody is one of its two sides.
    #[must_use]
    pub fn concerns(&self, person: PersonId) -> bool {
        self.owner.person == person || self.other.as_ref().is_some_and(|one| one.person == person)
    }

    /// The side that is not `person`.
    #[must_use]
    pub fn side_beside(&self, person: PersonId) -> Option<&Party> {
        if self.owner.person == person {
            self.other.as_ref()
        } else {
            Some(&self.owner)
        }
    }

    /// The zone that its day is in.
    #[must_use]
    pub fn zone(&self, guild: Zone) -> Zone {
        self.owner.zone.unwrap_or(guild)
    }
}

/// What somebody reads whom a promise does not concern, or who names none.
fn none_such() -> Error {
    Error::Said(
        "I find no such promise of yours. Choose one that `promise` offers; `/promise list` shows \
         them all."
            .to_owned(),
    )
}

/// A promise as one of its two sides has it.
async fn of_side(
    db: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
    id: PromiseId,
) -> Result<(Person, Promise), Error> {
    let person = people::find_person(&mut *db, guild, user).await?;
    let person = person.ok_or_else(none_such)?;
    let promise = promises::find(&mut *db, guild, id).await?;
    let promise = promise.filter(|promise| promise.concerns(person.id));
    Ok((person, promise.ok_or_else(none_such)?))
}

/// Plans the reminders of an open promise with a day, those that still lie ahead.
async fn remind(
    tx: &mut SqliteConnection,
    promise: &Promise,
    guild: Zone,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    nudges::clear_promise(&mut *tx, promise.id).await?;
    let (PromiseState::Open, Some(day)) = (promise.state, promise.due_day) else {
        return Ok(());
    };
    let zone = promise.zone(guild);
    for (kind, Reminder { due, expires }) in [
        (NudgeKind::Due, rule::on_its_day(day, zone)),
        (NudgeKind::Overdue, rule::overdue(day, zone)),
    ] {
        if due <= now {
            continue;
        }
        let nudge = NewNudge {
            guild: promise.guild,
            person: promise.owner.person,
            about: About::Promise(promise.id),
            kind,
            minutes: 0,
            due,
            expires,
        };
        nudges::put(&mut *tx, &nudge).await?;
    }
    Ok(())
}
