//! What happens when a message about a kudos has arrived, or never will.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use crate::db::WriteTx;
use crate::ids::{GuildId, KudosId, PersonId, UserId};
use crate::jobs::notices::{self, NewNotice};
use crate::jobs::outbox::{Act, Draft, Outcome, Parcel, Place, Topic, store as outbox};
use crate::people;
use crate::recognition::rules::Visibility;
use crate::recognition::store::ledger;
use crate::recognition::view;

/// The names of recognition's topics; they stand in the database.
pub(super) mod topic {
    /// The one announcement of a kudos.
    pub(in crate::recognition) const ANNOUNCEMENT: &str = "recognition.announcement";
    /// The private message to a receiver.
    pub(in crate::recognition) const PRIVATE: &str = "recognition.private";
    /// The bot's reaction on a message in chat.
    pub(in crate::recognition) const MARK: &str = "recognition.mark";
    /// An edit or deletion of an announcement or a private message.
    pub(in crate::recognition) const CHANGE: &str = "recognition.change";
    /// A word to a giver or an admin that something could not be delivered.
    pub(in crate::recognition) const NOTICE: &str = "recognition.notice";
}

/// Who hears how messages about kudos ended.
pub const TOPICS: &[Topic] = &[
    Topic::new(topic::ANNOUNCEMENT, announcement),
    Topic::new(topic::PRIVATE, private),
    Topic::new(topic::NOTICE, notice),
];

fn announcement<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        let (Some(guild), Some(kudos)) = (parcel.guild, parcel.subject.map(KudosId)) else {
            return Ok(());
        };
        match outcome {
            Outcome::Delivered(delivered) => {
                let announced = delivered
                    .message
                    .map(|message| (delivered.channel, message));
                ledger::update_announcement(tx, kudos, announced).await?;
                people::clear_refused_channel(tx, guild, delivered.channel).await
            }
            Outcome::Refused(_) => announcement_refused(tx, parcel, guild, kudos, now).await,
            Outcome::Expired | Outcome::Dropped => Ok(()),
        }
    })
}

/// Tells the giver, each time for a command and once for a channel otherwise; and an admin, once
/// until an announcement succeeds there again.
async fn announcement_refused(
    tx: &mut SqliteConnection,
    parcel: &Parcel,
    guild: GuildId,
    kudos: KudosId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let Act::Send(Place::Channel(channel), _) = parcel.act else {
        return Ok(());
    };
    let Some(entry) = ledger::find(&mut *tx, guild, kudos).await? else {
        return Ok(());
    };
    let Some(settings) = people::find_guild(&mut *tx, guild).await? else {
        return Ok(());
    };
    let told_before = settings.refused_channel == Some(channel);
    let by_command = matches!(entry.source.as_str(), "slash" | "menu");
    if let Some(giver) = entry.giver_user.filter(|_| by_command || !told_before) {
        let words = view::announcement_refused(&settings, channel);
        tell(tx, guild, giver, kudos.0, &words, now).await?;
    }
    if told_before {
        return Ok(());
    }
    people::set_refused_channel(tx, guild, channel).await?;
    let admin = match settings.set_up_by {
        Some(id) => people::person_by_id(&mut *tx, guild, id)
            .await?
            .and_then(|person| person.user),
        None => None,
    };
    if let Some(admin) = admin.or(settings.owner) {
        let words = view::channel_refused(&settings, channel);
        tell(tx, guild, admin, kudos.0, &words, now).await?;
    }
    Ok(())
}

fn private<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        let (Some(guild), Some(kudos)) = (parcel.guild, parcel.subject.map(KudosId)) else {
            return Ok(());
        };
        let Act::Send(Place::Dm(receiver), _) = parcel.act else {
            return Ok(());
        };
        if let Outcome::Delivered(delivered) = outcome {
            let Some(message) = delivered.message else {
                return Ok(());
            };
            return ledger::update_told(tx, kudos, receiver, (delivered.channel, message)).await;
        }
        let Some(entry) = ledger::find(&mut **tx, guild, kudos).await? else {
            return Ok(());
        };
        let receivers = ledger::list_receivers(&mut **tx, kudos).await?;
        let Some(receiver) = receivers.iter().find(|one| {
            one.user == Some(receiver)
                && one.withdrawn.is_none()
                && one.visibility == Visibility::Private
        }) else {
            return Ok(());
        };
        let words = view::private_waiting(&entry);
        let notice = NewNotice {
            about: Some(entry.giver),
            subject: Some((topic::NOTICE, kudos.0)),
            text: &words,
        };
        notices::insert(tx, receiver.person, &notice, now).await?;
        if let Some(giver) = entry.giver_user {
            let words = view::private_refused(receiver.name.as_deref());
            tell(tx, guild, giver, kudos.0, &words, now).await?;
        }
        Ok(())
    })
}

/// A word that cannot be said by DM either waits for the person's next command.
fn notice<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        let (Outcome::Refused(_), Some(guild)) = (outcome, parcel.guild) else {
            return Ok(());
        };
        let Act::Send(Place::Dm(user), body) = &parcel.act else {
            return Ok(());
        };
        let text = body
            .get("content")
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        match people::find_person(&mut **tx, guild, *user).await? {
            Some(person) => {
                let notice = NewNotice {
                    about: told_of(tx, parcel.subject, text).await?,
                    subject: parcel.subject.map(|kudos| (topic::NOTICE, kudos)),
                    text,
                };
                notices::insert(tx, person.id, &notice, now).await
            }
            None => Ok(()),
        }
    })
}

/// The receiver of the kudos whom a word to its giver names.
async fn told_of(
    tx: &mut SqliteConnection,
    kudos: Option<i64>,
    text: &str,
) -> Result<Option<PersonId>, sqlx::Error> {
    let Some(kudos) = kudos.map(KudosId) else {
        return Ok(None);
    };
    let receivers = ledger::list_receivers(tx, kudos).await?;
    let named = receivers
        .iter()
        .find(|one| one.user.is_some() && text.contains(&view::name(one.name.as_deref())));
    Ok(named.map(|one| one.person))
}

async fn tell(
    tx: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
    subject: i64,
    words: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let body = crate::render::Message::text(words).body();
    let draft = Draft::new(
        guild,
        topic::NOTICE,
        subject,
        Act::Send(Place::Dm(user), body),
        now,
    )
    .lane(format!("notice:{user}"));
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}
