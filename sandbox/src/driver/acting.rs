//! What a person does: talk, react, use commands; and what they see.

use std::sync::Arc;

use super::transcript::give_up;
use super::wording::parse_emoji;
use super::{Channel, Person, Slash};
use crate::actions::{Draft, Patch};
use crate::permissions::{
    ADD_REACTIONS, MANAGE_MESSAGES, READ_MESSAGE_HISTORY, SEND_MESSAGES, VIEW_CHANNEL,
};
use crate::platform::Platform;
use crate::state::{MessageKind, Snowflake};
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
    pub(crate) fn place(&self) -> Result<Snowflake, String> {
        let first = || {
            self.platform.look(|core| {
                let (channels, _) = core.world.channels_of(self.person.guild_id());
                let seen = |id: &Snowflake| core.world.can_view(self.person.id(), *id);
                channels.into_iter().map(|channel| channel.id).find(seen)
            })
        };
        self.place
            .or_else(first)
            .ok_or_else(|| self.cannot("act: there is no channel that they see"))
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
        self.certain(self.try_says(channel, text).await)
    }

    /// As [`Acting::says`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_says(&self, channel: &Channel, text: &str) -> Result<MessageView, String> {
        self.say(channel.id(), text, None).await
    }

    /// Writes to the bot.
    pub async fn says_in_dm(&self, text: &str) -> MessageView {
        self.certain(self.try_says_in_dm(text).await)
    }

    /// As [`Acting::says_in_dm`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_says_in_dm(&self, text: &str) -> Result<MessageView, String> {
        self.say(self.direct(), text, None).await
    }

    /// Replies to a message, which notifies its author.
    ///
    /// # Panics
    /// If the person does not see the message or may not write there.
    pub async fn replies_to(&self, message: &MessageView, text: &str) -> MessageView {
        self.certain(self.try_replies_to(message, text).await)
    }

    /// As [`Acting::replies_to`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_replies_to(
        &self,
        message: &MessageView,
        text: &str,
    ) -> Result<MessageView, String> {
        self.sees(message, "reply to")?;
        if message.is_ephemeral() {
            return Err(self.cannot("reply to a message that only they see"));
        }
        self.say(message.channel_id(), text, Some(message.id()))
            .await
    }

    async fn say(
        &self,
        channel: Snowflake,
        text: &str,
        replies_to: Option<Snowflake>,
    ) -> Result<MessageView, String> {
        self.platform.settle().await;
        let author = self.person.id();
        self.may(channel, VIEW_CHANNEL | SEND_MESSAGES, "write there")?;
        let content = self.content(channel, text)?;
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
        posted.ok_or_else(|| self.cannot("write there: the channel is gone"))
    }

    /// The text as it is sent, if it can be.
    fn content(&self, channel: Snowflake, text: &str) -> Result<String, String> {
        let content = self.with_mentions(channel, text);
        if content.trim().is_empty() || content.chars().count() > 2_000 {
            let what = "send an empty message, or one of more than 2,000 characters";
            return Err(self.cannot(what));
        }
        Ok(content)
    }

    /// Changes one's own message.
    ///
    /// # Panics
    /// If it is somebody else's, or gone.
    pub async fn edits(&self, message: &MessageView, text: &str) -> MessageView {
        self.certain(self.try_edits(message, text).await)
    }

    /// As [`Acting::edits`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_edits(
        &self,
        message: &MessageView,
        text: &str,
    ) -> Result<MessageView, String> {
        self.platform.settle().await;
        self.sees(message, "edit")?;
        if message.author_id() != self.person.id() {
            return Err(self.cannot("edit another's message"));
        }
        let patch = Patch {
            content: Some(self.content(message.channel_id(), text)?),
            ..Patch::default()
        };
        let edited = self.platform.change(|core| {
            core.edit(message.id(), patch);
            core.view(message.id())
        });
        Ok(edited.unwrap_or_else(|| message.clone()))
    }

    /// Deletes a message: one's own, or with Manage Messages anybody's. An ephemeral one is
    /// dismissed, which the bot does not learn.
    ///
    /// # Panics
    /// If the person may not.
    pub async fn deletes(&self, message: &MessageView) {
        self.certain(self.try_deletes(message).await);
    }

    /// As [`Acting::deletes`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_deletes(&self, message: &MessageView) -> Result<(), String> {
        self.platform.settle().await;
        self.sees(message, "delete")?;
        if message.author_id() != self.person.id() && !message.is_ephemeral() {
            let what = "delete another's message";
            self.may(message.channel_id(), MANAGE_MESSAGES, what)?;
        }
        self.platform.change(|core| core.delete(message.id()));
        Ok(())
    }

    /// Deletes several messages of a channel at once, as moderation does.
    ///
    /// # Panics
    /// If the person may not manage messages there.
    pub async fn deletes_all(&self, channel: &Channel, messages: &[&MessageView]) {
        self.platform.settle().await;
        self.certain(self.may(channel.id(), MANAGE_MESSAGES, "delete messages in bulk"));
        let ids: Vec<Snowflake> = messages.iter().map(|message| message.id()).collect();
        self.platform
            .change(|core| core.delete_many(channel.id(), &ids));
    }

    /// Reacts with an emoji: `🏆`, or a custom one as [`super::Guild::emoji`] returns it.
    ///
    /// # Panics
    /// If the person may not.
    pub async fn reacts(&self, message: &MessageView, emoji: &str) {
        self.certain(self.try_reacts(message, emoji).await);
    }

    /// As [`Acting::reacts`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_reacts(&self, message: &MessageView, emoji: &str) -> Result<(), String> {
        self.platform.settle().await;
        self.sees(message, "react to")?;
        if message.is_ephemeral() {
            return Err(self.cannot("react to a message that only they see"));
        }
        let emoji = parse_emoji(emoji);
        let current = self.platform.look(|core| core.view(message.id()));
        let there = current.is_some_and(|view| view.reactions().iter().any(|r| r.0 == emoji.name));
        let needed = if there {
            READ_MESSAGE_HISTORY
        } else {
            READ_MESSAGE_HISTORY | ADD_REACTIONS
        };
        self.may(message.channel_id(), needed, "react there")?;
        self.platform
            .change(|core| core.react(message.id(), &emoji, self.person.id()));
        Ok(())
    }

    /// Takes one's own reaction back.
    pub async fn unreacts(&self, message: &MessageView, emoji: &str) {
        self.certain(self.try_unreacts(message, emoji).await);
    }

    /// As [`Acting::unreacts`], but says why it cannot be.
    ///
    /// # Errors
    /// A sentence with the reason.
    pub async fn try_unreacts(&self, message: &MessageView, emoji: &str) -> Result<(), String> {
        self.platform.settle().await;
        self.sees(message, "take a reaction from")?;
        let emoji = parse_emoji(emoji);
        self.platform
            .change(|core| core.unreact(message.id(), &emoji, self.person.id()));
        Ok(())
    }

    /// Clears all reactions of a message, or all with one emoji.
    ///
    /// # Panics
    /// If the person may not manage messages there.
    pub async fn clears_reactions(&self, message: &MessageView, only: Option<&str>) {
        self.platform.settle().await;
        self.certain(self.may(message.channel_id(), MANAGE_MESSAGES, "clear reactions"));
        let only = only.map(parse_emoji);
        self.platform
            .change(|core| core.clear_reactions(message.id(), only.as_ref()));
    }

    /// Refuses what is to be done with a message that the person does not see.
    pub(crate) fn sees(&self, message: &MessageView, what: &str) -> Result<(), String> {
        let seen = self.platform.look(|core| {
            let found = core.world.messages.get(&message.id());
            found.is_some_and(|found| core.world.sees(self.person.id(), found))
        });
        if seen {
            return Ok(());
        }
        let what = format!("{what} a message that they do not see: {}", message.shown());
        Err(self.cannot(&what))
    }

    /// Refuses what the person has no permission for.
    fn may(&self, channel: Snowflake, bits: u64, what: &str) -> Result<(), String> {
        let may = |core: &crate::platform::Core| core.world.may(self.person.id(), channel, bits);
        if self.platform.look(may) {
            Ok(())
        } else {
            Err(self.cannot(what))
        }
    }

    /// Says what the person cannot do.
    pub(crate) fn cannot(&self, what: &str) -> String {
        format!("{} cannot {what}", self.person.name())
    }

    /// What a test takes for certain; otherwise it ends here.
    pub(crate) fn certain<T>(&self, outcome: Result<T, String>) -> T {
        match outcome {
            Ok(done) => done,
            Err(why) => give_up(&self.platform, &why),
        }
    }
}
