//! Messages are posted, edited and deleted.

use serde_json::{Value, json};

use crate::gateway::{Audience, Event, Payload, intents};
use crate::limits::mentions;
use crate::permissions;
use crate::platform::Core;
use crate::state::{
    Attachment, EPHEMERAL, LOADING, MadeBy, Message, MessageKind, Snowflake, World,
};
use crate::traffic::Traffic;
use crate::view::What;
use crate::wire::{self, Viewpoint};

/// A message about to be posted.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) channel: Snowflake,
    pub(crate) author: Snowflake,
    pub(crate) kind: MessageKind,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) replies_to: Option<Snowflake>,
    pub(crate) nonce: Option<Value>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) made_by: Option<MadeBy>,
    pub(crate) application: Option<Snowflake>,
    pub(crate) visible_to: Option<Snowflake>,
    /// As the request had it; `None` if it had none.
    pub(crate) allowed_mentions: Option<Value>,
}

impl Draft {
    pub(crate) fn new(channel: Snowflake, author: Snowflake) -> Self {
        Self {
            channel,
            author,
            kind: MessageKind::Plain,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            replies_to: None,
            nonce: None,
            flags: 0,
            tts: false,
            made_by: None,
            application: None,
            visible_to: None,
            allowed_mentions: None,
        }
    }
}

/// What an edit changes; `None` leaves a part as it is.
#[derive(Debug, Default)]
pub(crate) struct Patch {
    pub(crate) content: Option<String>,
    pub(crate) embeds: Option<Vec<Value>>,
    pub(crate) components: Option<Vec<Value>>,
    /// The whole new list.
    pub(crate) attachments: Option<Vec<Attachment>>,
    pub(crate) flags: Option<u64>,
    pub(crate) allowed_mentions: Option<Value>,
}

impl Core {
    /// Posts a message and returns its id.
    pub(crate) fn post(&mut self, draft: Draft) -> Snowflake {
        let id = self.world.mint();
        let guild = self
            .world
            .channels
            .get(&draft.channel)
            .and_then(|channel| channel.guild);
        let flags = draft.flags
            | if draft.visible_to.is_some() {
                EPHEMERAL
            } else {
                0
            };
        let mut message = Message {
            id,
            channel: draft.channel,
            guild,
            author: draft.author,
            kind: draft.kind,
            content: draft.content,
            embeds: draft.embeds,
            components: draft.components,
            attachments: draft.attachments,
            reactions: Vec::new(),
            replies_to: draft.replies_to,
            nonce: draft.nonce,
            flags,
            tts: draft.tts,
            made_by: draft.made_by,
            application: draft.application,
            visible_to: draft.visible_to,
            edited_ms: None,
            deleted: false,
            mentions_everyone: false,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            pinged: Vec::new(),
        };
        settle_parts(&mut message, &self.base_url);
        mention(&self.world, &mut message, draft.allowed_mentions.as_ref());
        message.pinged = pinged(&self.world, &message);
        self.world.messages.insert(id, message);
        if let Some(channel) = self.world.channels.get_mut(&draft.channel) {
            channel.messages.push(id);
        }
        self.tell_of_message("MESSAGE_CREATE", id);
        self.show(id, What::Shown);
        id
    }

    /// Changes a message. A message that was "thinking" becomes the answer; people are never
    /// notified by an edit, nor by that.
    /// <https://github.com/discord/discord-api-docs/issues/5497>
    pub(crate) fn edit(&mut self, id: Snowflake, patch: Patch) {
        let now = self.world.clock.now_ms();
        let Some(mut message) = self.world.messages.get(&id).cloned() else {
            return;
        };
        if let Some(content) = patch.content {
            message.content = content;
        }
        if let Some(embeds) = patch.embeds {
            message.embeds = embeds;
        }
        if let Some(components) = patch.components {
            message.components = components;
        }
        if let Some(attachments) = patch.attachments {
            message.attachments = attachments;
        }
        if let Some(flags) = patch.flags {
            message.flags = flags;
        }
        if message.flags & LOADING == 0 {
            message.edited_ms = Some(now);
        }
        message.flags &= !LOADING;
        settle_parts(&mut message, &self.base_url);
        mention(&self.world, &mut message, patch.allowed_mentions.as_ref());
        self.world.messages.insert(id, message);
        self.tell_of_message("MESSAGE_UPDATE", id);
        self.show(id, What::Edited);
    }

