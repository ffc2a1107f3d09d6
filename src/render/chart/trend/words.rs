//! A trend in words.

use super::super::in_words;
use super::super::scale::plain;
use super::{Point, Trend};

/// The judgement first, then what happened, then the periods from the newest back.
pub(super) fn alt(trend: &Trend) -> String {
    let mut latest = vec![trend.state.word().to_owned()];
    latest.extend(
        [&trend.latest, &trend.goal, &trend.subtitle]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned(),
    );
    let mut sentences = vec![format!("{}: {}.", trend.title, latest.join(", "))];
    if let Some(series) = &trend.compare {
        sentences.push(format!("Compared with {}.", series.name));
    }
    for mark in &trend.marks {
        if let Some(point) = trend.points.get(mark.at) {
            sentences.push(format!("{}: {}.", point.label, mark.text));
        }
    }
    let back: Vec<String> = trend.points.iter().rev().map(period).collect();
    if !back.is_empty() {
        sentences.push("From the newest back:".to_owned());
    }
    let last = back.len().saturating_sub(1);
    sentences.extend(back.into_iter().enumerate().map(|(index, period)| {
        let end = if index == last { '.' } else { ',' };
        format!("{period}{end}")
    }));
    in_words(sentences)
}

fn period(point: &Point) -> String {
    let value = match plain(point.value) {
        None => "no reading",
        Some(_) => &point.shown,
    };
    let forecast = if point.is_forecast { " (forecast)" } else { "" };
    format!("{} {value}{forecast}", point.label)
}
