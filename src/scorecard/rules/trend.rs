//! How a metric moves: against earlier periods, towards the end of a running one, and in a row.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::scoring::Colour;
use super::value::rounded;
use super::{AlertState, Band, Better};
use crate::time::Period;

/// Whether a change is for the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// It is.
    Better,
    /// It is not.
    Worse,
    /// Neither.
    Same,
}

/// Whether the way from one value to another is for the better. In a range the nearer to the green
/// the better; with no edges to tell, it is neither.
#[must_use]
pub fn course(from: Decimal, to: Decimal, better: Better, band: Option<&Band>) -> Course {
    let gain = match (better, band) {
        (Better::Higher, _) => to.cmp(&from),
        (Better::Lower, _) => from.cmp(&to),
        (Better::Range, Some(band)) => distance(from, band).cmp(&distance(to, band)),
        (Better::Range, None) => std::cmp::Ordering::Equal,
    };
    match gain {
        std::cmp::Ordering::Greater => Course::Better,
        std::cmp::Ordering::Less => Course::Worse,
        std::cmp::Ordering::Equal => Course::Same,
    }
}

/// How far a value lies outside the green.
fn distance(value: Decimal, band: &Band) -> Decimal {
    let below = band.low().map(|side| side.green - value);
    let above = band.high().map(|side| value - side.green);
    [below, above]
        .into_iter()
        .flatten()
        .fold(Decimal::ZERO, Decimal::max)
}

/// Where a cumulative metric stands at its period's end if it goes on at the pace so far: its value
/// divided by the share of the period's days that are over, today included. `None` before the
/// period, and after it, when there is nothing to forecast. For cumulative metrics alone; to be
/// marked as a forecast wherever it is shown.
#[must_use]
pub fn forecast(value: Decimal, period: Period, today: NaiveDate) -> Option<Decimal> {
    if !period.contains(today) {
        return None;
    }
    let days = |from: NaiveDate, until: NaiveDate| Decimal::from((until - from).num_days());
    let over = days(period.start(), today) + Decimal::ONE;
    let all = days(period.start(), period.end());
    if over >= all {
        return None;
    }
    Some(rounded(value.checked_mul(all)?.checked_div(over)?, 6))
}

/// How many of the latest in a row have this colour; `latest_first` without periods that are not
/// over. A grey one ends the row.
#[must_use]
pub fn streak(latest_first: impl IntoIterator<Item = Colour>, colour: Colour) -> usize {
    latest_first
        .into_iter()
        .take_while(|found| *found == colour)
        .count()
}

/// Reds in a row, with nothing decided about them, at which it is asked whether to keep the metric.
pub const REDS: usize = 2;

/// Greens in a row at which the same is asked.
pub const GREENS: usize = 6;

/// What is to be told at a period's close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Nothing.
    Nothing,
    /// It turned red.
    Red,
    /// It has recovered.
    Recovered,
}

/// What a period's close with this colour makes of the state so far, and what is to be told. It
/// turns red once; it has recovered when it is green, or amber for the second time in a row, so that
/// a value that wavers at an edge does not call again and again. Grey changes nothing.
#[must_use]
pub const fn alerted(state: AlertState, closed_as: Colour) -> (AlertState, News) {
    match (state, closed_as) {
        (state, Colour::Grey) => (state, News::Nothing),
        (AlertState::Calm, Colour::Red) => (AlertState::Alarmed, News::Red),
        (AlertState::Alarmed | AlertState::Recovering, Colour::Red) => {
            (AlertState::Alarmed, News::Nothing)
        }
        (AlertState::Alarmed, Colour::Amber) => (AlertState::Recovering, News::Nothing),
        (AlertState::Recovering, Colour::Amber)
        | (AlertState::Alarmed | AlertState::Recovering, Colour::Green) => {
            (AlertState::Calm, News::Recovered)
        }
        (AlertState::Calm, Colour::Amber | Colour::Green) => (AlertState::Calm, News::Nothing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn number(value: i64) -> Decimal {
        Decimal::from(value)
    }

    #[test]
    fn the_way_to_the_better_depends_on_the_direction() {
        let range = Band::range((number(35), number(85)), (number(50), number(70))).unwrap();
        let of = |from, to, better| course(number(from), number(to), better, Some(&range));
        assert_eq!(of(1, 2, Better::Higher), Course::Better);
        assert_eq!(of(1, 2, Better::Lower), Course::Worse);
        assert_eq!(of(40, 45, Better::Range), Course::Better);
        assert_eq!(of(75, 80, Better::Range), Course::Worse);
        assert_eq!(of(55, 65, Better::Range), Course::Same);
        assert_eq!(of(40, 80, Better::Range), Course::Same);
    }

    #[test]
    fn a_forecast_goes_on_at_the_pace_so_far() {
        let october = Period::parse("2026-10", day("2026-10-05")).unwrap();
        let at = |today: &str| forecast(number(10), october, day(today));
        assert_eq!(at("2026-10-01"), Some(number(310)));
        assert_eq!(at("2026-10-10"), Some(number(31)));
        assert_eq!(at("2026-10-31"), None);
        assert_eq!(at("2026-11-01"), None);
        assert_eq!(at("2026-09-30"), None);
    }

    #[test]
    fn a_streak_ends_at_the_first_other() {
        use Colour::{Amber, Green, Grey, Red};
        assert_eq!(streak([Red, Red, Amber, Red], Red), 2);
        assert_eq!(streak([Green, Grey, Green], Green), 1);
        assert_eq!(streak([], Red), 0);
    }

    #[test]
    fn a_value_that_wavers_at_the_edge_calls_once() {
        use Colour::{Amber, Green, Grey, Red};
        let mut state = AlertState::Calm;
        let mut told = Vec::new();
        for closed_as in [
            Amber, Red, Amber, Red, Grey, Red, Amber, Amber, Red, Green, Green,
        ] {
            let (next, news) = alerted(state, closed_as);
            state = next;
            told.push(news);
        }
        use News::{Nothing, Recovered};
        assert_eq!(
            told,
            [
                Nothing,
                News::Red,
                Nothing,
                Nothing,
                Nothing,
                Nothing,
                Nothing,
                Recovered,
                News::Red,
                Recovered,
                Nothing
            ]
        );
    }
}
