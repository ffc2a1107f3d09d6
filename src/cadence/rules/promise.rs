//! When somebody is reminded of a promise.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};

use crate::time::Zone;

/// The hour of the owner's morning at which a promise is spoken of.
const MORNING: u32 = 9;
/// How many working days after its day a promise is called overdue.
const GRACE: u32 = 2;
/// How long that is worth saying.
const OVERDUE_KEEPS: TimeDelta = TimeDelta::days(7);

/// A reminder: when it is due, and from when on it is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// When.
    pub due: DateTime<Utc>,
    /// Until when.
    pub expires: DateTime<Utc>,
}

/// The reminder on the morning of the day; of use until that day ends.
#[must_use]
pub fn on_its_day(day: NaiveDate, zone: Zone) -> Reminder {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    Reminder {
        due: morning(day, zone),
        expires: zone.start_of_day(next),
    }
}

/// The one reminder once it is overdue: on the morning of the second working day (Monday to Friday)
/// after its day; of use for a week.
#[must_use]
pub fn overdue(day: NaiveDate, zone: Zone) -> Reminder {
    let mut at = day;
    let mut left = GRACE;
    while left > 0 {
        let Some(next) = at.checked_add_days(Days::new(1)) else {
            break;
        };
        at = next;
        if !matches!(at.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    let due = morning(at, zone);
    Reminder {
        due,
        expires: due.checked_add_signed(OVERDUE_KEEPS).unwrap_or(due),
    }
}

/// Whether a promise of that day is overdue: its day is over in its owner's zone.
#[must_use]
pub fn is_overdue(day: NaiveDate, zone: Zone, now: DateTime<Utc>) -> bool {
    day < zone.civil_date(now)
}

fn morning(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    match day.and_hms_opt(MORNING, 0, 0) {
        Some(civil) => zone.instant_of(civil),
        None => zone.start_of_day(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_promise_is_spoken_of_on_its_morning_where_its_owner_is() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let due = on_its_day(day("2026-11-27"), berlin);
        assert_eq!(due.due, at("2026-11-27T08:00:00Z"));
        assert_eq!(due.expires, at("2026-11-27T23:00:00Z"));
        let howe = Zone::parse("Australia/Lord_Howe").unwrap();
        assert_eq!(
            on_its_day(day("2026-11-27"), howe).due,
            at("2026-11-26T22:00:00Z")
        );
    }

    #[test]
    fn it_is_overdue_two_working_days_later() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        for (due, told) in [
            ("2026-11-23", "2026-11-25T08:00:00Z"),
            ("2026-11-26", "2026-11-30T08:00:00Z"),
            ("2026-11-27", "2026-12-01T08:00:00Z"),
            ("2026-11-28", "2026-12-01T08:00:00Z"),
            ("2026-11-29", "2026-12-01T08:00:00Z"),
        ] {
            let reminder = overdue(day(due), zone);
            assert_eq!(reminder.due, at(told), "{due}");
            assert_eq!(reminder.expires, at(told) + TimeDelta::days(7));
        }
    }

    #[test]
    fn its_day_ends_where_its_owner_is() {
        let kolkata = Zone::parse("Asia/Kolkata").unwrap();
        let due = day("2026-11-27");
        assert!(!is_overdue(due, kolkata, at("2026-11-27T18:29:00Z")));
        assert!(is_overdue(due, kolkata, at("2026-11-27T18:30:00Z")));
    }

    #[test]
    fn the_end_of_the_calendar_is_no_end_of_the_bot() {
        let _ = on_its_day(NaiveDate::MAX, Zone::UTC);
        let _ = overdue(NaiveDate::MAX, Zone::UTC);
    }
}
