//! What a person sees, and waiting until they do.

use super::transcript::give_up;
use super::{Acting, Channel, Guild, PATIENCE};
use crate::platform::Core;
use crate::state::{Message, Snowflake};
use crate::view::MessageView;

impl Acting {
    /// What the person sees in a channel now, oldest first; nothing if they cannot look into it.
    #[must_use]
    pub fn sees_in(&self, channel: &Channel) -> Vec<MessageView> {
        self.platform.look(|core| {
            let seen = self.seen(core, Some(channel.id()));
            seen.map(|message| MessageView::of(core, message)).collect()
        })
    }

    /// The latest of what the person sees in a channel, or in the direct messages with the bot, oldest
    /// first and at most so many.
    #[must_use]
    pub fn sees_latest(&self, channel: Option<&Channel>, most: usize) -> Vec<MessageView> {
        self.platform.look(|core| {
            let place = match channel {
                Some(channel) => Some(channel.id()),
                None => self.direct_channel(core),
            };
            let latest = self.seen(core, place).rev().take(most);
            let mut latest: Vec<MessageView> = latest
                .map(|message| MessageView::of(core, message))
                .collect();
            latest.reverse();
            latest
        })
    }

    /// The channels and threads of the guild that the person sees.
    #[must_use]
    pub fn channels(&self) -> Vec<Channel> {
        let guild = Guild::new(self.platform.clone(), self.person.guild_id());
        let mut all = guild.channels();
        self.platform.look(|core| {
            all.retain(|channel| core.world.can_view(self.person.id(), channel.id()));
        });
        all
    }

    /// The direct messages with the bot, oldest first.
    #[must_use]
    pub fn dms(&self) -> Vec<MessageView> {
        self.platform.look(|core| {
            let seen = self.seen(core, self.direct_channel(core));
            seen.map(|message| MessageView::of(core, message)).collect()
        })
    }

    fn direct_channel(&self, core: &Core) -> Option<Snowflake> {
        core.world
            .find_direct_channel(self.platform.application, self.person.id())
    }

    fn seen<'a>(
        &'a self,
        core: &'a Core,
        channel: Option<Snowflake>,
    ) -> impl DoubleEndedIterator<Item = &'a Message> {
        let found = channel.and_then(|channel| core.world.channels.get(&channel));
        let ids = found.map_or(&[][..], |channel| channel.messages.as_slice());
        let messages = ids.iter().filter_map(|id| core.world.messages.get(id));
        messages.filter(|message| core.world.sees(self.person.id(), message))
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
        self.wait(&what, |_| Some(channel.id()), &mut fits).await
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
            |core| self.direct_channel(core),
            &mut from_bot,
        )
        .await
    }

    async fn wait(
        &self,
        what: &str,
        place: impl Fn(&Core) -> Option<Snowflake>,
        fits: &mut impl FnMut(&MessageView) -> bool,
    ) -> MessageView {
        let found = self.platform.until(PATIENCE, |core| {
            self.seen(core, place(core))
                .rev()
                .map(|message| MessageView::of(core, message))
                .find(|view| fits(view))
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
}
