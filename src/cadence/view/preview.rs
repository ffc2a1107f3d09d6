//! What a wish for a series would come to, before anything is saved.

use chrono::{NaiveDateTime, TimeDelta};

use super::told::{name, noun, rhythm, when};
use crate::cadence::rules::{Date, Kind, SeriesState, code};
use crate::cadence::service::{Made, Preview, Wish};
use crate::render::{Button, CustomId, Embed, Message, Row, escape, stamp};

/// The preview, with its buttons.
#[must_use]
pub fn preview(preview: &Preview) -> Message {
    let wish = &preview.wish;
    let other = escape::name(&wish.with.name);
    let rule = wish.repeat.rule(wish.starts, wish.zone);
    let both = preview
        .dates
        .iter()
        .any(|date| date.mine.wall != date.theirs.wall);
    let mut lines = vec![format!(
        "{} ({}), {} minutes.",
        first_upper(&rule.words()),
        wish.zone.name(),
        wish.minutes
    )];
    if let Some(beside) = &preview.beside {
        lines.push(format!(
            "You have a {} with {} already: {}. This one would come beside it.",
            noun(wish.kind),
            name(Some(&wish.with.name)),
            rhythm(beside)
        ));
    }
    lines.push(String::new());
    lines.extend(
        preview
            .dates
            .iter()
            .map(|date| line(date, &other, both, wish)),
    );
    if both {
        lines.push(String::new());
        lines.push(format!(
            "You are in {}, {other} in {}.",
            preview.mine.name(),
            preview.theirs.name()
        ));
    }
    let asks = match wish.kind {
        Kind::PeerCoaching => {
            format!("Confirm asks {other}; it begins once they say that it is fine.")
        }
        _ => format!("Nothing is saved yet. Confirm tells {other} of it."),
    };
    let title = format!("{} with {other}", first_upper(noun(wish.kind)));
    Message::embed(Embed::text(lines.join("\n")).title(title).footer(asks))
        .row(buttons(wish))
        .ephemeral()
}

fn buttons(wish: &Wish) -> Row {
    let mut row = vec![
        Button::primary("Confirm", of_wish("make", wish)),
        Button::secondary("Cancel", of_wish("cancel", wish)),
    ];
    if let Some(repeat) = wish.repeat.other() {
        let other = Wish {
            repeat,
            ..wish.clone()
        };
        let words = repeat.rule(wish.starts, wish.zone).words();
        row.push(Button::secondary(
            format!("Rather {}", of_month(&words)),
            of_wish("pick", &other),
        ));
    }
    Row::Buttons(row)
}

/// "every month on the 2nd Tuesday at 10:00" as "on the 2nd Tuesday".
fn of_month(words: &str) -> &str {
    let words = words.strip_prefix("every month ").unwrap_or(words);
    let words = words.split(" at ").next().unwrap_or(words);
    words.split(',').next().unwrap_or(words)
}

/// All that a wish is, within the hundred characters of an id.
fn of_wish(action: &str, wish: &Wish) -> CustomId {
    CustomId::new("series", action)
        .arg(code::short(wish.maker.user.get()))
        .arg(code::short(wish.with.user.get()))
        .arg(code::civil(wish.starts))
        .arg(wish.repeat.letter())
        .arg(wish.minutes)
        .arg(kind_letter(wish.kind))
        .arg(wish.zone.name())
        .arg(code::instant(wish.asked_at))
}

/// The letter of a kind in a button's id.
const fn kind_letter(kind: Kind) -> char {
    match kind {
        Kind::OneOnOne => 'o',
        Kind::ReviewAndPlan => 'r',
        Kind::PeerCoaching => 'c',
        Kind::PartnerReview => 'p',
    }
}

/// What a letter in a button's id means.
#[must_use]
pub fn kind_of_letter(letter: &str) -> Option<Kind> {
    Some(match letter {
        "o" => Kind::OneOnOne,
        "r" => Kind::ReviewAndPlan,
        "c" => Kind::PeerCoaching,
        _ => return None,
    })
}

