//! Adopting a set of metrics.

use crate::ids::TeamId;
use crate::people::Team;
use crate::render::component::Button;
use crate::render::{CustomId, Embed, File, Message, Row, cut, escape, limits, names, theme};
use crate::scorecard::rules::Perspective;
use crate::scorecard::rules::template::{Entry, Step};
use crate::scorecard::service::{Applied, Preview, Saved};

/// What applying a set would do, with the buttons to do it or not.
#[must_use]
pub fn template_preview(preview: &Preview, team: Option<&Team>, currency: &str) -> Message {
    let new: Vec<&Entry> = (preview.steps.iter())
        .filter_map(|step| match step {
            Step::New(entry) => Some(entry),
            _ => None,
        })
        .collect();
    let mut parts = vec![summary(preview, new.len())];
    for perspective in Perspective::ALL {
        let lines: Vec<String> = (preview.steps.iter())
            .filter(|step| entry(step).definition.perspective == *perspective)
            .map(line)
            .collect();
        if !lines.is_empty() {
            parts.push(format!("**{}**\n{}", perspective.title(), lines.join("\n")));
        }
    }
    let of = team.map_or_else(
        || "the whole server".to_owned(),
        |team| escape::name(&team.name),
    );
    let title = format!("`{}` for {of}", escape::inline(&preview.name));
    let text = cut(&parts.join("\n\n"), limits::EMBED_DESCRIPTION);
    let mut embed = Embed::text(text).title(title).colour(theme::NEUTRAL);
    let forget = preview.is_own.then(|| {
        let id = CustomId::new("scorecard", "forget").arg(&preview.name);
        Button::secondary("Forget this set", id)
    });
    if new.is_empty() {
        let message = Message::embed(embed).ephemeral();
        return match forget {
            Some(forget) => message.row(Row::from([forget])),
            None => message,
        };
    }
    embed.footer = Some(format!(
        "Amounts of money are in {currency}; choose another currency with the option. You will own \
         the new metrics until you name other owners."
    ));
    let team = team.map_or(TeamId(0), |team| team.id);
    let apply = CustomId::new("scorecard", "apply")
        .arg(&preview.name)
        .arg(team)
        .arg(currency);
    let leave = CustomId::new("scorecard", "leave");
    let buttons = [
        Some(Button::primary("Apply", apply)),
        Some(Button::secondary("Cancel", leave)),
        forget,
    ];
    let row: Vec<Button> = buttons.into_iter().flatten().collect();
    Message::embed(embed).ephemeral().row(Row::from(row))
}

fn summary(preview: &Preview, new: usize) -> String {
    let count = |is: fn(&Step) -> bool| preview.steps.iter().filter(|step| is(step)).count();
    let active = count(|step| matches!(step, Step::New(entry) if entry.definition.is_active));
    let changed = count(|step| matches!(step, Step::Changed(..)));
    let same = count(|step| matches!(step, Step::Unchanged(_)));
    let retired = count(|step| matches!(step, Step::Retired(_)));
    if new == 0 {
        return format!(
            "**Nothing to add.** You have all of it: {same} as in the set, {changed} otherwise, \
             {retired} retired. They stay as they are."
        );
    }
    let mut text = format!("**{new} new**, {active} of them active.");
    if changed + same + retired > 0 {
        text.push_str(&format!(
            " {same} are there already, {changed} are there otherwise, {retired} were retired: all \
             of these stay as they are."
        ));
    }
    text
}

const fn entry(step: &Step) -> &Entry {
    match step {
        Step::New(entry)
        | Step::Unchanged(entry)
        | Step::Changed(entry, _)
        | Step::Retired(entry) => entry,
    }
}

fn line(step: &Step) -> String {
    let name = escape::name(&entry(step).definition.name);
    match step {
        Step::New(entry) if entry.definition.is_active => format!("+ **{name}** (active)"),
        Step::New(_) => format!("+ {name}"),
        Step::Unchanged(_) => format!("= {name}"),
        Step::Changed(_, points) => format!("≠ {name}: yours differs in {}", names::joined(points)),
        Step::Retired(_) => format!("= {name}: you retired it"),
    }
}

/// A set was applied.
#[must_use]
pub fn template_applied(name: &str, applied: &Applied) -> Message {
    let name = escape::inline(name);
    let text = match (applied.added.len(), applied.there) {
        (0, _) => format!("`{name}` was there already; nothing was changed."),
        (added, 0) => format!(
            "{} `{name}` is yours now: {added} metrics. `/metric list` shows them, `/metric record` \
             takes the first readings.",
            theme::TICK
        ),
        (added, there) => format!(
            "{} {added} metrics of `{name}` were added; {there} were there already and stay as they \
             are. `/metric list` shows them.",
            theme::TICK
        ),
    };
    Message::text(text).ephemeral()
}

/// A set was saved; the file comes with it.
#[must_use]
pub fn set_saved(saved: &Saved) -> Message {
    let (name, count) = (escape::inline(&saved.name), saved.metrics);
    let metrics = if count == 1 { "metric" } else { "metrics" };
    let text = format!(
        "{} `{name}` is saved: {count} {metrics}. `/scorecard template` adopts it for another team; in \
         another server, give it this file.",
        theme::TICK
    );
    let file = File {
        name: "scorecard-set.toml".to_owned(),
        alt: Some("The set as a template file".to_owned()),
        bytes: saved.text.clone().into_bytes(),
    };
    Message::text(text).file(file).ephemeral()
}

/// A guild's own set was forgotten.
#[must_use]
pub fn set_forgotten(name: &str) -> Message {
    let name = escape::inline(name);
    let text = format!("`{name}` is forgotten. The metrics that came from it stay.");
    Message::text(text).ephemeral()
}

/// A set was not applied.
#[must_use]
pub fn template_left() -> Message {
    Message::text("Nothing was changed.").ephemeral()
}
