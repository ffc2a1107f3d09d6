//! A word to somebody about what concerns them, by DM.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Circle, topics};
use crate::cadence::store::series::Member;
use crate::ids::{GuildId, UserId};
use crate::jobs::outbox::{Act, Draft, Place, store as outbox};
use crate::render::Message;

/// Writes a word to an account into the outbox; it waits for the person's next command if their DMs
/// are closed. `subject` is the row it is about: words about one row go out in their order.
pub(super) async fn tell(
    tx: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
    (what, subject): (&str, i64),
    message: &Message,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let act = Act::Send(Place::Dm(user), message.body());
    let draft =
        Draft::new(guild, topics::WORD, subject, act, now).lane(format!("{what}:{subject}:{user}"));
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

/// The same, unless a word with this key was written before.
pub(super) async fn tell_once(
    tx: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
    key: String,
    (what, subject): (&str, i64),
    message: &Message,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let act = Act::Send(Place::Dm(user), message.body());
    let draft = Draft::new(guild, topics::WORD, subject, act, now)
        .lane(format!("{what}:{subject}:{user}"))
        .dedupe(key);
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

/// Tells the others of a series, each with what `message` makes of them, unless they were told under
/// the same key; those who left or were erased are passed over. Somebody who cannot be reached by DM
/// hears of it at their next command, and the rest are told so.
pub(super) async fn tell_others(
    tx: &mut SqliteConnection,
    circle: &Circle,
    key: Option<String>,
    message: &(dyn Fn(&Member) -> Message + Sync),
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (guild, series) = (circle.series.guild, circle.series.id);
    for other in &circle.others {
        let Some(user) = other.user.filter(|_| !other.has_left) else {
            continue;
        };
        let act = Act::Send(Place::Dm(user), message(other).body());
        let mut draft = Draft::new(guild, topics::SERIES, series.0, act, now)
            .lane(format!("series:{series}:{user}"));
        if let Some(key) = &key {
            draft = draft.dedupe(format!("{key}:{user}"));
        }
        outbox::enqueue(tx, &draft, now).await?;
    }
    Ok(())
}
