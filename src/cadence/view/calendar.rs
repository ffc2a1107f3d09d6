//! Series as an iCalendar file (RFC 5545): what a calendar program needs to show them, and nothing of
//! what is said in them.
//!
//! Each series is one event with its rule on the wall clock of its zone, and an event of its own for each
//! date that was moved. What a program knows of a series by its UID it replaces by a higher SEQUENCE. The
//! zones come along with their changes of the clocks. Lines are escaped, folded and ended by `icalendar`.

mod zones;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use icalendar::{Calendar, CalendarDateTime, Component, EventLike, EventStatus};

use super::told::noun;
use crate::cadence::recurrence::Rule;
use crate::cadence::rules::{OccurrenceState, SeriesState};
use crate::cadence::service::Circle;
use crate::cadence::store::occurrences::Occurrence;
use crate::render::{File, Message, names};
use crate::time::Zone;

/// How far ahead changes of the clocks are written down; programs that know the zone by its name need
/// none of them.
const AHEAD: TimeDelta = TimeDelta::days(10 * 366);

/// A series as a calendar has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The series, as whose calendar it is sees it.
    pub circle: Circle,
    /// Its rule.
    pub rule: Rule,
    /// Its dates that are rows.
    pub dates: Vec<Occurrence>,
}

/// The file, and what to do with it.
#[must_use]
pub fn calendar(events: &[Event], now: DateTime<Utc>) -> Message {
    let with: Vec<String> = events.iter().map(|event| event.circle.with()).collect();
    let words = match with.as_slice() {
        [one] => format!("📅 Your dates with {one}, for a calendar program."),
        _ => "📅 Your dates, for a calendar program.".to_owned(),
    };
    let words = format!(
        "{words} Import it again after something has changed: it then replaces what it brought before."
    );
    let file = File {
        name: "one-on-ones.ics".to_owned(),
        alt: Some("The dates of your series as a calendar file".to_owned()),
        bytes: ics(events, now).into_bytes(),
    };
    Message::text(words).file(file).ephemeral()
}

/// The text of the file.
#[must_use]
pub fn ics(events: &[Event], now: DateTime<Utc>) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Bellwether//Coaching cadence//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", "PUBLISH"));
    let mut known: Vec<(Zone, NaiveDateTime)> = Vec::new();
    for event in events {
        let (zone, starts) = (event.rule.zone(), event.rule.starts());
        match known.iter_mut().find(|(one, _)| *one == zone) {
            Some((_, first)) => *first = starts.min(*first),
            None => known.push((zone, starts)),
        }
    }
    for (zone, first) in known {
        let from = zone.instant_of(first) - TimeDelta::days(366);
        zones::append(&mut calendar, zone, from, now.max(from) + AHEAD);
    }
    for event in events {
        append(&mut calendar, event, now);
    }
    calendar.to_string()
}

/// Adds a series: its event, and one for each of its dates that was moved.
fn append(calendar: &mut Calendar, event: &Event, now: DateTime<Utc>) {
    let series = &event.circle.series;
    let zone = event.rule.zone();
    let mut rule = event.rule.text();
    let mut is_cancelled = series.state == SeriesState::Ended;
    let mut left_out: Vec<NaiveDateTime> = Vec::new();
    let mut moved: Vec<(NaiveDateTime, &Occurrence)> = Vec::new();
    for date in &event.dates {
        // A rule that was changed has nothing to say of the dates of the one before.
        let slot = event.rule.slots_from(date.slot, 1);
        let Some(slot) = slot
            .first()
            .filter(|slot| slot.at == date.slot && date.by_rule)
        else {
            continue;
        };
        match date.state {
            OccurrenceState::Skipped | OccurrenceState::Cancelled => left_out.push(slot.civil),
            OccurrenceState::Planned | OccurrenceState::Over if date.is_moved() => {
                moved.push((slot.civil, date));
            }
            OccurrenceState::Planned | OccurrenceState::Over => {}
        }
    }
    if series.state == SeriesState::Paused {
        match series.paused_until {
            Some(until) => {
                let rest = event.rule.between(now, until);
                left_out.extend(rest.iter().map(|slot| slot.civil));
            }
            None if zone.instant_of(event.rule.starts()) > now => is_cancelled = true,
            None => rule.push_str(&format!(";UNTIL={}", now.format("%Y%m%dT%H%M%SZ"))),
        }
    }
    left_out.sort_unstable();
    left_out.dedup();
    if series.has_one_date {
        let (starts, is_off) = only_date(event);
        calendar.push(entry(event, starts, is_cancelled || is_off, now));
        return;
    }
    let mut all = entry(event, first_date(&event.rule), is_cancelled, now);
    all.add_property("RRULE", rule);
    for civil in left_out {
        all.exdate(on_the_wall(zone, civil));
    }
    calendar.push(all);
    if is_cancelled {
        return;
    }
    for (civil, date) in moved {
        let mut one = entry(event, zone.civil(date.starts_at), false, now);
        one.recurrence_id(on_the_wall(zone, civil));
        calendar.push(one);
    }
}

/// What every event of a series says.
fn entry(
    event: &Event,
    starts: NaiveDateTime,
    is_cancelled: bool,
    now: DateTime<Utc>,
) -> icalendar::Event {
    let series = &event.circle.series;
    let status = match series.state {
        _ if is_cancelled => EventStatus::Cancelled,
        SeriesState::Proposed => EventStatus::Tentative,
        _ => EventStatus::Confirmed,
    };
    icalendar::Event::with_uid(&format!("{}@bellwether", series.uid))
        .timestamp(now)
        .add_property("SEQUENCE", series.revision.to_string())
        .summary(&summary(&event.circle))
        .starts(on_the_wall(event.rule.zone(), starts))
        .add_property("DURATION", format!("PT{}M", series.minutes))
        .status(status)
        .done()
}

fn on_the_wall(zone: Zone, date_time: NaiveDateTime) -> CalendarDateTime {
    CalendarDateTime::WithTimezone {
        date_time,
        tzid: zone.name().to_owned(),
    }
}

/// When the pair of a round meets, as the wall clock has it, and whether it does not.
fn only_date(event: &Event) -> (NaiveDateTime, bool) {
    let zone = event.rule.zone();
    match event.dates.iter().rev().find(|date| date.by_rule) {
        Some(date) => {
            let is_off = matches!(
                date.state,
                OccurrenceState::Skipped | OccurrenceState::Cancelled
            );
            (zone.civil(date.starts_at), is_off)
        }
        None => (first_date(&event.rule), false),
    }
}

/// The first date of a rule: when it starts, or what it has after that.
fn first_date(rule: &Rule) -> NaiveDateTime {
    let from = rule.zone().instant_of(rule.starts());
    let slot = rule.slots_from(from, 1);
    slot.first().map_or(rule.starts(), |slot| slot.civil)
}

/// "One-on-one with Bo".
fn summary(circle: &Circle) -> String {
    let others: Vec<&str> = circle
        .others
        .iter()
        .map(|other| other.name.as_deref().unwrap_or("somebody"))
        .collect();
    let kind = super::preview::first_upper(noun(circle.series.kind));
    let words = format!("{kind} with {}", names::joined(&others));
    words.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests;
