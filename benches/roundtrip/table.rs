//! What was measured, as people read it.

use std::fmt;
use std::time::Duration;

use super::figures::{quantile, shown};
use super::office::Kind;

/// What one bot did in one kind of call.
pub(super) struct Line {
    kind: Kind,
    name: &'static str,
    times: Vec<Duration>,
    late: usize,
    cpu: Duration,
}

impl Line {
    pub(super) fn new(kind: Kind, name: &'static str) -> Self {
        Self {
            kind,
            name,
            times: Vec::new(),
            late: 0,
            cpu: Duration::ZERO,
        }
    }

    /// Adds calls; those that took no time that could be measured count as late.
    pub(super) fn took(&mut self, times: &[Option<Duration>]) {
        self.times.extend(times.iter().flatten());
        self.late += times.iter().filter(|time| time.is_none()).count();
        self.times.sort_unstable();
    }

    pub(super) fn cost(&mut self, cpu: Duration) {
        self.cpu += cpu;
    }

    fn cpu_each(&self) -> Duration {
        let calls = self.times.len() + self.late;
        self.cpu / u32::try_from(calls.max(1)).unwrap_or(u32::MAX)
    }
}

/// Lines by kind of call; the first of each kind is what the others are compared with.
#[derive(Default)]
pub(super) struct Table(Vec<Vec<Line>>);

impl Table {
    pub(super) fn add(&mut self, lines: Vec<Line>) {
        self.0.push(lines);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| call | bot | median | p90 | p99 | CPU a call | late |")?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        for lines in &self.0 {
            let Some(base) = lines.first() else { continue };
            for line in lines {
                let cell = |q: f64| {
                    let (own, other) = (quantile(&line.times, q), quantile(&base.times, q));
                    with_ratio(own, other)
                };
                writeln!(
                    f,
                    "| {} | {} | {} | {} | {} | {} | {} |",
                    line.kind.words(),
                    line.name,
                    cell(0.5),
                    cell(0.9),
                    cell(0.99),
                    with_ratio(line.cpu_each(), base.cpu_each()),
                    line.late
                )?;
            }
        }
        Ok(())
    }
}

fn with_ratio(own: Duration, other: Duration) -> String {
    format!("{} (×{:.2})", shown(own), own.div_duration_f64(other))
}

/// Bytes in MiB.
pub(super) fn mebibytes(bytes: u64) -> String {
    let tenths = bytes * 10 / (1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
