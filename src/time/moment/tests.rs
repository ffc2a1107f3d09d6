//! Tests of times, days and absences in words.

use proptest::prelude::*;

use super::*;

/// A Tuesday, 17:06 in Berlin.
fn now() -> DateTime<Utc> {
    "2026-11-24T16:06:27Z".parse().unwrap()
}

fn berlin() -> Zone {
    Zone::parse("Europe/Berlin").unwrap()
}

fn at(typed: &str) -> String {
    match read(typed, now(), berlin()) {
        Ok(read) => read.canonical(),
        Err(error) => error.to_string(),
    }
}

fn how(typed: &str) -> Named {
    read(typed, now(), berlin()).unwrap().named
}

fn due(typed: &str) -> String {
    match read_day(typed, now(), berlin()) {
        Ok(date) => date.to_string(),
        Err(error) => error.to_string(),
    }
}

fn away(typed: &str) -> String {
    match read_span(typed, now(), berlin()) {
        Ok(span) => span.to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn times_are_read_as_people_write_them() {
    for (typed, meant) in [
        ("tue 10:00", "2026-12-01 10:00"),
        ("tue 18:00", "2026-11-24 18:00"),
        ("tuesday at 10", "2026-12-01 10:00"),
        ("Tuesday 10", "2026-12-01 10:00"),
        ("on Tuesdays at 10", "2026-12-01 10:00"),
        ("wed 9AM", "2026-11-25 09:00"),
        ("10:00 fri", "2026-11-27 10:00"),
        ("next tue 10am", "2026-12-01 10:00"),
        ("next thu 10am", "2026-12-03 10:00"),
        ("this thu 10am", "2026-11-26 10:00"),
        ("next mon 10am", "2026-11-30 10:00"),
        ("tomorrow 9am", "2026-11-25 09:00"),
        ("tomorrow 14:30", "2026-11-25 14:30"),
        ("today 6 p.m.", "2026-11-24 18:00"),
        ("2026-12-01 14:30", "2026-12-01 14:30"),
        ("2026-12-01T14:30", "2026-12-01 14:30"),
        ("2026-12-01T14:30:00", "2026-12-01 14:30"),
        ("2026/12/01 14:30", "2026-12-01 14:30"),
        ("1 dec 14:30", "2026-12-01 14:30"),
        ("1 dec 10", "2026-12-01 10:00"),
        ("1st of December, 2pm", "2026-12-01 14:00"),
        ("dec 1 2026 2pm", "2026-12-01 14:00"),
        ("December 1st, 2026 at 14:30", "2026-12-01 14:30"),
        ("tue 1 dec 10:00", "2026-12-01 10:00"),
        ("1.12.2026 14:30", "2026-12-01 14:30"),
        ("1.12. 14:30", "2026-12-01 14:30"),
        ("1.12 14:30", "2026-12-01 14:30"),
        ("thu 14.30", "2026-11-26 14:30"),
        ("25/12 10:00", "2026-12-25 10:00"),
        ("12/25/2026 10:00", "2026-12-25 10:00"),
        ("5 jan 9am", "2027-01-05 09:00"),
        ("29 feb 2028 9:00", "2028-02-29 09:00"),
        ("29 feb 9:00", "2028-02-29 09:00"),
        ("in 3 days 10:00", "2026-11-27 10:00"),
        ("3 days at 10am", "2026-11-27 10:00"),
        ("in a week at noon", "2026-12-01 12:00"),
        ("in 1 month 10:00", "2026-12-24 10:00"),
        ("in 2 hours", "2026-11-24 19:06"),
        ("in 90min", "2026-11-24 18:36"),
        ("10:00", "2026-11-25 10:00"),
        ("18:00", "2026-11-24 18:00"),
        ("at 10", "2026-11-25 10:00"),
        ("noon", "2026-11-25 12:00"),
        ("12am", "2026-11-25 00:00"),
        ("12pm", "2026-11-25 12:00"),
        ("tue 5:00", "2026-12-01 05:00"),
        ("2nd tuesday 10:00", "2026-12-08 10:00"),
        ("second tuesday of the month at 10", "2026-12-08 10:00"),
        ("2nd tuesday of every month 10:00", "2026-12-08 10:00"),
        ("4th tuesday 18:00", "2026-11-24 18:00"),
        ("last friday 15:00", "2026-11-27 15:00"),
        ("31st 10:00", "2026-12-31 10:00"),
        ("the 25th at 10", "2026-11-25 10:00"),
        ("last day 10:00", "2026-11-30 10:00"),
        ("last day of the month 10:00", "2026-11-30 10:00"),
        ("<t:1796130000:F>", "2026-12-01 14:00"),
    ] {
        assert_eq!(at(typed), meant, "{typed}");
    }
}

#[test]
fn how_the_day_was_named_is_kept() {
    for (typed, named) in [
        ("tue 10:00", Named::Weekday(Weekday::Tue)),
        ("next tue 10:00", Named::Weekday(Weekday::Tue)),
        ("2nd tue 10:00", Named::Nth(Nth::Second, Weekday::Tue)),
        ("last fri 15:00", Named::Nth(Nth::Last, Weekday::Fri)),
        ("31st 10:00", Named::MonthDay(31)),
        ("last day 10:00", Named::LastDay),
        ("1 dec 10:00", Named::Date),
        ("tue 1 dec 10:00", Named::Date),
        ("18:00", Named::Today),
        ("10:00", Named::Tomorrow),
        ("in 3 days 10:00", Named::Relative),
        ("in 2 hours", Named::Relative),
    ] {
        assert_eq!(how(typed), named, "{typed}");
    }
}

#[test]
fn what_is_no_single_time_ahead_is_refused_with_an_example() {
    for (typed, said) in [
        (
            "",
            "Say when, for example “tue 10:00”, “tomorrow 9am” or “1 dec 14:30”.",
        ),
        (
            "soon-ish **now** <@1>",
            "I cannot read “soon-ish now 1” as a time. Type it like “tue 10:00”, “tomorrow 9am” or “1 dec 14:30”.",
        ),
        (
            "tuesday",
            "At what time? Add it to the day: “tuesday 10:00”.",
        ),
        (
            "1 dec 2026",
            "At what time? Add it to the day: “1 dec 2026 10:00”.",
        ),
        (
            "3/4 10:00",
            "“3/4” can be 3 april or 4 march. Say which: “3 april” or “4 march”.",
        ),
        (
            "3/4/2027 10:00",
            "“3/4/2027” can be 3 april 2027 or 4 march 2027. Say which: “3 april 2027” or “4 march 2027”.",
        ),
        (
            "tue at 5",
            "Is that 5 in the morning or in the afternoon? Say “5am” or “5pm”.",
        ),
        (
            "tue fri 10:00",
            "“tue fri 10:00” names more than one day. Name one, for example “tue 10:00”.",
        ),
        (
            "tue 10:00 11:00",
            "“tue 10:00 11:00” names more than one time of day. Name one, for example “tue 10:00”.",
        ),
        (
            "tue 13:70",
            "No clock shows “13:70”. Type a time like “14:30” or “2:30pm”.",
        ),
        (
            "tue 14pm",
            "No clock shows “14pm”. Type a time like “14:30” or “2:30pm”.",
        ),
        (
            "2027-02-30 10:00",
            "The calendar has no “2027-02-30”. Type a date like “1 dec”, or “last day” for a month's end.",
        ),
        (
            "5th tuesday 10:00",
            "Not every month has a fifth Tuesday. Say “last tuesday”.",
        ),
        (
            "mon 1 dec 10:00",
            "1 December 2026 is a Tuesday, not a Monday. Name the day or the date alone.",
        ),
        (
            "today 10:00",
            "“today 10:00” is over. Name a time that is still ahead, for example “tomorrow 9am”.",
        ),
        (
            "yesterday 10:00",
            "“yesterday 10:00” is over. Name a time that is still ahead, for example “tomorrow 9am”.",
        ),
        (
            "2029-01-01 10:00",
            "“2029-01-01 10:00” is more than two years ahead. Name a nearer one, for example “in 2 weeks”.",
        ),
    ] {
        assert_eq!(at(typed), said, "{typed}");
    }
    for nothing in [
        "next week 10:00",
        "december 10:00",
        "in 2 hours 10:00",
        "5",
        "tue banana 10:00",
    ] {
        assert!(
            matches!(
                read(nothing, now(), berlin()),
                Err(MomentError::NotATime { .. })
            ),
            "{nothing}"
        );
    }
}

#[test]
fn a_skipped_time_moves_forward_and_keeps_what_was_meant() {
    let skipped = read("2027-03-28 02:30", now(), berlin()).unwrap();
    assert_eq!(skipped.at.to_string(), "2027-03-28 01:30:00 UTC");
    assert_eq!(skipped.canonical(), "2027-03-28 02:30");
}

#[test]
fn a_weekday_whose_first_pass_is_over_is_in_a_week() {
    // 02:40 for the second time.
    let now = "2026-10-25T01:40:00Z".parse().unwrap();
    let read = read("sunday 02:50", now, berlin()).unwrap();
    assert_eq!(read.canonical(), "2026-11-01 02:50");
}

#[test]
fn days_are_read_as_people_write_them() {
    for (typed, meant) in [
        ("friday", "2026-11-27"),
        ("by Friday", "2026-11-27"),
        ("tue", "2026-11-24"),
        ("today", "2026-11-24"),
        ("tomorrow", "2026-11-25"),
        ("friday 10:00", "2026-11-27"),
        ("2026-12-01", "2026-12-01"),
        ("1 dec", "2026-12-01"),
        ("by 1.12.", "2026-12-01"),
        ("end of month", "2026-11-30"),
        ("by the end of the month", "2026-11-30"),
        ("eom", "2026-11-30"),
        ("end of week", "2026-11-27"),
        ("eow", "2026-11-27"),
        ("next week", "2026-12-04"),
        ("end of next month", "2026-12-31"),
        ("in 2 weeks", "2026-12-08"),
        ("in 2 hours", "2026-11-24"),
        ("31st", "2026-12-31"),
        ("last day", "2026-11-30"),
    ] {
        assert_eq!(due(typed), meant, "{typed}");
    }
}

#[test]
fn what_is_no_day_ahead_is_refused_with_an_example() {
    assert_eq!(
        due("when I can"),
        "I cannot read “when I can” as a day. Type it like “friday”, “in 2 weeks”, “1 dec” or “end of month”."
    );
    assert_eq!(
        due("2026-11-23"),
        "“2026-11-23” is over. Name today or a day ahead, for example “friday” or “in 2 weeks”."
    );
    assert!(matches!(
        read_day("10:00", now(), berlin()),
        Err(MomentError::NotADay { .. })
    ));
    assert!(matches!(
        read_day("2030-01-01", now(), berlin()),
        Err(MomentError::TooFar { .. })
    ));
}

#[test]
fn absences_are_read_as_people_write_them() {
    for (typed, meant) in [
        ("off", "off"),
        ("Back", "off"),
        ("tomorrow", "2026-11-25..2026-11-25"),
        ("until friday", "2026-11-24..2026-11-27"),
        ("until 2 jan", "2026-11-24..2027-01-02"),
        ("2026-12-24 to 2027-01-02", "2026-12-24..2027-01-02"),
        ("2026-12-24..2027-01-02", "2026-12-24..2027-01-02"),
        ("24 dec - 2 jan", "2026-12-24..2027-01-02"),
        ("from 24 Dec until 2 Jan", "2026-12-24..2027-01-02"),
        ("24-28 dec", "2026-12-24..2026-12-28"),
        ("24 – 28 dec", "2026-12-24..2026-12-28"),
        ("1 nov - 30 nov", "2026-11-24..2026-11-30"),
        ("mon - fri", "2026-11-30..2026-12-04"),
        ("next week", "2026-11-30..2026-12-06"),
        ("this week", "2026-11-24..2026-11-29"),
        ("for 3 days", "2026-11-24..2026-11-26"),
        ("for a week", "2026-11-24..2026-11-30"),
    ] {
        assert_eq!(away(typed), meant, "{typed}");
    }
}

#[test]
fn what_is_no_absence_is_refused_with_an_example() {
    assert_eq!(
        away("beach"),
        "I cannot read “beach” as days away. Type it like “until friday”, “24 dec - 2 jan”, “for 3 days” or “off”."
    );
    assert_eq!(
        away("2027-01-02 to 2026-12-24"),
        "I understood 2 Jan 2027 until 24 Dec 2026. Put the first day first, with at most a year between: “24 dec - 2 jan”."
    );
    assert_eq!(
        away("2025-01-02 to 2025-12-24"),
        "“2025-01-02 to 2025-12-24” is over. Name today or a day ahead, for example “friday” or “in 2 weeks”."
    );
}

/// Texts that come near to a time.
fn near() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("tue".to_owned()),
        Just("next".to_owned()),
        Just("last".to_owned()),
        Just("in".to_owned()),
        Just("at".to_owned()),
        Just("dec".to_owned()),
        Just("day".to_owned()),
        Just("weeks".to_owned()),
        Just("hours".to_owned()),
        Just("months".to_owned()),
        Just("tomorrow".to_owned()),
        Just("until".to_owned()),
        Just("-".to_owned()),
        "[0-9]{1,4}",
        "[0-9]{1,2}(st|nd|rd|th|am|pm|AM)",
        "[0-9]{1,2}[:./-][0-9]{1,2}",
        "[0-9]{1,4}[:./-][0-9]{1,2}[:./-][0-9]{1,4}",
        "20[0-9]{2}-[0-1][0-9]-[0-3][0-9]",
        "\\PC{0,6}",
    ];
    proptest::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
}

