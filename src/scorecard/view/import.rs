//! A file of readings: what it would do, what it did, and what is wrong in it.

use super::words::bold;
use crate::ids::ImportId;
use crate::render::component::Button;
use crate::render::limits::length;
use crate::render::{CustomId, Embed, File, Message, Row, cut, escape, limits, names, theme};
use crate::scorecard::rules::exchange::{Effect, Step, Trouble};
use crate::scorecard::rules::{Unit, show};
use crate::scorecard::service::{Report, Tally, Touched};

/// Metrics that are listed, and corrections that are shown.
const METRICS: usize = 20;
const CORRECTIONS: usize = 12;

/// Mistakes that are shown in the message; more of them come as a file.
const TROUBLES: usize = 10;

/// What a file would do, with the buttons to do it or not; `is_again` if it was shown before and
/// would do something else by now.
#[must_use]
pub fn import_preview(id: ImportId, report: &Report, is_again: bool) -> Message {
    let mut parts = Vec::new();
    if is_again {
        parts.push(
            "**Something changed meanwhile**, so nothing was recorded yet. This is what the file \
             would do now:"
                .to_owned(),
        );
    }
    parts.push(format!(
        "{}. Nothing is saved yet.",
        tallied(&report.tally, true)
    ));
    parts.push(listed(report));
    let mut embed = Embed::text(cut(&parts.join("\n\n"), limits::EMBED_DESCRIPTION))
        .title("Readings of your file")
        .colour(theme::NEUTRAL);
    embed.footer = Some(
        "All of it is recorded, or nothing. I keep it for an hour; send the file again after that."
            .to_owned(),
    );
    let confirm = CustomId::new("metric", "import").arg(id);
    let leave = CustomId::new("metric", "import-leave").arg(id);
    Message::embed(embed).ephemeral().row(Row::from([
        Button::primary("Confirm", confirm),
        Button::secondary("Cancel", leave),
    ]))
}

/// A file was recorded.
#[must_use]
pub fn import_done(report: &Report) -> Message {
    let text = format!(
        "{} Recorded: {}.\n\n{}",
        theme::TICK,
        tallied(&report.tally, true),
        listed(report)
    );
    let embed = Embed::text(cut(&text, limits::EMBED_DESCRIPTION)).colour(theme::DONE);
    Message::embed(embed).ephemeral()
}

/// All of a file is there already.
#[must_use]
pub fn import_nothing(report: &Report) -> Message {
    let count = report.tally.unchanged;
    let text = if count == 1 {
        "Nothing to import: the one reading of your file is there already.".to_owned()
    } else {
        format!(
            "Nothing to import: all {count} readings of your file are there already, unchanged."
        )
    };
    Message::text(text).ephemeral()
}

/// A file was recorded by an earlier press.
#[must_use]
pub fn import_already(recorded: usize) -> Message {
    let readings = readings(recorded);
    let text = format!("{} That file is recorded already: {readings}.", theme::TICK);
    Message::text(text).ephemeral()
}

/// A file was let go of.
#[must_use]
pub fn import_left() -> Message {
    Message::text("Nothing was recorded, and I have let go of the file.").ephemeral()
}

/// What is wrong in a file: all of it, in the message or in a file beside it.
#[must_use]
pub fn import_wrong(troubles: &[Trouble]) -> Message {
    let count = match troubles.len() {
        1 => "one mistake".to_owned(),
        count => format!("{count} mistakes"),
    };
    let mut text =
        format!("**Nothing was recorded.** Your file has {count}; mend it and send it again.");
    let line = |trouble: &Trouble| format!("• {}", escape::inline(&trouble.to_string()));
    let mut shown = 0;
    for trouble in troubles.iter().take(TROUBLES) {
        let next = format!("\n{}", line(trouble));
        // Room for the sentence about the file.
        if length(&text) + length(&next) > limits::CONTENT - 100 {
            break;
        }
        text.push_str(&next);
        shown += 1;
    }
    if shown == troubles.len() {
        return Message::text(text).ephemeral();
    }
    text.push_str("\nThe attached file has all of them.");
    let all: Vec<String> = troubles.iter().map(ToString::to_string).collect();
    let file = File {
        name: "mistakes.txt".to_owned(),
        alt: Some("All mistakes of your file, by line".to_owned()),
        bytes: (all.join("\n") + "\n").into_bytes(),
    };
    Message::text(text).file(file).ephemeral()
}

