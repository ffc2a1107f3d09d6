//! Files as people and programs write them.

use std::collections::HashMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::ids::{MetricId, ReadingId};
use crate::scorecard::rules::lookup::Called;
use crate::scorecard::rules::value::Value;
use crate::scorecard::rules::{Cadence, Unit};
use crate::time::{Kind, Period};

fn today() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

fn lines(text: &str) -> Vec<Line> {
    let read = read(text.as_bytes(), None).unwrap();
    assert_eq!(read.troubles, []);
    read.lines
}

fn refused(bytes: &[u8]) -> String {
    read(bytes, None).unwrap_err().to_string()
}

fn line(at: usize, [metric, period, value, note]: [&str; 4]) -> Line {
    Line {
        at,
        metric: metric.to_owned(),
        period: period.to_owned(),
        value: value.to_owned(),
        note: (!note.is_empty()).then(|| note.to_owned()),
    }
}

#[test]
fn columns_stand_in_any_order_and_case_and_more_are_passed_over() {
    let wanted = [line(2, ["poc-overrun", "2026-10", "20%", "two, late"])];
    for text in [
        "metric,period,value,note\npoc-overrun,2026-10,20%,\"two, late\"\n",
        "metric;period;value;note\r\npoc-overrun;2026-10;20%;two, late\r\n",
        "\u{feff}metric,period,value,note\npoc-overrun,2026-10,20%,\"two, late\"",
        "\"Value\", NOTE ,numerator,Period,METRIC\n20%,\"two, late\",1,2026-10,poc-overrun",
        "metric,period,value,note,,\npoc-overrun,2026-10,20%,\"two, late\",,\n",
        "metric,period,value,note\rpoc-overrun,2026-10,20%,\"two, late\"\r",
    ] {
        assert_eq!(lines(text), wanted, "{text:?}");
    }
}

#[test]
fn a_line_is_counted_as_an_editor_counts_it() {
    for break_ in ["\n", "\r\n", "\r"] {
        let text =
            "sep=;|metric;period;value;note||a;2026-10;1;\"over|two lines\"|;;;|b;2026-10;2;"
                .replace('|', break_);
        // The line before the header is known by its line feed.
        let text = if break_ == "\r" {
            text.strip_prefix("sep=;\r").unwrap().to_owned()
        } else {
            text
        };
        let at: Vec<usize> = lines(&text).iter().map(|line| line.at).collect();
        let before = usize::from(break_ != "\r");
        assert_eq!(at, [3 + before, 6 + before], "{break_:?}");
    }
}

#[test]
fn an_apostrophe_that_makes_text_of_a_cell_is_taken_off() {
    let read = lines("metric,period,value,note\n'a,'2026-10,'-5,'=1+1\nb,2026-10,1,'tis\n");
    assert_eq!(read[0], line(2, ["a", "2026-10", "-5", "=1+1"]));
    assert_eq!(read[1].note.as_deref(), Some("'tis"));
}

#[test]
fn a_line_with_a_stray_comma_is_told_apart() {
    let read = read(b"metric,period,value\na,2026-10,1,5\nb,2026-10,2\n", None).unwrap();
    assert_eq!(read.lines, [line(3, ["b", "2026-10", "2", ""])]);
    insta::assert_snapshot!(read.troubles[0], @"Line 2 “5”: This line has 4 cells, and the first line names 3. Put quotes round a cell that holds a “,”.");
}