fn any_zone() -> impl Strategy<Value = Zone> {
    (0..chrono_tz::TZ_VARIANTS.len()).prop_map(|n| Zone::from(chrono_tz::TZ_VARIANTS[n]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_text_makes_it_panic_and_what_is_read_is_ahead(
        typed in near(),
        seconds in 0_i64..5 * 365 * 86_400,
        zone in any_zone(),
    ) {
        let now = now() + TimeDelta::seconds(seconds);
        if let Ok(found) = read(&typed, now, zone) {
            prop_assert!(found.at > now);
            prop_assert!(found.at <= now + TimeDelta::days(732));
            if found.named != Named::Relative {
                let again = read(&found.canonical(), now, zone).unwrap();
                prop_assert_eq!((again.at, again.civil), (found.at, found.civil));
            }
        }
        if let Ok(date) = read_day(&typed, now, zone) {
            prop_assert!(date >= zone.civil_date(now));
            prop_assert_eq!(read_day(&date.to_string(), now, zone), Ok(date));
        }
        if let Ok(span) = read_span(&typed, now, zone) {
            prop_assert_eq!(read_span(&span.to_string(), now, zone), Ok(span));
        }
    }

    #[test]
    fn no_characters_make_it_panic(typed in "\\PC{0,120}") {
        let _ = read(&typed, now(), Zone::UTC);
        let _ = read_day(&typed, now(), Zone::UTC);
        let _ = read_span(&typed, now(), Zone::UTC);
    }
}
