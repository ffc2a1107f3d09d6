//! Which period is meant: by default, in a metric's cadence, too early or too late.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Cadence;
use crate::time::{Kind, Period};

impl Cadence {
    /// The kind of its periods.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Week => Kind::Week,
            Self::Month => Kind::Month,
            Self::Quarter => Kind::Quarter,
        }
    }

    /// The period that holds a day.
    #[must_use]
    pub fn holding(self, day: NaiveDate) -> Option<Period> {
        Period::holding(self.kind(), day)
    }

    /// The latest period that is over on a day.
    #[must_use]
    pub fn latest_closed(self, today: NaiveDate) -> Option<Period> {
        self.holding(today)?.previous()
    }

    /// "by week".
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Week => "by week",
            Self::Month => "by month",
            Self::Quarter => "by quarter",
        }
    }

    /// The periods that lie within a longer one, oldest first: those whose last day is in it. At
    /// most 600.
    #[must_use]
    pub fn within(self, longer: &Period) -> Vec<Period> {
        let Some(first) = self.holding(longer.start()) else {
            return Vec::new();
        };
        std::iter::successors(Some(first), Period::next)
            .skip_while(|period| !longer.contains(period.last_day()))
            .take_while(|period| longer.contains(period.last_day()))
            .take(600)
            .collect()
    }
}

/// The first day after a period's grace: as many working days, Monday to Friday, after its end.
#[must_use]
pub fn grace_ends(period: &Period, working_days: u32) -> NaiveDate {
    let mut day = period.end();
    let mut left = working_days;
    while left > 0 {
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
        day = day.checked_add_days(Days::new(1)).unwrap_or(day);
    }
    day
}

/// The period that is meant when none is named: the latest closed one while its reading is missing
/// and its grace lasts, else the current one.
#[must_use]
pub fn by_default(
    cadence: Cadence,
    today: NaiveDate,
    grace_days: u32,
    has_reading: impl FnOnce(&Period) -> bool,
) -> Option<Period> {
    let current = cadence.holding(today)?;
    match current.previous() {
        Some(closed) if today < grace_ends(&closed, grace_days) && !has_reading(&closed) => {
            Some(closed)
        }
        _ => Some(current),
    }
}

/// The same period a year before: the week of the same number (of a week 53 the last), the month,
/// the quarter.
#[must_use]
pub fn year_before(period: &Period) -> Option<Period> {
    let start = period.start();
    let day = match period.kind() {
        Kind::Week => {
            let week = start.iso_week();
            let monday = |number| NaiveDate::from_isoywd_opt(week.year() - 1, number, Weekday::Mon);
            monday(week.week()).or_else(|| monday(52))?
        }
        Kind::Month | Kind::Quarter | Kind::Year => start.with_year(start.year() - 1)?,
        Kind::Day | Kind::Range | Kind::All => return None,
    };
    Period::holding(period.kind(), day)
}

/// How a period lies to today, for somebody who records a reading of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// It is not over: the reading is of the period so far.
    Running,
    /// It is over, and its grace is not.
    InTime,
    /// Its grace is over, too.
    Late,
}

/// Why a period is not one of a metric's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It has not begun.
    #[error("{period} has not begun. The latest that can be recorded is {current}.")]
    Future {
        /// Its label.
        period: String,
        /// The label of the current one.
        current: String,
    },
    /// It is longer than the metric's.
    #[error(
        "This metric is measured {cadence}, and {period} holds several of them. Name one, such as “{example}”."
    )]
    Longer {
        /// Its label.
        period: String,
        /// "by week".
        cadence: &'static str,
        /// The key of the last of them that has begun.
        example: String,
    },
    /// It is shorter than the metric's.
    #[error(
        "This metric is measured {cadence}, and {period} is only a part of one. Name {whole} as “{example}”."
    )]
    Shorter {
        /// Its label.
        period: String,
        /// "by month".
        cadence: &'static str,
        /// The label of the one that holds it.
        whole: String,
        /// The key of that.
        example: String,
    },
    /// It is out of the calendar's reach.
    #[error("That period is out of reach. Name one such as “{example}”.")]
    OutOfReach {
        /// The key of the current one.
        example: String,
    },
}

/// The period of a cadence that somebody means who named `period`. A single day means the period
/// that holds it.
///
/// # Errors
/// [`Unfit`], with what to type instead.
pub fn fitted(cadence: Cadence, period: Period, today: NaiveDate) -> Result<Period, Unfit> {
    let current = cadence.holding(today);
    let example = || current.map(|period| period.key()).unwrap_or_default();
    let out_of_reach = || Unfit::OutOfReach { example: example() };
    let holding = cadence.holding(period.start());
    let fit = if period.kind() == Kind::All {
        return Err(longer(cadence, &period, example()));
    } else if period.kind() == cadence.kind() {
        period
    } else {
        let holding = holding.ok_or_else(out_of_reach)?;
        let is_same = (holding.start(), holding.end()) == (period.start(), period.end());
        if period.kind() == Kind::Day || is_same {
            holding
        } else if period.end() <= holding.end() {
            return Err(Unfit::Shorter {
                period: period.label(),
                cadence: cadence.phrase(),
                whole: holding.label(),
                example: holding.key(),
            });
        } else {
            let within = cadence.within(&period);
            let begun = within.iter().rev().find(|one| one.start() <= today);
            let example = begun.or(within.first()).map_or_else(example, Period::key);
            return Err(longer(cadence, &period, example));
        }
    };
    if fit.start() > today {
        let current = current.ok_or_else(out_of_reach)?;
        return Err(Unfit::Future {
            period: fit.label(),
            current: current.label(),
        });
    }
    Ok(fit)
}

