//! When a metric is called red at a period's close, and when it has recovered.
//!
//! Each close has the colour that the period has by the definition of its own time. A green whose guard
//! is red counts as amber here: it is no recovery. The closes of the last periods, one after the other,
//! say how the metric stands ([`alerted`]): alarmed from its first red on, calm again after a green, or
//! after two ambers in a row; a missing one changes nothing. It is told once that it is alarmed, and
//! once that it is calm again.

use super::history::{History, Lens};
use super::scoring::Colour;
use super::trend::{News, alerted};
use super::{AlertState, Cadence};
use crate::time::Period;

/// How many closes are looked back at.
const CLOSES: usize = 12;

/// The colour of a period's close; `guard` is what is known of the metric's guard, with how often that
/// one is measured.
#[must_use]
pub fn closed_as(history: &History, guard: Option<(&History, Cadence)>, period: &Period) -> Colour {
    let own = colour(history, period);
    let guards = guard.and_then(|(history, cadence)| {
        let period = cadence.holding(period.last_day())?;
        Some(colour(history, &period))
    });
    match (own, guards) {
        (Colour::Green, Some(Colour::Red)) => Colour::Amber,
        (own, _) => own,
    }
}

fn colour(history: &History, period: &Period) -> Colour {
    let point = history.point(period);
    point.map_or(Colour::Grey, |point| {
        history.verdict(&point, Lens::OfItsTime).colour
    })
}

/// How a metric stands after the close of a period, with the colour of that close.
#[must_use]
pub fn standing(
    history: &History,
    guard: Option<(&History, Cadence)>,
    period: &Period,
) -> (AlertState, Colour) {
    let mut closes: Vec<Colour> = std::iter::successors(Some(*period), Period::previous)
        .take(CLOSES)
        .map(|period| closed_as(history, guard, &period))
        .collect();
    let last = closes.first().copied().unwrap_or(Colour::Grey);
    closes.reverse();
    let state = closes
        .into_iter()
        .fold(AlertState::Calm, |state, colour| alerted(state, colour).0);
    (state, last)
}

/// What is to be told of a metric that stands so; `was_told` that it is alarmed.
#[must_use]
pub const fn news((state, closed_as): (AlertState, Colour), was_told: bool) -> News {
    match (state, closed_as, was_told) {
        (AlertState::Alarmed, Colour::Red, false) => News::Red,
        (AlertState::Calm, _, true) => News::Recovered,
        _ => News::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::scorecard::rules::history::Point;
    use crate::scorecard::rules::value::Value;
    use crate::scorecard::rules::{Band, Better, Definition, Edges, Perspective, Timing, Unit};

    fn first() -> NaiveDate {
        "2026-01-01".parse().unwrap()
    }

    fn months(count: usize) -> Vec<Period> {
        let first = Cadence::Month.holding(first());
        std::iter::successors(first, Period::next)
            .take(count)
            .collect()
    }

    /// Green from 20, red below 10; one value a month, none for a gap.
    fn history(values: &[Option<i64>]) -> History {
        let band = Band::higher(Decimal::TEN, Decimal::from(20)).unwrap();
        let definition = Definition {
            name: "Demos".to_owned(),
            perspective: Perspective::Customer,
            unit: Unit::Count,
            ceiling: None,
            better: Better::Higher,
            edges: Edges::Fixed(band),
            weight: Decimal::ONE,
            timing: Timing::Leading,
            cadence: Cadence::Month,
            is_cumulative: false,
            why: None,
            action: None,
            may_drive: None,
            guard: None,
            is_active: true,
        };
        let points = months(values.len()).into_iter().zip(values);
        let points = points.filter_map(|(period, value)| {
            let value = Value::plain(Decimal::from((*value)?));
            Some(Point { period, value })
        });
        let history = History::new(vec![(first(), definition)]).unwrap();
        history.with_points(points.collect())
    }

    /// What is told, month by month.
    fn told(values: &[Option<i64>], guard: Option<&[Option<i64>]>) -> Vec<News> {
        let known = history(values);
        let guard = guard.map(history);
        let mut was_told = false;
        let mut all = Vec::new();
        for period in months(values.len()) {
            let guard = guard.as_ref().map(|guard| (guard, Cadence::Month));
            let news = news(standing(&known, guard, &period), was_told);
            match news {
                News::Red => was_told = true,
                News::Recovered => was_told = false,
                News::Nothing => {}
            }
            all.push(news);
        }
        all
    }

    #[test]
    fn a_red_is_told_once_and_its_recovery_once() {
        use News::{Nothing, Recovered, Red};
        let (red, amber, green) = (Some(5), Some(15), Some(25));
        assert_eq!(
            told(
                &[amber, red, red, None, red, amber, red, green, green],
                None
            ),
            [
                Nothing, Red, Nothing, Nothing, Nothing, Nothing, Nothing, Recovered, Nothing
            ]
        );
        assert_eq!(
            told(&[red, amber, amber, red], None),
            [Red, Nothing, Recovered, Red]
        );
    }

    #[test]
    fn a_green_whose_guard_is_red_is_no_recovery_by_itself() {
        use News::{Nothing, Recovered, Red};
        let (red, green) = (Some(5), Some(25));
        assert_eq!(
            told(&[red, green, green], Some(&[green, red, green])),
            [Red, Nothing, Recovered]
        );
    }

    proptest! {
        #[test]
        fn what_is_told_alternates_and_begins_with_a_red(
            values in prop::collection::vec(prop::option::of(0_i64..30), 1..12),
        ) {
            let all = told(&values, None);
            let said: Vec<News> = all.into_iter().filter(|news| *news != News::Nothing).collect();
            for (n, news) in said.iter().enumerate() {
                prop_assert_eq!(*news, if n % 2 == 0 { News::Red } else { News::Recovered });
            }
        }
    }
}
