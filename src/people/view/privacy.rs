//! What somebody sees of their data: the file, the question before it is erased, the policy.

use super::own::choice_of_guilds;
use crate::config::Config;
use crate::ids::{GuildId, UserId};
use crate::people::service::Outlook;
use crate::privacy::{Claim, Part, policy};
use crate::render::limits::{self, length};
use crate::render::{
    Button, CustomId, Embed, File, Message, cut, cut_graphemes, escape, page, theme,
};

/// The file of everything, the first of `parts`; for the person alone.
#[must_use]
pub fn export(server: &str, part: Part, parts: usize) -> Message {
    let several = if parts == 1 {
        String::new()
    } else {
        format!(" It is large, so it comes in {parts} files.")
    };
    let text = format!(
        "Everything I keep about you in {}, as a file.{several} Nobody else can see this message; save \
         the file before you dismiss it.",
        named(server)
    );
    Message::text(text).file(file(part)).ephemeral()
}

/// One more file of an export.
#[must_use]
pub fn export_part(part: Part) -> Message {
    Message::default().file(file(part)).ephemeral()
}

fn file(part: Part) -> File {
    File {
        name: part.name,
        alt: Some("Your data as JSON".to_owned()),
        bytes: part.bytes,
    }
}

/// Nothing is kept about who asks.
#[must_use]
pub fn nothing_kept() -> Message {
    Message::text("I keep nothing about you here. There is nothing to export or to erase.")
        .ephemeral()
}

/// Asks once whether everything about a person shall be erased. `is_own` if it is their own wish.
#[must_use]
pub fn to_erase(outlook: &Outlook, is_own: bool) -> Message {
    let (whose, button) = if is_own {
        (
            format!("everything about you in {}", named(&outlook.server)),
            "Erase my data",
        )
    } else {
        (
            format!(
                "everything about **{}** in this server",
                escape::name(&outlook.name)
            ),
            "Erase their data",
        )
    };
    let (you, your) = if is_own {
        ("you", "your")
    } else {
        ("them", "their")
    };
    let they = if is_own { "you" } else { "they" };
    let text = format!(
        "{} Erase {whose}?\n\
         **Goes, at once and for good:** {your} name and account, settings, days away and note, teams, searches \
         and notices, what {they} wrote, promised and noted around sessions, and the words of kudos \
         that {they} gave or that were for {you} alone. What {they} are in \
         with others ends. What I posted about {you} is deleted, or changed so that it no longer names {you}; if that is a lot, \
         it takes a while.\n\
         **Stays:** that kudos were given, as counts that lead to nobody; kudos to others, without \
         {your} name; what people wrote themselves on Discord.\n\
         **This cannot be undone.** {}",
        theme::LOCK,
        if is_own {
            "To have a copy first, use `/privacy export`. If you go on here afterwards, you are new \
             to me."
        } else {
            "It stays in the audit trail that you did this."
        }
    );
    let id = CustomId::new("privacy", if is_own { "erase" } else { "erase-other" })
        .arg(outlook.guild)
        .arg(outlook.user);
    Message::text(text)
        .row([
            Button::danger(button, id),
            Button::secondary("Keep it", CustomId::new("privacy", "keep")),
        ])
        .ephemeral()
}

/// It was erased.
#[must_use]
pub fn erased(is_own: bool) -> Message {
    let text = if is_own {
        "Done. Everything about you here is erased; counts stay and lead to nobody. Messages of mine \
         that name you are being changed or deleted now."
    } else {
        "Done. Everything about them here is erased; counts stay and lead to nobody. Messages of mine \
         that name them are being changed or deleted now."
    };
    Message::text(format!("{} {text}", theme::TICK)).ephemeral()
}

/// It had been erased already, or there was never anything.
#[must_use]
pub fn erased_already(is_own: bool) -> Message {
    let whom = if is_own { "you" } else { "them" };
    Message::text(format!(
        "That is done already: I keep nothing about {whom} here."
    ))
    .ephemeral()
}

