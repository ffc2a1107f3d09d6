//! From the words to the calendar: `interim` resolves days and dates, the rest is counted here.
//!
//! `interim` reads civil times as if they were UTC, so that a change of the clocks is met in one
//! place only, [`Zone::instant_of`](crate::time::Zone::instant_of).

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday,
};

use super::error::MomentError;
use super::words::{Day, Unit, Week};
use super::{MIDNIGHT, error};

/// What `interim` makes of a text in one of the strict forms of this module.
fn ask(text: &str, from: NaiveDateTime) -> Option<NaiveDateTime> {
    interim::parse_date_string(text, from.and_utc(), interim::Dialect::Us)
        .ok()
        .map(|at| at.naive_utc())
}

/// `now` and a number of hours or minutes.
pub(super) fn later(
    now: DateTime<Utc>,
    count: u32,
    unit: Unit,
) -> Result<DateTime<Utc>, MomentError> {
    let text = format!("{count} {}", unit.word());
    interim::parse_date_string(&text, now, interim::Dialect::Us)
        .map_err(|_| MomentError::too_far(&text))
}

/// The wall-clock time that a day and a time of day mean at `now`, where a choice is left the first
/// that is `ahead`.
pub(super) fn civil(
    day: Day,
    clock: NaiveTime,
    now: NaiveDateTime,
    ahead: &dyn Fn(NaiveDateTime) -> bool,
    typed: &str,
) -> Result<NaiveDateTime, MomentError> {
    let at = clock.format("%H:%M");
    let today = now.date();
    let no_date = || MomentError::no_such_date(typed);
    let found = match day {
        Day::Unsaid => ask(&format!("today {at}"), now)
            .filter(|civil| ahead(*civil))
            .or_else(|| ask(&format!("tomorrow {at}"), now)),
        Day::Yesterday => today.pred_opt().map(|date| date.and_time(clock)),
        Day::Today => ask(&format!("today {at}"), now),
        Day::Tomorrow => ask(&format!("tomorrow {at}"), now),
        Day::Ahead(count, unit) => ask(&format!("{count} {} {at}", unit.word()), now),
        Day::Weekday(week, weekday) => {
            let text = format!("{} {at}", error::long(weekday).to_lowercase());
            match week {
                Week::Coming => ask(&text, now).and_then(|civil| {
                    let in_a_week = || civil.checked_add_days(Days::new(7));
                    if ahead(civil) {
                        Some(civil)
                    } else {
                        in_a_week()
                    }
                }),
                Week::This => monday(today).and_then(|from| ask(&text, from)),
                Week::Next => monday(today)
                    .and_then(|from| from.checked_add_days(Days::new(7)))
                    .and_then(|from| ask(&text, from)),
            }
        }
        Day::Calendar {
            day,
            month,
            year,
            weekday,
        } => {
            let civil = dated(day, month, year, clock, now).ok_or_else(no_date)?;
            match weekday {
                Some(named) if civil.weekday() != named => {
                    return Err(MomentError::WrongWeekday {
                        date: civil.date(),
                        named,
                    });
                }
                _ => Some(civil),
            }
        }
        Day::Nth(nth, weekday) => soonest(today, clock, ahead, |first| {
            nth.date(first.year(), first.month(), weekday)
        }),
        Day::OfMonth(day) => soonest(today, clock, ahead, |first| first.with_day(day)),
        Day::LastOfMonth => soonest(today, clock, ahead, last_of_month),
        Day::End(unit) => end_of(unit, today).map(|date| date.and_time(clock)),
        Day::Next(unit) => {
            next_start(unit, today).and_then(|date| Some(end_of(unit, date)?.and_time(clock)))
        }
    };
    found.ok_or_else(no_date)
}

/// The day that is meant on the day `today`; where a choice is left the first that is not over.
pub(super) fn day(day: Day, today: NaiveDate, typed: &str) -> Result<NaiveDate, MomentError> {
    let from_today = |civil: NaiveDateTime| civil.date() >= today;
    let midnight = today.and_time(MIDNIGHT);
    civil(day, MIDNIGHT, midnight, &from_today, typed).map(|civil| civil.date())
}

/// A date, without a year the next one.
fn dated(
    day: u32,
    month: u32,
    year: Option<i32>,
    clock: NaiveTime,
    now: NaiveDateTime,
) -> Option<NaiveDateTime> {
    let at = clock.format("%H:%M");
    if let Some(year) = year {
        return ask(&format!("{year:04}-{month:02}-{day:02} {at}"), now);
    }
    let name = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    ask(&format!("next {name} {day} {at}"), now).or_else(|| {
        // 29 February, in a year without one.
        let today = now.date();
        (today.year()..=today.year() + 8)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
            .find(|date| *date >= today)
            .map(|date| date.and_time(clock))
    })
}

/// The first that is ahead among the days that `pick` finds in this month and those after it.
fn soonest(
    today: NaiveDate,
    clock: NaiveTime,
    ahead: &dyn Fn(NaiveDateTime) -> bool,
    pick: impl Fn(NaiveDate) -> Option<NaiveDate>,
) -> Option<NaiveDateTime> {
    let this_month = today.with_day(1)?;
    (0..=12)
        .filter_map(|months| pick(this_month.checked_add_months(Months::new(months))?))
        .map(|date| date.and_time(clock))
        .find(|civil| ahead(*civil))
}

fn monday(date: NaiveDate) -> Option<NaiveDateTime> {
    let first = date.week(Weekday::Mon).checked_first_day()?;
    Some(first.and_time(MIDNIGHT))
}

fn last_of_month(date: NaiveDate) -> Option<NaiveDate> {
    date.with_day(1)?
        .checked_add_months(Months::new(1))?
        .pred_opt()
}

/// The end of a week is its Friday, from Saturday on the next one.
fn end_of(unit: Unit, date: NaiveDate) -> Option<NaiveDate> {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Some(date),
        Unit::Week => {
            let to_friday = (Weekday::Fri.num_days_from_monday() + 7
                - date.weekday().num_days_from_monday())
                % 7;
            date.checked_add_signed(TimeDelta::days(i64::from(to_friday)))
        }
        Unit::Month => last_of_month(date),
        Unit::Year => NaiveDate::from_ymd_opt(date.year(), 12, 31),
    }
}

/// The first day of the next week, month or year.
pub(super) fn next_start(unit: Unit, date: NaiveDate) -> Option<NaiveDate> {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => date.succ_opt(),
        Unit::Week => Some(monday(date)?.date().checked_add_days(Days::new(7))?),
        Unit::Month => date.with_day(1)?.checked_add_months(Months::new(1)),
        Unit::Year => NaiveDate::from_ymd_opt(date.year().checked_add(1)?, 1, 1),
    }
}

/// As `interim` reads them.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The name of a month, 1 to 12, in lower case.
pub(super) fn month_name(month: u32) -> &'static str {
    usize::try_from(month)
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .copied()
        .unwrap_or_default()
}

/// The month that a word of at least three letters names.
pub(super) fn month(word: &str) -> Option<u32> {
    let long_enough = word.len() >= 3;
    let n = MONTHS
        .iter()
        .position(|name| long_enough && name.starts_with(word))?;
    u32::try_from(n + 1).ok()
}
