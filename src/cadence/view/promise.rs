//! What people see of promises.

use chrono::{DateTime, NaiveTime, Utc};

use crate::cadence::rules::{PromiseState, promise as rule};
use crate::cadence::service::{Added, Finished, Listed};
use crate::cadence::store::promises::Promise;
use crate::ids::{GuildId, PersonId, PromiseId};
use crate::people::{Guild, Person};
use crate::render::component::Choice;
use crate::render::{
    Button, CustomId, Embed, Input, Message, Modal, Row, Select, cut, cut_graphemes, escape, page,
    stamp, theme,
};
use crate::time::Zone;

/// How much of a promise a line shows.
const LINE: usize = 280;
/// How much of it a sentence shows.
const QUOTE: usize = 700;

/// What a button about one promise carries. The guild is in it: the button may stand in a DM.
#[must_use]
pub fn promise_button(action: &str, guild: GuildId, id: PromiseId) -> CustomId {
    CustomId::new("promise", action).arg(guild).arg(id)
}

/// What its writer reads.
#[must_use]
pub fn promise_added(added: &Added, now: DateTime<Utc>) -> Message {
    let promise = &added.promise;
    let first = match promise.side_beside(added.by) {
        None => "You promised yourself:".to_owned(),
        Some(other) if promise.owner.person == added.by => {
            format!("You promised {}:", other.shown())
        }
        Some(owner) => format!("{} promised you:", owner.shown()),
    };
    let due = match due(promise, added.guild.zone, now) {
        Some(due) => format!("{due}. {} told that morning.", told(promise, added.by)),
        None => "It has no day. Give it one, and I tell you that morning.".to_owned(),
    };
    let text = format!("{} {first}\n> {}\n{due}", theme::TICK, quote(promise));
    let row = match promise.due_day {
        Some(_) => None,
        None => Some(Row::from([Button::secondary(
            "Give it a day",
            promise_button("day", promise.guild, promise.id),
        )])),
    };
    Message::text(text).rows(row).ephemeral()
}

fn told(promise: &Promise, by: PersonId) -> String {
    if promise.owner.person == by {
        "You are".to_owned()
    } else {
        format!("{} is", promise.owner.shown())
    }
}

/// What somebody reads who was promised something.
#[must_use]
pub fn promised_to_you(promise: &Promise, guild: &Guild) -> Message {
    let due = day(promise, guild.zone).map(|day| format!("\nBy {day}."));
    Message::text(format!(
        "{} promised you in {}:\n> {}{}",
        promise.owner.shown(),
        server(guild),
        quote(promise),
        due.unwrap_or_default()
    ))
}

/// What somebody reads for whom a promise was written down.
#[must_use]
pub fn promise_for_you(promise: &Promise, by: &Person, guild: &Guild) -> Message {
    let due = day(promise, guild.zone).map(|day| format!("\nBy {day}."));
    Message::text(format!(
        "{} wrote down in {} that you promised:\n> {}{}\n`/promise list` there shows your promises.",
        name(by),
        server(guild),
        quote(promise),
        due.unwrap_or_default()
    ))
    .row([
        Button::success("Done", promise_button("done", promise.guild, promise.id)),
        Button::secondary(
            "Not mine",
            promise_button("not-mine", promise.guild, promise.id),
        ),
    ])
}

/// What the other side reads of a promise that was kept or dropped.
#[must_use]
pub fn promise_ended(promise: &Promise, by: &Person) -> Message {
    let by_owner = promise.owner.person == by.id;
    let what = match (promise.state, by_owner) {
        (PromiseState::Done, true) => format!("{} kept a promise to you:", name(by)),
        (PromiseState::Done, false) => format!("{} marked your promise as kept:", name(by)),
        (_, true) => format!("{} dropped a promise to you:", name(by)),
        (_, false) => format!("{} released you from a promise:", name(by)),
    };
    Message::text(format!("{what}\n> {}{}", quote(promise), because(promise)))
}

/// What the other side reads of a promise that is open again.
#[must_use]
pub fn promise_reopened(promise: &Promise, by: &Person) -> Message {
    Message::text(format!(
        "{} opened a promise again:\n> {}",
        name(by),
        quote(promise)
    ))
}

