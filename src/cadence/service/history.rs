//! The past sessions of two people, for the two of them (or the three of a session) alone; and what both
//! of them wrote, for the manager to whom both have released it.

use sqlx::SqliteConnection;

use super::between::{With, both, chosen, session_of};
use super::{Circle, Error, circle, pair, release};
use crate::app::App;
use crate::cadence::store::agenda::{self, Item};
use crate::cadence::store::held::{self, HeldAnswer};
use crate::cadence::store::history::{self, Past};
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::promises::{self, Promise};
use crate::cadence::store::reviews::{self, Review};
use crate::cadence::store::series;
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
    /// Whether whoever looks was not there: both released what they wrote to them, and that alone is here.
    /// The circle is then as one of the two sees it.
    pub is_released: bool,
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
    let series = chosen(&mut db, with.guild, (&me, &other), with.series, true).await?;
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
    (other, chosen): (PersonId, Option<SeriesId>),
    page: u32,
) -> Result<History, Error> {
    let now = app.now();
    let mut db = app.db.read().acquire().await?;
    let me = people::find_person(&mut *db, guild, user).await?;
    let me = me.ok_or(Error::NotYours)?;
    let person = people::person_by_id(&mut *db, guild, other).await?;
    let name = pair::shown(person.and_then(|person| person.name).as_deref());
    let known = series::list_between(&mut *db, guild, me.id, other, true).await?;
    let released = release::released_to(&mut db, guild, me.id, other).await?;
    let released: Vec<SeriesId> = released.iter().map(|series| series.id).collect();
    if known.is_empty() && released.is_empty() {
        return Err(Error::NoSeries { name });
    }
    let past = Past {
        guild,
        one: me.id,
        other,
        series: chosen,
        released: &released,
    };
    let pages = history::count(&mut *db, &past, now).await?;
    let pages = u32::try_from(pages).unwrap_or(u32::MAX);
    let page = page.clamp(1, pages.max(1));
    let id = history::nth(&mut *db, &past, i64::from(page) - 1, now).await?;
    drop(db);
    let session = match id {
        Some(id) => Some(session(app, guild, user, id).await?),
        None => None,
    };
    Ok(History {
        other,
        name,
        series: chosen,
        session,
        page,
        pages,
    })
}

/// A session by its row, for its people; for whom both have released their reviews, those alone.
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
    let (circle, session) = match session_of(&mut db, guild, id, user).await {
        Err(Error::NotYours) => return released_session(&mut db, guild, user, id).await,
        mine => mine?,
    };
    let note = reviews::find_note(&mut *db, id, circle.me.person).await?;
    Ok(Session {
        zone: zone_of(&mut db, guild).await?,
        held: held::list(&mut *db, id).await?,
        reviews: reviews::list(&mut *db, id).await?,
        promises: promises::list_of_session(&mut *db, id).await?,
        discussed: agenda::discussed(&mut *db, id).await?,
        note,
        is_released: false,
        circle,
        session,
    })
}

async fn released_session(
    db: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
    id: OccurrenceId,
) -> Result<Session, Error> {
    let session = occurrences::find(&mut *db, guild, id).await?;
    let session = session.ok_or(Error::Gone)?;
    let reader = people::find_person(&mut *db, guild, user).await?;
    let reader = reader.ok_or(Error::NotYours)?;
    if !release::may_read(db, session.series, reader.id).await? {
        return Err(Error::NotYours);
    }
    let series = series::find(&mut *db, guild, session.series).await?;
    let series = series.ok_or(Error::Gone)?;
    let members = series::members(&mut *db, series.id).await?;
    let first = members.first().ok_or(Error::Gone)?.person;
    let circle = circle(db, series, first).await?.ok_or(Error::Gone)?;
    Ok(Session {
        zone: zone_of(db, guild).await?,
        held: Vec::new(),
        reviews: reviews::list(&mut *db, id).await?,
        promises: Vec::new(),
        discussed: Vec::new(),
        note: None,
        is_released: true,
        circle,
        session,
    })
}

async fn zone_of(db: &mut SqliteConnection, guild: GuildId) -> Result<Zone, sqlx::Error> {
    let guild = people::find_guild(&mut *db, guild).await?;
    Ok(guild.map_or(Zone::UTC, |guild| guild.zone))
}
