//! Reads quiet hours as people type them.
//!
//! ```text
//! quiet = "off" | part { [","] part }           at most one stretch of hours
//! part  = clock ("-" | "to" | "until") clock | weekday | weekday "-" weekday | "weekends" | "weekdays"
//! clock = "20:00" | "8pm" | "8.30pm" | "22" | "noon" | "midnight"
//! ```

use std::str::FromStr;

use chrono::{NaiveTime, TimeDelta, Weekday};

use super::{AWAKE, Hours, QuietHours, WEEK};
use crate::time::moment::{clock_of_stretch, quoted, weekday};

/// Why a text is no quiet hours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuietError {
    /// Nothing that reads as quiet hours.
    #[error(
        "I cannot read “{typed}” as quiet hours. Type them like “20:00-07:00”, “8pm to 7am, weekends” or “off”."
    )]
    NotQuiet {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// They leave no time at all.
    #[error(
        "That would be quiet all the time. Leave at least an hour a day and one day a week, for example “20:00-07:00, weekends”."
    )]
    Always,
}

/// Reads what people type and what is stored: "20:00-07:00", "8pm to 7am", "22-7", "20:00-07:00,
/// weekends", "weekends", "sat sun", "off". The hours are of every day, the days are quiet from
/// midnight to midnight.
impl FromStr for QuietHours {
    type Err = QuietError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.trim().to_lowercase();
        if matches!(plain.as_str(), "off" | "none" | "no" | "never") {
            return Ok(Self::OFF);
        }
        let quiet = parts(&plain).ok_or_else(|| QuietError::NotQuiet {
            typed: quoted(text),
        })?;
        let every_day = WEEK.iter().all(|day| quiet.days.hold(*day));
        let awake = quiet.hours.is_none_or(|hours| awake(hours) >= AWAKE);
        if every_day || !awake {
            return Err(QuietError::Always);
        }
        Ok(quiet)
    }
}

fn parts(plain: &str) -> Option<QuietHours> {
    let spaced = plain
        .replace(['–', '—'], "-")
        .replace('-', " - ")
        .replace([',', '&', '+', ';'], " ")
        .replace("a.m.", "am")
        .replace("p.m.", "pm");
    let mut tokens: Vec<String> = Vec::new();
    for token in spaced.split_whitespace() {
        match (token, tokens.last_mut()) {
            ("and" | "on" | "from" | "plus" | "all" | "day" | "every", _) => {}
            ("am" | "pm", Some(before)) => before.push_str(token),
            ("to" | "until" | "till" | "through", _) => tokens.push("-".to_owned()),
            _ => tokens.push(token.to_owned()),
        }
    }
    let mut quiet = QuietHours::OFF;
    let mut rest = tokens.as_slice();
    while let [first, after @ ..] = rest {
        if let [dash, second, after @ ..] = after
            && dash == "-"
        {
            match (weekday(first), weekday(second)) {
                (Some(first), Some(last)) => between(first, last)
                    .into_iter()
                    .for_each(|day| quiet.days.add(day)),
                _ if quiet.hours.is_some() => return None,
                _ => {
                    quiet.hours = Some(Hours {
                        from: clock_of_stretch(first)?,
                        until: clock_of_stretch(second)?,
                    });
                }
            }
            rest = after;
            continue;
        }
        let days = match first.as_str() {
            "weekends" | "weekend" => between(Weekday::Sat, Weekday::Sun),
            "weekdays" => between(Weekday::Mon, Weekday::Fri),
            day => vec![weekday(day)?],
        };
        days.into_iter().for_each(|day| quiet.days.add(day));
        rest = after;
    }
    (!quiet.is_off()).then_some(quiet)
}

/// From one weekday to another, over Sunday if need be.
fn between(first: Weekday, last: Weekday) -> Vec<Weekday> {
    let days = last.days_since(first);
    std::iter::successors(Some(first), |day| Some(day.succ()))
        .zip(0..=days)
        .map(|(day, _)| day)
        .collect()
}

/// How much of a day the hours leave.
fn awake(hours: Hours) -> TimeDelta {
    let day = TimeDelta::days(1);
    let left: TimeDelta = NaiveTime::signed_duration_since(hours.from, hours.until);
    match hours.from == hours.until {
        true => TimeDelta::zero(),
        false if left < TimeDelta::zero() => left + day,
        false => left,
    }
}
