//! The panel in which an admin sets the bot up.

use chrono::{DateTime, Utc};

use crate::ids::ChannelId;
use crate::people::service::Change;
use crate::people::{FORMS, Guild};
use crate::render::component::Choice;
use crate::render::{Button, CustomId, Input, Message, Modal, Select, escape, names, stamp, theme};

/// What the panel shows.
#[derive(Clone, Copy, Debug)]
pub struct Panel<'a> {
    /// The settings.
    pub guild: &'a Guild,
    /// Whether everybody may see the recognition channel.
    pub is_open: bool,
    /// What the bot lacks to post there, in Discord's words.
    pub missing: &'a [&'static str],
    /// What it lacks in the channel for words on refused direct messages.
    pub cadence_missing: &'a [&'static str],
    /// Which page is shown.
    pub page: Page,
    /// Whether something was just saved.
    pub saved: bool,
    /// The current instant.
    pub now: DateTime<Utc>,
}

/// A page of the panel: more than one holds what there is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Where kudos are announced, and what counts.
    First,
    /// The weekly digest, and nudges.
    Second,
}

impl Page {
    /// The page on which all of these changes stand; the first if they stand on both.
    #[must_use]
    pub fn of(changes: &[Change]) -> Self {
        let is_second =
            |change: &Change| matches!(change, Change::CadenceChannel(_) | Change::Digest(_));
        if !changes.is_empty() && changes.iter().all(is_second) {
            Self::Second
        } else {
            Self::First
        }
    }
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
    lines.extend(digest(panel));
    lines.extend(cadence(panel));
    let message = Message::text(lines.join("\n")).ephemeral();
    match panel.page {
        Page::First => first(message, guild),
        Page::Second => second(message, guild),
    }
}

fn first(message: Message, guild: &Guild) -> Message {
    message
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
        .row([
            Button::secondary("Digest and nudges…", id("second")),
            Button::primary("Done", id("done")),
        ])
}

fn second(message: Message, guild: &Guild) -> Message {
    let chosen = guild.cadence_channel.map(|channel| channel.get());
    message
        .row(
            Select::text_channels(id("cadence"), chosen)
                .placeholder("Choose where I say that a direct message was refused"),
        )
        .row([
            Button::secondary("Weekly digest…", id("digest")),
            Button::secondary("Switch the digest off", id("digest-off"))
                .disabled(guild.digest.is_none()),
            Button::secondary("Don't say it anywhere", id("cadence-off"))
                .disabled(guild.cadence_channel.is_none()),
        ])
        .row([
            Button::secondary("Back", id("first")),
            Button::primary("Done", id("done")),
        ])
}

/// When the weekly digest is posted, and what keeps it from that.
fn digest(panel: &Panel<'_>) -> Vec<String> {
    let guild = panel.guild;
    let Some(weekly) = guild.digest else {
        return vec!["**Weekly digest:** off".to_owned()];
    };
    let next = weekly.next(panel.now, guild.zone);
    let next = next.map_or_else(String::new, |next| {
        format!(", next {}", stamp::relative(next.at))
    });
    let mut lines = vec![format!("**Weekly digest:** {weekly}{next}")];
    if guild.recognition_channel.is_none() {
        lines.push(format!(
            "{} The digest is posted where kudos are announced, and you have chosen no channel for \
             that: until you do, it is posted nowhere.",
            theme::WARNING
        ));
    }
    lines
}

/// Where a word goes when a direct message is refused.
fn cadence(panel: &Panel<'_>) -> Vec<String> {
    let Some(channel) = panel.guild.cadence_channel else {
        return vec!["**Refused direct messages:** said nowhere".to_owned()];
    };
    let mut lines = vec![format!(
        "**Refused direct messages:** said in <#{channel}>, never what was in them"
    )];
    if !panel.cadence_missing.is_empty() {
        lines.push(cannot_post(channel, panel.cadence_missing));
    }
    lines
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
        warnings.push(cannot_post(channel, panel.missing));
    }
    if !panel.is_open {
        warnings.push(format!(
            "{} Not everybody can see <#{channel}>: some people will miss what they are thanked for.",
            theme::WARNING
        ));
    }
    warnings
}

fn cannot_post(channel: ChannelId, missing: &[&'static str]) -> String {
    let missing: Vec<String> = missing.iter().map(|name| format!("*{name}*")).collect();
    format!(
        "{} I can't post in <#{channel}> at the moment: I lack {}.",
        theme::WARNING,
        names::joined(&missing)
    )
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

/// Asks for the weekday and the time of the weekly digest.
#[must_use]
pub fn digest_modal(guild: &Guild) -> Modal {
    let mut input = Input::line("digest", "Weekday and time, in this server's zone")
        .length(1, 100)
        .placeholder("Monday 09:00, or off");
    if let Some(weekly) = guild.digest {
        input = input.value(weekly.to_string());
    }
    Modal::new("Weekly digest", id("digest-typed")).input(input)
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
