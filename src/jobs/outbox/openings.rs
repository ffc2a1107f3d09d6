//! First openings of direct messages, one at a time and with a pause in between: Discord throttles whoever
//! opens many in a row. Messages to channels that are known overtake them.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The longest time that nothing is opened after Discord refused.
const LONGEST: Duration = Duration::from_secs(3_600);

/// Who may open a DM, and when. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Openings {
    pause: Duration,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    under_way: bool,
    not_before: Instant,
    /// How often in a row Discord said that it was too fast.
    refused: u32,
}

/// The turn to open one DM; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    openings: Openings,
    used_at: Option<Instant>,
}

impl Openings {
    pub(super) fn new(pause: Duration) -> Self {
        let state = State {
            under_way: false,
            not_before: Instant::now(),
            refused: 0,
        };
        Self {
            pause,
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// How long no DM may be opened; `None` if one may be now. While one is being opened it is the pause
    /// that follows at least.
    pub(super) fn closed_for(&self, now: Instant) -> Option<Duration> {
        let state = self.state();
        let wait = state.not_before.saturating_duration_since(now);
        if state.under_way {
            return Some(wait.max(self.pause).max(Duration::from_millis(1)));
        }
        (!wait.is_zero()).then_some(wait)
    }

    /// The turn, if nobody has it and the pause is over.
    pub(super) fn take_turn(&self, now: Instant) -> Option<Turn> {
        let mut state = self.state();
        if state.under_way || state.not_before > now {
            return None;
        }
        state.under_way = true;
        Some(Turn {
            openings: self.clone(),
            used_at: None,
        })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// A DM was opened, or Discord refused this one. The next may be opened once the turn is over.
    pub(super) fn opened(&mut self, now: Instant) {
        self.used_at = Some(now);
        self.openings.state().refused = 0;
    }

    /// Discord wants nothing opened for `wait`; twice as long each time in a row. Returns the wait.
    pub(super) fn too_fast(&mut self, wait: Duration, now: Instant) -> Duration {
        self.used_at = Some(now);
        let mut state = self.openings.state();
        let wait = wait.saturating_mul(1 << state.refused.min(10)).min(LONGEST);
        state.refused += 1;
        state.not_before = now + wait;
        wait
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.openings.state();
        state.under_way = false;
        if let Some(used_at) = self.used_at {
            state.not_before = state.not_before.max(used_at + self.openings.pause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dms_are_opened_one_at_a_time_with_a_pause_in_between() {
        let pause = Duration::from_millis(400);
        let openings = Openings::new(pause);
        let now = Instant::now();
        let mut turn = openings.take_turn(now).unwrap();
        assert!(openings.take_turn(now).is_none());
        turn.opened(now);
        assert!(
            openings.take_turn(now + pause).is_none(),
            "until the turn is over, as its channel may not be kept yet"
        );
        drop(turn);
        assert_eq!(openings.closed_for(now), Some(pause));
        assert!(openings.take_turn(now).is_none());
        assert_eq!(openings.closed_for(now + pause), None);
        // A turn that nobody used costs no pause.
        assert!(openings.take_turn(now + pause).is_some());
        assert!(openings.take_turn(now + pause).is_some());
    }

    #[test]
    fn too_fast_closes_for_twice_as_long_each_time_until_one_is_opened() {
        let openings = Openings::new(Duration::from_millis(400));
        let minute = Duration::from_secs(60);
        let mut now = Instant::now();
        for wait in [minute, 2 * minute, 4 * minute] {
            let mut turn = openings.take_turn(now).unwrap();
            assert_eq!(turn.too_fast(minute, now), wait);
            drop(turn);
            assert_eq!(openings.closed_for(now), Some(wait));
            now += wait;
        }
        openings.take_turn(now).unwrap().opened(now);
        now += minute;
        let mut turn = openings.take_turn(now).unwrap();
        assert_eq!(turn.too_fast(minute, now), minute);
    }
}