    /// Takes a message away.
    pub(crate) fn delete(&mut self, id: Snowflake) {
        let Some(message) = self.world.standing(id).cloned() else {
            return;
        };
        if !message.is_ephemeral() {
            let mut data = json!({ "id": id, "channel_id": message.channel });
            add_guild(&mut data, message.guild);
            self.tell(&Event {
                name: "MESSAGE_DELETE",
                audience: Audience::Channel(message.channel),
                intents: intents::GUILD_MESSAGES | intents::DIRECT_MESSAGES,
                payload: Payload::Same(data),
            });
        }
        self.show(id, What::Deleted);
        if let Some(message) = self.world.messages.get_mut(&id) {
            message.deleted = true;
        }
    }

    /// Takes several messages of a channel away at once.
    pub(crate) fn delete_many(&mut self, channel: Snowflake, ids: &[Snowflake]) {
        let standing: Vec<Snowflake> = ids
            .iter()
            .copied()
            .filter(|id| {
                self.world
                    .standing(*id)
                    .is_some_and(|m| m.channel == channel)
            })
            .collect();
        for id in &standing {
            self.show(*id, What::Deleted);
            if let Some(message) = self.world.messages.get_mut(id) {
                message.deleted = true;
            }
        }
        let guild = self
            .world
            .channels
            .get(&channel)
            .and_then(|channel| channel.guild);
        let mut data = json!({ "ids": standing, "channel_id": channel });
        add_guild(&mut data, guild);
        self.tell(&Event {
            name: "MESSAGE_DELETE_BULK",
            audience: Audience::Channel(channel),
            intents: intents::GUILD_MESSAGES,
            payload: Payload::Same(data),
        });
    }

    fn tell_of_message(&mut self, name: &'static str, id: Snowflake) {
        let Some(message) = self.world.messages.get(&id) else {
            return;
        };
        if message.is_ephemeral() {
            return;
        }
        let event = Event {
            name,
            audience: Audience::Channel(message.channel),
            intents: if message.guild.is_some() {
                intents::GUILD_MESSAGES
            } else {
                intents::DIRECT_MESSAGES
            },
            payload: Payload::Message(id),
        };
        self.tell(&event);
    }

    /// Sends an event to the bots that it concerns; returns how many it reached.
    pub(crate) fn tell(&mut self, event: &Event) -> usize {
        let sent = self.hub.dispatch(&self.world, &self.base_url, event);
        if self.traffic.receiver_count() > 0 {
            let data = match &event.payload {
                Payload::Same(data) => data.clone(),
                Payload::Message(id) => self.message_as_sent(*id),
            };
            // The last listener may have left meanwhile, which is no fault.
            drop(self.traffic.send(Traffic::Event {
                name: event.name,
                at_ms: self.world.clock.now_ms(),
                reached: sent,
                data,
            }));
        }
        sent
    }
}

impl Core {
    /// A message as a gateway event carries it to a bot that may read all of it.
    fn message_as_sent(&self, id: Snowflake) -> Value {
        let view = Viewpoint {
            user: id,
            base_url: &self.base_url,
            on_gateway: true,
        };
        let message = self.world.messages.get(&id);
        message.map_or(Value::Null, |message| {
            wire::message(&self.world, message, &view)
        })
    }
}

/// Adds `guild_id`, which Discord leaves out in direct channels.
pub(crate) fn add_guild(data: &mut Value, guild: Option<Snowflake>) {
    if let (Some(fields), Some(guild)) = (data.as_object_mut(), guild) {
        fields.insert("guild_id".to_owned(), json!(guild));
    }
}

