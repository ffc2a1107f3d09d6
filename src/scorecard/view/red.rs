//! A red metric in one line, where others speak of it.

use super::words::{badge, change};
use crate::render::{cut_graphemes, escape, theme};
use crate::scorecard::rules::history::{Freshness, Judged};
use crate::scorecard::rules::show;
use crate::scorecard::store::metrics::Metric;

/// How much of a name there is room for.
const NAME: usize = 60;

/// "• ▼ red · Response hours: **30 h**, target 12 h, +6 h since August 2026, worse · October 2026".
#[must_use]
pub fn red_line(metric: &Metric, judged: &Judged) -> String {
    let unit = metric.definition.unit;
    let name = escape::name(&cut_graphemes(&metric.definition.name, NAME));
    let mut text = format!("• {}{}{name}", badge(judged.verdict.colour), theme::DOT);
    if let Some(point) = &judged.point {
        text.push_str(&format!(": **{}**", show::value(&point.value, unit)));
    }
    if let Some(target) = judged.target {
        text.push_str(&format!(", target {}", show::number(target, unit)));
    }
    if let Some(moved) = &judged.change {
        text.push_str(&format!(", {}", change(moved, unit)));
    }
    if let Some(point) = &judged.point {
        let period = point.period.label();
        let stale = if judged.freshness == Freshness::Stale {
            ", stale"
        } else {
            ""
        };
        text.push_str(&format!("{}{period}{stale}", theme::DOT));
    }
    text
}
