//! What is read, what is refused and in which words.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::super::show;
use super::*;
use crate::scorecard::rules::Band;
use crate::time::Period;

const EUR: Unit = Unit::Currency(*b"EUR");

fn share() -> Measure {
    Measure {
        unit: Unit::Percent,
        ceiling: Some(Decimal::ONE_HUNDRED),
    }
}

fn shown(typed: &str, measure: Measure) -> String {
    match read(typed, measure) {
        Ok(value) => show::value(&value, measure.unit),
        Err(why) => why.to_string(),
    }
}

#[test]
fn values_are_read_as_people_type_them() {
    let cases: &[(&str, Unit, &str)] = &[
        ("82%", Unit::Percent, "82 %"),
        ("82 %", Unit::Percent, "82 %"),
        (" 82,5 % ", Unit::Percent, "82.5 %"),
        ("82 percent", Unit::Percent, "82 %"),
        ("0.82%", Unit::Percent, "0.8 %"),
        ("120", Unit::Percent, "120 %"),
        ("-4%", Unit::Percent, "−4 %"),
        ("7/9", Unit::Percent, "78 % (7 of 9)"),
        ("7 of 9", Unit::Percent, "78 % (7 of 9)"),
        ("7 out of 9", Unit::Percent, "78 % (7 of 9)"),
        ("0/9", Unit::Percent, "0 % (0 of 9)"),
        ("1.2k", Unit::Count, "1,200"),
        ("1,250", Unit::Count, "1,250"),
        ("1.250", Unit::Count, "1,250"),
        ("12", Unit::Count, "12"),
        ("€1.5m", EUR, "€1,500,000"),
        ("1.5m €", EUR, "€1,500,000"),
        ("EUR 1.5 million", EUR, "€1,500,000"),
        ("1.5 mn eur", EUR, "€1,500,000"),
        ("1,250.50", EUR, "€1,251"),
        ("1.250,50", EUR, "€1,251"),
        ("1 250,50 €", EUR, "€1,251"),
        ("1'250.50", EUR, "€1,251"),
        ("1,250,500", EUR, "€1,250,500"),
        ("980.5", EUR, "€980.5"),
        ("-€5", EUR, "−€5"),
        ("€-5", EUR, "−€5"),
        ("3 days", Unit::Days, "3 days"),
        ("1 day", Unit::Days, "1 day"),
        ("2h", Unit::Hours, "2 h"),
        ("90 min", Unit::Hours, "1.5 h"),
        ("4.2", Unit::OneToFive, "4.2"),
        ("4.250", Unit::OneToFive, "4.25"),
        ("4,2", Unit::OneToFive, "4.2"),
        ("4.2/5", Unit::OneToFive, "4.2"),
        ("45/10", Unit::OneToFive, "4.5 (45 / 10)"),
        ("3x", Unit::Ratio, "3"),
        ("12/5", Unit::Ratio, "2.4 (12 / 5)"),
        ("15 points", Unit::Points, "15 points"),
        ("−15", Unit::Points, "−15 points"),
        ("3,000,000/4", EUR, "€750,000 (3,000,000 / 4)"),
    ];
    for (typed, unit, expected) in cases {
        assert_eq!(shown(typed, Measure::of(*unit)), *expected, "{typed}");
    }
    assert_eq!(shown("1.250", share()), "1.3 %", "1250 % is no share");
}

#[test]
fn what_is_ambiguous_or_impossible_is_refused_with_what_was_understood() {
    let of = Measure::of;
    for (typed, measure) in [
        ("1,250", of(EUR)),
        ("1.250", of(Unit::Hours)),
        ("0.82", share()),
        ("5/5", of(Unit::OneToFive)),
        ("7/0", share()),
        ("120%", share()),
        ("9/7", share()),
        ("-1%", share()),
        ("6", of(Unit::OneToFive)),
        ("2.5", of(Unit::Count)),
        ("-2", of(Unit::Count)),
        ("7/9", of(Unit::Count)),
        ("2h", of(Unit::Days)),
        ("3 days", of(Unit::Hours)),
        ("90m", of(Unit::Hours)),
        ("$5", of(EUR)),
        ("5 usd", of(EUR)),
        ("€5", of(Unit::Count)),
        ("82%", of(Unit::Hours)),
        ("NaN", of(Unit::Ratio)),
        ("inf", of(Unit::Ratio)),
        ("1e999", of(Unit::Ratio)),
        ("123456789012345678901234567890", of(Unit::Count)),
        ("1.1234567", of(Unit::Ratio)),
        ("1,25,000", of(EUR)),
        ("1 2", of(Unit::Count)),
        ("**@everyone** 4", of(Unit::Count)),
        ("", of(Unit::Count)),
        ("/", of(Unit::Percent)),
        (".", of(Unit::Percent)),
    ] {
        let refused = read(typed, measure).expect_err(typed).to_string();
        assert!(!refused.contains(['*', '@', '`']), "{refused}");
    }
    insta::assert_snapshot!(
        [
            shown("1,250", of(EUR)),
            shown("0.82", share()),
            shown("7/0", share()),
            shown("120%", share()),
            shown("9/7", share()),
            shown("6", of(Unit::OneToFive)),
            shown("2h", of(Unit::Days)),
            shown("$5", of(EUR)),
            shown("a lot", of(Unit::Count)),
        ]
        .join("\n"),
        @r#"
“1,250” could mean 1,250 or 1.25. Type “1250” or “1.25”.
I cannot tell whether that is 0.82 % or 82 %. Type “0.82%” or “82%”.
I understood 7 of 0, and nothing can be divided by 0. If there was nothing to count, leave the period without a reading.
I understood 120, and this metric cannot exceed 100.
I understood 9 of 7, which is more than all of them. Check which number comes first.
I understood 6, and this metric goes from 1 to 5. Type one such as “4.2”.
I understood hours, and this metric is measured in days. Type it in days.
I understood $, and this metric is measured in EUR. Type it in EUR.
I read no number in “a lot”. Type one such as “82%”, “1.2k”, “1250.50” or “7/9”.
"#
    );
}

