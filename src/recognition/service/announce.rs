//! Telling of a kudos: the announcement, the private messages, and their changes.

use chrono::TimeDelta;
use sqlx::SqliteConnection;

use super::digest;
use super::give::Announced;
use super::settle::topic;
use crate::app::App;
use crate::ids::{ChannelId, KudosId, MessageId, PersonId};
use crate::jobs::notices;
use crate::jobs::outbox::{Act, Draft, MessageRef, Parcel, Place, store as outbox};
use crate::people::{Guild, Person};
use crate::recognition::rules::Visibility;
use crate::recognition::store::ledger::{self, Entry, Receiver};
use crate::recognition::view;

/// The widest circle that may see anything of a kudos.
pub(super) fn widest(receivers: &[(Person, Visibility)]) -> Visibility {
    let any = |wanted| {
        receivers
            .iter()
            .any(|(_, visibility)| *visibility == wanted)
    };
    if any(Visibility::Public) {
        Visibility::Public
    } else if any(Visibility::Channel) {
        Visibility::Channel
    } else {
        Visibility::Private
    }
}

/// Where the announcement of a kudos belongs: in the recognition channel if everybody may see it,
/// else where it was given.
fn place(guild: &Guild, entry: &Entry, shown: &[&Receiver]) -> ChannelId {
    match guild.recognition_channel {
        Some(channel)
            if shown
                .iter()
                .any(|receiver| receiver.visibility == Visibility::Public) =>
        {
            channel
        }
        _ => entry.channel,
    }
}

/// Those who are thanked where others see it, of a kudos in force.
pub(super) fn shown(receivers: &[Receiver]) -> Vec<&Receiver> {
    receivers
        .iter()
        .filter(|receiver| {
            receiver.withdrawn.is_none() && receiver.visibility != Visibility::Private
        })
        .collect()
}

/// Announces a kudos given by a call, and writes the private messages.
pub(super) async fn by_call(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    entry: &Entry,
    receivers: &[Receiver],
    can_answer: bool,
) -> Result<Announced, sqlx::Error> {
    let now = app.now();
    let id = entry.id;
    for receiver in receivers {
        by_dm(app, tx, guild, entry, receiver).await?;
    }
    let shown = shown(receivers);
    if shown.is_empty() {
        return Ok(Announced::Nowhere);
    }
    let channel = place(guild, entry, &shown);
    let is_answer = can_answer && channel == entry.channel;
    let message = view::announcement(guild, entry, &shown, is_answer);
    let draft = Draft::new(
        guild.id,
        topic::ANNOUNCEMENT,
        id.0,
        Act::Send(Place::Channel(channel), message.body()),
        now,
    )
    .lane(lane(id));
    if !is_answer {
        outbox::enqueue(tx, &draft, now).await?;
        return Ok(Announced::In(channel, None));
    }
    let draft = draft.mark(view::undo_id(id).to_string());
    let holder = app.outbox.holder();
    let row = outbox::enqueue_answer(tx, &draft, now, holder, app.outbox.lease()).await?;
    let row = row.ok_or(sqlx::Error::RowNotFound)?;
    Ok(Announced::Answer(Box::new((
        Parcel::answer(row, draft, now),
        message,
    ))))
}

