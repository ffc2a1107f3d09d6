//! A zone with the changes of its clocks, for programs that do not know it by its name: RFC 5545, section
//! 3.6.5.
//!
//! A component of `icalendar` always gets a UID and a DTSTAMP, which a zone has not. So a zone stands among
//! the properties of the calendar, which come before its events: its lines, its beginnings and its ends.

use chrono::{DateTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName};
use icalendar::Calendar;

use crate::time::Zone;

/// No zone changes its clocks twice within this.
const STEP: TimeDelta = TimeDelta::days(5);

/// A stretch in which the clocks of a zone do not change.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    offset: i32,
    is_summer: bool,
    name: Option<String>,
}

/// Adds a zone with its changes from `from` to `until`.
pub(super) fn append(
    calendar: &mut Calendar,
    zone: Zone,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) {
    calendar
        .append_property(("BEGIN", "VTIMEZONE"))
        .append_property(("TZID", zone.name()));
    let mut before = stretch(zone, from);
    let begins = from.naive_utc() + TimeDelta::seconds(i64::from(before.offset));
    append_stretch(calendar, begins, before.offset, &before);
    let mut at = from;
    while at < until {
        let later = at + STEP;
        let after = stretch(zone, later);
        if after != before {
            let change = change_between(zone, at, later, &before);
            // A change is told by the wall clock that it ends.
            let told = change.naive_utc() + TimeDelta::seconds(i64::from(before.offset));
            append_stretch(calendar, told, before.offset, &after);
            before = after;
        }
        at = later;
    }
    calendar.append_property(("END", "VTIMEZONE"));
}

fn append_stretch(calendar: &mut Calendar, starts: NaiveDateTime, from: i32, stretch: &Stretch) {
    let kind = if stretch.is_summer {
        "DAYLIGHT"
    } else {
        "STANDARD"
    };
    let starts = starts.format("%Y%m%dT%H%M%S").to_string();
    calendar
        .append_property(("BEGIN", kind))
        .append_property(("DTSTART", starts.as_str()))
        .append_property(("TZOFFSETFROM", offset(from).as_str()))
        .append_property(("TZOFFSETTO", offset(stretch.offset).as_str()));
    if let Some(name) = &stretch.name {
        calendar.append_property(("TZNAME", name.as_str()));
    }
    calendar.append_property(("END", kind));
}

fn stretch(zone: Zone, at: DateTime<Utc>) -> Stretch {
    let offset = zone.tz().offset_from_utc_datetime(&at.naive_utc());
    Stretch {
        offset: offset.fix().local_minus_utc(),
        is_summer: offset.dst_offset() != TimeDelta::zero(),
        name: offset.abbreviation().map(str::to_owned),
    }
}

/// The first second that is no longer in `before`.
fn change_between(
    zone: Zone,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    before: &Stretch,
) -> DateTime<Utc> {
    let (mut low, mut high) = (from, until);
    while high - low > TimeDelta::seconds(1) {
        let middle = low + TimeDelta::seconds((high - low).num_seconds() / 2);
        if stretch(zone, middle) == *before {
            low = middle;
        } else {
            high = middle;
        }
    }
    // Changes fall on whole seconds, but the search may not have begun on one.
    high - TimeDelta::nanoseconds(i64::from(high.timestamp_subsec_nanos()))
}

/// "+0100", "-0330".
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    let rest = seconds.abs() % 60;
    let text = format!("{sign}{:02}{:02}", minutes / 60, minutes % 60);
    if rest == 0 {
        text
    } else {
        format!("{text}{rest:02}")
    }
}
