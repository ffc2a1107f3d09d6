//! The shared agenda of a series: what its people want to talk about, and what they have.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::between::{With, meant};
use super::moments::moments_in;
use super::{Circle, Error, circle_of};
use crate::app::App;
use crate::cadence::rules::SeriesState;
use crate::cadence::store::agenda::{self, Item};
use crate::cadence::store::moments::Moment;
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::ids::{AgendaItemId, GuildId, MomentId, SeriesId, UserId};

/// How long an item is, in characters.
pub const ITEM_LENGTH: std::ops::RangeInclusive<usize> = 1..=500;
/// How many items are open at most.
const MOST: i64 = 100;
/// For how long after its start a session is the one that is spoken of.
pub(super) const RECENT: TimeDelta = TimeDelta::days(14);

/// An agenda as one of its people sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Agenda {
    /// The series and who is in it.
    pub circle: Circle,
    /// The next session.
    pub next: Option<Occurrence>,
    /// The open items, oldest first.
    pub items: Vec<Item>,
    /// The open coaching moments that the person who looks noted about the others; theirs alone.
    pub moments: Vec<Moment>,
    /// What was just done.
    pub done: Done,
}

/// What was just done to an agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Done {
    /// It was only looked at.
    #[default]
    Nothing,
    /// An item was added.
    Added,
    /// These were discussed.
    Discussed(Vec<AgendaItemId>),
    /// This one was taken off.
    TakenOff(AgendaItemId),
    /// What was discussed or taken off is open again.
    Undone,
}

/// The agenda with somebody; with `item`, that is added first.
///
/// # Errors
/// As [`super::series_between`]; [`Error::Said`] for an item that is too long or one too many.
pub async fn agenda(app: &App, with: &With<'_>, item: Option<&str>) -> Result<Agenda, Error> {
    let Some(item) = item else {
        let mut db = app.db.read().acquire().await?;
        let circle = meant(&mut db, with).await?;
        return read(&mut db, circle, Done::Nothing).await;
    };
    let mut tx = app.db.write().await?;
    let circle = meant(&mut tx, with).await?;
    add(&mut tx, &circle, item, None, app.now()).await?;
    let shown = read(&mut tx, circle, Done::Added).await?;
    tx.commit().await?;
    Ok(shown)
}

/// The agenda of a series by its row.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn agenda_of(
    app: &App,
    guild: GuildId,
    series: SeriesId,
    user: UserId,
) -> Result<Agenda, Error> {
    let mut db = app.db.read().acquire().await?;
    let circle = circle_of(&mut db, guild, series, user).await?;
    read(&mut db, circle, Done::Nothing).await
}

