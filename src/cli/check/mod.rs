//! `bellwether check`: what would keep the bot from working, each item with its remedy.
//!
//! Invariants: nothing is changed, no message is sent and no session is started; every item gets
//! exactly one line, so that what is missing is seen; the token is never printed.

mod database;
mod discord;
mod door;

use std::io::Write;

use super::Ended;
use crate::config::{ConfigError, DEFAULT_FILE, Loaded};

/// Checks everything and writes the report.
pub(super) fn check(loaded: Result<Loaded, ConfigError>, out: &mut dyn Write) -> Ended {
    let mut report = Report { out, failed: false };
    match loaded {
        Err(wrong) => {
            for problem in &wrong.problems {
                report.fail("settings", &problem.to_string(), "");
            }
            report.warn(
                "the rest",
                "not looked at",
                "Put the settings right and check again.",
            );
        }
        Ok(loaded) => {
            match &loaded.file {
                Some(file) => report.ok("settings", &file.display().to_string()),
                None => {
                    report.ok(
                        "settings",
                        &format!("no {DEFAULT_FILE} here; the defaults hold"),
                    );
                }
            }
            match tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
            {
                Ok(runtime) => runtime.block_on(async {
                    database::check(&loaded.config.database, &mut report).await;
                    door::check(&loaded.config.readings, &mut report).await;
                    discord::check(&loaded.config.discord, &mut report).await;
                }),
                Err(fault) => report.fail(
                    "the rest",
                    &format!("could not be looked at ({fault})"),
                    "Check the limits of this user for threads and open files.",
                ),
            }
        }
    }
    if report.failed {
        Ended::Failed
    } else {
        Ended::Well
    }
}

/// The lines written so far.
struct Report<'o> {
    out: &'o mut dyn Write,
    failed: bool,
}

impl Report<'_> {
    fn ok(&mut self, item: &str, found: &str) {
        self.line("ok", item, found, "");
    }

    /// Something is lost, but the bot works.
    fn warn(&mut self, item: &str, found: &str, remedy: &str) {
        self.line("warn", item, found, remedy);
    }

    /// The bot would not work.
    fn fail(&mut self, item: &str, found: &str, remedy: &str) {
        self.failed = true;
        self.line("fail", item, found, remedy);
    }

    fn line(&mut self, status: &str, item: &str, found: &str, remedy: &str) {
        // When nobody listens the exit status still tells.
        let _unheard = writeln!(self.out, "{status:<5} {item:<16} {found}");
        if !remedy.is_empty() {
            let _unheard = writeln!(self.out, "      {:<16} → {remedy}", "");
        }
    }
}