fn longer(cadence: Cadence, period: &Period, example: String) -> Unfit {
    Unfit::Longer {
        period: period.label(),
        cadence: cadence.phrase(),
        example,
    }
}

/// How a period that has begun lies to today.
#[must_use]
pub fn lateness(period: &Period, today: NaiveDate, grace_days: u32) -> Lateness {
    if today < period.end() {
        Lateness::Running
    } else if today < grace_ends(period, grace_days) {
        Lateness::InTime
    } else {
        Lateness::Late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(text: &str) -> Period {
        Period::parse(text, day("2026-11-24")).unwrap()
    }

    #[test]
    fn by_default_it_is_the_closed_one_while_its_grace_lasts() {
        let on = |today: &str, has_reading: bool| {
            let asked = by_default(Cadence::Month, day(today), 2, |_| has_reading);
            asked.unwrap().key()
        };
        // 31 October 2026 is a Saturday: the grace is Monday 2 and Tuesday 3 November.
        assert_eq!(on("2026-11-01", false), "2026-10");
        assert_eq!(on("2026-11-03", false), "2026-10");
        assert_eq!(on("2026-11-03", true), "2026-11");
        assert_eq!(on("2026-11-04", false), "2026-11");
    }

    #[test]
    fn grace_counts_working_days() {
        assert_eq!(grace_ends(&period("2026-W42"), 2), day("2026-10-21"));
        assert_eq!(grace_ends(&period("2026-10"), 0), day("2026-11-01"));
        assert_eq!(grace_ends(&period("2026-10"), 6), day("2026-11-10"));
    }

    #[test]
    fn a_year_before_is_the_period_of_the_same_name() {
        for (key, before) in [
            ("2026-W42", "2025-W42"),
            ("2026-W53", "2025-W52"),
            ("2026-10", "2025-10"),
            ("2026-Q4", "2025-Q4"),
        ] {
            assert_eq!(year_before(&period(key)).unwrap().key(), before);
        }
    }

    #[test]
    fn a_longer_period_holds_those_that_end_in_it() {
        let keys = |cadence: Cadence, longer: &str| {
            let within = cadence.within(&period(longer));
            within.iter().map(Period::key).collect::<Vec<_>>()
        };
        assert_eq!(
            keys(Cadence::Quarter, "2026-Q1..2026-Q3"),
            ["2026-Q1", "2026-Q2", "2026-Q3"]
        );
        assert_eq!(
            keys(Cadence::Month, "2026-Q1"),
            ["2026-01", "2026-02", "2026-03"]
        );
        assert_eq!(
            keys(Cadence::Week, "2026-10"),
            ["2026-W40", "2026-W41", "2026-W42", "2026-W43"]
        );
        assert!(Cadence::Week.within(&Period::ALL).len() <= 600);
    }

    #[test]
    fn a_period_that_is_not_the_metrics_is_refused_with_one_that_is() {
        let today = day("2026-11-24");
        let of = |cadence, key: &str| fitted(cadence, period(key), today);
        assert_eq!(of(Cadence::Month, "2026-10").unwrap().key(), "2026-10");
        assert_eq!(of(Cadence::Week, "2026-10-14").unwrap().key(), "2026-W42");
        assert_eq!(
            of(Cadence::Month, "2026-10-01..2026-10-31").unwrap().key(),
            "2026-10"
        );
        let refused = [
            (Cadence::Week, "2026-10"),
            (Cadence::Month, "2026-W42"),
            (Cadence::Month, "2026-12"),
            (Cadence::Quarter, "2026"),
            (Cadence::Quarter, "all"),
        ]
        .map(|(cadence, key)| of(cadence, key).unwrap_err().to_string());
        insta::assert_snapshot!(refused.join("\n"), @r#"
This metric is measured by week, and October 2026 holds several of them. Name one, such as “2026-W43”.
This metric is measured by month, and week 42 of 2026 (12–18 Oct) is only a part of one. Name October 2026 as “2026-10”.
December 2026 has not begun. The latest that can be recorded is November 2026.
This metric is measured by quarter, and 2026 holds several of them. Name one, such as “2026-Q4”.
This metric is measured by quarter, and all time holds several of them. Name one, such as “2026-Q4”.
"#);
    }

    #[test]
    fn a_reading_is_late_once_the_grace_is_over() {
        let of = |today: &str| lateness(&period("2026-10"), day(today), 2);
        assert_eq!(of("2026-10-31"), Lateness::Running);
        assert_eq!(of("2026-11-03"), Lateness::InTime);
        assert_eq!(of("2026-11-04"), Lateness::Late);
    }
}
