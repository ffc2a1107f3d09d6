//! The driver's people: what they see, and what they cannot do.

use discord_sandbox::{Clock, Discord, permissions};
use serde_json::json;

use crate::bot::Bot;

#[tokio::test]
async fn people_see_only_the_channels_that_are_theirs() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, bo) = (acme.member("Ann"), acme.member("Bo"));
    let secret = acme.private_channel("secret", &[&ann]);
    let aside = acme.private_thread(&acme.channel("general"), "aside", &[&bo]);
    discord.as_member(&ann).says(&secret, "hush").await;
    discord.as_member(&bo).says(&aside, "psst").await;
    assert_eq!(discord.as_member(&ann).sees_in(&secret).len(), 1);
    assert!(discord.as_member(&bo).sees_in(&secret).is_empty());
    assert!(discord.as_member(&ann).sees_in(&aside).is_empty());
    assert_eq!(discord.as_member(&acme.owner()).sees_in(&secret).len(), 1);
}

#[tokio::test]
async fn guilds_are_apart_but_a_person_can_be_in_both() {
    let discord = Discord::start().await;
    let (acme, beta) = (discord.guild("Acme"), discord.guild("Beta"));
    let ann = acme.member("Ann");
    let there = beta.adds(&ann);
    assert_eq!(ann.id(), there.id());
    let (here, yonder) = (acme.channel("general"), beta.channel("general"));
    discord.as_member(&there).says(&yonder, "hello Beta").await;
    assert!(discord.as_member(&ann).sees_in(&here).is_empty());
    assert!(
        discord
            .as_member(&acme.member("Bo"))
            .sees_in(&yonder)
            .is_empty()
    );
}

#[tokio::test]
async fn names_in_what_people_say_become_mentions() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, bo, general) = (
        acme.member("Ann"),
        acme.member("Bo"),
        acme.channel("general"),
    );
    let crew = acme.role("Crew", 0);
    crew.given_to(&bo);
    let said = discord
        .as_member(&ann)
        .says(&general, "@Bo++ and @Crew in #general")
        .await;
    let (bo, crew) = (bo.mention(), crew.mention());
    assert_eq!(
        said.content(),
        format!("{bo}++ and {crew} in {}", general.mention())
    );
    assert_eq!(said.text(), "@Bo++ and @Crew in #general");
    assert_eq!(said.pinged_names(), ["Bo"]);
}

#[tokio::test]
#[should_panic(expected = "Ann cannot write there")]
async fn who_may_not_write_cannot() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    general.denies(&ann, permissions::SEND_MESSAGES);
    discord.as_member(&ann).says(&general, "hello").await;
}

#[tokio::test]
#[should_panic(expected = "it is disabled")]
async fn a_disabled_button_cannot_be_clicked() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (
        discord.as_member(&acme.member("Ann")),
        acme.channel("general"),
    );
    let bot = Bot::connect(&discord).await;
    let button =
        json!({ "type": 2, "style": 1, "label": "Go", "custom_id": "go", "disabled": true });
    let row = json!([{ "type": 1, "components": [button] }]);
    bot.post(&general, json!({ "content": "x", "components": row }))
        .await;
    ann.clicks(&ann.sees_in(&general)[0], "Go").await;
}

#[tokio::test]
async fn waiting_ends_when_the_awaited_happens() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (
        discord.as_member(&acme.member("Ann")),
        acme.channel("general"),
    );
    let bot = Bot::connect(&discord).await;
    let body = json!({ "content": "here" });
    let (found, _) = tokio::join!(
        ann.waits_for(&general, |m| m.text() == "here"),
        bot.post(&general, body)
    );
    let path = format!("/channels/{}/messages/{}", general.id(), found.id());
    let (edited, _) = tokio::join!(
        discord.waits_until(&found, |m| m.is_edited()),
        bot.ask("PATCH", &path, json!({ "content": "changed" }))
    );
    assert_eq!(edited.text(), "changed");
    tokio::join!(
        ann.waits_until_gone(&found),
        bot.ask("DELETE", &path, json!(null))
    );
}

