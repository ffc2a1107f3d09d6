//! Two years of kudos, made by the same rules whatever their number.
//!
//! - A few give and receive much, most a little (Zipf); seven in ten thanks stay in the team.
//! - People thank each other on working days, a little more from year to year.
//! - Four in five thank one person, some several, very few a whole team; some are seconds of what was
//!   announced a moment ago; one in a hundred is taken back.
//! - Nine in ten are public. What somebody shy is given is private, and some is given in a channel
//!   that not everybody sees.

use std::collections::{BTreeSet, VecDeque};

use chrono::{DateTime, Datelike, NaiveTime, TimeDelta, Utc};
use rand::distr::Distribution;
use rand::distr::weighted::WeightedIndex;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::Outcome;
use super::town::{self, DAYS, PEOPLE, VALUES};
use super::words::{Words, skewed};

/// How many of the latest announcements may be seconded.
const SECONDED: usize = 40;

/// A kudos as the ledger keeps it.
pub(super) struct Kudos {
    pub(super) id: u32,
    pub(super) giver: u32,
    pub(super) source: &'static str,
    pub(super) team: Option<u32>,
    pub(super) value: Option<usize>,
    pub(super) seconds: Option<u32>,
    pub(super) text: Option<String>,
    pub(super) at: DateTime<Utc>,
    pub(super) receivers: Vec<Receiver>,
}

/// One of those who are thanked.
#[derive(Clone)]
pub(super) struct Receiver {
    pub(super) person: u32,
    pub(super) visibility: &'static str,
    pub(super) withdrawn: bool,
}

/// Kudos in the order in which they were given.
pub(super) struct History {
    rng: StdRng,
    words: Words,
    people: WeightedIndex<f64>,
    values: WeightedIndex<f64>,
    crowds: WeightedIndex<f64>,
    moments: Moments,
    recent: VecDeque<(u32, u32, Vec<Receiver>)>,
    next: u32,
    count: u32,
}

impl History {
    pub(super) fn of(count: u32) -> Outcome<Self> {
        Ok(Self {
            rng: StdRng::seed_from_u64(2),
            words: Words::new()?,
            people: skewed(usize::try_from(PEOPLE)?, 0.7)?,
            values: skewed(VALUES.len(), 0.8)?,
            crowds: WeightedIndex::new([80.0, 12.0, 5.0, 2.0, 1.0])?,
            moments: Moments::new(count),
            recent: VecDeque::new(),
            next: 1,
            count,
        })
    }

    fn person(&mut self) -> u32 {
        let rank = u32::try_from(self.people.sample(&mut self.rng)).unwrap_or_default();
        // Those who are thanked most stand anywhere in the list.
        rank * 37 % PEOPLE + 1
    }

    fn others(&mut self, giver: u32) -> BTreeSet<u32> {
        let wanted = self.crowds.sample(&mut self.rng) + 1;
        let mut others = BTreeSet::new();
        while others.len() < wanted {
            let in_team = self.rng.random_bool(0.7);
            let person = self.person();
            if person != giver && (!in_team || town::team_of(person) == town::team_of(giver)) {
                others.insert(person);
            }
        }
        others
    }

    fn thanks(&mut self, id: u32, at: DateTime<Utc>) -> Kudos {
        let giver = self.person();
        let team = self
            .rng
            .random_bool(0.003)
            .then(|| self.rng.random_range(1..=town::TEAMS));
        let source = match (team, self.rng.random_range(0..100)) {
            (Some(_), _) | (None, 0..30) => "slash",
            (None, 30..70) => "chat",
            (None, 70..95) => "reaction",
            (None, _) => "menu",
        };
        let channel = if self.rng.random_bool(0.06) {
            "channel"
        } else {
            "public"
        };
        let is_private = matches!(source, "slash" | "menu") && self.rng.random_bool(0.1);
        let named = match team {
            Some(team) => town::members(team)
                .filter(|person| *person != giver)
                .collect(),
            None => self.others(giver),
        };
        let withdrawn = self.rng.random_bool(0.01);
        let receivers = named.into_iter().map(|person| Receiver {
            person,
            visibility: if is_private || town::is_shy(person) {
                "private"
            } else {
                channel
            },
            withdrawn,
        });
        let receivers: Vec<_> = receivers.collect();
        let has_text = source != "reaction";
        let has_value = has_text && self.rng.random_bool(0.4);
        if receivers
            .iter()
            .all(|one| one.visibility == "public" && !one.withdrawn)
        {
            self.recent.push_back((id, giver, receivers.clone()));
            if self.recent.len() > SECONDED {
                self.recent.pop_front();
            }
        }
        Kudos {
            id,
            giver,
            source,
            team,
            value: has_value.then(|| self.values.sample(&mut self.rng)),
            seconds: None,
            text: has_text.then(|| self.words.praise(&mut self.rng)),
            at,
            receivers,
        }
    }

    /// Somebody joins in an announcement of a moment ago.
    fn second(&mut self, id: u32, at: DateTime<Utc>) -> Option<Kudos> {
        let giver = self.person();
        let (seconds, first, mut receivers) = self.recent.pop_front()?;
        receivers.retain(|one| one.person != giver);
        if first == giver || receivers.is_empty() {
            return None;
        }
        Some(Kudos {
            id,
            giver,
            source: "reaction",
            team: None,
            value: None,
            seconds: Some(seconds),
            text: None,
            at,
            receivers,
        })
    }
}

impl Iterator for History {
    type Item = Kudos;

    fn next(&mut self) -> Option<Kudos> {
        let id = self.next;
        if id > self.count {
            return None;
        }
        self.next += 1;
        let at = self.moments.next()?;
        let second = if self.rng.random_bool(0.05) {
            self.second(id, at)
        } else {
            None
        };
        Some(second.unwrap_or_else(|| self.thanks(id, at)))
    }
}

/// When kudos are given: spread over the working days, from morning to evening.
struct Moments {
    days_left: u32,
    /// What share of all is given by the end of the day, and on it.
    until: f64,
    today: f64,
    total: f64,
    step: f64,
    at: f64,
}

impl Moments {
    fn new(count: u32) -> Self {
        let total = (0..DAYS).map(weight).sum();
        let today = weight(DAYS - 1);
        Self {
            days_left: DAYS - 1,
            until: today,
            today,
            total,
            step: total / f64::from(count),
            at: 0.0,
        }
    }
}

impl Iterator for Moments {
    type Item = DateTime<Utc>;

    fn next(&mut self) -> Option<DateTime<Utc>> {
        self.at += self.step;
        let at = (self.at - self.step / 2.0).min(self.total);
        while at > self.until && self.days_left > 0 {
            self.days_left -= 1;
            self.today = weight(self.days_left);
            self.until += self.today;
        }
        let share = (1.0 - (self.until - at) / self.today).clamp(0.0, 1.0);
        // From eight to six in UTC, which is the same day in the guild's zone.
        let seconds = TimeDelta::try_milliseconds((share * 36_000_000.0).round() as i64)?;
        let morning = town::day(self.days_left).and_time(NaiveTime::from_hms_opt(8, 0, 0)?);
        Some(morning.and_utc() + seconds)
    }
}

/// How much is given on a day, so many days before the last.
fn weight(days_ago: u32) -> f64 {
    let growth = 1.0 + 0.6 * f64::from(DAYS - days_ago) / f64::from(DAYS);
    if town::day(days_ago).weekday().number_from_monday() > 5 {
        0.03 * growth
    } else {
        growth
    }
}
