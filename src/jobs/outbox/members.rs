//! Who was a member of a guild a short while ago, so that Discord is not asked for each message.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::ids::{GuildId, UserId};

/// How long somebody who was there counts as there.
const REMEMBERED: Duration = Duration::from_secs(600);

/// Those who were there when Discord was asked last. Who was not is asked about each time: they may
/// have come back. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Members(Arc<Mutex<HashMap<(GuildId, UserId), Instant>>>);

impl Members {
    /// Whether somebody was there a short while ago.
    pub(super) fn were_here(&self, guild: GuildId, user: UserId, now: Instant) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .get(&(guild, user))
            .is_some_and(|asked| now.duration_since(*asked) < REMEMBERED)
    }

    /// Keeps what Discord said.
    pub(super) fn note(&self, guild: GuildId, user: UserId, is_here: bool, now: Instant) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, asked| now.duration_since(*asked) < REMEMBERED);
        if is_here {
            known.insert((guild, user), now);
        } else {
            known.remove(&(guild, user));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_there_counts_as_there_for_ten_minutes() {
        let members = Members::default();
        let (guild, user) = (GuildId::from(1), UserId::from(2));
        let now = Instant::now();
        assert!(!members.were_here(guild, user, now));
        members.note(guild, user, true, now);
        assert!(members.were_here(guild, user, now + Duration::from_secs(599)));
        assert!(!members.were_here(GuildId::from(9), user, now));
        assert!(!members.were_here(guild, user, now + REMEMBERED));
        members.note(guild, user, false, now);
        assert!(!members.were_here(guild, user, now));
    }
}
