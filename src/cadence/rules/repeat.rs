//! How a series is to repeat, as the one letter that a button carries.

use chrono::{Datelike, NaiveDateTime};

use crate::cadence::recurrence::{Every, Rule};
use crate::time::{Named, Nth, Zone};

/// How a series repeats its first date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Its weekday, each so many weeks.
    Weeks(Every),
    /// Its weekday of the month, such as the second Tuesday; a fifth is the last.
    Weekday,
    /// The last such weekday of the month.
    LastWeekday,
    /// Its day of the month.
    MonthDay,
    /// The last day of the month.
    LastDay,
}

impl Repeat {
    /// What "every month" means of a day that was named so.
    #[must_use]
    pub const fn of(every: Every, named: Named) -> Self {
        match (every, named) {
            (Every::Month, Named::Nth(Nth::Last, _)) => Self::LastWeekday,
            (Every::Month, Named::Weekday(_) | Named::Nth(..)) => Self::Weekday,
            (Every::Month, Named::LastDay) => Self::LastDay,
            (Every::Month, _) => Self::MonthDay,
            _ => Self::Weeks(every),
        }
    }

    /// The letter in a button's id.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Weeks(Every::TwoWeeks) => '2',
            Self::Weeks(Every::ThreeWeeks) => '3',
            Self::Weeks(Every::FourWeeks) => '4',
            Self::Weeks(_) => '1',
            Self::Weekday => 'w',
            Self::LastWeekday => 'l',
            Self::MonthDay => 'd',
            Self::LastDay => 'e',
        }
    }

    /// What a letter means.
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<Self> {
        Some(match letter {
            "1" => Self::Weeks(Every::Week),
            "2" => Self::Weeks(Every::TwoWeeks),
            "3" => Self::Weeks(Every::ThreeWeeks),
            "4" => Self::Weeks(Every::FourWeeks),
            "w" => Self::Weekday,
            "l" => Self::LastWeekday,
            "d" => Self::MonthDay,
            "e" => Self::LastDay,
            _ => return None,
        })
    }

    /// The rule of a series that begins at `starts` on the wall clock of `zone`.
    #[must_use]
    pub fn rule(self, starts: NaiveDateTime, zone: Zone) -> Rule {
        let weekday = starts.weekday();
        let (every, named) = match self {
            Self::Weeks(every) => (every, Named::Date),
            Self::Weekday => (Every::Month, Named::Weekday(weekday)),
            Self::LastWeekday => (Every::Month, Named::Nth(Nth::Last, weekday)),
            Self::MonthDay => (Every::Month, Named::MonthDay(starts.day())),
            Self::LastDay => (Every::Month, Named::LastDay),
        };
        Rule::new(every, starts, named, zone)
    }

    /// The other reading of "every month": by day rather than by weekday, or the other way round; none
    /// of weeks.
    #[must_use]
    pub const fn other(self) -> Option<Self> {
        match self {
            Self::Weeks(_) => None,
            Self::Weekday | Self::LastWeekday => Some(Self::MonthDay),
            Self::MonthDay | Self::LastDay => Some(Self::Weekday),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_reads_back_and_makes_its_rule() {
        let starts = "2026-12-29T10:00:00".parse().unwrap();
        for (letter, rule) in [
            ("1", "FREQ=WEEKLY;BYDAY=TU"),
            ("2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
            ("3", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"),
            ("4", "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU"),
            ("w", "FREQ=MONTHLY;BYDAY=-1TU"),
            ("l", "FREQ=MONTHLY;BYDAY=-1TU"),
            ("d", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
            ("e", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ] {
            let repeat = Repeat::from_letter(letter).unwrap();
            assert_eq!(repeat.letter().to_string(), letter);
            assert_eq!(repeat.rule(starts, Zone::UTC).text(), rule);
        }
        assert_eq!(Repeat::from_letter("x"), None);
    }

    #[test]
    fn a_month_repeats_what_was_named() {
        let tuesday = chrono::Weekday::Tue;
        for (named, repeat) in [
            (Named::Weekday(tuesday), Repeat::Weekday),
            (Named::Nth(Nth::Second, tuesday), Repeat::Weekday),
            (Named::Nth(Nth::Last, tuesday), Repeat::LastWeekday),
            (Named::LastDay, Repeat::LastDay),
            (Named::Date, Repeat::MonthDay),
            (Named::Tomorrow, Repeat::MonthDay),
        ] {
            assert_eq!(Repeat::of(Every::Month, named), repeat);
            assert_eq!(Repeat::of(Every::Week, named), Repeat::Weeks(Every::Week));
        }
    }
}
