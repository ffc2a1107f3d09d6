//! The panel in which an admin sets the bot up.

use chrono::{DateTime, Utc};

use crate::people::{FORMS, Guild};
use crate::render::component::Choice;
use crate::render::{Button, CustomId, Input, Message, Modal, Select, escape, names, theme};

/// What the panel shows.
#[derive(Clone, Copy, Debug)]
pub struct Panel<'a> {
    /// The settings.
    pub guild: &'a Guild,
    /// Whether everybody may see the recognition channel.
    pub is_open: bool,
    /// What the bot lacks to post there, in Discord's words.
    pub missing: &'a [&'static str],
    /// Whether something was just saved.
    pub saved: bool,
    /// The current instant.
    pub now: DateTime<Utc>,
}

/// The button that opens the panel.
pub(super) fn open_id() -> CustomId {
    id("open")
}

fn id(action: &str) -> CustomId {
    CustomId::new("setup", action)
}

/// All settings as they are, with everything to change them; for the admin alone.
#[must_use]
pub fn panel(panel: &Panel<'_>) -> Message {
    let guild = panel.guild;
    let mut lines = vec![heading(panel), String::new()];
    lines.push(match guild.recognition_channel {
        Some(channel) => format!("**Announcements:** in <#{channel}>"),
        None => "**Announcements:** where each kudos is given".to_owned(),
    });
    lines.extend(warnings(panel));
    lines.push(format!("**Time zone:** {}", guild.zone.label(panel.now)));
    lines.push(format!("**Thanks in chat:** {}", chat(guild)));
    lines.push(if guild.reaction_kudos {
        format!(
            "**Reaction:** {} on a message gives its author kudos",
            guild.reaction
        )
    } else {
        "**Reaction:** off".to_owned()
    });
    lines.push(format!("**Leaderboards:** {}", on_off(guild.leaderboards)));
    Message::text(lines.join("\n"))
        .row(channels(guild))
        .row(forms(guild))
        .row([
            Button::secondary("Announce where given", id("here"))
                .disabled(guild.recognition_channel.is_none()),
            Button::secondary("Time zone…", id("zone")),
            Button::secondary("Reaction…", id("reaction")),
        ])
        .row([
            switch("chat kudos", "chat", guild.chat_kudos),
            switch("reaction kudos", "reactions", guild.reaction_kudos),
            switch("leaderboards", "boards", guild.leaderboards),
        ])
        .row([Button::primary("Done", id("done"))])
        .ephemeral()
}

fn heading(panel: &Panel<'_>) -> String {
    let name = if panel.guild.name.is_empty() {
        "this server".to_owned()
    } else {
        format!("**{}**", escape::name(&panel.guild.name))
    };
    if panel.saved {
        format!("{} Saved. How I work in {name} now:", theme::TICK)
    } else {
        format!("How I work in {name}. Each choice is saved at once.")
    }
}

fn warnings(panel: &Panel<'_>) -> Vec<String> {
    let Some(channel) = panel.guild.recognition_channel else {
        return Vec::new();
    };
    let mut warnings = Vec::new();
    if !panel.missing.is_empty() {
        let missing: Vec<String> = panel
            .missing
            .iter()
            .map(|name| format!("*{name}*"))
            .collect();
        warnings.push(format!(
            "{} I can't post in <#{channel}> at the moment: I lack {}.",
            theme::WARNING,
            names::joined(&missing)
        ));
    }
    if !panel.is_open {
        warnings.push(format!(
            "{} Not everybody can see <#{channel}>: some people will miss what they are thanked for.",
            theme::WARNING
        ));
    }
    warnings
}

fn chat(guild: &Guild) -> String {
    if !guild.chat_kudos {
        return "off".to_owned();
    }
    let on: Vec<&str> = FORMS
        .iter()
        .filter(|form| is_on(guild, form.name))
        .map(|form| form.name)
        .collect();
    if on.len() == FORMS.len() {
        "on, in every form".to_owned()
    } else if on.is_empty() {
        "on, but every form is switched off".to_owned()
    } else {
        format!("on, as {}", names::joined(&on))
    }
}

fn is_on(guild: &Guild, form: &str) -> bool {
    guild.forms_off.iter().all(|off| off != form)
}

fn channels(guild: &Guild) -> Select {
    let chosen = guild.recognition_channel.map(|channel| channel.get());
    Select::text_channels(id("channel"), chosen)
        .placeholder("Choose the channel where kudos are announced")
}

fn forms(guild: &Guild) -> Select {
    let options = FORMS.iter().map(|form| {
        Choice::new(form.name, form.name)
            .description(form.example)
            .chosen(is_on(guild, form.name))
    });
    let mut select = Select::text(id("forms"), options)
        .placeholder("Choose which thanks in chat count")
        .between(0, FORMS.len());
    select.disabled = !guild.chat_kudos;
    select
}

/// A button that switches something to what it is not. It names the state it leads to, so that a
/// second press changes nothing.
fn switch(what: &str, action: &str, is_on: bool) -> Button {
    let to = if is_on { "off" } else { "on" };
    Button::secondary(format!("Switch {what} {to}"), id(action).arg(to))
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// Asks for the guild's time zone.
#[must_use]
pub fn zone_modal(guild: &Guild) -> Modal {
    Modal::new("Time zone", id("zone-typed")).input(
        Input::line("zone", "The time zone of this server")
            .length(1, 100)
            .value(guild.zone.name())
            .placeholder("A city, such as Berlin, or Europe/Berlin"),
    )
}

/// Asks for the reaction that gives kudos.
#[must_use]
pub fn reaction_modal(guild: &Guild) -> Modal {
    Modal::new("Kudos reaction", id("reaction-typed")).input(
        Input::line("reaction", "The reaction that gives kudos")
            .length(1, 100)
            .value(guild.reaction.as_str())
            .placeholder("One emoji, such as 🏆"),
    )
}

/// What follows once an admin is content. `mention` mentions a command.
#[must_use]
pub fn set_up(mention: impl Fn(&str) -> String) -> Message {
    Message::text(format!(
        "{} All set. Good next steps: make a team with {}, name what your team stands for with {}, and \
         thank somebody with {}.",
        theme::TICK,
        mention("team create"),
        mention("value add"),
        mention("kudos give")
    ))
    .ephemeral()
}
