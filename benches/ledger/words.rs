//! Praise as people write it: mostly the same few words, now and then one that hardly anybody uses.

use rand::Rng;
use rand::distr::Distribution;
use rand::distr::weighted::{Error, WeightedIndex};
use rand::rngs::StdRng;

const OPENERS: [&str; 12] = [
    "thanks for",
    "thank you so much for",
    "for",
    "great work on",
    "huge help with",
    "calm and prepared in",
    "saved the day with",
    "kudos for",
    "really appreciated",
    "nobody else would have managed",
    "stayed late for",
    "what a start to the week:",
];

const THINGS: [&str; 20] = [
    "the demo",
    "the customer call",
    "the proof of concept",
    "the security questionnaire",
    "the workshop",
    "the slides",
    "the discovery call",
    "the handover to support",
    "the pricing review",
    "the architecture diagram",
    "the onboarding of the new colleague",
    "the bug report with a reproduction",
    "the tender",
    "the benchmark",
    "the integration",
    "the reference story",
    "the rehearsal",
    "the migration plan",
    "the roadmap session",
    "the late fix in the lab",
];

const OUTCOMES: [&str; 16] = [
    "every question got an answer",
    "they want to go on with us",
    "the deal is back on track",
    "we all learned something",
    "I could take a day off without worry",
    "the whole team has it in the wiki now",
    "it took half of the time",
    "procurement had nothing left to ask",
    "even the sceptics smiled",
    "the lab runs again",
    "sales knows what to promise and what not",
    "the feedback was honest and kind",
    "nobody had to work at the weekend",
    "the numbers finally add up",
    "the next step has a date",
    "that was not your job and you did it anyway",
];

/// Syllables of customers' names: some thousands of words, each in few texts.
const FIRST: [&str; 16] = [
    "Nor", "Vel", "Kar", "Tam", "Sol", "Bry", "Cor", "Del", "Fen", "Gal", "Hal", "Jor", "Lum",
    "Mer", "Pel", "Quin",
];
const MIDDLE: [&str; 16] = [
    "a", "an", "be", "co", "da", "el", "fi", "ga", "in", "lo", "ma", "ne", "or", "ra", "ti", "u",
];
const LAST: [&str; 12] = [
    "bank", "chem", "corp", "dyne", "form", "gas", "gen", "mark", "net", "soft", "tech", "works",
];

/// How many customers there are.
pub(super) const CUSTOMERS: usize = FIRST.len() * MIDDLE.len() * LAST.len();

/// The name of a customer; the first ones are the most talked of.
pub(super) fn customer(n: usize) -> String {
    // A stride that shares no factor with the number of names visits them all.
    let n = n * 1_213 % CUSTOMERS;
    let of = |list: &'static [&str], at: usize| list.get(at % list.len()).copied().unwrap_or("");
    format!(
        "{}{}{}",
        of(&FIRST, n),
        of(&MIDDLE, n / FIRST.len()),
        of(&LAST, n / FIRST.len() / MIDDLE.len())
    )
}

/// What there is to say, and how often each part of it is said.
pub(super) struct Words {
    openers: WeightedIndex<f64>,
    things: WeightedIndex<f64>,
    outcomes: WeightedIndex<f64>,
    customers: WeightedIndex<f64>,
}

impl Words {
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Self {
            openers: skewed(OPENERS.len(), 0.9)?,
            things: skewed(THINGS.len(), 0.9)?,
            outcomes: skewed(OUTCOMES.len(), 0.6)?,
            customers: skewed(CUSTOMERS, 1.0)?,
        })
    }

    /// One text.
    pub(super) fn praise(&self, rng: &mut StdRng) -> String {
        let mut text = part(&OPENERS, &self.openers, rng).to_owned();
        let mut say = |words: &str| {
            text.push(' ');
            text.push_str(words);
        };
        say(part(&THINGS, &self.things, rng));
        if rng.random_bool(0.5) {
            say("at");
            say(&customer(self.customers.sample(rng)));
        }
        if rng.random_bool(0.7) {
            say("–");
            say(part(&OUTCOMES, &self.outcomes, rng));
        }
        if rng.random_bool(0.1) {
            say("(ticket");
            say(&format!("SE-{})", rng.random_range(100..100_000)));
        }
        text
    }
}

fn part(list: &[&'static str], weights: &WeightedIndex<f64>, rng: &mut StdRng) -> &'static str {
    list.get(weights.sample(rng)).copied().unwrap_or_default()
}

/// Weights that fall with the rank, as word counts do: Zipf's law with this exponent.
pub(super) fn skewed(count: usize, exponent: f64) -> Result<WeightedIndex<f64>, Error> {
    let ranks = (1..=u32::try_from(count).unwrap_or(u32::MAX)).map(f64::from);
    WeightedIndex::new(ranks.map(|rank| rank.powf(-exponent)))
}
