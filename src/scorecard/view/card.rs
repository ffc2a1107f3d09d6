//! The card in words.

use super::words::{badge, badge_of, changed, tint, unit_of};
use crate::ids::TeamId;
use crate::render::component::Button;
use crate::render::{CustomId, Embed, Message, Row, cut, cut_graphemes, escape, limits, theme};
use crate::scorecard::rules::card::Score;
use crate::scorecard::rules::history::{Freshness, Lens};
use crate::scorecard::rules::{Perspective, show};
use crate::scorecard::service::{Card, Line, NAME_LENGTH, Side};

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
    let title = format!("Scorecard of {of}{}{period}", theme::DOT);
    Message::embed(
        Embed::text(text(card))
            .title(title)
            .colour(tint(card.score.colour()))
            .footer("Scores go from 0 to 10. /metric show opens one metric."),
    )
}

/// How much of each line there is room for.
#[derive(Clone, Copy)]
struct Detail {
    /// The most characters of a name.
    name: usize,
    /// Whether it says what is good.
    has_goal: bool,
    /// The most lines of a perspective.
    lines: usize,
}

/// From all there is to what always fits.
const DETAILS: [Detail; 4] = [
    Detail::of(NAME_LENGTH, true, usize::MAX),
    Detail::of(32, true, usize::MAX),
    Detail::of(24, false, usize::MAX),
    Detail::of(24, false, 7),
];

impl Detail {
    const fn of(name: usize, has_goal: bool, lines: usize) -> Self {
        Self {
            name,
            has_goal,
            lines,
        }
    }
}

/// The card in as much detail as an embed holds.
fn text(card: &Card) -> String {
    let mut text = String::new();
    for detail in DETAILS {
        let mut parts = vec![score(&card.score)];
        parts.extend(card.sides.iter().map(|one| side(one, detail)));
        text = parts.join("\n\n");
        if limits::length(&text) <= limits::EMBED_DESCRIPTION {
            return text;
        }
    }
    cut(&text, limits::EMBED_DESCRIPTION)
}

/// "◆ amber **6.9** from 5 of 7, one stale"; without a score, why.
fn score(score: &Score) -> String {
    if score.of == 0 {
        return "no active metrics".to_owned();
    }
    let (figure, confidence) = (score.figure(), score.confidence());
    match score.value {
        Some(_) => format!("{} **{figure}** {confidence}", badge(score.colour())),
        None => format!("**{figure}** {confidence} (a score needs 60 % of the weight)"),
    }
}

fn side(side: &Side, detail: Detail) -> String {
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
    let others: Vec<&Line> = others
        .into_iter()
        .filter(|line| line.judged.point.is_some())
        .collect();
    let all = active.len() + others.len();
    let shown = active.iter().chain(&others).take(detail.lines);
    lines.extend(shown.enumerate().map(|(at, one)| {
        let text = line(one, detail);
        if at == active.len() {
            format!("Not counted:\n{text}")
        } else {
            text
        }
    }));
    if let Some(left_out @ 1..) = all.checked_sub(detail.lines) {
        lines.push(format!("… and {left_out} more; `perspective` shows them."));
    }
    lines.join("\n")
}

fn line(line: &Line, detail: Detail) -> String {
    let judged = &line.judged;
    let unit = unit_of(&line.metric, &line.history, judged, Lens::OfItsTime);
    let name = &line.metric.definition.name;
    let name = escape::name(&cut_graphemes(name, detail.name));
    let badge = badge_of(judged.verdict.colour, line.guarded);
    let goal = show::goal(judged.target, judged.verdict.band.as_ref().ok(), unit);
    let goal = if detail.has_goal && !goal.is_empty() {
        format!(" ({goal})")
    } else {
        String::new()
    };
    let Some(point) = judged.point else {
        return format!("{badge} {name}: no reading{goal}");
    };
    let mut text = format!(
        "{badge} {name}: **{}**{goal}",
        show::value(&point.value, unit)
    );
    if let Some(one) = &judged.change {
        text.push_str(&format!(", {}", changed(one, unit)));
    }
    if judged.freshness == Freshness::Stale {
        text.push_str(&format!(", stale ({})", show::period(&point.period)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::view::testing;

    /// So many metrics, evenly over the perspectives, with the longest names that may be chosen and
    /// long figures.
    fn longest(count: usize) -> Card {
        let lines: Vec<Line> = (1_i64..)
            .zip(Perspective::ALL.iter().cycle())
            .take(count)
            .map(|(id, perspective)| {
                let metric = testing::metric(id, &"*".repeat(NAME_LENGTH), *perspective);
                let readings = [("2026-08", "12345678.9"), ("2026-09", "3")];
                let targets = [("2026-09", "98765432.1")];
                let history = testing::history(&metric, &readings, &targets);
                testing::line(metric, history, "2026-10")
            })
            .collect();
        testing::card(&lines)
    }

    fn shown(message: &Message) -> &str {
        message.embeds[0].description.as_deref().unwrap()
    }

    #[test]
    fn the_longest_card_of_28_metrics_fits_a_message_with_each_of_them() {
        for message in [
            card(&longest(28), None),
            card_shared(&longest(28), &"*".repeat(100)),
            card_kept(&longest(28)),
        ] {
            assert_eq!(message.check(), Ok(()));
            assert_eq!(shown(&message).matches("▼ red \\*").count(), 28);
            assert_eq!(shown(&message).matches("stale (Sep 2026)").count(), 28);
        }
    }

    #[test]
    fn what_no_message_holds_is_counted() {
        let message = card(&longest(100), None);
        assert_eq!(message.check(), Ok(()));
        assert_eq!(shown(&message).matches("… and 18 more;").count(), 4);
    }
}
