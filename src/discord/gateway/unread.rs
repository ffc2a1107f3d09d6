//! Events that serenity could not read, read again without what it stumbled over.
//!
//! Where a payload has not quite the shape of its model, serenity hands out the event as unknown,
//! and nobody hears of it. Its model of a cleared reaction, for one, asks for fields that Discord
//! does not send; and one attachment, component or poll of a new kind costs the whole message. What
//! Bellwether reads of an event is little: here the rest is left out, and the event goes the way of
//! all others, in its order.

use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use serenity::all::{
    Context, Event, Framework, FullEvent, GuildChannel, Member, RawEventHandler, Role,
};

use crate::discord::bot::Bot;
use crate::error::Failure;

type Poise = poise::Framework<Bot, Failure>;

/// poise's framework, where [`Unread`] reaches it too.
pub(super) struct Front {
    made: Option<Poise>,
    ready: Arc<OnceLock<Poise>>,
}

impl Front {
    pub(super) fn new(framework: Poise) -> Self {
        Self {
            made: Some(framework),
            ready: Arc::default(),
        }
    }
}

#[serenity::async_trait]
impl Framework for Front {
    async fn init(&mut self, client: &serenity::Client) {
        if let Some(mut framework) = self.made.take() {
            framework.init(client).await;
            let _once = self.ready.set(framework);
        }
    }

    async fn dispatch(&self, context: Context, event: FullEvent) {
        if let Some(framework) = self.ready.get() {
            framework.dispatch(context, event).await;
        }
    }
}

/// Hears every event before the framework does, and mends those that would be lost.
pub(super) struct Unread(Arc<OnceLock<Poise>>);

impl Unread {
    pub(super) fn before(front: &Front) -> Self {
        Self(Arc::clone(&front.ready))
    }
}

#[serenity::async_trait]
impl RawEventHandler for Unread {
    async fn raw_event(&self, context: Context, event: Event) {
        let Event::Unknown(unread) = event else {
            return;
        };
        let Some(mut pared) = pare(&unread.kind, unread.value) else {
            return;
        };
        match (reread(&context, &unread.kind, &mut pared), self.0.get()) {
            (Some(event), Some(framework)) => framework.dispatch(context, event).await,
            // Only the kind: what the event says is nobody's business but its people's.
            _ => tracing::warn!(kind = unread.kind, "an event could not be read"),
        }
    }
}

fn reread(context: &Context, kind: &str, pared: &mut Value) -> Option<FullEvent> {
    let event = serde_json::from_value(json!({ "t": kind, "d": pared.take() })).ok()?;
    Some(match event {
        Event::MessageCreate(event) => FullEvent::Message {
            new_message: event.message,
        },
        Event::MessageUpdate(event) => FullEvent::MessageUpdate {
            old_if_available: None,
            new: None,
            event,
        },
        Event::ReactionAdd(event) => FullEvent::ReactionAdd {
            add_reaction: event.reaction,
        },
        Event::ReactionRemove(event) => FullEvent::ReactionRemove {
            removed_reaction: event.reaction,
        },
        Event::ReactionRemoveEmoji(event) => FullEvent::ReactionRemoveEmoji {
            removed_reactions: event.reaction,
        },
        Event::InteractionCreate(event) => FullEvent::InteractionCreate {
            interaction: event.interaction,
        },
        Event::GuildCreate(mut event) => {
            context.cache.update(&mut event);
            FullEvent::GuildCreate {
                guild: event.guild,
                is_new: None,
            }
        }
        _ => return None,
    })
}

/// What Bellwether reads of an event, with what serenity's model asks for beside it; `None` for a
/// kind of which it reads nothing.
fn pare(kind: &str, mut event: Value) -> Option<Value> {
    match kind {
        "MESSAGE_CREATE" => message(&mut event),
        "MESSAGE_UPDATE" => edited(&mut event),
        "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE" | "MESSAGE_REACTION_REMOVE_EMOJI" => {
            reaction(&mut event);
        }
        "INTERACTION_CREATE" => interaction(&mut event),
        "GUILD_CREATE" => guild(&mut event),
        _ => return None,
    }
    Some(event)
}

