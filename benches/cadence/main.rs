//! How long a look at the clock takes: the step of the cadence over a hundred thousand running series,
//! when nothing is due, and when a thousand of them come due together.
//!
//! - The series are made by fixed rules (`rhythm`), through the real schema, anew in each run.
//! - What is timed is the step that the scheduler calls, on the database as the bot opens it, with its
//!   commits on the disk, on a runtime of one thread. It is asked at the moments of one week in turn, so
//!   that each time others are due. Composing and sending what it puts into the outbox is not in it.
//! - "Another writer" is somebody whose command writes a row while the step runs: the longest that one
//!   waited for its commit.
//!
//! `cargo bench --bench cadence`. Without `--bench`, as in `cargo test --benches`, over few series only.

#[path = "../shared/figures.rs"]
mod figures;
#[path = "../shared/ground.rs"]
mod ground;
mod rhythm;

use std::cell::Cell;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use bellwether::app::App;
use bellwether::cadence::service;
use bellwether::config::Config;
use bellwether::db::{Db, Location};
use chrono::{DateTime, TimeDelta, Utc};

use rhythm::{APART, HALF, MINUTES, Size};

/// What can go wrong here ends the run.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// As many connections as the bot has by default read beside the one that writes.
const READERS: u32 = 4;

/// How often nothing is due.
const IDLE: u32 = 1_000;

/// What is measured, in the order in which it comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Idle,
    HalfNudged,
    Nudged,
    Over,
    OverMeanwhile,
    Late,
}

impl Look {
    const ALL: [Self; 6] = [
        Self::Idle,
        Self::HalfNudged,
        Self::Nudged,
        Self::Over,
        Self::OverMeanwhile,
        Self::Late,
    ];

    fn words(self, size: Size) -> String {
        let group = size.group;
        match self {
            Self::Idle => "nothing is due".to_owned(),
            Self::HalfNudged => format!("{group} nudges are due"),
            Self::Nudged => format!("{group} series are due: {} nudges", 2 * group),
            Self::Over => format!(
                "{group} sessions are over: {} questions, and the next dates",
                2 * group
            ),
            Self::OverMeanwhile => "the same: the longest wait of another writer".to_owned(),
            Self::Late => format!("{} nudges were missed: one message a person", 2 * group),
        }
    }

    /// How many rows of the outbox it leads to, at least.
    fn leads_to(self, size: Size) -> u32 {
        match self {
            Self::Idle => 0,
            Self::HalfNudged => size.group,
            Self::Nudged | Self::Over | Self::OverMeanwhile => 2 * size.group,
            // Somebody with two series is told of both at once.
            Self::Late => size.group,
        }
    }
}

/// The app, and what was taken so far.
struct Bench {
    app: App,
    size: Size,
    times: Vec<(Look, Duration)>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (series, group) = if is_bench {
        (100_000, 1_000)
    } else {
        (2_000, 500)
    };
    let mut bench = Bench::open(Size { series, group }).await?;
    bench.week().await?;
    bench.print();
    bench.app.db.close().await;
    Ok(())
}

