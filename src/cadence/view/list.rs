//! The series that concern somebody, as a list and one in detail.

use super::preview::first_upper;
use super::told::{answers, noun, rhythm, when};
use super::{moment, peer};
use crate::cadence::rules::{Answer, SeriesState};
use crate::cadence::service::{Circle, ListEntry, Lists, Page, Shown};
use crate::render::{Button, CustomId, Embed, Message, Row, names, page, stamp};

/// The lists, with the buttons that turn both at once.
#[must_use]
pub fn lists(lists: &Lists) -> Message {
    let mut message = Message::default();
    if !lists.mine.entries.is_empty() {
        let embed = Embed::text(lines(&lists.mine, own)).title("Your one-on-ones");
        message = message.and_embed(embed);
    } else if lists.mine.is_empty() {
        message.content =
            "You meet nobody in a rhythm yet. `/one-on-one schedule` starts one.".to_owned();
    }
    if let Some(team) = &lists.team {
        if !team.entries.is_empty() {
            let embed = Embed::text(lines(team, of_team)).title("Others in your team");
            message = message.and_embed(embed);
        } else if team.is_empty() && message.embeds.is_empty() {
            message
                .content
                .push_str("\nNobody else in your team does, either.");
        }
    }
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let to = |page: u32| CustomId::new("series", "list").arg(page);
    message
        .rows(page::numbered(
            number(lists.number),
            number(lists.pages),
            to,
        ))
        .ephemeral()
}

fn lines(page: &Page, line: impl Fn(&ListEntry) -> String) -> String {
    let lines: Vec<String> = page.entries.iter().map(line).collect();
    lines.join("\n")
}

fn own(entry: &ListEntry) -> String {
    let circle = &entry.circle;
    format!(
        "{}, {} · {}\n  {} · {}",
        circle.with(),
        noun(circle.series.kind),
        rhythm(&circle.series),
        next(entry),
        kept(entry)
    )
}

fn of_team(entry: &ListEntry) -> String {
    let people: Vec<String> = entry.circle.everybody().map(|one| one.shown()).collect();
    format!(
        "{}, {} · {} · {}",
        names::joined(&people),
        noun(entry.circle.series.kind),
        next(entry),
        kept(entry)
    )
}

fn next(entry: &ListEntry) -> String {
    let series = &entry.circle.series;
    match (&entry.next, series.state) {
        (Some(next), _) => format!("next {}", when(next.starts_at)),
        (None, SeriesState::Paused) => match series.paused_until {
            Some(until) => format!("paused until {}", stamp::date(until)),
            None => "paused".to_owned(),
        },
        (None, SeriesState::Proposed) => "waits for an answer".to_owned(),
        _ => "no next date".to_owned(),
    }
}

/// Streak and debt in words.
fn kept(entry: &ListEntry) -> String {
    match (entry.streak, entry.missed) {
        (0, 0) => "none held yet".to_owned(),
        (streak, 0) => format!("{streak} held in a row"),
        (_, missed) => format!("⚠️ {missed} missed since the last"),
    }
}

/// One series in detail, with what can be done about it.
#[must_use]
pub fn shown(shown: &Shown) -> Message {
    let entry = &shown.entry;
    let circle = &entry.circle;
    let series = &circle.series;
    let mut lines = vec![first_upper(&rhythm(series))];
    lines.push(match series.state {
        SeriesState::Paused => match series.paused_until {
            Some(until) => format!("⏸️ Paused until {}.", stamp::date(until)),
            None => "⏸️ Paused until one of you resumes it.".to_owned(),
        },
        SeriesState::Proposed => "It begins once everybody has said that it is fine.".to_owned(),
        SeriesState::Running | SeriesState::Ended => format!("{}.", first_upper(&kept(entry))),
    });
    if let Some(next) = &entry.next {
        let moved = if next.is_moved() {
            format!(", moved from {}", stamp::full(next.slot))
        } else {
            String::new()
        };
        lines.push(format!("**Next:** {}{moved}", when(next.starts_at)));
    }
    if !shown.later.is_empty() {
        let dates: Vec<String> = shown
            .later
            .iter()
            .map(|slot| stamp::full(slot.at))
            .collect();
        let then = if entry.next.is_some() {
            "Then"
        } else {
            "Dates"
        };
        lines.push(format!("**{then}:** {}", dates.join(" · ")));
    }
    if shown.moved + shown.skipped > 0 {
        lines.push(format!(
            "In the past year: {} moved, {} skipped.",
            shown.moved, shown.skipped
        ));
    }
    for one in circle.everybody() {
        let who = if one.person == circle.me.person {
            "You".to_owned()
        } else {
            one.shown()
        };
        lines.push(match one.answer {
            Answer::Fine => format!("✅ {who}: fine"),
            Answer::Asked => format!("❔ {who}: not answered yet"),
            Answer::Declined => format!("❌ {who}: declined"),
        });
    }
    if entry.next.is_some() {
        lines.push("`/one-on-one move` and `skip` change the next date alone.".to_owned());
    }
    lines.push(if circle.me.nudged {
        "🔔 You are nudged before each date; `/my` says when.".to_owned()
    } else {
        "🔕 You are not nudged about it.".to_owned()
    });
    lines.extend(moment::lines(series.guild, &shown.moments));
    let title = format!("{} with {}", first_upper(noun(series.kind)), circle.with());
    let embed = Embed::text(lines.join("\n")).title(title);
    let asked = (circle.me.answer == Answer::Asked).then(|| match series.has_one_date {
        true => peer::answers(series.id),
        false => answers(series),
    });
    Message::embed(embed)
        .rows(asked)
        .row(switches(circle))
        .rows(moment::bring(series.guild, &shown.moments))
        .ephemeral()
}

fn switches(circle: &Circle) -> Row {
    let id = |action: &str| CustomId::new("series", action).arg(circle.series.id);
    let mut row = vec![if circle.me.nudged {
        Button::secondary("Stop my nudges", id("nudges").arg("off"))
    } else {
        Button::primary("Nudge me again", id("nudges").arg("on"))
    }];
    if circle.series.state == SeriesState::Paused {
        row.push(Button::secondary("Resume", id("resume")));
    }
    Row::Buttons(row)
}

/// The nudges of somebody were switched.
#[must_use]
pub fn nudges_switched(circle: &Circle) -> Message {
    let (kind, with) = (noun(circle.series.kind), circle.with());
    let words = if circle.me.nudged {
        format!("🔔 I nudge you again before your {kind} with {with}.")
    } else {
        format!(
            "🔕 I no longer nudge you about your {kind} with {with}. `/one-on-one show` switches it back on."
        )
    };
    Message::text(words).ephemeral()
}
