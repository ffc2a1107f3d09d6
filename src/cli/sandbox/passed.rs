//! What was seen while time was pushed: each time at which there was something, and what it was.

use chrono::{DateTime, Utc};
use discord_sandbox::{Seen, Sight, Snowflake};

use super::plain::clock;
use super::screen::{Screen, Style};
use super::stage::Stage;
use crate::time::clock::from_millis;

/// So many messages are read in full; of more, each is told of in a line.
const IN_FULL: usize = 12;

/// As [`Screen::show`], below the times at which it was seen.
pub(super) fn show(
    screen: &mut Screen,
    stage: &Stage,
    seen: &[Seen],
    here: Option<Snowflake>,
) -> Vec<String> {
    let mut lines = Vec::new();
    screen.in_brief = messages(seen) > IN_FULL;
    for (at, seen) in by_minute(seen) {
        screen.seen_at = Some(at);
        let shown = screen.show(stage, seen, here, None);
        if !shown.is_empty() {
            lines.push(screen.in_style(Style::Faint, &clock(at, stage.zone)));
            lines.extend(shown);
        }
    }
    if screen.in_brief {
        let hint = "Much has happened. In full, the latest of it: in DM, then Ann: look.";
        lines.push(screen.in_style(Style::Faint, hint));
    }
    (screen.in_brief, screen.seen_at) = (false, None);
    lines
}

/// How many messages there are, by how many people whichever is seen.
fn messages(seen: &[Seen]) -> usize {
    let mut ids: Vec<Snowflake> = seen.iter().filter_map(new).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// What was seen within each minute. What is no message has no time, and belongs to the one before.
fn by_minute(seen: &[Seen]) -> Vec<(DateTime<Utc>, &[Seen])> {
    let mut minute = seen.iter().find_map(new).map_or(0, minute_of);
    let minutes: Vec<i64> = seen
        .iter()
        .map(|one| {
            minute = new(one).map_or(minute, minute_of).max(minute);
            minute
        })
        .collect();
    let mut rest = seen;
    let mut found = Vec::new();
    for same in minutes.chunk_by(|one, next| one == next) {
        let (these, later) = rest.split_at(same.len());
        let minute = same.first().copied().unwrap_or_default();
        found.push((from_millis(minute * 60_000), these));
        rest = later;
    }
    found
}

/// The message that was new.
fn new(seen: &Seen) -> Option<Snowflake> {
    match &seen.sight {
        Sight::Shown(view) => Some(view.id()),
        _ => None,
    }
}

fn minute_of(message: Snowflake) -> i64 {
    message.created_ms().div_euclid(60_000)
}
