//! Trends.

use bellwether::render::chart::{Band, Mark, Point, Series, State, Trend};

use super::past;

fn points(labels: &[&str], values: &[Option<f64>], unit: &str) -> Vec<Point> {
    labels
        .iter()
        .zip(values)
        .map(|(label, value)| Point {
            label: (*label).to_owned(),
            value: *value,
            shown: value
                .map(|value| format!("{value}{unit}"))
                .unwrap_or_default(),
            target: None,
            is_forecast: false,
        })
        .collect()
}

fn band(state: State, from: Option<f64>, to: Option<f64>) -> Band {
    Band {
        state,
        from,
        to,
        points: None,
    }
}

fn trend(title: &str, points: Vec<Point>) -> Trend {
    Trend {
        title: title.to_owned(),
        subtitle: String::new(),
        latest: String::new(),
        state: State::Grey,
        goal: String::new(),
        points,
        bands: Vec::new(),
        marks: Vec::new(),
        name: "this year".to_owned(),
        compare: None,
        ticks: Vec::new(),
    }
}

const MONTHS: [&str; 12] = [
    "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
];

/// A red that recovers, with a gap, a target that steps and two things that happened.
pub(super) fn recovering() -> Trend {
    let values = [
        88.0, 84.0, 79.0, 71.0, 66.0, 0.0, 64.0, 69.0, 74.0, 80.0, 83.0, 86.0,
    ]
    .map(|value| (value > 0.0).then_some(value));
    let mut points = points(&MONTHS, &values, " %");
    for (index, point) in points.iter_mut().enumerate() {
        point.target = Some(if index < 6 { 80.0 } else { 85.0 });
    }
    Trend {
        subtitle: "October 2026, recorded 2 days ago by Bo".to_owned(),
        latest: "86 % (12 of 14)".to_owned(),
        state: State::Green,
        goal: "target ≥ 85 %".to_owned(),
        bands: vec![
            Band {
                points: Some((0, 5)),
                ..band(State::Red, None, Some(65.0))
            },
            Band {
                points: Some((0, 5)),
                ..band(State::Amber, Some(65.0), Some(80.0))
            },
            Band {
                points: Some((0, 5)),
                ..band(State::Green, Some(80.0), None)
            },
            Band {
                points: Some((6, 11)),
                ..band(State::Red, None, Some(70.0))
            },
            Band {
                points: Some((6, 11)),
                ..band(State::Amber, Some(70.0), Some(85.0))
            },
            Band {
                points: Some((6, 11)),
                ..band(State::Green, Some(85.0), None)
            },
        ],
        marks: vec![
            Mark {
                at: 3,
                text: "two colleagues on parental leave".to_owned(),
            },
            Mark {
                at: 7,
                text: "promises are reviewed every Monday from now on".to_owned(),
            },
        ],
        ..trend("Promises kept on time", points)
    }
    .with_ticks(|value| format!("{value} %"))
}

/// A cumulative metric with a forecast beside the year before.
pub(super) fn compared() -> Trend {
    let values = [0.2, 0.41, 0.66, 0.8, 1.02, 1.3, 1.52, 1.76, 2.02, 2.28].map(Some);
    let labels = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
    ];
    let mut points = points(&labels, &values, "m");
    for point in &mut points {
        point.shown = format!("€{}", point.shown);
    }
    for (label, value) in [("Nov", 2.52), ("Dec", 2.76)] {
        points.push(Point {
            label: label.to_owned(),
            value: Some(value),
            shown: format!("€{value}m"),
            target: None,
            is_forecast: true,
        });
    }
    for (month, point) in (1_u8..).zip(&mut points) {
        point.target = Some(f64::from(month) * 0.25);
    }
    let before = [
        0.1, 0.3, 0.42, 0.6, 0.71, 0.88, 1.1, 1.2, 1.44, 1.7, 1.9, 2.3,
    ];
    Trend {
        subtitle: "this year to October, recorded today".to_owned(),
        latest: "€2.28m".to_owned(),
        state: State::Amber,
        goal: "target €2.5m".to_owned(),
        name: "2026".to_owned(),
        compare: Some(Series {
            name: "2025".to_owned(),
            values: before.map(Some).to_vec(),
        }),
        ..trend("Influenced revenue", points)
    }
    .with_ticks(|value| format!("€{value}m"))
}