#[tokio::test]
async fn a_bot_is_ready_with_a_session_and_commands() {
    let discord = Discord::start().await;
    let bot = Bot::connect(&discord).await;
    discord.bot_is_connected().await;
    let commands = json!([crate::bot::command("a")]);
    tokio::join!(discord.bot_is_ready(), bot.register(commands));
    drop(bot);
    discord.bot_is_gone().await;
}

#[tokio::test]
async fn a_transcript_tells_what_everybody_said_and_the_bot_asked() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let bot = Bot::connect(&discord).await;
    discord.as_member(&ann).says(&general, "hello").await;
    bot.post(nowhere(), json!({ "content": "lost" })).await;
    let transcript = discord.transcript();
    assert!(
        transcript.contains("== #general of Acme\n   Ann: hello"),
        "{transcript}"
    );
    assert!(
        transcript.contains("POST /channels/1/messages → 404 (code 10003)"),
        "{transcript}"
    );
}

fn nowhere() -> discord_sandbox::Snowflake {
    discord_sandbox::Snowflake::new(1)
}

#[tokio::test]
async fn what_cannot_be_done_can_be_asked_about_without_ending_the_test() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, bo) = (acme.member("Ann"), discord.as_member(&acme.member("Bo")));
    let (general, quiet) = (acme.channel("general"), acme.channel("quiet"));
    quiet.denies(
        &ann,
        permissions::SEND_MESSAGES | permissions::ADD_REACTIONS,
    );
    let ann = discord.as_member(&ann);
    let theirs = bo.says(&quiet, "hello").await;
    let mine = ann.says(&general, "hello").await;
    for (outcome, why) in [
        (
            ann.try_says(&quiet, "hello").await.map(drop),
            "Ann cannot write there",
        ),
        (
            ann.try_says(&general, " ").await.map(drop),
            "Ann cannot send an empty message",
        ),
        (
            ann.try_says_in_dm("").await.map(drop),
            "Ann cannot send an empty message",
        ),
        (
            ann.try_replies_to(&theirs, "hi").await.map(drop),
            "Ann cannot write there",
        ),
        (
            ann.try_edits(&theirs, "hi").await.map(drop),
            "Ann cannot edit another's message",
        ),
        (
            ann.try_edits(&mine, "").await.map(drop),
            "Ann cannot send an empty message",
        ),
        (
            ann.try_deletes(&theirs).await,
            "Ann cannot delete another's message",
        ),
        (
            ann.try_reacts(&theirs, "🏆").await,
            "Ann cannot react there",
        ),
        (
            ann.try_clicks(&mine, "Go").await.map(drop),
            "Ann cannot click \"Go\": there is []",
        ),
        (
            ann.try_selects(&mine, "menu", &["x"]).await.map(drop),
            "there is no such menu",
        ),
        (
            ann.clone()
                .in_channel(&general)
                .slash("dance")
                .try_send()
                .await
                .map(drop),
            "there is no command \"dance\"",
        ),
        (
            ann.clone()
                .slash("dance")
                .try_types("to", "B")
                .await
                .map(drop),
            "there is no command \"dance\"",
        ),
    ] {
        let said = outcome.expect_err(why);
        assert!(said.contains(why), "{said} does not say {why}");
    }
    ann.try_deletes(&mine).await.unwrap();
    let gone = ann.try_unreacts(&mine, "🏆").await.unwrap_err();
    assert!(
        gone.contains("a message that they do not see: hello"),
        "{gone}"
    );
}

#[tokio::test]
async fn a_world_can_have_a_past() {
    use std::time::Duration;
    let nowhere = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    let (day, now) = (Duration::from_secs(86_400), Clock::default().now_ms());
    let discord = Discord::serve_by(nowhere, Clock::behind(day))
        .await
        .unwrap();
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let at = |message: &discord_sandbox::MessageView| message.id().created_ms() - now;
    let then = discord.as_member(&ann).says(&general, "yesterday").await;
    assert!(
        (-86_400_000..-86_000_000).contains(&at(&then)),
        "{}",
        at(&then)
    );
    discord.time_passes(day);
    let today = discord.as_member(&ann).says(&general, "today").await;
    assert!((0..400_000).contains(&at(&today)), "{}", at(&today));
}
