//! Adopting a set of metrics.

use crate::ids::TeamId;
use crate::people::Team;
use crate::render::component::Button;
use crate::render::{CustomId, Embed, Message, Row, cut, escape, limits, names, theme};
use crate::scorecard::rules::Perspective;
use crate::scorecard::rules::template::{Entry, Step};
use crate::scorecard::service::{Applied, Preview};

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
    if new.is_empty() {
        return Message::embed(embed).ephemeral();
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
    Message::embed(embed).ephemeral().row(Row::from([
        Button::primary("Apply", apply),
        Button::secondary("Cancel", CustomId::new("scorecard", "leave")),
    ]))
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

/// A set was not applied.
#[must_use]
pub fn template_left() -> Message {
    Message::text("Nothing was changed.").ephemeral()
}
