//! The card in words.

use super::show::TEAM;
use super::words::{badge, badge_of, changed, difference, tint, unit_of};
use crate::ids::TeamId;
use crate::render::component::Button;
use crate::render::{CustomId, Embed, Message, Row, cut, cut_graphemes, escape, limits, theme};
use crate::scorecard::rules::card::Score;
use crate::scorecard::rules::history::{Freshness, Lens};
use crate::scorecard::rules::{Perspective, show};
use crate::scorecard::service::{Against, Card, Line, NAME_LENGTH, Side};

/// A card as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct CardSheet<'a> {
    /// It.
    pub card: &'a Card,
    /// What it is compared with.
    pub against: Option<&'a Against<Card>>,
    /// The perspective that was asked for.
    pub only: Option<Perspective>,
}

impl CardSheet<'_> {
    /// What the card's own figures are called beside the others, and those.
    pub(super) fn heads(&self) -> Option<(String, String)> {
        let against = self.against?;
        Some(match &against.team {
            Some(team) => (whose(self.card), team.name.clone()),
            None => (when(self.card), when(&against.what)),
        })
    }
}

/// Whose card it is, not escaped.
pub(super) fn whose(card: &Card) -> String {
    (card.team.as_ref()).map_or_else(|| "the whole server".to_owned(), |team| team.name.clone())
}

fn when(card: &Card) -> String {
    (card.period).map_or_else(|| "the latest".to_owned(), |period| period.label())
}

/// The card for who asked, with a button that shares it.
#[must_use]
pub fn card(sheet: &CardSheet<'_>) -> Message {
    let card = sheet.card;
    let against = sheet.against.map(|against| match &against.team {
        Some(team) => format!("{TEAM}{}", team.id),
        None => (against.what.period).map_or_else(String::new, |period| period.key()),
    });
    let share = CustomId::new("scorecard", "share")
        .arg(card.team.as_ref().map_or(TeamId(0), |team| team.id))
        .arg(card.period.map(|period| period.key()).unwrap_or_default())
        .arg(sheet.only.map_or("", Perspective::word))
        .arg(against.unwrap_or_default());
    message(sheet)
        .ephemeral()
        .row(Row::from([Button::secondary("Share", share)]))
}

/// The card for everybody in the channel; it notifies nobody.
#[must_use]
pub fn card_shared(sheet: &CardSheet<'_>, by: &str) -> Message {
    let mut message = message(sheet);
    message.content = format!("Shared by **{}**", escape::name(by));
    message
}

/// The card for who asked, once they shared it.
#[must_use]
pub fn card_kept(sheet: &CardSheet<'_>) -> Message {
    let mut message = message(sheet).ephemeral();
    message.content = format!("{} Shared here.", theme::TICK);
    message
}

fn message(sheet: &CardSheet<'_>) -> Message {
    let card = sheet.card;
    let title = format!(
        "Scorecard of {}{}{}",
        escape::name(&whose(card)),
        theme::DOT,
        when(card)
    );
    Message::embed(
        Embed::text(text(sheet))
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
fn text(sheet: &CardSheet<'_>) -> String {
    let mut text = String::new();
    for detail in DETAILS {
        let mut parts = vec![overall(sheet)];
        parts.extend((sheet.card.sides.iter()).map(|one| side(sheet, one, detail)));
        text = parts.join("\n\n");
        if limits::length(&text) <= limits::EMBED_DESCRIPTION {
            return text;
        }
    }
    cut(&text, limits::EMBED_DESCRIPTION)
}

/// The score; compared, also what stands against what.
fn overall(sheet: &CardSheet<'_>) -> String {
    let own = score(&sheet.card.score);
    let Some((against, (_, other))) = sheet.against.zip(sheet.heads()) else {
        return own;
    };
    format!(
        "{own}\nCompared with **{}**: {}",
        escape::name(&other),
        score(&against.what.score)
    )
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

fn side(sheet: &CardSheet<'_>, side: &Side, detail: Detail) -> String {
    let (active, others): (Vec<&Line>, Vec<&Line>) = side
        .lines
        .iter()
        .partition(|line| line.metric.definition.is_active);
    let other = sheet.against.map(|against| &against.what);
    let compared = other
        .and_then(|card| {
            card.sides
                .iter()
                .find(|one| one.perspective == side.perspective)
        })
        .map(|other| {
            format!(
                ", against {} {}",
                badge(other.score.colour()),
                other.score.figure()
            )
        });
    let mut lines = vec![format!(
        "**{}**{}{}{}",
        side.perspective.title(),
        theme::DOT,
        score(&side.score),
        compared.unwrap_or_default()
    )];
    let others: Vec<&Line> = others
        .into_iter()
        .filter(|line| line.judged.point.is_some())
        .collect();
    let all = active.len() + others.len();
    let shown = active.iter().chain(&others).take(detail.lines);
    lines.extend(shown.enumerate().map(|(at, one)| {
        let text = match other {
            Some(card) => compared_line(one, card.of_kin(one), detail),
            None => line(one, detail),
        };
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

/// "● green Kudos coverage: **82 %** against ◆ amber 75 %, +7 points, better".
fn compared_line(line: &Line, other: Option<&Line>, detail: Detail) -> String {
    let figure = |line: &Line| {
        let unit = unit_of(&line.metric, &line.history, &line.judged, Lens::OfItsTime);
        let point = line.judged.point;
        let text = point.map(|point| show::value(&point.value, unit));
        (text.unwrap_or_else(|| "no reading".to_owned()), unit)
    };
    let name = cut_graphemes(&line.metric.definition.name, detail.name);
    let (own, unit) = figure(line);
    let mut text = format!(
        "{} {}: **{own}**",
        badge_of(line.judged.verdict.colour, line.guarded),
        escape::name(&name)
    );
    let Some(other) = other else {
        text.push_str(", nothing to compare with");
        return text;
    };
    let (theirs, unit_theirs) = figure(other);
    let badge = badge_of(other.judged.verdict.colour, other.guarded);
    text.push_str(&format!(" against {badge} {theirs}"));
    let better = line.metric.definition.better;
    if let Some(one) = difference((&line.judged, unit), (&other.judged, unit_theirs), better) {
        text.push_str(&format!(", {}", changed(&one, unit)));
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

    const fn alone(card: &Card) -> CardSheet<'_> {
        CardSheet {
            card,
            against: None,
            only: None,
        }
    }

    #[test]
    fn the_longest_card_of_28_metrics_fits_a_message_with_each_of_them() {
        let longest = longest(28);
        let sheet = alone(&longest);
        for message in [
            card(&sheet),
            card_shared(&sheet, &"*".repeat(100)),
            card_kept(&sheet),
        ] {
            assert_eq!(message.check(), Ok(()));
            assert_eq!(shown(&message).matches("▼ red \\*").count(), 28);
            assert_eq!(shown(&message).matches("stale (Sep 2026)").count(), 28);
        }
    }

    #[test]
    fn so_does_the_longest_comparison() {
        let against = Against {
            team: None,
            what: longest(28),
        };
        let longest = longest(28);
        let sheet = CardSheet {
            against: Some(&against),
            ..alone(&longest)
        };
        let message = card(&sheet);
        assert_eq!(message.check(), Ok(()));
        assert_eq!(shown(&message).matches("** against ▼ red").count(), 28);
    }

    #[test]
    fn what_no_message_holds_is_counted() {
        let longest = longest(100);
        let message = card(&alone(&longest));
        assert_eq!(message.check(), Ok(()));
        assert_eq!(shown(&message).matches("… and 18 more;").count(), 4);
    }
}
