//! What a failing test shows: what was said where, and what the bot asked for.

use crate::platform::{Core, Platform};

/// How many of the latest requests are shown.
const REQUESTS: usize = 40;
/// How many of the latest messages of a channel, and of the interactions, are shown.
const MESSAGES: usize = 30;
/// Longer segments of a path are tokens, which say nothing.
const SEGMENT: usize = 24;

/// Ends the test with a reason and the transcript.
pub(crate) fn give_up(platform: &Platform, why: &str) -> ! {
    let transcript = platform.look(of);
    refuse(&format!("{why}\n\n{transcript}"))
}

/// Ends the test with a reason.
#[expect(
    clippy::panic,
    reason = "the driver serves tests, whose failures are panics"
)]
pub(crate) fn refuse(why: &str) -> ! {
    panic!("{why}")
}

/// All channels with their messages, then the latest requests.
pub(crate) fn of(core: &Core) -> String {
    let mut lines = Vec::new();
    let mut channels: Vec<_> = core.world.channels.values().collect();
    channels.sort_by_key(|channel| channel.id);
    for channel in channels {
        let place = if channel.is_direct() {
            let people = channel
                .people
                .iter()
                .map(|id| core.world.display_name(None, *id));
            format!(
                "direct messages of {}",
                people.collect::<Vec<_>>().join(" and ")
            )
        } else {
            let guild = channel.guild.and_then(|id| core.world.guilds.get(&id));
            format!(
                "#{} of {}",
                channel.name,
                guild.map_or("nowhere", |guild| &guild.name)
            )
        };
        lines.push(format!("== {place}"));
        let skipped = channel.messages.len().saturating_sub(MESSAGES);
        if skipped > 0 {
            lines.push(format!("   ({skipped} earlier messages)"));
        }
        for id in channel.messages.iter().skip(skipped) {
            let Some(view) = core.view(*id) else { continue };
            let mut marks = Vec::new();
            if let Some(only) = view.visible_to() {
                marks.push(format!(
                    "only {} sees it",
                    core.world.display_name(None, only)
                ));
            }
            if view.is_edited() {
                marks.push("edited".to_owned());
            }
            if view.is_deleted() {
                marks.push("deleted".to_owned());
            }
            if !view.pinged().is_empty() {
                marks.push(format!("pings {}", view.pinged_names().join(", ")));
            }
            for (emoji, people) in view.reactions() {
                marks.push(format!("{emoji} {}", people.join(", ")));
            }
            let marks = if marks.is_empty() {
                String::new()
            } else {
                format!(" ({})", marks.join("; "))
            };
            let text = view.shown().replace('\n', "\n      ");
            lines.push(format!("   {}{marks}: {text}", view.author()));
        }
    }
    lines.push("== interactions".to_owned());
    let mut interactions: Vec<_> = core.world.interactions.values().collect();
    interactions.sort_by_key(|interaction| interaction.id);
    let skipped = interactions.len().saturating_sub(MESSAGES);
    for interaction in interactions.into_iter().skip(skipped) {
        let who = core.world.display_name(interaction.guild, interaction.user);
        let outcome = match (interaction.answered, interaction.failed) {
            (Some(kind), _) => format!("answered with type {kind}"),
            (None, true) => "the application did not respond".to_owned(),
            (None, false) => "not answered".to_owned(),
        };
        lines.push(format!("   {who}: {} → {outcome}", interaction.name));
    }
    lines.push("== requests".to_owned());
    let all: Vec<_> = core.log.all().collect();
    for request in all.iter().skip(all.len().saturating_sub(REQUESTS)) {
        let status = request
            .status
            .map_or_else(|| "no answer".to_owned(), |s| s.to_string());
        let code = request
            .code
            .map_or_else(String::new, |code| format!(" (code {code})"));
        let segments = request.path.split('/');
        let short = segments.map(|part| if part.len() > SEGMENT { "…" } else { part });
        let path = short.collect::<Vec<_>>().join("/");
        lines.push(format!("   {} {path} → {status}{code}", request.method));
    }
    lines.join("\n")
}
