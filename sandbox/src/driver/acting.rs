//! What a person does: talk, react, use commands; and what they see.

use std::sync::Arc;

use super::transcript::give_up;
use super::{Channel, PATIENCE, Person, Slash};
use crate::actions::{Draft, Patch};
use crate::permissions::{
    ADD_REACTIONS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL,
};
use crate::platform::{Core, Platform};
use crate::state::{Emoji, MessageKind, Snowflake};
use crate::view::MessageView;

/// A person about to do something, somewhere.
#[derive(Clone, Debug)]
pub struct Acting {
    pub(crate) platform: Arc<Platform>,
    pub(crate) person: Person,
    place: Option<Snowflake>,
}

impl Acting {
    pub(crate) fn new(platform: Arc<Platform>, person: Person) -> Self {
        Self {
            platform,
            person,
            place: None,
        }
    }

    /// Uses commands in this channel. Without it the person is in the first channel they see.
    #[must_use]
    pub fn in_channel(mut self, channel: &Channel) -> Self {
        self.place = Some(channel.id());
        self
    }

    /// Uses commands in the direct channel with the bot.
    #[must_use]
    pub fn in_dm(mut self) -> Self {
        self.place = Some(self.direct());
        self
    }

    fn direct(&self) -> Snowflake {
        let bot = self.platform.application;
        self.platform
            .change(|core| core.world.direct_channel(bot, self.person.id()))
    }

    /// Where the person is.
    pub(crate) fn place(&self) -> Snowflake {
        let first = || {
            self.platform.look(|core| {
                let (channels, _) = core.world.channels_of(self.person.guild_id());
                let seen = |id: &Snowflake| core.world.can_view(self.person.id(), *id);
                channels.into_iter().map(|channel| channel.id).find(seen)
            })
        };
        match self.place.or_else(first) {
            Some(place) => place,
            None => self.cannot("act: there is no channel that they see"),
        }
    }

    /// Starts a slash command: `slash("kudos give")`.
    pub fn slash(self, path: &str) -> Slash {
        Slash::new(self, path)
    }

    /// Starts a user menu on somebody.
    pub fn user_menu(self, name: &str, on: impl Into<Snowflake>) -> Slash {
        Slash::menu(self, 2, name, on.into())
    }

    /// Starts a message menu on a message, in the message's channel.
    pub fn message_menu(mut self, name: &str, on: &MessageView) -> Slash {
        self.place = Some(on.channel_id());
        Slash::menu(self, 3, name, on.id())
    }

    /// Says something. `@Name` becomes a mention of a member or role, `#name` of a channel.
    ///
    /// # Panics
    /// If the person may not write there.
    pub async fn says(&self, channel: &Channel, text: &str) -> MessageView {
        self.say(channel.id(), text, None).await
    }

    /// Writes to the bot.
    pub async fn says_in_dm(&self, text: &str) -> MessageView {
        self.say(self.direct(), text, None).await
    }

    /// Replies to a message, which notifies its author.
    ///
    /// # Panics
    /// If the person does not see the message or may not write there.
    pub async fn replies_to(&self, message: &MessageView, text: &str) -> MessageView {
        self.must_see(message, "reply to");
        self.say(message.channel_id(), text, Some(message.id()))
            .await
    }

    async fn say(
        &self,
        channel: Snowflake,
        text: &str,
        replies_to: Option<Snowflake>,
    ) -> MessageView {
        self.platform.settle().await;
        let author = self.person.id();
        let content = self.with_mentions(channel, text);
        self.must_be_able(channel, VIEW_CHANNEL | SEND_MESSAGES, "write there");
        if content.trim().is_empty() || content.chars().count() > 2_000 {
            self.cannot("send an empty message, or one of more than 2,000 characters");
        }
        let posted = self.platform.change(|core| {
            let mut draft = Draft::new(channel, author);
            draft.content = content;
            draft.replies_to = replies_to;
            if replies_to.is_some() {
                draft.kind = MessageKind::Reply;
            }
            let id = core.post(draft);
            core.view(id)
        });
        match posted {
            Some(view) => view,
            None => self.cannot("write there: the channel is gone"),
        }
    }

