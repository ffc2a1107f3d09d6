//! Intents: which events a session asked for.
//! <https://docs.discord.com/developers/events/gateway#list-of-intents>

use crate::state::Grants;

pub(crate) const GUILDS: u64 = 1;
pub(crate) const GUILD_MEMBERS: u64 = 1 << 1;
pub(crate) const GUILD_PRESENCES: u64 = 1 << 8;
pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
pub(crate) const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
pub(crate) const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;

/// Every bit that Discord has assigned.
const KNOWN: u64 = ((1 << 17) - 1) | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;

/// Why Discord refuses a set of intents: close code 4013 or 4014.
pub(crate) fn refusal(intents: u64, grants: Grants) -> Option<u16> {
    if intents & !KNOWN != 0 {
        return Some(4013);
    }
    let privileged = [
        (GUILD_PRESENCES, grants.presences),
        (GUILD_MEMBERS, grants.members),
        (MESSAGE_CONTENT, grants.message_content),
    ];
    let disallowed = privileged
        .iter()
        .any(|(bit, granted)| intents & bit != 0 && !granted);
    disallowed.then_some(4014)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_intent_that_was_not_granted_is_told_from_one_that_does_not_exist() {
        let grants = Grants {
            presences: false,
            members: false,
            message_content: false,
        };
        assert_eq!(refusal(GUILDS | GUILD_MESSAGES, grants), None);
        assert_eq!(refusal(MESSAGE_CONTENT, grants), Some(4014));
        assert_eq!(refusal(1 << 40, grants), Some(4013));
        let grants = Grants {
            message_content: true,
            ..grants
        };
        assert_eq!(refusal(MESSAGE_CONTENT, grants), None);
    }
}
