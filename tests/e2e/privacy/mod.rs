//! `/privacy`, and what becomes of data by itself.

mod cadence;
mod erase;
mod export;
mod flight;
mod policy;
mod remains;
mod retention;
mod scorecard;

use discord_sandbox::driver::{Answer, Channel, Guild, Person};
use serde_json::Value;

use crate::office::Office;

/// A second server with Ann and Eve in it.
struct Beta {
    guild: Guild,
    ann: Person,
    eve: Person,
    talk: Channel,
}

async fn beta(office: &Office) -> Beta {
    let guild = office.discord.guild_without_bot("Beta");
    let (eve, ann) = (guild.admin("Eve"), guild.adds(&office.ann));
    let talk = guild.channel("talk");
    guild.bot_joins();
    office
        .discord
        .as_member(&eve)
        .waits_for(&talk, |message| !message.buttons().is_empty())
        .await;
    Beta {
        guild,
        ann,
        eve,
        talk,
    }
}

/// The one file that an answer carries.
fn file(answer: &Answer) -> Value {
    assert!(answer.is_ephemeral(), "{}", answer.shown());
    let message = answer.message().unwrap();
    let files = message.files();
    assert_eq!(files.len(), 1, "{}", answer.shown());
    let (_, _, bytes) = files.first().unwrap();
    serde_json::from_slice(bytes).unwrap()
}

/// Somebody thanks somebody by command, and the bot has said what there is to say.
async fn thanks(office: &Office, giver: &Person, to: &Person, text: &str) {
    let answer = office
        .has(giver)
        .slash("kudos give")
        .user("to", to)
        .text("message", text)
        .send()
        .await;
    assert!(!answer.failed(), "{}", answer.shown());
    office.settles().await;
}

/// Somebody confirms that everything about them goes.
async fn erases(office: &Office, person: &Person) -> Answer {
    let asked = office.has(person).slash("privacy erase").send().await;
    let done = asked.clicks("Erase my data").await;
    assert!(done.shown().contains("Done"), "{}", done.shown());
    done
}
