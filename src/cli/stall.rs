//! A thread that looks at the bot from outside and ends the process if it stands still: on one
//! thread, whatever spins or blocks would keep it from answering, and from stopping when asked to.
//!
//! It counts its own looks instead of time, so that a suspended machine or a stopped process is no
//! reason.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::runtime::Runtime;

/// How often it looks.
const LOOK: Duration = Duration::from_millis(500);

/// After so many looks without a sign of life the process ends.
const MOST: u32 = 8;

/// Watches the runtime from now on; `stalled` is called when it stands still.
pub(super) fn watch(runtime: &Runtime, stalled: impl FnOnce() + Send + 'static) {
    let beats = Arc::new(AtomicU64::new(0));
    let beating = Arc::clone(&beats);
    runtime.spawn(async move {
        loop {
            beating.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(LOOK / 2).await;
        }
    });
    std::thread::spawn(move || {
        let (mut last, mut missed) = (0, 0);
        while missed < MOST {
            std::thread::sleep(LOOK);
            // Before the runtime is driven, and once it is gone, nothing beats.
            let now = beats.load(Ordering::Relaxed);
            missed = if now == last { missed + 1 } else { 0 };
            last = now;
        }
        stalled();
    });
}
