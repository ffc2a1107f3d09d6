//! What somebody can do here, short enough to read on a phone.

use super::own::choice_of_guilds;
use crate::discord::help::{Audience, Line, Section};
use crate::ids::GuildId;
use crate::people::{FORMS, Guild, Team};
use crate::render::{CustomId, Embed, Message, escape, limits, names, theme};

/// The headings, in the order in which they are shown.
const SECTIONS: [(Section, &str); 7] = [
    (Section::Thanking, "Thank somebody"),
    (Section::LookingBack, "See what was given"),
    (Section::Cadence, "Coaching"),
    (Section::Scorecard, "Scorecard"),
    (Section::Oneself, "For yourself"),
    (Section::Teams, "Teams"),
    (Section::Server, "Look after the server"),
];

/// For whom the page is.
#[derive(Clone, Copy, Debug)]
pub struct Help<'a> {
    /// The guild with what it has switched on.
    pub guild: &'a Guild,
    /// What the asker is there.
    pub audience: Audience,
    /// The teams that they manage, by name.
    pub manages: &'a [Team],
    /// What is said of each command.
    pub lines: &'a [Line],
    /// Whether they ask in a direct message.
    pub in_dm: bool,
}

/// Everything that the asker can do. `mention` mentions a command.
#[must_use]
pub fn help(help: &Help<'_>, mention: impl Fn(&str) -> String) -> Message {
    let mut parts: Vec<String> = standing(help).into_iter().collect();
    for (section, heading) in SECTIONS {
        let mut lines: Vec<String> = help
            .lines
            .iter()
            .filter(|line| line.section == section && is_for(line, help))
            .map(|line| format!("{}: {}", named(line, &mention), line.says))
            .collect();
        if section == Section::Thanking {
            lines.extend(in_chat(help.guild));
        }
        if !lines.is_empty() {
            parts.push(format!("**{heading}**\n{}", lines.join("\n")));
        }
    }
    let title = match help.guild.name.trim() {
        "" => "What you can do here".to_owned(),
        name => format!("What you can do in {}", escape::name(name)),
    };
    let mut embeds: Vec<Embed> = packed(parts)
        .into_iter()
        .map(|text| Embed::text(text).colour(theme::NEUTRAL))
        .collect();
    if let Some(first) = embeds.first_mut() {
        first.title = Some(title);
    }
    if let Some(last) = embeds.last_mut()
        && help.in_dm
    {
        last.footer = Some(here(help.lines));
    }
    let mut message = Message::default().ephemeral();
    message.embeds = embeds;
    message
}

/// The parts in as few texts as hold them: a part is never cut in two.
fn packed(parts: Vec<String>) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for part in parts {
        match texts.last_mut() {
            Some(text) if fits(text, &part) => {
                text.push_str("\n\n");
                text.push_str(&part);
            }
            _ => texts.push(part),
        }
    }
    texts
}

fn fits(text: &str, part: &str) -> bool {
    text.chars().count() + part.chars().count() + 2 <= limits::EMBED_DESCRIPTION
}

/// Asks somebody who is in several guilds of which one they want to know.
#[must_use]
pub fn help_where(guilds: &[(GuildId, String)]) -> Message {
    choice_of_guilds(guilds, CustomId::new("help", "in"))
}

fn standing(help: &Help<'_>) -> Option<String> {
    let teams: Vec<String> = help
        .manages
        .iter()
        .map(|team| format!("**{}**", escape::inline(&team.name)))
        .collect();
    let teams = names::joined_up_to(&teams, 3);
    match (help.audience, teams.is_empty()) {
        (Audience::Admins, true) => Some("You look after this server.".to_owned()),
        (Audience::Admins, false) => {
            Some(format!("You look after this server, and manage {teams}."))
        }
        (Audience::Managers, _) => Some(format!("You manage {teams}.")),
        (Audience::Members, _) => None,
    }
}

fn is_for(line: &Line, help: &Help<'_>) -> bool {
    line.audience <= help.audience && (!line.needs_leaderboards || help.guild.leaderboards)
}

fn named(line: &Line, mention: &impl Fn(&str) -> String) -> String {
    let names: Vec<String> = line
        .commands
        .iter()
        .map(|name| {
            if line.is_menu {
                format!("*Apps → {name}*")
            } else {
                mention(name)
            }
        })
        .collect();
    names.join(theme::DOT)
}

