//! From values to positions.

/// The largest number that is drawn; beyond it lies no figure that a team has.
const LARGEST: f64 = 1e15;

/// The value, unless it is missing, not finite or absurd.
pub(super) fn plain(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.abs() <= LARGEST)
}

/// The least and the greatest of the values; `None` of none.
pub(super) fn extent(values: impl IntoIterator<Item = Option<f64>>) -> Option<(f64, f64)> {
    values
        .into_iter()
        .filter_map(plain)
        .fold(None, |found, value| match found {
            None => Some((value, value)),
            Some((low, high)) => Some((f64::min(low, value), f64::max(high, value))),
        })
}

/// A vertical axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
}

impl Axis {
    /// From `bottom` up to `top`, with a little air around the extent.
    pub(super) fn new(extent: Option<(f64, f64)>, air: f64, (top, bottom): (f64, f64)) -> Self {
        let (low, high) = extent.unwrap_or((0.0, 1.0));
        let spread = high - low;
        let around = if spread > 0.0 {
            spread * air
        } else {
            (low.abs() * 0.1).max(0.5)
        };
        Self {
            low: low - around,
            high: high + around,
            top,
            bottom,
        }
    }

    /// The position of a value, within the axis.
    pub(super) fn at(self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.bottom - share.clamp(0.0, 1.0) * (self.bottom - self.top)
    }

    /// Whether the axis holds the value.
    pub(super) fn holds(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// Round values between two, about `count` of them: 1, 2 or 5 times a power of ten apart.
pub(super) fn round_between(low: f64, high: f64, count: u32) -> Vec<f64> {
    let (Some(low), Some(high)) = (plain(Some(low)), plain(Some(high))) else {
        return Vec::new();
    };
    if count == 0 || low > high {
        return Vec::new();
    }
    if low == high {
        return vec![low];
    }
    let rough = (high - low) / f64::from(count);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or(rough);
    let first = (low / step).ceil();
    (0..=count)
        .map(|index| (first + f64::from(index)) * step)
        // A sum of steps misses round values by a hair.
        .map(|value| if value.abs() < step / 1e6 { 0.0 } else { value })
        .take_while(|value| *value <= high + step / 1e6)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(round_between(0.0, 100.0, 4), [0.0, 50.0, 100.0]);
        assert_eq!(round_between(71.0, 93.0, 5), [75.0, 80.0, 85.0, 90.0]);
        assert_eq!(round_between(-3.0, 3.0, 3), [-2.0, 0.0, 2.0]);
        assert_eq!(round_between(4.0, 4.0, 3), [4.0]);
        assert!(round_between(f64::NAN, 4.0, 3).is_empty());
    }

    #[test]
    fn a_value_beyond_the_axis_stays_at_its_end() {
        let axis = Axis::new(Some((0.0, 10.0)), 0.0, (0.0, 100.0));
        assert!((axis.at(5.0) - 50.0).abs() < 1e-9);
        assert!((axis.at(99.0) - 0.0).abs() < 1e-9);
        assert!((axis.at(-99.0) - 100.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn every_position_is_on_the_axis(values in prop::collection::vec(any::<f64>(), 0..20), value: f64) {
            let axis = Axis::new(extent(values.into_iter().map(Some)), 0.1, (10.0, 90.0));
            if let Some(value) = plain(Some(value)) {
                prop_assert!((10.0..=90.0).contains(&axis.at(value)));
            }
        }

        #[test]
        fn ticks_are_few_and_within(low: f64, high: f64, count in 0_u32..12) {
            let ticks = round_between(low, high, count);
            prop_assert!(ticks.len() <= count as usize + 1);
        }
    }
}
