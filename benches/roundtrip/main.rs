//! The round trip of `/kudos give` over loopback, beside a bare poise bot that only echoes: latency,
//! CPU time and memory of both, in the same run, as ratios.
//!
//! - Each bot is a process of its own with a stand-in of its own in this one; rounds alternate
//!   between them, so that whatever else the machine does meets them alike.
//! - A round trip is timed by the stand-in: from when the interaction goes out on the gateway to
//!   when its callback has been read.
//! - Every kudos is a new one: other words, other people.
//! - Bellwether runs as it is shipped but for the daily allowance, with its database on the disk of
//!   the target folder, and a second time in memory (`/dev/shm`), where syncing costs nothing: what
//!   lies between the two is the price of an acknowledged write being on disk.
//!
//! `cargo bench --bench roundtrip`; without `--bench`, as in `cargo test --benches`, a few calls only.

mod bots;
mod echo;
#[path = "../shared/figures.rs"]
mod figures;
mod office;
mod table;

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use bots::{Process, Usage};
use office::{Kind, Office};
use table::{Line, Table};

/// What can go wrong here ends the run.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// How much is measured.
#[derive(Clone, Copy)]
struct Plan {
    /// Alternations between the bots, for each kind of call.
    rounds: u32,
    /// Calls in a round.
    calls: u32,
    /// Calls before anything is measured.
    warm_up: u32,
}

const FULL: Plan = Plan {
    rounds: 8,
    calls: 100,
    warm_up: 100,
};
const GLIMPSE: Plan = Plan {
    rounds: 1,
    calls: 3,
    warm_up: 1,
};

/// How long a bot has been left alone when its memory at rest is read.
const REST: Duration = Duration::from_secs(3);

/// One of those who are compared.
struct Contender {
    name: &'static str,
    office: Office,
    process: Process,
    at_start: Usage,
}

fn main() -> Outcome<()> {
    if let Some(place) = echo::place() {
        return echo::run(&place);
    }
    let plan = if std::env::args().any(|argument| argument == "--bench") {
        FULL
    } else {
        GLIMPSE
    };
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(compare(plan))
}

async fn compare(plan: Plan) -> Outcome<()> {
    let on_disk = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let in_memory = Path::new("/dev/shm");
    let in_memory = if in_memory.is_dir() {
        Some(tempfile::tempdir_in(in_memory)?)
    } else {
        None
    };
    let mut contenders = vec![
        contender("echo", Process::echo).await?,
        contender("bellwether", |office| {
            Process::bellwether(office, on_disk.path())
        })
        .await?,
    ];
    if let Some(folder) = &in_memory {
        let bot = |office: &Office| Process::bellwether(office, folder.path());
        contenders.push(contender("bellwether, in memory", bot).await?);
    }
    tokio::time::sleep(REST).await;
    for one in &mut contenders {
        one.at_start = one.process.usage()?;
    }

    let mut table = Table::default();
    for kind in Kind::ALL {
        for one in &mut contenders {
            one.office.calls(kind, plan.warm_up).await?;
        }
        let mut lines: Vec<Line> = contenders
            .iter()
            .map(|one| Line::new(kind, one.name))
            .collect();
        for _ in 0..plan.rounds {
            for (one, line) in contenders.iter_mut().zip(&mut lines) {
                let before = one.process.usage()?;
                line.took(&one.office.calls(kind, plan.calls).await?);
                one.office.is_quiet().await?;
                line.cost(one.process.usage()?.cpu - before.cpu);
            }
        }
        table.add(lines);
    }
    tokio::time::sleep(REST).await;

    println!(
        "A write of 4 KiB with fdatasync: {}\n",
        figures::shown(sync_time(on_disk.path())?)
    );
    print!("{table}");
    println!();
    for one in &contenders {
        let (start, end) = (one.at_start, one.process.usage()?);
        println!(
            "{:<24} memory at rest: {} (of which shared {}) after the start, {} (of which shared {}) after the run, proportional {}",
            one.name,
            table::mebibytes(start.resident),
            table::mebibytes(start.shared),
            table::mebibytes(end.resident),
            table::mebibytes(end.shared),
            table::mebibytes(end.proportional),
        );
    }
    Ok(())
}

async fn contender(
    name: &'static str,
    bot: impl FnOnce(&Office) -> Outcome<Process>,
) -> Outcome<Contender> {
    let office = Office::open().await;
    let process = bot(&office)?;
    office.discord.bot_is_ready().await;
    Ok(Contender {
        name,
        office,
        process,
        at_start: Usage::default(),
    })
}

/// The median time to write a page at the end of a file and have it on disk.
fn sync_time(folder: &Path) -> Outcome<Duration> {
    use std::io::Write;
    let mut file = std::fs::File::create(folder.join("sync"))?;
    let mut times = Vec::new();
    for _ in 0..100 {
        let begun = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(figures::quantile(&times, 0.5))
}