/// Adds an item to the agenda of a series that has not ended.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Ended`], [`Error::Said`], faults.
pub async fn add_item(
    app: &App,
    guild: GuildId,
    series: SeriesId,
    user: UserId,
    text: &str,
) -> Result<Agenda, Error> {
    let mut tx = app.db.write().await?;
    let circle = circle_of(&mut tx, guild, series, user).await?;
    add(&mut tx, &circle, text, None, app.now()).await?;
    let shown = read(&mut tx, circle, Done::Added).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Marks items as discussed in the session that is on, or was the last.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn discuss_items(
    app: &App,
    guild: GuildId,
    series: SeriesId,
    user: UserId,
    items: &[AgendaItemId],
) -> Result<Agenda, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let circle = circle_of(&mut tx, guild, series, user).await?;
    let session = recent(&mut tx, series, now)
        .await?
        .map(|session| session.id);
    let mut closed = Vec::new();
    for id in items {
        if is_of(&mut tx, guild, series, *id).await?.is_some()
            && agenda::close(&mut tx, *id, circle.me.person, session, now).await?
        {
            closed.push(*id);
        }
    }
    if closed.is_empty() {
        return Err(Error::Said(
            "That is no longer on the agenda. `/one-on-one agenda` shows what is.".to_owned(),
        ));
    }
    let shown = read(&mut tx, circle, Done::Discussed(closed)).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Takes an item off the agenda again that the account added.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Said`], faults.
pub async fn take_off_item(
    app: &App,
    guild: GuildId,
    series: SeriesId,
    user: UserId,
    id: AgendaItemId,
) -> Result<Agenda, Error> {
    let mut tx = app.db.write().await?;
    let circle = circle_of(&mut tx, guild, series, user).await?;
    let item = is_of(&mut tx, guild, series, id).await?;
    let item = item.ok_or(Error::Gone)?;
    if item.author != circle.me.person {
        return Err(Error::Said(
            "Only who added an item takes it off. Once you have talked about it, mark it as \
             discussed."
                .to_owned(),
        ));
    }
    if !agenda::close(&mut tx, id, circle.me.person, None, app.now()).await? {
        return Err(Error::Said(
            "That is no longer on the agenda. `/one-on-one agenda` shows what is.".to_owned(),
        ));
    }
    let shown = read(&mut tx, circle, Done::TakenOff(id)).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Puts items on the agenda again that were discussed, or that the account added or closed.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn reopen_items(
    app: &App,
    guild: GuildId,
    series: SeriesId,
    user: UserId,
    items: &[AgendaItemId],
) -> Result<Agenda, Error> {
    let mut tx = app.db.write().await?;
    let circle = circle_of(&mut tx, guild, series, user).await?;
    for id in items {
        let item = is_of(&mut tx, guild, series, *id).await?;
        let me = circle.me.person;
        let may = |item: &Item| {
            item.discussed_in.is_some() || item.author == me || item.closed_by == Some(me)
        };
        if item.is_some_and(|item| may(&item)) {
            agenda::reopen(&mut tx, *id).await?;
        }
    }
    let shown = read(&mut tx, circle, Done::Undone).await?;
    tx.commit().await?;
    Ok(shown)
}

/// The session of a series that has begun and is still spoken of.
pub(super) async fn recent(
    db: &mut SqliteConnection,
    series: SeriesId,
    now: DateTime<Utc>,
) -> Result<Option<Occurrence>, sqlx::Error> {
    let latest = occurrences::find_latest(&mut *db, series, now).await?;
    Ok(latest.filter(|session| now - session.starts_at <= RECENT))
}

/// Adds an item to an agenda, perhaps from a coaching moment.
pub(super) async fn add(
    tx: &mut SqliteConnection,
    circle: &Circle,
    text: &str,
    moment: Option<MomentId>,
    now: DateTime<Utc>,
) -> Result<AgendaItemId, Error> {
    if circle.series.state == SeriesState::Ended {
        return Err(Error::Ended(circle.series.kind));
    }
    let text = text.trim();
    if !ITEM_LENGTH.contains(&text.chars().count()) {
        let words = "Say what you want to talk about in at most 500 characters.";
        return Err(Error::Said(words.to_owned()));
    }
    if agenda::count_open(&mut *tx, circle.series.id).await? >= MOST {
        return Err(Error::Said(format!(
            "Your agenda with {} holds {MOST} items. Mark some as discussed or take them off with \
             `/one-on-one agenda`, then add this one.",
            circle.with()
        )));
    }
    Ok(agenda::insert(tx, circle.series.id, circle.me.person, text, moment, now).await?)
}

async fn is_of(
    db: &mut SqliteConnection,
    guild: GuildId,
    series: SeriesId,
    id: AgendaItemId,
) -> Result<Option<Item>, sqlx::Error> {
    let item = agenda::find(&mut *db, guild, id).await?;
    Ok(item.filter(|item| item.series == series))
}

async fn read(db: &mut SqliteConnection, circle: Circle, done: Done) -> Result<Agenda, Error> {
    Ok(Agenda {
        next: occurrences::find_planned(&mut *db, circle.series.id).await?,
        items: agenda::open(&mut *db, circle.series.id).await?,
        moments: moments_in(db, &circle).await?,
        circle,
        done,
    })
}
