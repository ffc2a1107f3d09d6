//! What a rule comes to for two people: its next dates, on both of their walls.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};

use crate::cadence::recurrence::{Rule, Slot, clock_change};
use crate::people::Absence;
use crate::time::{QuietHours, Zone};

/// When one of the two can be met.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Their zone.
    pub zone: Zone,
    /// Their quiet hours.
    pub quiet: QuietHours,
    /// When they are away.
    pub away: Vec<Absence>,
}

/// A date as one of the two has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SideDate {
    /// Their wall clock.
    pub wall: NaiveDateTime,
    /// By how much their clocks have changed since the date before.
    pub change: Option<TimeDelta>,
    /// Whether they are away that day.
    pub is_away: bool,
    /// Whether it falls into their quiet hours.
    pub is_quiet: bool,
}

/// One of the next dates of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// When.
    pub at: DateTime<Utc>,
    /// By how much the clocks of the rule's zone have changed since the date before.
    pub change: Option<TimeDelta>,
    /// Whether the clocks skip that time, so that it is later on that day.
    pub is_skipped_time: bool,
    /// Whether the month has no such day, so that it is its last day.
    pub is_last_day_instead: bool,
    /// As the one has it.
    pub mine: SideDate,
    /// As the other has it.
    pub theirs: SideDate,
}

/// The first `count` dates of a rule from `from` on.
#[must_use]
pub fn dates(
    rule: &Rule,
    from: DateTime<Utc>,
    count: usize,
    mine: &Side,
    theirs: &Side,
) -> Vec<Date> {
    let slots = rule.slots_from(from, count);
    let before = std::iter::once(None).chain(slots.iter().copied().map(Some));
    let zone = rule.zone();
    slots
        .iter()
        .zip(before)
        .map(|(slot, before)| Date {
            at: slot.at,
            change: before.and_then(|before| clock_change(before, *slot, zone)),
            is_skipped_time: zone.civil(slot.at) != slot.civil,
            is_last_day_instead: is_last_day_instead(rule, slot.civil),
            mine: mine.date(before, *slot),
            theirs: theirs.date(before, *slot),
        })
        .collect()
}

impl Side {
    fn date(&self, before: Option<Slot>, slot: Slot) -> SideDate {
        let wall = self.zone.civil(slot.at);
        SideDate {
            wall,
            change: before.and_then(|before| clock_change(before, slot, self.zone)),
            is_away: self.away.iter().any(|span| span.holds(wall.date())),
            is_quiet: self.quiet.is_quiet(slot.at, self.zone),
        }
    }
}

/// Only a rule by the day of the month leaves its day for an earlier one, and of those only in months
/// that have no such day.
fn is_last_day_instead(rule: &Rule, civil: NaiveDateTime) -> bool {
    rule.text().contains("BYSETPOS") && civil.day() < rule.starts().day()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadence::rules::Repeat;
    use crate::ids::PersonId;

    fn side(zone: &str) -> Side {
        Side {
            zone: Zone::parse(zone).unwrap(),
            quiet: QuietHours::OFF,
            away: Vec::new(),
        }
    }

    fn rule(starts: &str, zone: &str, letter: &str) -> Rule {
        let repeat = Repeat::from_letter(letter).unwrap();
        repeat.rule(starts.parse().unwrap(), Zone::parse(zone).unwrap())
    }

    fn flagged(dates: &[Date], is: impl Fn(&Date) -> bool) -> Vec<String> {
        let flagged = dates.iter().filter(|date| is(date));
        flagged
            .map(|date| date.mine.wall.date().to_string())
            .collect()
    }

    #[test]
    fn both_walls_and_the_change_of_either_clock_are_told() {
        let rule = rule("2027-03-08T10:00:00", "Europe/Berlin", "1");
        let from = "2027-03-01T00:00:00Z".parse().unwrap();
        let all = dates(
            &rule,
            from,
            8,
            &side("Europe/Berlin"),
            &side("America/New_York"),
        );
        assert_eq!(all.len(), 8);
        let walls: Vec<String> = all
            .iter()
            .map(|date| {
                format!(
                    "{} {}",
                    date.mine.wall.format("%H:%M"),
                    date.theirs.wall.format("%H:%M")
                )
            })
            .collect();
        // America changes on 14 March, Europe on the 28th.
        assert_eq!(
            walls[..4],
            ["10:00 04:00", "10:00 05:00", "10:00 05:00", "10:00 04:00"]
        );
        let hour = Some(TimeDelta::hours(1));
        assert_eq!(
            flagged(&all, |date| date.theirs.change == hour),
            ["2027-03-15"]
        );
        assert_eq!(
            flagged(&all, |date| date.mine.change == hour),
            ["2027-03-29"]
        );
        assert_eq!(flagged(&all, |date| date.change == hour), ["2027-03-29"]);
    }

    #[test]
    fn absences_and_quiet_hours_are_told_of_each_side() {
        let rule = rule("2026-12-01T10:00:00", "Europe/Berlin", "1");
        let mut bo = side("America/New_York");
        bo.quiet = "20:00-07:00".parse().unwrap();
        bo.away = vec![Absence {
            person: PersonId(2),
            first: "2026-12-24".parse().unwrap(),
            last: "2026-12-31".parse().unwrap(),
        }];
        let from = "2026-11-24T12:00:00Z".parse().unwrap();
        let all = dates(&rule, from, 8, &side("Europe/Berlin"), &bo);
        assert_eq!(flagged(&all, |date| date.theirs.is_away), ["2026-12-29"]);
        assert_eq!(
            flagged(&all, |date| date.theirs.is_quiet).len(),
            8,
            "at four in the morning"
        );
        assert!(flagged(&all, |date| date.mine.is_quiet || date.mine.is_away).is_empty());
    }

    #[test]
    fn a_month_without_the_day_is_told() {
        let rule = rule("2027-01-31T10:00:00", "UTC", "d");
        let from = "2027-01-01T00:00:00Z".parse().unwrap();
        let all = dates(&rule, from, 5, &side("UTC"), &side("UTC"));
        assert_eq!(
            flagged(&all, |date| date.is_last_day_instead),
            ["2027-02-28", "2027-04-30"]
        );
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_told() {
        let rule = rule("2027-03-21T02:30:00", "Europe/Berlin", "1");
        let from = "2027-03-20T00:00:00Z".parse().unwrap();
        let all = dates(&rule, from, 3, &side("Europe/Berlin"), &side("UTC"));
        assert_eq!(flagged(&all, |date| date.is_skipped_time), ["2027-03-28"]);
    }
}