    /// Changes one's own message.
    ///
    /// # Panics
    /// If it is somebody else's, or gone.
    pub async fn edits(&self, message: &MessageView, text: &str) -> MessageView {
        self.platform.settle().await;
        self.must_see(message, "edit");
        if message.author_id() != self.person.id() {
            self.cannot("edit another's message");
        }
        let content = self.with_mentions(message.channel_id(), text);
        self.platform.change(|core| {
            core.edit(
                message.id(),
                Patch {
                    content: Some(content),
                    ..Patch::default()
                },
            );
            core.view(message.id()).unwrap_or_else(|| message.clone())
        })
    }

    /// Deletes a message: one's own, or with Manage Messages anybody's. An ephemeral one is
    /// dismissed, which the bot does not learn.
    ///
    /// # Panics
    /// If the person may not.
    pub async fn deletes(&self, message: &MessageView) {
        self.platform.settle().await;
        self.must_see(message, "delete");
        if message.author_id() != self.person.id() && !message.is_ephemeral() {
            self.must_be_able(
                message.channel_id(),
                MANAGE_MESSAGES,
                "delete another's message",
            );
        }
        self.platform.change(|core| core.delete(message.id()));
    }

    /// Deletes several messages of a channel at once, as moderation does.
    ///
    /// # Panics
    /// If the person may not manage messages there.
    pub async fn deletes_all(&self, channel: &Channel, messages: &[&MessageView]) {
        self.platform.settle().await;
        self.must_be_able(channel.id(), MANAGE_MESSAGES, "delete messages in bulk");
        let ids: Vec<Snowflake> = messages.iter().map(|message| message.id()).collect();
        self.platform
            .change(|core| core.delete_many(channel.id(), &ids));
    }

    /// Reacts with an emoji: `🏆`, or a custom one as [`super::Guild::emoji`] returns it.
    ///
    /// # Panics
    /// If the person may not.
    pub async fn reacts(&self, message: &MessageView, emoji: &str) {
        self.platform.settle().await;
        self.must_see(message, "react to");
        let emoji = parse_emoji(emoji);
        let current = self.platform.look(|core| core.view(message.id()));
        let there = current.is_some_and(|view| view.reactions().iter().any(|r| r.0 == emoji.name));
        let needed = if there {
            READ_MESSAGE_HISTORY
        } else {
            READ_MESSAGE_HISTORY | ADD_REACTIONS
        };
        self.must_be_able(message.channel_id(), needed, "react there");
        self.platform
            .change(|core| core.react(message.id(), &emoji, self.person.id()));
    }

    /// Takes one's own reaction back.
    pub async fn unreacts(&self, message: &MessageView, emoji: &str) {
        self.platform.settle().await;
        self.must_see(message, "take a reaction from");
        let emoji = parse_emoji(emoji);
        self.platform
            .change(|core| core.unreact(message.id(), &emoji, self.person.id()));
    }

    /// Clears all reactions of a message, or all with one emoji.
    ///
    /// # Panics
    /// If the person may not manage messages there.
    pub async fn clears_reactions(&self, message: &MessageView, only: Option<&str>) {
        self.platform.settle().await;
        self.must_be_able(message.channel_id(), MANAGE_MESSAGES, "clear reactions");
        let only = only.map(parse_emoji);
        self.platform
            .change(|core| core.clear_reactions(message.id(), only.as_ref()));
    }

    /// What the person sees in a channel now, oldest first; nothing if they cannot look into it.
    #[must_use]
    pub fn sees_in(&self, channel: &Channel) -> Vec<MessageView> {
        self.platform.look(|core| self.seen(core, channel.id()))
    }

    /// The direct messages with the bot, oldest first.
    #[must_use]
    pub fn dms(&self) -> Vec<MessageView> {
        self.platform.look(|core| self.direct_messages(core))
    }

    fn direct_messages(&self, core: &Core) -> Vec<MessageView> {
        let bot = self.platform.application;
        let channel = core.world.find_direct_channel(bot, self.person.id());
        channel
            .map(|channel| self.seen(core, channel))
            .unwrap_or_default()
    }

