//! What somebody reads after changing a series, or when it cannot be changed as it stands.

use chrono::{DateTime, Utc};

use super::told::{name, noun, of_date, rhythm, when};
use crate::cadence::rules::{OccurrenceState, SeriesState};
use crate::cadence::service::{Circle, Moved, Skipped, Standing, Suggestion};
use crate::cadence::store::occurrences::Occurrence;
use crate::render::{Button, CustomId, Input, Message, Modal, Row, stamp};

/// Whoever is to be met is not in the server.
#[must_use]
pub fn not_here(who: &str) -> String {
    format!(
        "{} is not in this server. Choose somebody who is with `with`.",
        name(Some(who))
    )
}

/// The first date of a wish has passed.
#[must_use]
pub fn first_has_passed(at: DateTime<Utc>) -> String {
    format!(
        "The first date, {}, has passed, so nothing was saved. Run `/one-on-one schedule` again.",
        stamp::full(at)
    )
}

/// A time that was suggested has passed.
#[must_use]
pub fn suggestion_has_passed(at: DateTime<Utc>) -> String {
    format!(
        "The suggested time, {}, has passed. `/one-on-one move` finds another.",
        stamp::full(at)
    )
}

/// Somebody declines what they have agreed to.
#[must_use]
pub fn agreed_before(circle: &Circle) -> String {
    format!(
        "You said that this {} with {} is fine. `/one-on-one end` ends it.",
        noun(circle.series.kind),
        circle.with()
    )
}

/// The series has the suggested time already.
#[must_use]
pub fn rule_moved_before(circle: &Circle) -> String {
    format!(
        "This has been moved to that time already: it is {}.",
        rhythm(&circle.series)
    )
}

/// The series waits for somebody's agreement.
#[must_use]
pub fn not_agreed(circle: &Circle) -> String {
    format!(
        "This {} with {} has not begun: not everybody has said that it is fine. `/one-on-one end` \
         takes it back.",
        noun(circle.series.kind),
        circle.with()
    )
}

/// A pause would be over before it begins.
#[must_use]
pub fn pause_would_be_over() -> String {
    "A pause ends when that day begins, so choose a day from tomorrow on, such as “next monday” or \
     “2027-01-07”. Without `until` it lasts until one of you resumes it."
        .to_owned()
}

/// There is nothing to put into a calendar.
#[must_use]
pub fn no_dates() -> String {
    "You meet nobody in a rhythm yet, so there are no dates. `/one-on-one schedule` starts one."
        .to_owned()
}

/// There is no next date that could be changed.
#[must_use]
pub fn no_next(circle: &Circle) -> String {
    let (kind, with) = (noun(circle.series.kind), circle.with());
    match circle.series.state {
        SeriesState::Paused => format!(
            "Your {kind} with {with} is paused and has no next date. `/one-on-one resume` lets it go on."
        ),
        SeriesState::Proposed => not_agreed(circle),
        _ => format!(
            "Your {kind} with {with} has no next date. `/one-on-one show` shows how it stands."
        ),
    }
}

/// A date is no longer ahead, and why.
#[must_use]
pub fn date_is_past(circle: &Circle, date: &Occurrence) -> String {
    let (kind, at) = (noun(circle.series.kind), stamp::full(date.starts_at));
    let what = match date.state {
        OccurrenceState::Skipped => "was skipped",
        OccurrenceState::Cancelled => "was taken off the plan",
        OccurrenceState::Over | OccurrenceState::Planned => "is over",
    };
    format!("The {kind} of {at} {what}. `/one-on-one show` shows what comes next.")
}

fn next_is(next: Option<&Occurrence>) -> String {
    match next {
        Some(next) => format!(" The next is {}.", when(next.starts_at)),
        None => String::new(),
    }
}

/// It is fine with whoever was asked.
#[must_use]
pub fn agreed(standing: &Standing) -> Message {
    let circle = &standing.circle;
    let waits = match circle.series.state {
        SeriesState::Proposed => " It begins once everybody has said so.",
        SeriesState::Paused => " It is paused for now.",
        _ => "",
    };
    Message::text(format!(
        "✅ Fine: {} with {}, {}.{}{waits}\n`/one-on-one show` has the rest.",
        noun(circle.series.kind),
        circle.with(),
        rhythm(&circle.series),
        next_is(standing.next.as_ref())
    ))
}

/// Somebody has declined.
#[must_use]
pub fn has_declined(circle: &Circle) -> Message {
    Message::text(format!(
        "You declined the {} with {}; I have told them. `/one-on-one schedule` plans another.",
        noun(circle.series.kind),
        circle.with()
    ))
}

/// A suggestion is on its way.
#[must_use]
pub fn has_suggested(circle: &Circle, suggestion: &Suggestion) -> Message {
    Message::text(format!(
        "🔁 I have asked {} whether your {} can move to {}. Until they answer it stays {}.",
        circle.with(),
        noun(circle.series.kind),
        when(suggestion.at),
        rhythm(&circle.series)
    ))
}

/// The suggestion was taken.
#[must_use]
pub fn has_taken(standing: &Standing) -> Message {
    let circle = &standing.circle;
    Message::text(format!(
        "✅ Moved: your {} with {} is now {}.{} I have told them.",
        noun(circle.series.kind),
        circle.with(),
        rhythm(&circle.series),
        next_is(standing.next.as_ref())
    ))
}

