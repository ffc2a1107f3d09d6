//! Kudos by reaction, and seconding.

use sqlx::SqliteConnection;

use super::{Error, announce, withdraw};
use crate::app::App;
use crate::ids::{ChannelId, GuildId, KudosId, MessageId, UserId};
use crate::people::{self, Guild, Person, Seen};
use crate::recognition::rules::{self, Limits, Refusal, Source, Visibility};
use crate::recognition::store::ledger::{self, NewKudos};

/// A reaction that means kudos.
#[derive(Clone, Debug)]
pub struct Reaction {
    /// The guild.
    pub guild: GuildId,
    /// The channel of the message.
    pub channel: ChannelId,
    /// Whether everybody may see that channel.
    pub is_open: bool,
    /// The message.
    pub message: MessageId,
    /// Who reacted.
    pub by: Seen,
}

/// Whose message it is.
#[derive(Clone, Debug)]
pub enum Reacted {
    /// A person's: the author gets kudos.
    To(Seen),
    /// The announcement of a kudos: it is seconded.
    Announcement,
}

/// Gives the author of a message kudos, or seconds the kudos that the message announces.
///
/// # Errors
/// Faults alone; what does not count is passed over, what is over a limit is marked.
pub async fn react(app: &App, reaction: &Reaction, reacted: &Reacted) -> Result<(), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, reaction.guild, &app.config.server, now).await?;
    let giver = people::see(&mut tx, guild.id, &reaction.by, now).await?;
    let mut reaction = reaction.clone();
    let (seconds, named) = match reacted {
        Reacted::To(author) => (
            None,
            vec![people::see(&mut tx, guild.id, author, now).await?],
        ),
        Reacted::Announcement => {
            let Some(id) = ledger::find_announced(&mut *tx, guild.id, reaction.message).await?
            else {
                return Ok(());
            };
            let Some((named, is_open)) = thanked(&mut tx, &guild, id, &giver).await? else {
                return Ok(());
            };
            reaction.is_open &= is_open;
            (Some(id), named)
        }
    };
    let Some(receivers) = allowed(app, &mut tx, &guild, &reaction, &giver, named).await? else {
        tx.commit().await?;
        app.outbox.wake();
        return Ok(());
    };
    let fresh = write(app, &mut tx, &guild, &reaction, &giver, seconds, &receivers).await?;
    tx.commit().await?;
    if fresh {
        app.outbox.wake();
    }
    Ok(())
}

/// Writes the kudos, or restores the one whose reaction had been removed. False if it stood.
async fn write(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    reaction: &Reaction,
    giver: &Person,
    seconds: Option<KudosId>,
    receivers: &[(Person, Visibility)],
) -> Result<bool, Error> {
    let now = app.now();
    let key = reaction.message.get();
    let new = NewKudos {
        guild: guild.id,
        giver: giver.id,
        seconds,
        source: Source::Reaction,
        source_key: key,
        channel: reaction.channel,
        message: Some(reaction.message),
        team: None,
        value: None,
        visibility: announce::widest(receivers),
        text: None,
        at: now,
        day: guild.zone.civil_date(now),
        edited: None,
    };
    let (id, is_new) = match ledger::insert(tx, &new).await? {
        Some(id) => (id, true),
        None => {
            let source = Source::Reaction;
            let known = ledger::find_by_source(
                &mut *tx,
                guild.id,
                source,
                key,
                giver.id,
                seconds.is_some(),
            );
            (known.await?.ok_or(Error::NoSuchKudos)?, false)
        }
    };
    let mut fresh = Vec::new();
    for (person, visibility) in receivers {
        if ledger::insert_receiver(tx, id, person.id, *visibility).await? {
            fresh.push(person.id);
            if !is_new {
                ledger::insert_change(tx, id, Some(person.id), Some(giver.id), "restored", now)
                    .await?;
            }
        }
    }
    if fresh.is_empty() {
        return Ok(false);
    }
    announce::confirm(app, tx, guild, (reaction.channel, reaction.message), true).await?;
    if seconds.is_none() {
        if is_new {
            announce::tell_privately(app, tx, guild, id, &fresh).await?;
        }
        announce::by_chat(app, tx, guild, id, is_new).await?;
    }
    Ok(true)
}

