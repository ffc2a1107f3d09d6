//! Up to where each person has read each channel.
//!
//! Invariants: what was there before the page started counts as read; one's own messages are never
//! unread.

use std::collections::HashMap;

use crate::platform::{Core, Platform};
use crate::state::{Channel, Snowflake};

/// Counting stops here: the page shows "99+".
const MOST: usize = 100;

/// The last message that each person has read, by person and channel.
#[derive(Debug)]
pub(super) struct Reads {
    start: Snowflake,
    last: HashMap<(Snowflake, Snowflake), Snowflake>,
}

/// What is unread in a channel.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unread {
    pub(super) messages: usize,
    /// How many of them notified the person; in a direct channel all do.
    pub(super) pings: usize,
}

impl Reads {
    pub(super) fn starting_now(platform: &Platform) -> Self {
        let start = platform.change(|core| core.world.mint());
        Self {
            start,
            last: HashMap::new(),
        }
    }

    pub(super) fn last(&self, person: Snowflake, channel: Snowflake) -> Snowflake {
        let last = self.last.get(&(person, channel));
        last.copied().unwrap_or(self.start)
    }

    /// Reading only goes forward.
    pub(super) fn read(&mut self, person: Snowflake, channel: Snowflake, upto: Snowflake) {
        let last = self.last.entry((person, channel)).or_insert(self.start);
        *last = upto.max(*last);
    }

    /// Whoever calls has checked that the person sees the channel.
    pub(super) fn unread(&self, core: &Core, person: Snowflake, channel: &Channel) -> Unread {
        let last = self.last(person, channel.id);
        let new = channel.messages.iter().rev().take_while(|id| **id > last);
        let messages = new.filter_map(|id| core.world.standing(*id));
        let others = messages.filter(|message| {
            let theirs = message.visible_to.is_none_or(|only| only == person);
            theirs && message.author != person
        });
        let mut unread = Unread::default();
        for message in others.take(MOST) {
            unread.messages += 1;
            let pinged = channel.is_direct() || message.pinged.contains(&person);
            unread.pings += usize::from(pinged);
        }
        unread
    }
}
