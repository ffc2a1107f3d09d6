//! The limit for the whole bot: so many requests in any second, answers to interactions aside,
//! <https://docs.discord.com/developers/topics/rate-limits#global-rate-limit>.
//!
//! Off unless a test asks for it: most bots that are under test do not wait between what they do.

use std::collections::VecDeque;
use std::time::Duration;

/// How long a request counts, in milliseconds.
const COUNTS_FOR: i64 = 1_000;

/// The requests of the last second.
#[derive(Debug, Default)]
pub(crate) struct Rate {
    per_second: Option<usize>,
    /// When those were that count, oldest first.
    counted: VecDeque<i64>,
}

impl Rate {
    pub(crate) fn limit(&mut self, per_second: usize) {
        self.per_second = Some(per_second);
    }

    /// Counts a request; of one too many, which does not count, how long it has to wait.
    pub(crate) fn count(&mut self, path: &str, now_ms: i64) -> Option<Duration> {
        let most = self.per_second?;
        if path.starts_with("/interactions/") || path.starts_with("/webhooks/") {
            return None;
        }
        while self
            .counted
            .front()
            .is_some_and(|at| at + COUNTS_FOR <= now_ms)
        {
            self.counted.pop_front();
        }
        if self.counted.len() < most {
            self.counted.push_back(now_ms);
            return None;
        }
        let first = self.counted.front().copied().unwrap_or(now_ms);
        let wait = u64::try_from(first + COUNTS_FOR - now_ms).unwrap_or_default();
        Some(Duration::from_millis(wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_second_takes_more_than_it_may_and_answers_to_interactions_are_free() {
        let mut rate = Rate::default();
        assert_eq!(rate.count("/channels/1/messages", 0), None, "it is off");
        rate.limit(2);
        assert_eq!(rate.count("/channels/1/messages", 0), None);
        assert_eq!(rate.count("/channels/2/messages", 400), None);
        let wait = |millis| Some(Duration::from_millis(millis));
        assert_eq!(rate.count("/channels/3/messages", 700), wait(300));
        assert_eq!(rate.count("/interactions/1/token/callback", 700), None);
        assert_eq!(rate.count("/channels/3/messages", 1_000), None);
        assert_eq!(rate.count("/channels/3/messages", 1_399), wait(1));
    }
}