/// What somebody reads who kept a promise, dropped it, or opened it again.
#[must_use]
pub fn promise_finished(finished: &Finished, now: DateTime<Utc>) -> Message {
    let promise = &finished.promise;
    let other = promise
        .side_beside(finished.by)
        .filter(|other| other.reachable().is_some())
        .map(|other| format!(" I tell {}.", other.shown()))
        .unwrap_or_default();
    let (first, is_open) = match promise.state {
        PromiseState::Done => (format!("{} Kept:", theme::TICK), false),
        PromiseState::Dropped => ("Dropped:".to_owned(), false),
        PromiseState::Open => ("Open again:".to_owned(), true),
    };
    let due = due(promise, finished.guild.zone, now).filter(|_| is_open);
    let mut text = format!("{first}\n> {}{}", quote(promise), because(promise));
    if let Some(due) = due {
        text.push_str(&format!("\n{due}."));
    }
    if !other.is_empty() {
        text.push_str(&format!("\n{}", other.trim_start()));
    }
    let button = |label: &str, action: &str| {
        Button::secondary(label, promise_button(action, promise.guild, promise.id))
    };
    let row = if is_open {
        button("Done", "done")
    } else {
        button("Reopen", "reopen")
    };
    Message::text(text).row([row]).ephemeral()
}

/// What somebody reads who gave a promise its day.
#[must_use]
pub fn promise_dated(finished: &Finished, now: DateTime<Utc>) -> Message {
    let promise = &finished.promise;
    let due = due(promise, finished.guild.zone, now).unwrap_or_default();
    let text = format!("{} {due}:\n> {}", theme::TICK, quote(promise));
    Message::text(text).ephemeral()
}

/// What somebody reads who ends a promise that has ended.
#[must_use]
pub fn ended_already(promise: &Promise) -> String {
    let how = match promise.state {
        PromiseState::Dropped => "dropped",
        _ => "kept",
    };
    let when = promise.finished_at.map(stamp::relative).unwrap_or_default();
    format!("That promise was {how} {when}. `/promise list` shows what is open.")
        .replace("  ", " ")
        .replace(" .", ".")
}

/// Asks why a promise is dropped.
#[must_use]
pub fn drop_form(guild: GuildId, id: PromiseId) -> Modal {
    Modal::new("Drop a promise", promise_button("dropped", guild, id)).input(
        Input::line("reason", "Why? (optional)")
            .length(0, 300)
            .placeholder("The customer chose another date"),
    )
}

/// Asks by when a promise is to be kept.
#[must_use]
pub fn day_form(guild: GuildId, id: PromiseId) -> Modal {
    Modal::new("By when?", promise_button("dated", guild, id)).input(
        Input::line("due", "Day")
            .length(1, 60)
            .placeholder("friday, in 2 weeks, 1 dec"),
    )
}

/// A page of promises.
#[must_use]
pub fn promises(listed: &Listed, now: DateTime<Utc>) -> Message {
    if listed.promises.is_empty() {
        let text = match &listed.with {
            Some(with) => format!(
                "There are no promises between you and {}. `/promise add` writes one down.",
                name(with)
            ),
            None => "You have made no promises here, and none were made to you. `/promise add` \
                     writes one down."
                .to_owned(),
        };
        return Message::text(text).ephemeral();
    }
    let lines: Vec<String> = listed
        .promises
        .iter()
        .map(|promise| line(promise, listed.me, listed.zone, now))
        .collect();
    let title = match &listed.with {
        Some(with) => format!(
            "Promises between you and {}",
            escape::name(with.name.as_deref().unwrap_or_default())
        ),
        None => "Your promises".to_owned(),
    };
    let title = format!("{title}{}{} open", theme::DOT, listed.count.1);
    let embed = Embed::text(lines.join("\n"))
        .title(title)
        .colour(theme::NEUTRAL);
    let with = listed.with.as_ref().map_or(0, |person| person.id.0);
    let turn = |page: u32| CustomId::new("promise", "page").arg(with).arg(page);
    let open: Vec<Choice> = listed
        .promises
        .iter()
        .filter(|promise| promise.state == PromiseState::Open)
        .map(|promise| choice(promise, listed.me))
        .collect();
    let done = (!open.is_empty()).then(|| {
        let id = CustomId::new("promise", "kept").arg(listed.guild);
        Row::from(Select::text(id, open).placeholder("Mark one as done"))
    });
    Message::embed(embed)
        .rows(page::numbered(listed.page, listed.pages, turn))
        .rows(done)
        .ephemeral()
}

