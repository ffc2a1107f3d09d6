//! Every fault, as the bot meets it.

use std::time::{Duration, Instant};

use discord_sandbox::Discord;
use discord_sandbox::driver::{Acting, Channel};
use serde_json::json;

use crate::bot::{Bot, command, say};

const MESSAGES: &str = "/channels/*/messages";

async fn scene() -> (Discord, Acting, Channel, Bot) {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let ann = discord.as_member(&ann).in_channel(&general);
    let bot = Bot::connect(&discord).await;
    (discord, ann, general, bot)
}

#[tokio::test]
async fn a_limited_route_says_when_to_come_back_and_does_nothing() {
    let (discord, ann, general, bot) = scene().await;
    discord
        .faults()
        .on("POST", MESSAGES)
        .too_many_requests(Duration::from_millis(1_500));
    let form = json!({ "content": "x" });
    let request = bot.multipart("POST", &format!("/channels/{}/messages", general.id()));
    let response = request.json(&form).send().await.unwrap();
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "2");
    let body: serde_json::Value = response.json().await.unwrap();
    assert_eq!(
        (&body["retry_after"], &body["global"]),
        (&json!(1.5), &json!(false))
    );
    assert!(ann.sees_in(&general).is_empty());
    assert_eq!(bot.post(&general, form).await.0, 200, "it hits once");
    discord
        .faults()
        .on("*", "/**")
        .globally_limited(Duration::from_secs(1));
    assert_eq!(
        bot.post(&general, json!({ "content": "y" })).await.1["global"],
        true
    );
}

#[tokio::test]
async fn failures_come_as_often_and_as_late_as_asked() {
    let (discord, ann, general, bot) = scene().await;
    discord
        .faults()
        .on("POST", MESSAGES)
        .after(1)
        .times(2)
        .server_error(502);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(bot.post(&general, json!({ "content": "x" })).await.0);
    }
    assert_eq!(statuses, [200, 502, 502, 200]);
    assert_eq!(ann.sees_in(&general).len(), 2);
    discord
        .faults()
        .on("POST", MESSAGES)
        .always()
        .refuse(403, 40003, "Too fast");
    assert_eq!(
        bot.post(&general, json!({ "content": "x" })).await.1["code"],
        40003
    );
    assert_eq!(discord.faults().waiting(), 1);
    discord.faults().clear();
    assert_eq!(bot.post(&general, json!({ "content": "x" })).await.0, 200);
}

#[tokio::test]
async fn a_lost_answer_took_effect_and_a_lost_request_did_not() {
    let (discord, ann, general, bot) = scene().await;
    let path = format!("/channels/{}/messages", general.id());
    discord.faults().on("POST", MESSAGES).lose_answer();
    assert!(
        bot.try_ask("POST", &path, json!({ "content": "there" }))
            .await
            .is_err()
    );
    discord.faults().on("POST", MESSAGES).lose_request();
    assert!(
        bot.try_ask("POST", &path, json!({ "content": "not there" }))
            .await
            .is_err()
    );
    let seen = ann.sees_in(&general);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].text(), "there");
    assert_eq!(
        discord
            .requests()
            .iter()
            .filter(|request| request.status.is_none())
            .count(),
        2
    );
}

#[tokio::test]
async fn slowness_lies_before_or_after_the_effect() {
    let (discord, ann, general, bot) = scene().await;
    discord
        .faults()
        .on("POST", MESSAGES)
        .slow_after(Duration::from_secs(60));
    tokio::select! {
        answer = bot.post(&general, json!({ "content": "quick" })) => panic!("answered: {answer:?}"),
        _ = ann.waits_for(&general, |m| m.text() == "quick") => {}
    }
    let wait = Duration::from_millis(50);
    discord.faults().on("POST", MESSAGES).slow_before(wait);
    let begun = Instant::now();
    let (_, seen) = tokio::join!(bot.post(&general, json!({ "content": "late" })), async {
        ann.waits_for(&general, |m| m.text() == "late").await;
        begun.elapsed()
    });
    assert!(seen >= wait);
}

#[tokio::test]
async fn a_hanging_request_is_never_answered() {
    let (discord, ann, general, bot) = scene().await;
    discord.faults().on("POST", MESSAGES).hang();
    let path = format!("/channels/{}/messages", general.id());
    let request = bot
        .multipart("POST", &path)
        .json(&json!({ "content": "x" }));
    let outcome = request.timeout(Duration::from_millis(100)).send().await;
    assert!(outcome.unwrap_err().is_timeout());
    assert!(ann.sees_in(&general).is_empty());
}

#[tokio::test]
async fn a_moment_can_be_held_before_and_after_its_effect() {
    let (discord, ann, general, bot) = scene().await;
    let before = discord.faults().pause_before("POST", MESSAGES);
    let after = discord.faults().pause_after("POST", MESSAGES);
    let posted = bot.post(&general, json!({ "content": "x" }));
    let held = async {
        let request = before.arrived().await.unwrap();
        assert_eq!(request.body["content"], "x");
        assert!(ann.sees_in(&general).is_empty());
        assert!(!after.has_arrived());
        before.release();
        assert_eq!(after.arrived().await.unwrap().status, Some(200));
        assert_eq!(ann.sees_in(&general).len(), 1);
        after.release();
    };
    let (answer, ()) = tokio::join!(posted, held);
    assert_eq!(answer.0, 200);
}

#[tokio::test]
async fn who_holds_an_answer_back_does_not_keep_people_from_seeing_it() {
    let (discord, ann, _general, mut bot) = scene().await;
    bot.register(json!([command("ping")])).await;
    let pause = discord.faults().pause_after("POST", "/interactions/**");
    let sent = tokio::spawn(ann.slash("ping").send());
    let interaction = bot.interaction().await;
    let callback = bot.callback(&interaction, say("pong"));
    let seen = async {
        pause.arrived().await.unwrap();
        let answer = sent.await.unwrap();
        assert_eq!(answer.text(), "pong");
        pause.release();
    };
    tokio::join!(callback, seen);
}

#[tokio::test]
async fn a_held_request_takes_effect_after_its_sender_died_unless_it_is_discarded() {
    let (discord, ann, general, bot) = scene().await;
    let path = format!("/channels/{}/messages", general.id());
    let send_and_die = async |content: &str| {
        let pause = discord.faults().pause_before("POST", MESSAGES);
        let form = json!({ "content": content });
        let dying = bot.multipart("POST", &path).json(&form);
        let sent = tokio::spawn(dying.send());
        pause.arrived().await.unwrap();
        sent.abort();
        assert!(sent.await.unwrap_err().is_cancelled());
        pause
    };
    send_and_die("discarded").await.discard();
    send_and_die("released").await.release();
    ann.waits_for(&general, |m| m.text() == "released").await;
    assert_eq!(ann.sees_in(&general).len(), 1);
}

#[tokio::test]
async fn fields_that_discord_would_ignore_are_noted() {
    let (discord, _ann, general, bot) = scene().await;
    bot.post(&general, json!({ "content": "x", "contents": "y" }))
        .await;
    let requests = discord.requests();
    assert_eq!(requests.last().unwrap().ignored, ["contents"]);
}
