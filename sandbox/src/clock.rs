//! The stand-in's own clock: the machine's, shifted by what a test adds to it.
//!
//! Deadlines (three seconds to a first answer, fifteen minutes for a token) and snowflakes read it,
//! so a test lets them pass without waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

/// The current time as the stand-in sees it. Clones share the shift.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    shift_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Milliseconds since the Unix epoch.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the wall clock comes in"
    )]
    pub fn now_ms(&self) -> i64 {
        let real = std::time::SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            });
        real.saturating_add(self.shift_ms.load(Ordering::SeqCst))
    }

    /// A clock that shows what the machine's showed a while ago, for a world with a past.
    #[must_use]
    pub fn behind(by: Duration) -> Self {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        Self {
            shift_ms: Arc::new(AtomicI64::new(-ms)),
        }
    }

    /// Moves the clock ahead; waiters are woken by whoever owns the platform.
    pub(crate) fn advance(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.shift_ms.fetch_add(ms, Ordering::SeqCst);
    }
}

/// An instant as Discord writes it: `2026-03-01T12:00:00.123000+00:00`.
pub(crate) fn iso8601(ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(ms)
        .unwrap_or_default()
        .format("%Y-%m-%dT%H:%M:%S%.6f+00:00")
        .to_string()
}
