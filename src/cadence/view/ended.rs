//! What the others of a series hear when somebody in it was erased.

use crate::render::{Message, escape};

/// A series has ended because somebody's data was erased; it does not say whose.
#[must_use]
pub fn ended_by_erasure(guild: &str) -> Message {
    Message::text(format!(
        "🔒 What you had scheduled with somebody in **{}** has ended: everything about them there was \
         erased. What you wrote yourself stays yours; `/privacy export` has it.",
        escape::name(guild)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_the_server_and_nobody() {
        let told = ended_by_erasure("Acme *One*");
        insta::assert_snapshot!(told.content, @r"🔒 What you had scheduled with somebody in **Acme \*One\*** has ended: everything about them there was erased. What you wrote yourself stays yours; `/privacy export` has it.");
        assert!(told.pings.is_empty());
    }
}
