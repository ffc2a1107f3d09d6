//! How long a file of 10,000 readings takes: reading it, the preview, the confirmation (all new, then
//! all corrected), the same posted by a script, and the export; and how long a reading that somebody
//! records meanwhile has to wait.
//!
//! Forty weekly metrics over 250 weeks, on the disk as the bot opens it, on a runtime of one thread.
//! `cargo bench --bench readings`; without `--bench`, as in `cargo test --benches`, a file of 200.

#[path = "../shared/figures.rs"]
mod figures;

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bellwether::app::App;
use bellwether::config::Config;
use bellwether::db::{Db, Location};
use bellwether::ids::{GuildId, UserId};
use bellwether::jobs::outbox::{Manner, Outbox};
use bellwether::jobs::scheduler::Scheduler;
use bellwether::people::{self, Seen};
use bellwether::registry;
use bellwether::render::chart::Charts;
use bellwether::scorecard::rules::exchange::{self, Form, Read};
use bellwether::scorecard::rules::{
    Better, Cadence, Definition, Edges, Perspective, Source, Timing, Unit,
};
use bellwether::scorecard::service::{self, Asker, Confirmed, Looked, Wanted};
use bellwether::scorecard::store::metrics::{self, NewMetric, Scope};
use bellwether::time::clock::StillClock;
use chrono::{Days, NaiveDate, TimeDelta};
use rust_decimal::Decimal;

/// What can go wrong here ends the run.
type Outcome<T> = Result<T, Box<dyn Error>>;

const METRICS: u32 = 40;

/// Who asks: an admin.
fn asker() -> Asker {
    Asker {
        seen: Seen {
            user: UserId::from(800_000_000_000_000_001),
            name: "Max".to_owned(),
            is_bot: false,
            is_here: true,
        },
        is_admin: true,
    }
}

fn guild() -> GuildId {
    GuildId::from(700_000_000_000_000_001)
}

/// The day before the first of the weeks that follow.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 30).unwrap_or_default()
}

async fn app(folder: &Path) -> Outcome<App> {
    let config = Config::default();
    let db = Db::open(&Location::file(folder.join("bellwether.db")), 4).await?;
    let now = today().and_hms_opt(20, 0, 0).unwrap_or_default().and_utc();
    let clock = Arc::new(StillClock::at(now));
    let manner = Manner {
        max_attempts: 12,
        first_retry: TimeDelta::seconds(2),
        longest_retry: TimeDelta::minutes(30),
        lease: TimeDelta::minutes(1),
        opening_pause: config.delivery.opening_pause,
    };
    let outbox = Outbox::new(db.clone(), clock.clone(), registry::TABLES.topics, manner);
    let app = App {
        config: Arc::new(config),
        db,
        clock,
        outbox,
        scheduler: Scheduler::default(),
        charts: Charts::default(),
        measures: registry::MEASURES,
    };
    let mut tx = app.db.write().await?;
    people::ensure_guild(&mut tx, guild(), &app.config.server, now).await?;
    let max = people::see(&mut tx, guild(), &asker().seen, now).await?;
    for number in 0..METRICS {
        let key = format!("measure-{number}");
        let new = NewMetric {
            guild: guild(),
            key: &key,
            kin: &key,
            scope: Scope::Guild,
            owner: Some(max.id),
            source: Source::Manual,
            created_by: max.id,
        };
        let id = metrics::insert(&mut tx, &new, now).await?;
        let definition = Definition {
            name: format!("Measure {number}"),
            perspective: Perspective::Customer,
            unit: Unit::Hours,
            ceiling: None,
            better: Better::Lower,
            edges: Edges::Unset,
            weight: Decimal::ONE,
            timing: Timing::Leading,
            cadence: Cadence::Week,
            is_cumulative: false,
            why: None,
            action: None,
            may_drive: None,
            guard: None,
            is_active: false,
        };
        metrics::insert_version(&mut tx, id, today(), &definition, max.id, now).await?;
    }
    tx.commit().await?;
    Ok(app)
}

/// A file of so many readings; every `turn` has other values.
fn file(readings: u32, turn: u32) -> Vec<u8> {
    let mut text = "metric,period,value,note\n".to_owned();
    for index in 0..readings {
        let (metric, week) = (index % METRICS, u64::from(index / METRICS));
        let day = today()
            .checked_sub_days(Days::new(7 * week))
            .unwrap_or_default();
        let period = day.format("%G-W%V");
        let value = f64::from(index + turn) / 10.0;
        // Writing to a string cannot fail.
        let _written = writeln!(
            text,
            "measure-{metric},{period},{value},as counted on {day}"
        );
    }
    text.into_bytes()
}

