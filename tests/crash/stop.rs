//! SIGTERM: what is in hand is finished, and the process ends within five seconds.

use std::time::{Duration, Instant};

use crate::office::{ANSWER, Office, POST};

/// How long stopping may take, whatever hangs.
const LIMIT: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_call_and_a_delivery_in_hand_are_finished() {
    let mut office = Office::open().await;
    office.announces_in_wins().await;
    let faults = office.discord.faults();
    let answering = faults.pause_before(ANSWER.0, ANSWER.1);
    let posting = faults.pause_before(POST.0, POST.1);
    let give = office.has(&office.ann).slash("kudos give");
    let give = give.user("to", &office.bo).text("message", "the demo");
    let discord = office.discord.clone();
    let stop = async {
        posting.arrived().await.unwrap();
        answering.arrived().await.unwrap();
        let begun = Instant::now();
        let release = async {
            discord.bot_is_gone().await;
            answering.release();
            posting.release();
        };
        let (status, ()) = tokio::join!(office.is_asked_to_stop(), release);
        (status, begun.elapsed())
    };
    let (answer, (status, took)) = tokio::join!(give.send(), stop);
    assert!(!answer.failed() && answer.is_ephemeral());
    assert!(status.success() && took < LIMIT, "{status}, {took:?}");
    assert_eq!(office.said(&office.wins, "the demo"), 1);

    office.starts().await;
    office.settles().await;
    assert_eq!(office.said(&office.wins, "the demo"), 1);
    let looked = |request: &discord_sandbox::Request| {
        request.method == "GET" && request.path.ends_with("/messages")
    };
    assert!(
        !office.discord.requests().iter().any(looked),
        "there was nothing to look for"
    );
}

#[tokio::test]
async fn what_hangs_does_not_keep_it_and_is_said_by_the_next_process() {
    let mut office = Office::open().await;
    office.announces_in_wins().await;
    office.discord.faults().on(POST.0, POST.1).hang();
    let give = office.has(&office.ann).slash("kudos give");
    let give = give.user("to", &office.bo).text("message", "the demo");
    assert!(!give.send().await.failed());
    let begun = Instant::now();
    let status = office.is_asked_to_stop().await;
    assert!(status.success() && begun.elapsed() < LIMIT, "{status}");
    assert_eq!(office.said(&office.wins, "the demo"), 0);
    office.starts().await;
    office.settles().await;
    assert_eq!(office.said(&office.wins, "the demo"), 1);
}
