//! What the giver is told.

use super::{link, name, names_of, undo_id};
use crate::ids::GuildId;
use crate::people::Person;
use crate::recognition::rules::Visibility;
use crate::recognition::service::{Announced, Given, Receipt, Taken};
use crate::recognition::store::ledger::Receiver;
use crate::render::{Button, Message, cut, escape, limits, names, theme};

/// How many people a receipt names, and how many notes it shows; of a team there may be hundreds.
const SHOWN: usize = 10;

/// The confirmation of a kudos that was announced elsewhere, is private, or was given before; for
/// the giver alone.
#[must_use]
pub fn receipt(guild: GuildId, given: &Given) -> Message {
    let (receipt, first) = match given {
        Given::New(receipt) => (receipt, String::new()),
        Given::Repeated(receipt) => (
            receipt,
            "You gave this very kudos a moment ago, so I kept the first.\n".to_owned(),
        ),
    };
    let mut lines = vec![format!("{first}{}", shown(guild, receipt))];
    lines.extend(about(receipt));
    lines.retain(|line| !line.is_empty());
    let undo = Button::secondary("Undo", undo_id(receipt.kudos));
    Message::text(cut(&lines.join("\n"), limits::CONTENT))
        .row(vec![undo])
        .ephemeral()
}

/// What the giver should know beside an announcement that answers their command; `None` if nothing.
#[must_use]
pub fn aside(receipt: &Receipt) -> Option<Message> {
    let lines = about(receipt);
    (!lines.is_empty()).then(|| Message::text(cut(&lines.join("\n"), limits::CONTENT)).ephemeral())
}

fn shown(guild: GuildId, receipt: &Receipt) -> String {
    let names = match &receipt.team {
        Some(team) => {
            let count = receipt.shown.len();
            let people = if count == 1 { "person" } else { "people" };
            format!("**{}** ({count} {people})", escape::name(team))
        }
        None => names::joined(&bold(&receipt.shown)),
    };
    match &receipt.announced {
        Announced::In(channel, Some(message)) => {
            let url = link(guild, *channel, *message);
            format!(
                "{} Thanked {names} in <#{channel}>: [see it]({url}).",
                theme::TICK
            )
        }
        Announced::In(channel, None) => format!("{} Thanked {names} in <#{channel}>.", theme::TICK),
        Announced::Answer(_) | Announced::Nowhere if receipt.shown.is_empty() => String::new(),
        Announced::Answer(_) | Announced::Nowhere => format!("{} Thanked {names}.", theme::TICK),
    }
}

/// Who is thanked privately and why, and what the receivers want a giver to know.
fn about(receipt: &Receipt) -> Vec<String> {
    let mut lines = Vec::new();
    let private = names::joined_up_to(&bold(&receipt.private), SHOWN);
    if !receipt.private.is_empty() {
        lines.push(if receipt.asked_private {
            format!(
                "{} {private} gets your kudos privately, by direct message.",
                theme::LOCK
            )
        } else {
            let like = if receipt.private.len() == 1 {
                "likes"
            } else {
                "like"
            };
            format!(
                "{} {private} {like} to be recognised privately, so it goes to them by direct \
                 message, and no announcement names them.",
                theme::LOCK
            )
        });
    }
    let everybody = receipt.shown.iter().chain(&receipt.private);
    let notes = everybody.filter_map(|person| Some((person, person.note.as_deref()?)));
    lines.extend(notes.take(SHOWN).map(|(person, note)| {
        let note = escape::inline(note);
        format!(
            "**{}** on being recognised: {note}",
            name(person.name.as_deref())
        )
    }));
    lines
}

/// The confirmation that a kudos was taken back.
#[must_use]
pub fn taken_back(taken: &Taken) -> Message {
    let names: Vec<String> = taken
        .receivers
        .iter()
        .map(|receiver| format!("**{}**", name(receiver.name.as_deref())))
        .collect();
    let names = names::joined_up_to(&names, SHOWN);
    let is_private = |receiver: &Receiver| receiver.visibility == Visibility::Private;
    let told = if taken.receivers.iter().all(is_private) {
        "The direct message goes too."
    } else {
        "Its announcement goes too."
    };
    Message::text(format!("Taken back: the kudos to {names}. {told}")).ephemeral()
}

fn bold(people: &[Person]) -> Vec<String> {
    names_of(people)
        .into_iter()
        .map(|name| format!("**{name}**"))
        .collect()
}
