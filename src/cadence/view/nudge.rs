//! What people see of nudges beside the brief: promises, the question whether a session was held, what
//! was missed, and what came of their buttons.

use chrono::{DateTime, Utc};

use super::{line, promise_button, session_id};
use crate::cadence::rules::{NudgeKind, OccurrenceState, PromiseState, SeriesState};
use crate::cadence::service::nudge::{CatchUp, PutOff, Reminder, Span, Upcoming};
use crate::cadence::service::{Circle, shown};
use crate::cadence::store::due::Nudge;
use crate::cadence::store::nudges::About;
use crate::cadence::store::occurrences::Occurrence;
use crate::cadence::store::promises::Promise;
use crate::ids::{GuildId, OccurrenceId, PersonId, SeriesId, UserId};
use crate::people::Guild;
use crate::render::limits::EMBED_DESCRIPTION;
use crate::render::{
    Button, CustomId, Embed, Input, Message, Modal, Row, cut, escape, stamp, theme,
};

/// What waits for somebody who could not be reached.
pub const WAITING: &str = "I had something for you and can't reach you by direct message. Allow direct \
     messages from this server's members and the next will come; `/one-on-one list` shows what is ahead.";

/// Why a series rests whose person has left.
pub const LEFT: &str = "left the server";

/// Entries of a list that are named one by one.
const ENTRIES: usize = 5;

/// The id of a button about a session.
#[must_use]
pub fn nudge_id(action: &str, date: OccurrenceId) -> CustomId {
    CustomId::new("nudge", action).arg(date)
}

/// What a nudge is recognised by: the id of its first button. It tells what the nudge is about, until
/// when it is of use, and when it was due, so that no two nudges of somebody share it.
#[must_use]
pub fn nudge_mark(nudge: &Nudge) -> CustomId {
    let (letter, id) = letter(nudge.about);
    let action = match nudge.kind {
        NudgeKind::Held => return held_id(true, OccurrenceId(id)).arg(nudge.due.timestamp()),
        _ => "snooze",
    };
    CustomId::new("nudge", action)
        .arg(letter)
        .arg(id)
        .arg(nudge.expires.timestamp())
        .arg(nudge.due.timestamp())
}

/// What the message about what was missed is recognised by.
#[must_use]
pub fn catch_up_mark(guild: GuildId, now: DateTime<Utc>) -> CustomId {
    let id = CustomId::new("nudge", "next").arg(guild);
    id.arg(now.timestamp_millis())
}

fn letter(about: About) -> (char, i64) {
    match about {
        About::Occurrence(id) => ('o', id.0),
        About::Promise(id) => ('p', id.0),
    }
}

fn held_id(was_held: bool, date: OccurrenceId) -> CustomId {
    nudge_id(if was_held { "held" } else { "not-held" }, date)
}

/// A promise that is due, or overdue.
#[must_use]
pub fn promise_due(reminder: &Reminder, nudge: &Nudge, now: DateTime<Utc>) -> Message {
    let (promise, guild) = (&reminder.promise, &reminder.guild);
    let head = if reminder.is_overdue {
        "A promise of yours is overdue"
    } else {
        "A promise of yours is due today"
    };
    let owner = Some(promise.owner.person);
    let embed = Embed::text(line(promise, owner, guild.zone, now))
        .title(head)
        .colour(if reminder.is_overdue {
            theme::WARN
        } else {
            theme::NEUTRAL
        })
        .footer(format!("In {}.", escape::name(&guild.name)));
    Message::embed(embed).row(Row::from([
        Button::success("Done", promise_button("done", guild.id, promise.id)),
        Button::secondary("Drop", promise_button("drop", guild.id, promise.id)),
        Button::secondary("Snooze", nudge_mark(nudge)),
    ]))
}

/// Asks whether a session was held.
#[must_use]
pub fn was_it_held(guild: &Guild, circle: &Circle, date: &Occurrence, nudge: &Nudge) -> Message {
    Message::text(format!(
        "Your {} with {} was to be {} in **{}**. Was it held?",
        circle.series.kind.noun(),
        circle.with(),
        stamp::short(date.starts_at),
        escape::name(&guild.name)
    ))
    .row(Row::from([
        Button::success("Held", nudge_mark(nudge)),
        Button::secondary("Not held", held_id(false, date.id)),
    ]))
}

/// What follows from an answer. Nothing of what the others said is told.
#[must_use]
pub fn held_kept(circle: &Circle, date: &Occurrence, was_held: bool) -> Message {
    let guild = circle.series.guild;
    let session = format!(
        "{} with {} of {}",
        circle.series.kind.noun(),
        circle.with(),
        stamp::date(date.starts_at)
    );
    if was_held {
        return Message::text(format!(
            "{} Good. I noted that your {session} was held. While it is fresh: what do you want to keep \
             of it?",
            theme::TICK
        ))
        .row(Row::from([
            Button::primary("Log it", session_id("edit", guild, date.id)),
            Button::secondary("It was not held", held_id(false, date.id)),
        ]));
    }
    Message::text(format!(
        "I noted that your {session} was not held. `/one-on-one schedule` or `move` finds another time; \
         what is on the agenda waits for the next.",
    ))
    .row(Row::from([Button::secondary(
        "It was held",
        held_id(true, date.id),
    )]))
}

