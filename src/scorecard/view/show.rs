//! One metric, judged.

use chrono::NaiveDate;

use super::receipts::receipts_button;
use super::record::author;
use super::words::{
    badge, badge_of, change, changed, difference, freshness, range, tint, unit_of, unjudged,
};
use crate::render::component::Button;
use crate::render::{CustomId, Embed, Message, Row, cut, escape, limits, theme};
use crate::scorecard::rules::card::Guarded;
use crate::scorecard::rules::history::Lens;
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::rules::{Source, Unit, show};
use crate::scorecard::service::{Against, Shown};
use crate::scorecard::store::metrics::{Metric, Scope};

/// A metric as it is shown, with what the figures alone do not say.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// It.
    pub shown: &'a Shown,
    /// What it is compared with.
    pub against: Option<&'a Against<Shown>>,
    /// Whose figures they are; none for the whole guild's.
    pub whose: Option<&'a str>,
    /// The name of its owner.
    pub owner: Option<&'a str>,
    /// The day where the guild is.
    pub today: NaiveDate,
    /// Whether the asker may share it.
    pub may_share: bool,
    /// Whether it comes with its chart.
    pub has_chart: bool,
}

/// What stands before the id of a team in a button, where else a period's key stands.
pub(in crate::scorecard) const TEAM: &str = "team-";

/// The metric for who asked, with a button that shares it.
#[must_use]
pub fn metric(sheet: &Sheet<'_>) -> Message {
    let message = Message::embed(embed(sheet)).ephemeral();
    let mut buttons = Vec::new();
    if sheet.shown.metric.source == Source::Bot {
        let judged = &sheet.shown.judged;
        let period = judged.point.map_or(judged.period, |point| point.period);
        buttons.push(receipts_button(sheet.shown.metric.id, &period));
    }
    if !sheet.may_share {
        return if buttons.is_empty() {
            message
        } else {
            message.row(Row::Buttons(buttons))
        };
    }
    let period = if sheet.shown.by_default {
        String::new()
    } else {
        sheet.shown.judged.period.key()
    };
    let against = sheet.against.map(|against| match &against.team {
        Some(team) => format!("{TEAM}{}", team.id),
        None => against.what.judged.period.key(),
    });
    let lens = match sheet.shown.lens {
        Lens::OfItsTime => "",
        Lens::Today => "today",
    };
    let share = CustomId::new("metric", "share")
        .arg(sheet.shown.metric.id)
        .arg(period)
        .arg(against.unwrap_or_default())
        .arg(lens)
        .arg(if sheet.has_chart { "" } else { "text" });
    buttons.insert(0, Button::secondary("Share", share));
    message.row(Row::Buttons(buttons))
}

/// The metric for everybody in the channel; it notifies nobody.
#[must_use]
pub fn metric_shared(sheet: &Sheet<'_>, by: &str) -> Message {
    let mut message = Message::embed(embed(sheet));
    message.content = format!("Shared by **{}**", escape::name(by));
    message
}

/// The metric for who asked, once they shared it.
#[must_use]
pub fn metric_kept(sheet: &Sheet<'_>) -> Message {
    let mut message = Message::embed(embed(sheet)).ephemeral();
    message.content = format!("{} Shared here.", theme::TICK);
    message
}

fn embed(sheet: &Sheet<'_>) -> Embed {
    let (shown, judged) = (sheet.shown, &sheet.shown.judged);
    let unit = unit_of(&shown.metric, &shown.history, judged, shown.lens);
    let colour = judged.verdict.colour;
    let mut lines = vec![headline(sheet, unit)];
    lines.push(match &judged.verdict.band {
        Ok(band) => format!("Range: {}", range(band, unit)),
        Err(why) => unjudged(*why).to_owned(),
    });
    let moved: Vec<String> = [&judged.change, &judged.year]
        .into_iter()
        .flatten()
        .map(|one| change(one, unit))
        .collect();
    if !moved.is_empty() {
        lines.push(moved.join(theme::DOT));
    }
    let is_running = judged.period.contains(sheet.today);
    lines.push(format!("Of: {}", freshness(judged, is_running)));
    if let Some(forecast) = judged.forecast {
        lines.push(format!(
            "Forecast at this pace: about {}",
            show::number(forecast, unit)
        ));
    }
    lines.extend(compared(sheet, unit));
    lines.extend(guarded(shown));
    if shown.lens == Lens::Today {
        lines.push("*Judged by today's rule, not by that of its time.*".to_owned());
    }
    if !shown.metric.definition.is_active {
        lines.push("*Not active: it counts in no score.*".to_owned());
    }
    lines.push(String::new());
    lines.extend(questions(&shown.metric, colour));
    lines.extend(noted(shown));
    let name = escape::name(&shown.metric.definition.name);
    let title = match sheet.whose {
        Some(whose) => format!("{name}{}{}", theme::DOT, escape::name(whose)),
        None => name,
    };
    Embed::text(cut(&lines.join("\n"), limits::EMBED_DESCRIPTION))
        .title(title)
        .colour(tint(colour))
        .footer(footer(sheet))
}

