//! When somebody is told that a reading is missing: after so many working days, each of them a day from
//! Monday to Friday on which the one who is waited for is not away.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};

use crate::time::Zone;

/// How many working days pass between the day on which its owner was told that a number is missing, and
/// that on which its managers are: they are told on the second one after it, within the same week.
pub const MANAGERS_AFTER: u32 = 1;

/// The hour of the morning before which nobody is told of numbers.
const MORNING: u32 = 9;

/// More days than anybody's absence is waited for.
const MOST: usize = 120;

/// The first working day after so many working days from `from` on, that one included.
#[must_use]
pub fn due_day(
    from: NaiveDate,
    working_days: u32,
    is_away: impl Fn(NaiveDate) -> bool,
) -> NaiveDate {
    let mut left = working_days;
    let mut day = from;
    for _ in 0..MOST {
        let is_free = matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || is_away(day);
        if !is_free && left == 0 {
            return day;
        }
        left -= u32::from(!is_free);
        day = day.checked_add_days(Days::new(1)).unwrap_or(day);
    }
    day
}

/// Nine in the morning of a day.
#[must_use]
pub fn morning(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    let nine = NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or_default();
    zone.instant_of(day.and_time(nine))
}

/// When something that is known now is told: now, or in the night at nine.
#[must_use]
pub fn told_at(now: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    morning(zone.civil_date(now), zone).max(now)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scorecard::rules::period::grace_ends;
    use crate::time::Period;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_days_away_are_no_working_days() {
        let nobody = |_| false;
        for (from, days, due) in [
            // 1 November 2026 is a Sunday.
            ("2026-11-01", 2, "2026-11-04"),
            ("2026-11-02", 2, "2026-11-04"),
            ("2026-11-02", 0, "2026-11-02"),
            // Thursday and Friday pass; the next working day is Monday.
            ("2026-11-05", 2, "2026-11-09"),
            ("2026-11-07", 0, "2026-11-09"),
        ] {
            assert_eq!(due_day(day(from), days, nobody), day(due), "{from} {days}");
        }
        let away = |one: NaiveDate| day("2026-11-03") <= one && one <= day("2026-11-06");
        assert_eq!(due_day(day("2026-11-01"), 2, away), day("2026-11-10"));
        assert_eq!(due_day(day("2026-11-01"), 1, away), day("2026-11-09"));
    }

    #[test]
    fn whoever_is_away_for_ever_is_not_waited_for_for_ever() {
        let due = due_day(day("2026-11-01"), 2, |_| true);
        assert!(due < day("2027-04-01"));
    }

    proptest! {
        #[test]
        fn nobody_is_told_before_the_grace_is_over_nor_at_a_weekend(
            after in 0_i64..2000, grace in 0_u32..30, away in 0_i64..40, long in 0_i64..40,
        ) {
            let end = day("2026-01-01") + chrono::TimeDelta::days(after);
            let period = Period::between(end.pred_opt().unwrap(), end.pred_opt().unwrap()).unwrap();
            let plain = due_day(end, grace, |_| false);
            prop_assert!(plain >= grace_ends(&period, grace));
            prop_assert!(!matches!(plain.weekday(), Weekday::Sat | Weekday::Sun));
            let from = end + chrono::TimeDelta::days(away);
            let until = from + chrono::TimeDelta::days(long);
            let is_away = |one: NaiveDate| from <= one && one < until;
            let due = due_day(end, grace, is_away);
            prop_assert!(due >= plain);
            prop_assert!(!is_away(due));
        }
    }
}
