//! What goes first, and what waits.

use tokio_util::sync::CancellationToken;

use super::*;

#[tokio::test]
async fn the_most_urgent_go_first_and_then_what_has_waited_longest() {
    let desk = Desk::open().await;
    let now = desk.now();
    let mut drafts = Vec::new();
    for (user, urgency, minutes) in [(1, 5, 0), (2, 5, 9), (3, 1, 0), (4, 9, 30), (5, 1, 3)] {
        desk.knows_dm(user).await;
        let due = now - TimeDelta::minutes(minutes);
        drafts.push(desk.dm("plain", user).urgency(urgency).due(due));
    }
    desk.writes(&drafts).await;
    desk.delivers().await;
    let sent = desk.discord.log();
    assert_eq!(
        sent,
        [
            "send to 5",
            "send to 3",
            "send to 2",
            "send to 1",
            "send to 4"
        ]
    );
}

#[tokio::test]
async fn messages_to_known_channels_overtake_first_openings() {
    let desk = Desk::open_with(Duration::from_secs(3_600)).await;
    let mut drafts = Vec::new();
    for user in 1..=30 {
        drafts.push(desk.dm("plain", user).urgency(1));
    }
    for user in 31..=40 {
        desk.knows_dm(user).await;
        drafts.push(desk.dm("plain", user));
    }
    desk.writes(&drafts).await;
    assert_eq!(
        desk.delivers().await,
        11,
        "one opening, and all that need none"
    );
    let log = desk.discord.log();
    assert_eq!(log.iter().filter(|one| one.starts_with("open")).count(), 1);
    assert_eq!(log[0], "open 1", "the most urgent opening goes first");
    assert!(!desk.outbox.is_idle().await.unwrap());
}

#[tokio::test]
async fn first_openings_keep_their_pause_and_lose_nobody() {
    let pause = Duration::from_millis(20);
    let desk = Desk::open_with(pause).await;
    let drafts: Vec<Draft> = (1..=12).map(|user| desk.dm("plain", user)).collect();
    desk.writes(&drafts).await;
    let stop = CancellationToken::new();
    let begun = tokio::time::Instant::now();
    let outbox = desk.outbox.clone();
    let running = tokio::spawn(outbox.run(
        Arc::clone(&desk.discord),
        Duration::from_secs(10),
        stop.clone(),
    ));
    while desk.ended().await.len() < 12 {
        assert!(begun.elapsed() < Duration::from_secs(30));
        tokio::task::yield_now().await;
    }
    assert!(begun.elapsed() >= pause * 11);
    stop.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn told_to_open_slower_it_opens_nothing_for_a_while_and_gives_nobody_up() {
    let desk = Desk::open().await;
    let too_fast = Undelivered::Later {
        after: Some(TimeDelta::hours(1)),
        doubtful: false,
    };
    desk.discord.seen.lock().unwrap().closed = vec![too_fast];
    let drafts: Vec<Draft> = (1..=5).map(|user| desk.dm("plain", user)).collect();
    desk.writes(&drafts).await;
    desk.knows_dm(9).await;
    desk.writes(&[desk.dm("plain", 9)]).await;
    assert_eq!(desk.delivers().await, 2);
    assert_eq!(desk.discord.log(), ["open 1", "send to 9"]);
    assert_eq!(
        desk.number("SELECT count(*) FROM outbox WHERE state = 'waiting' AND attempts = 0")
            .await,
        5
    );
}

#[tokio::test]
async fn a_thousand_messages_are_written_by_one_statement() {
    let desk = Desk::open().await;
    let drafts: Vec<Draft> = (1..=1_000)
        .map(|user| desk.dm("nudge", user).dedupe(format!("nudge:{user}")))
        .collect();
    desk.writes(&drafts).await;
    assert_eq!(
        desk.number("SELECT count(*) FROM outbox WHERE body IS NULL")
            .await,
        1_000
    );
}
