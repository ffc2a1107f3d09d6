//! Coaching moments: noted on somebody's message, for the author alone, until shared or put away.

use super::{Circle, Error, circle_of};
use super::{agenda, pair};
use crate::app::App;
use crate::cadence::rules::SeriesState;
use crate::cadence::store::moments::{self, Moment, NewMoment};
use crate::cadence::store::series::{self, Series};
use crate::ids::{ChannelId, GuildId, MessageId, MomentId, SeriesId, UserId};
use crate::people::{self, Person, Seen};
use sqlx::SqliteConnection;

/// How long a note is, in characters: as long as an item of an agenda, which it may become.
pub const NOTE_LENGTH: std::ops::RangeInclusive<usize> = 1..=500;

/// A moment as its author sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted {
    /// The guild.
    pub guild: GuildId,
    /// The moment.
    pub moment: Moment,
    /// Whom it is about.
    pub about: Person,
    /// The running series with them, newest first.
    pub series: Vec<Series>,
}

/// Refuses a note on oneself or on a bot.
///
/// # Errors
/// [`Error::Said`].
pub fn may_note(author: UserId, about: UserId, is_bot: bool) -> Result<(), Error> {
    let words = if is_bot {
        "That was written by a bot, which takes no coaching. Choose a person's message."
    } else if author == about {
        "A coaching moment is about somebody else. For yourself, `/promise add` keeps what you \
         want to do."
    } else {
        return Ok(());
    };
    Err(Error::Said(words.to_owned()))
}

/// Keeps a note on somebody's message.
///
/// # Errors
/// [`Error::Said`], faults.
pub async fn note_moment(
    app: &App,
    guild: GuildId,
    author: &Seen,
    about: &Seen,
    (channel, message): (ChannelId, MessageId),
    note: &str,
) -> Result<Noted, Error> {
    may_note(author.user, about.user, about.is_bot)?;
    let note = note.trim();
    if !NOTE_LENGTH.contains(&note.chars().count()) {
        let words = "Note what you saw in at most 500 characters.";
        return Err(Error::Said(words.to_owned()));
    }
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let me = people::see(&mut tx, guild.id, author, now).await?;
    let about = people::see(&mut tx, guild.id, about, now).await?;
    let new = NewMoment {
        guild: guild.id,
        author: me.id,
        about: about.id,
        channel,
        message,
        note,
    };
    let id = moments::insert(&mut tx, &new, now).await?;
    let noted = read(&mut tx, guild.id, &me, id).await?;
    tx.commit().await?;
    Ok(noted)
}

/// A moment, for its author.
///
/// # Errors
/// [`Error::NotYours`], faults.
pub async fn moment(app: &App, guild: GuildId, user: UserId, id: MomentId) -> Result<Noted, Error> {
    let mut db = app.db.read().acquire().await?;
    let me = author(&mut db, guild, user).await?;
    read(&mut db, guild, &me, id).await
}

/// Puts an open moment on the agenda of a running series with whom it is about: from then on both see
/// it. Without `into`, there must be one such series alone.
///
/// # Errors
/// [`Error::NotYours`], [`Error::NoSeries`], [`Error::WhichSeries`], [`Error::Said`], faults.
pub async fn share_moment(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: MomentId,
    into: Option<SeriesId>,
) -> Result<(Noted, Circle), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let me = author(&mut tx, guild, user).await?;
    let noted = read(&mut tx, guild, &me, id).await?;
    let name = pair::shown(noted.about.name.as_deref());
    let chosen = match (into, noted.series.as_slice()) {
        (_, []) => return Err(Error::NoSeries { name }),
        (Some(into), among) => among.iter().find(|one| one.id == into).cloned(),
        (None, [only]) => Some(only.clone()),
        (None, among) => {
            let among = among.to_vec();
            return Err(Error::WhichSeries { name, among });
        }
    };
    let chosen = chosen.ok_or(Error::NotThatSeries { name })?;
    if !moments::close(&mut tx, id, now).await? {
        return Err(closed());
    }
    let circle = circle_of(&mut tx, guild, chosen.id, user).await?;
    agenda::add(&mut tx, &circle, &noted.moment.note, Some(id), now).await?;
    tx.commit().await?;
    Ok((noted, circle))
}

/// Puts an open moment away.
///
/// # Errors
/// [`Error::NotYours`], [`Error::Said`], faults.
pub async fn put_moment_away(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: MomentId,
) -> Result<Noted, Error> {
    let mut tx = app.db.write().await?;
    let me = author(&mut tx, guild, user).await?;
    let noted = read(&mut tx, guild, &me, id).await?;
    if !moments::close(&mut tx, id, app.now()).await? {
        return Err(closed());
    }
    tx.commit().await?;
    Ok(noted)
}

/// Takes a moment out again that was put away.
///
/// # Errors
/// [`Error::NotYours`], faults.
pub async fn take_moment_out(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: MomentId,
) -> Result<Noted, Error> {
    let mut tx = app.db.write().await?;
    let me = author(&mut tx, guild, user).await?;
    read(&mut tx, guild, &me, id).await?;
    moments::reopen(&mut tx, id).await?;
    let noted = read(&mut tx, guild, &me, id).await?;
    tx.commit().await?;
    Ok(noted)
}

/// The open moments of the one who looks about the others of a series.
pub(super) async fn moments_in(
    db: &mut SqliteConnection,
    circle: &Circle,
) -> Result<Vec<Moment>, sqlx::Error> {
    let mut noted = Vec::new();
    for other in &circle.others {
        noted.extend(moments::open(&mut *db, circle.me.person, other.person).await?);
    }
    Ok(noted)
}

fn closed() -> Error {
    Error::Said(
        "You have shared that moment or put it away. `/one-on-one agenda` shows what is open."
            .to_owned(),
    )
}

async fn author(db: &mut SqliteConnection, guild: GuildId, user: UserId) -> Result<Person, Error> {
    let person = people::find_person(&mut *db, guild, user).await?;
    person.ok_or(Error::NotYours)
}

async fn read(
    db: &mut SqliteConnection,
    guild: GuildId,
    me: &Person,
    id: MomentId,
) -> Result<Noted, Error> {
    let moment = moments::find(&mut *db, guild, me.id, id).await?;
    let moment = moment.ok_or(Error::NotYours)?;
    let about = people::person_by_id(&mut *db, guild, moment.about).await?;
    let about = about.ok_or(Error::NotYours)?;
    let mut known = series::list_between(&mut *db, guild, me.id, about.id, false).await?;
    known.retain(|one| one.state == SeriesState::Running);
    Ok(Noted {
        guild,
        moment,
        about,
        series: known,
    })
}
