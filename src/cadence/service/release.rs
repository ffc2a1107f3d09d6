//! Reviews of a former manager and a member of their team: sealed until both release them to the new
//! manager, and sealed again as soon as either takes that back. Private notes, agenda and moments are
//! never released.

use sqlx::SqliteConnection;

use super::Error;
use crate::app::App;
use crate::cadence::store::releases::{self, Release};
use crate::cadence::store::series::{self, Series};
use crate::cadence::view;
use crate::ids::{GuildId, PersonId, SeriesId, UserId};
use crate::jobs::outbox::{Act, Draft, Place, store as outbox};

/// Whether `reader`, who is not in the series, may read the reviews of its past sessions: the new
/// manager, to whom both of its people released them, while they manage a team of the member.
///
/// # Errors
/// The database's own faults.
pub async fn may_read(
    db: &mut SqliteConnection,
    series: SeriesId,
    reader: PersonId,
) -> Result<bool, sqlx::Error> {
    releases::is_released_to(db, series, reader).await
}

/// The series of `other` that `reader` is not in and whose reviews both of its people released to them.
pub(super) async fn released_to(
    db: &mut SqliteConnection,
    guild: GuildId,
    reader: PersonId,
    other: PersonId,
) -> Result<Vec<Series>, sqlx::Error> {
    let mut released = Vec::new();
    for series in series::list_all_of(&mut *db, guild, other).await? {
        if may_read(db, series.id, reader).await? {
            released.push(series);
        }
    }
    Ok(released)
}

/// Keeps what one side says: released, or sealed. Returns how the offer stands, and whether it was the
/// former manager who spoke. The new manager is told once both have released.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub async fn answer_release(
    app: &App,
    id: i64,
    user: UserId,
    released: bool,
) -> Result<(Release, bool), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let before = releases::find(&mut *tx, id).await?.ok_or(Error::Gone)?;
    let is_former = before.former.user == Some(user);
    if !is_former && before.member.user != Some(user) {
        return Err(Error::NotYours);
    }
    let me = if is_former {
        before.former.person
    } else {
        before.member.person
    };
    releases::set_answer(&mut tx, id, me, released).await?;
    let after = releases::find(&mut *tx, id).await?.ok_or(Error::Gone)?;
    if after.is_open()
        && !before.is_open()
        && let Some(new) = after.new.user
    {
        let act = Act::Send(Place::Dm(new), view::released(&after).body());
        let draft = Draft::new(after.guild, super::handover::TOPIC.name, id, act, now);
        outbox::enqueue(&mut tx, &draft, now).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok((after, is_former))
}