/// How thanks count without a command, as far as the guild has switched it on.
fn in_chat(guild: &Guild) -> Vec<String> {
    let mut lines = Vec::new();
    let examples: Vec<String> = FORMS
        .iter()
        .filter(|form| guild.chat_kudos && guild.forms_off.iter().all(|off| off != form.name))
        .take(2)
        .map(|form| format!("*{}*", form.example))
        .collect();
    if !examples.is_empty() {
        lines.push(format!("In chat: {}", examples.join(theme::DOT)));
    }
    if guild.reaction_kudos {
        lines.push(format!(
            "{} on a message: kudos for its author; on an announced kudos: seconds it",
            guild.reaction
        ));
    }
    lines
}

/// What works in a direct message, without markup.
fn here(lines: &[Line]) -> String {
    let names: Vec<String> = lines
        .iter()
        .filter(|line| line.in_dms)
        .flat_map(|line| line.commands)
        .map(|name| format!("/{name}"))
        .collect();
    format!(
        "Here {} work; the rest in the server.",
        names::joined(&names)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TeamId;
    use crate::time::Zone;

    const LINES: &[Line] = &[
        Line::new(Section::Thanking, &["kudos give"], "thank somebody"),
        Line::new(Section::Thanking, &["Give kudos"], "thank for a message").menu(),
        Line::new(Section::LookingBack, &["kudos leaderboard"], "who leads").with_leaderboards(),
        Line::new(Section::Oneself, &["my"], "your time zone").in_dms(),
        Line::new(Section::Oneself, &["help"], "this page").in_dms(),
        Line::new(
            Section::Teams,
            &["team add", "team remove"],
            "who is in a team",
        )
        .only(Audience::Managers),
        Line::new(Section::Server, &["setup"], "what counts").only(Audience::Admins),
    ];

    fn guild() -> Guild {
        Guild {
            id: GuildId::from(1),
            name: "Acme *Inc*".to_owned(),
            zone: Zone::from(chrono_tz::Tz::UTC),
            recognition_channel: None,
            chat_kudos: true,
            forms_off: vec!["thanks".to_owned()],
            reaction_kudos: true,
            reaction: "🏆".to_owned(),
            leaderboards: true,
            refused_channel: None,
            owner: None,
            set_up_by: None,
            cadence_channel: None,
            digest: None,
            digest_told: None,
        }
    }

    fn shown(guild: &Guild, audience: Audience, manages: &[Team]) -> String {
        let page = Help {
            guild,
            audience,
            manages,
            lines: LINES,
            in_dm: true,
        };
        let message = help(&page, |name| format!("</{name}:1>"));
        message.check().unwrap();
        let embed = &message.embeds[0];
        format!(
            "# {}\n{}\n({})",
            embed.title.as_ref().unwrap(),
            embed.description.as_ref().unwrap(),
            embed.footer.as_ref().unwrap()
        )
    }

    #[test]
    fn a_manager_sees_what_is_for_managers_and_nothing_for_admins() {
        let team = |id: i64, name: &str| Team {
            id: TeamId(id),
            name: name.to_owned(),
            key: name.to_lowercase(),
        };
        let manages = [team(1, "North"), team(2, "South")];
        insta::assert_snapshot!(shown(&guild(), Audience::Managers, &manages), @r"
        # What you can do in Acme \*Inc\*
        You manage **North** and **South**.

        **Thank somebody**
        </kudos give:1>: thank somebody
        *Apps → Give kudos*: thank for a message
        In chat: *@bo ++ for the demo* · *kudos to @bo for the demo*
        🏆 on a message: kudos for its author; on an announced kudos: seconds it

        **See what was given**
        </kudos leaderboard:1>: who leads

        **For yourself**
        </my:1>: your time zone
        </help:1>: this page

        **Teams**
        </team add:1> · </team remove:1>: who is in a team
        (Here /my and /help work; the rest in the server.)
        ");
    }

    #[test]
    fn a_member_of_a_guild_that_has_switched_everything_off_sees_commands_alone() {
        let guild = Guild {
            chat_kudos: false,
            reaction_kudos: false,
            leaderboards: false,
            name: String::new(),
            ..guild()
        };
        insta::assert_snapshot!(shown(&guild, Audience::Members, &[]), @"
        # What you can do here
        **Thank somebody**
        </kudos give:1>: thank somebody
        *Apps → Give kudos*: thank for a message

        **For yourself**
        </my:1>: your time zone
        </help:1>: this page
        (Here /my and /help work; the rest in the server.)
        ");
    }
}