#[test]
fn what_cannot_be_read_at_all_is_refused_as_a_whole() {
    let many = format!("metric,period,value\n{}", "a,2026-10,1\n".repeat(ROWS + 1));
    let refused = [
        refused(b""),
        refused("\u{feff} \n".as_bytes()),
        refused(b"a,2026-10,1\n"),
        refused(b"metric\tperiod\tvalue\na\t2026-10\t1\n"),
        refused(b"metric,metric,period,value\n"),
        refused(b"metric,period,value\n\n"),
        refused(b"metric,period,value\na,2026-10,1\nb,2026-10,\xe9\n"),
        refused(b"\xff\xfem\0e\0t\0"),
        refused(many.as_bytes()),
        refused(&vec![b' '; BYTES + 1]),
        refused(b"{\n\"readings\": [\n}"),
        refused(b"{\"rows\": []}"),
        refused(b"[]"),
    ];
    insta::assert_snapshot!(refused.join("\n"), @r#"
    The file is empty. Its first line names the columns: metric,period,value,note.
    The file is empty. Its first line names the columns: metric,period,value,note.
    The first line names the columns, such as metric,period,value,note; I found no metric, period, value in “a,2026-10,1”. Add that line.
    The first line names the columns, such as metric,period,value,note; I found no metric, period, value in “metric period value”. Add that line.
    The first line names the column metric twice. Leave one out.
    There are no readings in the file. Below the first line stands one on each line.
    The file is not UTF-8 text (line 3 shows it). In a spreadsheet, save the sheet as “CSV UTF-8”.
    The file is not UTF-8 text (line 1 shows it). In a spreadsheet, save the sheet as “CSV UTF-8”.
    The file has 10001 readings, and I take 10000 at once. Split it.
    The file is larger than 8 MiB. Split it, and send one part after the other.
    Line 3, column 1 is not valid JSON: expected value.
    Line 1, column 12 is not valid JSON: missing field `readings`.
    There are no readings in the file. Below the first line stands one on each line.
    "#);
    assert_eq!(Form::of_name("Q4.CSV"), Ok(Some(Form::Csv)));
    assert_eq!(Form::of_name("q4.json"), Ok(Some(Form::Json)));
    assert_eq!(Form::of_name("q4"), Ok(None));
    assert_eq!(Form::of_name("q4.xlsx"), Err(Unread::Kind));
}

#[test]
fn json_takes_a_list_or_an_object_texts_or_numbers() {
    let wanted = [
        line(2, ["a", "2026-10", "1.2340", "late"]),
        line(4, ["b", "2026-10", "7/9", ""]),
    ];
    for text in [
        "[\n{\"metric\": \"a\", \"period\": \"2026-10\", \"value\": 1.234, \"note\": \"late\"},\n\n{\"note\": null, \"metric\": \"b\", \"period\": \"2026-10\", \"value\": \"7/9\"}]",
        "{\"format\": \"x\", \"readings\": [\n{\"metric\": \"a\", \"period\": \"2026-10\", \"value\": 1.234, \"note\": \"late\"},\n\n{\"more\": [1], \"metric\": \"b\", \"period\": \"2026-10\", \"value\": \"7/9\"}]}",
    ] {
        assert_eq!(lines(text), wanted);
    }
    let odd = "[\n5,\n{\"metric\": 1},\n{\"metric\": \"a\", \"period\": \"2026-10\", \"value\": true},\n{\"metric\": \"a\", \"period\": \"2026-10\", \"value\": 1e3}]";
    let read = read(odd.as_bytes(), None).unwrap();
    assert_eq!(read.lines, [line(5, ["a", "2026-10", "1000", ""])]);
    let troubles: Vec<String> = read.troubles.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(troubles.join("\n"), @r#"
    Line 2 “5”: This is no reading. Write one such as {"metric": "response-hours", "period": "2026-W42", "value": "7.5"}.
    Line 3, metric “1”: This is no text in quotes. Put it in quotes.
    Line 4, value “true”: This is no text in quotes. Put it in quotes.
    "#);
}

fn known(id: i64, key: &str, unit: Unit, cadence: Cadence) -> Known {
    Known {
        called: Called {
            id: MetricId(id),
            key: key.to_owned(),
            name: crate::scorecard::rules::lookup::name_of(key),
        },
        unit,
        ceiling: None,
        cadence,
        is_seen: true,
        may_record: true,
        is_measured: false,
        is_retired: false,
    }
}

fn set() -> Vec<Known> {
    let percent = Known {
        ceiling: Some(Decimal::ONE_HUNDRED),
        ..known(1, "poc-overrun", Unit::Percent, Cadence::Month)
    };
    let others = Known {
        may_record: false,
        ..known(3, "win-rate", Unit::Percent, Cadence::Quarter)
    };
    let measured = Known {
        is_measured: true,
        ..known(4, "kudos-coverage", Unit::Percent, Cadence::Month)
    };
    let retired = Known {
        is_retired: true,
        ..known(5, "old-hours", Unit::Hours, Cadence::Week)
    };
    let unseen = Known {
        is_seen: false,
        ..known(6, "demos", Unit::Count, Cadence::Month)
    };
    let hours = known(2, "response-hours", Unit::Hours, Cadence::Week);
    vec![percent, hours, others, measured, retired, unseen]
}

fn there(of: &[(i64, &str, &str, Option<&str>)]) -> HashMap<(MetricId, String), There> {
    of.iter()
        .map(|(metric, period, number, note)| {
            let there = There {
                id: ReadingId(1),
                value: Value::plain(number.parse().unwrap()),
                note: note.map(str::to_owned),
            };
            ((MetricId(*metric), (*period).to_owned()), there)
        })
        .collect()
}

fn planned(text: &str, before: &[(i64, &str, &str, Option<&str>)]) -> Plan {
    let known = set();
    let read = read(text.as_bytes(), None).unwrap();
    meant(read, &known, today()).weighed(&there(before))
}

#[test]
fn each_line_is_new_corrected_or_unchanged() {
    let plan = planned(
        "metric,period,value,note\n\
         Response hours,2026-W42,7.5,\n\
         RESPONSE-HOURS,2026-W43,8 h,late\n\
         poc-overrun,2026-10-07,20%,\n\
         poc-overrun,2026-09,20%,another\n\
         poc-overrun,Aug 2026,20%,\n\
         demos,2026-10,3,\n",
        &[
            (2, "2026-W43", "9", None),
            (1, "2026-09", "20", Some("one")),
            (1, "2026-08", "20", Some("one")),
            (6, "2026-10", "3", None),
        ],
    );
    assert_eq!(plan.troubles, []);
    let effects: Vec<String> = (plan.steps.iter())
        .map(|step| {
            let word = match &step.effect {
                Effect::New => "new",
                Effect::Corrected(_) => "corrected",
                Effect::Unchanged => "unchanged",
                Effect::Unseen { writes: false } => "unseen",
                Effect::Unseen { writes: true } => "unseen, written",
            };
            format!("{} {} {word}", step.line, step.period.key())
        })
        .collect();
    insta::assert_snapshot!(effects.join("\n"), @r"
    2 2026-W42 new
    3 2026-W43 corrected
    4 2026-10 new
    5 2026-09 corrected
    6 2026-08 unchanged
    7 2026-10 unseen
    ");
}

#[test]
fn all_that_is_wrong_is_said_at_once_by_line_and_column() {
    let long = "x".repeat(301);
    let plan = planned(
        &format!(
            "metric,period,value,note\n\
             poc,2026-10,20%,\n\
             nothing,soon,20%,{long}\n\
             ,,,\n\
             ,2026-10,5%,\n\
             poc-overrun,2026-10,140%,{long}\n\
             poc-overrun,2026-W42,a lot,\n\
             poc-overrun,2099-01,20%,\n\
             poc-overrun,2026-09,\"1,250\",\n\
             response-hours,2026-W42,\"1,250\",\n\
             win-rate,2026-Q3,40%,\n\
             kudos-coverage,2026-10,40%,\n\
             old-hours,2026-W42,3,\n\
             response-hours,2026-W41,3,\"not\nclosed{long}\"\n\
             response-hours,2026-W40,3,\n\
             Response hours,2026-W40,3,\n"
        ),
        &[],
    );
    let troubles: Vec<String> = plan.troubles.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(troubles.join("\n"), @r#"
    Line 2, metric “poc”: I know no such metric. Write “poc-overrun” if you mean that one.
    Line 3, metric “nothing”: I know no such metric. Write its key, as the list of metrics shows it.
    Line 3, period “soon”: I read no period in “soon”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.
    Line 3, note “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”: A note has at most 300 characters. Shorten it.
    Line 5, metric: There is no metric. Write its key, such as “response-hours”.
    Line 6, value “140%”: I understood 140, and this metric cannot exceed 100.
    Line 6, note “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”: A note has at most 300 characters. Shorten it.
    Line 7, period “2026-W42”: This metric is measured by month, and week 42 of 2026 (12–18 Oct) is only a part of one. Name October 2026 as “2026-10”.
    Line 7, value “a lot”: I read no number in “a lot”. Type one such as “82%”, “1.2k”, “1250.50” or “7/9”.
    Line 8, period “2099-01”: January 2099 has not begun. The latest that can be recorded is November 2026.
    Line 10, value “1,250”: “1,250” could mean 1,250 or 1.25. Type “1250” or “1.25”.
    Line 11, metric “win-rate”: You do not record “win-rate”: its owner, its team's managers and admins do.
    Line 12, metric “kudos-coverage”: I measure “kudos-coverage” myself. Take its lines out.
    Line 13, metric “old-hours”: “old-hours” was retired and takes no readings. Take its lines out.
    Line 14, note “not closedxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”: A note has at most 300 characters. This one goes over several lines: is a quote not closed?
    Line 17, period “2026-W40”: Line 16 has the same metric and period. Keep one of the two.
    "#);
}

#[test]
fn what_is_there_is_never_refused() {
    let there = [
        (3, "2026-Q3", "40", None),
        (4, "2026-10", "40", Some("measured")),
        // Measured by the quarter once, and above today's ceiling.
        (1, "2025-Q1", "140", None),
    ];
    let text = "metric,period,value\nwin-rate,2026-Q3,40%\nkudos-coverage,2026-10,40%\npoc-overrun,2025-Q1,140%\n";
    let plan = planned(text, &there);
    assert_eq!(plan.troubles, []);
    assert_eq!(plan.count(|effect| *effect == Effect::Unchanged), 3);
}

#[test]
fn the_fingerprint_is_another_once_something_else_is_there() {
    let text = "metric,period,value\npoc-overrun,2026-10,20%\n";
    let print = |before: &[_]| planned(text, before).fingerprint();
    let (new, corrected) = (print(&[]), print(&[(1, "2026-10", "30", None)]));
    let unchanged = print(&[(1, "2026-10", "20", None)]);
    assert!(new != corrected && corrected != unchanged && new != unchanged);
    assert_eq!(new, print(&[]));
}

fn any_row() -> impl Strategy<Value = Row> {
    let unit = prop::sample::select(vec![
        Unit::Percent,
        Unit::Hours,
        Unit::Ratio,
        Unit::Points,
        Unit::Currency(*b"EUR"),
    ]);
    let value = prop_oneof![
        (0_i64..1_000_000_000, 0_u32..=6).prop_map(|(digits, scale)| (digits, scale, None)),
        (0_i64..10_000, 1_i64..10_000).prop_map(|(part, whole)| (part, 0, Some(whole))),
    ];
    // What spreadsheets, CSV and JSON stumble over, and anything else.
    let note = prop_oneof![
        prop::collection::vec(
            prop::sample::select(vec![
                "=", "+", "-", "@", "'", "\"", ",", ";", "\t", "\r", "\n", "\r\n", "{", "\\", "ä",
                "＝", "5", "\u{feff}", "\u{0}", "🏆", "sep=;"
            ]),
            0..8
        )
        .prop_map(|parts| parts.concat()),
        "\\PC{0,40}",
    ];
    let when = prop::sample::select(vec![Kind::Week, Kind::Month, Kind::Quarter]);
    (
        unit,
        value,
        note.clone(),
        note,
        when,
        0_u64..2_000,
        any::<bool>(),
    )
        .prop_map(
            |(unit, (digits, scale, whole), note, name, kind, days, negative)| {
                let day = today() - chrono::Days::new(days);
                let sign = if negative && !matches!(unit, Unit::Hours) {
                    -1
                } else {
                    1
                };
                let value = match whole {
                    Some(whole) => Value::quotient(unit, digits.into(), whole.into()).unwrap(),
                    None => Value::plain(Decimal::new(sign * digits, scale)),
                };
                let note = note.trim().to_owned();
                Row {
                    key: "response-hours".to_owned(),
                    name,
                    unit,
                    whose: None,
                    period: Period::holding(kind, day).unwrap(),
                    value,
                    note: (!note.is_empty()).then_some(note),
                    at: chrono::DateTime::UNIX_EPOCH,
                }
            },
        )
}

/// The metric of a row, and the row as what is there.
fn of_row(row: &Row) -> (Known, HashMap<(MetricId, String), There>) {
    let cadence = match row.period.kind() {
        Kind::Week => Cadence::Week,
        Kind::Month => Cadence::Month,
        _ => Cadence::Quarter,
    };
    let there = There {
        id: ReadingId(1),
        value: row.value,
        note: row.note.clone(),
    };
    let key = (MetricId(1), row.period.key());
    (
        known(1, &row.key, row.unit, cadence),
        HashMap::from([(key, there)]),
    )
}

proptest! {
    #[test]
    fn what_is_written_reads_as_all_unchanged_and_runs_nowhere(row in any_row()) {
        let files = [
            csv(std::slice::from_ref(&row)).unwrap(),
            json(std::slice::from_ref(&row), "=Acme\"", chrono::DateTime::UNIX_EPOCH).unwrap(),
        ];
        let (known, there) = of_row(&row);
        for file in &files {
            let read = read(file, None).unwrap();
            prop_assert_eq!(&read.lines[0].note, &row.note);
            let known = [known.clone()];
            // And by value alone, without the short way for what is there word for word.
            let plan = meant(read.clone(), &known, today()).weighed(&there);
            prop_assert_eq!(&plan.troubles, &vec![]);
            prop_assert_eq!(&plan.steps[0].effect, &Effect::Unchanged);
            let anew = meant(read, &known, today()).weighed(&HashMap::new());
            prop_assert_eq!(&anew.troubles, &vec![]);
            prop_assert_eq!(anew.steps[0].value, row.value);
        }
        let mut reader = ::csv::ReaderBuilder::new().from_reader(&files[0][3..]);
        for record in reader.records() {
            for cell in &record.unwrap() {
                prop_assert!(!guard::is_risky(cell) || cell.starts_with('\''), "{cell:?}");
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _read = read(&bytes, None);
    }

    #[test]
    fn any_table_is_read_or_refused(text in "(metric[,;]period[,;]value[,;]note\r?\n)?([a-z0-9'\"=,;%\r\n -]|2026-10){0,80}") {
        if let Ok(read) = read(text.as_bytes(), None) {
            let known = set();
            let plan = meant(read, &known, today()).weighed(&HashMap::new());
            for trouble in plan.troubles {
                prop_assert!(trouble.line >= 1 && trouble.line <= text.lines().count() + text.matches('\r').count());
                prop_assert!(trouble.to_string().chars().count() < 500);
            }
        }
    }
}
