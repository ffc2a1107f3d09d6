//! Making a promise.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::SqliteConnection;

use super::super::tell::{Word, tell};
use super::super::{Error, pair};
use super::{promises, remind};
use crate::app::App;
use crate::cadence::rules::SeriesState;
use crate::cadence::store::promises::{NewPromise, Promise};
use crate::cadence::store::series;
use crate::cadence::view;
use crate::ids::{GuildId, PersonId};
use crate::people::{self, Guild, Person, Seen};
use crate::time::moment;

/// How long a promise is, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=500;

/// A promise as somebody wants it written down.
#[derive(Clone, Copy, Debug)]
pub struct AddPromise<'a> {
    /// What is promised.
    pub text: &'a str,
    /// By when, in words.
    pub due: Option<&'a str>,
    /// Who keeps it; the asker, if nobody is named.
    pub who: Option<&'a Seen>,
    /// To whom; the asker if somebody else keeps it, else to nobody but oneself.
    pub to: Option<&'a Seen>,
}

/// A promise that was written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// The promise.
    pub promise: Promise,
    /// Who wrote it down.
    pub by: PersonId,
    /// The guild.
    pub guild: Guild,
}

/// Writes down a promise, of oneself or of somebody else; the other side is told.
///
/// # Errors
/// [`Error::WithBot`], [`Error::Said`], faults.
pub async fn add_promise(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    wish: AddPromise<'_>,
) -> Result<Added, Error> {
    let text = wish.text.trim();
    if !LENGTH.contains(&text.chars().count()) {
        let words = "Say what is promised in 3 to 500 characters.";
        return Err(Error::Said(words.to_owned()));
    }
    for named in [wish.who, wish.to].into_iter().flatten() {
        if named.is_bot {
            let name = pair::shown(Some(&named.name));
            let words = format!("{name} is a bot and neither makes promises nor waits for them.");
            return Err(Error::Said(words));
        }
    }
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let me = people::see(&mut tx, guild.id, asker, now).await?;
    let owner = party(&mut tx, &guild, &me, wish.who, now).await?;
    let to = match wish.to {
        Some(_) => Some(party(&mut tx, &guild, &me, wish.to, now).await?),
        None => Some(me.clone()),
    };
    let other = to.filter(|to| to.id != owner.id);
    if owner.id != me.id && other.as_ref().is_none_or(|other| other.id != me.id) {
        let words = "A promise that you write down has you on one side: leave out `to`, or \
                     choose yourself.";
        return Err(Error::Said(words.to_owned()));
    }
    let beside = if owner.id == me.id {
        other.as_ref()
    } else {
        Some(&owner)
    };
    if let Some(beside) = beside
        && !may_promise_with(&mut tx, &guild, &me, beside).await?
    {
        let name = pair::shown(beside.name.as_deref());
        return Err(Error::Said(format!(
            "You and {name} have no running series, and neither of you manages the other's team. \
             `/one-on-one schedule` starts one; `/promise add` without a name is for yourself."
        )));
    }
    let zone = people::zone_of(Some(&owner), &guild);
    let due_day = wish
        .due
        .map(|typed| moment::read_day(typed, now, zone))
        .transpose()
        .map_err(|error| Error::Said(error.to_string()))?;
    let new = NewPromise {
        guild: guild.id,
        owner: owner.id,
        other: other.as_ref().map(|other| other.id),
        by: me.id,
        occurrence: None,
        text,
        due_day,
    };
    let promise = write(&mut tx, &guild, &new, now).await?;
    if let Some(user) = promise.side_beside(me.id).and_then(|side| side.reachable()) {
        let word = Word {
            guild: guild.id,
            to: user,
            about: ("promise", promise.id.0),
            once: None,
        };
        let message = if owner.id == me.id {
            view::promised_to_you(&promise, &guild)
        } else {
            view::promise_for_you(&promise, &me, &guild)
        };
        tell(&mut tx, word, &message, me.id, now).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(Added {
        promise,
        by: me.id,
        guild,
    })
}

/// A promise as a session's notes have it.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Promised<'a> {
    /// Who keeps it, to whom, and the session.
    pub(in super::super) new: NewPromise<'a>,
    /// The guild's settings.
    pub(in super::super) guild: &'a Guild,
}

/// Keeps a promise of a session with its reminders; tells nobody.
pub(in super::super) async fn keep(
    tx: &mut SqliteConnection,
    promised: Promised<'_>,
    now: DateTime<Utc>,
) -> Result<Promise, Error> {
    write(tx, promised.guild, &promised.new, now).await
}

async fn write(
    tx: &mut SqliteConnection,
    guild: &Guild,
    new: &NewPromise<'_>,
    now: DateTime<Utc>,
) -> Result<Promise, Error> {
    let id = promises::insert(&mut *tx, new, now).await?;
    let promise = promises::find(&mut *tx, guild.id, id).await?;
    let promise = promise.ok_or(Error::Gone)?;
    remind(tx, &promise, guild.zone, now).await?;
    Ok(promise)
}

async fn party(
    tx: &mut SqliteConnection,
    guild: &Guild,
    me: &Person,
    named: Option<&Seen>,
    now: DateTime<Utc>,
) -> Result<Person, sqlx::Error> {
    match named.filter(|named| Some(named.user) != me.user) {
        Some(named) => people::see(tx, guild.id, named, now).await,
        None => Ok(me.clone()),
    }
}

/// Whether the two have a running series, or one manages a team of the other.
async fn may_promise_with(
    tx: &mut SqliteConnection,
    guild: &Guild,
    me: &Person,
    other: &Person,
) -> Result<bool, sqlx::Error> {
    let shared = series::list_between(&mut *tx, guild.id, me.id, other.id, false).await?;
    if shared.iter().any(|one| one.state == SeriesState::Running) {
        return Ok(true);
    }
    for (manager, member) in [(me.id, other.id), (other.id, me.id)] {
        for team in people::managed_by(&mut *tx, guild.id, manager).await? {
            let members = people::members_of(&mut *tx, guild.id, team.id).await?;
            if members.iter().any(|one| one.person == member) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The day of a promise, read where its owner is.
pub(super) fn read_day(
    typed: &str,
    promise: &Promise,
    guild: &Guild,
    now: DateTime<Utc>,
) -> Result<NaiveDate, Error> {
    moment::read_day(typed, now, promise.zone(guild.zone))
        .map_err(|error| Error::Said(error.to_string()))
}
