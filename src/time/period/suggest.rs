//! What to offer while somebody types a period.

use chrono::NaiveDate;

use super::{Kind, Period};

/// Discord takes at most this many choices.
const MOST: usize = 25;

/// At most 25 periods that fit what was typed so far, as (label, key), likeliest first: what the
/// text already names, then the usual ones, then the recent past. Labels are at most 100
/// characters.
#[must_use]
pub fn suggest(typed: &str, today: NaiveDate) -> Vec<(String, String)> {
    let lower = typed.trim().to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mut offered: Vec<(String, String)> = Vec::with_capacity(MOST);
    if let Ok(named) = Period::parse(typed, today) {
        offered.push((named.label(), named.key()));
    }
    for (label, period) in usual(today).into_iter().chain(recent(today)) {
        if offered.len() == MOST {
            break;
        }
        let key = period.key();
        let searched = format!("{label} {key}").to_lowercase();
        if !words.iter().all(|word| searched.contains(word)) {
            continue;
        }
        // The friendlier label ("Last month: October 2026") takes the place of the plain one.
        match offered.iter_mut().find(|(_, known)| *known == key) {
            Some(known) if known.0.len() < label.len() => known.0 = label,
            Some(_) => {}
            None => offered.push((label, key)),
        }
    }
    offered
}

/// The ones that people ask for.
fn usual(today: NaiveDate) -> Vec<(String, Period)> {
    [
        "This week",
        "Last week",
        "This month",
        "Last month",
        "This quarter",
        "Last quarter",
        "This year",
        "Last year",
        "Last 30 days",
        "All time",
        "Today",
        "Yesterday",
    ]
    .into_iter()
    .filter_map(|words| {
        let period = Period::parse(words, today).ok()?;
        let label = if period.kind() == Kind::All {
            words.to_owned()
        } else {
            format!("{words}: {}", period.label())
        };
        Some((label, period))
    })
    .collect()
}

/// The twelve months, eight quarters, eight weeks and three years before the current ones.
fn recent(today: NaiveDate) -> Vec<(String, Period)> {
    [
        (Kind::Month, 12),
        (Kind::Quarter, 8),
        (Kind::Week, 8),
        (Kind::Year, 3),
    ]
    .into_iter()
    .flat_map(|(kind, count)| {
        std::iter::successors(Period::holding(kind, today), Period::previous)
            .skip(1)
            .take(count)
    })
    .map(|period| (period.label(), period))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(typed: &str) -> Vec<String> {
        suggest(typed, "2026-11-23".parse().unwrap())
            .into_iter()
            .map(|(label, key)| format!("{label} = {key}"))
            .collect()
    }

    #[test]
    fn nothing_typed_offers_the_usual_ones_first() {
        let all = offered("");
        assert_eq!(all.len(), 25);
        insta::assert_snapshot!(all.get(..13).unwrap().join("\n"), @r#"
        This week: week 48 of 2026 (23–29 Nov) = 2026-W48
        Last week: week 47 of 2026 (16–22 Nov) = 2026-W47
        This month: November 2026 = 2026-11
        Last month: October 2026 = 2026-10
        This quarter: Q4 2026 = 2026-Q4
        Last quarter: Q3 2026 = 2026-Q3
        This year: 2026 = 2026
        Last year: 2025 = 2025
        Last 30 days: 25 Oct – 23 Nov 2026 = 2026-10-25..2026-11-23
        All time = all
        Today: 23 November 2026 = 2026-11-23
        Yesterday: 22 November 2026 = 2026-11-22
        September 2026 = 2026-09
        "#);
    }

    #[test]
    fn what_is_typed_narrows_the_choice() {
        insta::assert_snapshot!(offered("oct").join("\n"), @r#"
        Last month: October 2026 = 2026-10
        Last 30 days: 25 Oct – 23 Nov 2026 = 2026-10-25..2026-11-23
        week 44 of 2026 (26 Oct – 1 Nov) = 2026-W44
        week 43 of 2026 (19–25 Oct) = 2026-W43
        week 42 of 2026 (12–18 Oct) = 2026-W42
        week 41 of 2026 (5–11 Oct) = 2026-W41
        week 40 of 2026 (28 Sep – 4 Oct) = 2026-W40
        "#);
        insta::assert_snapshot!(offered("last q").join("\n"), @"Last quarter: Q3 2026 = 2026-Q3");
        insta::assert_snapshot!(offered("2026-W42").join("\n"), @"week 42 of 2026 (12–18 Oct) = 2026-W42");
        assert!(offered("zebra").is_empty());
    }
}
