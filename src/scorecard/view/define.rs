//! Defining, changing and retiring a metric.

use chrono::NaiveDate;

use super::words::{bold, range};
use crate::render::component::Button;
use crate::render::{CustomId, Input, Message, Modal, Row, escape, names, theme};
use crate::scorecard::rules::{Edges, Missing, Unit, edges};
use crate::scorecard::service::TEXT_LENGTH;
use crate::scorecard::store::metrics::Metric;

/// The four questions about a metric, with the answers that it has. With `activate` it becomes active
/// when all are answered. They hold from a day on; from the day of the answer if none is given.
#[must_use]
pub fn questions_form(metric: &Metric, activate: bool, from: Option<NaiveDate>) -> Modal {
    let definition = &metric.definition;
    let (red, green) = edges::written(&definition.edges);
    let mut id = CustomId::new("metric", "answers")
        .arg(metric.id)
        .arg(u8::from(activate));
    if let Some(from) = from {
        id = id.arg(from);
    }
    let answer = |key, label: &str, text: &Option<String>| {
        Input::paragraph(key, label)
            .length(0, TEXT_LENGTH)
            .value(text.clone().unwrap_or_default())
    };
    let edge = |key, label: &str, text: String| {
        Input::line(key, label)
            .length(0, 60)
            .value(text)
            .placeholder("60 · 35..85 for a range · 85% of target · baseline")
    };
    Modal::new(definition.name.clone(), id)
        .input(answer("why", "Why do we measure it?", &definition.why))
        .input(edge("red", "Red: from where on is it bad?", red))
        .input(edge("green", "Green: from where on is it good?", green))
        .input(answer(
            "action",
            "What do we do about the result?",
            &definition.action,
        ))
        .input(answer(
            "may-drive",
            "What behaviour might it wrongly drive?",
            &definition.may_drive,
        ))
}

/// A metric as it is now defined.
#[must_use]
pub fn defined(metric: &Metric) -> Message {
    let definition = &metric.definition;
    let mut lines = vec![format!(
        "{} {} (`{}`) is saved: {}, {}, {}.",
        theme::TICK,
        bold(metric),
        metric.key,
        definition.perspective.title(),
        definition.unit.currency().unwrap_or(definition.unit.word()),
        definition.cadence.phrase()
    )];
    match &definition.edges {
        Edges::Fixed(band) => lines.push(format!("Range: {}.", range(band, definition.unit))),
        Edges::OfTarget(band) => {
            lines.push(format!(
                "Range, of the target: {}.",
                range(band, Unit::Percent)
            ));
        }
        Edges::Baseline => {
            lines.push("Range: it follows from the first two periods.".to_owned());
        }
        Edges::Unset => {}
    }
    let missing: Vec<String> = (definition.missing().iter())
        .map(Missing::to_string)
        .collect();
    lines.push(match (definition.is_active, missing.is_empty()) {
        (true, _) => "It is active and counts in scores. `/metric record` takes a reading.".to_owned(),
        (false, true) => {
            "It is not active: it takes readings and counts in no score. `/metric edit` with `active` \
             changes that."
                .to_owned()
        }
        (false, false) => format!(
            "It is not active. Before it can be, it needs: {}. `/metric edit` opens the questions.",
            names::joined(&missing)
        ),
    });
    Message::text(lines.join("\n")).ephemeral()
}

/// Asks whether to retire a metric.
#[must_use]
pub fn metric_to_retire(metric: &Metric) -> Message {
    let text = format!(
        "Retire {} (`{}`)? It leaves the lists and the scores; its readings are kept, and it can be \
         brought back.",
        bold(metric),
        metric.key
    );
    Message::text(text).ephemeral().row(Row::from([
        Button::danger(
            "Retire it",
            CustomId::new("metric", "retire").arg(metric.id),
        ),
        Button::secondary("Keep it", CustomId::new("metric", "keep")),
    ]))
}

/// A metric was retired.
#[must_use]
pub fn metric_retired(metric: &Metric) -> Message {
    let back = CustomId::new("metric", "return").arg(metric.id);
    Message::text(format!("{} {} is retired.", theme::TICK, bold(metric)))
        .ephemeral()
        .row(Row::from([Button::secondary("Bring it back", back)]))
}

/// A metric was brought back.
#[must_use]
pub fn metric_returned(metric: &Metric) -> Message {
    let name = escape::name(&metric.definition.name);
    Message::text(format!("{} **{name}** is back.", theme::TICK)).ephemeral()
}

/// A metric was not retired.
#[must_use]
pub fn metric_untouched() -> Message {
    Message::text("Nothing was changed.").ephemeral()
}
