//! Series as an iCalendar file (RFC 5545): what a calendar program needs to show them, and nothing of
//! what is said in them.
//!
//! Each series is one event with its rule on the wall clock of its zone, and an event of its own for each
//! date that was moved. What a program knows of a series by its UID it replaces by a higher SEQUENCE. The
//! zones come along with their changes of the clocks.

mod text;
mod zones;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::told::noun;
use crate::cadence::recurrence::Rule;
use crate::cadence::rules::{OccurrenceState, SeriesState};
use crate::cadence::service::Circle;
use crate::cadence::store::occurrences::Occurrence;
use crate::render::{File, Message, names};
use crate::time::Zone;
use text::Lines;

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
    /// Whether it is a pair of a round: it has the first date of its rule, and no other.
    pub has_one_date: bool,
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
    let mut lines = Lines::default();
    lines.put("BEGIN:VCALENDAR");
    lines.put("VERSION:2.0");
    lines.put("PRODID:-//Bellwether//Coaching cadence//EN");
    lines.put("CALSCALE:GREGORIAN");
    lines.put("METHOD:PUBLISH");
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
        zones::put(&mut lines, zone, from, now.max(from) + AHEAD);
    }
    for event in events {
        put_event(&mut lines, event, now);
    }
    lines.put("END:VCALENDAR");
    lines.into_text()
}

fn put_event(lines: &mut Lines, event: &Event, now: DateTime<Utc>) {
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
            None => rule.push_str(&format!(";UNTIL={}", utc(now))),
        }
    }
    left_out.sort_unstable();
    left_out.dedup();
    let common = |lines: &mut Lines, starts: NaiveDateTime, is_cancelled: bool| {
        lines.put("BEGIN:VEVENT");
        lines.put(&format!("UID:{}@bellwether", series.uid));
        lines.put(&format!("DTSTAMP:{}", utc(now)));
        lines.put(&format!("SEQUENCE:{}", series.revision));
        lines.put(&format!(
            "SUMMARY:{}",
            text::escaped(&summary(&event.circle))
        ));
        lines.put(&format!("DTSTART;TZID={}:{}", zone.name(), wall(starts)));
        lines.put(&format!("DURATION:PT{}M", series.minutes));
        let status = match series.state {
            _ if is_cancelled => "CANCELLED",
            SeriesState::Proposed => "TENTATIVE",
            _ => "CONFIRMED",
        };
        lines.put(&format!("STATUS:{status}"));
    };
    if event.has_one_date {
        let (starts, is_off) = only_date(event);
        is_cancelled |= is_off;
        common(lines, starts, is_cancelled);
        lines.put("END:VEVENT");
        return;
    }
    common(lines, event.rule.starts(), is_cancelled);
    lines.put(&format!("RRULE:{rule}"));
    for civil in &left_out {
        lines.put(&format!("EXDATE;TZID={}:{}", zone.name(), wall(*civil)));
    }
    lines.put("END:VEVENT");
    if is_cancelled {
        return;
    }
    for (civil, date) in moved {
        common(lines, zone.civil(date.starts_at), false);
        lines.put(&format!(
            "RECURRENCE-ID;TZID={}:{}",
            zone.name(),
            wall(civil)
        ));
        lines.put("END:VEVENT");
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
        None => {
            let from = zone.instant_of(event.rule.starts());
            let slot = event.rule.slots_from(from, 1);
            let civil = slot.first().map(|slot| slot.civil);
            (civil.unwrap_or(event.rule.starts()), false)
        }
    }
}

/// "One-on-one with Bo".
fn summary(circle: &Circle) -> String {
    let others: Vec<&str> = circle
        .others
        .iter()
        .map(|other| other.name.as_deref().unwrap_or("somebody"))
        .collect();
    let kind = super::preview::first_upper(noun(circle.series.kind));
    format!("{kind} with {}", names::joined(&others))
}

fn wall(at: NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%S").to_string()
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests;
