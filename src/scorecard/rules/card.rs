//! The card: perspectives as weighted means of their metrics, the card as the mean of its
//! perspectives, each with its confidence.

use std::fmt;

use rust_decimal::Decimal;

use super::history::{Freshness, Judged};
use super::scoring::Colour;

/// The share of the weight that has to be scored for a score, in per cent.
pub const ENOUGH: u32 = 60;

/// What one metric brings to its perspective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its weight.
    pub weight: Decimal,
    /// Its score; none if it has no reading or cannot be judged.
    pub score: Option<Decimal>,
    /// Whether its reading is of an earlier period than it should be.
    pub is_stale: bool,
}

impl Part {
    /// The part of a judged metric.
    #[must_use]
    pub fn of(judged: &Judged, weight: Decimal) -> Self {
        Self {
            weight,
            score: judged.verdict.score,
            is_stale: judged.freshness == Freshness::Stale,
        }
    }
}

/// A score, with what it is worth. Shown together: "6.9 from 5 of 7, one stale".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// From 0 to 10; none if less than [`ENOUGH`] of the weight is scored.
    pub value: Option<Decimal>,
    /// How many metrics are in it.
    pub counted: usize,
    /// How many there are that should be.
    pub of: usize,
    /// How many of the counted ones are stale.
    pub stale: usize,
    /// The share of the weight that is scored, from 0 to 1.
    share: Decimal,
}

/// The score of a perspective by its active metrics: their weighted mean.
#[must_use]
pub fn perspective(parts: &[Part]) -> Score {
    let scored: Vec<(&Part, Decimal)> = parts
        .iter()
        .filter_map(|part| Some((part, part.score?)))
        .collect();
    let all: Decimal = parts.iter().map(|part| part.weight).sum();
    let weight: Decimal = scored.iter().map(|(part, _)| part.weight).sum();
    let sum: Decimal = scored.iter().map(|(part, score)| part.weight * score).sum();
    let share = weight.checked_div(all).unwrap_or_default();
    Score {
        value: is_enough(share).then(|| sum.checked_div(weight)).flatten(),
        counted: scored.len(),
        of: parts.len(),
        stale: scored.iter().filter(|(part, _)| part.is_stale).count(),
        share,
    }
}

/// The score of the card: the mean of the perspectives that have a score, if of all perspectives
/// with metrics, each weighing the same, [`ENOUGH`] is scored.
#[must_use]
pub fn card(perspectives: &[Score]) -> Score {
    let there: Vec<&Score> = perspectives.iter().filter(|one| one.of > 0).collect();
    let values: Vec<Decimal> = there.iter().filter_map(|one| one.value).collect();
    let mean = |sum: Decimal, count: usize| sum.checked_div(Decimal::from(count));
    let share = mean(there.iter().map(|one| one.share).sum(), there.len()).unwrap_or_default();
    Score {
        value: is_enough(share)
            .then(|| mean(values.iter().sum(), values.len()))
            .flatten(),
        counted: there.iter().map(|one| one.counted).sum(),
        of: there.iter().map(|one| one.of).sum(),
        stale: there.iter().map(|one| one.stale).sum(),
        share,
    }
}

fn is_enough(share: Decimal) -> bool {
    share * Decimal::ONE_HUNDRED >= Decimal::from(ENOUGH)
}

impl Score {
    /// Its colour: a third of ten is where amber begins, two thirds where green does, as they are for
    /// each metric; what a third of ten loses as a decimal does not count. Grey without a score.
    #[must_use]
    pub fn colour(&self) -> Colour {
        match (self.value).map(|value| (value * Decimal::from(3)).round_dp(20)) {
            None => Colour::Grey,
            Some(thrice) if thrice >= Decimal::from(20) => Colour::Green,
            Some(thrice) if thrice >= Decimal::TEN => Colour::Amber,
            Some(_) => Colour::Red,
        }
    }

    /// "6.9"; "no score" without one.
    #[must_use]
    pub fn figure(&self) -> String {
        match self.value {
            Some(value) => format!("{:.1}", value.round_dp(1)),
            None => "no score".to_owned(),
        }
    }

