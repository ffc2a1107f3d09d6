//! The pace of requests: Discord allows a bot so many a second, all routes together,
//! <https://docs.discord.com/developers/topics/rate-limits#global-rate-limit>. Whoever would exceed it
//! waits for their turn instead of being told off; too many refusals ban the address.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Hands out the moments at which requests may go out, in the order in which they are asked for.
///
/// A fifth of a second's requests may go out at once, and the others follow evenly; so no second, wherever
/// it begins, holds more than are allowed.
#[derive(Debug)]
pub(super) struct Pace {
    /// The time that each request takes up.
    each: Duration,
    /// How far ahead of an even pace requests may be.
    ahead: Duration,
    /// When the next request would go out at an even pace.
    even: Mutex<Instant>,
}

impl Pace {
    /// At most so many requests in any second.
    pub(super) fn new(per_second: u32) -> Self {
        let per_second = per_second.max(2);
        let at_once = (per_second / 5).max(1);
        let each = Duration::from_secs(1) / (per_second - at_once);
        Self {
            each,
            ahead: each * (at_once - 1),
            even: Mutex::new(Instant::now()),
        }
    }

    /// Waits for the next free moment.
    pub(super) async fn turn(&self) {
        let at = self.next(Instant::now());
        if at > Instant::now() {
            tokio::time::sleep_until(at).await;
        }
    }

    /// The next free moment, at `now` or later.
    fn next(&self, now: Instant) -> Instant {
        let mut even = self.even.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = (*even).max(now);
        *even = mine + self.each;
        mine.checked_sub(self.ahead).unwrap_or(now).max(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_second_holds_more_requests_than_are_allowed() {
        let pace = Pace::new(50);
        let begun = Instant::now();
        // Three waves; a lull earns no more than what may go out at once.
        let mut at = Vec::new();
        for wave in [0, 20, 40] {
            let now = begun + Duration::from_secs(wave);
            at.extend((0..150).map(|_| pace.next(now)));
        }
        for (n, first) in at.iter().enumerate() {
            let second = *first + Duration::from_secs(1);
            assert!(at[n..].iter().take_while(|one| **one < second).count() <= 50);
        }
        assert_eq!(at[9], begun);
        assert!(at[149] - begun < Duration::from_secs(4));
    }
}
