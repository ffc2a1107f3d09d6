//! What people see of the guild's values.

use crate::ids::ValueId;
use crate::recognition::store::values::Value;
use crate::render::{Button, CustomId, Embed, Message, Row, cut, escape, page, theme};

/// A value was added, or brought back.
#[must_use]
pub fn value_added(value: &Value, returned: bool) -> Message {
    let verb = if returned {
        "is back"
    } else {
        "is one of your values now"
    };
    Message::text(format!(
        "{} {} {verb}. Give it with a kudos: choose it as `value`, or write `#{}` in chat.",
        theme::TICK,
        title(value),
        value.key
    ))
    .ephemeral()
}

/// A value was changed: as it is now.
#[must_use]
pub fn value_edited(value: &Value) -> Message {
    Message::text(format!("{} Saved.\n{}", theme::TICK, line(value))).ephemeral()
}

/// Asks once whether a value shall be retired.
#[must_use]
pub fn value_to_retire(value: &Value) -> Message {
    Message::text(format!(
        "Retire {}? Nobody can give it any more. Kudos that carry it keep it, and `/value add` with \
         its name brings it back.",
        title(value)
    ))
    .row([
        Button::danger("Retire it", retire_id(value.id)),
        Button::secondary("Keep it", CustomId::new("value", "keep")),
    ])
    .ephemeral()
}

/// A value was retired.
#[must_use]
pub fn value_retired(value: &Value) -> Message {
    Message::text(format!(
        "{} is retired. `/value add` with its name brings it back.",
        title(value)
    ))
    .ephemeral()
}

/// A value was kept after all.
#[must_use]
pub fn value_kept() -> Message {
    Message::text("Kept as it is.").ephemeral()
}

/// A page of values, newest first, counted from 0.
#[must_use]
pub fn values(values: &[Value], number: u32, more: bool) -> Message {
    if values.is_empty() {
        let text = if number == 0 {
            "There are no values here yet. An admin names what your team stands for with `/value \
             add`; then a kudos can carry it."
        } else {
            "There are no more values."
        };
        return Message::text(text).rows(pager(number, more)).ephemeral();
    }
    let lines: Vec<String> = values.iter().map(line).collect();
    let embed = Embed::text(lines.join("\n"))
        .title("What your team stands for")
        .colour(theme::NEUTRAL);
    Message::embed(embed).rows(pager(number, more)).ephemeral()
}

fn pager(number: u32, more: bool) -> Option<Row> {
    let to = |number: u32| CustomId::new("value", "page").arg(number);
    let newer = number.checked_sub(1).map(to);
    page::newer_older(newer, more.then(|| to(number.saturating_add(1))))
}

fn retire_id(id: ValueId) -> CustomId {
    CustomId::new("value", "retire").arg(id)
}

fn title(value: &Value) -> String {
    let name = escape::inline(&value.name);
    match &value.emoji {
        Some(emoji) => format!("{emoji} **{name}**"),
        None => format!("**{name}**"),
    }
}

fn line(value: &Value) -> String {
    let mut line = format!("• {}", title(value));
    if let Some(description) = &value.description {
        // Escaping can double a text; ten lines have to fit into one embed.
        line = format!("{line}: {}", cut(&escape::inline(description), 240));
    }
    match value.perspective.as_deref().map(perspective) {
        Some(perspective) => format!("{line} *({perspective})*"),
        None => line,
    }
}

fn perspective(word: &str) -> &str {
    match word {
        "learning-and-development" => "Learning and development",
        "internal-processes" => "Internal processes",
        "customer" => "Customer",
        "finance" => "Finance",
        other => other,
    }
}
