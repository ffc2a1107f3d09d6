//! Promised against kept: what a stretch of sessions comes to, without a word of what was said.
//!
//! - *Promised* is each date that the rule made and that has passed, unless it was cancelled with its
//!   series or one of its people was away on that day (*excused*).
//! - *Kept* is a promised date that somebody said was held and nobody said was not. One Held beside one
//!   Not held is a *disagreement*: not kept, and shown as what it is. Skipped and not held are not kept.
//! - A date that nobody answers is *awaited* for [`ANSWER_WITHIN`], and not counted as promised as long;
//!   then it is *unknown*: promised, shown, and on neither side of the [`Tally::adherence`], as what is
//!   missing is grey and never zero.
//! - What was held beside the rhythm keeps no promise; it ends a drought.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::OccurrenceState;
use crate::ids::PersonId;

/// How long after its end a session may still be answered for before it counts as unknown.
pub const ANSWER_WITHIN: TimeDelta = TimeDelta::days(3);

/// How much later than its rhythm a pair may meet before it is overdue.
pub const GRACE: TimeDelta = TimeDelta::days(3);

/// One date of a series, as far as health asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Whether the rule made it.
    pub by_rule: bool,
    /// How far it is.
    pub state: OccurrenceState,
    /// Whether one of its people was away that day.
    pub is_excused: bool,
    /// Who said that it was held, and who that it was not; once a person.
    pub answers: Vec<(PersonId, bool)>,
    /// Who skipped it; none also for somebody who is no longer known.
    pub skipped_by: Option<PersonId>,
    /// Who moved it, once a move; none for somebody who is no longer known.
    pub moved_by: Vec<Option<PersonId>>,
}

/// What a date came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// It lies ahead, is on, or was cancelled: no promise yet, or none any more.
    NoPromise,
    /// Held beside the rhythm.
    Beside,
    /// One of its people was away.
    Excused,
    /// It may still be answered for.
    Awaited,
    /// Nobody answered.
    Unknown,
    /// Held.
    Kept,
    /// Not held, by all that was said.
    NotHeld,
    /// Held, says one; not held, says another.
    Disputed,
    /// Skipped.
    Skipped,
}

impl Session {
    /// What it came to by `now`.
    #[must_use]
    pub fn end(&self, now: DateTime<Utc>) -> End {
        match self.state {
            OccurrenceState::Cancelled => return End::NoPromise,
            OccurrenceState::Planned | OccurrenceState::Over if self.ends_at > now => {
                return End::NoPromise;
            }
            OccurrenceState::Skipped if self.starts_at > now => return End::NoPromise,
            _ => {}
        }
        if !self.by_rule {
            return End::Beside;
        }
        if self.is_excused {
            return End::Excused;
        }
        if self.state == OccurrenceState::Skipped {
            return End::Skipped;
        }
        let says = |held: bool| self.answers.iter().any(|(_, said)| *said == held);
        match (says(true), says(false)) {
            (true, false) => End::Kept,
            (true, true) => End::Disputed,
            (false, true) => End::NotHeld,
            (false, false) if now - self.ends_at < ANSWER_WITHIN => End::Awaited,
            (false, false) => End::Unknown,
        }
    }

    /// Whether its people met, as far as is known: somebody said so and nobody else; also beside the
    /// rhythm, where it is known from its being logged, and in an absence.
    #[must_use]
    pub fn was_held(&self, now: DateTime<Utc>) -> bool {
        let is_past = self.state == OccurrenceState::Over || self.ends_at <= now;
        let is_open = matches!(self.state, OccurrenceState::Planned | OccurrenceState::Over);
        let nobody_denies = self.answers.iter().all(|(_, held)| *held);
        is_past && is_open && nobody_denies && (!self.by_rule || !self.answers.is_empty())
    }
}

/// What a stretch of sessions came to. Tallies add up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Dates that were promised.
    pub promised: u32,
    /// Of these: held.
    pub kept: u32,
    /// Of these: not held.
    pub not_held: u32,
    /// Of these: the sides do not agree.
    pub disputed: u32,
    /// Of these: skipped.
    pub skipped: u32,
    /// Of these: nobody answered.
    pub unknown: u32,
    /// Not promised: somebody was away.
    pub excused: u32,
    /// Not promised yet: it may still be answered for.
    pub awaited: u32,
    /// Who moved a promised date, how often; none for those who are no longer known.
    pub moved_by: BTreeMap<Option<PersonId>, u32>,
    /// Who skipped a promised date, how often; none for those who are no longer known.
    pub skipped_by: BTreeMap<Option<PersonId>, u32>,
}