/// Those whom a kudos thanks in front of others, and whom `by` may second: neither its giver nor
/// one who is thanked alone; and whether everybody may see that, wherever the announcement stands by
/// now. `None` if there is nothing to second.
async fn thanked(
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
    by: &Person,
) -> Result<Option<(Vec<Person>, bool)>, Error> {
    let entry = ledger::find(&mut *tx, guild.id, id)
        .await?
        .ok_or(Error::NoSuchKudos)?;
    if entry.giver == by.id {
        return Ok(None);
    }
    let (mut people, mut is_open) = (Vec::new(), true);
    for receiver in ledger::list_receivers(&mut *tx, id).await? {
        if receiver.withdrawn.is_none()
            && receiver.visibility != Visibility::Private
            && receiver.user.is_some()
            && let Some(person) = people::person_by_id(&mut *tx, guild.id, receiver.person).await?
        {
            people.push(person);
            is_open &= receiver.visibility == Visibility::Public;
        }
    }
    Ok(Some((people, is_open)))
}

async fn allowed(
    app: &App,
    tx: &mut SqliteConnection,
    guild: &Guild,
    reaction: &Reaction,
    giver: &Person,
    named: Vec<Person>,
) -> Result<Option<Vec<(Person, Visibility)>>, Error> {
    let zone = people::zone_of(Some(giver), guild);
    let today = zone.start_of_day(zone.civil_date(app.now()));
    let given = ledger::count_given(&mut *tx, giver.id, today).await?;
    // However many a kudos thanks, seconding it is one act.
    let limits = Limits {
        most: None,
        allowance: app.config.recognition.daily_allowance,
    };
    match rules::receivers(giver, named, given, limits) {
        Ok(receivers) => Ok(Some(
            receivers
                .into_iter()
                .map(|person| {
                    let visibility = rules::visibility(&person, false, reaction.is_open);
                    (person, visibility)
                })
                .collect(),
        )),
        Err(Refusal::Allowance { .. }) => {
            announce::refuse(app, tx, guild, (reaction.channel, reaction.message)).await?;
            Ok(None)
        }
        Err(_) => Ok(None),
    }
}

/// Withdraws what somebody gave by a reaction that they have removed.
///
/// # Errors
/// Faults alone.
pub async fn unreact(
    app: &App,
    guild: GuildId,
    message: MessageId,
    by: UserId,
) -> Result<(), Error> {
    withdraw_reactions(app, guild, message, Some(by)).await
}

/// Withdraws what was given by the reactions of a message, when they were all cleared.
///
/// # Errors
/// Faults alone.
pub async fn reactions_cleared(app: &App, guild: GuildId, message: MessageId) -> Result<(), Error> {
    withdraw_reactions(app, guild, message, None).await
}

async fn withdraw_reactions(
    app: &App,
    guild: GuildId,
    message: MessageId,
    by: Option<UserId>,
) -> Result<(), Error> {
    // Most reactions that are removed gave nothing: look before taking the writer.
    if ledger::list_from_message(app.db.read(), guild, message)
        .await?
        .is_empty()
    {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, app.now()).await?;
    for (id, source) in ledger::list_from_message(&mut *tx, guild.id, message).await? {
        let entry = ledger::find(&mut *tx, guild.id, id)
            .await?
            .ok_or(Error::NoSuchKudos)?;
        if source == Source::Reaction && by.is_none_or(|by| entry.giver_user == Some(by)) {
            let giver = entry.giver;
            withdraw::take_back(app, &mut tx, &guild, entry, Some(giver), "reaction").await?;
        }
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}
