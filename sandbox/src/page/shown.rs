//! A message as one person sees it.

use serde_json::{Value, json};

use crate::platform::Core;
use crate::state::{Channel, LOADING, Message, Snowflake};
use crate::wire::{self, Viewpoint};

/// The message as Discord's client would get it, with what is the page's own under `shown`; `None`
/// if the person does not see it.
pub(super) fn message(core: &Core, id: Snowflake, person: Snowflake) -> Option<Value> {
    let world = &core.world;
    let message = world.messages.get(&id)?;
    if !world.sees(person, message) {
        return None;
    }
    // Addresses without a host are this page's own.
    let view = Viewpoint {
        user: person,
        base_url: "",
        on_gateway: true,
    };
    let mut body = wire::message(world, message, &view);
    let name = |user: Snowflake| world.display_name(message.guild, user);
    let replied = message.replies_to.and_then(|id| world.standing(id));
    let replied = replied.filter(|original| world.sees(person, original));
    let reactions = message
        .reactions
        .iter()
        .map(|reaction| reaction.users.iter().copied().map(name).collect::<Vec<_>>());
    let used_by = message.made_by.as_ref().map(|made_by| name(made_by.user));
    let shown = json!({
        "name": name(message.author),
        "ephemeral": message.is_ephemeral(),
        "thinking": message.flags & LOADING != 0,
        "pings": message.pinged.contains(&person)
            || (message.mentions.contains(&person) && message.author != person),
        "used_by": used_by,
        "reactions": reactions.collect::<Vec<_>>(),
        "replied": replied.map(|original| json!({
            "id": original.id,
            "author": original.author,
            "name": name(original.author),
        })),
    });
    let fields = body.as_object_mut()?;
    if replied.is_none() {
        fields.remove("referenced_message");
    }
    fields.insert("shown".to_owned(), shown);
    for key in ["embeds", "referenced_message"] {
        if let Some(part) = fields.get_mut(key) {
            make_local(part, &core.base_url);
        }
    }
    Some(body)
}

/// A channel's messages before one of them (or the latest), oldest first, and whether there are
/// older ones. Whoever calls has checked that the person sees the channel.
pub(super) fn page(
    core: &Core,
    channel: &Channel,
    person: Snowflake,
    before: Option<Snowflake>,
    count: usize,
) -> (Vec<Value>, bool) {
    let older = channel.messages.iter().rev().copied();
    let older = older.skip_while(|id| before.is_some_and(|before| *id >= before));
    let seen = |message: &&Message| message.visible_to.is_none_or(|only| only == person);
    let mut ids = older.filter(|id| core.world.standing(*id).as_ref().is_some_and(seen));
    let mut messages: Vec<Value> = ids
        .by_ref()
        .take(count)
        .filter_map(|id| message(core, id, person))
        .collect();
    messages.reverse();
    (messages, ids.next().is_some())
}

/// Takes the stand-in's own address off every string: the page gets its files from its own server.
fn make_local(value: &mut Value, base_url: &str) {
    match value {
        Value::String(text) => {
            if let Some(path) = text.strip_prefix(base_url)
                && path.starts_with("/attachments/")
            {
                *text = path.to_owned();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| make_local(item, base_url)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| make_local(field, base_url)),
        _ => {}
    }
}
