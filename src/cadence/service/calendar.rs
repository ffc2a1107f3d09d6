//! The dates of somebody for a calendar program.

use chrono::TimeDelta;

use super::{Circle, Error, circle, rule_of};
use crate::app::App;
use crate::cadence::store::occurrences;
use crate::cadence::store::series;
use crate::cadence::view::{self, Event};
use crate::ids::GuildId;
use crate::people::{self, Seen};

/// The series of the asker with somebody, or all of theirs; also those that have ended, so that a
/// calendar that knows them takes them out.
///
/// # Errors
/// [`Error::WithOneself`], [`Error::WithBot`], [`Error::NoSeries`], [`Error::Said`] for somebody who has
/// none at all; faults.
pub async fn calendar(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    with: Option<&Seen>,
) -> Result<Vec<Event>, Error> {
    let now = app.now();
    let mut db = app.db.read().acquire().await?;
    let me = people::find_person(&mut *db, guild, asker.user).await?;
    let found = match (me, with) {
        (_, Some(with)) if with.user == asker.user => return Err(Error::WithOneself),
        (_, Some(with)) if with.is_bot => {
            let name = view::name(Some(&with.name));
            return Err(Error::WithBot { name });
        }
        (Some(me), Some(with)) => {
            let other = people::find_person(&mut *db, guild, with.user).await?;
            let known = match other {
                Some(other) => series::list_between(&mut *db, guild, me.id, other.id, true).await?,
                None => Vec::new(),
            };
            if known.is_empty() {
                let name = view::name(Some(&with.name));
                return Err(Error::NoSeries { name });
            }
            (me.id, known)
        }
        (Some(me), None) => (me.id, series::list_all_of(&mut *db, guild, me.id).await?),
        (None, Some(with)) => {
            let name = view::name(Some(&with.name));
            return Err(Error::NoSeries { name });
        }
        (None, None) => return Err(Error::Said(view::no_dates())),
    };
    let (me, known) = found;
    let mut events = Vec::new();
    for series in known {
        let Some(circle): Option<Circle> = circle(&mut db, series, me).await? else {
            continue;
        };
        let id = circle.series.id;
        let span = (now - TimeDelta::days(366), now + TimeDelta::days(3 * 366));
        events.push(Event {
            rule: rule_of(&circle.series)?,
            dates: occurrences::list_within(&mut *db, id, span.0, span.1).await?,
            circle,
        });
    }
    if events.is_empty() {
        return Err(Error::Said(view::no_dates()));
    }
    Ok(events)
}