/// "**9 new, 2 corrected, 1 unchanged**"
fn tallied(tally: &Tally, is_bold: bool) -> String {
    let parts: Vec<String> = [
        (tally.new, "new"),
        (tally.corrected, "corrected"),
        (tally.unchanged, "unchanged"),
        (tally.unseen, "of people's own figures"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    let text = parts.join(", ");
    if is_bold { format!("**{text}**") } else { text }
}

fn listed(report: &Report) -> String {
    let mut lines = Vec::new();
    let mut corrections = 0;
    for touched in report.touched.iter().take(METRICS) {
        lines.push(headed(touched));
        for step in &touched.corrections {
            corrections += 1;
            if corrections <= CORRECTIONS {
                lines.push(corrected(step, touched.metric.definition.unit));
            }
        }
    }
    let beyond = report.touched.get(METRICS..).unwrap_or_default();
    corrections += beyond
        .iter()
        .map(|one| one.corrections.len())
        .sum::<usize>();
    let mut more = Vec::new();
    if !beyond.is_empty() {
        more.push(format!("{} more metrics", beyond.len()));
    }
    if corrections > CORRECTIONS {
        more.push(format!("{} more corrections", corrections - CORRECTIONS));
    }
    if !more.is_empty() {
        lines.push(format!("… and {}.", names::joined(&more)));
    }
    lines.join("\n")
}

/// "**Response hours** of North: 3 new, 1 corrected"
fn headed(touched: &Touched) -> String {
    let of = (touched.whose.as_deref())
        .map(|whose| format!(" of {}", escape::name(whose)))
        .unwrap_or_default();
    let name = bold(&touched.metric);
    format!("{name}{of}: {}", tallied(&touched.tally, false))
}

/// "• week 42 of 2026: 30 h → **7.5 h**"
fn corrected(step: &Step, unit: Unit) -> String {
    let Effect::Corrected(before) = &step.effect else {
        return String::new();
    };
    let period = step.period.label();
    if before.value == step.value {
        return format!("• {period}: another note");
    }
    format!(
        "• {period}: {} → **{}**",
        show::value(&before.value, unit),
        show::value(&step.value, unit)
    )
}

/// "1 reading", "12 readings"
pub(super) fn readings(count: usize) -> String {
    if count == 1 {
        "1 reading".to_owned()
    } else {
        format!("{count} readings")
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::ids::{GuildId, MetricId, PersonId, ReadingId};
    use crate::scorecard::rules::exchange::{Column, There};
    use crate::scorecard::rules::value::Value;
    use crate::scorecard::rules::{
        Better, Cadence, Definition, Edges, Perspective, Source, Timing,
    };
    use crate::scorecard::store::metrics::{Metric, Scope};
    use crate::time::Period;

    fn touched(number: i64) -> Touched {
        let long = Value::plain(Decimal::new(-999_999_999_999_999_999, 6));
        let before = There {
            id: ReadingId(number),
            value: Value::plain(Decimal::ONE),
            note: None,
        };
        let step = Step {
            line: 2,
            metric: MetricId(number),
            period: Period::parse("2026-W42", chrono::NaiveDate::default()).unwrap(),
            value: long,
            note: None,
            effect: Effect::Corrected(before),
        };
        let definition = Definition {
            name: "*".repeat(80),
            perspective: Perspective::Customer,
            unit: Unit::Currency(*b"EUR"),
            ceiling: None,
            better: Better::Higher,
            edges: Edges::Unset,
            weight: Decimal::ONE,
            timing: Timing::Leading,
            cadence: Cadence::Week,
            is_cumulative: false,
            why: None,
            action: None,
            may_drive: None,
            guard: None,
            is_active: false,
        };
        Touched {
            metric: Metric {
                id: MetricId(number),
                guild: GuildId::from(1),
                key: "k".repeat(60),
                kin: "k".repeat(60),
                scope: Scope::Member(PersonId(1)),
                owner: None,
                source: Source::Manual,
                grace_days: 2,
                retired_at: None,
                definition,
            },
            whose: Some("_".repeat(32)),
            tally: Tally {
                corrected: 250,
                ..Tally::default()
            },
            corrections: vec![step; 250],
        }
    }

    #[test]
    fn the_longest_file_is_told_within_discord_s_limits() {
        let report = Report {
            tally: Tally {
                corrected: 10_000,
                ..Tally::default()
            },
            touched: (0..40).map(touched).collect(),
        };
        let preview = import_preview(ImportId(i64::MAX), &report, true);
        assert_eq!(preview.check(), Ok(()));
        assert_eq!(import_done(&report).check(), Ok(()));
        let trouble = Trouble {
            line: 10_001,
            column: Some(Column::Note),
            value: "*".repeat(80),
            why: "_".repeat(300),
        };
        for count in [1, 2, 10, 11, 10_000] {
            let wrong = import_wrong(&vec![trouble.clone(); count]);
            assert_eq!(wrong.check(), Ok(()), "{count}");
            assert_eq!(wrong.files.is_empty(), count <= 2, "{count}");
        }
    }
}
