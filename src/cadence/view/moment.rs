//! What somebody sees of their own coaching moments. Nobody else sees any of it.

use super::agenda::link;
use super::promise::name;
use crate::cadence::service::{Circle, NOTE_LENGTH, Noted};
use crate::cadence::store::moments::Moment;
use crate::ids::{GuildId, MomentId, SeriesId};
use crate::render::component::Choice;
use crate::render::{
    Button, CustomId, Input, Message, Modal, Row, Select, cut, cut_graphemes, escape, stamp, theme,
};

/// How many moments a select offers.
const OFFERED: usize = 25;
/// How many of several are shown.
const SHOWN: usize = 4;

/// Asks what somebody saw.
#[must_use]
pub fn moment_form(id: CustomId, about: &str) -> Modal {
    let (least, most) = (*NOTE_LENGTH.start(), *NOTE_LENGTH.end());
    let title = cut_graphemes(&format!("A moment with {about}"), 40);
    Modal::new(title, id).input(
        Input::paragraph("note", "What did you see, and what did it do?")
            .length(least, most)
            .placeholder("For you alone, until you share it"),
    )
}

/// A moment with what can be done with it.
#[must_use]
pub fn moment(noted: &Noted, is_new: bool) -> Message {
    let moment = &noted.moment;
    let about = name(&noted.about);
    let first = match (is_new, noted.series.is_empty()) {
        (true, false) => format!(
            "{} Noted about {about}, for you alone. Your next session with them brings it up.",
            theme::LOCK
        ),
        (true, true) => format!(
            "{} Noted about {about}, for you alone. Once you meet in a rhythm \
             (`/one-on-one schedule`), your sessions bring it up.",
            theme::LOCK
        ),
        (false, _) => format!("{} Your coaching moment about {about}", theme::LOCK),
    };
    let text = format!("{first}\n{}", line(noted.guild, moment));
    let mut buttons = Vec::new();
    if !noted.series.is_empty() {
        buttons.push(Button::secondary("Share to agenda", id("share", noted)));
    }
    buttons.push(Button::secondary("Put away", id("away", noted)));
    buttons.push(Button::link(
        "Open the message",
        link(noted.guild, moment.channel, moment.message),
    ));
    Message::text(text).row(buttons).ephemeral()
}

/// A moment in one line.
pub(super) fn line(guild: GuildId, moment: &Moment) -> String {
    format!(
        "> {}\n-# noted {}{}[message]({})",
        cut(&escape::inline(&moment.note), 250),
        stamp::relative(moment.noted_at),
        theme::DOT,
        link(guild, moment.channel, moment.message)
    )
}

/// The author's open moments below a heading that says who sees them; nothing without any.
pub(super) fn lines(guild: GuildId, moments: &[Moment]) -> Option<String> {
    (!moments.is_empty()).then(|| {
        let shown = moments.iter().take(SHOWN).map(|one| line(guild, one));
        let shown: Vec<String> = shown.collect();
        let heading = "**Your coaching moments**, seen by you alone";
        format!("\n{} {heading}\n{}", theme::LOCK, shown.join("\n"))
    })
}

/// The select that takes one of the moments; none without any.
pub(super) fn bring(guild: GuildId, moments: &[Moment]) -> Option<Row> {
    let choices: Vec<Choice> = moments
        .iter()
        .take(OFFERED)
        .map(|moment| {
            let note = moment.note.split_whitespace().collect::<Vec<_>>().join(" ");
            Choice::new(cut_graphemes(&note, 80), moment.id.to_string())
        })
        .collect();
    (!choices.is_empty()).then(|| {
        let id = CustomId::new("moment", "take").arg(guild);
        Row::from(Select::text(id, choices).placeholder("Share a moment, or put it away"))
    })
}

/// What its author reads of a moment that both see now.
#[must_use]
pub fn moment_shared(circle: &Circle) -> Message {
    Message::text(format!(
        "{} On your agenda with {}: you both see it now. `/one-on-one agenda` shows it.",
        theme::TICK,
        circle.with()
    ))
    .ephemeral()
}

/// What its author reads of a moment that was put away.
#[must_use]
pub fn moment_away(noted: &Noted) -> Message {
    Message::text("Put away.")
        .row([Button::secondary("Take it out again", id("out", noted))])
        .ephemeral()
}

/// Asks into which agenda a moment goes.
#[must_use]
pub fn share_where(noted: &Noted) -> Message {
    let choices = noted.series.iter().take(OFFERED).map(|series| {
        let every = format!("{} minutes", series.minutes);
        Choice::new(series.kind.noun(), series.id.to_string()).description(every)
    });
    let select = Select::text(id("into", noted), choices);
    Message::text("Into which agenda?")
        .row(select.placeholder("Choose a series"))
        .ephemeral()
}

fn id(action: &str, noted: &Noted) -> CustomId {
    let MomentId(moment) = noted.moment.id;
    CustomId::new("moment", action).arg(noted.guild).arg(moment)
}

/// The series that was chosen in [`share_where`].
#[must_use]
pub fn chosen_series(value: &str) -> Option<SeriesId> {
    value.parse().ok()
}
