//! Messages that are composed when they go out.

use super::*;

const UNWELL: Undelivered = Undelivered::Later {
    after: None,
    doubtful: true,
};

#[tokio::test]
async fn a_message_shows_the_state_of_the_moment_it_goes_out() {
    let desk = Desk::open().await;
    desk.keeps("text", "two items").await;
    let later = desk.now() + TimeDelta::hours(1);
    desk.writes(&[desk.dm("nudge", 1).due(later)]).await;
    assert_eq!(desk.delivers().await, 0);
    desk.keeps("text", "three items").await;
    desk.clock.set(later);
    desk.delivers().await;
    assert_eq!(desk.discord.told(1), ["three items"]);
    assert_eq!(desk.ended().await, ["delivered"]);
    assert_eq!(
        desk.number("SELECT count(*) FROM outbox WHERE body IS NOT NULL")
            .await,
        0
    );
}

#[tokio::test]
async fn a_failed_attempt_is_composed_anew() {
    let desk = Desk::open().await;
    desk.keeps("text", "old").await;
    desk.writes(&[desk.dm("nudge", 1)]).await;
    let refused = Undelivered::Later {
        after: Some(TimeDelta::seconds(5)),
        doubtful: false,
    };
    desk.discord.fails(refused, false);
    desk.delivers().await;
    desk.keeps("text", "new").await;
    desk.clock.push(TimeDelta::seconds(5));
    desk.delivers().await;
    assert_eq!(desk.discord.told(1), ["new"]);
    assert_eq!(
        desk.discord.log(),
        ["open 1", "send old", "send new"],
        "nothing doubtful is looked for, and the DM is opened once"
    );
}

#[tokio::test]
async fn killed_before_it_was_sent_it_is_composed_anew_by_the_next_process() {
    let mut desk = Desk::open().await;
    desk.keeps("text", "old").await;
    desk.writes(&[desk.dm("nudge", 1)]).await;
    desk.dies_holding_everything().await;
    desk.keeps("text", "new").await;
    desk.delivers().await;
    assert_eq!(desk.discord.log(), ["open 1", "find", "send new"]);
    assert_eq!(desk.discord.told(1), ["new"]);
}

#[tokio::test]
async fn killed_after_it_was_sent_it_is_found_by_its_mark_and_not_said_again() {
    let mut desk = Desk::open().await;
    desk.keeps("text", "old").await;
    desk.writes(&[desk.dm("nudge", 1)]).await;
    // Sent, and its end never recorded.
    desk.discord.fails(UNWELL, true);
    desk.delivers().await;
    desk.clock.push(TimeDelta::seconds(2));
    desk.dies_holding_everything().await;
    desk.keeps("text", "new").await;
    desk.delivers().await;
    assert_eq!(desk.discord.told(1), ["old"]);
    assert_eq!(desk.ended().await, ["delivered"]);
    assert_eq!(desk.number("SELECT sent_message_id FROM outbox").await, 1);
}

#[tokio::test]
async fn a_message_that_arrived_is_found_even_if_it_is_no_longer_of_use() {
    let desk = Desk::open().await;
    desk.keeps("text", "old").await;
    let hour = TimeDelta::hours(1);
    desk.writes(&[desk.dm("nudge", 1).expires_after(hour)])
        .await;
    desk.discord.fails(UNWELL, true);
    desk.delivers().await;
    desk.forgets("text").await;
    desk.clock.push(hour);
    desk.delivers().await;
    assert_eq!(desk.ended().await, ["delivered"]);
}

#[tokio::test]
async fn quiet_hours_put_off_and_use_up_no_attempt() {
    let desk = Desk::open().await;
    desk.keeps("text", "good morning").await;
    desk.writes(&[desk.dm("nudge", 1)]).await;
    for hour in 9..14 {
        let until = format!("2026-03-02T{hour:02}:00:00Z");
        desk.keeps("quiet-until", &until).await;
        assert_eq!(desk.delivers().await, 1);
        assert_eq!(desk.delivers().await, 0, "not before {until}");
        desk.clock.set(until.parse().unwrap());
    }
    desk.forgets("quiet-until").await;
    desk.delivers().await;
    assert_eq!(desk.discord.log(), ["open 1", "send good morning"]);
    assert_eq!(desk.ended().await, ["delivered"]);
}

#[tokio::test]
async fn quiet_hours_hold_when_the_clock_went_back() {
    let desk = Desk::open().await;
    desk.keeps("text", "good morning").await;
    desk.writes(&[desk.dm("nudge", 1)]).await;
    desk.clock.push(TimeDelta::minutes(-5));
    desk.db.run("UPDATE outbox SET due_at = 0").await;
    desk.keeps("quiet-until", "2026-03-02T17:00:00Z").await;
    assert_eq!(desk.delivers().await, 1);
    assert_eq!(desk.delivers().await, 0);
}

