//! What was recorded, and which targets were set.

use super::words::{badge, bold, range, unjudged};
use crate::render::{Message, escape, names, stamp, theme};
use crate::scorecard::rules::period::Lateness;
use crate::scorecard::rules::value::Value;
use crate::scorecard::rules::{Origin, Unit, show};
use crate::scorecard::service::{Recorded, Targets};
use crate::scorecard::store::readings::Reading;
use crate::time::Period;

/// A reading was recorded; `was_named` says whether its period was.
#[must_use]
pub fn recorded(recorded: &Recorded, was_named: bool) -> Message {
    let unit = recorded.metric.definition.unit;
    let period = recorded.period.label();
    let mut lines = vec![format!(
        "{} {}, {period}: I understood **{}**{}.",
        theme::TICK,
        bold(&recorded.metric),
        show::value(&recorded.value, unit),
        exactly(&recorded.value, unit)
    )];
    if let Some(judged) = &recorded.judged {
        lines.push(match &judged.verdict.band {
            Ok(band) => format!(
                "**{}**: {}.",
                badge(judged.verdict.colour),
                range(band, unit)
            ),
            Err(why) => format!("**{}**: {}", badge(judged.verdict.colour), unjudged(*why)),
        });
    }
    if let Some(before) = &recorded.corrects {
        lines.push(format!(
            "It replaces {} by {} of {}; the history keeps that.",
            show::value(&before.point.value, unit),
            author(before),
            stamp::short(before.at)
        ));
    }
    lines.push(why_this_period(recorded, was_named));
    if !recorded.metric.definition.is_active {
        lines.push("This metric is not active, so it counts in no score.".to_owned());
    }
    lines.retain(|line| !line.is_empty());
    Message::text(lines.join("\n")).ephemeral()
}

/// The number as it is kept, where what is shown is rounded.
fn exactly(value: &Value, unit: Unit) -> String {
    let exact = show::grouped(value.number);
    if value.fraction.is_some() || show::number(value.number, unit).contains(&exact) {
        String::new()
    } else {
        format!(" (exactly {exact})")
    }
}

fn why_this_period(recorded: &Recorded, was_named: bool) -> String {
    let period = recorded.period.label();
    match (was_named, recorded.lateness) {
        (false, Lateness::Running) => {
            format!("I took {period} because it is the current one. Name another with `period`.")
        }
        (false, _) => format!(
            "I took {period} because it is the latest that is over, and its reading was missing. \
             Name another with `period`."
        ),
        (true, Lateness::Running) => format!("This is the figure so far: {period} is not over."),
        (true, Lateness::InTime) => String::new(),
        (true, Lateness::Late) => format!("This is late for {period}; it counts all the same."),
    }
}

/// Who recorded a reading.
pub(super) fn author(reading: &Reading) -> String {
    match (&reading.by_name, reading.by) {
        (Some(name), _) => escape::name(name),
        (None, Some(_)) => "a former member".to_owned(),
        (None, None) => match reading.origin {
            Origin::Bot => "me".to_owned(),
            Origin::Http => "a script".to_owned(),
            _ => "a former member".to_owned(),
        },
    }
}

/// Targets were set.
#[must_use]
pub fn targets_set(set: &Targets) -> Message {
    let unit = set.metric.definition.unit;
    let labels = |periods: &[Period]| {
        let labels: Vec<String> = periods.iter().map(Period::label).collect();
        names::joined_up_to(&labels, 6)
    };
    let mut text = format!(
        "{} {}: the target for {} is **{}**.",
        theme::TICK,
        bold(&set.metric),
        labels(&set.periods),
        show::number(set.value, unit)
    );
    if !set.kept.is_empty() {
        text.push_str(&format!(
            " What is over keeps the target it had: {}.",
            labels(&set.kept)
        ));
    }
    Message::text(text).ephemeral()
}