/// A promise as a select offers it.
pub(super) fn choice(promise: &Promise, me: Option<PersonId>) -> Choice {
    let text = promise
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let choice = Choice::new(cut_graphemes(&text, 80), promise.id.to_string());
    match promise.owner.name.as_deref() {
        Some(name) if Some(promise.owner.person) != me => {
            choice.description(format!("Promised by {}", cut_graphemes(name, 60)))
        }
        _ => choice,
    }
}

/// A promise in two lines: what, and whose it is and how it stands.
#[must_use]
pub fn line(promise: &Promise, me: Option<PersonId>, guild: Zone, now: DateTime<Utc>) -> String {
    let is_late = promise
        .due_day
        .is_some_and(|day| rule::is_overdue(day, promise.zone(guild), now));
    let glyph = match promise.state {
        PromiseState::Done => theme::TICK,
        PromiseState::Dropped => "✖️",
        PromiseState::Open if is_late => theme::WARNING,
        PromiseState::Open => "▫️",
    };
    let owner = if Some(promise.owner.person) == me {
        "you".to_owned()
    } else {
        promise.owner.shown()
    };
    let whose = match &promise.other {
        None if Some(promise.owner.person) == me => "to yourself".to_owned(),
        None => owner,
        Some(other) if Some(other.person) == me => format!("{owner}, to you"),
        Some(other) => format!("{owner}, to {}", other.shown()),
    };
    let mut parts = vec![whose];
    match promise.state {
        PromiseState::Open => {
            parts.push(due(promise, guild, now).unwrap_or_else(|| "no day".to_owned()));
            parts.push(format!("made {}", stamp::relative(promise.made_at)));
        }
        state => {
            let when = promise.finished_at.map(stamp::relative).unwrap_or_default();
            let how = if state == PromiseState::Done {
                "kept"
            } else {
                "dropped"
            };
            parts.push(format!("{how} {when}"));
        }
    }
    let mut line = format!(
        "{glyph} {}\n-# {}",
        cut(&escape::inline(&promise.text), LINE),
        parts.join(theme::DOT)
    );
    if let Some(reason) = &promise.reason {
        line.push_str(&format!(
            "{}“{}”",
            theme::DOT,
            cut(&escape::inline(reason), 100)
        ));
    }
    line
}

/// "due \<day\>, \<relative\>"; of an overdue one "overdue since \<day\>".
#[must_use]
pub fn due(promise: &Promise, guild: Zone, now: DateTime<Utc>) -> Option<String> {
    let date = promise.due_day?;
    let shown = day(promise, guild)?;
    let zone = promise.zone(guild);
    if promise.state == PromiseState::Open && rule::is_overdue(date, zone, now) {
        return Some(format!("overdue since {shown}"));
    }
    let end = rule::on_its_day(date, zone).expires;
    Some(format!("Due {shown}, {}", stamp::relative(end)))
}

/// The day of a promise, at noon where its owner is, so that hardly a reader sees another date.
fn day(promise: &Promise, guild: Zone) -> Option<String> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0)?;
    let at = promise
        .zone(guild)
        .instant_of(promise.due_day?.and_time(noon));
    Some(stamp::date(at))
}

fn quote(promise: &Promise) -> String {
    cut(&escape::inline(&promise.text), QUOTE)
}

fn because(promise: &Promise) -> String {
    match &promise.reason {
        Some(reason) => format!("\nReason: {}", cut(&escape::inline(reason), 600)),
        None => String::new(),
    }
}

/// A person's name, rendered, in bold.
pub(super) fn name(person: &Person) -> String {
    format!(
        "**{}**",
        escape::name(person.name.as_deref().unwrap_or_default())
    )
}

/// A server's name, rendered, in bold.
pub(super) fn server(guild: &Guild) -> String {
    match guild.name.trim() {
        "" => "your server".to_owned(),
        name => format!("**{}**", escape::name(name)),
    }
}
