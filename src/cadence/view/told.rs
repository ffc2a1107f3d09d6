//! What the people of a series are told of it by DM, with what they can do about it.
//!
//! The words stand in the message's text: what cannot be delivered waits for the person's next command
//! as that text alone, so each says which command does the same as its buttons.

use chrono::{DateTime, Utc};

use crate::cadence::rules::{Answer, Kind, code};
use crate::cadence::service::{Circle, Suggestion, rule_of};
use crate::cadence::store::occurrences::Occurrence;
use crate::cadence::store::series::{Member, Series};
use crate::people::Guild;
use crate::render::{Button, CustomId, Message, Row, escape, stamp};

/// A name as it is shown: rendered, in bold.
#[must_use]
pub fn name(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("**{}**", escape::name(name)),
        None => "somebody whose data was erased".to_owned(),
    }
}

/// "one-on-one", "peer coaching session": one of its dates, or the series itself.
pub(super) const fn noun(kind: Kind) -> &'static str {
    kind.noun()
}

/// "every week on Tuesday at 10:00 (Europe/Berlin), 30 minutes"; a pair of a round has no rhythm of its
/// own: "once, 30 minutes".
#[must_use]
pub fn rhythm(series: &Series) -> String {
    if series.has_one_date {
        return format!("once, {} minutes", series.minutes);
    }
    let words = rule_of(series).map(|rule| rule.words());
    format!(
        "{} ({}), {} minutes",
        words.unwrap_or_default(),
        series.zone.name(),
        series.minutes
    )
}

/// "Tuesday, 1 December 2026 14:30 (in 3 days)".
pub(super) fn when(at: DateTime<Utc>) -> String {
    format!("{} ({})", stamp::full(at), stamp::relative(at))
}

fn server(guild: &Guild) -> String {
    format!("**{}**", escape::inline(&guild.name))
}

/// A reason below the words, if there is one.
fn because(reason: Option<&str>) -> String {
    match reason.map(escape::inline) {
        Some(reason) if !reason.is_empty() => format!("\n> {reason}"),
        _ => String::new(),
    }
}

fn next_is(next: Option<&Occurrence>) -> String {
    match next {
        Some(next) => format!(" The next is {}.", when(next.starts_at)),
        None => String::new(),
    }
}

fn of_series(action: &str, series: &Series) -> CustomId {
    CustomId::new("series", action).arg(series.id)
}

/// A button's id about one date.
pub(super) fn of_date(action: &str, date: &Occurrence) -> CustomId {
    CustomId::new("series", action)
        .arg(date.series)
        .arg(date.id)
}

/// The buttons of somebody who was asked to a series.
pub(super) fn answers(series: &Series) -> Row {
    Row::Buttons(vec![
        Button::success("Fine", of_series("fine", series)),
        Button::secondary("Suggest another time", of_series("suggest", series)),
        Button::danger("Decline", of_series("decline", series)),
    ])
}

/// Asks somebody to a series.
#[must_use]
pub fn asks(guild: &Guild, series: &Series, maker: &str, begins: Option<DateTime<Utc>>) -> Message {
    let begins = begins.map(|at| format!(" The first is {}.", when(at)));
    let begins = begins.unwrap_or_default();
    let verb = match series.kind {
        Kind::PeerCoaching => "suggests",
        _ => "has planned",
    };
    let proposed = match series.kind {
        Kind::PeerCoaching => " It begins once you say that it is fine.",
        _ => "",
    };
    let words = format!(
        "📅 {maker} {verb} a {} with you in {}: {}.{begins}{proposed}\n\
         `/one-on-one show` in the server shows it, too.",
        noun(series.kind),
        server(guild),
        rhythm(series)
    );
    Message::text(words).row(answers(series))
}

/// Everybody has agreed, and it begins.
#[must_use]
pub fn begins(guild: &Guild, circle: &Circle, next: Option<&Occurrence>) -> Message {
    Message::text(format!(
        "✅ {} is fine with the {} in {}, so it begins: {}.{}",
        circle.me.shown(),
        noun(circle.series.kind),
        server(guild),
        rhythm(&circle.series),
        next_is(next)
    ))
}

/// Somebody does not want it.
#[must_use]
pub fn declined(guild: &Guild, circle: &Circle, reason: Option<&str>) -> Message {
    Message::text(format!(
        "{} declined the {} with you in {}, so it will not take place.{}\n\
         `/one-on-one schedule` plans another.",
        circle.me.shown(),
        noun(circle.series.kind),
        server(guild),
        because(reason)
    ))
}

/// A button's id about another time for the whole series.
fn of_suggestion(action: &str, series: &Series, suggestion: &Suggestion) -> CustomId {
    of_series(action, series)
        .arg(code::instant(suggestion.at))
        .arg(suggestion.repeat.letter())
        .arg(suggestion.by)
}

/// Somebody would rather have another time.
#[must_use]
pub fn suggested(guild: &Guild, circle: &Circle, suggestion: &Suggestion) -> Message {
    let series = &circle.series;
    let rule = suggestion
        .repeat
        .rule(series.zone.civil(suggestion.at), series.zone);
    let words = format!(
        "🔁 {} suggests another time for your {} in {}: {} ({}), first {}.\n\
         Now it is {}.",
        circle.me.shown(),
        noun(series.kind),
        server(guild),
        rule.words(),
        series.zone.name(),
        when(suggestion.at),
        rhythm(series)
    );
    Message::text(words).row(Row::Buttons(vec![
        Button::primary(
            "Move the series to this",
            of_suggestion("take", series, suggestion),
        ),
        Button::secondary("Keep", of_suggestion("keep", series, suggestion)),
    ]))
}

