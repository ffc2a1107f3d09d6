//! Kudos read from messages in chat: given, edited, withdrawn.
//!
//! Nothing here answers with words: what does not count is passed over, what is over a limit gets
//! one reaction, what counts gets another.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::give::pick_value;
use super::{Error, announce, withdraw};
use crate::app::App;
use crate::ids::{ChannelId, GuildId, KudosId, MessageId, PersonId};
use crate::people::{self, Guild, Person, Seen};
use crate::recognition::rules::{self, Limits, Refusal, Source, Visibility};
use crate::recognition::store::ledger::{self, NewKudos};
use crate::recognition::store::values::Value;

/// A message as it stands now.
#[derive(Clone, Debug)]
pub struct ChatMessage {
    /// The guild.
    pub guild: GuildId,
    /// Where it stands.
    pub channel: ChannelId,
    /// Whether everybody may see that channel.
    pub is_open: bool,
    /// The message.
    pub id: MessageId,
    /// Who wrote it.
    pub author: Seen,
    /// When it was edited; none for a message just written.
    pub edited: Option<DateTime<Utc>>,
}

/// The kudos that a message asks for.
#[derive(Clone, Debug)]
pub struct ChatKudos {
    /// Whom it thanks.
    pub to: Vec<Seen>,
    /// The praise.
    pub text: String,
    /// The value after `#`, as typed. One that the guild does not have is passed over.
    pub value: Option<String>,
}

/// Makes the ledger say what a message says now: gives, edits or withdraws.
///
/// # Errors
/// Faults alone; refusals are shown by a reaction or passed over.
pub async fn chat(
    app: &App,
    message: &ChatMessage,
    asked: Option<&ChatKudos>,
) -> Result<(), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, message.guild, &app.config.server, now).await?;
    let author = people::see(&mut tx, guild.id, &message.author, now).await?;
    let key = message.id.get();
    let known =
        ledger::find_by_source(&mut *tx, guild.id, Source::Chat, key, author.id, false).await?;
    match (known, asked) {
        (None, None) => return Ok(()),
        (None, Some(_)) if is_from_before(&mut tx, &guild, message).await? => return Ok(()),
        (None, Some(asked)) => give(app, &mut tx, &guild, message, &author, asked).await?,
        // The message was written before; what it says now comes with an edit.
        (Some(_), _) if message.edited.is_none() => return Ok(()),
        (Some(id), None) => {
            let entry = ledger::find(&mut *tx, guild.id, id)
                .await?
                .ok_or(Error::NoSuchKudos)?;
            withdraw::take_back(app, &mut tx, &guild, entry, Some(author.id), "edit").await?;
        }
        (Some(id), Some(_)) if names_nobody(&mut tx, id).await? => return Ok(()),
        (Some(id), Some(asked)) => edit(app, &mut tx, &guild, message, &author, id, asked).await?,
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}

/// Withdraws what came from messages that were deleted.
///
/// # Errors
/// Faults alone.
pub async fn message_deleted(
    app: &App,
    guild: GuildId,
    messages: &[MessageId],
) -> Result<(), Error> {
    for message in messages {
        // Most deleted messages carry no kudos: look before taking the writer.
        if ledger::list_from_message(app.db.read(), guild, *message)
            .await?
            .is_empty()
        {
            continue;
        }
        let now = app.now();
        let mut tx = app.db.write().await?;
        let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
        for (id, _) in ledger::list_from_message(&mut *tx, guild.id, *message).await? {
            let entry = ledger::find(&mut *tx, guild.id, id)
                .await?
                .ok_or(Error::NoSuchKudos)?;
            withdraw::take_back(app, &mut tx, &guild, entry, None, "delete").await?;
        }
        tx.commit().await?;
        app.outbox.wake();
    }
    Ok(())
}

/// Whether a message was written before somebody was erased by one who is not known since before
/// that: what an erased person wrote does not come back by an edit, or by being told of again.
async fn is_from_before(
    tx: &mut SqliteConnection,
    guild: &Guild,
    message: &ChatMessage,
) -> Result<bool, Error> {
    let Some(erasure) = people::last_erasure(&mut *tx, guild.id).await? else {
        return Ok(false);
    };
    if message.id.written_at() >= erasure {
        return Ok(false);
    }
    let author = message.author.user;
    Ok(!people::is_older_than_an_erasure(tx, guild.id, author, erasure).await?)
}

/// Whether a kudos thanks somebody who was erased since: its words stay as the erasure left them.
async fn names_nobody(tx: &mut SqliteConnection, id: KudosId) -> Result<bool, Error> {
    let receivers = ledger::list_receivers(tx, id).await?;
    Ok(receivers.iter().any(|receiver| receiver.user.is_none()))
}

