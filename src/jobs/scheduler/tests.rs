//! The steps of the scheduler over a real database.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::db::testing::TestDb;
use crate::jobs::testing;
use crate::time::clock::{Clock, StillClock};

const HOURLY: Job = Job {
    name: "test.hourly",
    every: TimeDelta::hours(1),
    run: |_, _| Box::pin(async { Ok(()) }),
    ahead: None,
};

const EACH_LOOK: Job = Job {
    name: "test.each-look",
    every: TimeDelta::zero(),
    run: |_, _| Box::pin(async { Ok(()) }),
    ahead: None,
};

fn app(db: &TestDb) -> (App, Arc<StillClock>) {
    testing::app(db, "2026-03-02T08:00:00Z".parse().unwrap())
}

#[tokio::test]
async fn a_clock_that_goes_back_neither_repeats_a_job_nor_starves_it() {
    let db = TestDb::open().await;
    let (app, clock) = app(&db);
    let ran = async || {
        !run_due(&app, &[HOURLY], clock.now())
            .await
            .unwrap()
            .is_empty()
    };
    assert!(ran().await);
    assert!(!ran().await);
    // A correction: its next time stays the one it would have been.
    clock.push(TimeDelta::minutes(-10));
    assert!(!ran().await);
    clock.push(TimeDelta::minutes(69));
    assert!(!ran().await);
    clock.push(TimeDelta::minutes(1));
    assert!(ran().await);
    // A clock that was wrong by a month: at once, and hourly from there.
    clock.push(TimeDelta::days(-30));
    assert!(ran().await);
    assert!(!ran().await);
    clock.push(TimeDelta::hours(1));
    assert!(ran().await);
    // A machine that slept for a week: once.
    clock.push(TimeDelta::days(7));
    assert!(ran().await);
    assert!(!ran().await);
}

#[tokio::test]
async fn a_step_without_anything_due_writes_nothing() {
    let db = TestDb::open().await;
    let (app, clock) = app(&db);
    run_due(&app, &[HOURLY], clock.now()).await.unwrap();
    // The one writer is taken: a step that wanted to write would wait for it.
    let writer = db.write().await.unwrap();
    let step = run_due(&app, &[HOURLY, EACH_LOOK], clock.now());
    let ran = tokio::time::timeout(Duration::from_secs(20), step).await;
    assert_eq!(ran.unwrap().unwrap(), ["test.each-look"]);
    writer.rollback().await.unwrap();
}

#[tokio::test]
async fn a_clock_that_is_moved_is_looked_at_at_once() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    const COUNTED: &[Job] = &[Job {
        name: "test.counted",
        every: TimeDelta::hours(1),
        run: |_, _| {
            Box::pin(async {
                RUNS.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        },
        ahead: None,
    }];
    let db = TestDb::open().await;
    let (app, clock) = app(&db);
    let stop = CancellationToken::new();
    let hour = Duration::from_secs(3_600);
    let running = tokio::spawn(run(app.clone(), COUNTED, hour, stop.clone()));
    let runs = async |count| {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
        while RUNS.load(Ordering::SeqCst) < count {
            assert!(tokio::time::Instant::now() < deadline, "run {count}");
            tokio::task::yield_now().await;
        }
    };
    runs(1).await;
    clock.push(TimeDelta::hours(2));
    app.time_moved();
    runs(2).await;
    clock.push(TimeDelta::days(-2));
    app.time_moved();
    runs(3).await;
    stop.cancel();
    running.await.unwrap();
    assert_eq!(RUNS.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_tick_finds_what_fell_due_while_nobody_said_so() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    const COUNTED: &[Job] = &[Job {
        name: "test.ticked",
        every: TimeDelta::hours(1),
        run: |_, _| {
            Box::pin(async {
                RUNS.fetch_add(1, Ordering::SeqCst);
                Ok(())
            })
        },
        ahead: None,
    }];
    let db = TestDb::open().await;
    let (app, clock) = app(&db);
    let stop = CancellationToken::new();
    let tick = Duration::from_millis(5);
    let running = tokio::spawn(run(app, COUNTED, tick, stop.clone()));
    let deadline = tokio::time::Instant::now() + Duration::from_secs(20);
    for count in 1..=3 {
        while RUNS.load(Ordering::SeqCst) < count {
            assert!(tokio::time::Instant::now() < deadline, "run {count}");
            tokio::task::yield_now().await;
        }
        // A machine that slept.
        clock.push(TimeDelta::hours(9));
    }
    stop.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn jobs_that_can_tell_say_when_they_have_something_to_do() {
    const TOMORROW: Job = Job {
        name: "test.tomorrow",
        ahead: Some(|_, now| Box::pin(async move { Ok(Some(now + TimeDelta::days(1))) })),
        ..HOURLY
    };
    const NEVER: Job = Job {
        ahead: Some(|_, _| Box::pin(async { Ok(None) })),
        ..HOURLY
    };
    let db = TestDb::open().await;
    let (app, clock) = app(&db);
    let now = clock.now();
    let ahead = list_ahead(&app, &[HOURLY, NEVER, TOMORROW], now).await;
    let ahead: Vec<_> = ahead
        .unwrap()
        .iter()
        .map(|(at, job)| (*at, job.name))
        .collect();
    assert_eq!(ahead, [(now + TimeDelta::days(1), "test.tomorrow")]);
}
