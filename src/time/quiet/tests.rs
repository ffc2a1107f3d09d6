//! Tests of quiet hours.

use proptest::prelude::*;

use super::*;

fn kept(typed: &str) -> String {
    match typed.parse::<QuietHours>() {
        Ok(quiet) => quiet.to_string(),
        Err(error) => error.to_string(),
    }
}

fn end(quiet: &str, at: &str, zone: &str) -> String {
    let quiet: QuietHours = quiet.parse().unwrap();
    let zone = Zone::parse(zone).unwrap();
    let end = quiet.end_of(at.parse().unwrap(), zone);
    zone.civil(end).format("%a %d %H:%M").to_string()
}

#[test]
fn quiet_hours_are_read_as_people_write_them() {
    for (typed, stored) in [
        ("20:00-07:00", "20:00-07:00"),
        ("8pm to 7am", "20:00-07:00"),
        ("8 PM – 7:30 a.m.", "20:00-07:30"),
        ("22-7", "22:00-07:00"),
        ("20:00 - 24:00", "20:00-00:00"),
        ("20:00-07:00, weekends", "20:00-07:00, sat sun"),
        ("Weekends and 20:00-07:00", "20:00-07:00, sat sun"),
        ("weekends", "sat sun"),
        ("sat sun", "sat sun"),
        ("fri-sun", "fri sat sun"),
        ("sat - mon", "mon sat sun"),
        ("off", "off"),
    ] {
        assert_eq!(kept(typed), stored, "{typed}");
    }
}

#[test]
fn what_is_no_quiet_or_never_ends_is_refused_with_an_example() {
    assert_eq!(
        kept("when I sleep"),
        "I cannot read “when I sleep” as quiet hours. Type them like “20:00-07:00”, “8pm to 7am, weekends” or “off”."
    );
    let always = "That would be quiet all the time. Leave at least an hour a day and one day a week, for example “20:00-07:00, weekends”.";
    for typed in [
        "00:00-24:00",
        "7-7",
        "20:00-19:30",
        "mon-sun",
        "weekdays weekends",
    ] {
        assert_eq!(kept(typed), always, "{typed}");
    }
    for nothing in ["", "20:00", "20:00-", "-7", "20-7 21-8", "25-7"] {
        assert!(
            matches!(
                nothing.parse::<QuietHours>(),
                Err(QuietError::NotQuiet { .. })
            ),
            "{nothing}"
        );
    }
}

#[test]
fn the_end_is_where_the_wall_clock_says() {
    let night = "20:00-07:00";
    // Tuesday 17:06, 21:00 and Wednesday 06:59 in Berlin.
    assert_eq!(end(night, "2026-11-24T16:06:00Z", "Berlin"), "Tue 24 17:06");
    assert_eq!(end(night, "2026-11-24T20:00:00Z", "Berlin"), "Wed 25 07:00");
    assert_eq!(end(night, "2026-11-25T05:59:00Z", "Berlin"), "Wed 25 07:00");
    assert_eq!(end(night, "2026-11-25T06:00:00Z", "Berlin"), "Wed 25 07:00");
    // Friday night until Monday morning.
    let weekend = "20:00-07:00, weekends";
    assert_eq!(
        end(weekend, "2026-11-27T20:00:00Z", "Berlin"),
        "Mon 30 07:00"
    );
    // The night in which the clocks go back, and the one in which they go forward.
    assert_eq!(end(night, "2026-10-24T20:00:00Z", "Berlin"), "Sun 25 07:00");
    assert_eq!(end(night, "2027-03-27T20:00:00Z", "Berlin"), "Sun 28 07:00");
    // Quiet until 02:30, which the clocks skip.
    assert_eq!(
        end("22-2:30", "2027-03-28T00:30:00Z", "Berlin"),
        "Sun 28 03:00"
    );
    // Midnight does not exist on 5 September 2027 in Santiago.
    assert_eq!(
        end("sat", "2027-09-04T16:00:00Z", "Santiago"),
        "Sun 05 01:00"
    );
    // Half an hour at Lord Howe.
    assert_eq!(
        end("22-7", "2027-10-02T14:00:00Z", "Lord Howe"),
        "Sun 03 07:00"
    );
}

fn any_quiet() -> impl Strategy<Value = QuietHours> {
    let hours = proptest::option::of((0_u32..1440, 0_u32..1440));
    (hours, any::<[bool; 7]>()).prop_filter_map("not always", |(hours, days)| {
        let clock = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
        let quiet = QuietHours {
            hours: hours.map(|(from, until)| Hours {
                from: clock(from),
                until: clock(until),
            }),
            days: WholeDays(days),
        };
        quiet.to_string().parse().ok()
    })
}

proptest! {
    #[test]
    fn what_is_stored_reads_back(quiet in any_quiet()) {
        prop_assert_eq!(quiet.to_string().parse::<QuietHours>(), Ok(quiet));
    }

    #[test]
    fn the_end_is_the_first_instant_that_is_not_quiet(
        quiet in any_quiet(),
        zone in 0..chrono_tz::TZ_VARIANTS.len(),
        minute in 0_i64..3 * 365 * 24 * 60,
    ) {
        let zone = Zone::from(chrono_tz::TZ_VARIANTS[zone]);
        let at: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        let at = at + TimeDelta::minutes(minute);
        let end = quiet.end_of(at, zone);
        prop_assert!(!quiet.is_quiet(end, zone));
        prop_assert!(end - at <= TimeDelta::days(8));
        let mut passed = at;
        while passed < end {
            prop_assert!(quiet.is_quiet(passed, zone), "{} in {}", passed, zone);
            passed += TimeDelta::minutes(1);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}") {
        let _ = text.parse::<QuietHours>();
    }
}
