//! A card in words.

use super::super::state::State;
use super::{Card, Metric, Verdict, counts};

/// The score, the counts and the perspectives first, then the metrics, the worst before the others:
/// as many as an alternative text holds.
pub(super) fn alt(card: &Card) -> String {
    let mut sentences = Vec::new();
    let heading = [card.title.as_str(), card.subtitle.as_str()];
    let heading: Vec<&str> = heading
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if !heading.is_empty() {
        sentences.push(format!("Scorecard {}.", heading.join(", ")));
    }
    sentences.extend(
        card.score
            .as_ref()
            .map(|score| format!("Score: {}.", judged(score))),
    );
    if let Some(beside) = &card.beside {
        let score = beside
            .score
            .as_ref()
            .map(|score| format!(": {}", score.text));
        let score = score.unwrap_or_default();
        sentences.push(format!("{} against {}{score}.", beside.own, beside.other));
    }
    let counts: Vec<String> = counts(card)
        .into_iter()
        .map(|(state, count)| format!("{count} {}", state.word()))
        .collect();
    if !counts.is_empty() {
        sentences.push(format!("{}.", counts.join("; ")));
    }
    for perspective in &card.perspectives {
        if let Some(score) = &perspective.score {
            sentences.push(format!("{}: {}.", perspective.name, judged(score)));
        }
    }
    for state in [
        State::Red,
        State::Guarded,
        State::Amber,
        State::Green,
        State::Grey,
    ] {
        let metrics = card
            .perspectives
            .iter()
            .flat_map(|perspective| &perspective.metrics);
        sentences.extend(metrics.filter(|metric| metric.state == state).map(row));
    }
    super::super::in_words(sentences)
}

fn judged(score: &Verdict) -> String {
    if score.confidence.is_empty() {
        score.text.clone()
    } else {
        let join = if score.level.is_some() { " " } else { ", " };
        format!("{}{join}{}", score.text, score.confidence)
    }
}

fn row(metric: &Metric) -> String {
    let mut parts = vec![format!("{}: {}", metric.name, metric.state.word())];
    if !metric.value.is_empty() {
        parts.push(metric.value.clone());
    }
    parts.extend(metric.other.as_ref().map(|other| {
        format!("against {} {}", other.state.word(), other.text)
            .trim_end()
            .to_owned()
    }));
    parts.extend(metric.change.as_ref().map(super::Change::words));
    if metric.is_stale {
        parts.push("stale".to_owned());
    }
    format!("{}.", parts.join(", "))
}
