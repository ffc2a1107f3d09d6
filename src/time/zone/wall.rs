//! Wall-clock times of a zone: which instant a clock on the wall means, also where it jumps.
//!
//! A time that the clocks skip moves forward by what they skip; of a time that they show twice the
//! first is meant. Both are what RFC 5545 (section 3.3.5, form 3) asks of a calendar.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};

use super::Zone;

/// Clocks jump by multiples of this, today and for a hundred years back.
const STEP: TimeDelta = TimeDelta::minutes(15);
/// The longest jump is a whole day (Samoa, 2011).
const STEPS: i32 = 25 * 4;

impl Zone {
    /// The wall clock of the zone at `instant`.
    #[must_use]
    pub fn civil(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        instant.with_timezone(&self.tz()).naive_local()
    }

    /// The instant at which the wall clock of the zone shows `civil`. A time that the clocks skip
    /// moves forward by the length of the gap (02:30 becomes 03:30); of a time that they show twice
    /// the first is meant.
    #[must_use]
    pub fn instant_of(&self, civil: NaiveDateTime) -> DateTime<Utc> {
        match self.tz().from_local_datetime(&civil) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
            LocalResult::None => {
                let before = (1..=STEPS)
                    .filter_map(|step| civil.checked_sub_signed(STEP * step))
                    .find_map(|earlier| {
                        let offset = self.tz().offset_from_local_datetime(&earlier).latest()?;
                        Some(i64::from(offset.fix().local_minus_utc()))
                    });
                civil
                    .and_utc()
                    .checked_sub_signed(TimeDelta::seconds(before.unwrap_or_default()))
                    .unwrap_or_else(|| civil.and_utc())
            }
        }
    }

    /// How far the wall clock of the zone is ahead of UTC at `instant`.
    #[must_use]
    pub fn offset(&self, instant: DateTime<Utc>) -> TimeDelta {
        let seconds = instant
            .with_timezone(&self.tz())
            .offset()
            .fix()
            .local_minus_utc();
        TimeDelta::seconds(i64::from(seconds))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn civil(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn shown(zone: &str, text: &str) -> (String, String) {
        let zone = Zone::parse(zone).unwrap();
        let at = zone.instant_of(civil(text));
        (at.to_string(), zone.civil(at).to_string())
    }

    fn pair(at: &str, wall: &str) -> (String, String) {
        (at.to_owned(), wall.to_owned())
    }

    #[test]
    fn a_skipped_time_moves_forward_by_the_gap() {
        assert_eq!(
            shown("Europe/Berlin", "2027-03-28T02:30:00"),
            pair("2027-03-28 01:30:00 UTC", "2027-03-28 03:30:00")
        );
        assert_eq!(
            shown("Australia/Lord_Howe", "2027-10-03T02:15:00"),
            pair("2027-10-02 15:45:00 UTC", "2027-10-03 02:45:00")
        );
        assert_eq!(
            shown("America/Santiago", "2027-09-05T00:30:00"),
            pair("2027-09-05 04:30:00 UTC", "2027-09-05 01:30:00")
        );
        assert_eq!(
            shown("Pacific/Apia", "2011-12-30T10:00:00"),
            pair("2011-12-30 20:00:00 UTC", "2011-12-31 10:00:00")
        );
    }

    #[test]
    fn of_a_time_that_comes_twice_the_first_is_meant() {
        assert_eq!(
            shown("Europe/Berlin", "2026-10-25T02:30:00"),
            pair("2026-10-25 00:30:00 UTC", "2026-10-25 02:30:00")
        );
        assert_eq!(
            shown("Australia/Lord_Howe", "2027-04-04T01:45:00"),
            pair("2027-04-03 14:45:00 UTC", "2027-04-04 01:45:00")
        );
    }

    proptest! {
        #[test]
        fn the_wall_shows_what_was_asked_or_something_later(
            zone in 0..chrono_tz::TZ_VARIANTS.len(),
            minute in 0_i64..40 * 365 * 24 * 60,
        ) {
            let zone = Zone::from(chrono_tz::TZ_VARIANTS[zone]);
            let asked = civil("2000-01-01T00:00:00") + TimeDelta::minutes(minute);
            let shown = zone.civil(zone.instant_of(asked));
            prop_assert!(shown >= asked);
            prop_assert!(shown - asked <= TimeDelta::hours(24));
        }
    }
}