    fn seen(&self, core: &Core, channel: Snowflake) -> Vec<MessageView> {
        let Some(found) = core.world.channels.get(&channel) else {
            return Vec::new();
        };
        let messages = found
            .messages
            .iter()
            .filter_map(|id| core.world.messages.get(id));
        messages
            .filter(|message| core.world.sees(self.person.id(), message))
            .map(|message| MessageView::of(core, message))
            .collect()
    }

    /// Waits until a message that fits is to be seen in a channel; the latest one that does.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn waits_for(
        &self,
        channel: &Channel,
        mut fits: impl FnMut(&MessageView) -> bool,
    ) -> MessageView {
        let what = format!("a message in #{}", channel.name());
        self.wait(&what, |core| self.seen(core, channel.id()), &mut fits)
            .await
    }

    /// Waits until a direct message from the bot fits; the latest one that does.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn waits_for_dm(&self, mut fits: impl FnMut(&MessageView) -> bool) -> MessageView {
        let bot = self.platform.application;
        let mut from_bot = |view: &MessageView| view.author_id() == bot && fits(view);
        self.wait(
            "a direct message",
            |core| self.direct_messages(core),
            &mut from_bot,
        )
        .await
    }

    async fn wait(
        &self,
        what: &str,
        list: impl Fn(&Core) -> Vec<MessageView>,
        fits: &mut impl FnMut(&MessageView) -> bool,
    ) -> MessageView {
        let found = self.platform.until(PATIENCE, |core| {
            list(core).into_iter().rev().find(|view| fits(view))
        });
        match found.await {
            Some(view) => view,
            None => {
                let name = self.person.name();
                give_up(
                    &self.platform,
                    &format!("{name} waited ten seconds for {what}"),
                )
            }
        }
    }

    /// Waits until the person no longer sees a message.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn waits_until_gone(&self, message: &MessageView) {
        let gone = self.platform.until(PATIENCE, |core| {
            let found = core.world.messages.get(&message.id());
            let seen = found.is_some_and(|found| core.world.sees(self.person.id(), found));
            (!seen).then_some(())
        });
        if gone.await.is_none() {
            let name = self.person.name();
            give_up(
                &self.platform,
                &format!("{name} waited ten seconds for a message to go"),
            );
        }
    }

    pub(crate) fn must_see(&self, message: &MessageView, what: &str) {
        let seen = self.platform.look(|core| {
            let found = core.world.messages.get(&message.id());
            found.is_some_and(|found| core.world.sees(self.person.id(), found))
        });
        if !seen {
            self.cannot(&format!(
                "{what} a message that they do not see: {}",
                message.shown()
            ));
        }
    }

    fn must_be_able(&self, channel: Snowflake, bits: u64, what: &str) {
        if !self
            .platform
            .look(|core| core.world.may(self.person.id(), channel, bits))
        {
            self.cannot(what);
        }
    }

    pub(crate) fn cannot(&self, what: &str) -> ! {
        give_up(
            &self.platform,
            &format!("{} cannot {what}", self.person.name()),
        )
    }

    /// The text with `@Name` and `#name` as mentions, longest names first.
    pub(crate) fn with_mentions(&self, channel: Snowflake, text: &str) -> String {
        self.platform.look(|core| {
            let guild = core
                .world
                .channels
                .get(&channel)
                .and_then(|channel| channel.guild);
            let mut names: Vec<(String, String)> = Vec::new();
            if let Some(guild) = guild.and_then(|id| core.world.guilds.get(&id)) {
                for user in guild.members.keys() {
                    let name = core.world.display_name(Some(guild.id), *user);
                    names.push((format!("@{name}"), format!("<@{user}>")));
                }
                for role in guild.roles.values().filter(|role| role.id != guild.id) {
                    names.push((format!("@{}", role.name), format!("<@&{}>", role.id)));
                }
                let (channels, _) = core.world.channels_of(guild.id);
                for channel in channels {
                    names.push((format!("#{}", channel.name), format!("<#{}>", channel.id)));
                }
            } else {
                let bot = self.platform.application;
                let name = core.world.display_name(None, bot);
                names.push((format!("@{name}"), format!("<@{bot}>")));
            }
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
            replace_names(text, &names)
        })
    }
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

fn parse_emoji(text: &str) -> Emoji {
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
