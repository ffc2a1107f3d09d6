//! What people are told of metrics unasked: a number that is missing, one that closed red, one that has
//! recovered.

use chrono::{DateTime, Utc};

use super::red::red_line;
use super::words::bold;
use crate::ids::{GuildId, PersonId};
use crate::people::{Guild, Person};
use crate::render::component::{Button, Choice, Select};
use crate::render::limits::EMBED_DESCRIPTION;
use crate::render::{
    CustomId, Embed, Input, Message, Modal, Row, cut, cut_graphemes, escape, names, stamp, theme,
};
use crate::scorecard::rules::show;
use crate::scorecard::rules::trend::News;
use crate::scorecard::service::{Disowned, MissingNumber, NOTE_LENGTH, Reminding, Sought, Told};
use crate::scorecard::store::metrics::Metric;
use crate::scorecard::store::readings::Reading;
use crate::time::Period;

/// What waits for somebody who could not be reached.
pub const WAITING: &str = "I had something for you about the scorecard and can't reach you by direct \
     message. Allow direct messages from this server's members and the next will come; `/metric list` \
     shows how your numbers stand.";

/// Entries that are named one by one; a select has no more.
const ENTRIES: usize = 25;

/// What a message about missing numbers is recognised by: the guild, when it was found out, and, once put
/// off, until when.
#[must_use]
pub fn missing_mark(guild: GuildId, at: DateTime<Utc>, put_off: Option<DateTime<Utc>>) -> CustomId {
    let id = CustomId::new("metric", "snooze")
        .arg(guild)
        .arg(at.timestamp_millis());
    match put_off {
        Some(until) => id.arg(until.timestamp()),
        None => id,
    }
}

/// What a message with news is recognised by.
#[must_use]
pub fn news_mark(guild: GuildId, at: DateTime<Utc>) -> CustomId {
    CustomId::new("metric", "news")
        .arg(guild)
        .arg(at.timestamp_millis())
}

fn record_id(guild: GuildId, metric: &Metric, period: &Period) -> CustomId {
    CustomId::new("metric", "record")
        .arg(guild)
        .arg(metric.id)
        .arg(period.key())
}

/// Tells somebody which numbers are missing.
#[must_use]
pub fn missing(guild: &Guild, missing: &[MissingNumber], mark: CustomId) -> Message {
    let lines: Vec<String> = missing.iter().map(missing_line).collect();
    let title = match missing {
        [_] => "A number is missing".to_owned(),
        all => format!("{} numbers are missing", all.len()),
    };
    let embed = Embed::text(cut(&lines.join("\n"), EMBED_DESCRIPTION))
        .title(title)
        .colour(theme::WARN)
        .footer(format!(
            "In {}. You are told of each once.",
            escape::name(&guild.name)
        ));
    let mut message = Message::embed(embed);
    let mut buttons = Vec::new();
    match missing {
        [one] => buttons.push(Button::primary(
            "Record",
            record_id(guild.id, &one.metric, &one.period),
        )),
        all => {
            let id = CustomId::new("metric", "record-which").arg(guild.id);
            let choices = all.iter().take(ENTRIES).map(choice);
            message = message.row(Select::text(id, choices).placeholder("Record a number …"));
        }
    }
    let at = mark.args().get(1).cloned().unwrap_or_default();
    buttons.push(Button::secondary("Snooze", mark));
    if missing.iter().any(|one| !one.is_manager) {
        let id = CustomId::new("metric", "not-mine").arg(guild.id).arg(at);
        buttons.push(Button::secondary("Not mine?", id));
    }
    message.row(Row::Buttons(buttons))
}

fn missing_line(one: &MissingNumber) -> String {
    let what = format!("• {}, {}", bold(&one.metric), one.period.label());
    match (&one.owner, one.is_manager) {
        (_, false) => what,
        (Some(owner), true) => format!("{what}: {} was reminded", escape::name(owner)),
        (None, true) => format!("{what}: nobody records it now; `/metric remind` names somebody"),
    }
}

fn choice(one: &MissingNumber) -> Choice {
    let name = cut_graphemes(&one.metric.definition.name, 90);
    let value = format!("{}:{}", one.metric.id, one.period.key());
    Choice::new(name, value).description(one.period.label())
}

