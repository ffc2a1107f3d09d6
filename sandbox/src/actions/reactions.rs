//! Reactions come and go.

use serde_json::{Value, json};

use super::messages::add_guild;
use crate::gateway::{Audience, Event, Payload, intents};
use crate::platform::Core;
use crate::state::{Emoji, Message, Reaction, Snowflake};
use crate::view::What;
use crate::wire;

const INTENTS: u64 = intents::GUILD_MESSAGE_REACTIONS | intents::DIRECT_MESSAGE_REACTIONS;

impl Core {
    /// Puts somebody's reaction under a message; a second time changes nothing.
    pub(crate) fn react(&mut self, message: Snowflake, emoji: &Emoji, user: Snowflake) {
        let Some(found) = self.world.messages.get_mut(&message) else {
            return;
        };
        match found
            .reactions
            .iter_mut()
            .find(|reaction| reaction.emoji == *emoji)
        {
            Some(there) if there.users.contains(&user) => return,
            Some(there) => there.users.push(user),
            None => found.reactions.push(Reaction {
                emoji: emoji.clone(),
                users: vec![user],
            }),
        }
        let mut data = self.about(message, Some(emoji), Some(user));
        if let Some(fields) = data.as_object_mut() {
            let found = self.world.messages.get(&message);
            fields.insert(
                "message_author_id".to_owned(),
                json!(found.map(|m| m.author)),
            );
            fields.insert("burst".to_owned(), json!(false));
            fields.insert("type".to_owned(), json!(0));
            let guild = found
                .and_then(|m| m.guild)
                .and_then(|id| self.world.guilds.get(&id));
            if let Some(member) = guild.and_then(|guild| guild.members.get(&user)) {
                fields.insert(
                    "member".to_owned(),
                    wire::member_with_user(&self.world, member),
                );
            }
        }
        self.tell_reaction("MESSAGE_REACTION_ADD", message, data);
    }

    /// Takes somebody's reaction away; nothing happens if there is none.
    pub(crate) fn unreact(&mut self, message: Snowflake, emoji: &Emoji, user: Snowflake) {
        let Some(found) = self.world.messages.get_mut(&message) else {
            return;
        };
        let mut reactions = found.reactions.iter_mut();
        let Some(there) = reactions.find(|reaction| reaction.emoji == *emoji) else {
            return;
        };
        if !there.users.contains(&user) {
            return;
        }
        there.users.retain(|other| *other != user);
        found
            .reactions
            .retain(|reaction| !reaction.users.is_empty());
        let mut data = self.about(message, Some(emoji), Some(user));
        if let Some(fields) = data.as_object_mut() {
            fields.insert("burst".to_owned(), json!(false));
            fields.insert("type".to_owned(), json!(0));
        }
        self.tell_reaction("MESSAGE_REACTION_REMOVE", message, data);
    }

    /// Clears all reactions of a message, or all with one emoji.
    pub(crate) fn clear_reactions(&mut self, message: Snowflake, only: Option<&Emoji>) {
        let Some(found) = self.world.messages.get_mut(&message) else {
            return;
        };
        match only {
            Some(emoji) => found.reactions.retain(|reaction| reaction.emoji != *emoji),
            None => found.reactions.clear(),
        }
        let data = self.about(message, only, None);
        let name = match only {
            Some(_) => "MESSAGE_REACTION_REMOVE_EMOJI",
            None => "MESSAGE_REACTION_REMOVE_ALL",
        };
        self.tell_reaction(name, message, data);
    }

    fn about(&self, message: Snowflake, emoji: Option<&Emoji>, user: Option<Snowflake>) -> Value {
        let found: Option<&Message> = self.world.messages.get(&message);
        let mut data = json!({ "channel_id": found.map(|m| m.channel), "message_id": message });
        add_guild(&mut data, found.and_then(|m| m.guild));
        if let Some(fields) = data.as_object_mut() {
            if let Some(emoji) = emoji {
                fields.insert("emoji".to_owned(), wire::emoji(emoji));
            }
            if let Some(user) = user {
                fields.insert("user_id".to_owned(), json!(user));
            }
        }
        data
    }

    fn tell_reaction(&mut self, name: &'static str, message: Snowflake, data: Value) {
        let Some(found) = self.world.messages.get(&message) else {
            return;
        };
        let wanted = if found.guild.is_some() {
            INTENTS & intents::GUILD_MESSAGE_REACTIONS
        } else {
            INTENTS & intents::DIRECT_MESSAGE_REACTIONS
        };
        let audience = Audience::Channel(found.channel);
        self.tell(&Event {
            name,
            audience,
            intents: wanted,
            payload: Payload::Same(data),
        });
        self.show(message, What::Reacted);
    }
}