async fn give(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    message: &ChatMessage,
    author: &Person,
    asked: &ChatKudos,
) -> Result<(), Error> {
    let Allowed::Yes(receivers) = allowed(app, tx, guild, message, author, asked, 0).await? else {
        return Ok(());
    };
    let now = app.now();
    let value = value(tx, guild.id, asked).await?;
    let new = NewKudos {
        guild: guild.id,
        giver: author.id,
        seconds: None,
        source: Source::Chat,
        source_key: message.id.get(),
        channel: message.channel,
        message: Some(message.id),
        team: None,
        value: value.map(|value| value.id),
        visibility: announce::widest(&receivers),
        text: Some(&asked.text),
        at: now,
        day: guild.zone.civil_date(now),
        edited: message.edited,
    };
    let Some(id) = ledger::insert(tx, &new).await? else {
        return Ok(());
    };
    let mut fresh = Vec::with_capacity(receivers.len());
    for (person, visibility) in &receivers {
        ledger::insert_receiver(tx, id, person.id, *visibility).await?;
        fresh.push(person.id);
    }
    if message.edited.is_some() {
        announce::unrefuse(app, tx, guild, (message.channel, message.id)).await?;
    }
    announce::confirm(app, tx, guild, (message.channel, message.id), true).await?;
    announce::tell_privately(app, tx, guild, id, &fresh).await?;
    announce::by_chat(app, tx, guild, id, true).await?;
    Ok(())
}

async fn edit(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    message: &ChatMessage,
    author: &Person,
    id: KudosId,
    asked: &ChatKudos,
) -> Result<(), Error> {
    let now = app.now();
    let before = ledger::list_receivers(&mut *tx, id).await?;
    let counting: Vec<PersonId> = before
        .iter()
        .filter(|receiver| receiver.withdrawn.is_none())
        .map(|receiver| receiver.person)
        .collect();
    let already = u32::try_from(counting.len()).unwrap_or_default();
    let receivers = match allowed(app, tx, guild, message, author, asked, already).await? {
        Allowed::Yes(receivers) => receivers,
        Allowed::Over => return Ok(()),
        Allowed::Nobody => {
            let entry = ledger::find(&mut *tx, guild.id, id)
                .await?
                .ok_or(Error::NoSuchKudos)?;
            withdraw::take_back(app, tx, guild, entry, Some(author.id), "edit").await?;
            return Ok(());
        }
    };
    let value = value(tx, guild.id, asked).await?.map(|value| value.id);
    ledger::update_text(tx, id, &asked.text, value, message.edited.unwrap_or(now)).await?;
    ledger::insert_change(tx, id, None, Some(author.id), "edited", now).await?;
    if !message.is_open {
        // The channel was closed since: the new words are for those who are in it.
        ledger::close(tx, id).await?;
    }
    for gone in counting
        .iter()
        .filter(|person| receivers.iter().all(|(kept, _)| kept.id != **person))
    {
        ledger::withdraw_receiver(tx, id, *gone, Some(author.id), "edit", now).await?;
        ledger::insert_change(tx, id, Some(*gone), Some(author.id), "withdrawn", now).await?;
        announce::retract_from(app, tx, guild, id, *gone).await?;
    }
    let mut fresh = Vec::new();
    for (person, visibility) in &receivers {
        if counting.contains(&person.id) {
            continue;
        }
        if ledger::insert_receiver(tx, id, person.id, *visibility).await? {
            if before.iter().any(|receiver| receiver.person == person.id) {
                ledger::insert_change(tx, id, Some(person.id), Some(author.id), "restored", now)
                    .await?;
            }
            fresh.push(person.id);
        }
    }
    announce::tell_privately(app, tx, guild, id, &fresh).await?;
    announce::refresh(app, tx, guild, id).await?;
    let stands = ledger::list_receivers(&mut *tx, id)
        .await?
        .iter()
        .any(|r| r.withdrawn.is_none());
    if stands && counting.is_empty() {
        announce::confirm(app, tx, guild, (message.channel, message.id), true).await?;
    }
    Ok(())
}

/// Whom a message may thank.
enum Allowed {
    Yes(Vec<(Person, Visibility)>),
    /// More than a limit allows; the message was marked.
    Over,
    Nobody,
}

/// Whom the message may thank. `already` receivers of this very message are counted in today's already.
async fn allowed(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    message: &ChatMessage,
    author: &Person,
    asked: &ChatKudos,
    already: u32,
) -> Result<Allowed, Error> {
    let now = app.now();
    let mut named = Vec::with_capacity(asked.to.len());
    for seen in &asked.to {
        named.push(people::see(tx, guild.id, seen, now).await?);
    }
    let zone = people::zone_of(Some(author), guild);
    let today = zone.start_of_day(zone.civil_date(now));
    let given = ledger::count_given(&mut *tx, author.id, today)
        .await?
        .saturating_sub(already);
    let recognition = &app.config.recognition;
    let limits = Limits {
        most: Some(recognition.max_receivers),
        allowance: recognition.daily_allowance,
    };
    match rules::receivers(author, named, given, limits) {
        Ok(receivers) => Ok(Allowed::Yes(
            receivers
                .into_iter()
                .map(|person| {
                    let visibility = rules::visibility(&person, false, message.is_open);
                    (person, visibility)
                })
                .collect(),
        )),
        Err(Refusal::TooMany { .. } | Refusal::Allowance { .. }) => {
            announce::refuse(app, tx, guild, (message.channel, message.id)).await?;
            Ok(Allowed::Over)
        }
        Err(_) => Ok(Allowed::Nobody),
    }
}

async fn value(
    tx: &mut SqliteConnection,
    guild: GuildId,
    asked: &ChatKudos,
) -> Result<Option<Value>, Error> {
    let Some(typed) = &asked.value else {
        return Ok(None);
    };
    match pick_value(tx, guild, typed).await {
        Ok(value) => Ok(Some(value)),
        Err(Error::NoSuchValue { .. } | Error::UnclearValue { .. }) => Ok(None),
        Err(other) => Err(other),
    }
}
