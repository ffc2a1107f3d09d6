//! People who have left, and people who take no messages.

use super::*;

const CLOSED: Undelivered = Undelivered::Refused(50007);

#[tokio::test]
async fn who_takes_no_messages_is_told_from_who_has_left() {
    let desk = Desk::open().await;
    desk.discord
        .seen
        .lock()
        .unwrap()
        .gone
        .insert(UserId::from(2));
    for user in [1, 2] {
        desk.writes(&[desk.dm("plain", user)]).await;
        desk.discord.fails(CLOSED, false);
        desk.delivers().await;
    }
    assert_eq!(desk.ended().await, ["closed", "departed"]);
    assert_eq!(
        desk.discord.log(),
        [
            "open 1",
            "send to 1",
            "member 1",
            "open 2",
            "send to 2",
            "member 2"
        ]
    );
}

#[tokio::test]
async fn who_shares_no_server_with_the_bot_has_left() {
    let desk = Desk::open().await;
    desk.writes(&[desk.dm("plain", 1)]).await;
    desk.discord.seen.lock().unwrap().closed = vec![Undelivered::Refused(50278)];
    desk.delivers().await;
    assert_eq!(desk.ended().await, ["departed"]);
    assert_eq!(desk.discord.log(), ["open 1"]);
}

#[tokio::test]
async fn what_is_for_members_reaches_nobody_who_left_this_server_for_another() {
    let desk = Desk::open().await;
    desk.knows_dm(1).await;
    desk.discord
        .seen
        .lock()
        .unwrap()
        .gone
        .insert(UserId::from(1));
    desk.writes(&[desk.dm("members", 1)]).await;
    desk.delivers().await;
    assert_eq!(desk.ended().await, ["departed"]);
    assert_eq!(desk.discord.log(), ["member 1"]);
}

#[tokio::test]
async fn who_was_a_member_a_moment_ago_is_not_asked_about_again() {
    let desk = Desk::open().await;
    desk.knows_dm(1).await;
    for subject in [1, 2] {
        let mut draft = desk.dm("members", 1);
        draft.subject = Some(subject);
        desk.writes(&[draft]).await;
        desk.delivers().await;
    }
    assert_eq!(desk.ended().await, ["delivered", "delivered"]);
    assert_eq!(desk.discord.log(), ["member 1", "send to 1", "send to 1"]);
}

#[tokio::test]
async fn the_channel_of_somebody_who_takes_no_messages_is_not_opened_twice() {
    let desk = Desk::open().await;
    for subject in [1, 2] {
        let mut draft = desk.dm("plain", 1);
        draft.subject = Some(subject);
        desk.writes(&[draft]).await;
        desk.discord.fails(CLOSED, false);
        desk.delivers().await;
    }
    let opened = desk
        .discord
        .log()
        .iter()
        .filter(|one| *one == "open 1")
        .count();
    assert_eq!(opened, 1);
}
