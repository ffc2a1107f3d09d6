//! Turns Discord's markup for mentions into what people read.

use crate::state::{Snowflake, World};

/// The text with `<@1>` as `@Bo`, `<@&2>` as `@Team`, `<#3>` as `#general`, `</kudos give:4>` as
/// `/kudos give` and custom emoji as `:name:`. Timestamps and all else stay as they are.
pub(crate) fn readable(world: &World, guild: Option<Snowflake>, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let marked = from.find('>').and_then(|end| from.get(1..end));
        match marked.and_then(|inside| name(world, guild, inside).map(|name| (inside, name))) {
            Some((inside, name)) => {
                out.push_str(&name);
                rest = from.get(inside.len() + 2..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn name(world: &World, guild: Option<Snowflake>, inside: &str) -> Option<String> {
    if let Some(role) = inside.strip_prefix("@&") {
        let id: Snowflake = role.parse().ok()?;
        let role = world.guilds.get(&guild?)?.roles.get(&id)?;
        return Some(format!("@{}", role.name));
    }
    if let Some(user) = inside.strip_prefix('@') {
        let id: Snowflake = user.trim_start_matches('!').parse().ok()?;
        world.users.get(&id)?;
        return Some(format!("@{}", world.display_name(guild, id)));
    }
    if let Some(channel) = inside.strip_prefix('#') {
        let id: Snowflake = channel.parse().ok()?;
        return Some(format!("#{}", world.channels.get(&id)?.name));
    }
    if let Some(command) = inside.strip_prefix('/') {
        let (name, id) = command.rsplit_once(':')?;
        id.parse::<u64>().ok()?;
        return Some(format!("/{name}"));
    }
    let emoji = inside
        .strip_prefix("a:")
        .or_else(|| inside.strip_prefix(':'))?;
    let (name, id) = emoji.rsplit_once(':')?;
    id.parse::<u64>().ok()?;
    Some(format!(":{name}:"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn mentions_read_as_names_and_timestamps_stay() {
        let mut world = World::new(Clock::default());
        let bo = world.add_user("Bo", false);
        let text = format!("1 < 2, <@{bo}> at <t:5:R>, see </kudos give:9> <:wave:3> <@1>");
        let read = readable(&world, None, &text);
        assert_eq!(read, "1 < 2, @Bo at <t:5:R>, see /kudos give :wave: <@1>");
    }
}
