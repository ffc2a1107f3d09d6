//! The dates of a series: an RFC 5545 recurrence rule on the wall clock of one zone.
//!
//! `rrule` expands a rule on a wall whose clock never changes; only then does a date become an
//! instant, by [`Zone::instant_of`]: a time that the clocks skip moves forward by the gap, of one that
//! comes twice the first is meant (RFC 5545, section 3.3.5). Expansion starts close to the date that
//! is asked for, so that an old series costs no more than a new one.
//!
//! Pure: no clock, no I/O. Moved, skipped and held dates are rows of `store`.

mod expand;
mod shape;

use std::fmt;

use chrono::{DateTime, Days, NaiveDateTime, TimeDelta, Utc};

use crate::time::{Named, Zone};
use shape::Shape;

/// The most slots that are given at once.
pub const MOST: usize = 1000;

/// How often a series comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Every {
    /// Each week.
    Week,
    /// Each second week.
    TwoWeeks,
    /// Each third week.
    ThreeWeeks,
    /// Each fourth week.
    FourWeeks,
    /// Each month.
    Month,
}

impl Every {
    /// All of them, most often first.
    pub const ALL: [Self; 5] = [
        Self::Week,
        Self::TwoWeeks,
        Self::ThreeWeeks,
        Self::FourWeeks,
        Self::Month,
    ];

    /// "week", "2 weeks", "month".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::TwoWeeks => "2 weeks",
            Self::ThreeWeeks => "3 weeks",
            Self::FourWeeks => "4 weeks",
            Self::Month => "month",
        }
    }

    /// The number of weeks; `None` for a month.
    #[must_use]
    pub const fn weeks(self) -> Option<u16> {
        match self {
            Self::Week => Some(1),
            Self::TwoWeeks => Some(2),
            Self::ThreeWeeks => Some(3),
            Self::FourWeeks => Some(4),
            Self::Month => None,
        }
    }
}

/// One date of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The instant: the RECURRENCE-ID of the occurrence (RFC 5545, section 3.8.4.4).
    pub at: DateTime<Utc>,
    /// The wall-clock time by the rule, in its zone. Where the clocks skip it the wall shows something
    /// later at `at`.
    pub civil: NaiveDateTime,
}

/// Why a text is no rule of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Not one of the shapes that [`Rule::text`] gives.
    #[error("not a recurrence rule of a series: {text:?}")]
    Shape {
        /// The text.
        text: String,
    },
}

/// A rule with its first date and its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    shape: Shape,
    starts: NaiveDateTime,
    zone: Zone,
}

impl Rule {
    /// The rule of a series whose first date is `starts` in `zone`. Weeks repeat its weekday. A month
    /// repeats what was `named`: a weekday ("tue", "2nd tuesday") as that weekday of the month, of
    /// which a fifth is the last; "last day" as that; everything else as its day of the month, in
    /// months without it the last day.
    #[must_use]
    pub fn new(every: Every, starts: NaiveDateTime, named: Named, zone: Zone) -> Self {
        Self {
            shape: Shape::of(every, starts.date(), named),
            starts,
            zone,
        }
    }

    /// A rule as it was kept: [`Rule::text`], [`Rule::starts`] and [`Rule::zone`].
    ///
    /// # Errors
    /// [`RuleError::Shape`] for everything that [`Rule::text`] does not give.
    pub fn parse(text: &str, starts: NaiveDateTime, zone: Zone) -> Result<Self, RuleError> {
        let shape = Shape::parse(text).ok_or_else(|| RuleError::Shape {
            text: text.to_owned(),
        })?;
        Ok(Self {
            shape,
            starts,
            zone,
        })
    }

    /// The rule as the value of an RRULE (RFC 5545, section 3.3.10): "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    /// "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1".
    #[must_use]
    pub fn text(&self) -> String {
        self.shape.to_string()
    }

    /// The first wall-clock time, the DTSTART; nothing comes before it.
    #[must_use]
    pub const fn starts(&self) -> NaiveDateTime {
        self.starts
    }

    /// The zone of the wall clock, the TZID.
    #[must_use]
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// How often it comes.
    #[must_use]
    pub const fn every(&self) -> Every {
        self.shape.every()
    }

    /// For people, without the zone: "every 2 weeks on Tuesday at 10:00", "every month on the 31st, or
    /// the last day, at 10:00".
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} at {}", self.shape.words(), self.starts.format("%H:%M"))
    }

    /// The first slot after `at`; `None` only at the end of the calendar.
    #[must_use]
    pub fn next_after(&self, at: DateTime<Utc>) -> Option<Slot> {
        self.from(at).find(|slot| slot.at > at)
    }

    /// The first `count` slots at or after `at`, at most [`MOST`]; earliest first.
    #[must_use]
    pub fn slots_from(&self, at: DateTime<Utc>, count: usize) -> Vec<Slot> {
        self.from(at)
            .skip_while(|slot| slot.at < at)
            .take(count.min(MOST))
            .collect()
    }

    /// The slots in `[from, to)`, at most [`MOST`]; earliest first.
    #[must_use]
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Slot> {
        self.from(from)
            .skip_while(|slot| slot.at < from)
            .take_while(|slot| slot.at < to)
            .take(MOST)
            .collect()
    }

    /// Slots from somewhat before `at` on, a bounded number of them.
    fn from(&self, at: DateTime<Utc>) -> impl Iterator<Item = Slot> + '_ {
        // No wall is further than a day from UTC, and no gap is longer than one.
        let near = at.naive_utc().checked_sub_days(Days::new(2));
        expand::wall_times(&self.shape, self.starts, near.unwrap_or(self.starts))
            .take(MOST + 8)
            .map(|civil| Slot {
                at: self.zone.instant_of(civil),
                civil,
            })
    }
}

/// The value of the RRULE.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shape.fmt(f)
    }
}

/// By how much the wall clock of `zone` has changed from one date to another: an hour forward, half an
/// hour back; `None` when it has not. To be asked for the zone of each person of a series: where their
/// clocks do not change on the same day as those of the rule, the wall-clock time of the date moves.
#[must_use]
pub fn clock_change(before: Slot, this: Slot, zone: Zone) -> Option<TimeDelta> {
    let change = zone.offset(this.at) - zone.offset(before.at);
    (change != TimeDelta::zero()).then_some(change)
}

#[cfg(test)]
mod tests;
