//! How long the questions about a ledger take, while it grows: history, search, leaderboard and
//! coverage over a thousand, a hundred thousand and a million kudos of one guild.
//!
//! - The ledgers are made by fixed rules (`history`), the same in every run, and kept (`shelf`).
//! - Each question is asked as a command asks it: the use-case, on the database as the bot opens it,
//!   on a runtime of one thread. Discord and the wording of the answer are not in it.
//! - Askers, people, words and periods vary from call to call. The files are in the operating
//!   system's cache, as those of a running bot are.
//!
//! `cargo bench --bench ledger`, or with sizes of one's own: `cargo bench --bench ledger -- 100000`.
//! Without `--bench`, as in `cargo test --benches`, each question is asked a few times of the smallest
//! ledger only.

#[path = "../shared/figures.rs"]
mod figures;
#[path = "../shared/ground.rs"]
mod ground;
mod history;
mod questions;
mod shelf;
mod town;
mod words;

use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};

use bellwether::app::App;
use bellwether::config::Config;
use bellwether::db::Db;

use questions::{QUESTIONS, Question};

/// What can go wrong here ends the run.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// How much is measured.
struct Plan {
    /// Kudos in each ledger.
    sizes: Vec<u32>,
    /// Calls of each question.
    calls: u32,
    /// Calls before anything is measured.
    warm_up: u32,
}

impl Plan {
    fn full() -> Self {
        Self {
            sizes: vec![1_000, 100_000, 1_000_000],
            calls: 500,
            warm_up: 20,
        }
    }

    fn glimpse() -> Self {
        Self {
            sizes: vec![1_000],
            calls: 3,
            warm_up: 0,
        }
    }

    /// As the command line asks for it.
    fn asked_for() -> Self {
        let is_bench = std::env::args().any(|argument| argument == "--bench");
        let mut plan = if is_bench {
            Self::full()
        } else {
            Self::glimpse()
        };
        let sizes: Vec<u32> = std::env::args()
            .filter_map(|argument| argument.parse().ok())
            .collect();
        if !sizes.is_empty() {
            plan.sizes = sizes;
        }
        plan
    }
}

/// A ledger with the app that is asked about it.
struct Ledger {
    app: App,
    /// How many kudos are in it.
    kudos: u32,
}

/// What a question took over one ledger.
struct Taken {
    median: Duration,
    p99: Duration,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let plan = Plan::asked_for();
    let mut taken: Vec<Vec<Taken>> = QUESTIONS.iter().map(|_| Vec::new()).collect();
    for size in &plan.sizes {
        let ledger = Ledger {
            app: app(shelf::ledger(*size).await?),
            kudos: *size,
        };
        for (question, taken) in QUESTIONS.iter().zip(&mut taken) {
            let one = ask(&ledger, question, &plan).await?;
            eprintln!("{size} kudos, {}: {one}", question.name);
            taken.push(one);
        }
        ledger.app.db.close().await;
    }
    print(&plan, &taken);
    Ok(())
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (median, p99) = (figures::shown(self.median), figures::shown(self.p99));
        write!(f, "{median} / {p99}")
    }
}

/// The app on the evening of the last day.
fn app(db: Db) -> App {
    let mut config = Config::default();
    // The busiest have used up the day's allowance where a million kudos were given.
    config.recognition.daily_allowance = None;
    ground::app(db, config, town::now())
}

async fn ask(ledger: &Ledger, question: &Question, plan: &Plan) -> Outcome<Taken> {
    let mut times = Vec::new();
    let mut found = 0;
    for n in 0..plan.warm_up + plan.calls {
        let begun = Instant::now();
        found += (question.ask)(ledger, n).await?;
        if n >= plan.warm_up {
            times.push(begun.elapsed());
        }
    }
    if found == 0 {
        return Err(format!("'{}' never found anything", question.name).into());
    }
    times.sort_unstable();
    Ok(Taken {
        median: figures::quantile(&times, 0.5),
        p99: figures::quantile(&times, 0.99),
    })
}

fn print(plan: &Plan, taken: &[Vec<Taken>]) {
    print!("| median / 99th percentile |");
    for size in &plan.sizes {
        print!(" {size} kudos |");
    }
    println!(" median, last to first |");
    println!("|---|{}---|", "---|".repeat(plan.sizes.len()));
    for (question, taken) in QUESTIONS.iter().zip(taken) {
        print!("| {} |", question.name);
        for one in taken {
            print!(" {one} |");
        }
        let first_and_last = taken.first().zip(taken.last());
        let growth = first_and_last.map_or(1.0, |(first, last)| {
            last.median.div_duration_f64(first.median)
        });
        println!(" ×{growth:.1} |");
    }
}
