//! Whoever cannot be reached: those whose direct messages are closed, and those who have left.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use crate::cadence::rules::SeriesState;
use crate::cadence::service::tell::{self, Word};
use crate::cadence::service::{circle, unplan};
use crate::cadence::store::due;
use crate::cadence::store::series::{self, Change, Series};
use crate::cadence::view;
use crate::db::WriteTx;
use crate::ids::{PersonId, UserId};
use crate::jobs::notices::{self, NewNotice};
use crate::jobs::outbox::{Act, Draft, Outcome, Parcel, Place, Topic, store as outbox};
use crate::people::{self, Guild, Person};

/// A word without content in the channel that the guild has for it; its subject is the person.
const PING: &str = "cadence.ping";

/// The words in the channel; nothing follows from how they end.
pub(super) const TOPIC: Topic = Topic::new(PING, ping_settled);

fn ping_settled<'a>(
    _tx: &'a mut WriteTx,
    _parcel: &'a Parcel,
    _outcome: Outcome,
    _now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async { Ok(()) })
}

/// What follows from how a direct message ended: that somebody can be reached again, that they are told
/// where they will see it, or that they have left. `notice` is what they read at their next command; none
/// if what was refused waits for them itself.
///
/// # Errors
/// The database's own faults.
pub async fn heard(
    tx: &mut SqliteConnection,
    parcel: &Parcel,
    outcome: Outcome,
    notice: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (Some(guild), Some(user)) = (parcel.guild, parcel.recipient()) else {
        return Ok(());
    };
    let Some(person) = people::find_person(&mut *tx, guild, user).await? else {
        return Ok(());
    };
    if matches!(outcome, Outcome::Delivered(_)) {
        return people::clear_dm_refused(tx, person.id).await;
    }
    let Some(guild) = people::find_guild(&mut *tx, guild).await? else {
        return Ok(());
    };
    if outcome.has_departed() {
        // Where the bot itself was removed nobody has left.
        return match people::is_in(&mut *tx, guild.id).await? {
            true => depart(tx, &guild, &person, now).await,
            false => Ok(()),
        };
    }
    if outcome.is_dm_closed() && people::set_dm_refused(tx, person.id, now).await? {
        is_closed(tx, &guild, (person.id, user), notice, now).await?;
    }
    Ok(())
}

/// Tells somebody whose direct messages are closed, once until one arrives: by a word without content in
/// the guild's channel for it, and at their next command.
async fn is_closed(
    tx: &mut SqliteConnection,
    guild: &Guild,
    (person, user): (PersonId, UserId),
    notice: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    if let Some(channel) = guild.cadence_channel {
        let act = Act::Send(Place::Channel(channel), view::cannot_reach(user).body());
        let draft = Draft::new(guild.id, PING, person.0, act, now);
        outbox::enqueue(tx, &draft, now).await?;
    }
    let Some(text) = notice else {
        return Ok(());
    };
    let notice = NewNotice {
        about: None,
        subject: None,
        text,
    };
    notices::insert(tx, person, &notice, now).await
}

/// Keeps that somebody has left: their series rest, the others are told, and nobody nudges them any more.
async fn depart(
    tx: &mut SqliteConnection,
    guild: &Guild,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    people::set_left(tx, guild.id, person.id, Some(now)).await?;
    due::end_of_promises(tx, person.id).await?;
    for series in series::list_of(&mut *tx, guild.id, person.id).await? {
        if matches!(series.state, SeriesState::Running | SeriesState::Proposed) {
            rest(tx, guild, person, series, now).await?;
        }
    }
    Ok(())
}

/// Lets a series rest, and tells those who are still there. What had not begun yet does not begin.
async fn rest(
    tx: &mut SqliteConnection,
    guild: &Guild,
    person: &Person,
    series: Series,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    unplan(tx, series.id).await?;
    let ends = series.state == SeriesState::Proposed;
    let change = Change {
        state: if ends {
            SeriesState::Ended
        } else {
            SeriesState::Paused
        },
        until: None,
        reason: Some(view::LEFT),
        by: None,
    };
    series::set_state(tx, series.id, &change, now).await?;
    let id = series.id.0;
    let Some(circle) = circle(tx, series, person.id).await? else {
        return Ok(());
    };
    let message = view::has_left(guild, &circle, ends);
    for other in &circle.others {
        let Some(user) = other.user.filter(|_| !other.has_left) else {
            continue;
        };
        let once = format!("left:{id}:{user}:{}", now.timestamp_millis());
        let word = Word {
            guild: guild.id,
            to: user,
            about: ("series", id),
            once: Some(&once),
        };
        tell::tell(tx, word, &message, person.id, now).await?;
    }
    Ok(())
}