/// It was kept after all.
#[must_use]
pub fn kept() -> Message {
    Message::text("Nothing was erased.").ephemeral()
}

/// Asks somebody whom several guilds know which one they mean; `action` is what for.
#[must_use]
pub fn which_server(guilds: &[(GuildId, String)], action: &str) -> Message {
    choice_of_guilds(guilds, CustomId::new("privacy", action))
}

/// A page of the policy, counted from 1: the first says who runs the bot and what one can do, the
/// others what each part of the bot keeps.
#[must_use]
pub fn policy(config: &Config, claims: &[Claim], number: u32) -> Message {
    let pages = u32::try_from(claims.len().saturating_add(1)).unwrap_or(u32::MAX);
    let number = number.clamp(1, pages);
    let claim = usize::try_from(number)
        .ok()
        .and_then(|n| claims.get(n.checked_sub(2)?));
    let embed = match claim {
        None => Embed::text(overview(config, claims)).title("What I keep about you, and why"),
        Some(claim) => Embed::text(details(config, claim)).title(claim.title),
    };
    let to = |page: u32| CustomId::new("privacy", "policy").arg(page);
    Message::embed(embed.colour(theme::NEUTRAL))
        .rows(page::numbered(number, pages, to))
        .ephemeral()
}

fn overview(config: &Config, claims: &[Claim]) -> String {
    let contact = config.privacy.contact.trim();
    let runs = if contact.is_empty() {
        "Whoever runs me has left no contact; ask the admins of your server.".to_owned()
    } else {
        format!("I am run by {}.", escape::inline(contact))
    };
    let titles: Vec<&str> = claims
        .iter()
        .flat_map(|claim| claim.holdings.iter().map(|holding| holding.title))
        .collect();
    let settings = &config.retention;
    format!(
        "{runs} I stand on their own machine; what I keep stands there in one file and goes nowhere \
         else but to Discord, where you read it.\n\n\
         **I keep:** {}. The next pages say what each is, why, how long, and who sees it. Of chat I \
         keep only what gives kudos.\n\n\
         **Your part:** `/privacy export` gives you all of it as a file. `/privacy erase` erases it. \
         `/my` and `/kudos preference` change what you set. Each server is on its own: what one keeps, \
         no other sees.\n\n\
         **When I leave a server,** everything about it is deleted {} later. Backups that the operator \
         made keep what they held.",
        joined(&titles),
        policy::days_of(settings.departed_days)
    )
}

fn joined(titles: &[&str]) -> String {
    titles
        .iter()
        .map(|title| title.to_lowercase())
        .collect::<Vec<_>>()
        .join(", ")
}

fn details(config: &Config, claim: &Claim) -> String {
    let holdings = claim.holdings.iter();
    let texts: Vec<String> = holdings
        .map(|holding| policy::lines(holding, &config.retention))
        .collect();
    let text = texts.join("\n\n");
    debug_assert!(
        length(&text) <= limits::EMBED_DESCRIPTION,
        "{}",
        claim.title
    );
    cut(&text, limits::EMBED_DESCRIPTION)
}

fn named(server: &str) -> String {
    match server.trim() {
        "" => "this server".to_owned(),
        name => format!("**{}**", escape::name(&cut_graphemes(name, 60))),
    }
}

/// The button was made for somebody else.
#[must_use]
pub fn not_your_button() -> String {
    "This button is for somebody else. `/privacy erase` asks you for your own.".to_owned()
}

/// Erasing somebody else's data works in their server alone.
#[must_use]
pub fn only_there() -> String {
    "Erasing the data of somebody who left works in the server that they left. For your own, leave \
     `member` out."
        .to_owned()
}

/// Nothing is kept about somebody else.
#[must_use]
pub fn nothing_kept_of(user: UserId) -> Message {
    Message::text(format!("I keep nothing about <@{user}> here.")).ephemeral()
}
