//! Taking a person out of the ledger, and out of the messages that the bot has posted about them.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::settle::topic;
use super::{announce, digest};
use crate::app::App;
use crate::ids::{KudosId, PersonId};
use crate::jobs;
use crate::jobs::outbox::{Act, Draft, MessageRef, store as outbox};
use crate::people::{self, Guild};
use crate::privacy::Subject;
use crate::recognition::rules::Visibility;
use crate::recognition::store::ledger::{self, Entry, Receiver};
use crate::recognition::store::personal;
use crate::recognition::view;

/// After everything else: who waits for a word about themselves comes first.
const URGENCY: i64 = 9;

/// How far apart the changes are: Discord allows about one a second in a channel.
const APART: TimeDelta = TimeDelta::seconds(1);

/// Erases a person's words and what was said about them, and brings every message that names them
/// up to date: an announcement that thanks nobody else is deleted, the others name them no more.
///
/// # Errors
/// The database's own faults.
pub(in crate::recognition) async fn erase(
    app: &App,
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    personal::erase_words(tx, subject).await?;
    personal::erase_mentions(tx, subject).await?;
    personal::delete_searches(tx, subject).await?;
    if let Some(guild) = people::find_guild(&mut *tx, subject.guild).await? {
        let mut changes = Changes {
            app,
            guild: &guild,
            person: subject.person,
            due: app.now(),
        };
        for id in personal::list_told(tx, subject.person).await? {
            changes.kudos(tx, id).await?;
        }
        digest::erase(app, tx, subject, changes.due, APART).await?;
    }
    personal::erase_told(tx, subject.person).await
}

/// The changes of messages, one after the other.
struct Changes<'a> {
    app: &'a App,
    guild: &'a Guild,
    person: PersonId,
    due: DateTime<Utc>,
}

impl Changes<'_> {
    async fn kudos(&mut self, tx: &mut SqliteConnection, id: KudosId) -> Result<(), sqlx::Error> {
        let (mut entry, mut receivers) = announce::read(tx, self.guild, id).await?;
        let is_giver = entry.giver == self.person;
        if is_giver {
            (entry.giver_user, entry.giver_name) = (None, None);
        }
        for receiver in &mut receivers {
            if receiver.person == self.person {
                (receiver.user, receiver.name) = (None, None);
            }
        }
        self.announcement(tx, &entry, &receivers).await?;
        if is_giver {
            jobs::cancel_unsent(tx, topic::PRIVATE, id.0, self.app.now()).await?;
        }
        for receiver in receivers
            .iter()
            .filter(|one| one.visibility == Visibility::Private)
        {
            if receiver.person == self.person {
                self.refusals(tx, id).await?;
                self.private_message(tx, &entry, receiver, true).await?;
            } else if is_giver {
                self.private_message(tx, &entry, receiver, false).await?;
            }
        }
        Ok(())
    }

    async fn announcement(
        &mut self,
        tx: &mut SqliteConnection,
        entry: &Entry,
        receivers: &[Receiver],
    ) -> Result<(), sqlx::Error> {
        let id = entry.id;
        let kept_back =
            jobs::cancel_unsent(tx, topic::ANNOUNCEMENT, id.0, self.app.now()).await? > 0;
        let shown = announce::shown(receivers);
        let thanks_somebody = shown.iter().any(|receiver| receiver.user.is_some());
        let message = announce::announcement_of(tx, id, entry).await?;
        let Some(message) = message else {
            if kept_back && thanks_somebody && entry.giver_user.is_some() {
                announce::send(self.app, tx, self.guild, entry, &shown).await?;
            }
            return Ok(());
        };
        if !thanks_somebody {
            self.change(tx, announce::lane(id), id, Act::Delete(message))
                .await?;
            return ledger::update_announcement(tx, id, None).await;
        }
        let mut now = view::announcement(self.guild, entry, &shown, false);
        now.pings.clear();
        let act = Act::Edit(message, now.edit_body());
        self.change(tx, announce::lane(id), id, act).await
    }

    /// Deletes the private message to an erased receiver, or takes an erased giver out of it.
    async fn private_message(
        &mut self,
        tx: &mut SqliteConnection,
        entry: &Entry,
        receiver: &Receiver,
        is_gone: bool,
    ) -> Result<(), sqlx::Error> {
        let lane = announce::dm_lane(entry.id, receiver);
        outbox::cancel_lane(tx, &lane, self.app.now()).await?;
        let message = match receiver.told {
            Some((channel, message)) => Some(MessageRef::Known(channel, message)),
            None => outbox::find_sender_in_lane(tx, &lane)
                .await?
                .map(MessageRef::SentBy),
        };
        let Some(message) = message.filter(|_| receiver.withdrawn.is_none()) else {
            return Ok(());
        };
        let act = if is_gone {
            Act::Delete(message)
        } else {
            Act::Edit(
                message,
                view::private_message(self.guild, entry).edit_body(),
            )
        };
        self.change(tx, lane, entry.id, act).await
    }

    /// Takes back the words to a giver that an erased receiver takes no direct messages.
    async fn refusals(
        &mut self,
        tx: &mut SqliteConnection,
        id: KudosId,
    ) -> Result<(), sqlx::Error> {
        jobs::cancel_unsent(tx, topic::NOTICE, id.0, self.app.now()).await?;
        for (channel, message) in jobs::list_sent(tx, topic::NOTICE, id.0).await? {
            let act = Act::Delete(MessageRef::Known(channel, message));
            self.change(tx, announce::lane(id), id, act).await?;
        }
        Ok(())
    }

    async fn change(
        &mut self,
        tx: &mut SqliteConnection,
        lane: String,
        id: KudosId,
        act: Act,
    ) -> Result<(), sqlx::Error> {
        let mut draft = Draft::new(self.guild.id, topic::CHANGE, id.0, act, self.due).lane(lane);
        draft.urgency = URGENCY;
        outbox::enqueue(tx, &draft, self.app.now()).await?;
        self.due += APART;
        Ok(())
    }
}
