//! Expands a rule with `rrule`, on a wall whose clock never changes, from near the date in question.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Weekday};
use rrule::{Frequency, NWeekday, RRule, Tz};

use super::shape::{self, Shape};

/// The wall-clock times of a rule from `near` on, perhaps one or two before it; none before `starts`,
/// earliest first. None at all outside the calendar.
pub(super) fn wall_times(
    shape: &Shape,
    starts: NaiveDateTime,
    near: NaiveDateTime,
) -> impl Iterator<Item = NaiveDateTime> + use<> {
    anchor(*shape, starts, near)
        .and_then(|anchor| dates(*shape, anchor))
        .into_iter()
        .flatten()
        .map(|at| at.naive_utc())
}

/// The last year of RFC 5545, whose dates have four digits (section 3.3.4).
const LAST_YEAR: i32 = 9999;

/// A date that the rule can be expanded from with the same result as from `starts`, close to `near`.
fn anchor(shape: Shape, starts: NaiveDateTime, near: NaiveDateTime) -> Option<NaiveDateTime> {
    if near <= starts {
        return Some(starts);
    }
    if near.year() > LAST_YEAR {
        return None;
    }
    match shape.every().weeks() {
        Some(weeks) => {
            // Whole intervals, so that the weeks are those that are counted from `starts`.
            let interval = TimeDelta::weeks(i64::from(weeks));
            let passed = (near - starts).num_days() / interval.num_days();
            starts.checked_add_signed(TimeDelta::days(passed * interval.num_days()))
        }
        None => {
            let month = near.date().with_day(1)?.and_time(starts.time());
            Some(month.max(starts))
        }
    }
}

/// RFC 5545, section 3.3.10. Weeks start on Monday.
fn dates(
    shape: Shape,
    anchor: NaiveDateTime,
) -> Option<impl Iterator<Item = DateTime<Tz>> + use<>> {
    let rule = match shape {
        Shape::Weeks(every, weekday) => RRule::new(Frequency::Weekly)
            .interval(every.weeks()?)
            .week_start(Weekday::Mon)
            .by_weekday(vec![NWeekday::Every(weekday)]),
        Shape::NthWeekday(nth, weekday) => RRule::new(Frequency::Monthly)
            .by_weekday(vec![NWeekday::new(Some(shape::number(nth)), weekday)]),
        Shape::MonthDay(_) | Shape::LastDay => RRule::new(Frequency::Monthly)
            .by_month_day(shape.month_days())
            .by_set_pos(vec![-1]),
    };
    let start = anchor.and_utc().with_timezone(&Tz::UTC);
    let set = rule.build(start).ok()?.limit();
    Some((&set).into_iter())
}
