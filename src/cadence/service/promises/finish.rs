//! Keeping a promise, dropping it, and the way back.

use sqlx::SqliteConnection;

use super::super::tell::{Word, tell};
use super::add::read_day;
use super::list::meant;
use super::{Error, nudges, of_side, promises, remind};
use crate::app::App;
use crate::cadence::rules::PromiseState;
use crate::cadence::store::promises::Promise;
use crate::cadence::view;
use crate::ids::{GuildId, PersonId, PromiseId, UserId};
use crate::people::{self, Guild, Person};
use crate::render::Message;

/// How much of a reason is kept.
const REASON: usize = 300;

/// A promise that was kept, dropped or opened again.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// The promise as it is now.
    pub promise: Promise,
    /// Who did it.
    pub by: PersonId,
    /// The guild.
    pub guild: Guild,
}

/// Which promise: by its row, or as somebody typed it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Named<'a> {
    /// By its row.
    Row(PromiseId),
    /// In words, or by a row that was offered.
    Typed(&'a str),
}

/// Ends a promise: kept, or dropped for a reason. Either side may; the other is told.
///
/// # Errors
/// [`Error::Said`], faults.
pub async fn finish_promise(
    app: &App,
    guild: GuildId,
    user: UserId,
    typed: Result<PromiseId, &str>,
    state: PromiseState,
    reason: Option<&str>,
) -> Result<Finished, Error> {
    let named = typed.map_or_else(Named::Typed, Named::Row);
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (me, promise) = meant(&mut tx, guild, user, named).await?;
    let reason: Option<String> = reason
        .map(|reason| reason.trim().chars().take(REASON).collect::<String>())
        .filter(|reason| !reason.is_empty());
    if !promises::finish(&mut tx, promise.id, state, reason.as_deref(), now).await? {
        return Err(Error::Said(view::ended_already(&promise)));
    }
    nudges::clear_promise(&mut tx, promise.id).await?;
    let done = told(app, &mut tx, guild, (me, promise.id), view::promise_ended).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(done)
}

/// Drops a promise that somebody else wrote down for the account; who wrote it is told.
///
/// # Errors
/// [`Error::Said`], faults.
pub async fn not_mine(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: PromiseId,
) -> Result<Finished, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (me, promise) = of_side(&mut tx, guild, user, id).await?;
    if promise.owner.person != me.id {
        return Err(super::none_such());
    }
    let (state, why) = (PromiseState::Dropped, Some("Not mine"));
    if !promises::finish(&mut tx, id, state, why, now).await? {
        return Err(Error::Said(view::ended_already(&promise)));
    }
    nudges::clear_promise(&mut tx, id).await?;
    let done = told(app, &mut tx, guild, (me, id), view::promise_ended).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(done)
}

/// Opens a promise again that was kept or dropped. Either side may; the other is told.
///
/// # Errors
/// [`Error::Said`], faults.
pub async fn reopen_promise(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: PromiseId,
) -> Result<Finished, Error> {
    let mut tx = app.db.write().await?;
    let (me, promise) = of_side(&mut tx, guild, user, id).await?;
    if !promises::reopen(&mut tx, promise.id).await? {
        return Err(Error::Said("That promise is open.".to_owned()));
    }
    let done = told(app, &mut tx, guild, (me, id), view::promise_reopened).await?;
    remind(&mut tx, &done.promise, done.guild.zone, app.now()).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(done)
}

/// Says by when an open promise is to be kept. Either side may.
///
/// # Errors
/// [`Error::Said`], faults.
pub async fn set_promise_day(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: PromiseId,
    typed: &str,
) -> Result<Finished, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (me, promise) = of_side(&mut tx, guild, user, id).await?;
    if promise.state != PromiseState::Open {
        return Err(Error::Said(view::ended_already(&promise)));
    }
    let guild = people::find_guild(&mut *tx, guild).await?;
    let guild = guild.ok_or(Error::Gone)?;
    let day = read_day(typed, &promise, &guild, now)?;
    promises::set_due(&mut tx, id, day).await?;
    let promise = Promise {
        due_day: Some(day),
        ..promise
    };
    remind(&mut tx, &promise, guild.zone, now).await?;
    tx.commit().await?;
    Ok(Finished {
        promise,
        by: me.id,
        guild,
    })
}

/// Tells the other side how the promise stands now.
async fn told(
    app: &App,
    tx: &mut SqliteConnection,
    guild: GuildId,
    (me, id): (Person, PromiseId),
    words: fn(&Promise, &Person) -> Message,
) -> Result<Finished, Error> {
    let guild = people::find_guild(&mut *tx, guild).await?;
    let guild = guild.ok_or(Error::Gone)?;
    let promise = promises::find(&mut *tx, guild.id, id).await?;
    let promise = promise.ok_or(Error::Gone)?;
    if let Some(user) = promise.side_beside(me.id).and_then(|side| side.reachable()) {
        let word = Word {
            guild: guild.id,
            to: user,
            about: ("promise", id.0),
            once: None,
        };
        tell(tx, word, &words(&promise, &me), me.id, app.now()).await?;
    }
    Ok(Finished {
        promise,
        by: me.id,
        guild,
    })
}
