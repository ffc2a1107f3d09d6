//! What the others of a series are told of it, by DM.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use serde_json::Value;
use sqlx::SqliteConnection;

use super::Circle;
use super::nudge::reach;
use super::tell::{self, Word};
use crate::cadence::store::series::{self, Member};
use crate::cadence::view;
use crate::db::WriteTx;
use crate::ids::SeriesId;
use crate::jobs::notices::{self, NewNotice};
use crate::jobs::outbox::{Act, Draft, Outcome, Parcel, Place, Topic, store as outbox};
use crate::render::Message;

/// The topic's name; it stands in the database. A row's subject is the series.
const SERIES: &str = "cadence.series";

/// What hears how it ended.
pub(super) const TOPIC: Topic = Topic::new(SERIES, settled).members_only();

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
    for other in &circle.others {
        let key = key.as_deref();
        tell_one(tx, circle, other, key, &message(other), now).await?;
    }
    Ok(())
}

/// The same for one of its people, be it who acts.
pub(super) async fn tell_one(
    tx: &mut SqliteConnection,
    circle: &Circle,
    to: &Member,
    key: Option<&str>,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let Some(user) = to.user.filter(|_| !to.has_left) else {
        return Ok(());
    };
    let (guild, series) = (circle.series.guild, circle.series.id);
    let act = Act::Send(Place::Dm(user), message.body());
    let mut draft =
        Draft::new(guild, SERIES, series.0, act, now).lane(format!("series:{series}:{user}"));
    if let Some(key) = key {
        draft = draft.dedupe(format!("{key}:{user}"));
    }
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
        match outcome {
            Outcome::Refused(_) if !outcome.has_departed() => refused(tx, parcel, now).await,
            _ => Ok(()),
        }
    })
}

/// What was refused waits for the person's next command, and the others of the series are told so:
/// they may wait for an answer.
async fn refused(tx: &mut WriteTx, parcel: &Parcel, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let (Some(guild), Some(id)) = (parcel.guild, parcel.subject.map(SeriesId)) else {
        return Ok(());
    };
    let Act::Send(Place::Dm(user), body) = &parcel.act else {
        return Ok(());
    };
    let Some(series) = series::find(&mut **tx, guild, id).await? else {
        return Ok(());
    };
    let members = series::members(&mut **tx, id).await?;
    let Some(unreached) = members.iter().find(|one| one.user == Some(*user)) else {
        return Ok(());
    };
    let others = || members.iter().filter(|one| one.person != unreached.person);
    let text = body.get("content").and_then(Value::as_str);
    let notice = NewNotice {
        // It names the others: what it says goes when they are erased.
        about: others().next().map(|other| other.person),
        subject: Some((SERIES, id.0)),
        text: text.unwrap_or_default(),
    };
    notices::insert(tx, unreached.person, &notice, now).await?;
    let words = view::unreached(series.kind, &unreached.shown());
    for other in others().filter(|other| !other.has_left) {
        let Some(to) = other.user else {
            continue;
        };
        let about = ("series", id.0);
        let word = Word {
            guild,
            to,
            about,
            once: None,
        };
        tell::tell(tx, word, &words, unreached.person, now).await?;
    }
    Ok(())
}
