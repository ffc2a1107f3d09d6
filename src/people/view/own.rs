//! What somebody sees of their own settings.

use chrono::{DateTime, NaiveDate, Utc};

use crate::error::Failure;
use crate::ids::GuildId;
use crate::people::Absence;
use crate::people::service::{Own, Wishes};
use crate::render::component::Choice;
use crate::render::limits::{self, OPTIONS};
use crate::render::{CustomId, Message, Select, cut_graphemes, escape, names, theme};
use crate::time::{Leads, QuietHours, Zone};

/// What somebody has set in a guild, with the next step; for them alone. `wishes` is what was just
/// saved.
#[must_use]
pub fn own(own: &Own, wishes: &Wishes, now: DateTime<Utc>) -> Message {
    let mut lines = vec![zone(own, !wishes.is_empty(), now), String::new()];
    let today = zone_of(own).civil_date(now);
    let (quiet, leads, absences) = match &own.rhythm {
        Some(rhythm) => (rhythm.quiet, rhythm.leads.clone(), &rhythm.absences[..]),
        None => (QuietHours::OFF, Leads::default(), &[][..]),
    };
    lines.push(if quiet.is_off() {
        "**Quiet hours:** none".to_owned()
    } else {
        format!("**Quiet hours:** {quiet}; nudges wait until they are over")
    });
    lines.push(format!("**Nudges:** {}", leads.words()));
    lines.push(away(absences, today));
    if wishes.away.is_some() && !absences.is_empty() {
        lines.push(
            "While you are away, nudges wait and droughts pause. The managers of your teams and \
             whom you have one-on-ones with can see that you are away, never why."
                .to_owned(),
        );
    }
    lines.push(String::new());
    lines.push(
        "Change them with `/my quiet-hours`, `/my nudges` and `/my away`; each takes `off`."
            .to_owned(),
    );
    Message::text(lines.join("\n")).ephemeral()
}

fn zone_of(own: &Own) -> Zone {
    let chosen = own.person.as_ref().and_then(|person| person.zone);
    chosen.unwrap_or(own.guild.zone)
}

fn zone(own: &Own, saved: bool, now: DateTime<Utc>) -> String {
    let server = server(&own.guild.name);
    let done = if saved {
        format!("{} Saved. ", theme::TICK)
    } else {
        String::new()
    };
    let zone = zone_of(own);
    let (label, clock) = (zone.label(now), zone.civil(now).format("%H:%M"));
    if own
        .person
        .as_ref()
        .is_some_and(|person| person.zone.is_some())
    {
        format!(
            "{done}Your time zone in {server} is **{label}**; it is {clock} there now. Times you type \
             are read in it, and your days begin in it. `/my timezone` changes it."
        )
    } else {
        format!(
            "{done}You have not chosen a time zone in {server}, so I take the server's: **{label}**, \
             where it is {clock} now. Choose yours with `/my timezone`."
        )
    }
}

/// How many absences are named.
const ABSENCES: usize = 3;

fn away(absences: &[Absence], today: NaiveDate) -> String {
    let day = |date: NaiveDate| date.format("%a %-d %b %Y");
    let spans: Vec<String> = absences
        .iter()
        .map(|absence| {
            let Absence { first, last, .. } = *absence;
            if first <= today {
                format!("now, until {}", day(last))
            } else if first == last {
                day(first).to_string()
            } else {
                format!("{} to {}", day(first), day(last))
            }
        })
        .collect();
    if spans.is_empty() {
        return "**Away:** not planned".to_owned();
    }
    format!("**Away:** {}", names::joined_up_to(&spans, ABSENCES))
}

/// Asks somebody who is in several guilds which one they mean. `wishes` is what they want to set;
/// `None` if it is too long to be carried by the choice.
#[must_use]
pub fn which_guild(guilds: &[(GuildId, String)], wishes: &Wishes) -> Option<Message> {
    let id = CustomId::new("my", "in")
        .arg(wishes.zone.map_or("", |zone| zone.name()))
        .arg(wishes.quiet.map_or_else(String::new, |it| it.to_string()))
        .arg(
            wishes
                .leads
                .as_ref()
                .map_or_else(String::new, Leads::to_string),
        )
        .arg(wishes.away.as_deref().unwrap_or_default().trim());
    let fits = limits::length(&id.to_string()) <= limits::CUSTOM_ID;
    fits.then(|| choice_of_guilds(guilds, id))
}

/// The refusal of more than the choice of a guild can carry.
#[must_use]
pub fn too_much_to_carry() -> Failure {
    Failure::refused(
        "That is more than I can take along while you choose a server. Set one thing at a time, or \
         use the command in the server.",
    )
}

/// Asks which guild is meant; `id` is what the choice is for.
pub(super) fn choice_of_guilds(guilds: &[(GuildId, String)], id: CustomId) -> Message {
    let choices = guilds.iter().take(OPTIONS).map(|(guild, name)| {
        let label = match name.trim() {
            "" => format!("Server {guild}"),
            name => cut_graphemes(name, 60),
        };
        Choice::new(label, guild.to_string())
    });
    let more = if guilds.len() > OPTIONS {
        " If yours is not in the list, use the command there."
    } else {
        ""
    };
    Message::text(format!("In which server?{more}"))
        .row(Select::text(id, choices).placeholder("Choose a server"))
        .ephemeral()
}

fn server(name: &str) -> String {
    match name.trim() {
        "" => "this server".to_owned(),
        name => format!("**{}**", escape::name(name)),
    }
}
