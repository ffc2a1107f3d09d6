//! The list of metrics.

use super::words::badge;
use crate::ids::TeamId;
use crate::render::{CustomId, Embed, Message, cut, escape, limits, page, theme};
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::rules::{Perspective, show};
use crate::scorecard::service::{Entry, Listed};

/// A page of the list; `only` and `team` are what it was asked for.
#[must_use]
pub fn metrics(listed: &Listed, only: Option<Perspective>, team: Option<TeamId>) -> Message {
    let mut lines = vec![format!(
        "{} active, {} not.",
        listed.active, listed.inactive
    )];
    let are_active = (listed.entries.first()).is_some_and(|one| one.metric.definition.is_active);
    if !are_active {
        lines.push("**Not active**: these take readings and count in no score.".to_owned());
    }
    let mut under = None;
    for entry in &listed.entries {
        let perspective = entry.metric.definition.perspective;
        if under.replace(perspective) != Some(perspective) {
            lines.push(format!("\n**{}**", perspective.title()));
        }
        lines.push(line(entry));
    }
    let text = cut(&lines.join("\n"), limits::EMBED_DESCRIPTION);
    let embed = Embed::text(text)
        .title("Metrics")
        .colour(theme::NEUTRAL)
        .footer("/metric show opens one, /metric record takes a reading.");
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let to = |page| {
        CustomId::new("metric", "list")
            .arg(page)
            .arg(only.map_or("", Perspective::word))
            .arg(team.unwrap_or(TeamId(0)))
    };
    Message::embed(embed)
        .rows(page::numbered(
            number(listed.page),
            number(listed.pages),
            to,
        ))
        .ephemeral()
}

fn line(entry: &Entry) -> String {
    let metric = &entry.metric;
    let judged = entry.judged.as_ref();
    let colour = judged.map_or(Colour::Grey, |judged| judged.verdict.colour);
    let state = match judged.and_then(|judged| judged.point) {
        Some(point) => format!(
            "{} ({})",
            show::value(&point.value, metric.definition.unit),
            point.period.label()
        ),
        None => "no reading yet".to_owned(),
    };
    let whose = entry
        .whose
        .as_ref()
        .map(|name| format!("{}{}", theme::DOT, escape::name(name)))
        .unwrap_or_default();
    format!(
        "{} {} `{}`{}{state}{whose}",
        badge(colour),
        escape::name(&metric.definition.name),
        metric.key,
        theme::DOT
    )
}