    /// "from 5 of 7, one stale".
    #[must_use]
    pub fn confidence(&self) -> String {
        let text = format!("from {} of {}", self.counted, self.of);
        match self.stale {
            0 => text,
            1 => format!("{text}, one stale"),
            stale => format!("{text}, {stale} stale"),
        }
    }
}

impl fmt::Display for Score {
    /// "6.9 from 5 of 7, one stale", "no score from 2 of 7".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.figure(), self.confidence())
    }
}

/// What a guard makes of a metric's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarded {
    /// The colour is what it seems.
    Plain,
    /// It is green while its guard is red: to be shown as a green with a doubt, and why.
    InDoubt,
}

/// A metric's colour beside that of its guard.
#[must_use]
pub const fn guarded(own: Colour, guard: Colour) -> Guarded {
    match (own, guard) {
        (Colour::Green, Colour::Red) => Guarded::InDoubt,
        _ => Guarded::Plain,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(weight: i64, score: Option<&str>) -> Part {
        Part {
            weight: Decimal::from(weight),
            score: score.map(|score| score.parse().unwrap()),
            is_stale: false,
        }
    }

    #[test]
    fn a_perspective_is_the_weighted_mean_of_what_is_there() {
        let parts = [part(3, Some("8")), part(1, Some("4")), part(1, None)];
        assert_eq!(perspective(&parts).to_string(), "7.0 from 2 of 3");
    }

    #[test]
    fn under_three_fifths_of_the_weight_there_is_no_score() {
        let parts = [part(59, Some("8")), part(41, None)];
        assert_eq!(perspective(&parts).to_string(), "no score from 1 of 2");
        let parts = [part(60, Some("8")), part(40, None)];
        assert_eq!(perspective(&parts).to_string(), "8.0 from 1 of 2");
        assert_eq!(perspective(&[]).to_string(), "no score from 0 of 0");
    }

    #[test]
    fn the_card_is_the_mean_of_its_perspectives_with_its_confidence() {
        let stale = Part {
            is_stale: true,
            ..part(1, Some("6"))
        };
        let people = perspective(&[part(1, Some("10")), stale]);
        let money = perspective(&[part(1, Some("5")), part(1, Some("5")), part(1, None)]);
        let nothing = perspective(&[]);
        let card = card(&[people, money, nothing]);
        assert_eq!(card.to_string(), "6.5 from 4 of 5, one stale");
    }

    #[test]
    fn a_score_is_coloured_by_its_thirds() {
        let of = |score: &str| perspective(&[part(1, Some(score))]).colour();
        assert_eq!(of("6.7"), Colour::Green);
        assert_eq!(of("6.66"), Colour::Amber);
        assert_eq!(of("3.34"), Colour::Amber);
        assert_eq!(of("3.33"), Colour::Red);
        let third = (Decimal::TEN / Decimal::from(3)).to_string();
        assert_eq!(of(&third), Colour::Amber, "a red edge is amber");
        assert_eq!(perspective(&[]).colour(), Colour::Grey);
    }

    #[test]
    fn a_green_beside_a_red_guard_is_in_doubt() {
        assert_eq!(guarded(Colour::Green, Colour::Red), Guarded::InDoubt);
        assert_eq!(guarded(Colour::Green, Colour::Grey), Guarded::Plain);
        assert_eq!(guarded(Colour::Amber, Colour::Red), Guarded::Plain);
    }

    proptest! {
        #[test]
        fn a_mean_lies_between_its_parts(parts in prop::collection::vec((1_i64..100, 0_i64..=100), 1..12)) {
            let parts: Vec<Part> = parts
                .into_iter()
                .map(|(weight, score)| Part {
                    weight: Decimal::from(weight),
                    score: Some(Decimal::new(score, 1)),
                    is_stale: false,
                })
                .collect();
            let value = perspective(&parts).value.unwrap().round_dp(9);
            let scores = || parts.iter().filter_map(|part| part.score);
            prop_assert!(scores().min().unwrap() <= value && value <= scores().max().unwrap());
        }
    }
}