/// Times by what was done, in the order in which it was first done.
#[derive(Default)]
struct Table(Vec<(&'static str, Vec<Duration>)>);

impl Table {
    fn note(&mut self, what: &'static str, took: Duration) {
        match self.0.iter_mut().find(|(name, _)| *name == what) {
            Some((_, times)) => times.push(took),
            None => self.0.push((what, vec![took])),
        }
    }

    fn print(&mut self) {
        println!("| | median | longest |\n|---|---|---|");
        for (name, times) in &mut self.0 {
            times.sort_unstable();
            let median = figures::shown(figures::quantile(times, 0.5));
            let longest = figures::shown(figures::quantile(times, 1.0));
            println!("| {name} | {median} | {longest} |");
        }
    }
}

fn read(bytes: &[u8]) -> Outcome<Read> {
    Ok(exchange::read(bytes, Some(Form::Csv))?)
}

/// Somebody records a reading.
async fn record(app: &App, value: &str) -> Result<(), service::Error> {
    let (name, period) = ("measure-0", Some("2015-W01"));
    service::record(app, guild(), &asker(), name, value, period, None).await?;
    Ok(())
}

/// Looks at a file and confirms it, while somebody records `value`.
async fn import(
    app: &App,
    bytes: &[u8],
    value: &str,
    what: &'static str,
    table: &mut Table,
) -> Outcome<()> {
    let begun = Instant::now();
    let read = read(bytes)?;
    table.note("reading the file", begun.elapsed());
    let begun = Instant::now();
    let looked = service::preview_import(app, guild(), &asker(), read).await;
    let Looked::Waits(id, _) = looked.map_err(|why| said(&why))? else {
        return Err("the file is refused, or brings nothing".into());
    };
    table.note("the preview", begun.elapsed());
    let begun = Instant::now();
    let confirming = async {
        let confirmed = service::confirm_import(app, guild(), &asker(), id).await;
        (confirmed, begun.elapsed())
    };
    let recording = async {
        // The import has the writer by then.
        tokio::task::yield_now().await;
        let begun = Instant::now();
        let recorded = record(app, value).await;
        (recorded, begun.elapsed())
    };
    let ((confirmed, took), (recorded, waited)) = tokio::join!(confirming, recording);
    recorded.map_err(|why| said(&why))?;
    if !matches!(confirmed.map_err(|why| said(&why))?, Confirmed::Done(_)) {
        return Err("the file was not recorded".into());
    }
    table.note(what, took);
    table.note("a reading recorded by somebody meanwhile", waited);
    Ok(())
}

fn said(why: &service::Error) -> Box<dyn Error> {
    format!("{why:?}").into()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (readings, turns) = if is_bench { (10_000, 10) } else { (200, 1) };
    let mut table = Table::default();
    for _ in 0..turns {
        let folder = tempfile::tempdir()?;
        let app = app(folder.path()).await?;
        import(
            &app,
            &file(readings, 0),
            "1",
            "the confirmation, all new",
            &mut table,
        )
        .await?;
        import(
            &app,
            &file(readings, 1),
            "2",
            "the confirmation, all corrected",
            &mut table,
        )
        .await?;
        let bytes = file(readings, 2);
        let begun = Instant::now();
        service::post(&app, guild(), read(&bytes)?)
            .await
            .map_err(|why| said(&why))?;
        table.note("posted by a script, all corrected", begun.elapsed());
        let begun = Instant::now();
        service::post(&app, guild(), read(&bytes)?)
            .await
            .map_err(|why| said(&why))?;
        table.note("posted again, all unchanged", begun.elapsed());
        let viewer = service::viewer(&app, guild(), asker().seen.user, true);
        let viewer = viewer.await.map_err(|why| said(&why))?;
        let only = Wanted {
            period: Some("2016-01-01..2026-12-31"),
            ..Wanted::default()
        };
        for (form, what) in [
            (Form::Csv, "the export, CSV"),
            (Form::Json, "the export, JSON"),
        ] {
            let begun = Instant::now();
            service::export(&app, &viewer, form, only)
                .await
                .map_err(|why| said(&why))?;
            table.note(what, begun.elapsed());
        }
        app.db.close().await;
    }
    table.print();
    Ok(())
}
