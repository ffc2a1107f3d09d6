//! Review & Plan of a session: written by each side, read by all of it; and each side's own note.

use chrono::{TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::agenda::recent;
use super::between::{With, meant, session_of};
use super::promises::{Promised, keep};
use super::tell::{Word, tell};
use super::{Circle, Error, circle_of};
use crate::app::App;
use crate::cadence::rules::lines::promise_lines;
use crate::cadence::store::agenda::{self, Item};
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::promises::{self, NewPromise, Promise};
use crate::cadence::store::reviews::{self, Words};
use crate::cadence::store::{held, series::Member};
use crate::cadence::view;
use crate::ids::{GuildId, OccurrenceId, SeriesId, UserId};
use crate::people::{self, Guild};
use crate::time::moment;

/// How long a private note is at most, in characters.
pub const NOTE: usize = 2_000;

/// What the form of a session starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The series.
    pub circle: Circle,
    /// The session; none: one beside the rhythm, now.
    pub session: Option<Occurrence>,
    /// What this side wrote of it before.
    pub words: Words,
}

/// What is to be kept of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Review & Plan.
    pub words: Words,
    /// Promises, one a line.
    pub promises: String,
}

/// What was kept of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// The guild.
    pub guild: Guild,
    /// The series.
    pub circle: Circle,
    /// The session.
    pub session: Occurrence,
    /// Whether this side wrote anything of it.
    pub is_written: bool,
    /// The promises that are new.
    pub promises: Vec<Promise>,
    /// Those of them that named a day which could not be read, with why.
    pub undated: Vec<(Promise, String)>,
    /// What is open on the agenda.
    pub open: Vec<Item>,
}

/// What the form of the session starts from that is on, or was the last.
///
/// # Errors
/// As [`super::series_between`].
pub async fn begin_log(app: &App, with: &With<'_>) -> Result<Draft, Error> {
    let mut db = app.db.read().acquire().await?;
    let circle = meant(&mut db, with).await?;
    let session = recent(&mut db, circle.series.id, app.now()).await?;
    draft(&mut db, circle, session).await
}

/// The same for a session by its row.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn begin_log_of(
    app: &App,
    guild: GuildId,
    session: OccurrenceId,
    user: UserId,
) -> Result<Draft, Error> {
    let mut db = app.db.read().acquire().await?;
    let (circle, session) = session_of(&mut db, guild, session, user).await?;
    draft(&mut db, circle, Some(session)).await
}

async fn draft(
    db: &mut SqliteConnection,
    circle: Circle,
    session: Option<Occurrence>,
) -> Result<Draft, Error> {
    let words = match &session {
        Some(session) => reviews::list(&mut *db, session.id)
            .await?
            .into_iter()
            .find(|review| review.author == circle.me.person)
            .map(|review| review.words),
        None => None,
    };
    Ok(Draft {
        circle,
        session,
        words: words.unwrap_or_default(),
    })
}

/// Keeps what one side writes of a session, and that this side says it was held. Without a session it
/// is the one that is on or was the last, else one beside the rhythm that ends now. What was promised
/// is kept even where its day cannot be read. The others are told once.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn log_session(
    app: &App,
    (guild, series): (GuildId, SeriesId),
    user: UserId,
    session: Option<OccurrenceId>,
    entry: &Entry,
) -> Result<Logged, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let circle = circle_of(&mut tx, guild, series, user).await?;
    let guild = people::find_guild(&mut *tx, guild).await?;
    let guild = guild.ok_or(Error::Gone)?;
    let session = match session {
        Some(id) => occurrences::find(&mut *tx, guild.id, id)
            .await?
            .filter(|session| session.series == series),
        None => match recent(&mut tx, series, now).await? {
            Some(session) => Some(session),
            None => {
                let began = now - TimeDelta::minutes(circle.series.minutes);
                let id = occurrences::insert_beside(&mut tx, series, began, now).await?;
                occurrences::find(&mut *tx, guild.id, id).await?
            }
        },
    };
    let session = session.ok_or(Error::Gone)?;
    let me = circle.me.person;
    if entry.words.is_empty() {
        reviews::delete(&mut tx, session.id, me).await?;
    } else {
        reviews::put(&mut tx, session.id, me, &entry.words, now).await?;
    }
    held::put(&mut tx, session.id, me, true, now).await?;
    let (promises, undated) = promised(&mut tx, &circle, &guild, &session, entry, now).await?;
    for other in &circle.others {
        let Some(to) = other.user.filter(|_| !other.has_left) else {
            continue;
        };
        let theirs = promises
            .iter()
            .filter(|promise| promise.owner.person == other.person)
            .count();
        let key = format!("cadence.logged:{}:{me}:{}", session.id, other.person);
        let word = Word {
            guild: guild.id,
            to,
            about: ("session", session.id.0),
            once: Some(&key),
        };
        let message = view::logged_for_others(&circle, &session, &guild, theirs);
        tell(&mut tx, word, &message, me, now).await?;
    }
    let open = agenda::open(&mut *tx, series).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(Logged {
        guild,
        circle,
        session,
        is_written: !entry.words.is_empty(),
        promises,
        undated,
        open,
    })
}

