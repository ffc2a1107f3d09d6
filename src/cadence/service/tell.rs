//! A word to somebody about what concerns them, by DM.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::nudge::reach;
use crate::db::WriteTx;
use crate::ids::{GuildId, PersonId, UserId};
use crate::jobs::notices::{self, NewNotice};
use crate::jobs::outbox::{Act, Draft, Outcome, Parcel, Place, Topic, store as outbox};
use crate::people;
use crate::render::Message;

/// The topic's name; it stands in the database.
const WORD: &str = "cadence.word";

/// What hears how a word ended.
pub(super) const TOPIC: Topic = Topic::new(WORD, settled);

/// A word to be said.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    /// The guild.
    pub guild: GuildId,
    /// To whom.
    pub to: UserId,
    /// What it is about, and which one: words to somebody about one thing go out in their order.
    pub about: (&'a str, i64),
    /// Said once alone: not again while this key is known.
    pub once: Option<&'a str>,
}

/// Writes a word into the outbox. If the person's DMs are closed, it waits for their next command.
///
/// # Errors
/// The database's own faults.
pub async fn tell(
    tx: &mut SqliteConnection,
    word: Word<'_>,
    message: &Message,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let act = Act::Send(Place::Dm(word.to), message.body());
    let (what, which) = word.about;
    let draft =
        Draft::new(word.guild, WORD, by.0, act, now).lane(format!("{what}:{which}:{}", word.to));
    let draft = match word.once {
        Some(key) => draft.dedupe(key),
        None => draft,
    };
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

fn settled<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        reach::heard(tx, parcel, outcome, None, now).await?;
        let (Outcome::Refused(_), Some(guild)) = (outcome, parcel.guild) else {
            return Ok(());
        };
        if outcome.has_departed() {
            return Ok(());
        }
        let Act::Send(Place::Dm(user), body) = &parcel.act else {
            return Ok(());
        };
        let text = body
            .get("content")
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        let Some(person) = people::find_person(&mut **tx, guild, *user).await? else {
            return Ok(());
        };
        let notice = NewNotice {
            // Whoever spoke: what they said goes when they are erased.
            about: parcel.subject.map(PersonId),
            subject: None,
            text,
        };
        notices::insert(tx, person.id, &notice, now).await
    })
}
