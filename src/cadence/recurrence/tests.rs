//! Tests of the dates of series, over a year in five zones.

use chrono::{Datelike, NaiveDate, TimeZone, Timelike, Weekday};
use proptest::prelude::*;

use super::*;
use crate::time::Nth;

const ZONES: [&str; 5] = [
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
];

fn zone(name: &str) -> Zone {
    Zone::stored(name)
}

fn civil(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn rule(text: &str, starts: &str, zone_name: &str) -> Rule {
    Rule::parse(text, civil(starts), zone(zone_name)).unwrap()
}

fn dates(rule: &Rule, count: usize) -> Vec<String> {
    rule.slots_from(DateTime::<Utc>::MIN_UTC + TimeDelta::days(9), count)
        .iter()
        .map(|slot| slot.civil.date().to_string())
        .collect()
}

/// What the wall of the rule's zone shows at the slots.
fn shown(rule: &Rule, from: &str, count: usize) -> Vec<String> {
    rule.slots_from(utc(from), count)
        .iter()
        .map(|slot| {
            let wall = rule.zone().civil(slot.at);
            format!("{} {}", wall.format("%F %R"), slot.at.format("%F %RZ"))
        })
        .collect()
}

#[test]
fn how_the_day_was_named_makes_the_rule() {
    let starts = civil("2026-12-29T10:00:00");
    let made = |every, named| Rule::new(every, starts, named, zone("Europe/Berlin"));
    for (every, named, text, words) in [
        (
            Every::Week,
            Named::Date,
            "FREQ=WEEKLY;BYDAY=TU",
            "every week on Tuesday at 10:00",
        ),
        (
            Every::TwoWeeks,
            Named::Weekday(Weekday::Tue),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
            "every 2 weeks on Tuesday at 10:00",
        ),
        (
            Every::Month,
            Named::Weekday(Weekday::Tue),
            "FREQ=MONTHLY;BYDAY=-1TU",
            "every month on the last Tuesday at 10:00",
        ),
        (
            Every::Month,
            Named::Nth(Nth::Second, Weekday::Tue),
            "FREQ=MONTHLY;BYDAY=2TU",
            "every month on the 2nd Tuesday at 10:00",
        ),
        (
            Every::Month,
            Named::MonthDay(31),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "every month on the 31st, or the last day, at 10:00",
        ),
        (
            Every::Month,
            Named::Date,
            "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1",
            "every month on the 29th, or the last day, at 10:00",
        ),
        (
            Every::Month,
            Named::MonthDay(22),
            "FREQ=MONTHLY;BYMONTHDAY=22",
            "every month on the 22nd at 10:00",
        ),
        (
            Every::Month,
            Named::LastDay,
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "every month on the last day at 10:00",
        ),
    ] {
        let rule = made(every, named);
        assert_eq!(rule.text(), text);
        assert_eq!(rule.words(), words);
        assert_eq!(Rule::parse(text, starts, rule.zone()), Ok(rule));
    }
}

#[test]
fn only_rules_of_our_shapes_are_read() {
    for text in [
        "",
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=5;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=3",
        "FREQ=WEEKLY;BYDAY=TU,WE",
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;BYDAY=+2TU",
        "FREQ=MONTHLY;BYDAY=é",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "freq=weekly;byday=tu",
    ] {
        let read = Rule::parse(text, civil("2026-12-01T10:00:00"), Zone::UTC);
        assert!(read.is_err(), "{text}");
    }
}

#[test]
fn a_monthly_rule_is_right_across_a_year() {
    let berlin = "Europe/Berlin";
    let second_tuesday = rule("FREQ=MONTHLY;BYDAY=2TU", "2026-12-08T10:00:00", berlin);
    assert_eq!(
        dates(&second_tuesday, 13),
        [
            "2026-12-08",
            "2027-01-12",
            "2027-02-09",
            "2027-03-09",
            "2027-04-13",
            "2027-05-11",
            "2027-06-08",
            "2027-07-13",
            "2027-08-10",
            "2027-09-14",
            "2027-10-12",
            "2027-11-09",
            "2027-12-14",
        ]
    );
    let last_friday = rule("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27T15:00:00", berlin);
    assert_eq!(
        dates(&last_friday, 13),
        [
            "2026-11-27",
            "2026-12-25",
            "2027-01-29",
            "2027-02-26",
            "2027-03-26",
            "2027-04-30",
            "2027-05-28",
            "2027-06-25",
            "2027-07-30",
            "2027-08-27",
            "2027-09-24",
            "2027-10-29",
            "2027-11-26",
        ]
    );
    let thirty_first = rule(
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        "2027-12-31T10:00:00",
        berlin,
    );
    let month_ends = [
        "2027-12-31",
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
        "2028-05-31",
        "2028-06-30",
        "2028-07-31",
        "2028-08-31",
        "2028-09-30",
        "2028-10-31",
        "2028-11-30",
        "2028-12-31",
    ];
    assert_eq!(dates(&thirty_first, 13), month_ends);
    let last_day = rule("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-12-31T10:00:00", berlin);
    assert_eq!(dates(&last_day, 13), month_ends);
    let thirtieth = rule(
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "2026-12-30T10:00:00",
        berlin,
    );
    assert_eq!(
        dates(&thirtieth, 4),
        ["2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"]
    );
}

#[test]
fn the_wall_clock_is_kept_for_a_year_in_every_zone_and_rhythm() {
    let starts = civil("2026-12-01T10:00:00");
    for name in ZONES {
        for every in Every::ALL {
            let rule = Rule::new(every, starts, Named::Weekday(Weekday::Tue), zone(name));
            let year = rule.between(utc("2026-11-01T00:00:00Z"), utc("2027-12-03T00:00:00Z"));
            let expected = match every {
                Every::Week => 53,
                Every::TwoWeeks => 27,
                Every::ThreeWeeks => 18,
                Every::FourWeeks => 14,
                // Of December to November: the first Tuesday of December 2027 is the 7th.
                Every::Month => 12,
            };
            assert_eq!(year.len(), expected, "{name}, {every:?}");
            assert_eq!(year[0].civil, starts);
            for slot in &year {
                assert_eq!(rule.zone().civil(slot.at), slot.civil, "{name}");
                assert_eq!(slot.civil.weekday(), Weekday::Tue);
                assert_eq!(slot.civil.time().hour(), 10);
                if every == Every::Month {
                    assert!(slot.civil.day() <= 7);
                }
            }
            for pair in year.windows(2) {
                if let Some(weeks) = every.weeks() {
                    let apart = pair[1].civil - pair[0].civil;
                    assert_eq!(apart, TimeDelta::weeks(i64::from(weeks)));
                }
            }
        }
    }
}

#[test]
fn a_gap_moves_forward_and_a_fold_takes_the_first() {
    let sunday = "FREQ=WEEKLY;BYDAY=SU";
    let berlin = rule(sunday, "2026-10-18T02:30:00", "Europe/Berlin");
    assert_eq!(
        shown(&berlin, "2026-10-18T00:00:00Z", 3),
        [
            "2026-10-18 02:30 2026-10-18 00:30Z",
            "2026-10-25 02:30 2026-10-25 00:30Z",
            "2026-11-01 02:30 2026-11-01 01:30Z",
        ]
    );
    assert_eq!(
        shown(&berlin, "2027-03-21T00:00:00Z", 3),
        [
            "2027-03-21 02:30 2027-03-21 01:30Z",
            "2027-03-28 03:30 2027-03-28 01:30Z",
            "2027-04-04 02:30 2027-04-04 00:30Z",
        ]
    );
    let lord_howe = rule(sunday, "2026-11-01T02:15:00", "Australia/Lord_Howe");
    assert_eq!(
        shown(&lord_howe, "2027-10-02T00:00:00Z", 2),
        [
            "2027-10-03 02:45 2027-10-02 15:45Z",
            "2027-10-10 02:15 2027-10-09 15:15Z",
        ]
    );
    let folded = rule(sunday, "2026-11-01T01:45:00", "Australia/Lord_Howe");
    assert_eq!(
        shown(&folded, "2027-03-27T16:00:00Z", 2),
        [
            "2027-04-04 01:45 2027-04-03 14:45Z",
            "2027-04-11 01:45 2027-04-10 15:15Z",
        ]
    );
    // Midnight is skipped in Santiago on 5 September 2027.
    let santiago = rule(sunday, "2026-11-01T00:00:00", "America/Santiago");
    assert_eq!(
        shown(&santiago, "2027-09-05T00:00:00Z", 1),
        ["2027-09-05 01:00 2027-09-05 04:00Z"]
    );
}

#[test]
fn a_change_of_the_clocks_is_told_for_each_zone() {
    let berlin = rule(
        "FREQ=WEEKLY;BYDAY=TU",
        "2027-03-02T15:00:00",
        "Europe/Berlin",
    );
    let changes = |name: &str| -> Vec<Option<i64>> {
        berlin
            .slots_from(utc("2027-03-02T00:00:00Z"), 6)
            .windows(2)
            .map(|pair| {
                clock_change(pair[0], pair[1], zone(name)).map(|change| change.num_minutes())
            })
            .collect()
    };
    // 2, 9, 16, 23, 30 March and 6 April.
    assert_eq!(changes("Europe/Berlin"), [None, None, None, Some(60), None]);
    assert_eq!(
        changes("America/New_York"),
        [None, Some(60), None, None, None]
    );
    assert_eq!(
        changes("Australia/Lord_Howe"),
        [None, None, None, None, Some(-30)]
    );
    assert_eq!(changes("Asia/Kolkata"), [None; 5]);
}

#[test]
fn an_old_series_keeps_its_weeks() {
    let old = rule(
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE",
        "2001-01-03T09:00:00",
        "Europe/Berlin",
    );
    let next = old.next_after(utc("2026-11-24T00:00:00Z")).unwrap();
    assert_eq!((next.civil - old.starts()).num_days() % 21, 0);
    assert!(next.civil - civil("2026-11-24T00:00:00") < TimeDelta::days(22));
    // A slot is not its own next.
    assert_eq!(
        old.next_after(next.at).unwrap().civil - next.civil,
        TimeDelta::days(21)
    );
    assert_eq!(old.slots_from(next.at, 1), [next]);
    assert_eq!(old.between(next.at, next.at), []);
    assert_eq!(old.slots_from(next.at, usize::MAX).len(), MOST);
}

#[test]
fn the_ends_of_time_are_no_trouble() {
    for every in Every::ALL {
        let starts = civil("2026-12-01T10:00:00");
        let rule = Rule::new(every, starts, Named::MonthDay(1), zone("Europe/Berlin"));
        assert_eq!(rule.next_after(DateTime::<Utc>::MAX_UTC), None);
        assert_eq!(rule.slots_from(DateTime::<Utc>::MAX_UTC, 8), []);
        let first = rule.next_after(DateTime::<Utc>::MIN_UTC).unwrap();
        assert_eq!(first.civil, starts);
        assert_eq!(rule.between(DateTime::<Utc>::MIN_UTC, first.at), []);
    }
}

fn any_named(date: NaiveDate, choice: u8) -> Named {
    match choice {
        0 => Named::Weekday(date.weekday()),
        1 => Named::Nth(Nth::of(date), date.weekday()),
        2 => Named::MonthDay(date.day()),
        3 => Named::LastDay,
        _ => Named::Date,
    }
}

proptest! {
    #[test]
    fn the_next_date_is_after_now_and_keeps_the_wall_clock(
        zone in 0..chrono_tz::TZ_VARIANTS.len(),
        start in 0_i64..15 * 365 * 24 * 60,
        later in -400_i64 * 24 * 60..20 * 365 * 24 * 60,
        every in 0_usize..5,
        choice in 0_u8..5,
    ) {
        let zone = Zone::from(chrono_tz::TZ_VARIANTS[zone]);
        let starts = civil("2015-01-01T00:00:00") + TimeDelta::minutes(start);
        let named = any_named(starts.date(), choice);
        let rule = Rule::new(Every::ALL[every], starts, named, zone);
        let first = zone.instant_of(starts);
        let now = first + TimeDelta::minutes(later);

        let next = rule.next_after(now).unwrap();
        prop_assert!(next.at > now);
        prop_assert!(next.civil >= starts);
        prop_assert!(next.at - now.max(first) <= TimeDelta::days(63));

        let near = now.naive_utc();
        let steps = expand::wall_times(&rule.shape, starts, near).take_while(|wall| *wall < near);
        prop_assert!(steps.count() <= 1, "a date is looked for from close by");

        let slots = rule.slots_from(now, 24);
        prop_assert_eq!(slots.len(), 24);
        for pair in slots.windows(2) {
            prop_assert!(pair[0].at < pair[1].at);
            // Nothing is left out between them, whatever the expansion starts from.
            prop_assert_eq!(rule.next_after(pair[0].at), Some(pair[1]));
        }
        for slot in &slots {
            prop_assert_eq!(slot.civil.time(), starts.time());
            let shown = zone.civil(slot.at);
            prop_assert!(shown >= slot.civil);
            prop_assert!(shown == slot.civil || zone.tz().offset_from_local_datetime(&slot.civil).single().is_none());
        }
        prop_assert_eq!(rule.between(slots[0].at, slots[23].at), slots[..23].to_vec());
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}") {
        let _ = Rule::parse(&text, civil("2026-12-01T10:00:00"), Zone::UTC);
        let _ = Rule::parse(&format!("FREQ=MONTHLY;BYDAY={text}"), civil("2026-12-01T10:00:00"), Zone::UTC);
    }
}
