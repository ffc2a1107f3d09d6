//! A time zone of the IANA database, as people name it and as a calendar needs it.
//!
//! A zone is stored and shown by its IANA name ("Europe/Berlin"). A day starts at its first instant
//! in the zone, also where midnight does not exist (clocks go forward at midnight) or happens twice.
//! Which instant a wall-clock time means is in `wall`.

mod places;
mod wall;

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use serde::{Deserialize, Serialize};

use super::quotable;

/// A time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Tz);

/// Why a text names no zone; says what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneError {
    /// An abbreviation or a part of a name that several zones share; the likeliest, at most five.
    #[error("“{typed}” can mean more than one time zone. Choose one: {}.", listed(.candidates))]
    Ambiguous {
        /// What was typed, fit to be shown.
        typed: String,
        /// Zones that it may mean, likeliest first.
        candidates: Vec<Zone>,
    },
    /// Nothing like it in the database.
    #[error(
        "I know no time zone “{typed}”. Type a city, such as Berlin or New York, or a full name, such as Europe/Berlin."
    )]
    Unknown {
        /// What was typed, fit to be shown.
        typed: String,
    },
}

fn listed(zones: &[Zone]) -> String {
    zones
        .iter()
        .map(|zone| zone.name())
        .collect::<Vec<_>>()
        .join(", ")
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// A zone by the name under which it was kept. What a later tz database has dropped counts as
    /// UTC.
    #[must_use]
    pub fn stored(name: &str) -> Self {
        Self(name.parse().unwrap_or(Tz::UTC))
    }

    /// Reads what people type: an IANA name in any case, its city or the start of it ("new york",
    /// "stockh"), a large city that shares another's clock ("munich"), "UTC", or a whole-hour offset
    /// ("UTC+2", which never changes its clock).
    ///
    /// # Errors
    /// [`ZoneError::Ambiguous`] for abbreviations such as "CST" and for parts that fit several
    /// zones; [`ZoneError::Unknown`] for everything else.
    pub fn parse(text: &str) -> Result<Self, ZoneError> {
        let typed = text.trim();
        let plain = plain(typed);
        if plain.is_empty() {
            return Err(ZoneError::Unknown {
                typed: quotable(typed),
            });
        }
        if let Some(meant) = abbreviated(&plain) {
            return Err(ZoneError::Ambiguous {
                typed: quotable(typed),
                candidates: meant,
            });
        }
        if matches!(
            plain.as_str(),
            "utc" | "z" | "zulu" | "gmt" | "universal" | "etc/utc"
        ) {
            return Ok(Self::UTC);
        }
        if let Some(fixed) = whole_hours(&plain) {
            return Ok(fixed);
        }
        if let Ok(tz) = Tz::from_str_insensitive(&plain.replace(' ', "_")) {
            return Ok(Self(tz));
        }
        if let Some(zone) = city_elsewhere(&plain) {
            return Ok(zone);
        }
        let same_city: Vec<Self> = places().filter(|zone| zone.city() == plain).collect();
        if let Some(zone) = one_clock(&same_city) {
            return Ok(zone);
        }
        let mut fitting: Vec<Self> = if same_city.is_empty() {
            places()
                .filter(|zone| zone.rank(&plain).is_some())
                .collect()
        } else {
            same_city
        };
        fitting.sort_by_key(|zone| (zone.rank(&plain), zone.name()));
        match fitting.as_slice() {
            [] => Err(ZoneError::Unknown {
                typed: quotable(typed),
            }),
            [zone] => Ok(*zone),
            _ => {
                fitting.truncate(5);
                Err(ZoneError::Ambiguous {
                    typed: quotable(typed),
                    candidates: fitting,
                })
            }
        }
    }

    /// At most `limit` zones that fit what was typed so far: cities that start with it, then
    /// regions that do, then names that contain it. Nothing typed gives zones from all over the
    /// world, west to east.
    #[must_use]
    pub fn suggest(typed: &str, limit: usize) -> Vec<Self> {
        let plain = plain(typed);
        if plain.is_empty() {
            return named(&places::COMMON).take(limit).collect();
        }
        let mut ahead: Vec<Self> = abbreviated(&plain).unwrap_or_default();
        ahead.extend(whole_hours(&plain));
        if "utc".starts_with(&plain) || plain == "gmt" {
            ahead.push(Self::UTC);
        }
        ahead.extend(
            places::CITIES
                .iter()
                .filter(|(city, _)| plain.chars().count() >= 2 && city.starts_with(&plain))
                .filter_map(|(_, name)| Self::named(name)),
        );
        let mut fitting: Vec<(u8, Self)> = places()
            .filter_map(|zone| Some((zone.rank(&plain)?, zone)))
            .collect();
        fitting.sort_by_key(|(rank, zone)| (*rank, zone.name()));
        let (exact, rest): (Vec<_>, Vec<_>) =
            fitting.into_iter().partition(|(rank, _)| *rank == EXACT);
        let mut offered: Vec<Self> = Vec::with_capacity(limit);
        let ordered = exact
            .into_iter()
            .chain(ahead.into_iter().map(|z| (EXACT, z)))
            .chain(rest);
        for (_, zone) in ordered {
            if offered.len() == limit {
                break;
            }
            if !offered.contains(&zone) {
                offered.push(zone);
            }
        }
        offered
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// The zone for calendar arithmetic.
    #[must_use]
    pub const fn tz(&self) -> Tz {
        self.0
    }

    /// The name with the offset that holds at `now`: "Europe/Berlin (UTC+1)"; at most 100
    /// characters.
    #[must_use]
    pub fn label(&self, now: DateTime<Utc>) -> String {
        let offset = self.offset_label(now);
        if self.0 == Tz::UTC {
            offset
        } else if self.name().starts_with("Etc/") {
            // Their names count westwards, so that Etc/GMT-2 is two hours ahead: show the offset.
            format!("{offset}, all year")
        } else {
            format!("{} ({offset})", self.name())
        }
    }

    /// The civil date in the zone at `instant`.
    #[must_use]
    pub fn civil_date(&self, instant: DateTime<Utc>) -> NaiveDate {
        instant.with_timezone(&self.0).date_naive()
    }

    /// The first instant of `date` in the zone. Where midnight is skipped it is the moment of the
    /// change, where it happens twice the first; of a day that the zone skipped altogether (Samoa,
    /// 30 December 2011) it is the start of the next one.
    #[must_use]
    pub fn start_of_day(&self, date: NaiveDate) -> DateTime<Utc> {
        let midnight = date.and_time(NaiveTime::MIN);
        match self.0.from_local_datetime(&midnight) {
            LocalResult::Single(at) => at.to_utc(),
            LocalResult::Ambiguous(first, _) => first.to_utc(),
            LocalResult::None => self.first_instant_on_or_after(date),
        }
    }

    /// Finds the change that skipped midnight: before it the civil date is earlier, from it on not.
    fn first_instant_on_or_after(&self, date: NaiveDate) -> DateTime<Utc> {
        let midnight = date.and_time(NaiveTime::MIN).and_utc();
        let day_and_a_bit = TimeDelta::hours(30);
        let (Some(from), Some(until)) = (
            midnight.checked_sub_signed(day_and_a_bit),
            midnight.checked_add_signed(day_and_a_bit),
        ) else {
            return midnight;
        };
        let (mut before, mut after) = (from.timestamp(), until.timestamp());
        while after - before > 1 {
            let middle = before + (after - before) / 2;
            let reached = DateTime::from_timestamp(middle, 0)
                .is_some_and(|instant| self.civil_date(instant) >= date);
            if reached {
                after = middle;
            } else {
                before = middle;
            }
        }
        DateTime::from_timestamp(after, 0).unwrap_or(midnight)
    }

    fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// The last part of the name as people write it: "new york".
    fn city(self) -> String {
        plain(self.name().rsplit('/').next().unwrap_or_default())
    }

    fn offset_label(self, now: DateTime<Utc>) -> String {
        let seconds = now.with_timezone(&self.0).offset().fix().local_minus_utc();
        let sign = if seconds < 0 { '-' } else { '+' };
        let minutes = seconds.abs() / 60;
        match (minutes / 60, minutes % 60) {
            (0, 0) => "UTC".to_owned(),
            (hours, 0) => format!("UTC{sign}{hours}"),
            (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
        }
    }

    /// How well the zone fits what was typed; lower is better.
    fn rank(self, typed: &str) -> Option<u8> {
        let name = plain(self.name());
        let city = self.city();
        if city == typed || name == typed {
            Some(EXACT)
        } else if city.starts_with(typed) {
            Some(1)
        } else if name.starts_with(typed) {
            Some(2)
        } else if name.contains(typed) {
            Some(3)
        } else {
            None
        }
    }
}

const EXACT: u8 = 0;

/// Lower case, single spaces for the underscores and spaces of a name.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c == '_' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").to_lowercase()
}

/// The zones that are named after places. Left out are what the database keeps for old software:
/// names without a region, fixed offsets, and the regions that are countries ("US/Pacific").
fn places() -> impl Iterator<Item = Zone> {
    const OLD_REGIONS: [&str; 6] = ["Etc", "US", "Brazil", "Canada", "Chile", "Mexico"];
    TZ_VARIANTS.iter().copied().map(Zone).filter(|zone| {
        zone.name()
            .split_once('/')
            .is_some_and(|(region, _)| !OLD_REGIONS.contains(&region))
    })
}

fn named(names: &'static [&'static str]) -> impl Iterator<Item = Zone> {
    names.iter().filter_map(|name| Zone::named(name))
}