fn headline(sheet: &Sheet<'_>, unit: Unit) -> String {
    let judged = &sheet.shown.judged;
    let guarded = (sheet.shown.guard.as_ref()).map_or(Guarded::Plain, |(_, _, guarded)| *guarded);
    let mut line = format!("**{}**", badge_of(judged.verdict.colour, guarded));
    match &judged.point {
        Some(point) => line.push_str(&format!(
            "{}**{}**",
            theme::DOT,
            show::value(&point.value, unit)
        )),
        None => line.push_str(&format!("{}no reading", theme::DOT)),
    }
    if let Some(target) = judged.target {
        line.push_str(&format!(
            "{}target {}",
            theme::DOT,
            show::number(target, unit)
        ));
    }
    line
}

fn compared(sheet: &Sheet<'_>, unit: Unit) -> Option<String> {
    let against = sheet.against?;
    let other = &against.what;
    let period = other.judged.period.label();
    let of = (against.team.as_ref()).map(|team| format!(" of {}", escape::name(&team.name)));
    let of = of.unwrap_or_default();
    let Some(then) = other.judged.point else {
        return Some(format!("Compared: no reading{of} in {period}."));
    };
    let unit_then = unit_of(&other.metric, &other.history, &other.judged, other.lens);
    let mut text = format!(
        "Compared: {} {}{of} in {period}",
        badge(other.judged.verdict.colour),
        show::value(&then.value, unit_then)
    );
    let better = sheet.shown.metric.definition.better;
    let (now, before) = ((&sheet.shown.judged, unit), (&other.judged, unit_then));
    if let Some(one) = difference(now, before, better) {
        text.push_str(&format!("; the difference is {}", changed(&one, unit)));
    }
    Some(text)
}

fn guarded(shown: &Shown) -> Option<String> {
    let (guard, judged, state) = shown.guard.as_ref()?;
    let name = escape::name(&guard.definition.name);
    Some(match state {
        Guarded::InDoubt => format!(
            "**In doubt**: its guard {name} is {}, so this green is not plain.",
            badge(judged.verdict.colour)
        ),
        Guarded::Plain => format!("Guard: {name}, {}", badge(judged.verdict.colour)),
    })
}

/// The answers that the metric has; what to do first when it is red.
fn questions(metric: &Metric, colour: Colour) -> Vec<String> {
    let definition = &metric.definition;
    let line = |label: &str, text: &Option<String>| {
        let text = text.as_deref()?;
        Some(format!("**{label}** {}", escape::inline(text)))
    };
    let why = line("Why:", &definition.why);
    let action = line("What to do:", &definition.action);
    let may_drive = line("It may wrongly drive:", &definition.may_drive);
    let ordered = if colour == Colour::Red {
        [action, why, may_drive]
    } else {
        [why, action, may_drive]
    };
    ordered.into_iter().flatten().collect()
}

fn noted(shown: &Shown) -> Option<String> {
    let reading = shown.notes.first()?;
    let note = reading.note.as_deref()?;
    Some(format!(
        "**Note** ({}, {}): {}",
        reading.point.period.label(),
        author(reading),
        escape::inline(note)
    ))
}

fn footer(sheet: &Sheet<'_>) -> String {
    let metric = &sheet.shown.metric;
    let mut parts = vec![
        metric.key.clone(),
        metric.definition.perspective.title().to_owned(),
        format!(
            "{}, {}",
            metric.definition.timing.word(),
            metric.definition.cadence.phrase()
        ),
    ];
    if metric.source == Source::Bot {
        parts.push("measured by me".to_owned());
    } else if let Some(owner) = sheet.owner {
        parts.push(format!("owner {}", cut(owner, 40)));
    }
    if matches!(metric.scope, Scope::Member(_)) {
        parts.push("seen by this person and their managers only".to_owned());
    }
    parts.join(theme::DOT)
}
