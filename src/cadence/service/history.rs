//! The past sessions of two people, for the two of them (or the three of a session) alone.

use super::between::{With, both, chosen, session_of};
use super::{Circle, Error, pair};
use crate::app::App;
use crate::cadence::store::agenda::{self, Item};
use crate::cadence::store::held::{self, HeldAnswer};
use crate::cadence::store::history::{self, Past};
use crate::cadence::store::occurrences::Occurrence;
use crate::cadence::store::promises::{self, Promise};
use crate::cadence::store::reviews::{self, Review};
use crate::ids::{GuildId, OccurrenceId, PersonId, SeriesId, UserId};
use crate::people;
use crate::time::Zone;

/// A past session as one of its people sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The guild's zone.
    pub zone: Zone,
    /// The series and who is in it.
    pub circle: Circle,
    /// The session.
    pub session: Occurrence,
    /// What each side said of whether it was held.
    pub held: Vec<HeldAnswer>,
    /// What each side wrote.
    pub reviews: Vec<Review>,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// What was discussed of the agenda.
    pub discussed: Vec<Item>,
    /// What the person who looks noted for themselves.
    pub note: Option<String>,
}

/// A page of the past: one session.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// With whom.
    pub other: PersonId,
    /// Their rendered name.
    pub name: String,
    /// Of this series alone.
    pub series: Option<SeriesId>,
    /// The session; none if there is no past yet.
    pub session: Option<Session>,
    /// Which one, from 1, newest first.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
}

/// The newest session with somebody.
///
/// # Errors
/// [`Error::WithOneself`], [`Error::WithBot`], [`Error::NoSeries`], [`Error::NotThatSeries`], faults.
pub async fn history(app: &App, with: &With<'_>) -> Result<History, Error> {
    let mut db = app.db.read().acquire().await?;
    let (me, other) = both(&mut db, with).await?;
    let series = chosen(&mut db, with, &me, &other, true).await?;
    drop(db);
    turn_history(app, with.guild, with.asker, (other.id, series), 1).await
}

/// Another session with somebody, by its place from 1, newest first.
///
/// # Errors
/// [`Error::NoSeries`], [`Error::NotYours`], faults.
pub async fn turn_history(
    app: &App,
    guild: GuildId,
    user: UserId,
    (other, series): (PersonId, Option<SeriesId>),
    page: u32,
) -> Result<History, Error> {
    let now = app.now();
    let mut db = app.db.read().acquire().await?;
    let me = people::find_person(&mut *db, guild, user).await?;
    let me = me.ok_or(Error::NotYours)?;
    let person = people::person_by_id(&mut *db, guild, other).await?;
    let name = pair::shown(person.and_then(|person| person.name).as_deref());
    let known = crate::cadence::store::series::list_between(&mut *db, guild, me.id, other, true);
    if known.await?.is_empty() {
        return Err(Error::NoSeries { name });
    }
    let past = Past {
        guild,
        one: me.id,
        other,
        series,
    };
    let pages = history::count(&mut *db, past, now).await?;
    let pages = u32::try_from(pages).unwrap_or(u32::MAX);
    let page = page.clamp(1, pages.max(1));
    let id = history::nth(&mut *db, past, i64::from(page) - 1, now).await?;
    drop(db);
    let session = match id {
        Some(id) => Some(session(app, guild, user, id).await?),
        None => None,
    };
    Ok(History {
        other,
        name,
        series,
        session,
        page,
        pages,
    })
}

/// A session by its row.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn session(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: OccurrenceId,
) -> Result<Session, Error> {
    let mut db = app.db.read().acquire().await?;
    let (circle, session) = session_of(&mut db, guild, id, user).await?;
    let zone = people::find_guild(&mut *db, guild).await?;
    let note = reviews::find_note(&mut *db, id, circle.me.person).await?;
    Ok(Session {
        zone: zone.map_or(Zone::UTC, |guild| guild.zone),
        held: held::list(&mut *db, id).await?,
        reviews: reviews::list(&mut *db, id).await?,
        promises: promises::list_of_session(&mut *db, id).await?,
        discussed: agenda::discussed(&mut *db, id).await?,
        note,
        circle,
        session,
    })
}
