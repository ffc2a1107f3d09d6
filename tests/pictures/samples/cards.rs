//! Scorecards.

use std::iter;

use bellwether::render::chart::{
    Beside, Card, Change, Figure, Metric, Perspective, State, Tone, Verdict,
};

use super::past;

fn verdict(text: &str, confidence: &str, state: State) -> Option<Verdict> {
    Some(Verdict {
        text: text.to_owned(),
        level: text.parse().ok(),
        confidence: confidence.to_owned(),
        state,
    })
}

fn state(name: &str) -> State {
    match name {
        "Green" => State::Green,
        "Guarded" => State::Guarded,
        "Amber" => State::Amber,
        "Red" => State::Red,
        _ => State::Grey,
    }
}

/// A team's quarter: 28 metrics, each with so many periods of past.
pub(crate) fn quarter(periods: usize) -> Card {
    let mut perspectives: Vec<Perspective> = Vec::new();
    let lines = include_str!("quarter.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut words = line.split('|').map(str::trim);
        let mut next = || words.next().unwrap_or_default();
        match perspectives.last_mut() {
            Some(perspective) if line.starts_with(' ') => {
                let index = perspective.metrics.len();
                perspective.metrics.push(metric(index, next, periods));
            }
            _ => perspectives.push(Perspective {
                name: next().to_owned(),
                score: verdict(next(), next(), state(next())),
                other: None,
                metrics: Vec::new(),
            }),
        }
    }
    Card {
        title: "Solution Engineers".to_owned(),
        subtitle: "Q3 2026, closed".to_owned(),
        score: verdict("6.9", "from 26 of 28, four stale", State::Green),
        perspectives,
        beside: None,
        footer: "Compared with Q2 2026. As of 2 October 2026.".to_owned(),
    }
}

fn metric<'a>(index: usize, mut next: impl FnMut() -> &'a str, periods: usize) -> Metric {
    let (name, state, value) = (next(), state(next()), next());
    let (goal, change) = (next(), next());
    let mut number = || next().parse().unwrap_or_default();
    let seed = u32::try_from(index).unwrap_or_default() + 7;
    let mut past = past(periods, number(), number(), seed);
    let missing = match (index, state) {
        (_, State::Grey) => past.len() / 2..past.len(),
        (3, _) => past.len() / 2..past.len() / 2 + 2,
        _ => 0..0,
    };
    for gap in past.iter_mut().take(missing.end).skip(missing.start) {
        *gap = None;
    }
    let is_lower_better = goal.starts_with('≤');
    let tone = match (change.chars().next(), is_lower_better) {
        (Some('+'), false) | (Some('−'), true) => Tone::Better,
        (Some('+'), true) | (Some('−'), false) => Tone::Worse,
        _ => Tone::Same,
    };
    Metric {
        name: name.to_owned(),
        state,
        value: value.to_owned(),
        goal: goal.to_owned(),
        change: (!change.is_empty()).then(|| Change {
            text: change.to_owned(),
            tone,
        }),
        other: None,
        is_stale: index == 5,
        past,
        level: Some(number()),
    }
}

/// Two perspectives of the same team beside the quarter before.
pub(super) fn beside() -> Card {
    let mut card = quarter(13);
    card.perspectives.truncate(2);
    let figure = |text: &str, state| Figure {
        text: text.to_owned(),
        state,
    };
    let mut others = [
        Some(figure("90 %", State::Green)),
        Some(figure("78 %", State::Amber)),
        Some(figure("€1,250,500", State::Red)),
        None,
        Some(figure("", State::Grey)),
        Some(figure("5", State::Guarded)),
    ]
    .into_iter()
    .cycle();
    for perspective in &mut card.perspectives {
        perspective.other = Some(figure("5.1", State::Amber));
        for metric in &mut perspective.metrics {
            metric.other = others.next().flatten();
        }
    }
    card.beside = Some(Beside {
        own: "Q3 2026".to_owned(),
        other: "Q2 2026".to_owned(),
        score: Some(figure("3.2", State::Red)),
    });
    card
}

/// A team that has just begun: little to judge, and no score.
pub(super) fn beginning() -> Card {
    let row = |name: &str, state, value: &str, past| Metric {
        name: name.to_owned(),
        state,
        value: value.to_owned(),
        goal: String::new(),
        change: None,
        other: None,
        is_stale: false,
        past,
        level: None,
    };
    let people = Perspective {
        name: "Learning and Development".to_owned(),
        score: verdict("no score", "1 of 3 so far", State::Grey),
        other: None,
        metrics: vec![
            row("Kudos coverage", State::Amber, "55 %", vec![Some(55.0)]),
            row("One-on-ones held", State::Grey, "", vec![]),
            row("Promises kept on time", State::Grey, "", vec![None, None]),
        ],
    };
    Card {
        title: "Field Team North".to_owned(),
        subtitle: "October 2026".to_owned(),
        score: verdict("no score", "1 of 3 so far", State::Grey),
        perspectives: vec![people],
        beside: None,
        footer: String::new(),
    }
}

/// Names as people may type them, and numbers that are none.
pub(super) fn odd_card() -> Card {
    let names = [
        "🚀 Launches ❤️ per week, counted on Fridays by whoever is there",
        "Żółty wskaźnik <b>&amp;</b> \"quoted\"",
        "שביעות רצון לקוחות",
        "رضا العملاء في الربع الثالث",
        "売上高 Umsatz",
        "Удовлетворённость клиентов",
        "Ελληνικά και ϕ",
        "🎉🎉🎉",
    ];
    let values = ["1,250,500.50 USD per month", "12 %", "₹1.2 cr", ""];
    let goals = ["between 1,000,000 and 1,500,000", "≥ 1"];
    let changes = [
        ("+1,250,500.50 USD", Tone::Better),
        ("−1", Tone::Worse),
        ("±0", Tone::Same),
    ];
    let figures = iter::zip(
        iter::zip(values.into_iter().cycle(), goals.into_iter().cycle()),
        iter::zip(changes.into_iter().cycle(), State::ALL.into_iter().cycle()),
    );
    let metrics = names
        .into_iter()
        .zip(figures)
        .zip(0_u8..)
        .map(|(row, index)| {
            let (name, ((value, goal), ((change, tone), state))) = row;
            Metric {
                name: name.to_owned(),
                state,
                value: value.to_owned(),
                goal: goal.to_owned(),
                change: Some(Change {
                    text: change.to_owned(),
                    tone,
                }),
                other: None,
                is_stale: index % 2 == 0,
                past: vec![
                    Some(f64::NAN),
                    Some(1.0),
                    None,
                    Some(f64::MAX),
                    Some(2.0),
                    Some(f64::from(index)),
                ],
                level: Some(f64::INFINITY),
            }
        });
    Card {
        title: "A team whose name is far too long to stand in one line".to_owned(),
        subtitle: "A period that nobody would write like this, and yet".to_owned(),
        score: verdict("9.9", "from 123 of 456, seventy-eight stale", State::Red),
        perspectives: vec![Perspective {
            name: "A perspective of a rather surprising length, translated".to_owned(),
            score: Some(Verdict {
                text: "7".to_owned(),
                level: Some(f64::NAN),
                confidence: "from 1 of 8".to_owned(),
                state: State::Guarded,
            }),
            other: None,
            metrics: metrics.collect(),
        }],
        beside: None,
        footer: "A footer that goes on and on until there is no room for it on the line".to_owned(),
    }
}
