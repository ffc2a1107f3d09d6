//! From what people type to what Discord's client sends.

use super::Acting;
use crate::state::{Emoji, Snowflake, World};

impl Acting {
    /// The text with `@Name` and `#name` as mentions, longest names first.
    pub(crate) fn with_mentions(&self, channel: Snowflake, text: &str) -> String {
        self.platform
            .look(|core| with_mentions(&core.world, channel, text))
    }
}

/// The text with `@Name` and `#name` as mentions, longest names first.
pub(crate) fn with_mentions(world: &World, channel: Snowflake, text: &str) -> String {
    let place = world.channels.get(&channel);
    let guild = place.and_then(|channel| channel.guild);
    let mut names: Vec<(String, String)> = Vec::new();
    if let Some(guild) = guild.and_then(|id| world.guilds.get(&id)) {
        for user in guild.members.keys() {
            let name = world.display_name(Some(guild.id), *user);
            names.push((format!("@{name}"), format!("<@{user}>")));
        }
        for role in guild.roles.values().filter(|role| role.id != guild.id) {
            names.push((format!("@{}", role.name), format!("<@&{}>", role.id)));
        }
        let (channels, _) = world.channels_of(guild.id);
        for channel in channels {
            names.push((format!("#{}", channel.name), format!("<#{}>", channel.id)));
        }
    } else {
        for user in place.into_iter().flat_map(|channel| &channel.people) {
            let name = world.display_name(None, *user);
            names.push((format!("@{name}"), format!("<@{user}>")));
        }
    }
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    replace_names(text, &names)
}

/// Replaces each name that ends at a word's end.
fn replace_names(text: &str, names: &[(String, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let found = names.iter().find(|(name, _)| {
            let after = rest
                .strip_prefix(name.as_str())
                .and_then(|after| after.chars().next());
            rest.starts_with(name.as_str()) && !after.is_some_and(char::is_alphanumeric)
        });
        match found {
            Some((name, mention)) => {
                out.push_str(mention);
                rest = rest.get(name.len()..).unwrap_or_default();
            }
            None => {
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

pub(crate) fn parse_emoji(text: &str) -> Emoji {
    let custom = text
        .strip_prefix("<:")
        .and_then(|rest| rest.strip_suffix('>'));
    let custom = custom.and_then(|custom| custom.rsplit_once(':'));
    match custom.and_then(|(name, id)| Some((name, id.parse().ok()?))) {
        Some((name, id)) => Emoji {
            id: Some(id),
            name: name.to_owned(),
        },
        None => Emoji {
            id: None,
            name: text.to_owned(),
        },
    }
}

/// A person, channel or role by name, with or without its mark.
pub(crate) fn named(
    world: &World,
    channel: Snowflake,
    kind: u64,
    words: &str,
) -> Option<Snowflake> {
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    if (words.starts_with('<') && words.ends_with('>')) || digits.len() == words.len() {
        return digits.parse().ok();
    }
    let name = words.trim_start_matches(['@', '#', '&']);
    let guild = world
        .channels
        .get(&channel)?
        .guild
        .and_then(|id| world.guilds.get(&id));
    let same = |other: &str| other.eq_ignore_ascii_case(name);
    let person = || match guild {
        Some(guild) => {
            let mut members = guild.members.keys().copied();
            members.find(|user| same(&world.display_name(Some(guild.id), *user)))
        }
        None => world
            .users
            .values()
            .find(|user| same(&user.name))
            .map(|user| user.id),
    };
    let role = || {
        guild?
            .roles
            .values()
            .find(|role| same(&role.name))
            .map(|role| role.id)
    };
    match kind {
        6 => person(),
        7 => {
            let (channels, threads) = world.channels_of(guild?.id);
            let mut all = channels.into_iter().chain(threads);
            all.find(|channel| same(&channel.name))
                .map(|channel| channel.id)
        }
        8 => role(),
        _ => person().or_else(role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_is_mentioned_and_only_at_a_words_end() {
        let names = vec![
            ("@Bo Li".to_owned(), "<@2>".to_owned()),
            ("@Bo".to_owned(), "<@1>".to_owned()),
        ];
        assert_eq!(
            replace_names("@Bo Li and @Bo++, not @Bob", &names),
            "<@2> and <@1>++, not @Bob"
        );
    }
}