/// The suggestion was not taken.
#[must_use]
pub fn has_kept(circle: &Circle) -> Message {
    Message::text(format!(
        "Your {} with {} stays {}. I have told them.",
        noun(circle.series.kind),
        circle.with(),
        rhythm(&circle.series)
    ))
}

/// A date was moved.
#[must_use]
pub fn moved(moved: &Moved) -> Message {
    let circle = &moved.circle;
    let (kind, with) = (noun(circle.series.kind), circle.with());
    let at = when(moved.date.starts_at);
    if moved.from == moved.date.starts_at {
        return Message::text(format!("Your {kind} with {with} is there already: {at}."))
            .ephemeral();
    }
    let beyond = moved.beyond.map(|next| {
        format!(
            "\n⚠️ That is not before the date after it, {}: the two now come in the other order. \
             `/one-on-one skip` leaves one of them out.",
            stamp::full(next)
        )
    });
    Message::text(format!(
        "↪️ Moved: your {kind} with {with} from {} to {at}. I have told them.{}",
        stamp::full(moved.from),
        beyond.unwrap_or_default()
    ))
    .ephemeral()
}

/// A moved date is fine with somebody: it was moved to `at`, and perhaps again since.
#[must_use]
pub fn date_is_fine(circle: &Circle, date: &Occurrence, at: DateTime<Utc>) -> Message {
    if date.starts_at != at {
        return Message::text(format!(
            "Your {} with {} has been moved again since: it is {}.",
            noun(circle.series.kind),
            circle.with(),
            when(date.starts_at)
        ));
    }
    Message::text(format!(
        "✅ Fine: your {} with {} is {}.",
        noun(circle.series.kind),
        circle.with(),
        when(date.starts_at)
    ))
}

/// Another time for a date is on its way.
#[must_use]
pub fn has_suggested_date(circle: &Circle, at: DateTime<Utc>) -> Message {
    Message::text(format!(
        "🔁 I have asked {} whether your {} can be {} instead.",
        circle.with(),
        noun(circle.series.kind),
        when(at)
    ))
}

/// A date stays where it is.
#[must_use]
pub fn has_kept_date(circle: &Circle, date: &Occurrence) -> Message {
    Message::text(format!(
        "Your {} with {} stays {}. I have told them.",
        noun(circle.series.kind),
        circle.with(),
        when(date.starts_at)
    ))
}

/// A date was skipped.
#[must_use]
pub fn skipped(skipped: &Skipped) -> Message {
    let circle = &skipped.circle;
    Message::text(format!(
        "⏭️ Skipped: your {} with {} of {}. I have told them.{}",
        noun(circle.series.kind),
        circle.with(),
        stamp::full(skipped.date.starts_at),
        next_is(skipped.next.as_ref())
    ))
    .row(Row::Buttons(vec![Button::secondary(
        "Keep it after all",
        of_date("unskip", &skipped.date),
    )]))
    .ephemeral()
}

/// A skipped date is on again.
#[must_use]
pub fn has_unskipped(circle: &Circle, date: &Occurrence) -> Message {
    Message::text(format!(
        "↩️ It is on: your {} with {}, {}. I have told them.",
        noun(circle.series.kind),
        circle.with(),
        when(date.starts_at)
    ))
}

/// A series rests.
#[must_use]
pub fn has_paused(circle: &Circle) -> Message {
    let until = match circle.series.paused_until {
        Some(until) => format!("until {}; then it goes on by itself", stamp::date(until)),
        None => "until one of you resumes it with `/one-on-one resume`".to_owned(),
    };
    Message::text(format!(
        "⏸️ Your {} with {} is paused {until}. I have told them.",
        noun(circle.series.kind),
        circle.with()
    ))
    .ephemeral()
}

/// A series goes on.
#[must_use]
pub fn has_resumed(standing: &Standing) -> Message {
    let circle = &standing.circle;
    Message::text(format!(
        "▶️ Your {} with {} is running: {}.{}",
        noun(circle.series.kind),
        circle.with(),
        rhythm(&circle.series),
        next_is(standing.next.as_ref())
    ))
    .ephemeral()
}

/// A series has ended.
#[must_use]
pub fn has_ended(circle: &Circle) -> Message {
    Message::text(format!(
        "⏹️ Your {} with {} has ended. I have told them. What you wrote down together stays: \
         `/one-on-one history` shows it.",
        noun(circle.series.kind),
        circle.with()
    ))
    .ephemeral()
}

/// Asks once before a series ends; sending the form ends it.
#[must_use]
pub fn end_form(circle: &Circle, reason: Option<&str>) -> Modal {
    let first = circle
        .others
        .first()
        .and_then(|other| other.name.as_deref());
    let title = format!("End it with {} for good?", first.unwrap_or("them"));
    let id = CustomId::new("series", "end").arg(circle.series.id);
    Modal::new(title, id).input(
        Input::paragraph("reason", "Why? They will read it.")
            .length(0, 300)
            .placeholder("optional")
            .value(reason.unwrap_or_default()),
    )
}

/// Asks why somebody declines.
#[must_use]
pub fn decline_form(id: CustomId) -> Modal {
    Modal::new("Decline", id).input(
        Input::paragraph("reason", "Why? They will read it.")
            .length(0, 300)
            .placeholder("optional"),
    )
}

/// Asks for another time.
#[must_use]
pub fn time_form(id: CustomId) -> Modal {
    Modal::new("Suggest another time", id).input(
        Input::line("when", "When, in your time?")
            .length(1, 100)
            .placeholder("thu 11:00, tomorrow 9am, 2026-12-01 14:30"),
    )
}
