//! How long somebody was not seen, and how much of that they were there. Pure.

use chrono::{Days, NaiveDate};

/// A span of civil dates, both included.
type Span = (NaiveDate, NaiveDate);

/// How many of the days from `first` to `last`, both included, stand in any of the spans.
#[must_use]
pub fn days_away((first, last): Span, away: &[Span]) -> u32 {
    let mut spans = away.to_vec();
    spans.sort_unstable();
    let (mut next, mut days) = (first, 0);
    for (from, to) in spans {
        let (from, to) = (from.max(next), to.min(last));
        if from > to {
            continue;
        }
        days += length((from, to));
        let Some(after) = to.checked_add_days(Days::new(1)) else {
            break;
        };
        next = after;
    }
    days
}

/// How many days there are from `first` to `last`, both included.
#[must_use]
pub fn length((first, last): Span) -> u32 {
    u32::try_from((last - first).num_days() + 1).unwrap_or_default()
}

/// How many days have passed since somebody was thanked on `last`, those on which they were away left
/// out: a drought rests while they are.
#[must_use]
pub fn days_unseen(last: NaiveDate, today: NaiveDate, away: &[Span]) -> u32 {
    match last.checked_add_days(Days::new(1)) {
        Some(next) if next <= today => length((next, today)) - days_away((next, today), away),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_drought_rests_while_somebody_is_away() {
        let span = |from, to| (day(from), day(to));
        for (away, days) in [
            (vec![], 31),
            (vec![span("2026-11-10", "2026-11-12")], 28),
            // Before it, across its ends, twice the same days, and one within another.
            (vec![span("2026-01-01", "2026-02-01")], 31),
            (vec![span("2026-10-20", "2026-10-26")], 29),
            (vec![span("2026-11-24", "2026-12-24")], 30),
            (
                vec![
                    span("2026-11-12", "2026-11-13"),
                    span("2026-11-10", "2026-11-20"),
                    span("2026-11-15", "2026-11-15"),
                ],
                20,
            ),
            (vec![span("2026-10-01", "2026-12-01")], 0),
        ] {
            let unseen = days_unseen(day("2026-10-24"), day("2026-11-24"), &away);
            assert_eq!(unseen, days, "{away:?}");
        }
        assert_eq!(days_unseen(day("2026-11-24"), day("2026-11-24"), &[]), 0);
        assert_eq!(days_unseen(day("2026-11-25"), day("2026-11-24"), &[]), 0);
    }
}
