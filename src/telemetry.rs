//! What is logged, where it goes, and the references that lead from a person's screen to it.
//!
//! Invariants: the log goes to stderr; neither a message's text nor a token is in it, whatever
//! `RUST_LOG` says, because `ceiling` caps every target that is not the program's own; a panic is
//! logged by its place, and by its words only when they were fixed at compile time.
//!
//! Elsewhere on purpose: what the program itself puts into its events. Its own code logs ids and
//! references, never what somebody wrote, and no error of serenity or reqwest as a whole, since
//! those carry URLs with interaction tokens in them.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::fmt;
use std::io::{self, IsTerminal};
use std::panic::PanicHookInfo;

use rand::TryRngCore;
use rand::rngs::OsRng;
use tracing::{Level, Subscriber};
use tracing_subscriber::filter::{FilterExt, LevelFilter, filter_fn};
use tracing_subscriber::fmt::{MakeWriter, layer};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::config::{Log, LogFormat};

/// Starts logging to stderr for the whole process, panics included; in colour on a terminal, unless
/// `colour` is off.
///
/// # Errors
/// When the process logs already.
pub fn init(log: &Log, colour: bool) -> Result<(), TryInitError> {
    let colour = colour && io::stderr().is_terminal();
    subscriber(log, colour, io::stderr).try_init()?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// Starts logging to a file for the whole process, panics included.
///
/// # Errors
/// When the process logs already.
pub fn init_to(log: &Log, file: std::fs::File) -> Result<(), TryInitError> {
    subscriber(log, false, std::sync::Mutex::new(file)).try_init()?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// A subscriber that writes what `log` asks for and `ceiling` lets through.
fn subscriber<W>(log: &Log, colour: bool, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match log.format {
        LogFormat::Text => Box::new(layer().with_ansi(colour).with_writer(writer)),
        LogFormat::Json => Box::new(layer().json().flatten_event(true).with_writer(writer)),
    };
    let capped = filter_fn(|about| *about.level() <= ceiling(about.target()))
        .with_max_level_hint(LevelFilter::TRACE);
    tracing_subscriber::registry().with(lines.with_filter(EnvFilter::new(&log.filter).and(capped)))
}

/// The most detailed level that a target may log at, whatever the configuration asks for.
///
/// Below `warn`, the libraries underneath print requests, headers, gateway frames and bound values.
/// serenity and poise do so even in some warnings: a gateway frame that does not parse is printed
/// whole (`serenity::gateway::ws`), and failed calls name their route, which for an answer contains
/// the interaction's token (`serenity::http`, `poise::dispatch`). Their errors stay, and the
/// warnings of the two modules that only speak of connections.
fn ceiling(target: &str) -> Level {
    let within = |module: &str| {
        target
            .strip_prefix(module)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    if within("bellwether") || within("discord_sandbox") {
        Level::TRACE
    } else if within("serenity::gateway::bridge") || within("serenity::client") {
        Level::WARN
    } else if within("serenity") || within("poise") {
        Level::ERROR
    } else {
        Level::WARN
    }
}

/// Words that were formatted may hold what somebody wrote ("byte index 1 is not a char boundary; it
/// is inside 'ä' of …"), so that they are left out.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string);
    let words = panic.payload().downcast_ref::<&'static str>();
    let trace = Backtrace::capture();
    let trace = (trace.status() == BacktraceStatus::Captured).then(|| trace.to_string());
    tracing::error!(
        at = at.as_deref().unwrap_or("an unknown place"),
        words = words.unwrap_or(&"(left out)"),
        trace,
        "a panic"
    );
}

/// What a person is shown when something went wrong, and what to look for in the log.
///
/// Eight characters of base32 without `0`, `1`, `I` and `O`, from the operating system's
/// randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reference(u64);

impl Reference {
    const LETTERS: [char; 32] = [
        '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K',
        'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
    ];

    /// A new one. If the system has no randomness to give, it is always the same one: the log
    /// still holds the fault, and a fault must not lead to another.
    #[must_use]
    pub fn new() -> Self {
        Self(OsRng.try_next_u64().unwrap_or_default())
    }
}

impl Default for Reference {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        (0..8).try_for_each(|place| {
            let index = usize::try_from(self.0 >> (5 * place) & 31).unwrap_or_default();
            f.write_char(Self::LETTERS.get(index).copied().unwrap_or('2'))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(filter: &str, format: LogFormat, events: impl FnOnce()) -> String {
        let page = Page::default();
        let writer = page.clone();
        let log = Log {
            filter: filter.to_owned(),
            format,
        };
        let subscriber = subscriber(&log, false, move || writer.clone());
        tracing::subscriber::with_default(subscriber, events);
        let bytes = page.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn no_filter_opens_what_the_libraries_say_in_detail() {
        for filter in [
            "trace",
            "error,serenity=trace,poise=trace,hyper=trace",
            "[x]=trace,trace",
        ] {
            let page = logged(filter, LogFormat::Text, || {
                tracing::warn!(target: "serenity::gateway::ws", "secret frame");
                tracing::warn!(target: "serenity::http::client", "secret route");
                tracing::warn!(target: "poise::dispatch::slash", "secret url");
                tracing::info!(target: "serenity::client", "secret");
                tracing::info!(target: "hyper::proto", "secret");
                tracing::debug!(target: "reqwest::connect", "secret");
                tracing::trace!(target: "tungstenite::protocol", "secret");
                tracing::debug!(target: "sqlx::query", "secret");
                tracing::debug!(target: "bellwethers_neighbour", "secret");
                let _inside =
                    tracing::info_span!(target: "serenity::http", "request", body = "secret")
                        .entered();
                tracing::error!("mine");
            });
            assert!(
                page.contains("mine") && !page.contains("secret"),
                "{filter}: {page}"
            );
        }
    }

    #[test]
    fn warnings_about_connections_and_every_error_stay() {
        let page = logged("info", LogFormat::Text, || {
            tracing::warn!(target: "serenity::gateway::bridge::shard_runner", "one");
            tracing::error!(target: "serenity::gateway::shard", "two");
            tracing::warn!(target: "hyper", "three");
            tracing::info!(target: "bellwether::db", "four");
            tracing::debug!(target: "bellwether::db", "five");
        });
        for (word, there) in [
            ("one", true),
            ("two", true),
            ("three", true),
            ("four", true),
            ("five", false),
        ] {
            assert_eq!(page.contains(word), there, "{word}: {page}");
        }
    }

    #[test]
    fn the_programs_own_detail_can_be_opened() {
        let page = logged("bellwether=trace", LogFormat::Text, || {
            tracing::trace!("detail");
        });
        assert!(page.contains("detail"), "{page}");
    }

    #[test]
    fn json_is_one_object_a_line_with_the_reference_in_it() {
        let reference = Reference::new();
        let page = logged(
            "info",
            LogFormat::Json,
            || tracing::error!(%reference, "a fault"),
        );
        let line: serde_json::Value = serde_json::from_str(page.trim_end()).unwrap();
        assert_eq!(line["reference"], reference.to_string());
        assert_eq!(line["message"], "a fault");
        assert_eq!(line["level"], "ERROR");
    }

    #[test]
    fn a_reference_is_eight_unambiguous_characters_and_not_repeated() {
        let references: Vec<String> = (0..100).map(|_| Reference::new().to_string()).collect();
        for reference in &references {
            assert_eq!(reference.len(), 8);
            assert!(
                reference
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            );
            assert!(!reference.contains(['0', '1', 'I', 'O']), "{reference}");
        }
        let distinct: std::collections::HashSet<_> = references.iter().collect();
        assert_eq!(distinct.len(), references.len());
        assert_eq!(Reference(0).to_string(), "22222222");
        assert_eq!(Reference(31 << 35 | 1).to_string(), "3222222Z");
    }
}
