//! A web page in front of the stand-in: be anybody, see what they see, do what they may do.
//!
//! Invariants: it serves the loopback interface alone, and only pages that it served itself can ask
//! it for anything (`guard`); what a person sees and may do is decided here, the page in the browser
//! only draws it. Elsewhere on purpose: what happens then (`actions`), and the page's own files,
//! which stand in `sandbox/page` and are compiled in (`assets`).

mod acts;
mod assets;
mod attachments;
mod commands;
mod faults;
mod guard;
mod input;
mod live;
mod reads;
mod routes;
mod scene;
mod shown;
mod traffic;
mod using;

use std::fmt::Debug;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::BoxFuture;
use tokio::net::TcpListener;

use crate::driver::Discord;
use crate::platform::Platform;
use crate::state::Snowflake;
use faults::Switches;
use reads::Reads;
use traffic::Tape;

/// What the page asks of whoever embeds it.
pub trait Controls: Debug + Send + Sync {
    /// The time by the bot's clock, in milliseconds since the Unix epoch.
    fn now_ms(&self) -> i64;

    /// Moves the bot's clock and the stand-in's ([`Discord::time_passes`]) ahead, in as many steps as it
    /// likes, and lets what falls due on the way happen.
    fn push(&self, by: Duration) -> BoxFuture<'_, ()>;

    /// Who one is when the page opens for the first time; by default who was there first.
    fn first(&self) -> Option<Snowflake> {
        None
    }
}

/// Serves the page until the task is dropped.
///
/// # Errors
/// If the listener is not on the loopback interface, or whatever it comes to.
pub async fn serve(
    discord: Discord,
    listener: TcpListener,
    controls: Arc<dyn Controls>,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("the page can only be served to this machine, not on {address}"),
        ));
    }
    let platform = discord.platform().clone();
    let shared = Arc::new(Shared {
        reads: Mutex::new(Reads::starting_now(&platform)),
        switches: Mutex::new(Switches::default()),
        tape: Tape::default(),
        platform,
        controls,
        _discord: discord,
    });
    let taping = traffic::tape(shared.clone());
    let served = async {
        let router = routes::router(shared, guard::Guard::new(address.port()));
        axum::serve(listener, router).await
    };
    // The tape runs as long as the page is served, and ends with it.
    tokio::select! {
        outcome = served => outcome,
        () = taping => Ok(()),
    }
}

/// What all of the page's connections share.
#[derive(Debug)]
struct Shared {
    platform: Arc<Platform>,
    controls: Arc<dyn Controls>,
    reads: Mutex<Reads>,
    switches: Mutex<Switches>,
    tape: Tape,
    /// Keeps the stand-in running.
    _discord: Discord,
}

impl Shared {
    fn reads(&self) -> MutexGuard<'_, Reads> {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn switches(&self) -> MutexGuard<'_, Switches> {
        self.switches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the bot's clock is ahead of the machine's, in whole seconds.
    fn ahead_s(&self) -> i64 {
        let real = crate::Clock::default().now_ms();
        (self.controls.now_ms() - real + 500).div_euclid(1_000)
    }
}
