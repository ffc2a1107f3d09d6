//! How long before something is due somebody is nudged: "24h, 1h".

use std::fmt;
use std::str::FromStr;

use chrono::TimeDelta;
use interim::Interval;

use super::moment::quoted;

/// The shortest lead, in minutes.
pub const SHORTEST: u32 = 5;
/// The longest lead, in minutes: seven days.
pub const LONGEST: u32 = 7 * 24 * 60;
/// The most leads that somebody can have.
pub const MOST: usize = 4;

/// Leads, longest first, without repeats; at most [`MOST`], each [`SHORTEST`] to [`LONGEST`]. None
/// at all means no nudge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leads(Vec<u32>);

/// Why a text is no leads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeadsError {
    /// Nothing that reads as lengths of time.
    #[error(
        "I cannot read “{typed}” as how long before. Type it like “24h, 1h”, “1 day and 30 min” or “off”."
    )]
    NotLeads {
        /// What was typed, fit to be shown.
        typed: String,
    },
    /// A lead that is too short or too long.
    #[error("“{typed}” is out of reach. Choose from 5 minutes to 7 days, for example “24h, 1h”.")]
    OutOfReach {
        /// The lead, fit to be shown.
        typed: String,
    },
    /// More than [`MOST`].
    #[error("At most {MOST} nudges come before each date. Name fewer, for example “24h, 1h”.")]
    TooMany,
}

impl Leads {
    /// The leads, longest first, in minutes.
    #[must_use]
    pub fn minutes(&self) -> &[u32] {
        &self.0
    }

    /// The leads, longest first.
    pub fn iter(&self) -> impl Iterator<Item = TimeDelta> + '_ {
        self.0
            .iter()
            .map(|minutes| TimeDelta::minutes(i64::from(*minutes)))
    }

    /// Whether nothing is to come before a date.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.0.is_empty()
    }

    /// For people: "1 day and 1 hour before", "off".
    #[must_use]
    pub fn words(&self) -> String {
        let said: Vec<String> = self.0.iter().map(|minutes| length(*minutes)).collect();
        match said.as_slice() {
            [] => "off".to_owned(),
            [one] => format!("{one} before"),
            [ahead @ .., last] => format!("{} and {last} before", ahead.join(", ")),
        }
    }
}

/// 24 hours and one hour.
impl Default for Leads {
    fn default() -> Self {
        Self(vec![24 * 60, 60])
    }
}

/// The stored form, which reads back: "24h, 1h", "90m", "off".
impl fmt::Display for Leads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_off() {
            return f.write_str("off");
        }
        for (n, minutes) in self.0.iter().enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            if minutes % 60 == 0 {
                write!(f, "{comma}{}h", minutes / 60)?;
            } else {
                write!(f, "{comma}{minutes}m")?;
            }
        }
        Ok(())
    }
}

/// Reads "24h, 1h", "1 day and 1 hour", "30 min before", "off".
impl FromStr for Leads {
    type Err = LeadsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = text.trim().to_lowercase();
        if matches!(plain.as_str(), "off" | "none" | "no" | "never") {
            return Ok(Self(Vec::new()));
        }
        let plain = plain.replace(" and ", ",").replace(['&', '+', ';'], ",");
        let mut minutes = Vec::new();
        for part in plain.split(',').map(str::trim) {
            let part = part.strip_suffix("before").unwrap_or(part).trim_end();
            let lead = one(part).ok_or_else(|| LeadsError::NotLeads {
                typed: quoted(text),
            })?;
            if !(SHORTEST..=LONGEST).contains(&lead) {
                return Err(LeadsError::OutOfReach {
                    typed: quoted(part),
                });
            }
            minutes.push(lead);
        }
        minutes.sort_unstable_by(|one, other| other.cmp(one));
        minutes.dedup();
        if minutes.len() > MOST {
            return Err(LeadsError::TooMany);
        }
        Ok(Self(minutes))
    }
}

/// A number and a unit, in minutes; what is longer than can be counted is as good as too long.
fn one(part: &str) -> Option<u32> {
    let digits = part.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = part.split_at_checked(digits)?;
    let unit = unit.trim_start();
    let word = !unit.is_empty() && unit.len() <= 8 && unit.bytes().all(|b| b.is_ascii_lowercase());
    if !word || !(1..=4).contains(&number.len()) {
        let article = part
            .strip_prefix("an ")
            .or_else(|| part.strip_prefix("a "))?;
        return one(&format!("1 {article}"));
    }
    match interim::parse_duration(&format!("{number} {unit}")).ok()? {
        Interval::Seconds(seconds) => u32::try_from(seconds / 60).ok(),
        Interval::Days(days) => u32::try_from(days).ok()?.checked_mul(24 * 60),
        Interval::Months(months) => u32::try_from(months).ok()?.checked_mul(31 * 24 * 60),
    }
}

fn length(minutes: u32) -> String {
    let (count, unit) = match minutes {
        minutes if minutes % (24 * 60) == 0 => (minutes / (24 * 60), "day"),
        minutes if minutes % 60 == 0 => (minutes / 60, "hour"),
        minutes => (minutes, "minute"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kept(typed: &str) -> String {
        match typed.parse::<Leads>() {
            Ok(leads) => leads.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn leads_are_read_as_people_write_them() {
        for (typed, stored) in [
            ("24h, 1h", "24h, 1h"),
            ("1 day and 1 hour", "24h, 1h"),
            ("an hour before", "1h"),
            ("30 min", "30m"),
            ("1h, 1 day, 60 min", "24h, 1h"),
            ("90m & 2d", "48h, 90m"),
            ("1 week", "168h"),
            ("Off", "off"),
        ] {
            assert_eq!(kept(typed), stored, "{typed}");
        }
        assert_eq!(Leads::default().to_string(), "24h, 1h");
        assert_eq!(Leads::default().words(), "1 day and 1 hour before");
        assert_eq!("90m".parse::<Leads>().unwrap().words(), "90 minutes before");
    }

    #[test]
    fn what_is_no_leads_is_refused_with_an_example() {
        for (typed, said) in [
            (
                "soon",
                "I cannot read “soon” as how long before. Type it like “24h, 1h”, “1 day and 30 min” or “off”.",
            ),
            (
                "1 min",
                "“1 min” is out of reach. Choose from 5 minutes to 7 days, for example “24h, 1h”.",
            ),
            (
                "2 weeks",
                "“2 weeks” is out of reach. Choose from 5 minutes to 7 days, for example “24h, 1h”.",
            ),
            (
                "1h, 2h, 3h, 4h, 5h",
                "At most 4 nudges come before each date. Name fewer, for example “24h, 1h”.",
            ),
        ] {
            assert_eq!(kept(typed), said, "{typed}");
        }
        for nothing in ["", ",", "1h,", "24", "1h30"] {
            assert!(nothing.parse::<Leads>().is_err(), "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_back(minutes in proptest::collection::vec(SHORTEST..=LONGEST, 0..5)) {
            let typed: Vec<String> = minutes.iter().map(|m| format!("{m} min")).collect();
            if let Ok(leads) = typed.join(", ").parse::<Leads>() {
                prop_assert_eq!(leads.to_string().parse::<Leads>(), Ok(leads));
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}") {
            let _ = text.parse::<Leads>();
        }
    }
}