/// Announces a kudos given in chat: only where a recognition channel is set that is not this one,
/// and only what everybody may see. `pings` is false for what was announced before.
pub(super) async fn by_chat(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
    pings: bool,
) -> Result<(), sqlx::Error> {
    let now = app.now();
    let (entry, receivers) = read(tx, guild, id).await?;
    let mut shown = shown(&receivers);
    shown.retain(|receiver| receiver.visibility == Visibility::Public);
    let Some(channel) = guild
        .recognition_channel
        .filter(|channel| *channel != entry.channel)
    else {
        return Ok(());
    };
    if shown.is_empty() {
        return Ok(());
    }
    let mut message = view::announcement(guild, &entry, &shown, false);
    if !pings {
        message.pings.clear();
    }
    let act = Act::Send(Place::Channel(channel), message.body());
    let draft = Draft::new(guild.id, topic::ANNOUNCEMENT, id.0, act, now).lane(lane(id));
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

/// Announces a kudos whose announcement was kept back, where it belongs, to `shown`.
pub(super) async fn send(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    entry: &Entry,
    shown: &[&Receiver],
) -> Result<(), sqlx::Error> {
    let now = app.now();
    let channel = place(guild, entry, shown);
    let message = view::announcement(guild, entry, shown, false);
    let act = Act::Send(Place::Channel(channel), message.body());
    let draft =
        Draft::new(guild.id, topic::ANNOUNCEMENT, entry.id.0, act, now).lane(lane(entry.id));
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

/// Brings the announcement of an edited kudos up to date: changes it, takes it away, or makes it.
pub(super) async fn refresh(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
) -> Result<(), sqlx::Error> {
    let (entry, receivers) = read(tx, guild, id).await?;
    digest::refresh(app, tx, &entry).await?;
    let mut shown = shown(&receivers);
    shown.retain(|receiver| receiver.visibility == Visibility::Public);
    if shown.is_empty() {
        return retract(app, tx, guild, id, &entry).await;
    }
    let Some(message) = announcement_of(tx, id, &entry).await? else {
        return by_chat(app, tx, guild, id, true).await;
    };
    let now = app.now();
    let mut message_now = view::announcement(guild, &entry, &shown, false);
    message_now.pings.clear();
    let body = message_now.edit_body();
    let draft =
        Draft::new(guild.id, topic::CHANGE, id.0, Act::Edit(message, body), now).lane(lane(id));
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

/// Takes the announcement of a kudos and its private messages away, or keeps them from going out.
pub(super) async fn retract_all(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
) -> Result<(), sqlx::Error> {
    let (entry, receivers) = read(tx, guild, id).await?;
    retract(app, tx, guild, id, &entry).await?;
    for receiver in &receivers {
        retract_dm(app, tx, guild, id, receiver).await?;
    }
    Ok(())
}

/// Takes back the private message to one receiver.
pub(super) async fn retract_from(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    let (_, receivers) = read(tx, guild, id).await?;
    match receivers.iter().find(|receiver| receiver.person == person) {
        Some(receiver) => retract_dm(app, tx, guild, id, receiver).await,
        None => Ok(()),
    }
}

async fn retract(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
    entry: &Entry,
) -> Result<(), sqlx::Error> {
    let now = app.now();
    outbox::cancel(tx, topic::ANNOUNCEMENT, id.0, now).await?;
    if let Some(message) = announcement_of(tx, id, entry).await? {
        let draft =
            Draft::new(guild.id, topic::CHANGE, id.0, Act::Delete(message), now).lane(lane(id));
        outbox::enqueue(tx, &draft, now).await?;
    }
    ledger::update_announcement(tx, id, None).await
}

async fn retract_dm(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
    receiver: &Receiver,
) -> Result<(), sqlx::Error> {
    let now = app.now();
    let lane = dm_lane(id, receiver);
    outbox::cancel_lane(tx, &lane, now).await?;
    // What could not be sent and waits for the receiver's next command; and the giver's word of that.
    notices::delete_about(tx, (topic::NOTICE, id.0), receiver.person).await?;
    let message = match receiver.told {
        Some((channel, message)) => Some(MessageRef::Known(channel, message)),
        None => outbox::find_sender_in_lane(tx, &lane)
            .await?
            .map(MessageRef::SentBy),
    };
    if let Some(message) = message {
        let draft = Draft::new(guild.id, topic::CHANGE, id.0, Act::Delete(message), now).lane(lane);
        outbox::enqueue(tx, &draft, now).await?;
    }
    Ok(())
}

/// Tells those of `fresh` who are thanked privately, each by a message of their own.
pub(super) async fn tell_privately(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
    fresh: &[PersonId],
) -> Result<(), sqlx::Error> {
    let (entry, receivers) = read(tx, guild, id).await?;
    for receiver in receivers
        .iter()
        .filter(|receiver| fresh.contains(&receiver.person))
    {
        by_dm(app, tx, guild, &entry, receiver).await?;
    }
    Ok(())
}

async fn by_dm(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    entry: &Entry,
    receiver: &Receiver,
) -> Result<(), sqlx::Error> {
    let Some(user) = receiver.user else {
        return Ok(());
    };
    if receiver.withdrawn.is_some() || receiver.visibility != Visibility::Private {
        return Ok(());
    }
    let now = app.now();
    let act = Act::Send(Place::Dm(user), view::private_message(guild, entry).body());
    let draft = Draft::new(guild.id, topic::PRIVATE, entry.id.0, act, now)
        .lane(dm_lane(entry.id, receiver));
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

/// Confirms a kudos in chat with the bot's reaction, or takes that away.
pub(super) async fn confirm(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    (channel, message): (ChannelId, MessageId),
    confirmed: bool,
) -> Result<(), sqlx::Error> {
    let emoji = app.config.recognition.confirm_reaction.to_string();
    let act = if confirmed {
        Act::React(channel, message, emoji)
    } else {
        Act::Unreact(channel, message, emoji)
    };
    mark(app, tx, guild, message, act).await
}

/// Marks a message whose kudos is over a limit.
pub(super) async fn refuse(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    (channel, message): (ChannelId, MessageId),
) -> Result<(), sqlx::Error> {
    let emoji = app.config.recognition.refuse_reaction.to_string();
    mark(app, tx, guild, message, Act::React(channel, message, emoji)).await
}

/// Takes the mark of a limit off a message that an edit has brought within it.
pub(super) async fn unrefuse(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    (channel, message): (ChannelId, MessageId),
) -> Result<(), sqlx::Error> {
    let emoji = app.config.recognition.refuse_reaction.to_string();
    mark(
        app,
        tx,
        guild,
        message,
        Act::Unreact(channel, message, emoji),
    )
    .await
}

async fn mark(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    message: MessageId,
    act: Act,
) -> Result<(), sqlx::Error> {
    let now = app.now();
    let subject = message.get().cast_signed();
    // A mark that is a day late says nothing any more.
    let draft =
        Draft::new(guild.id, topic::MARK, subject, act, now).expires_after(TimeDelta::days(1));
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

pub(super) async fn announcement_of(
    tx: &mut SqliteConnection,
    id: KudosId,
    entry: &Entry,
) -> Result<Option<MessageRef>, sqlx::Error> {
    if let Some((channel, message)) = entry.announced_channel.zip(entry.announced_message) {
        return Ok(Some(MessageRef::Known(channel, message)));
    }
    let row = outbox::find_pending(tx, topic::ANNOUNCEMENT, id.0).await?;
    Ok(row.map(MessageRef::SentBy))
}

pub(super) async fn read(
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
) -> Result<(Entry, Vec<Receiver>), sqlx::Error> {
    let entry = ledger::find(&mut *tx, guild.id, id)
        .await?
        .ok_or(sqlx::Error::RowNotFound)?;
    let receivers = ledger::list_receivers(tx, id).await?;
    Ok((entry, receivers))
}

pub(super) fn lane(id: KudosId) -> String {
    format!("kudos:{id}")
}

pub(super) fn dm_lane(id: KudosId, receiver: &Receiver) -> String {
    format!("kudos:{id}:{}", receiver.person)
}