/// What was missed while nobody looked, and still matters.
#[must_use]
pub fn catch_up(missed: &CatchUp, mark: CustomId, now: DateTime<Utc>) -> Message {
    let mut parts = Vec::new();
    let ahead: Vec<String> = missed.ahead.iter().map(headline).collect();
    parts.extend(part("Ahead of you", ahead, "/one-on-one list"));
    let ended = missed.ended.iter().map(|(circle, date)| {
        let kind = circle.series.kind.noun();
        format!(
            "• {kind} with {}, {}",
            circle.with(),
            stamp::short(date.starts_at)
        )
    });
    parts.extend(part("Was it held?", ended.collect(), "/one-on-one list"));
    let promises = missed.promises.iter().map(|(promise, _)| {
        let me = Some(promise.owner.person);
        cut(&line(promise, me, missed.guild.zone, now), 300)
    });
    parts.extend(part("Your promises", promises.collect(), "/promise list"));
    let embed = Embed::text(cut(&parts.join("\n\n"), EMBED_DESCRIPTION))
        .title("I was away for a while. This still matters")
        .colour(theme::NEUTRAL)
        .footer(format!("In {}.", escape::name(&missed.guild.name)));
    let asked = missed.ended.iter().take(3).map(|(circle, date)| {
        let with = circle
            .others
            .first()
            .and_then(|other| other.name.as_deref());
        let with = with.map_or_else(String::new, |name| {
            format!(": {}", crate::render::cut_graphemes(name, 20))
        });
        Row::from([
            Button::success(format!("Held{with}"), held_id(true, date.id)),
            Button::secondary(format!("Not held{with}"), held_id(false, date.id)),
        ])
    });
    Message::embed(embed)
        .rows(asked)
        .row(Row::from([Button::secondary("What is ahead", mark)]))
}

fn headline((circle, date, items): &(Circle, Occurrence, i64)) -> String {
    let agenda = match items {
        0 => "nothing on the agenda yet".to_owned(),
        1 => "1 item on the agenda".to_owned(),
        items => format!("{items} items on the agenda"),
    };
    format!(
        "• {} with {}, {} ({})\n-# {agenda}",
        circle.series.kind.noun(),
        circle.with(),
        stamp::full(date.starts_at),
        stamp::relative(date.starts_at)
    )
}

fn part(head: &str, lines: Vec<String>, more: &str) -> Option<String> {
    if lines.is_empty() {
        return None;
    }
    let hidden = lines.len().saturating_sub(ENTRIES);
    let mut shown: Vec<String> = lines.into_iter().take(ENTRIES).collect();
    if hidden > 0 {
        shown.push(format!("-# and {hidden} more: `{more}`"));
    }
    Some(format!("**{head}**\n{}", shown.join("\n")))
}

/// The next dates of somebody.
#[must_use]
pub fn next_dates(dates: &Upcoming) -> Message {
    let lines: Vec<String> = dates
        .iter()
        .map(|(circle, date)| {
            format!(
                "• {} with {}, {} ({})",
                circle.series.kind.noun(),
                circle.with(),
                stamp::full(date.starts_at),
                stamp::relative(date.starts_at)
            )
        })
        .collect();
    let text = part("Ahead of you", lines, "/one-on-one list");
    let text = text.unwrap_or_else(|| {
        "Nothing is planned. `/one-on-one schedule` starts a rhythm with somebody.".to_owned()
    });
    Message::text(text).ephemeral()
}

/// Asks until when a nudge is put off.
#[must_use]
pub fn snooze(about: About, expires: DateTime<Utc>, wish: &PutOff) -> Message {
    if wish.choices.is_empty()
        && let Some(starts) = wish.starts
    {
        return Message::text(starts_before(starts)).ephemeral();
    }
    let (letter, id) = letter(about);
    let buttons = wish.choices.iter().map(|(span, _)| {
        let label = match span {
            Span::Quarter => "15 minutes",
            Span::Hour => "1 hour",
            Span::Morning => "Tomorrow morning",
        };
        let id = CustomId::new("nudge", "put-off")
            .arg(span.word())
            .arg(letter)
            .arg(id)
            .arg(expires.timestamp());
        Button::secondary(label, id)
    });
    Message::text("When shall I remind you again?")
        .row(Row::Buttons(buttons.collect()))
        .ephemeral()
}

/// Says when a nudge comes again.
#[must_use]
pub fn snoozed(at: DateTime<Utc>) -> Message {
    Message::text(format!(
        "⏰ I will remind you again {} ({}).",
        stamp::relative(at),
        stamp::short(at)
    ))
    .ephemeral()
}

/// Refuses to put a nudge off past the start of its session.
#[must_use]
pub fn starts_before(starts: DateTime<Utc>) -> String {
    format!(
        "It starts {}, so I can't remind you later than that. If you need more time, move it.",
        stamp::relative(starts)
    )
}

