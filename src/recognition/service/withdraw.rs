//! Taking kudos back. It stays in the ledger, marked as taken back.

use sqlx::SqliteConnection;

use super::{Error, announce, digest};
use crate::app::App;
use crate::ids::{GuildId, KudosId, MessageId, PersonId};
use crate::people::{self, Guild, Seen};
use crate::recognition::rules::Visibility;
use crate::recognition::store::ledger::{self, Entry, Receiver};

/// A kudos that was taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The kudos.
    pub entry: Entry,
    /// Those who had been thanked.
    pub receivers: Vec<Receiver>,
}

/// Takes back the kudos that an Undo button names: the giver on the day it was given, an admin at
/// any time. An admin does not hear of those who were thanked privately.
///
/// # Errors
/// [`Error::NoSuchKudos`], [`Error::NotYours`], [`Error::TooLate`], [`Error::TakenBack`], faults.
pub async fn undo(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    is_admin: bool,
    id: KudosId,
) -> Result<Taken, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let person = people::see(&mut tx, guild.id, asker, now).await?;
    let entry = ledger::find(&mut *tx, guild.id, id)
        .await?
        .ok_or(Error::NoSuchKudos)?;
    let is_giver = entry.giver == person.id;
    let is_seen = |receiver: &Receiver| is_giver || receiver.visibility != Visibility::Private;
    // Of a private one nobody but the giver may find out that it is there.
    if !ledger::list_receivers(&mut *tx, id)
        .await?
        .iter()
        .any(is_seen)
    {
        return Err(Error::NoSuchKudos);
    }
    if !is_giver && !is_admin {
        return Err(Error::NotYours);
    }
    let zone = people::zone_of(Some(&person), &guild);
    let today = zone.start_of_day(zone.civil_date(now)).timestamp_millis();
    if !is_admin && entry.given_at < today {
        return Err(Error::TooLate);
    }
    let why = if is_giver { "undo" } else { "admin" };
    let mut taken = take_back(app, &mut tx, &guild, entry, Some(person.id), why).await?;
    taken.receivers.retain(is_seen);
    if taken.receivers.is_empty() {
        return Err(Error::TakenBack);
    }
    if !is_giver {
        people::audit(
            &mut tx,
            guild.id,
            person.id,
            Some(taken.entry.giver),
            "kudos withdrawn",
            &format!("kudos {id}"),
            now,
        )
        .await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(taken)
}

/// Takes back the asker's latest kudos of today, however it was given.
///
/// # Errors
/// [`Error::NothingToday`], faults.
pub async fn undo_latest(app: &App, guild: GuildId, asker: &Seen) -> Result<Taken, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let person = people::see(&mut tx, guild.id, asker, now).await?;
    let zone = people::zone_of(Some(&person), &guild);
    let today = zone.start_of_day(zone.civil_date(now));
    let id = ledger::find_latest(&mut *tx, person.id, today)
        .await?
        .ok_or(Error::NothingToday)?;
    let entry = ledger::find(&mut *tx, guild.id, id)
        .await?
        .ok_or(Error::NoSuchKudos)?;
    let taken = take_back(app, &mut tx, &guild, entry, Some(person.id), "undo").await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(taken)
}

/// Takes back a whole kudos with what seconds it, its announcement, its private messages and its
/// confirmation. The receivers in the result are those who counted until now.
pub(super) async fn take_back(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    entry: Entry,
    by: Option<PersonId>,
    why: &str,
) -> Result<Taken, sqlx::Error> {
    let receivers = end(app, tx, entry.id, by, why).await?;
    if receivers.is_empty() {
        return Ok(Taken { entry, receivers });
    }
    for second in ledger::list_seconds(&mut *tx, entry.id).await? {
        end(app, tx, second, by, "seconded").await?;
    }
    announce::retract_all(app, tx, guild, entry.id).await?;
    unconfirm(app, tx, guild, &entry).await?;
    digest::refresh(app, tx, &entry).await?;
    Ok(Taken { entry, receivers })
}

/// Takes all receivers out of one kudos; returns those who counted until now.
async fn end(
    app: &App,
    tx: &mut SqliteConnection,
    id: KudosId,
    by: Option<PersonId>,
    why: &str,
) -> Result<Vec<Receiver>, sqlx::Error> {
    let now = app.now();
    let mut ended = Vec::new();
    for receiver in ledger::list_receivers(&mut *tx, id).await? {
        if ledger::withdraw_receiver(tx, id, receiver.person, by, why, now).await? {
            ledger::insert_change(tx, id, Some(receiver.person), by, "withdrawn", now).await?;
            ended.push(receiver);
        }
    }
    Ok(ended)
}

/// Takes the bot's confirmation off a message that no kudos in force comes from any more.
pub(super) async fn unconfirm(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    entry: &Entry,
) -> Result<(), sqlx::Error> {
    if !matches!(entry.source.as_str(), "chat" | "reaction") {
        return Ok(());
    }
    let message = MessageId::from(entry.source_key.cast_unsigned());
    if ledger::list_from_message(&mut *tx, guild.id, message)
        .await?
        .is_empty()
    {
        announce::confirm(app, tx, guild, (entry.channel, message), false).await?;
    }
    Ok(())
}
