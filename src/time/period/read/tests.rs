//! What people type for a period, and what they are told when it is none.

use super::*;

/// A Monday, in week 48.
const TODAY: &str = "2026-11-23";

fn read(text: &str, today: &str) -> Result<String, PeriodError> {
    Period::parse(text, today.parse().unwrap()).map(|period| period.key())
}

#[test]
fn what_people_type_is_read() {
    for (typed, key) in [
        ("2026-10", "2026-10"),
        ("2026/10", "2026-10"),
        ("10/2026", "2026-10"),
        ("2026-1", "2026-01"),
        ("october", "2026-10"),
        ("Oct 2026", "2026-10"),
        ("2026 oct", "2026-10"),
        ("december", "2025-12"),
        ("sept", "2026-09"),
        ("may", "2026-05"),
        ("2026-W42", "2026-W42"),
        ("2026w42", "2026-W42"),
        ("week 42", "2026-W42"),
        ("Week 42 of 2025", "2025-W42"),
        ("w50", "2025-W50"),
        ("2026-Q4", "2026-Q4"),
        ("Q3 2026", "2026-Q3"),
        ("q3", "2026-Q3"),
        ("q4", "2026-Q4"),
        ("2026q3", "2026-Q3"),
        ("2026", "2026"),
        ("today", "2026-11-23"),
        ("Yesterday", "2026-11-22"),
        ("tomorrow", "2026-11-24"),
        ("week", "2026-W48"),
        ("this week", "2026-W48"),
        ("last week", "2026-W47"),
        ("next week", "2026-W49"),
        ("month", "2026-11"),
        ("last month", "2026-10"),
        ("quarter", "2026-Q4"),
        ("last quarter", "2026-Q3"),
        ("year", "2026"),
        ("this year", "2026"),
        ("previous year", "2025"),
        ("all", "all"),
        ("ALL TIME", "all"),
        ("last 30 days", "2026-10-25..2026-11-23"),
        ("past 2 weeks", "2026-11-10..2026-11-23"),
        ("last 3 months", "2026-08-24..2026-11-23"),
        ("last 1 day", "2026-11-23"),
        ("2026-10-01", "2026-10-01"),
        ("1 October 2026", "2026-10-01"),
        ("Oct 1, 2026", "2026-10-01"),
        ("1 dec", "2025-12-01"),
        ("2026-10-01..2026-10-31", "2026-10-01..2026-10-31"),
        ("2026-10-01 to 2026-10-31", "2026-10-01..2026-10-31"),
        ("2026-10-01..2026-10-01", "2026-10-01"),
        ("2026-Q1..2026-Q2", "2026-01-01..2026-06-30"),
        ("1–20 Oct 2026", "2026-10-01..2026-10-20"),
        ("2027-01", "2027-01"),
    ] {
        assert_eq!(read(typed, TODAY).as_deref(), Ok(key), "{typed}");
    }
}

#[test]
fn what_names_no_year_means_the_latest_that_has_begun() {
    for (typed, today, key) in [
        ("october", "2026-02-02", "2025-10"),
        ("february", "2026-02-01", "2026-02"),
        ("q3", "2026-02-02", "2025-Q3"),
        ("w1", "2024-12-30", "2025-W01"),
        ("w53", "2026-02-02", "2020-W53"),
        ("29 feb", "2026-02-02", "2024-02-29"),
    ] {
        assert_eq!(read(typed, today).unwrap(), key, "{typed} on {today}");
    }
}

#[test]
fn the_year_of_a_week_is_its_iso_year() {
    for (today, key) in [("2027-01-01", "2026-W53"), ("2024-12-31", "2025-W01")] {
        assert_eq!(read("this week", today).unwrap(), key);
    }
}

#[test]
fn a_refusal_says_what_was_understood() {
    let refusals: Vec<String> = [
        "soon",
        "",
        "2026-13",
        "2026-W54",
        "2025-W53",
        "2026-Q5",
        "q9",
        "2026-02-30",
        "1815",
        "99999",
        "2026-10-31..2026-10-01",
        "last 0 days",
        "last 999999 weeks",
        "last 99999999999999999999 days",
        "all..2026",
        "@everyone",
    ]
    .into_iter()
    .map(|typed| read(typed, TODAY).unwrap_err().to_string())
    .collect();
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    I read no period in “soon”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.
    I read no period in “”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.
    I understood month 13 of 2026, which does not exist: a year has months 1 to 12.
    I understood week 54 of 2026, which does not exist: 2026 has weeks 1 to 53.
    I understood week 53 of 2025, which does not exist: 2025 has weeks 1 to 52.
    I understood quarter 5 of 2026, which does not exist: a year has quarters 1 to 4.
    I understood quarter 9 of 2026, which does not exist: a year has quarters 1 to 4.
    I understood day 30 of February 2026, which does not exist: it has days 1 to 28.
    The year 1815 is out of reach. Use one from 2000 to 2100.
    The year 99999 is out of reach. Use one from 2000 to 2100.
    I understood 2026-10-31 until 2026-10-01, which ends before it begins. Put the earlier one first.
    I cannot go 0 days back. Try “last 30 days” or “all”.
    I cannot go 999999 weeks back. Try “last 30 days” or “all”.
    I read no period in “last 99999999999999999999 days”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.
    I read no period in “all..2026”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.
    I read no period in “everyone”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.
    "#);
}
