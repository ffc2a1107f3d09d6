//! Messages, attachments, reactions.

use serde_json::{Map, Value, json};

use super::{member, user};
use crate::clock::iso8601;
use crate::state::{Attachment, Emoji, MadeBy, Message, MessageKind, Reaction, Snowflake, World};

/// For whom a message is written down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Viewpoint<'a> {
    /// Whose own reactions are marked with `me`.
    pub(crate) user: Snowflake,
    /// Where attachments can be fetched: `http://127.0.0.1:1234`.
    pub(crate) base_url: &'a str,
    /// Whether guild, author's membership and the mentioned people's memberships are included, as
    /// gateway events do and REST answers do not.
    pub(crate) on_gateway: bool,
}

/// <https://docs.discord.com/developers/resources/message#message-object>
pub(crate) fn message(world: &World, of: &Message, view: &Viewpoint<'_>) -> Value {
    let mut body = plain(world, of, view);
    if of.kind == MessageKind::Reply {
        let original = of.replies_to.and_then(|id| world.standing(id));
        let original = original.map_or(Value::Null, |message| plain(world, message, view).into());
        body.insert("referenced_message".to_owned(), original);
    }
    if view.on_gateway
        && let Some(guild) = of.guild.and_then(|id| world.guilds.get(&id))
    {
        body.insert("guild_id".to_owned(), json!(guild.id));
        if let Some(author) = guild.members.get(&of.author) {
            body.insert("member".to_owned(), member(author));
        }
    }
    Value::Object(body)
}

fn plain(world: &World, of: &Message, view: &Viewpoint<'_>) -> Map<String, Value> {
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| {
        body.insert(key.to_owned(), value);
    };
    put("id", json!(of.id));
    put("channel_id", json!(of.channel));
    put("type", json!(of.kind.code()));
    put("author", json!(world.users.get(&of.author).map(user)));
    put("content", json!(of.content));
    put("timestamp", json!(iso8601(of.id.created_ms())));
    put("edited_timestamp", json!(of.edited_ms.map(iso8601)));
    put("tts", json!(of.tts));
    put("mention_everyone", json!(of.mentions_everyone));
    put("mentions", mentions(world, of, view));
    put("mention_roles", json!(of.mention_roles));
    put("pinned", json!(false));
    put("flags", json!(of.flags));
    put("embeds", json!(of.embeds));
    put("components", json!(of.components));
    let shown = of.attachments.iter().filter(|a| !a.in_embed);
    put(
        "attachments",
        shown
            .map(|a| attachment(a, of.channel, view.base_url))
            .collect(),
    );
    if !of.reactions.is_empty() {
        put(
            "reactions",
            of.reactions
                .iter()
                .map(|r| reaction(r, view.user))
                .collect(),
        );
    }
    if let Some(nonce) = &of.nonce {
        put("nonce", nonce.clone());
    }
    if let Some(application) = of.application {
        put("application_id", json!(application));
        if of.made_by.is_some() {
            put("webhook_id", json!(application));
        }
    }
    if let Some(replied) = of.replies_to {
        let mut reference = json!({
            "type": 0, "channel_id": of.channel, "message_id": replied,
        });
        if let (Some(fields), Some(guild)) = (reference.as_object_mut(), of.guild) {
            fields.insert("guild_id".to_owned(), json!(guild));
        }
        put("message_reference", reference);
    }
    if let Some(made_by) = &of.made_by {
        put("interaction_metadata", metadata(world, made_by, of.guild));
        if made_by.kind == crate::state::kind::COMMAND {
            let person = world.users.get(&made_by.user).map(user);
            put(
                "interaction",
                json!({
                    "id": made_by.interaction, "type": made_by.kind,
                    "name": made_by.name, "user": person,
                }),
            );
        }
    }
    body
}

fn mentions(world: &World, of: &Message, view: &Viewpoint<'_>) -> Value {
    let guild = of
        .guild
        .and_then(|id| world.guilds.get(&id))
        .filter(|_| view.on_gateway);
    let mut list = Vec::new();
    for found in of.mentions.iter().filter_map(|id| world.users.get(id)) {
        let mut person = user(found);
        let membership = guild.and_then(|guild| guild.members.get(&found.id));
        if let (Some(fields), Some(membership)) = (person.as_object_mut(), membership) {
            fields.insert("member".to_owned(), member(membership));
        }
        list.push(person);
    }
    Value::Array(list)
}

