//! The weekly digest of a manager.

use crate::cadence::service::{Digest, OfPerson};
use crate::ids::GuildId;
use crate::render::limits::EMBED_DESCRIPTION;
use crate::render::{Button, CustomId, Embed, Message, Row, cut, escape, theme};

/// What waits for a manager whose direct messages are closed.
pub const DIGEST_REFUSED: &str = "I have a weekly digest for you, and your direct messages are closed \
     to me. `/one-on-one health` shows how your team stands.";

/// People that are named one by one.
const PEOPLE: usize = 20;

/// What the digest of a week is recognised by: the id of its button.
#[must_use]
pub fn digest_mark(guild: GuildId, week: &str) -> CustomId {
    let id = CustomId::new("health", "digest");
    id.arg("off").arg(guild).arg(week)
}

/// What is overdue, a line a person, with the button that `mark` is the id of.
#[must_use]
pub fn digest(digest: &Digest, mark: CustomId) -> Message {
    let mut lines: Vec<String> = digest.people.iter().take(PEOPLE).map(line).collect();
    if let Some(more @ 1..) = digest.people.len().checked_sub(PEOPLE) {
        lines.push(format!("And {more} more: `/one-on-one health` shows them."));
    }
    if !digest.own.is_empty() {
        lines.push("\n**Your own promises**".to_owned());
        lines.extend(digest.own.iter().map(|promise| {
            let to = match &promise.to {
                Some(name) => format!(" to **{}**", escape::name(name)),
                None => String::new(),
            };
            let text = escape::inline(&promise.text);
            format!("• {}{to}, due {}", cut(&text, 200), promise.due)
        }));
    }
    if let Some(question) = &digest.question {
        lines.push(format!(
            "\nA question to begin with: *{}*",
            escape::inline(question)
        ));
    }
    let text = cut(&lines.join("\n"), EMBED_DESCRIPTION);
    let embed = Embed::text(text)
        .title(format!(
            "What is overdue in {}",
            escape::name(&digest.guild)
        ))
        .colour(theme::NEUTRAL)
        .footer("Once a week, for you alone, and only if something is overdue.");
    Message::embed(embed).row(Row::from([Button::secondary("Stop this digest", mark)]))
}

/// Says that the digest was stopped, or comes again.
#[must_use]
pub fn digest_switched(guild: GuildId, wanted: bool) -> Message {
    if wanted {
        return Message::text(
            "Your weekly digest comes on Monday mornings again, when something is overdue.",
        )
        .ephemeral();
    }
    let id = CustomId::new("health", "digest").arg("on").arg(guild);
    Message::text(
        "I stopped your weekly digest. `/one-on-one health` shows how your team stands, and lets it \
         come again.",
    )
    .row(Row::from([Button::secondary("Let it come again", id)]))
    .ephemeral()
}

fn line(person: &OfPerson) -> String {
    let mut parts = Vec::new();
    if person.overdue.is_some() {
        parts.push(match person.last_held {
            Some(days) => format!("last one-on-one {} ago", counted(days, "day")),
            None => "no one-on-one yet".to_owned(),
        });
    }
    for (count, one, many) in [
        (person.missed, "a date was not held", "dates were not held"),
        (
            person.unanswered,
            "a date has no answer",
            "dates have no answer",
        ),
        (
            person.promises,
            "a promise to you is overdue",
            "promises to you are overdue",
        ),
    ] {
        match count {
            0 => {}
            1 => parts.push(one.to_owned()),
            count => parts.push(format!("{count} {many}")),
        }
    }
    if let Some(days) = person.drought {
        parts.push(format!("no kudos for {}", counted(i64::from(days), "day")));
    }
    format!("**{}**: {}", escape::name(&person.name), parts.join(", "))
}

fn counted(count: i64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