fn message(message: &mut Value) {
    keep(message, MESSAGE);
    people(message);
    let Some(fields) = message.as_object_mut() else {
        return;
    };
    for (name, value) in [
        ("tts", json!(false)),
        ("mention_everyone", json!(false)),
        ("mention_roles", json!([])),
        ("attachments", json!([])),
        ("embeds", json!([])),
        ("pinned", json!(false)),
        ("type", json!(0)),
        ("mentions", json!([])),
    ] {
        fields.entry(name).or_insert(value);
    }
    replied_to(fields);
}

fn edited(event: &mut Value) {
    keep(event, MESSAGE);
    people(event);
    if let Some(fields) = event.as_object_mut() {
        replied_to(fields);
    }
}

const MESSAGE: &[&str] = &[
    "id",
    "channel_id",
    "guild_id",
    "author",
    "member",
    "content",
    "timestamp",
    "edited_timestamp",
    "mentions",
    "type",
    "webhook_id",
    "application_id",
    "referenced_message",
];

/// The message that was replied to, at one remove: the one that it replies to concerns nobody.
fn replied_to(fields: &mut Map<String, Value>) {
    match fields.get_mut("referenced_message") {
        Some(referenced) if referenced.is_object() => {
            if let Some(fields) = referenced.as_object_mut() {
                fields.remove("referenced_message");
            }
            message(referenced);
        }
        _ => {
            fields.remove("referenced_message");
        }
    }
}

/// The author, the mentioned and the member, each by what names them.
fn people(message: &mut Value) {
    if let Some(author) = message.get_mut("author") {
        keep(author, USER);
    }
    if let Some(member) = message.get_mut("member") {
        keep(member, &["nick", "roles"]);
    }
    let mentions = message.get_mut("mentions").and_then(Value::as_array_mut);
    for mentioned in mentions.into_iter().flatten() {
        keep(mentioned, &[USER, &["member"]].concat());
        if let Some(member) = mentioned.get_mut("member") {
            keep(member, &["nick", "roles"]);
        }
    }
}

const USER: &[&str] = &["id", "username", "global_name", "discriminator", "bot"];

fn reaction(reaction: &mut Value) {
    keep(reaction, REACTION);
    if let Some(fields) = reaction.as_object_mut() {
        if fields
            .get("member")
            .is_some_and(|member| !reads::<Member>(member))
        {
            fields.remove("member");
        }
        fields.insert("burst".to_owned(), json!(false));
        fields.insert("type".to_owned(), json!(0));
    }
}

const REACTION: &[&str] = &[
    "member",
    "user_id",
    "channel_id",
    "message_id",
    "guild_id",
    "emoji",
    "message_author_id",
];

fn interaction(call: &mut Value) {
    if let Some(source) = call.get_mut("message") {
        message(source);
    }
    let resolved = call.pointer_mut("/data/resolved/messages");
    let messages = resolved.and_then(Value::as_object_mut);
    for resolved in messages.into_iter().flat_map(Map::values_mut) {
        message(resolved);
    }
    let Some(fields) = call.as_object_mut() else {
        return;
    };
    fields.remove("channel");
    fields.remove("context");
    fields.remove("authorizing_integration_owners");
    fields.insert("entitlements".to_owned(), json!([]));
    fields.entry("attachment_size_limit").or_insert(json!(0));
}

/// A guild without the channels, threads, members and roles that cannot be read, and without what is
/// of no interest.
fn guild(guild: &mut Value) {
    let Some(fields) = guild.as_object_mut() else {
        return;
    };
    for name in [
        "presences",
        "voice_states",
        "emojis",
        "stickers",
        "stage_instances",
        "guild_scheduled_events",
        "soundboard_sounds",
        "features",
    ] {
        fields.insert(name.to_owned(), json!([]));
    }
    retain::<GuildChannel>(fields, "channels");
    retain::<GuildChannel>(fields, "threads");
    retain::<Member>(fields, "members");
    retain::<Role>(fields, "roles");
}

fn retain<T: DeserializeOwned>(fields: &mut Map<String, Value>, name: &str) {
    match fields.get_mut(name).and_then(Value::as_array_mut) {
        Some(list) => list.retain(reads::<T>),
        None => {
            fields.insert(name.to_owned(), json!([]));
        }
    }
}

fn reads<T: DeserializeOwned>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}