fn line(date: &Date, other: &str, both: bool, wish: &Wish) -> String {
    let mut line = format!("• {}", stamp::full(date.at));
    if both {
        line.push_str(&format!(
            " · {} you · {} {other}",
            wall(date.mine.wall),
            if date.mine.wall.date() == date.theirs.wall.date() {
                date.theirs.wall.format("%H:%M").to_string()
            } else {
                wall(date.theirs.wall)
            }
        ));
    }
    for flag in flags(date, other, wish) {
        line.push_str(&format!("\n  {flag}"));
    }
    line
}

fn wall(at: NaiveDateTime) -> String {
    at.format("%a %-d %b, %H:%M").to_string()
}

fn flags(date: &Date, other: &str, wish: &Wish) -> Vec<String> {
    let mut flags = Vec::new();
    match (date.mine.change, date.theirs.change) {
        (Some(mine), Some(theirs)) if mine == theirs => {
            flags.push(format!("🕰️ the clocks {} before it", jump(mine)));
        }
        (mine, theirs) => {
            flags.extend(mine.map(|by| format!("🕰️ your clocks {} before it", jump(by))));
            flags.extend(
                theirs.map(|by| format!("🕰️ the clocks of {other} {} before it", jump(by))),
            );
            if let (None, None, Some(by)) = (mine, theirs, date.change) {
                let zone = wish.zone.name();
                flags.push(format!("🕰️ the clocks of {zone} {} before it", jump(by)));
            }
        }
    }
    if date.is_skipped_time {
        flags.push("🕰️ the clocks skip that time on this day, so it is later".to_owned());
    }
    if date.is_last_day_instead {
        flags.push("📅 this month has no such day: its last day instead".to_owned());
    }
    if date.mine.is_away {
        flags.push("🌴 you are away".to_owned());
    }
    if date.theirs.is_away {
        flags.push(format!("🌴 {other} is away"));
    }
    if date.mine.is_quiet {
        flags.push("🌙 in your quiet hours".to_owned());
    }
    if date.theirs.is_quiet {
        flags.push(format!("🌙 in the quiet hours of {other}"));
    }
    flags
}

/// "go forward 1 h", "go back 30 min".
fn jump(by: TimeDelta) -> String {
    let minutes = by.num_minutes().abs();
    let length = if minutes % 60 == 0 {
        format!("{} h", minutes / 60)
    } else {
        format!("{minutes} min")
    };
    let way = if by > TimeDelta::zero() {
        "forward"
    } else {
        "back"
    };
    format!("go {way} {length}")
}

pub(super) fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Nothing was scheduled.
#[must_use]
pub fn cancelled() -> Message {
    Message::text("Nothing was scheduled. `/one-on-one schedule` previews another time.")
        .ephemeral()
}

/// What came of a confirmation.
#[must_use]
pub fn made(made: &Made) -> Message {
    let words = match made {
        Made::New(circle, first) => {
            let kind = first_upper(noun(circle.series.kind));
            let (with, rhythm) = (circle.with(), rhythm(&circle.series));
            match first {
                Some(first) => format!(
                    "📅 Planned: {kind} with {with}, {rhythm}. The first is {}. I have told them.",
                    when(first.starts_at)
                ),
                None => format!(
                    "📅 Suggested: {kind} with {with}, {rhythm}. I have asked them; it begins once they \
                     say that it is fine."
                ),
            }
        }
        Made::Already(circle) => {
            let state = match circle.series.state {
                SeriesState::Proposed => "waits for their answer",
                SeriesState::Paused => "is paused",
                _ => "is running",
            };
            format!(
                "This {} with {} is there already and {state}: {}. `/one-on-one show` shows it.",
                noun(circle.series.kind),
                circle.with(),
                rhythm(&circle.series)
            )
        }
    };
    Message::text(words).ephemeral()
}

/// The refusal of a preview's button to anybody else.
#[must_use]
pub fn not_your_preview() -> String {
    "Only the person who asked for this preview can use its buttons. `/one-on-one schedule` makes one \
     of your own."
        .to_owned()
}
