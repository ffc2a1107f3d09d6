//! When a review asks whether a metric is worth keeping.

use super::Decision;
use super::scoring::Colour;
use super::trend::{GREENS, REDS, streak};

/// Why it is asked whether to keep, change or retire a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// It was red so many times in a row, and nothing was decided about it meanwhile.
    Reds(usize),
    /// It was green so many times in a row, and that was not asked meanwhile.
    Greens(usize),
}

/// What is asked of a metric by the colours of its closed periods, `latest_first`, and by what was
/// decided, each with how many closed periods ago that was: after two reds in a row without an action or
/// another decision in them, and after six greens in a row without a decision in the last six.
#[must_use]
pub fn question(latest_first: &[Colour], decided: &[(usize, Decision)]) -> Option<Question> {
    let row = |colour| streak(latest_first.iter().copied(), colour);
    let is_decided_within = |periods: usize| decided.iter().any(|(ago, _)| *ago < periods);
    let (reds, greens) = (row(Colour::Red), row(Colour::Green));
    if reds >= REDS && !is_decided_within(reds) {
        Some(Question::Reds(reds))
    } else if greens >= GREENS && !is_decided_within(GREENS) {
        Some(Question::Greens(greens))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Colour::{Amber, Green, Grey, Red};

    #[test]
    fn two_reds_without_a_decision_ask_and_a_decision_within_them_is_an_answer() {
        assert_eq!(question(&[Red], &[]), None);
        assert_eq!(question(&[Red, Red], &[]), Some(Question::Reds(2)));
        assert_eq!(
            question(&[Red, Red, Red, Amber], &[]),
            Some(Question::Reds(3))
        );
        assert_eq!(question(&[Red, Red], &[(1, Decision::Act)]), None);
        assert_eq!(question(&[Red, Red], &[(0, Decision::Keep)]), None);
        assert_eq!(
            question(&[Red, Red, Green], &[(2, Decision::Act)]),
            Some(Question::Reds(2)),
            "that was of an earlier time"
        );
        assert_eq!(question(&[Grey, Red, Red], &[]), None);
    }

    #[test]
    fn six_greens_ask_once_in_six_periods() {
        assert_eq!(question(&[Green; 5], &[]), None);
        assert_eq!(question(&[Green; 6], &[]), Some(Question::Greens(6)));
        assert_eq!(question(&[Green; 9], &[(3, Decision::Keep)]), None);
        assert_eq!(
            question(&[Green; 12], &[(6, Decision::Keep)]),
            Some(Question::Greens(12))
        );
    }
}
