//! What the cadence counts for the scorecard: how the rhythm is kept, and how promises are.

use std::collections::HashSet;

use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::health::{Line, lines};
use crate::cadence::rules::Kind;
use crate::cadence::rules::health::{Punctuality, Tally};
use crate::cadence::store::promises::{self, Dated};
use crate::ids::PersonId;
use crate::measures::{Counted, Measured, Measurement, Receipt, Scope, Span};
use crate::people;

/// What the cadence measures.
pub const MEASURES: &[Measurement] = &[
    Measurement {
        kin: "one-on-one-adherence",
        how: "How many of the one-on-ones that the rhythm promised were held, of those of which it is known. \
              Days on which one of the two was away do not count.",
        measure: |db, span| adherence(db, span),
    },
    Measurement {
        kin: "promises-on-time",
        how: "How many of the promises to somebody whose day has come were kept on it or before. Dropped \
              ones and those to oneself do not count.",
        measure: |db, span| on_time(db, span),
    },
];

/// From so many pairs, or people, on a number points at none of them: whoever knows their own part
/// cannot read that of another off the rest.
const LEAST: u32 = 3;

fn adherence(db: &mut SqliteConnection, span: Span) -> BoxFuture<'_, Result<Counted, sqlx::Error>> {
    Box::pin(async move {
        let Some(guild) = people::find_guild(&mut *db, span.guild).await? else {
            return Ok(Counted::Nothing);
        };
        let everybody = everybody(db, span).await?;
        let (from, until) = span.period.instants(span.zone);
        let dates = (from, until.min(span.now).max(from));
        let mut lines = lines(db, &guild, &everybody, dates, span.now).await?;
        lines.retain(|line: &Line| {
            let is_of = match span.scope {
                Scope::Member(person) => line.people.contains(&person),
                Scope::Guild | Scope::Team(_) => true,
            };
            is_of && matches!(line.kind, Kind::OneOnOne | Kind::ReviewAndPlan)
        });
        let pairs: HashSet<&[PersonId]> = lines
            .iter()
            .filter(|line| line.tally.known() > 0)
            .map(|line| line.people.as_slice())
            .collect();
        let all = lines.iter().map(|line| &line.tally);
        let tally = all.fold(Tally::default(), |sum, tally| sum.and(tally));
        if tally.known() == 0 {
            return Ok(Counted::Nothing);
        }
        if is_few(span.scope, pairs.len()) {
            return Ok(Counted::TooFew {
                what: "pairs",
                least: LEAST,
            });
        }
        Ok(Counted::Of(Measured {
            part: tally.kept,
            whole: tally.known(),
            receipts: vec![
                Receipt::new("dates promised", tally.promised),
                Receipt::new("held", tally.kept),
                Receipt::new("not held", tally.not_held),
                Receipt::new("skipped", tally.skipped),
                Receipt::new("held by one's word, not by the other's", tally.disputed),
                Receipt::new("without an answer, not counted", tally.unknown),
                Receipt::new("while one was away, not counted", tally.excused),
                Receipt::new("may still be answered for, not counted yet", tally.pending),
            ],
            note: None,
        }))
    })
}

fn on_time(db: &mut SqliteConnection, span: Span) -> BoxFuture<'_, Result<Counted, sqlx::Error>> {
    Box::pin(async move {
        let owners = match span.scope {
            Scope::Member(person) => vec![person],
            Scope::Guild | Scope::Team(_) => everybody(db, span).await?,
        };
        let days = (span.period.start(), span.period.end());
        let dated = promises::list_dated(db, &owners, days).await?;
        let today = span.zone.civil_date(span.now);
        let done_on = |one: &Dated| {
            let zone = one.zone.unwrap_or(span.zone);
            one.done_at.map(|at| zone.civil_date(at))
        };
        let all = Punctuality::of(dated.iter().map(|one| (one.due, done_on(one))), today);
        if all.due == 0 {
            return Ok(Counted::Nothing);
        }
        let is_due = |one: &&Dated| {
            let one = (one.due, done_on(one));
            Punctuality::of([one], today).due > 0
        };
        let owners: HashSet<PersonId> = dated.iter().filter(is_due).map(|one| one.owner).collect();
        if is_few(span.scope, owners.len()) {
            return Ok(Counted::TooFew {
                what: "people with a promise due",
                least: LEAST,
            });
        }
        Ok(Counted::Of(Measured {
            part: all.on_time,
            whole: all.due,
            receipts: vec![
                Receipt::new("promises whose day has come", all.due),
                Receipt::new("kept on it or before", all.on_time),
                Receipt::new("kept late", all.due - all.on_time - all.overdue),
                Receipt::new("not kept yet", all.overdue),
            ],
            note: None,
        }))
    })
}

fn is_few(scope: Scope, behind: usize) -> bool {
    let least = usize::try_from(LEAST).unwrap_or(usize::MAX);
    behind < least && !matches!(scope, Scope::Member(_))
}

/// Those among whom it is counted: a team with its managers; for a person, everybody whom they may meet.
async fn everybody(db: &mut SqliteConnection, span: Span) -> Result<Vec<PersonId>, sqlx::Error> {
    let team = span.scope.team();
    let members = people::members_within(&mut *db, span.guild, team).await?;
    let mut all: Vec<PersonId> = members.into_iter().map(|(person, _)| person).collect();
    all.extend(people::managers_within(db, span.guild, team).await?);
    if let Scope::Member(person) = span.scope {
        all.push(person);
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}