/// The suggestion was taken.
#[must_use]
pub fn rule_moved(guild: &Guild, circle: &Circle, next: Option<&Occurrence>) -> Message {
    Message::text(format!(
        "✅ {} moved your {} in {}. From now on it is {}.{}",
        circle.me.shown(),
        noun(circle.series.kind),
        server(guild),
        rhythm(&circle.series),
        next_is(next)
    ))
}

/// The suggestion was not taken; whoever has not answered yet still can.
#[must_use]
pub fn rule_kept(guild: &Guild, circle: &Circle, to: &Member) -> Message {
    let words = format!(
        "{} would like to keep your {} in {} where it is: {}.",
        circle.me.shown(),
        noun(circle.series.kind),
        server(guild),
        rhythm(&circle.series)
    );
    match to.answer {
        Answer::Asked => Message::text(words).row(answers(&circle.series)),
        _ => Message::text(words),
    }
}

/// A date was moved.
#[must_use]
pub fn date_moved(
    guild: &Guild,
    circle: &Circle,
    date: &Occurrence,
    from: DateTime<Utc>,
) -> Message {
    let words = format!(
        "↪️ {} moved your {} in {} from {} to {}. The dates after it stay.\n\
         `/one-on-one move` moves it again.",
        circle.me.shown(),
        noun(circle.series.kind),
        server(guild),
        stamp::full(from),
        when(date.starts_at)
    );
    let fine = of_date("date-fine", date).arg(code::instant(date.starts_at));
    Message::text(words).row(Row::Buttons(vec![
        Button::success("Fine", fine),
        Button::secondary("Suggest another time", of_date("date-suggest", date)),
    ]))
}

/// Somebody would rather have another time for a date that was moved.
#[must_use]
pub fn date_suggested(
    guild: &Guild,
    circle: &Circle,
    date: &Occurrence,
    at: DateTime<Utc>,
) -> Message {
    let words = format!(
        "🔁 {} suggests another time for your {} of {} in {}: {}.\n\
         `/one-on-one move` moves it, too.",
        circle.me.shown(),
        noun(circle.series.kind),
        stamp::full(date.starts_at),
        server(guild),
        when(at)
    );
    let id = |action: &str| {
        let id = of_date(action, date).arg(code::instant(at));
        id.arg(circle.me.person)
    };
    Message::text(words).row(Row::Buttons(vec![
        Button::primary("Move it to this", id("date-take")),
        Button::secondary("Keep", id("date-keep")),
    ]))
}

/// The date stays although another time was suggested.
#[must_use]
pub fn date_kept(guild: &Guild, circle: &Circle, date: &Occurrence) -> Message {
    Message::text(format!(
        "{} would like to keep your {} in {} where it is: {}.",
        circle.me.shown(),
        noun(circle.series.kind),
        server(guild),
        when(date.starts_at)
    ))
}

/// A date was skipped.
#[must_use]
pub fn date_skipped(
    guild: &Guild,
    circle: &Circle,
    date: &Occurrence,
    reason: Option<&str>,
    next: Option<&Occurrence>,
) -> Message {
    let words = format!(
        "⏭️ {} skipped your {} of {} in {}.{}{}",
        circle.me.shown(),
        noun(circle.series.kind),
        stamp::full(date.starts_at),
        server(guild),
        next_is(next),
        because(reason)
    );
    Message::text(words).row(Row::Buttons(vec![Button::secondary(
        "Keep it",
        of_date("unskip", date),
    )]))
}

/// A date that was skipped takes place.
#[must_use]
pub fn unskipped(guild: &Guild, circle: &Circle, date: &Occurrence) -> Message {
    Message::text(format!(
        "↩️ {} would like to keep your {} of {} in {}, so it is on again.\n\
         `/one-on-one skip` skips it, `/one-on-one move` finds it another time.",
        circle.me.shown(),
        noun(circle.series.kind),
        stamp::full(date.starts_at),
        server(guild)
    ))
}

/// The series rests.
#[must_use]
pub fn paused(guild: &Guild, circle: &Circle, reason: Option<&str>) -> Message {
    let until = match circle.series.paused_until {
        Some(until) => format!("until {}", stamp::date(until)),
        None => "until one of you resumes it".to_owned(),
    };
    Message::text(format!(
        "⏸️ {} paused your {} in {} {until}.{}\n`/one-on-one resume` lets it go on.",
        circle.me.shown(),
        noun(circle.series.kind),
        server(guild),
        because(reason)
    ))
}

/// The series goes on: somebody resumed it, or its pause is over.
#[must_use]
pub fn resumed(
    guild: &Guild,
    circle: &Circle,
    next: Option<&Occurrence>,
    by_somebody: bool,
) -> Message {
    let (kind, server) = (noun(circle.series.kind), server(guild));
    let words = if by_somebody {
        format!("▶️ {} resumed your {kind} in {server}.", circle.me.shown())
    } else {
        let with = circle.with();
        format!("▶️ The pause of your {kind} with {with} in {server} is over.")
    };
    Message::text(format!("{words}{}", next_is(next)))
}

/// The series has ended.
#[must_use]
pub fn ended(guild: &Guild, circle: &Circle, reason: Option<&str>) -> Message {
    Message::text(format!(
        "⏹️ {} ended your {} in {}. What you wrote down together stays: `/one-on-one history` shows it.{}",
        circle.me.shown(),
        noun(circle.series.kind),
        server(guild),
        because(reason)
    ))
}

/// Somebody could not be told of a series.
#[must_use]
pub fn unreached(kind: Kind, who: &str) -> Message {
    Message::text(format!(
        "I could not reach {who} by direct message about your {}: they take none from me. They will \
         see it the next time they use one of my commands.",
        noun(kind)
    ))
}