fn metadata(world: &World, made_by: &MadeBy, guild: Option<Snowflake>) -> Value {
    let owner = guild.map_or_else(|| "0".to_owned(), |id| id.to_string());
    let mut body = json!({
        "id": made_by.interaction,
        "type": made_by.kind,
        "user": world.users.get(&made_by.user).map(user),
        "authorizing_integration_owners": { "0": owner },
    });
    if let Some(fields) = body.as_object_mut() {
        if let Some(original) = made_by.original {
            fields.insert("original_response_message_id".to_owned(), json!(original));
        }
        if let Some(interacted) = made_by.interacted {
            fields.insert("interacted_message_id".to_owned(), json!(interacted));
        }
        if made_by.kind == crate::state::kind::COMMAND {
            fields.insert("name".to_owned(), json!(made_by.name));
        }
        if made_by.kind == crate::state::kind::MODAL {
            // A modal's answer names the interaction that opened the modal; the stand-in says
            // which kind it was and whose, which is what clients read.
            let opened_by = match made_by.interacted {
                Some(message) => json!({
                    "id": made_by.interaction, "type": 3, "interacted_message_id": message,
                    "user": world.users.get(&made_by.user).map(user),
                    "authorizing_integration_owners": { "0": owner },
                }),
                None => json!({
                    "id": made_by.interaction, "type": 2, "name": made_by.name,
                    "user": world.users.get(&made_by.user).map(user),
                    "authorizing_integration_owners": { "0": owner },
                }),
            };
            fields.insert("triggering_interaction_metadata".to_owned(), opened_by);
        }
    }
    body
}

/// <https://docs.discord.com/developers/resources/message#attachment-object>
pub(crate) fn attachment(of: &Attachment, channel: Snowflake, base_url: &str) -> Value {
    let url = format!("{base_url}/attachments/{channel}/{}/{}", of.id, of.filename);
    let mut body = json!({
        "id": of.id,
        "filename": of.filename,
        "size": of.bytes.len(),
        "url": url,
        "proxy_url": url,
        "content_type": of.content_type,
        "content_scan_version": 0,
    });
    if let Some(fields) = body.as_object_mut() {
        if let Some(description) = &of.description {
            fields.insert("description".to_owned(), json!(description));
        }
        if of.ephemeral {
            fields.insert("ephemeral".to_owned(), json!(true));
        }
        if let Some((width, height)) = png_size(&of.bytes) {
            fields.insert("width".to_owned(), json!(width));
            fields.insert("height".to_owned(), json!(height));
        }
    }
    body
}

/// Width and height from a PNG's header (<https://www.w3.org/TR/png-3/#11IHDR>).
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return None;
    }
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        Some(u32::from_be_bytes(four.try_into().ok()?))
    };
    Some((number(16)?, number(20)?))
}

/// An emoji as reactions carry it.
pub(crate) fn emoji(of: &Emoji) -> Value {
    json!({ "id": of.id, "name": of.name })
}

fn reaction(of: &Reaction, viewer: Snowflake) -> Value {
    json!({
        "emoji": emoji(&of.emoji),
        "count": of.users.len(),
        "count_details": { "burst": 0, "normal": of.users.len() },
        "me": of.users.contains(&viewer),
        "me_burst": false,
        "burst_me": false,
        "burst_count": 0,
        "burst_colors": [],
    })
}

/// Takes out what an application without message content is not shown, in the message and in the
/// one that it replies to. `readable` tells whether the message is one of the exceptions.
/// <https://docs.discord.com/developers/events/gateway#message-content-intent>
pub(crate) fn withhold(body: &mut Value, readable: &dyn Fn(&Value) -> bool) {
    if !readable(body)
        && let Some(fields) = body.as_object_mut()
    {
        for (key, empty) in [
            ("content", json!("")),
            ("embeds", json!([])),
            ("attachments", json!([])),
            ("components", json!([])),
        ] {
            fields.insert(key.to_owned(), empty);
        }
    }
    if let Some(original) = body.get_mut("referenced_message")
        && original.is_object()
    {
        withhold(original, readable);
    }
}
