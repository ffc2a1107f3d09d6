//! What recognition counts for the scorecard: how many of a team were seen.

use chrono::NaiveDate;
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use crate::ids::PersonId;
use crate::measures::{Counted, Measured, Measurement, Receipt, Scope, Span};
use crate::people;
use crate::recognition::rules;
use crate::recognition::store::coverage::{self, Seen};

/// What recognition measures.
pub const MEASURES: &[Measurement] = &[Measurement {
    kin: "kudos-coverage",
    how: "How many of the people were thanked at least once, of those who were there on any day. Public, \
          channel and private kudos count, as yes or no.",
    measure: |db, span| coverage(db, span),
}];

/// Below so many people everybody could work out who was thanked in private; then only what is public
/// counts.
const FEW: usize = 5;

/// Says so.
const ONLY_PUBLIC: &str = "In a group of fewer than five, only public kudos count here, so that the \
                           number tells of no private one.";

fn coverage(db: &mut SqliteConnection, span: Span) -> BoxFuture<'_, Result<Counted, sqlx::Error>> {
    Box::pin(async move {
        let (from, until) = span.period.instants(span.zone);
        let joined: Vec<(PersonId, NaiveDate)> = match span.scope {
            Scope::Member(person) => vec![(person, span.period.start())],
            Scope::Guild | Scope::Team(_) => {
                let team = span.scope.team();
                let members = people::members_within(&mut *db, span.guild, team).await?;
                let there = members.into_iter().filter(|(_, at)| *at < until);
                there
                    .map(|(person, at)| (person, span.zone.civil_date(at)))
                    .collect()
            }
        };
        let persons: Vec<PersonId> = joined.iter().map(|(person, _)| *person).collect();
        let days = (span.period.start(), span.period.end());
        let seen = coverage::list_seen(&mut *db, span.guild, &persons, days, (from, until)).await?;
        let today = span.zone.civil_date(span.now);
        let last = span.period.last_day().min(today);
        let first = span.period.start().min(last);
        let absences = people::absences_between(db, &persons, first, last).await?;
        let is_there = |person: PersonId, joined_on: NaiveDate| {
            let first = joined_on.max(first);
            let own = absences.iter().filter(|one| one.person == person);
            let own: Vec<_> = own.map(|one| (one.first, one.last)).collect();
            rules::days_away((first, last), &own) < rules::length((first, last))
        };
        let is_few = persons.len() < FEW && !matches!(span.scope, Scope::Member(_));
        let was_seen = |person: PersonId| {
            let seen = seen.iter().find(|one| one.person == person);
            seen.is_some_and(|seen: &Seen| if is_few { seen.openly } else { seen.at_all })
        };
        let thanked = count(joined.iter().filter(|(person, _)| was_seen(*person)));
        let away =
            count(joined.iter().filter(|(person, joined_on)| {
                !was_seen(*person) && !is_there(*person, *joined_on)
            }));
        let whole = count(joined.iter()) - away;
        if whole == 0 {
            return Ok(Counted::Nothing);
        }
        Ok(Counted::Of(Measured {
            part: thanked,
            whole,
            receipts: vec![
                Receipt::new("people counted", whole),
                Receipt::new("of them thanked", thanked),
                Receipt::new("away all the time, not counted", away),
            ],
            note: is_few.then_some(ONLY_PUBLIC),
        }))
    })
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}
