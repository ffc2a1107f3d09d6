//! What a number of the bot's own came from: counts, never contents.

use super::words::bold;
use crate::ids::MetricId;
use crate::measures::Counted;
use crate::render::component::Button;
use crate::render::{CustomId, Embed, Message, escape, stamp, theme};
use crate::scorecard::rules::show;
use crate::scorecard::service::Receipts;
use crate::time::Period;

/// The button that opens the counts of a number.
#[must_use]
pub fn receipts_button(metric: MetricId, period: &Period) -> Button {
    let id = CustomId::new("metric", "receipts")
        .arg(metric)
        .arg(period.key());
    Button::secondary("Receipts", id)
}

/// The counts that a number came from.
#[must_use]
pub fn receipts(receipts: &Receipts) -> Message {
    let (metric, period) = (&receipts.metric, receipts.period.label());
    let mut lines = Vec::new();
    match &receipts.counts {
        Some((value, counts)) => {
            let value = show::value(value, metric.definition.unit);
            lines.push(format!("**{value}**{}{period}", theme::DOT));
            lines.extend(counts.iter().map(|(what, count)| {
                let what = escape::inline(what);
                format!("{count} {what}")
            }));
        }
        None => lines.push(why_not(receipts)),
    }
    lines.extend(receipts.note.as_deref().map(escape::inline));
    lines.extend(receipts.how.map(|how| format!("-# {how}")));
    let when = match receipts.at {
        Some(at) => format!(
            "-# Measured {}. For a week after its end a period is measured once a day; then it stays.",
            stamp::short(at)
        ),
        None => "-# Counted just now.".to_owned(),
    };
    lines.push(when);
    let name = escape::name(&metric.definition.name);
    let embed = Embed::text(lines.join("\n"))
        .title(format!("What {name} comes from"))
        .colour(theme::NEUTRAL);
    Message::embed(embed).ephemeral()
}

/// Why there is no number, and what would make one.
fn why_not(receipts: &Receipts) -> String {
    let (name, period) = (bold(&receipts.metric), receipts.period.label());
    match &receipts.why_not {
        Some(Counted::TooFew { what, least }) => format!(
            "I measure {name} from {least} {what} on: with fewer, the number would point at somebody. In \
             {period} there were fewer."
        ),
        Some(_) => format!("There was nothing to count for {name} in {period}."),
        None => format!(
            "I cannot measure {name} yet. Leave it inactive (`/metric edit`), or define one that you \
             record yourselves (`/metric define`)."
        ),
    }
}