impl Tally {
    /// Of sessions, in any order.
    #[must_use]
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a Session>, now: DateTime<Utc>) -> Self {
        let mut tally = Self::default();
        for session in sessions {
            tally.take(session, now);
        }
        tally
    }

    fn take(&mut self, session: &Session, now: DateTime<Utc>) {
        let count = match session.end(now) {
            End::NoPromise | End::Beside => return,
            End::Excused => {
                self.excused += 1;
                return;
            }
            End::Awaited => {
                self.awaited += 1;
                return;
            }
            End::Unknown => &mut self.unknown,
            End::Kept => &mut self.kept,
            End::NotHeld => &mut self.not_held,
            End::Disputed => &mut self.disputed,
            End::Skipped => {
                *self.skipped_by.entry(session.skipped_by).or_default() += 1;
                &mut self.skipped
            }
        };
        *count += 1;
        self.promised += 1;
        for by in &session.moved_by {
            *self.moved_by.entry(*by).or_default() += 1;
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.promised += other.promised;
        self.kept += other.kept;
        self.not_held += other.not_held;
        self.disputed += other.disputed;
        self.skipped += other.skipped;
        self.unknown += other.unknown;
        self.excused += other.excused;
        self.awaited += other.awaited;
        for (mine, others) in [
            (&mut self.moved_by, &other.moved_by),
            (&mut self.skipped_by, &other.skipped_by),
        ] {
            for (by, times) in others {
                *mine.entry(*by).or_default() += times;
            }
        }
        self
    }

    /// How many promised dates it is known of whether they were kept.
    #[must_use]
    pub const fn known(&self) -> u32 {
        self.promised - self.unknown
    }

    /// Kept of what is known, in percent, rounded down so that 100 means all; none if nothing is known.
    #[must_use]
    pub fn adherence(&self) -> Option<u32> {
        (self.kept * 100).checked_div(self.known())
    }

    /// How often promised dates were moved.
    #[must_use]
    pub fn moved(&self) -> u32 {
        self.moved_by.values().sum()
    }
}

/// How many promised dates in a row were kept, up to the latest one of which it is known. Excused,
/// unknown and awaited ones are passed over. `sessions` are in any order.
#[must_use]
pub fn streak(sessions: &[Session], now: DateTime<Utc>) -> u32 {
    let mut known: Vec<(DateTime<Utc>, bool)> = sessions
        .iter()
        .filter_map(|session| match session.end(now) {
            End::Kept => Some((session.starts_at, true)),
            End::NotHeld | End::Disputed | End::Skipped => Some((session.starts_at, false)),
            _ => None,
        })
        .collect();
    known.sort_unstable();
    let kept = known.iter().rev().take_while(|(_, kept)| *kept).count();
    u32::try_from(kept).unwrap_or(u32::MAX)
}

/// How much longer than its rhythm and [`GRACE`] a running series has gone without a session; none if
/// it has not. `since` is the last that was held, else its first date; `every` its rhythm; `away` how
/// much of the time since then one of its people was away.
#[must_use]
pub fn overdue(
    since: DateTime<Utc>,
    every: TimeDelta,
    away: TimeDelta,
    now: DateTime<Utc>,
) -> Option<TimeDelta> {
    let late = now - since - away - every - GRACE;
    (late > TimeDelta::zero()).then_some(late)
}

/// How long a rhythm lets a pair wait at the most, from the text of its rule: its frequency times its
/// interval, a month as 31 days. None for a rule that ends with its first date, and for one that cannot
/// be read.
#[must_use]
pub fn interval(rule: &str) -> Option<TimeDelta> {
    let part = |name: &str| {
        let parts = rule.split(';').filter_map(|part| part.split_once('='));
        parts
            .filter(|(key, _)| *key == name)
            .map(|(_, value)| value)
            .next()
    };
    if part("COUNT") == Some("1") {
        return None;
    }
    let days = match part("FREQ")? {
        "DAILY" => 1,
        "WEEKLY" => 7,
        "MONTHLY" => 31,
        _ => return None,
    };
    let times: i64 = part("INTERVAL").map_or(Some(1), |times| times.parse().ok())?;
    TimeDelta::try_days(times.checked_mul(days)?)
}

/// How many of the days `[from, until)` one of several people is away, given their absences as first
/// and last days, both included, in any order; a day counts once.
#[must_use]
pub fn days_away(
    absences: &[(chrono::NaiveDate, chrono::NaiveDate)],
    from: chrono::NaiveDate,
    until: chrono::NaiveDate,
) -> i64 {
    let mut spans: Vec<_> = absences
        .iter()
        .filter_map(|(first, last)| {
            let end = last.succ_opt().unwrap_or(*last);
            let span = ((*first).max(from), end.min(until));
            (span.0 < span.1).then_some(span)
        })
        .collect();
    spans.sort_unstable();
    let (mut days, mut reached) = (0, from);
    for (first, end) in spans {
        let first = first.max(reached);
        if first < end {
            days += (end - first).num_days();
            reached = end;
        }
    }
    days
}

/// How promises with a day stood up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Punctuality {
    /// Promises whose day has passed, and those done before it.
    pub due: u32,
    /// Of these: done on their day or before.
    pub on_time: u32,
    /// Of these: not done yet.
    pub overdue: u32,
}

impl Punctuality {
    /// Of promises by their day and the day on which each was done, as seen on `today`. Dropped ones
    /// are not among them.
    #[must_use]
    pub fn of(
        promises: impl IntoIterator<Item = (chrono::NaiveDate, Option<chrono::NaiveDate>)>,
        today: chrono::NaiveDate,
    ) -> Self {
        let mut all = Self::default();
        for (due, done) in promises {
            let is_on_time = done.is_some_and(|done| done <= due);
            if !is_on_time && due >= today {
                continue;
            }
            all.due += 1;
            all.on_time += u32::from(is_on_time);
            all.overdue += u32::from(done.is_none());
        }
        all
    }

    /// On time of all that were due, in percent, rounded down; none if nothing was.
    #[must_use]
    pub fn percent(&self) -> Option<u32> {
        (self.on_time * 100).checked_div(self.due)
    }
}

/// What of `all` is not in `touched`, in the order of `all`, each once.
#[must_use]
pub fn untouched<'a>(all: impl IntoIterator<Item = &'a str>, touched: &[&str]) -> Vec<&'a str> {
    let mut seen: BTreeSet<&str> = touched.iter().copied().collect();
    all.into_iter().filter(|item| seen.insert(item)).collect()
}

#[cfg(test)]
mod tests;
