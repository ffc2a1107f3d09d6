//! What people type for a zone, and how days start in it.

use proptest::prelude::*;

use super::*;

fn zone(text: &str) -> Zone {
    Zone::parse(text).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn what_people_type_finds_the_zone() {
    for (typed, name) in [
        ("Europe/Berlin", "Europe/Berlin"),
        (" europe/BERLIN ", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("stockh", "Europe/Stockholm"),
        ("munich", "Europe/Berlin"),
        ("Mumbai", "Asia/Kolkata"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("indianapolis", "America/Indiana/Indianapolis"),
        ("utc", "UTC"),
        ("Z", "UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("gmt-5", "Etc/GMT+5"),
        ("+01:00", "Etc/GMT-1"),
        ("UTC+0", "UTC"),
        ("Japan", "Japan"),
    ] {
        let found = zone(typed);
        assert!(
            found.name() == name || one_clock(&[found, zone(name)]).is_some(),
            "{typed} → {found}, not {name}"
        );
    }
}

#[test]
fn an_ambiguous_abbreviation_is_refused_with_suggestions() {
    assert_eq!(
        Zone::parse("CST").unwrap_err().to_string(),
        "“CST” can mean more than one time zone. Choose one: America/Chicago, Asia/Shanghai, America/Havana."
    );
    for short in ["est", "IST", "pst", "BST"] {
        assert!(
            matches!(Zone::parse(short), Err(ZoneError::Ambiguous { .. })),
            "{short}"
        );
    }
}

#[test]
fn a_part_that_fits_several_zones_is_refused_with_at_most_five_of_them() {
    let Err(ZoneError::Ambiguous { candidates, .. }) = Zone::parse("america") else {
        panic!("not ambiguous")
    };
    assert_eq!(candidates.len(), 5);
}

#[test]
fn what_is_no_zone_is_refused_and_cannot_carry_markup_into_the_answer() {
    assert_eq!(
        Zone::parse("<@&1> **atlantis**").unwrap_err().to_string(),
        "I know no time zone “1 atlantis”. Type a city, such as Berlin or New York, or a full name, such as Europe/Berlin."
    );
    for typed in ["", "  ", "UTC+99", "UTC+5:30", "+", "mars/olympus"] {
        assert!(
            matches!(Zone::parse(typed), Err(ZoneError::Unknown { .. })),
            "{typed}"
        );
    }
}

#[test]
fn every_name_in_the_tables_is_a_zone_and_every_zone_reads_its_own_name() {
    for name in places::COMMON
        .iter()
        .chain(
            places::ABBREVIATIONS
                .iter()
                .flat_map(|(_, zones)| zones.iter()),
        )
        .chain(places::CITIES.iter().map(|(_, zone)| zone))
    {
        assert!(Zone::named(name).is_some(), "{name}");
    }
    for zone in places() {
        assert_eq!(Zone::parse(zone.name()), Ok(zone));
        assert!(zone.label(at("2026-07-01T00:00:00Z")).chars().count() <= 100);
    }
}

#[test]
fn suggestions_put_cities_before_regions_before_the_rest() {
    let names = |typed: &str| {
        Zone::suggest(typed, 25)
            .iter()
            .map(|zone| zone.name())
            .collect::<Vec<_>>()
    };
    assert_eq!(names("berl"), ["Europe/Berlin"]);
    assert_eq!(names("new y"), ["America/New_York"]);
    assert_eq!(names("MUNI")[0], "Europe/Berlin");
    assert_eq!(names("cst")[0], "America/Chicago");
    assert_eq!(names("utc")[0], "UTC");
    assert_eq!(names("paris")[0], "Europe/Paris");
    assert_eq!(names(""), places::COMMON);
    assert!(
        names("europe")
            .iter()
            .all(|name| name.starts_with("Europe/"))
    );
    assert_eq!(names("a").len(), 25);
    assert!(names("a")[0].rsplit('/').next().unwrap().starts_with('A'));
    assert_eq!(Zone::suggest("", 3).len(), 3);
    assert!(names("zzz").is_empty());
}

#[test]
fn a_label_shows_the_offset_of_the_moment() {
    for (name, now, label) in [
        (
            "Europe/Berlin",
            "2026-01-01T00:00:00Z",
            "Europe/Berlin (UTC+1)",
        ),
        (
            "Europe/Berlin",
            "2026-07-01T00:00:00Z",
            "Europe/Berlin (UTC+2)",
        ),
        (
            "Asia/Kolkata",
            "2026-07-01T00:00:00Z",
            "Asia/Kolkata (UTC+5:30)",
        ),
        (
            "America/St_Johns",
            "2026-01-01T00:00:00Z",
            "America/St_Johns (UTC-3:30)",
        ),
        (
            "Europe/London",
            "2026-01-01T00:00:00Z",
            "Europe/London (UTC)",
        ),
        ("UTC", "2026-01-01T00:00:00Z", "UTC"),
        ("UTC+2", "2026-01-01T00:00:00Z", "UTC+2, all year"),
    ] {
        assert_eq!(zone(name).label(at(now)), label);
    }
}

#[test]
fn a_day_starts_at_its_first_instant() {
    for (name, date, start) in [
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z"),
        ("UTC", "2026-10-25", "2026-10-25T00:00:00Z"),
        // Midnight is skipped: the clock goes from 00:00 to 01:00.
        ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"),
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"),
        ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"),
        // Midnight happens twice: at 01:00 the clock goes back to 00:00.
        ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),
        // The hour before midnight happens twice; midnight itself once.
        ("Africa/Cairo", "2026-10-30", "2026-10-29T22:00:00Z"),
        // A day that never was.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
    ] {
        assert_eq!(
            zone(name).start_of_day(day(date)),
            at(start),
            "{name} {date}"
        );
    }
}

#[test]
fn a_zone_is_stored_by_its_name() {
    let json = serde_json::to_string(&zone("berlin")).unwrap();
    assert_eq!(json, "\"Europe/Berlin\"");
    assert_eq!(serde_json::from_str::<Zone>(&json).unwrap(), zone("berlin"));
    assert!(serde_json::from_str::<Zone>("\"nowhere\"").is_err());
}

proptest! {
    #[test]
    fn the_start_of_a_day_is_its_first_instant(
        which in 0..TZ_VARIANTS.len(),
        days in 0_u64..36_500,
    ) {
        let zone = Zone(TZ_VARIANTS[which]);
        let date = day("2000-01-01").checked_add_days(Days::new(days)).unwrap();
        let start = zone.start_of_day(date);
        prop_assert!(zone.civil_date(start) >= date);
        prop_assert!(zone.civil_date(start - TimeDelta::seconds(1)) < date);
        let next = zone.start_of_day(date.succ_opt().unwrap());
        prop_assert!(start <= next);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        if let Err(refused) = Zone::parse(&text) {
            prop_assert!(refused.to_string().chars().count() < 300);
        }
        prop_assert!(Zone::suggest(&text, 25).len() <= 25);
    }
}
