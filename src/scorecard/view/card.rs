//! The card in words.

use super::words::badge;
use crate::ids::TeamId;
use crate::render::component::Button;
use crate::render::{CustomId, Embed, Message, Row, cut, escape, limits, theme};
use crate::scorecard::rules::card::{Guarded, Score};
use crate::scorecard::rules::history::Freshness;
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::rules::{Perspective, show};
use crate::scorecard::service::{Card, Line, Side};

/// The card for who asked, with a button that shares it. `only` is the perspective asked for.
#[must_use]
pub fn card(card: &Card, only: Option<Perspective>) -> Message {
    let share = CustomId::new("scorecard", "share")
        .arg(card.team.as_ref().map_or(TeamId(0), |team| team.id))
        .arg(card.period.map(|period| period.key()).unwrap_or_default())
        .arg(only.map_or("", Perspective::word));
    message(card)
        .ephemeral()
        .row(Row::from([Button::secondary("Share", share)]))
}

/// The card for everybody in the channel; it notifies nobody.
#[must_use]
pub fn card_shared(card: &Card, by: &str) -> Message {
    let mut message = message(card);
    message.content = format!("Shared by **{}**", escape::name(by));
    message
}

/// The card for who asked, once they shared it.
#[must_use]
pub fn card_kept(card: &Card) -> Message {
    let mut message = message(card).ephemeral();
    message.content = format!("{} Shared here.", theme::TICK);
    message
}

fn message(card: &Card) -> Message {
    let of = (card.team.as_ref()).map_or_else(
        || "the whole server".to_owned(),
        |team| escape::name(&team.name),
    );
    let period = card
        .period
        .map_or_else(|| "the latest".to_owned(), |period| period.label());
    let mut parts = vec![format!("**{}**", score(&card.score))];
    parts.extend(card.sides.iter().map(side));
    let text = cut(&parts.join("\n\n"), limits::EMBED_DESCRIPTION);
    let title = format!("Scorecard of {of}{}{period}", theme::DOT);
    Message::embed(
        Embed::text(text)
            .title(title)
            .colour(theme::NEUTRAL)
            .footer("Scores go from 0 to 10. /metric show opens one metric."),
    )
}

/// "6.9 from 5 of 7, one stale"; without a score, why.
fn score(score: &Score) -> String {
    if score.of == 0 {
        return "no active metrics".to_owned();
    }
    let text = score.to_string();
    match score.value {
        Some(_) => text,
        None => format!("{text} (a score needs 60 % of the weight)"),
    }
}

fn side(side: &Side) -> String {
    let (active, others): (Vec<&Line>, Vec<&Line>) = side
        .lines
        .iter()
        .partition(|line| line.metric.definition.is_active);
    let mut lines = vec![format!(
        "**{}**{}{}",
        side.perspective.title(),
        theme::DOT,
        score(&side.score)
    )];
    lines.extend(active.into_iter().map(line));
    let others: Vec<String> = others
        .into_iter()
        .filter(|line| line.judged.point.is_some())
        .map(|line| {
            let colour = line.judged.verdict.colour;
            let name = escape::name(&line.metric.definition.name);
            format!("{} {name}", badge(colour))
        })
        .collect();
    if !others.is_empty() {
        lines.push(format!("Not counted: {}", others.join(", ")));
    }
    lines.join("\n")
}

fn line(line: &Line) -> String {
    let (judged, unit) = (&line.judged, line.metric.definition.unit);
    let name = escape::name(&line.metric.definition.name);
    let colour = judged.verdict.colour;
    let Some(point) = judged.point else {
        return format!("{} {name}: no reading", badge(Colour::Grey));
    };
    let mut text = format!(
        "{} {name}: **{}**",
        badge(colour),
        show::value(&point.value, unit)
    );
    if let Some(target) = judged.target {
        text.push_str(&format!(", target {}", show::number(target, unit)));
    }
    if let Some(change) = &judged.change {
        text.push_str(&format!(", {}", show::change(change.by, unit)));
    }
    if judged.freshness == Freshness::Stale {
        text.push_str(&format!(", stale ({})", point.period.label()));
    }
    if line.guarded == Guarded::InDoubt {
        text.push_str(", in doubt: its guard is red");
    }
    text
}
