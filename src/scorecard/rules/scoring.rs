//! Judging a value: its colour and its score, after the scorecard's own rule.
//!
//! A metric has a red edge R and a green edge G. `score = clamp(10/3 · (1 + (v − R)/(G − R)), 0, 10)`,
//! so R scores 3⅓ and G 6⅔, in either direction; it is the linear scale between "poor" and "good"
//! thirds of ten that balanced-scorecard tools commonly use, and the product's page fixes it. A
//! range takes the lower score of its two sides. The colour is compared with the edges, never with a
//! rounded score: at G or better green; worse than R red; between, R included, amber.

use rust_decimal::Decimal;

use super::{Band, Better, Side};

/// How good a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// Worse than the red edge.
    Red,
    /// Between the edges, or on the red one.
    Amber,
    /// On the green edge or better.
    Green,
    /// There is no reading, or nothing to judge it by. Never counted as zero.
    Grey,
}

impl Colour {
    /// The word that always stands beside the colour.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
            Self::Grey => "grey",
        }
    }

    /// The glyph that always stands beside the colour; each has a shape of its own.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Red => "▼",
            Self::Amber => "◆",
            Self::Green => "●",
            Self::Grey => "○",
        }
    }
}

/// The colour of a value between its edges.
#[must_use]
pub fn colour(value: Decimal, band: &Band) -> Colour {
    let below = |side: Side| of_side(value < side.red, value >= side.green);
    let above = |side: Side| of_side(value > side.red, value <= side.green);
    let sides = [band.low().map(below), band.high().map(above)];
    sides.into_iter().flatten().min().unwrap_or(Colour::Grey)
}

const fn of_side(is_worse_than_red: bool, is_green: bool) -> Colour {
    match (is_worse_than_red, is_green) {
        (true, _) => Colour::Red,
        (_, true) => Colour::Green,
        (false, false) => Colour::Amber,
    }
}

/// The score of a value between its edges, from 0 to 10.
#[must_use]
pub fn score(value: Decimal, band: &Band) -> Decimal {
    let sides = [band.low(), band.high()];
    let scores = sides
        .into_iter()
        .flatten()
        .map(|side| of_edges(value, side));
    scores.min().unwrap_or_default()
}

/// 10/3 · (1 + (v − R)/(G − R)), as one division so that nothing is rounded before it.
fn of_edges(value: Decimal, side: Side) -> Decimal {
    let width = side.green - side.red;
    let way = (value - side.red) + width;
    let exact = way
        .checked_mul(Decimal::TEN)
        .zip(width.checked_mul(Decimal::from(3)))
        .and_then(|(part, whole)| part.checked_div(whole));
    // So far beyond the edges that it cannot be computed: it is at one of the ends.
    let far = if way.is_sign_negative() == width.is_sign_negative() {
        Decimal::TEN
    } else {
        Decimal::ZERO
    };
    exact.unwrap_or(far).clamp(Decimal::ZERO, Decimal::TEN)
}

