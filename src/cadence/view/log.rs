//! What people see when they write down a session.

use chrono::{DateTime, Utc};

use super::agenda::discussed;
use super::promise::{line, server};
use crate::cadence::service::{Circle, Draft, Logged, NOTE};
use crate::cadence::store::agenda::Item;
use crate::cadence::store::occurrences::Occurrence;
use crate::cadence::store::promises::Promise;
use crate::ids::{GuildId, OccurrenceId};
use crate::people::Guild;
use crate::render::component::Choice;
use crate::render::{
    Button, CustomId, Input, Message, Modal, Row, Select, cut, cut_graphemes, escape, stamp, theme,
};

/// How long each part of Review & Plan is at most, in characters.
const PART: usize = 1_000;
/// How long all promises together are.
const PROMISES: usize = 2_000;
/// How many promises the answer shows.
const SHOWN: usize = 6;

/// A button or form about a session. The guild is in it: the button may stand in a DM.
#[must_use]
pub fn session_id(action: &str, guild: GuildId, session: OccurrenceId) -> CustomId {
    CustomId::new("session", action).arg(guild).arg(session)
}

/// The form of Review & Plan, with what this side wrote before.
#[must_use]
pub fn log_form(draft: &Draft) -> Modal {
    let circle = &draft.circle;
    let session = draft.session.as_ref().map_or(0, |session| session.id.0);
    let id = CustomId::new("session", "log")
        .arg(circle.series.guild)
        .arg(circle.series.id)
        .arg(session);
    let part = |key, label: &str, hint: &str, value: Option<&String>| {
        Input::paragraph(key, label)
            .length(0, PART)
            .placeholder(hint)
            .value(value.cloned().unwrap_or_default())
    };
    let words = &draft.words;
    Modal::new("Review & Plan", id)
        .input(part(
            "went-well",
            "What went well?",
            "Since last time, and why it did",
            words.went_well.as_ref(),
        ))
        .input(part(
            "saw-and-felt",
            "What did we see and feel?",
            "What each of you noticed",
            words.saw_and_felt.as_ref(),
        ))
        .input(part(
            "plan",
            "Plan",
            "What you do next, and how you will know",
            words.plan.as_ref(),
        ))
        .input(
            Input::paragraph("promises", "New promises, one a line")
                .length(0, PROMISES)
                .placeholder("send the deck by Friday · Bo: book the room by 1 dec"),
        )
}

/// What was kept, with what is left to do.
#[must_use]
pub fn logged(logged: &Logged, now: DateTime<Utc>) -> Message {
    let circle = &logged.circle;
    let what = if logged.is_written {
        "Saved"
    } else {
        "Saved as held, without notes"
    };
    let mut lines = vec![format!(
        "{} {what}: your {} with {} of {}. {} can read it in `/one-on-one history`.",
        theme::TICK,
        circle.series.kind.noun(),
        circle.with(),
        stamp::short(logged.session.starts_at),
        circle.with()
    )];
    let me = Some(circle.me.person);
    for promise in logged.promises.iter().take(SHOWN) {
        lines.push(line(promise, me, logged.guild.zone, now));
    }
    if logged.promises.len() > SHOWN {
        let more = logged.promises.len() - SHOWN;
        lines.push(format!("… and {more} more promises: `/promise list`."));
    }
    if let Some((promise, why)) = logged.undated.first() {
        let count = match logged.undated.len() {
            1 => "One promise is kept without a day".to_owned(),
            many => format!("{many} promises are kept without a day"),
        };
        lines.push(format!(
            "{} {count}. “{}”: {why} Choose it below to give it one.",
            theme::WARNING,
            cut(&escape::inline(&promise.text), 100)
        ));
    }
    let open: Vec<&Item> = logged.open.iter().collect();
    let guild = logged.guild.id;
    let id = session_id("talked", guild, logged.session.id);
    Message::text(cut_lines(&lines))
        .rows(discussed(id, &open))
        .rows(days(guild, &logged.undated))
        .row([Button::secondary(
            "Private note",
            session_id("note", guild, logged.session.id),
        )])
        .ephemeral()
}

/// Lines as far as they fit into one message.
fn cut_lines(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        if text.chars().count() + line.chars().count() > 1_900 {
            break;
        }
        text.push_str(line);
        text.push('\n');
    }
    text.trim_end().to_owned()
}

fn days(guild: GuildId, undated: &[(Promise, String)]) -> Option<Row> {
    let choices: Vec<Choice> = undated
        .iter()
        .take(25)
        .map(|(promise, _)| Choice::new(cut_graphemes(&promise.text, 80), promise.id.to_string()))
        .collect();
    (!choices.is_empty()).then(|| {
        let id = CustomId::new("promise", "day-of").arg(guild);
        Row::from(Select::text(id, choices).placeholder("Give a promise its day"))
    })
}

/// What the others read once a side has written down a session.
#[must_use]
pub fn logged_for_others(
    circle: &Circle,
    session: &Occurrence,
    guild: &Guild,
    theirs: usize,
) -> Message {
    let promises = match theirs {
        0 => String::new(),
        1 => " One new promise of yours is among them: `/promise list`.".to_owned(),
        many => format!(" {many} new promises of yours are among them: `/promise list`."),
    };
    Message::text(format!(
        "{} wrote notes on your {} of {} in {}. Read them there with `/one-on-one history`, and add \
         yours with `/one-on-one log`.{promises}",
        circle.me.shown(),
        circle.series.kind.noun(),
        stamp::short(session.starts_at),
        server(guild)
    ))
}

/// What somebody reads who marked items as discussed after a session.
#[must_use]
pub fn talked(count: usize) -> Message {
    let text = match count {
        0 => "That is no longer on the agenda. `/one-on-one agenda` shows what is.".to_owned(),
        count => format!(
            "{} Discussed: {count}. What is left comes up again next time.",
            theme::TICK
        ),
    };
    Message::text(text).ephemeral()
}

/// The form of a private note, with what is there.
#[must_use]
pub fn note_form(guild: GuildId, session: OccurrenceId, note: &str) -> Modal {
    Modal::new("Private note", session_id("noted", guild, session)).input(
        Input::paragraph("note", "For you alone")
            .length(0, NOTE)
            .placeholder("Nobody else ever reads this")
            .value(note),
    )
}

/// What somebody reads whose private note was kept, or is gone.
#[must_use]
pub fn note_kept(is_kept: bool) -> Message {
    let text = if is_kept {
        format!(
            "{} Kept, for you alone. `/one-on-one history` shows it to you.",
            theme::LOCK
        )
    } else {
        "Your private note is gone.".to_owned()
    };
    Message::text(text).ephemeral()
}