/// Asks to what time a session is moved.
#[must_use]
pub fn move_form(date: OccurrenceId, starts: DateTime<Utc>) -> Modal {
    let id = nudge_id("moved", date).arg(starts.timestamp());
    Modal::new("Move it", id).input(
        Input::line("when", "To when?")
            .length(1, 100)
            .placeholder("thu 14:00, tomorrow 9am, 2026-12-01 14:30"),
    )
}

/// Asks why a session is skipped.
#[must_use]
pub fn skip_form(date: OccurrenceId, starts: DateTime<Utc>) -> Modal {
    let id = nudge_id("skipped", date).arg(starts.timestamp());
    Modal::new("Skip it", id).input(
        Input::line("reason", "Why? The other side reads it (optional)")
            .length(0, 300)
            .placeholder("At the customer's that day"),
    )
}

/// Says that no more nudges come, and how they come again.
#[must_use]
pub fn stopped(circle: &Circle) -> Message {
    Message::text(format!(
        "🔕 I will not nudge you about your {} with {} any more. It goes on as planned; \
         `/one-on-one show` lets the nudges come again.",
        circle.series.kind.noun(),
        circle.with()
    ))
    .ephemeral()
}

/// What happened to a session that a button speaks of, and what to do next.
#[must_use]
pub fn happened(
    circle: &Circle,
    date: &Occurrence,
    (is_moved, mover): (bool, Option<PersonId>),
    next: Option<&Occurrence>,
    now: DateTime<Utc>,
) -> String {
    let by = |person: Option<PersonId>| match person {
        Some(person) if person == circle.me.person => " by you".to_owned(),
        Some(person) => circle
            .others
            .iter()
            .find(|other| other.person == person)
            .map_or_else(String::new, |other| {
                format!(" by {}", shown(other.name.as_deref()))
            }),
        None => String::new(),
    };
    let next = next
        .filter(|next| next.id != date.id && next.starts_at > now)
        .map_or_else(String::new, |next| {
            format!(" The next is {}.", stamp::full(next.starts_at))
        });
    match (circle.series.state, date.state) {
        (SeriesState::Ended, _) => {
            "The series has ended. `/one-on-one schedule` starts a new one.".to_owned()
        }
        (_, OccurrenceState::Skipped) => {
            let reason = date.reason.as_deref().map(escape::inline);
            let reason = reason.filter(|reason| !reason.is_empty());
            let reason = reason.map_or_else(String::new, |reason| format!("\n> {reason}\n"));
            format!("This one was skipped{}.{reason}{next}", by(date.skipped_by))
        }
        (SeriesState::Paused, _) => {
            "The series is paused. `/one-on-one resume` takes it up again.".to_owned()
        }
        (_, OccurrenceState::Cancelled) => {
            format!("This one was called off.{next} `/one-on-one list` shows what is ahead.")
        }
        (_, OccurrenceState::Over) => {
            format!("It is over.{next} `/one-on-one log` keeps what you talked about.")
        }
        (_, OccurrenceState::Planned) if is_moved => format!(
            "This was moved to {}{}. You will be reminded before that; `/one-on-one move` moves it again.",
            stamp::full(date.starts_at),
            by(mover)
        ),
        (_, OccurrenceState::Planned) if date.starts_at > now => {
            format!("It is still ahead: {}.", stamp::full(date.starts_at))
        }
        (_, OccurrenceState::Planned) => format!(
            "It has begun. I will ask you {} whether it was held.",
            stamp::relative(date.ends_at)
        ),
    }
}

/// Says that a promise is no longer open.
#[must_use]
pub fn promise_is_closed(promise: &Promise) -> String {
    let how = match promise.state {
        PromiseState::Done => "kept",
        PromiseState::Dropped => "dropped",
        PromiseState::Open => "taken up again",
    };
    format!("That promise was {how} already. `/promise list` shows what is open.")
}

/// A word in a channel for somebody who takes no direct messages: nothing of what it is about.
#[must_use]
pub fn cannot_reach(user: UserId) -> Message {
    Message::text(format!(
        "<@{user}>, I have something for you and can't reach you by direct message. Allow direct \
         messages from this server's members, or use `/one-on-one list`."
    ))
    .ping([user.get()])
}

/// Tells somebody that the other has left, seen from that other.
#[must_use]
pub fn has_left(guild: &Guild, circle: &Circle, ends: bool) -> Message {
    let (kind, name) = (circle.series.kind.noun(), circle.me.shown());
    let server = escape::name(&guild.name);
    if ends {
        return Message::text(format!(
            "{name} is no longer in **{server}**, so the {kind} that you asked for does not begin."
        ));
    }
    Message::text(format!(
        "{name} is no longer in **{server}**, so I paused your {kind}. When they are back, \
         `/one-on-one resume` takes it up again; if they do not come back, end it."
    ))
    .row(Row::from([Button::secondary(
        "End it",
        end_id(circle.series.id),
    )]))
}

fn end_id(series: SeriesId) -> CustomId {
    CustomId::new("nudge", "end").arg(series)
}