/// Keeps the promises of an entry. One that this session has already is not kept twice.
async fn promised(
    tx: &mut SqliteConnection,
    circle: &Circle,
    guild: &Guild,
    session: &Occurrence,
    entry: &Entry,
    now: chrono::DateTime<Utc>,
) -> Result<(Vec<Promise>, Vec<(Promise, String)>), Error> {
    let people: Vec<&Member> = circle.everybody().collect();
    let names: Vec<&str> = people
        .iter()
        .map(|member| member.name.as_deref().unwrap_or_default())
        .collect();
    let mut known = promises::list_of_session(&mut *tx, session.id).await?;
    let (mut kept, mut undated) = (Vec::new(), Vec::new());
    for line in promise_lines(&entry.promises, &names) {
        let owner = line.owner.and_then(|at| people.get(at)).copied();
        let owner = owner.unwrap_or(&circle.me);
        let day = line.by.map(|by| {
            (
                by.before,
                moment::read_day(by.words, now, owner.zone_in(guild)),
            )
        });
        let (text, due_day, why) = match day {
            None => (line.text, None, None),
            Some((before, Ok(day))) => (before, Some(day), None),
            Some((_, Err(error))) => (line.text, None, Some(error.to_string())),
        };
        let is_known =
            |promise: &Promise| promise.owner.person == owner.person && promise.text == text;
        if known.iter().any(is_known) {
            continue;
        }
        // In a pair it is to the other; among three, to who wrote it down, else to all of them.
        let other = match circle.others.as_slice() {
            [only] if owner.person == circle.me.person => Some(only.person),
            _ if owner.person != circle.me.person => Some(circle.me.person),
            _ => None,
        };
        let new = NewPromise {
            guild: guild.id,
            owner: owner.person,
            other,
            by: circle.me.person,
            occurrence: Some(session.id),
            text,
            due_day,
        };
        let promise = keep(&mut *tx, Promised { new, guild }, now).await?;
        known.push(promise.clone());
        if let Some(why) = why {
            undated.push((promise.clone(), why));
        }
        kept.push(promise);
    }
    Ok((kept, undated))
}

/// Marks items as discussed in a session.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn discuss_in_session(
    app: &App,
    guild: GuildId,
    session: OccurrenceId,
    user: UserId,
    items: &[crate::ids::AgendaItemId],
) -> Result<usize, Error> {
    let mut tx = app.db.write().await?;
    let (circle, session) = session_of(&mut tx, guild, session, user).await?;
    let mut closed = 0;
    for id in items {
        let item = agenda::find(&mut *tx, guild, *id).await?;
        if item.is_some_and(|item| item.series == session.series)
            && agenda::close(&mut tx, *id, circle.me.person, Some(session.id), app.now()).await?
        {
            closed += 1;
        }
    }
    tx.commit().await?;
    Ok(closed)
}

/// What the account noted of a session for itself; empty if nothing.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn private_note(
    app: &App,
    guild: GuildId,
    session: OccurrenceId,
    user: UserId,
) -> Result<String, Error> {
    let mut db = app.db.read().acquire().await?;
    let (circle, session) = session_of(&mut db, guild, session, user).await?;
    let note = reviews::find_note(&mut *db, session.id, circle.me.person).await?;
    Ok(note.unwrap_or_default())
}

/// Keeps what the account notes of a session for itself; an empty note goes. Says whether one is kept.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn keep_private_note(
    app: &App,
    guild: GuildId,
    session: OccurrenceId,
    user: UserId,
    note: &str,
) -> Result<bool, Error> {
    let note: String = note.trim().chars().take(NOTE).collect();
    let mut tx = app.db.write().await?;
    let (circle, session) = session_of(&mut tx, guild, session, user).await?;
    let me = circle.me.person;
    if note.is_empty() {
        reviews::delete_note(&mut tx, session.id, me).await?;
    } else {
        reviews::put_note(&mut tx, session.id, me, &note, app.now()).await?;
    }
    tx.commit().await?;
    Ok(!note.is_empty())
}
