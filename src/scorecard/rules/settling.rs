//! When the close of a measured period is looked at: at once, then once a day while late facts still
//! come in, and then no more, so that what was judged stays as it was.

use chrono::{Days, NaiveDate};

use crate::time::Period;

/// For how many days after its end a period is measured again. A session may be answered for as long.
pub const DAYS: u64 = 7;

/// Whether the close of a period is to be looked at on `today`; `looked` is the day of the last look at
/// it, if there was one.
#[must_use]
pub fn is_due(period: &Period, looked: Option<NaiveDate>, today: NaiveDate) -> bool {
    if today < period.end() {
        return false;
    }
    let settled = period.end().checked_add_days(Days::new(DAYS));
    match (looked, settled) {
        (None, _) => true,
        (Some(looked), Some(settled)) => looked < today && looked < settled,
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_close_is_looked_at_once_a_day_for_a_week_and_then_stays() {
        let october = Period::parse("2026-10", day("2026-10-05")).unwrap();
        let mut looked = None;
        let mut looks = Vec::new();
        for today in day("2026-10-25").iter_days().take(40) {
            for _ in 0..3 {
                if is_due(&october, looked, today) {
                    looked = Some(today);
                    looks.push(today);
                }
            }
        }
        assert_eq!(looks.len(), 8);
        assert_eq!(looks.first(), Some(&day("2026-11-01")));
        assert_eq!(looks.last(), Some(&day("2026-11-08")));
    }

    #[test]
    fn after_an_outage_of_months_one_look_is_enough() {
        let october = Period::parse("2026-10", day("2026-10-05")).unwrap();
        assert!(is_due(&october, None, day("2027-01-01")));
        assert!(!is_due(
            &october,
            Some(day("2027-01-01")),
            day("2027-01-02")
        ));
    }
}
