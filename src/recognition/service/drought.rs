//! How long people went unseen.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::ids::PersonId;
use crate::people::{self, Guild};
use crate::recognition::rules;
use crate::recognition::store::digest;

/// When somebody was thanked last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastReceived {
    /// The moment.
    pub at: DateTime<Utc>,
    /// How many days ago, those on which they were away left out.
    pub days: u32,
}

/// When each of these people was thanked last; whoever never was is not among them. Kudos of any
/// visibility count: that somebody was seen may be known to their manager, by whom and for what not.
///
/// # Errors
/// The database's own faults.
pub async fn last_received(
    db: &mut SqliteConnection,
    guild: &Guild,
    persons: &[PersonId],
    now: DateTime<Utc>,
) -> Result<HashMap<PersonId, LastReceived>, sqlx::Error> {
    let last = digest::list_last_received(&mut *db, guild.id, persons).await?;
    let today = guild.zone.civil_date(now);
    let Some(first) = last.values().min() else {
        return Ok(HashMap::new());
    };
    let first = guild.zone.civil_date(*first);
    let mut away: HashMap<PersonId, Vec<_>> = HashMap::new();
    for absence in people::absences_between(db, persons, first, today).await? {
        let spans = away.entry(absence.person).or_default();
        spans.push((absence.first, absence.last));
    }
    let received = last.into_iter().map(|(person, at)| {
        let away = away.get(&person).map_or(&[][..], Vec::as_slice);
        let days = rules::days_unseen(guild.zone.civil_date(at), today, away);
        (person, LastReceived { at, days })
    });
    Ok(received.collect())
}