fn abbreviated(plain: &str) -> Option<Vec<Zone>> {
    let (_, meant) = places::ABBREVIATIONS
        .iter()
        .find(|(short, _)| short.eq_ignore_ascii_case(plain))?;
    Some(named(meant).collect())
}

fn city_elsewhere(plain: &str) -> Option<Zone> {
    let (_, name) = places::CITIES.iter().find(|(city, _)| *city == plain)?;
    Zone::named(name)
}

/// The first of the zones if all of them have shown the same time for years: the database keeps
/// some cities under two names.
fn one_clock(zones: &[Zone]) -> Option<Zone> {
    let (first, others) = zones.split_first()?;
    let start = NaiveDate::from_ymd_opt(2020, 1, 1)?;
    let alike = (0..120_u64).all(|step| {
        let Some(date) = start.checked_add_days(Days::new(step * 30)) else {
            return true;
        };
        let instant = date.and_time(NaiveTime::MIN).and_utc();
        let shown = first.offset_label(instant);
        others
            .iter()
            .all(|other| other.offset_label(instant) == shown)
    });
    alike.then_some(*first)
}

/// "utc+2", "gmt-5", "+02:00" and the like, where an IANA zone with that fixed offset exists.
fn whole_hours(plain: &str) -> Option<Zone> {
    let offset = plain
        .strip_prefix("utc")
        .or_else(|| plain.strip_prefix("gmt"))
        .unwrap_or(plain);
    let offset = offset.trim();
    let (ahead, digits) = match offset.strip_prefix('+') {
        Some(digits) => (true, digits),
        None => (
            false,
            offset
                .strip_prefix('-')
                .or_else(|| offset.strip_prefix('−'))?,
        ),
    };
    let digits = digits.strip_suffix(":00").unwrap_or(digits);
    if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match digits.parse::<u8>().ok()? {
        0 => Some(Zone::UTC),
        // The signs of these names are the other way round: Etc/GMT-2 is two hours ahead of UTC.
        hours => Zone::named(&format!("Etc/GMT{}{hours}", if ahead { '-' } else { '+' })),
    }
}

impl From<Tz> for Zone {
    fn from(tz: Tz) -> Self {
        Self(tz)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Zone {
    type Error = ZoneError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}

#[cfg(test)]
mod tests;