/// Asks until when a reminder is put off.
#[must_use]
pub fn put_off(guild: GuildId, at: DateTime<Utc>) -> Message {
    let id = |word: &str| {
        CustomId::new("metric", "put-off")
            .arg(guild)
            .arg(at.timestamp_millis())
            .arg(word)
    };
    Message::text("When shall I remind you again?")
        .row(Row::from([
            Button::secondary("In an hour", id("hour")),
            Button::secondary("Next working morning", id("morning")),
        ]))
        .ephemeral()
}

/// Says when a reminder comes again.
#[must_use]
pub fn is_put_off(until: DateTime<Utc>) -> Message {
    let (when, exact) = (stamp::relative(until), stamp::short(until));
    Message::text(format!("⏰ I will remind you again {when} ({exact}).")).ephemeral()
}

/// Asks which of several metrics is not theirs.
#[must_use]
pub fn which_is_not_yours(guild: GuildId, missing: &[MissingNumber]) -> Message {
    let id = CustomId::new("metric", "disown").arg(guild);
    let own = missing.iter().filter(|one| !one.is_manager);
    let select = Select::text(id, own.take(ENTRIES).map(choice)).placeholder("Not mine is …");
    Message::text(
        "Which one is not yours? Its managers are told, and you are not reminded of it any more.",
    )
    .row(select)
    .ephemeral()
}

/// Asks for the number.
#[must_use]
pub fn record_form(sought: &Sought) -> Modal {
    let definition = &sought.metric.definition;
    let id = CustomId::new("metric", "recorded")
        .arg(sought.guild)
        .arg(sought.metric.id)
        .arg(sought.period.key());
    let label = cut_graphemes(&format!("The number of {}", sought.period.label()), 45);
    Modal::new(cut_graphemes(&definition.name, 45), id)
        .input(
            Input::line("value", label)
                .length(1, 60)
                .placeholder("82%, 1.2k, 7/9"),
        )
        .input(
            Input::paragraph("note", "What one should know about it (optional)")
                .length(0, NOTE_LENGTH),
        )
}

/// Says that a number was recorded by now.
#[must_use]
pub fn recorded_by_now(metric: &Metric, period: &Period, known: &Reading) -> String {
    format!(
        "{} has its number for {} by now: **{}** by {}. `/metric record` corrects it.",
        bold(metric),
        period.label(),
        show::value(&known.point.value, metric.definition.unit),
        super::record::author(known)
    )
}

/// A metric was given back.
#[must_use]
pub fn disowned(done: &Disowned) -> Message {
    let told: Vec<String> = done.told.iter().map(|name| escape::name(name)).collect();
    let next = if told.is_empty() {
        "Tell an admin; `/metric remind` names another owner.".to_owned()
    } else {
        format!("I told {}.", names::joined(&told))
    };
    Message::text(format!(
        "{} {} is not yours any more. {next}",
        theme::TICK,
        bold(&done.metric)
    ))
    .ephemeral()
}

/// Tells a manager that a metric's owner gave it back.
#[must_use]
pub fn not_theirs(guild: &Guild, metric: &Metric, owner: &Person) -> Message {
    let name = owner.name.as_deref().map_or_else(
        || "Its owner".to_owned(),
        |name| format!("**{}**", escape::name(name)),
    );
    Message::text(format!(
        "{name} says that {} in **{}** is not theirs to record. Nobody owns it now; `/metric remind` names \
         another owner.",
        bold(metric),
        escape::name(&guild.name)
    ))
}

/// Tells somebody that a metric is theirs from now on.
#[must_use]
pub fn yours_now(guild: &Guild, metric: &Metric, by: &Person) -> Message {
    let by = by.name.as_deref().map_or_else(
        || "Somebody".to_owned(),
        |name| format!("**{}**", escape::name(name)),
    );
    Message::text(format!(
        "{by} made you the owner of {} in **{}**, measured {}: `/metric record` there takes its numbers, \
         and I remind you when one is missing.",
        bold(metric),
        escape::name(&guild.name),
        metric.definition.cadence.phrase()
    ))
}

