//! What somebody sees of their own settings.

use chrono::{DateTime, Utc};

use crate::ids::GuildId;
use crate::people::service::Own;
use crate::render::component::Choice;
use crate::render::limits::OPTIONS;
use crate::render::{CustomId, Message, Select, cut_graphemes, escape, theme};
use crate::time::Zone;

/// What somebody has set in a guild, with the next step; for them alone.
#[must_use]
pub fn own(own: &Own, saved: bool, now: DateTime<Utc>) -> Message {
    let server = server(&own.guild.name);
    let clock = |zone: Zone| now.with_timezone(&zone.tz()).format("%H:%M");
    let text = match own.person.as_ref().and_then(|person| person.zone) {
        Some(zone) => {
            let done = if saved {
                format!("{} Saved. ", theme::TICK)
            } else {
                String::new()
            };
            format!(
                "{done}Your time zone in {server} is **{}**; it is {} there now. Times you type are \
                 read in it, and your days begin in it. `/my timezone` changes it.",
                zone.label(now),
                clock(zone)
            )
        }
        None => format!(
            "You have not chosen a time zone in {server}, so I take the server's: **{}**, where it \
             is {} now. Choose yours with `/my timezone`.",
            own.guild.zone.label(now),
            clock(own.guild.zone)
        ),
    };
    Message::text(text).ephemeral()
}

/// Asks somebody who is in several guilds which one they mean. `zone` is what they want to set.
#[must_use]
pub fn which_guild(guilds: &[(GuildId, String)], zone: Option<Zone>) -> Message {
    let id = CustomId::new("my", "in").arg(zone.map_or("", |zone| zone.name()));
    choice_of_guilds(guilds, id)
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
