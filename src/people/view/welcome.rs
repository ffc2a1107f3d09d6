//! How the bot introduces itself to a guild.

use super::setup::open_id;
use crate::people::Guild;
use crate::render::{Button, Message};

/// The one message on joining a guild: what the bot does, in three lines, and a button.
#[must_use]
pub fn welcome(guild: &Guild) -> Message {
    let also = match (guild.chat_kudos, guild.reaction_kudos) {
        (true, true) => format!(
            ", with `thanks @name` or `@name ++` in chat, or with {} on a message",
            guild.reaction
        ),
        (true, false) => ", or with `thanks @name` or `@name ++` in chat".to_owned(),
        (false, true) => format!(", or with {} on a message", guild.reaction),
        (false, false) => String::new(),
    };
    let text = format!(
        "Hello, I am **Bellwether**. I help you see and thank each other.\n\
         • Thank somebody with `/kudos give`{also}.\n\
         • I keep every kudos and tell the others: in a channel you choose, or just to the person.\n\
         • Managers see who was recognised and who goes unseen. `/help` shows what you can do.\n\
         \n\
         Everything works as it is. To choose a channel and your time zone, somebody with *Manage \
         Server* presses **Set up**; the button works for nobody else."
    );
    Message::text(text).row([Button::primary("Set up", open_id())])
}
