//! What people see: messages as they are read, and the stream of what became visible to whom.
//!
//! Invariants: a view is a snapshot and never changes; names stand where Discord shows names
//! (`@Bo`, `#general`), so that texts can be compared without ids. Elsewhere on purpose: how a
//! person acts on what they see (`driver`).

mod message;
mod readable;

pub use message::{ButtonView, MessageView, SelectView};
pub(crate) use readable::readable;

use crate::platform::Core;
use crate::state::Snowflake;

/// Something became visible to one person.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Who sees it.
    pub person: Snowflake,
    /// The person's name where it was seen.
    pub name: String,
    /// What it is.
    pub sight: Sight,
}

/// What somebody sees happen.
#[derive(Clone, Debug)]
pub enum Sight {
    /// A message appeared.
    Shown(Box<MessageView>),
    /// A message changed, or a "thinking…" became an answer.
    Edited(Box<MessageView>),
    /// A message went away; this is how it last looked.
    Deleted(Box<MessageView>),
    /// The reactions under a message changed.
    Reacted(Box<MessageView>),
    /// A form opened; the JSON of the modal as the bot sent it.
    Form {
        /// The interaction that it belongs to.
        interaction: Snowflake,
        /// Title, custom id and components.
        modal: serde_json::Value,
    },
    /// "The application did not respond."
    Failed {
        /// What the person had used, such as `/kudos give`.
        used: String,
    },
}

/// Which kind of sight a message makes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    Shown,
    Edited,
    Deleted,
    Reacted,
}

impl Core {
    /// Tells the watchers of a message, once for each person who sees it. Costs nothing while
    /// nobody watches.
    pub(crate) fn show(&self, id: Snowflake, what: What) {
        if self.seen.receiver_count() == 0 {
            return;
        }
        let Some(message) = self.world.messages.get(&id) else {
            return;
        };
        let Some(channel) = self.world.channels.get(&message.channel) else {
            return;
        };
        for person in self.world.viewers(channel) {
            let human = self.world.users.get(&person).is_some_and(|user| !user.bot);
            if !human || !self.world.sees(person, message) {
                continue;
            }
            let Some(view) = self.view(id) else { continue };
            let view = Box::new(view);
            let sight = match what {
                What::Shown => Sight::Shown(view),
                What::Edited => Sight::Edited(view),
                What::Deleted => Sight::Deleted(view),
                What::Reacted => Sight::Reacted(view),
            };
            self.see(person, message.guild, sight);
        }
    }

    /// How a message reads now.
    pub(crate) fn view(&self, id: Snowflake) -> Option<MessageView> {
        self.world
            .messages
            .get(&id)
            .map(|message| MessageView::of(self, message))
    }
}
