//! Pictures that show all there is: a team's quarter, its beginning, and what people might type.

mod cards;
mod trends;

use bellwether::render::chart::{Picture, Undrawable, card, trend};

pub(crate) use cards::quarter;

/// What draws one of them.
pub(crate) type Draw = fn() -> Result<Picture, Undrawable>;

/// Every sample by the name of its file.
pub(crate) const ALL: [(&str, Draw); 11] = [
    ("card", || card(&quarter(13))),
    ("card-beginning", || card(&cards::beginning())),
    ("card-beside", || card(&cards::beside())),
    ("card-odd", || card(&cards::odd_card())),
    ("trend", || trend(&trends::recovering())),
    ("trend-compared", || trend(&trends::compared())),
    ("trend-range", || trend(&trends::range())),
    ("trend-years", || trend(&trends::years())),
    ("trend-one", || trend(&trends::one_reading())),
    ("trend-empty", || trend(&trends::no_reading())),
    ("trend-odd", || trend(&trends::odd_trend())),
];

/// Positions with a slope and some noise that is the same every time.
fn past(count: usize, from: f64, to: f64, seed: u32) -> Vec<Option<f64>> {
    let mut noise = seed.wrapping_mul(2_654_435_761) | 1;
    let last = f64::from(u32::try_from(count.max(2) - 1).unwrap_or(u32::MAX));
    (0..u32::try_from(count).unwrap_or(u32::MAX))
        .map(|index| {
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            let jitter = f64::from(noise % 1_000) / 1_000.0 - 0.5;
            let share = f64::from(index) / last;
            Some(from + (to - from) * share + (to - from).abs().max(1.0) * 0.35 * jitter)
        })
        .collect()
}
