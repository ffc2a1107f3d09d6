//! The bots as processes, and what the kernel says of them.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::office::Office;
use super::{Outcome, echo};

/// The kernel's ticks a second in `/proc`, the same on every Linux
/// (<https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>, `USER_HZ`).
const TICKS: u64 = 100;

/// A running bot; it ends with this value.
pub(super) struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended on its own, which the missing answers have told of by then.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// What a process has used.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    /// CPU time since its start, in user and kernel mode.
    pub(super) cpu: Duration,
    /// Resident memory, in bytes.
    pub(super) resident: u64,
    /// The part of it that is file-backed: the binary, libraries, the database's shared memory.
    pub(super) shared: u64,
    /// Resident memory with shared pages divided among those who share them.
    pub(super) proportional: u64,
}

impl Process {
    /// The bot that only echoes.
    pub(super) fn echo(office: &Office) -> Outcome<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        echo::tell(&mut command, office);
        start(&mut command)
    }

    /// Bellwether as it is shipped, with no daily allowance.
    pub(super) fn bellwether(office: &Office, folder: &Path) -> Outcome<Self> {
        fs::write(
            folder.join("bot.toml"),
            "[recognition]\ndaily_allowance = 0\n",
        )?;
        start(
            Command::new(env!("CARGO_BIN_EXE_bellwether"))
                .arg("run")
                .current_dir(folder)
                .env("DISCORD_TOKEN", office.discord.token())
                .env("BELLWETHER_DISCORD_API_URL", office.discord.base_url())
                .env_remove("DATABASE_URL"),
        )
    }

    /// What it has used so far.
    pub(super) fn usage(&self) -> Outcome<Usage> {
        let of = |file: &str| fs::read_to_string(format!("/proc/{}/{file}", self.0.id()));
        let (status, maps) = (of("status")?, of("smaps_rollup")?);
        let kibibytes = |text: &str, name: &str| -> u64 {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            let number = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
            number.unwrap_or(0)
        };
        let stat = of("stat")?;
        // The name of the program stands in parentheses; the fields after it are numbered from 3.
        let fields = stat.rsplit(')').next().unwrap_or_default();
        let ticks: u64 = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok())
            .sum();
        Ok(Usage {
            cpu: Duration::from_millis(ticks * (1_000 / TICKS)),
            resident: kibibytes(&status, "VmRSS:") * 1024,
            shared: (kibibytes(&status, "RssFile:") + kibibytes(&status, "RssShmem:")) * 1024,
            proportional: kibibytes(&maps, "Pss:") * 1024,
        })
    }
}

fn start(command: &mut Command) -> Outcome<Process> {
    let child = command
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    Ok(Process(child))
}