/// The edges that follow from the first two periods: green is their mean, red a tenth of it worse.
/// `None` for a range, and of a mean of 0, which leaves no room between the edges.
#[must_use]
pub fn baseline(first: Decimal, second: Decimal, better: Better) -> Option<Band> {
    let mean = (first + second) / Decimal::TWO;
    let tenth = mean.abs() / Decimal::TEN;
    match better {
        Better::Higher => Band::higher(mean - tenth, mean).ok(),
        Better::Lower => Band::lower(mean + tenth, mean).ok(),
        Better::Range => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn higher(red: &str, green: &str) -> Band {
        Band::higher(number(red), number(green)).unwrap()
    }

    #[test]
    fn the_edges_score_a_third_and_two_thirds_of_ten() {
        let band = higher("60", "80");
        for (value, rounded, expected) in [
            ("39", "0", Colour::Red),
            ("40", "0", Colour::Red),
            ("50", "1.67", Colour::Red),
            ("59.999999", "3.33", Colour::Red),
            ("60", "3.33", Colour::Amber),
            ("70", "5", Colour::Amber),
            ("79.999999", "6.67", Colour::Amber),
            ("80", "6.67", Colour::Green),
            ("100", "10", Colour::Green),
            ("500", "10", Colour::Green),
        ] {
            let value = number(value);
            assert_eq!(score(value, &band).round_dp(2).normalize(), number(rounded));
            assert_eq!(colour(value, &band), expected, "{value}");
        }
    }

    #[test]
    fn a_range_takes_the_lower_of_its_two_sides() {
        let band = Band::range((number("35"), number("85")), (number("50"), number("70"))).unwrap();
        for (value, expected) in [
            ("34", Colour::Red),
            ("35", Colour::Amber),
            ("50", Colour::Green),
            ("60", Colour::Green),
            ("70", Colour::Green),
            ("71", Colour::Amber),
            ("85", Colour::Amber),
            ("85.1", Colour::Red),
        ] {
            assert_eq!(colour(number(value), &band), expected, "{value}");
        }
        assert_eq!(score(number("35"), &band), score(number("85"), &band));
        assert!(score(number("60"), &band) > score(number("70"), &band));
    }

    #[test]
    fn a_baseline_is_the_mean_of_two_periods_and_a_tenth_below_it() {
        let band = baseline(number("40"), number("60"), Better::Higher).unwrap();
        assert_eq!(band, higher("45", "50"));
        let band = baseline(number("40"), number("60"), Better::Lower).unwrap();
        assert_eq!(band, Band::lower(number("55"), number("50")).unwrap());
        let loss = baseline(number("-40"), number("-60"), Better::Higher).unwrap();
        assert_eq!(loss, higher("-55", "-50"));
        assert_eq!(baseline(number("5"), number("-5"), Better::Higher), None);
    }

    #[test]
    fn edges_of_a_share_follow_the_target() {
        let band = higher("85", "100");
        assert_eq!(band.of_target(number("6")), Some(higher("5.1", "6")));
        assert_eq!(band.of_target(Decimal::ZERO), None);
    }

    fn amount() -> impl Strategy<Value = Decimal> {
        (-1_000_000_000_i64..1_000_000_000, 0_u32..4).prop_map(|(n, scale)| Decimal::new(n, scale))
    }

    fn two_edges() -> impl Strategy<Value = (Decimal, Decimal)> {
        (amount(), amount())
            .prop_filter("they differ", |(one, other)| one != other)
            .prop_map(|(one, other)| (one.min(other), one.max(other)))
    }

    proptest! {
        #[test]
        fn a_better_value_never_scores_less((red, green) in two_edges(), one in amount(), other in amount()) {
            let band = Band::higher(red, green).unwrap();
            let (worse, better) = (one.min(other), one.max(other));
            prop_assert!(score(worse, &band) <= score(better, &band));
            prop_assert!(colour(worse, &band) <= colour(better, &band));
        }

        #[test]
        fn both_directions_are_mirrors((red, green) in two_edges(), value in amount()) {
            let up = Band::higher(red, green).unwrap();
            let down = Band::lower(-red, -green).unwrap();
            prop_assert_eq!(score(value, &up), score(-value, &down));
            prop_assert_eq!(colour(value, &up), colour(-value, &down));
        }

        #[test]
        fn edges_are_exact((red, green) in two_edges()) {
            let band = Band::higher(red, green).unwrap();
            let third = Decimal::TEN / Decimal::from(3);
            let smallest = Decimal::new(1, 6);
            prop_assert_eq!(score(red, &band).round_dp(20), third.round_dp(20));
            prop_assert_eq!(score(green, &band).round_dp(20), (third * Decimal::TWO).round_dp(20));
            prop_assert_eq!(colour(red, &band), Colour::Amber);
            prop_assert_eq!(colour(red - smallest, &band), Colour::Red);
            prop_assert_eq!(colour(green, &band), Colour::Green);
            prop_assert_eq!(colour(green - smallest, &band), Colour::Amber);
        }

        #[test]
        fn any_value_scores_between_nothing_and_ten(
            (red, green) in two_edges(),
            value in -999_999_999_999_999_i64..999_999_999_999_999,
        ) {
            let score = score(Decimal::from(value), &Band::higher(red, green).unwrap());
            prop_assert!(Decimal::ZERO <= score && score <= Decimal::TEN);
        }
    }
}