/// Numbers the components, marks embeds as rich and points `attachment://` at the real address.
fn settle_parts(message: &mut Message, base_url: &str) {
    let mut next = 1;
    for component in &mut message.components {
        number(component, &mut next);
    }
    for file in &mut message.attachments {
        file.in_embed = false;
    }
    let channel = message.channel;
    for embed in &mut message.embeds {
        if let Some(fields) = embed.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
            fields.insert("type".to_owned(), json!("rich"));
            fields.entry("content_scan_version").or_insert(json!(0));
        }
        for key in ["image", "thumbnail", "footer", "author"] {
            let place = embed.get_mut(key).and_then(Value::as_object_mut);
            let Some(place) = place else { continue };
            let url = if matches!(key, "footer" | "author") {
                "icon_url"
            } else {
                "url"
            };
            let file = place.get(url).and_then(Value::as_str);
            let name = file.and_then(|file| file.strip_prefix("attachment://"));
            let named = name.map(str::to_owned);
            let found =
                named.and_then(|name| message.attachments.iter_mut().find(|a| a.filename == name));
            let at = |file: &Attachment| {
                format!(
                    "{base_url}/attachments/{channel}/{}/{}",
                    file.id, file.filename
                )
            };
            if let Some(found) = found {
                found.in_embed = true;
                place.insert(url.to_owned(), json!(at(found)));
                place.insert(format!("proxy_{url}"), json!(at(found)));
            } else if let Some(kept) = place.get(url).and_then(Value::as_str).map(str::to_owned) {
                let mut files = message.attachments.iter_mut();
                if let Some(file) = files.find(|file| at(file) == kept) {
                    file.in_embed = true;
                }
            }
        }
    }
}

/// Gives every component the `id` that Discord gives it, depth first, and selects their range.
fn number(component: &mut Value, next: &mut u64) {
    let Some(fields) = component.as_object_mut() else {
        return;
    };
    fields.retain(|_, value| !value.is_null());
    fields.entry("id").or_insert_with(|| json!(*next));
    *next += 1;
    if matches!(fields.get("type").and_then(Value::as_u64), Some(3 | 5..=8)) {
        fields.entry("min_values").or_insert_with(|| json!(1));
        fields.entry("max_values").or_insert_with(|| json!(1));
    }
    for key in ["components", "items"] {
        if let Some(list) = fields.get_mut(key).and_then(Value::as_array_mut) {
            for child in list {
                number(child, next);
            }
        }
    }
    for key in ["component", "accessory"] {
        if let Some(child) = fields.get_mut(key) {
            number(child, next);
        }
    }
}

/// Fills in whom the content mentions.
fn mention(world: &World, message: &mut Message, allowed: Option<&Value>) {
    let may_everyone = world.may(
        message.author,
        message.channel,
        permissions::MENTION_EVERYONE,
    );
    let replied = message
        .replies_to
        .and_then(|id| world.standing(id))
        .map(|m| m.author);
    let found = mentions::resolve(
        &message.content,
        allowed,
        may_everyone,
        replied.map(Snowflake::get),
    );
    let guild = message.guild.and_then(|id| world.guilds.get(&id));
    let known = |id: &Snowflake| world.users.contains_key(id);
    message.mentions_everyone = found.everyone && guild.is_some();
    message.mentions = found
        .shown_users
        .into_iter()
        .map(Snowflake::new)
        .filter(known)
        .collect();
    let roles = found.roles.into_iter().map(Snowflake::new);
    message.mention_roles = roles
        .filter(|id| {
            let role = guild.and_then(|guild| guild.roles.get(id));
            role.is_some_and(|role| role.mentionable || may_everyone)
        })
        .collect();
}

/// Whom a new message notifies: the mentioned, the members of mentioned roles or everybody, as far
/// as they can read it. An ephemeral message notifies nobody.
fn pinged(world: &World, message: &Message) -> Vec<Snowflake> {
    if message.is_ephemeral() {
        return Vec::new();
    }
    let mut people = message.mentions.clone();
    if let Some(guild) = message.guild.and_then(|id| world.guilds.get(&id)) {
        let by_role = guild.members.values().filter(|member| {
            message.mentions_everyone
                || member
                    .roles
                    .iter()
                    .any(|role| message.mention_roles.contains(role))
        });
        people.extend(by_role.map(|member| member.user));
    }
    people.sort();
    people.dedup();
    people.retain(|person| *person != message.author && world.can_view(*person, message.channel));
    people
}
