//! The kinds of messages that the cadence sends, and what hears how each ended.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use super::{digest, tell};
use crate::cadence::store::series;
use crate::cadence::view;
use crate::db::WriteTx;
use crate::ids::{GuildId, SeriesId, UserId};
use crate::jobs::notices::{self, NewNotice};
use crate::jobs::outbox::{Act, Outcome, Parcel, Place, Topic};
use crate::people;

/// A word to somebody about what concerns them.
pub(super) const WORD: &str = "cadence.word";
/// A word to somebody in a series about that series; its subject is the series.
pub(super) const SERIES: &str = "cadence.series";

/// All of them.
pub const TOPICS: &[Topic] = &[
    Topic::new(WORD, word).members_only(),
    Topic::new(SERIES, of_series).members_only(),
    digest::TOPIC,
];

fn word<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        if let (Outcome::Refused(_), Some(guild)) = (outcome, parcel.guild)
            && !outcome.has_departed()
        {
            keep(tx, guild, parcel, now).await?;
        }
        Ok(())
    })
}

/// A word about a series that was refused waits for the person's next command, and the others in it
/// are told so: they wait for an answer.
fn of_series<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        let (Outcome::Refused(_), Some(guild)) = (outcome, parcel.guild) else {
            return Ok(());
        };
        if outcome.has_departed() {
            return Ok(());
        }
        let Some(unreached) = keep(tx, guild, parcel, now).await? else {
            return Ok(());
        };
        let Some(id) = parcel.subject.map(SeriesId) else {
            return Ok(());
        };
        let Some(series) = series::find(&mut **tx, guild, id).await? else {
            return Ok(());
        };
        let members = series::members(&mut **tx, id).await?;
        let Some(named) = members.iter().find(|one| one.user == Some(unreached)) else {
            return Ok(());
        };
        let words = view::unreached(series.kind, &named.shown());
        for other in members.iter().filter(|one| one.person != named.person) {
            if let Some(user) = other.user.filter(|_| !other.has_left) {
                let about = ("series", id.0);
                tell::tell(tx, guild, user, about, &words, now).await?;
            }
        }
        Ok(())
    })
}

/// Keeps what could not be said by DM for the person's next command; returns whose it is.
async fn keep(
    tx: &mut WriteTx,
    guild: GuildId,
    parcel: &Parcel,
    now: DateTime<Utc>,
) -> Result<Option<UserId>, sqlx::Error> {
    let Act::Send(Place::Dm(user), body) = &parcel.act else {
        return Ok(None);
    };
    let text = body.get("content").and_then(serde_json::Value::as_str);
    let Some(person) = people::find_person(&mut **tx, guild, *user).await? else {
        return Ok(None);
    };
    let notice = NewNotice {
        about: None,
        subject: parcel.subject.map(|subject| (WORD, subject)),
        text: text.unwrap_or_default(),
    };
    notices::insert(tx, person.id, &notice, now).await?;
    Ok(Some(*user))
}
