//! The demo team: who they are, and a quarter of recognition that they live through.
//!
//! Invariants: nothing is written beside the bot. People type, react and press in the stand-in, at
//! the time at which it is to have happened, and the bot does the rest; so channels, ledger and
//! boards agree. The same things happen in every start, counted back from today. What happens is in
//! `past.txt`, in the words of the terminal.

mod past;

use discord_sandbox::driver::{Discord, Guild, Person};

pub(super) use past::{PAST, lives};

/// The channel in which the terminal starts.
pub(super) const START: &str = "general";
/// Where kudos are announced.
const WINS: &str = "wins";
/// Where demos are spoken about.
const DEMOS: &str = "demos";
/// Seen by one team alone.
const DEAL_ROOM: &str = "deal-room";
/// Where the bot introduces itself.
const LOBBY: &str = "lobby";

/// The admin, who owns the server.
const ADMIN: &str = "Max";

/// A team and its manager.
struct Team {
    name: &'static str,
    manager: &'static str,
    members: &'static [&'static str],
}

const TEAMS: [Team; 2] = [
    Team {
        name: "Enterprise",
        manager: "Nia",
        members: &["Ann", "Bo", "Chen", "Dee", "Eli"],
    },
    Team {
        name: "Mid-market",
        manager: "Omar",
        members: &["Fay", "Gus", "Hana", "Ivo"],
    },
];

/// What somebody does here, in a few words; nothing for whom the demo does not know.
pub(super) fn about(name: &str) -> String {
    if name == ADMIN {
        return "owns the server (admin)".to_owned();
    }
    for team in TEAMS {
        if team.manager == name {
            return format!("manages {}", team.name);
        }
        if team.members.contains(&name) {
            return format!("sales engineer, {}", team.name);
        }
    }
    String::new()
}

/// Sets the scene: the server, its people and its channels, with the bot invited and nothing said.
pub(super) fn gather(discord: &Discord) -> Guild {
    discord.bot_is_called("Bellwether");
    let guild = discord.guild_owned_by("Harbour (demo)", ADMIN);
    let mut enterprise: Vec<Person> = Vec::new();
    for team in TEAMS {
        for name in team.members.iter().chain([&team.manager]) {
            let person = guild.member(name);
            if team.name == "Enterprise" {
                enterprise.push(person);
            }
        }
    }
    for name in [START, WINS, DEMOS] {
        let _there = guild.channel(name);
    }
    let insiders: Vec<&Person> = enterprise.iter().collect();
    let _there = guild.private_channel(DEAL_ROOM, &insiders);
    guild.has_system_channel(&guild.channel(LOBBY));
    guild
}