/// A metric that is good within a range.
pub(super) fn range() -> Trend {
    let labels = [
        "W33", "W34", "W35", "W36", "W37", "W38", "W39", "W40", "W41", "W42",
    ];
    let values = [74.0, 78.0, 81.0, 88.0, 94.0, 91.0, 86.0, 80.0, 77.0, 96.0].map(Some);
    Trend {
        latest: "96 %".to_owned(),
        state: State::Red,
        goal: "good within 70 – 85 %".to_owned(),
        subtitle: "week 42 of 2026, 9 days old".to_owned(),
        bands: vec![
            band(State::Red, None, Some(60.0)),
            band(State::Amber, Some(60.0), Some(70.0)),
            band(State::Green, Some(70.0), Some(85.0)),
            band(State::Amber, Some(85.0), Some(95.0)),
            band(State::Red, Some(95.0), None),
        ],
        ..trend("Workload", points(&labels, &values, " %"))
    }
    .with_ticks(|value| format!("{value} %"))
}

/// Five years of weeks.
pub(super) fn years() -> Trend {
    let values = past(260, 14.0, 6.0, 3);
    let labels: Vec<String> = (0..260)
        .map(|week| format!("{}-W{:02}", 2021 + week / 52, week % 52 + 1))
        .collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let mut points = points(&labels, &values, "");
    for point in &mut points {
        point.target = Some(8.0);
        point.shown = "6 h".to_owned();
    }
    Trend {
        latest: "6 h".to_owned(),
        state: State::Guarded,
        goal: "target ≤ 8 h".to_owned(),
        bands: vec![
            band(State::Green, None, Some(8.0)),
            band(State::Amber, Some(8.0), Some(12.0)),
            band(State::Red, Some(12.0), None),
        ],
        ..trend("Response hours", points)
    }
    .with_ticks(|value| format!("{value} h"))
}

pub(super) fn one_reading() -> Trend {
    Trend {
        latest: "4.2".to_owned(),
        state: State::Green,
        goal: "target ≥ 4".to_owned(),
        subtitle: "Q4 2026".to_owned(),
        ..trend("Team pulse", points(&["Q4 2026"], &[Some(4.2)], ""))
    }
    .with_ticks(|value| value.to_string())
}

pub(super) fn no_reading() -> Trend {
    Trend {
        goal: "target ≥ 85 %".to_owned(),
        subtitle: "October 2026".to_owned(),
        ..trend(
            "Kudos coverage",
            points(&["Aug", "Sep", "Oct"], &[None; 3], ""),
        )
    }
}

/// Long texts, numbers that are none, marks and bands that point nowhere.
pub(super) fn odd_trend() -> Trend {
    let labels = [
        "a long period, the first",
        "b",
        "🎉",
        "d",
        "a long period, the last",
    ];
    let values = [
        Some(f64::NAN),
        Some(-1.0e12),
        Some(f64::INFINITY),
        Some(3.0e12),
        Some(2.9e12),
    ];
    let mut points = points(&labels, &values, " inhabitants of somewhere, counted twice");
    if let Some(last) = points.last_mut() {
        last.target = Some(f64::NAN);
    }
    Trend {
        subtitle: "a subtitle that is so long that nobody can have meant it, and more".to_owned(),
        latest: "2,900,000,000,000 inhabitants of somewhere".to_owned(),
        state: State::Guarded,
        goal: "good within a range that is hard to say in few words".to_owned(),
        bands: vec![
            band(State::Red, Some(f64::NAN), Some(f64::NEG_INFINITY)),
            Band {
                points: Some((7, 3)),
                ..band(State::Amber, Some(5.0), Some(-5.0))
            },
        ],
        marks: [1, 1, 2, 99, 4]
            .into_iter()
            .map(|at| Mark {
                at,
                text: "רווח & <happened> 🎉, told at a length that no line of a chart holds"
                    .to_owned(),
            })
            .collect(),
        compare: Some(Series {
            name: "another series with a name that needs a line by itself or even more".to_owned(),
            values: vec![None, Some(1.0), None],
        }),
        ..trend(
            "A metric with a name of many words, none of which is needed at all",
            points,
        )
    }
    .with_ticks(|value| format!("{value} inhabitants"))
}