#[test]
fn a_difference_carries_its_sign_and_its_unit() {
    let of = |text: &str, unit| show::change(text.parse().unwrap(), unit);
    assert_eq!(of("3", Unit::Percent), "+3 points");
    assert_eq!(of("-1", Unit::Percent), "−1 point");
    assert_eq!(of("-1.5", Unit::Hours), "−1.5 h");
    assert_eq!(of("0.01", Unit::Percent), "±0");
    assert_eq!(of("1250", EUR), "+€1,250");
}

#[test]
fn where_room_is_short_numbers_are_cut_to_size() {
    let of = |text: &str, unit| show::short(text.parse().unwrap(), unit);
    assert_eq!(of("1250500", EUR), "€1.3m");
    assert_eq!(of("12345", Unit::Count), "12.3k");
    assert_eq!(of("9999", Unit::Count), "9,999");
    assert_eq!(of("77.777778", Unit::Percent), "77.8 %");
    assert_eq!(of("-4", Unit::Hours), "−4 h");
}

#[test]
fn a_goal_and_a_period_are_short_where_room_is() {
    let number = |text: &str| text.parse().unwrap();
    let higher = Band::higher(number("60"), number("80")).unwrap();
    let range = Band::range((number("35"), number("85")), (number("50"), number("70"))).unwrap();
    let of = |target: Option<&str>, band| show::goal(target.map(number), band, Unit::Percent);
    assert_eq!(of(Some("85"), Some(&higher)), "target 85 %");
    assert_eq!(of(None, Some(&higher)), "≥ 80 %");
    assert_eq!(of(None, Some(&range)), "50 % – 70 %");
    assert_eq!(of(None, None), "");
    for (key, short) in [
        ("2026-W05", "W5 2026"),
        ("2026-10", "Oct 2026"),
        ("2026-Q4", "Q4 2026"),
    ] {
        let period = Period::parse(key, NaiveDate::default()).unwrap();
        assert_eq!(show::period(&period), short);
    }
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec![
        Unit::Percent,
        Unit::Hours,
        Unit::Days,
        Unit::Ratio,
        Unit::Points,
        EUR,
    ])
}

proptest! {
    #[test]
    fn what_a_file_carries_reads_back(
        digits in -999_999_999_999_999_i64..999_999_999_999_999,
        scale in 0_u32..=6,
        unit in any_unit(),
    ) {
        let number = Decimal::new(digits, scale).normalize();
        prop_assert_eq!(from_canonical(&canonical(number)), Some(number));
        let number = if matches!(unit, Unit::Hours | Unit::Days) { number.abs() } else { number };
        let value = Value::plain(number);
        prop_assert_eq!(read(&portable(&value, unit), Measure::of(unit)), Ok(value));
    }

    #[test]
    fn so_do_fractions(numerator in 0_i64..100_000, denominator in 1_i64..100_000, unit in any_unit()) {
        let value = Value::quotient(unit, numerator.into(), denominator.into()).unwrap();
        prop_assert_eq!(read(&portable(&value, unit), Measure::of(unit)), Ok(value));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), unit in any_unit()) {
        match read(&text, Measure::of(unit)) {
            Ok(value) => prop_assert!(value.number.scale() <= DECIMALS),
            Err(why) => prop_assert!(why.to_string().chars().count() < 250),
        }
    }

    #[test]
    fn values_of_digits_and_marks_are_read_or_refused(text in "[-€]?[0-9., ']{1,12}(k|m|%| h)?", unit in any_unit()) {
        if let Ok(value) = read(&text, Measure::of(unit)) {
            prop_assert_eq!(fitting(value.number, Measure::of(unit)), Ok(value.number));
        }
    }
}