impl Bench {
    async fn open(size: Size) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        for file in std::fs::read_dir(folder)? {
            let file = file?;
            if file
                .file_name()
                .to_string_lossy()
                .starts_with("cadence-in-use")
            {
                std::fs::remove_file(file.path())?;
            }
        }
        let begun = Instant::now();
        let db = Db::open(&Location::file(folder.join("cadence-in-use.db")), READERS).await?;
        let mut tx = db.write().await?;
        rhythm::settle(&mut tx, size).await?;
        tx.commit().await?;
        db.fold().await?;
        let seconds = begun.elapsed().as_secs_f64();
        eprintln!("made {} series in {seconds:.1} s", size.series);
        let app = ground::app(db, Config::default(), rhythm::starts(0));
        Ok(Self {
            app,
            size,
            times: Vec::new(),
        })
    }

    /// From the eve of the first sessions to what is missed a week later.
    async fn week(&mut self) -> Outcome<()> {
        let day = TimeDelta::days(1);
        for _ in 0..IDLE {
            self.look(Look::Idle, rhythm::starts(0) - day - HALF)
                .await?;
        }
        let groups = self.size.groups();
        let mut looks = Vec::new();
        for group in 0..groups {
            let starts = rhythm::starts(group);
            if group % 2 == 0 {
                looks.push((starts - day, Look::HalfNudged));
                looks.push((starts - day + HALF, Look::HalfNudged));
            } else {
                looks.push((starts - day + HALF, Look::Nudged));
            }
            looks.push((starts - TimeDelta::hours(1) + HALF, Look::Nudged));
            let over = if group % 2 == 0 {
                Look::Over
            } else {
                Look::OverMeanwhile
            };
            looks.push((starts + TimeDelta::minutes(MINUTES) + HALF, over));
            looks.push((starts + day * 6 + APART - HALF, Look::Late));
        }
        looks.sort_by_key(|(at, _)| *at);
        for (at, look) in looks {
            self.look(look, at).await?;
        }
        Ok(())
    }

    async fn look(&mut self, look: Look, at: DateTime<Utc>) -> Outcome<()> {
        let begun = Instant::now();
        let taken = if look == Look::OverMeanwhile {
            self.longest_wait(at).await?
        } else {
            service::step(&self.app, at).await?;
            begun.elapsed()
        };
        self.times.push((look, taken));
        if look != Look::Idle {
            let written = self.everything_is_delivered(at).await?;
            let expected = look.leads_to(self.size);
            if written < u64::from(expected) {
                let words = look.words(self.size);
                return Err(format!("{words}: {written} rows in the outbox").into());
            }
        }
        Ok(())
    }

    /// The longest that somebody waited who wrote again and again while the step ran.
    async fn longest_wait(&self, at: DateTime<Utc>) -> Outcome<Duration> {
        let done = Cell::new(false);
        let step = async {
            let stepped = service::step(&self.app, at).await;
            done.set(true);
            stepped
        };
        let write = async {
            let mut longest = Duration::ZERO;
            while !done.get() {
                let begun = Instant::now();
                let mut tx = self.app.db.write().await?;
                sqlx::query(
                    "INSERT OR REPLACE INTO facts (key, value) VALUES ('bench', 'written')",
                )
                .execute(&mut *tx)
                .await?;
                tx.commit().await?;
                longest = longest.max(begun.elapsed());
            }
            Ok::<_, sqlx::Error>(longest)
        };
        let (stepped, longest) = tokio::join!(step, write);
        stepped?;
        Ok(longest?)
    }

    /// What the step put into the outbox has gone out; how many rows that was.
    async fn everything_is_delivered(&self, at: DateTime<Utc>) -> Outcome<u64> {
        let mut tx = self.app.db.write().await?;
        for statement in [
            "UPDATE nudges SET state = 'done'
              WHERE id IN (SELECT subject_id FROM outbox
                            WHERE state = 'waiting' AND topic = 'cadence.nudge')",
            "UPDATE nudges SET state = 'done' WHERE state = 'late'",
        ] {
            sqlx::query(statement).execute(&mut *tx).await?;
        }
        let delivered = sqlx::query(
            "UPDATE outbox SET state = 'delivered', finished_at = ? WHERE state IN ('waiting', 'leased')",
        );
        let delivered = delivered
            .bind(at.timestamp_millis())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(delivered.rows_affected())
    }

    fn print(&self) {
        println!(
            "| {} series | median | p90 | longest | looks |",
            self.size.series
        );
        println!("|---|---|---|---|---|");
        for look in Look::ALL {
            let mut times: Vec<Duration> = self
                .times
                .iter()
                .filter(|(taken, _)| *taken == look)
                .map(|(_, time)| *time)
                .collect();
            times.sort_unstable();
            let [median, p90, longest] =
                [0.5, 0.9, 1.0].map(|share| figures::shown(figures::quantile(&times, share)));
            let (words, looks) = (look.words(self.size), times.len());
            println!("| {words} | {median} | {p90} | {longest} | {looks} |");
        }
    }
}