fn keep(object: &mut Value, names: &[&str]) {
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|name, _| names.contains(&name.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether serenity reads an event as it stands.
    fn is_read(kind: &str, event: &Value) -> bool {
        let event = serde_json::from_value(json!({ "t": kind, "d": event }));
        !matches!(event, Ok(Event::Unknown(_)) | Err(_))
    }

    fn said() -> Value {
        json!({
            "id": "10", "channel_id": "20", "guild_id": "30", "type": 0, "pinned": false, "tts": false,
            "author": {"id": "40", "username": "ann", "discriminator": "0", "avatar": null},
            "content": "thanks <@41>", "timestamp": "2026-03-01T12:00:00.000000+00:00",
            "edited_timestamp": null, "mention_everyone": false, "mention_roles": [],
            "mentions": [{"id": "41", "username": "bo", "discriminator": "0", "avatar": null}],
            "attachments": [], "embeds": [], "flags": 0,
            "member": {"roles": [], "nick": "Ann"},
        })
    }

    fn with(mut event: Value, name: &str, value: Value) -> Value {
        event
            .as_object_mut()
            .unwrap()
            .insert(name.to_owned(), value);
        event
    }

    #[track_caller]
    fn lost_but_mended(kind: &str, event: Value) -> Value {
        assert!(!is_read(kind, &event), "serenity reads this {kind} by now");
        let pared = pare(kind, event).unwrap();
        assert!(is_read(kind, &pared), "{kind}: {pared}");
        pared
    }

    #[test]
    fn a_cleared_reaction_is_read_without_the_fields_that_discord_does_not_send() {
        let event = json!({
            "channel_id": "20", "message_id": "10", "guild_id": "30",
            "emoji": {"id": null, "name": "🏆"},
        });
        lost_but_mended("MESSAGE_REACTION_REMOVE_EMOJI", event);
    }

    #[test]
    fn a_message_is_read_whatever_new_things_it_carries() {
        assert!(is_read("MESSAGE_CREATE", &said()));
        let both = ["MESSAGE_CREATE", "MESSAGE_UPDATE"].as_slice();
        let created = ["MESSAGE_CREATE"].as_slice();
        for (name, value, kinds) in [
            ("attachments", json!([{"id": "1", "filename": "new"}]), both),
            (
                "components",
                json!([{"type": 1, "components": [{"type": 99}]}]),
                both,
            ),
            ("components", json!([{"type": 1, "components": null}]), both),
            ("sticker_items", json!([{"id": "1"}]), both),
            (
                "message_reference",
                json!({"type": 0, "channel_id": null}),
                both,
            ),
            ("role_subscription_data", json!({}), both),
            ("poll", json!({"question": {}, "answers": "later"}), created),
            (
                "message_snapshots",
                json!([{"message": {"content": "x"}}]),
                created,
            ),
        ] {
            for kind in kinds {
                let pared = lost_but_mended(kind, with(said(), name, value.clone()));
                assert_eq!(pared["content"], "thanks <@41>");
                assert_eq!(pared["member"]["nick"], "Ann");
            }
        }
    }

    #[test]
    fn a_menu_on_a_message_works_whatever_the_message_carries() {
        let odd = with(
            said(),
            "components",
            json!([{"type": 1, "components": [{"type": 99}]}]),
        );
        let call = json!({
            "id": "1", "application_id": "2", "type": 2, "token": "t", "version": 1,
            "guild_id": "30", "channel_id": "20", "locale": "en-US", "app_permissions": "0",
            "entitlements": [], "attachment_size_limit": 1, "context": 0,
            "authorizing_integration_owners": {"0": "30"},
            "member": {
                "user": {"id": "40", "username": "ann", "discriminator": "0", "avatar": null},
                "roles": [], "deaf": false, "mute": false, "flags": 0, "permissions": "0",
                "joined_at": "2026-03-01T12:00:00.000000+00:00",
            },
            "data": {
                "id": "3", "name": "Give kudos", "type": 3, "target_id": "10",
                "resolved": {"messages": {"10": odd}},
            },
        });
        lost_but_mended("INTERACTION_CREATE", call);
    }

    #[test]
    fn other_events_are_left_alone() {
        assert_eq!(pare("VOICE_CHANNEL_EFFECT_SEND", json!({})), None);
    }
}
