//! Requests that are limited, fail, are lost, or come too late.

use std::time::Duration;

use discord_sandbox::Request;
use discord_sandbox::driver::{Answer, Slash};

use crate::office::Office;

const POST: (&str, &str) = ("POST", "/channels/*/messages");
const ANSWER: (&str, &str) = ("POST", "/interactions/*/*/callback");

/// Ann thanks Bo in #general.
fn thanks(office: &Office) -> Slash {
    let give = office.has(&office.ann).slash("kudos give");
    give.user("to", &office.bo).text("message", "the demo")
}

/// How often the bot tried to post in #wins, and when.
fn tries(office: &Office) -> Vec<Request> {
    let path = format!("/channels/{}/messages", office.wins.id());
    let mut requests = office.discord.requests();
    requests.retain(|request| request.method == "POST" && request.path == path);
    requests
}

#[tokio::test]
async fn a_limited_announcement_waits_as_long_as_it_is_told() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.settles().await;
    let wait = Duration::from_millis(300);
    let faults = office.discord.faults();
    faults.on(POST.0, POST.1).times(2).too_many_requests(wait);
    assert!(!thanks(&office).send().await.failed());
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
    let at: Vec<i64> = tries(&office).iter().map(|tried| tried.at_ms).collect();
    assert_eq!(at.len(), 3);
    assert!(at.windows(2).all(|pair| pair[1] - pair[0] >= 300), "{at:?}");
}

#[tokio::test]
async fn waiting_for_a_limit_uses_up_no_attempt() {
    let office = Office::open_with(|config| config.delivery.max_attempts = 2).await;
    office.announces_in_wins().await;
    office.settles().await;
    let wait = Duration::from_millis(30);
    let faults = office.discord.faults();
    faults.on(POST.0, POST.1).times(6).too_many_requests(wait);
    assert!(!thanks(&office).send().await.failed());
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
    assert_eq!(tries(&office).len(), 7);
}

#[tokio::test]
async fn a_limited_or_failing_answer_is_given_in_time() {
    let office = Office::open().await;
    let faults = office.discord.faults();
    faults
        .on(ANSWER.0, ANSWER.1)
        .too_many_requests(Duration::from_millis(300));
    faults.on(ANSWER.0, ANSWER.1).after(1).server_error(503);
    let answer = thanks(&office).send().await;
    assert!(!answer.failed() && answer.shown().contains("@Ann thanks @Bo"));
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.general).len(), 1);
}

#[tokio::test]
async fn an_announcement_outlives_a_discord_that_is_unwell() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.settles().await;
    for status in [500, 502, 503] {
        let faults = office.discord.faults();
        faults.on(POST.0, POST.1).server_error(status);
    }
    office.discord.faults().on(POST.0, POST.1).lose_request();
    thanks(&office).send().await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
}

#[tokio::test]
async fn an_announcement_whose_answer_was_lost_is_found_and_not_said_again() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.settles().await;
    office.discord.faults().on(POST.0, POST.1).lose_answer();
    thanks(&office).send().await;
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.wins);
    assert_eq!((said.len(), tries(&office).len()), (1, 1));
    // It is known as the announcement: undo finds it.
    office.has(&office.ann).slash("kudos undo").send().await;
    office.has(&office.bo).waits_until_gone(&said[0]).await;
}

#[tokio::test]
async fn where_the_history_cannot_be_read_the_nonce_keeps_it_from_being_said_twice() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.settles().await;
    let history = discord_sandbox::permissions::READ_MESSAGE_HISTORY;
    office.wins.denies_bot(history);
    office.discord.faults().on(POST.0, POST.1).lose_answer();
    thanks(&office).send().await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
    let tries = tries(&office);
    assert_eq!(tries.len(), 2);
    for tried in &tries {
        assert_eq!(tried.body["enforce_nonce"], true);
        assert_eq!(tried.body["nonce"], tries[0].body["nonce"]);
        assert!(
            tried.body["nonce"]
                .as_str()
                .is_some_and(|nonce| nonce.len() <= 25)
        );
    }
}

#[tokio::test]
async fn an_answer_that_arrived_although_no_word_came_back_stands_once() {
    let office = Office::open().await;
    office.discord.faults().on(ANSWER.0, ANSWER.1).lose_answer();
    let answer = thanks(&office).send().await;
    assert!(answer.shown().contains("@Ann thanks @Bo"));
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.general);
    assert_eq!(said.len(), 1);
    office.has(&office.ann).clicks(&said[0], "Undo").await;
    office.has(&office.bo).waits_until_gone(&said[0]).await;
}

#[tokio::test]
async fn a_call_that_expired_before_its_answer_arrived_is_announced_by_the_outbox() {
    let office = Office::open().await;
    let late = office.discord.faults().pause_before(ANSWER.0, ANSWER.1);
    let expire = async {
        late.arrived().await.unwrap();
        office.discord.time_passes(Duration::from_secs(4));
        late.release();
    };
    let (answer, ()) = tokio::join!(thanks(&office).send(), expire);
    assert!(answer.failed());
    office
        .has(&office.dee)
        .waits_for(&office.general, |said| {
            said.shown().contains("@Ann thanks @Bo")
        })
        .await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.general).len(), 1);
}

#[tokio::test]
async fn a_call_that_takes_long_is_deferred_and_answered_later() {
    let office = Office::open().await;
    let busy = office.bot().app.db.write().await.unwrap();
    let answer: Answer = thanks(&office).first_answer().await;
    assert!(answer.was_deferred() && !answer.failed());
    busy.rollback().await.unwrap();
    let receipt = answer.deferred_then().await;
    assert!(
        receipt.is_ephemeral() && receipt.shown().contains("Thanked **Bo**"),
        "{}",
        receipt.shown()
    );
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.general).len(), 1);
}

#[tokio::test]
async fn a_global_limit_holds_everything_and_loses_nothing() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office.settles().await;
    let faults = office.discord.faults();
    faults
        .on(POST.0, POST.1)
        .globally_limited(Duration::from_millis(300));
    let ann = office.has(&office.ann);
    let message = ann.says(&office.general, "thanks @Bo for the demo").await;
    office
        .has(&office.dee)
        .waits_for(&office.wins, |_| true)
        .await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 1);
    assert!(
        office
            .discord
            .message(&message)
            .has_reaction("✅", office.bot_name())
    );
}