#[tokio::test]
async fn a_time_that_is_past_keeps_nobody_busy() {
    let desk = Desk::open().await;
    desk.writes(&[desk.dm("nudge", 1)]).await;
    desk.keeps("quiet-until", "2026-03-02T07:00:00Z").await;
    assert_eq!(desk.delivers().await, 1);
}

#[tokio::test]
async fn what_has_nothing_left_to_say_ends_unsent() {
    let desk = Desk::open().await;
    desk.writes(&[desk.dm("nudge", 1)]).await;
    desk.delivers().await;
    assert_eq!(desk.ended().await, ["dropped"]);
    assert!(desk.discord.log().is_empty(), "no DM is opened for nothing");
    let cancelled = "SELECT count(*) FROM outbox WHERE state = 'cancelled' AND finished_at > 0";
    assert_eq!(desk.number(cancelled).await, 1);
}

#[tokio::test]
async fn what_comes_too_late_expires_uncomposed() {
    let desk = Desk::open().await;
    desk.keeps("text", "soon").await;
    let hour = TimeDelta::hours(1);
    desk.writes(&[desk.dm("nudge", 1).expires_after(hour)])
        .await;
    desk.clock.push(hour);
    desk.delivers().await;
    assert_eq!(desk.ended().await, ["expired"]);
    assert!(desk.discord.log().is_empty());
}

#[tokio::test]
async fn a_message_that_cannot_be_composed_is_tried_again_and_given_up_in_the_end() {
    let desk = Desk::open().await;
    let mut stray = desk.dm("nudge", 1);
    stray.topic = "plain";
    desk.writes(&[stray]).await;
    for _ in 0..3 {
        assert_eq!(desk.delivers().await, 1);
        desk.clock.push(TimeDelta::minutes(1));
    }
    assert_eq!(desk.ended().await, ["refused"]);
}

#[tokio::test]
async fn a_second_nudge_with_the_same_key_is_not_written() {
    let desk = Desk::open().await;
    let mut tx = desk.db.write().await.unwrap();
    let draft = |user| desk.dm("nudge", user).dedupe(format!("key:{}", user % 2));
    let drafts = [draft(1), draft(2), draft(3)];
    let written = store::enqueue_all(&mut tx, &drafts, desk.now())
        .await
        .unwrap();
    assert_eq!(written, 2);
    let again = store::enqueue_all(&mut tx, &drafts, desk.now())
        .await
        .unwrap();
    assert_eq!(again, 0);
    let one = store::enqueue(&mut tx, &drafts[0], desk.now())
        .await
        .unwrap();
    assert_eq!(one, None);
    let nonces: i64 = sqlx::query_scalar("SELECT count(DISTINCT nonce) FROM outbox")
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    assert_eq!(nonces, 2);
}

#[tokio::test]
async fn many_drafts_are_written_as_each_alone_would_be() {
    let desk = Desk::open().await;
    let sent = desk
        .dm("plain", 1)
        .urgency(2)
        .expires_after(TimeDelta::hours(3));
    let act = Act::Send(
        Place::Channel(ChannelId::from(u64::MAX >> 1)),
        json!({"content": "\"a\" é\n"}),
    );
    let channel = Draft {
        act,
        guild: None,
        subject: None,
        ..sent.clone()
    }
    .dedupe("1");
    let react = Act::React(ChannelId::from(3), MessageId::from(4), "✅".to_owned());
    let drafts = [
        desk.dm("nudge", 2),
        sent.clone(),
        channel,
        Draft { act: react, ..sent },
    ];
    let mut tx = desk.db.write().await.unwrap();
    store::enqueue_all(&mut tx, &drafts, desk.now())
        .await
        .unwrap();
    for draft in &drafts {
        let mut draft = draft.clone();
        draft.dedupe = draft.dedupe.map(|key| format!("{key} alone"));
        store::enqueue(&mut tx, &draft, desk.now()).await.unwrap();
    }
    let columns = "guild_id, topic, subject_id, lane, act, channel_id, recipient_id, message_id, \
                   target_id, emoji, body, mark, length(nonce), urgency, state, doubtful, due_at, \
                   expires_at, created_at";
    let differ = format!(
        "SELECT count(*) FROM (SELECT {columns} FROM outbox WHERE id <= 4 EXCEPT
                               SELECT {columns} FROM outbox WHERE id > 4)"
    );
    let differ: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(differ))
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    assert_eq!(differ, 0);
}
