//! All readings of a metric, newest first.

use super::record::author;
use crate::render::{CustomId, Embed, Message, cut, escape, limits, page, stamp, theme};
use crate::scorecard::rules::{Unit, show};
use crate::scorecard::service::HistoryPage;
use crate::scorecard::store::readings::{Place, Reading};

/// A page of a metric's readings: who, when, and what took the place of what.
#[must_use]
pub fn history(page: &HistoryPage) -> Message {
    let metric = &page.metric;
    let unit = metric.definition.unit;
    let name = escape::name(&metric.definition.name);
    if page.readings.is_empty() {
        let text = format!("**{name}** has no readings yet. `/metric record` takes the first one.");
        return Message::text(text).ephemeral();
    }
    let lines: Vec<String> = page.readings.iter().map(|one| line(one, unit)).collect();
    let embed = Embed::text(cut(&lines.join("\n"), limits::EMBED_DESCRIPTION))
        .title(format!("Readings of {name}"))
        .colour(theme::NEUTRAL);
    let to = |way: &str, place: Place| {
        CustomId::new("metric", "history")
            .arg(metric.id)
            .arg(way)
            .arg(place.starts_on)
            .arg(place.id)
    };
    Message::embed(embed)
        .rows(page::newer_older(
            page.newer.map(|place| to("newer", place)),
            page.older.map(|place| to("older", place)),
        ))
        .ephemeral()
}

fn line(reading: &Reading, unit: Unit) -> String {
    let value = show::value(&reading.point.value, unit);
    let period = reading.point.period.label();
    let by = format!("{}, {}", author(reading), stamp::short(reading.at));
    let note = reading
        .note
        .as_deref()
        .map(|note| format!("\n  {}", cut(&escape::inline(note), 200)))
        .unwrap_or_default();
    if reading.superseded_by.is_some() {
        format!(
            "• {period}: ~~{value}~~ corrected since{}{by}{note}",
            theme::DOT
        )
    } else {
        format!("• {period}: **{value}**{}{by}{note}", theme::DOT)
    }
}