/// Who is told of a metric's missing numbers.
#[must_use]
pub fn reminding(reminding: &Reminding) -> Message {
    let metric = &reminding.metric;
    let tick = if reminding.changed {
        format!("{} ", theme::TICK)
    } else {
        String::new()
    };
    let managers: Vec<String> = reminding
        .managers
        .iter()
        .map(|name| format!("**{}**", escape::name(name)))
        .collect();
    let (bold, grace) = (bold(metric), days(metric.grace_days));
    let told = names::joined(&managers);
    let mut lines = vec![match (&reminding.owner, managers.is_empty()) {
        (Some(owner), false) => format!(
            "{tick}**{}** records {bold}. When a number is missing {grace} after its period, they are told \
             once, and on the second working day after that {told}.",
            escape::name(owner)
        ),
        (Some(owner), true) => format!(
            "{tick}**{}** records {bold}. When a number is missing {grace} after its period, they are told \
             once.",
            escape::name(owner)
        ),
        (None, false) => format!(
            "{tick}Nobody owns {bold}. When a number is missing {grace} after its period, it is told once to \
             {told}. `/metric remind` with `owner` names somebody."
        ),
        (None, true) => format!(
            "{tick}Nobody owns {bold}. When a number is missing {grace} after its period, nobody is told, as \
             nobody manages it. `/metric remind` with `owner` names somebody."
        ),
    }];
    if metric.definition.is_active {
        lines.push(format!(
            "For {} that is {}.",
            reminding.period.label(),
            reminding.day.format("%A, %-d %B")
        ));
    } else {
        lines.push("It is not active, so nobody is told until it is (`/metric edit`).".to_owned());
    }
    Message::text(lines.join("\n")).ephemeral()
}

fn days(grace: u32) -> String {
    match grace {
        0 => "on the first working day".to_owned(),
        1 => "one working day".to_owned(),
        days => format!("{days} working days"),
    }
}

/// Tells somebody of metrics that closed red, or have recovered.
#[must_use]
pub fn news(guild: &Guild, reader: PersonId, told: &[Told], mark: CustomId) -> Message {
    let embed = news_embed(guild, reader, told);
    Message::embed(embed).row(Row::from([Button::secondary("How it stands now", mark)]))
}

/// The same, as it stands now, for who asked.
#[must_use]
pub fn news_now(guild: &Guild, reader: PersonId, told: &[Told]) -> Message {
    Message::embed(news_embed(guild, reader, told)).ephemeral()
}

fn news_embed(guild: &Guild, reader: PersonId, told: &[Told]) -> Embed {
    let reds = told.iter().filter(|one| one.news == News::Red).count();
    let title = match (reds, told.len() - reds) {
        (0, 1) => "A metric has recovered".to_owned(),
        (0, recovered) => format!("{recovered} metrics have recovered"),
        (1, 0) => "A metric has turned red".to_owned(),
        (reds, 0) => format!("{reds} metrics have turned red"),
        (reds, recovered) => format!("{reds} turned red, {recovered} recovered"),
    };
    let lines: Vec<String> = told.iter().map(|one| news_line(one, reader)).collect();
    Embed::text(cut(&lines.join("\n\n"), EMBED_DESCRIPTION))
        .title(title)
        .colour(if reds > 0 { theme::ERROR } else { theme::DONE })
        .footer(format!(
            "In {}. /metric show opens one, /scorecard review walks the reds.",
            escape::name(&guild.name)
        ))
}

fn news_line(one: &Told, reader: PersonId) -> String {
    let mut lines = vec![red_line(&one.metric, &one.judged)];
    if one.news == News::Red
        && let Some(action) = one.metric.definition.action.as_deref()
    {
        lines.push(format!("**What to do:** {}", escape::inline(action)));
    }
    if let Some(guard) = &one.guard {
        lines.push(format!("Its guard {} is red, too.", escape::name(guard)));
    }
    match &one.owner {
        Some(owner) => lines.push(format!("-# Its owner is {}.", escape::name(owner))),
        None if one.metric.owner == Some(reader) => lines.push("-# It is yours.".to_owned()),
        None => {}
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests;
